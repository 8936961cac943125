"""Django's own test mail, with the answer of the mail server in one line."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import sendtestemail


class Command(sendtestemail.Command):
    help = "Mails to these addresses, and says whether the mail server took it."

    def handle(self, *args: Any, using: str | None = None, **options: Any) -> None:
        told = settings.MAILERS[using or "default"]["OPTIONS"]
        place = told.get("host") or f"The folder {told.get('file_path')}"
        try:
            super().handle(*args, using=using, **options)
        except (SMTPException, OSError) as error:
            raise CommandError(f"No mail went. {place}: {error}") from error
        self.stdout.write(f"{place} took the mail, from {settings.DEFAULT_FROM_EMAIL}.")
