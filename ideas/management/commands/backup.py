"""Writes everything that lasts to one file, while people work."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from ideas.backup.contents import BackupError
from ideas.backup.make import back_up


class Command(BaseCommand):
    help = "Makes a backup of everything, files included, while people work. It holds everything: keep it safe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        told = "a folder, or a new file name that ends in .tar.gz (default: the folder backups in the data folder)"
        parser.add_argument("target", type=Path, nargs="?", help=told)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = back_up(options["target"])
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        if options["verbosity"]:
            told = f"ideas: {made.manifest.ideas}, files: {made.manifest.files}"
            self.stdout.write(f"{made.path}  {filesizeformat(made.size)}  {told}")
