from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.adapter import tell_of_change
from people.models import Account


class Command(BaseCommand):
    help = "Takes away passkeys, app and recovery codes of somebody who lost them all: the password is enough again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mail", help="the mail address with which they sign in")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(email=options["mail"].strip().lower()).first()
        if account is None:
            raise CommandError("Nobody signs in with this mail address.")
        Authenticator.objects.filter(user=account).delete()
        account.sign_out_everywhere()
        tell_of_change(account, _("Passkeys, authenticator app and recovery codes were taken away on request."))
