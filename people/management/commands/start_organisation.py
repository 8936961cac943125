"""Starts an organisation from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from people.inviting import mail_invitation
from people.models import Invitation, Member, Organisation
from people.starting import is_started, start_code


class Command(BaseCommand):
    help = (
        "Starts an organisation and invites somebody to coordinate it: by mail, and by the link that it prints. "
        "For an organisation of this name that nobody coordinates any more it only invites. "
        "Without a name it prints the code for the first start in a browser."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", help="the name of the organisation")
        parser.add_argument("--mail", help="the mail address of who will coordinate it")
        parser.add_argument("--coordinator", default="", help="the name of that person")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["name"] and options["mail"]:
            self._start(options["name"].strip(), options["mail"].strip().lower(), options["coordinator"].strip())
        elif options["name"] or options["mail"]:
            raise CommandError("An organisation needs both --name and --mail.")
        elif is_started():
            self.stdout.write("There is an organisation already. Start another one with --name and --mail.")
        else:
            self.stdout.write(f"Start code: {start_code()}")

    def _start(self, name: str, mail: str, coordinator: str) -> None:
        try:
            validate_email(mail)
        except ValidationError as error:
            raise CommandError(f"{mail} is no mail address.") from error
        with transaction.atomic():
            link = mail_invitation(_invitation(name, mail, coordinator))
        self.stdout.write(f"{name}: {mail} is invited. The same link as in the mail, which opens once:")
        self.stdout.write(f"{settings.ADDRESS}{link}")


def _invitation(name: str, mail: str, coordinator: str) -> Invitation:
    organisation = Organisation.objects.filter(name=name).first() or Organisation.objects.start(name)
    if Member.objects.present().filter(organisation=organisation, coordinator=True).exists():
        raise CommandError(f"{name} exists, and somebody coordinates it: they can invite others.")
    waiting = organisation.invitations.waiting().filter(email=mail).first()
    invitation = waiting or Invitation(organisation=organisation, email=mail)
    invitation.name, invitation.coordinator = coordinator[:200] or invitation.name, True
    return invitation
