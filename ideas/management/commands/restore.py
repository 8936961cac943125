"""Loads a backup into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ideas.backup.contents import BackupError
from ideas.backup.restore import restore


class Command(BaseCommand):
    help = "Restores a backup into an empty installation: all of it, or nothing and says why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"])
        except (BackupError, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        if options["verbosity"]:
            told = f"ideas: {manifest.ideas}, files: {manifest.files}"
            self.stdout.write(f"Restored as it was at {manifest.made:%Y-%m-%d %H:%M} UTC  {told}")
            self.stdout.write("Everybody signs in anew, with the same password.")
