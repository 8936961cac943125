"""Loads the ideas of an exchange file into an organisation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.exchange import ExchangeError, load, read_file
from people.models import Organisation

SLUGS_SHOWN = 20


class Command(BaseCommand):
    help = "Loads all ideas of an exchange file (YAML or JSON), or none and says what is wrong in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="SLUG", help="the organisation that gets them")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = _organisation(options["organisation"])
        try:
            ideas = load(read_file(options["file"]), organisation)
        except ExchangeError as error:
            for line in error.lines():
                self.stderr.write(line)
            raise CommandError(_("Nothing was loaded.")) from error
        for idea in ideas:
            self.stdout.write(f"{idea.pk}  {idea.slug}")
        count = ngettext("%(count)d idea was loaded.", "%(count)d ideas were loaded.", len(ideas))
        self.stdout.write(count % {"count": len(ideas)})


def _organisation(slug: str) -> Organisation:
    try:
        return Organisation.objects.get(slug=slug)
    except Organisation.DoesNotExist as error:
        slugs = Organisation.objects.order_by("slug").values_list("slug", flat=True)[: SLUGS_SHOWN + 1]
        shown = ", ".join(slugs[:SLUGS_SHOWN]) + (", …" if len(slugs) > SLUGS_SHOWN else "")
        told = {"slug": slug, "slugs": shown or _("none yet")}
        raise CommandError(_("There is no organisation %(slug)s. There are: %(slugs)s.") % told) from error
