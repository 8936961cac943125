"""Writes one idea as an exchange file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ideas.exchange import ExchangeError, export, own_organisation
from ideas.models import Idea
from ideas.picture import read_picture
from ideas.signals.noticed import told_of


class Command(BaseCommand):
    help = "Writes an idea with every recorded field as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int)
        parser.add_argument("--output", type=Path, metavar="FILE", help="write to this file, not to the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        idea = Idea.objects.select_related("organisation").filter(pk=options["id"]).first()
        if idea is None:
            raise CommandError(_("There is no idea with number %(id)d.") % {"id": options["id"]})
        try:
            picture = read_picture(idea)
            told = {picture.slug: told_of(idea, picture)}
            text = export([picture], own_organisation(idea.organisation), told)
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        if options["output"] is None:
            self.stdout.write(text, ending="")
            return
        try:
            options["output"].write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(str(error)) from error
