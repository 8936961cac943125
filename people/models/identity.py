"""The server of an organisation that says who its people are, by OpenID Connect."""

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from people.models.member import Account
from people.models.organisation import Organisation

ON_THIS_MACHINE = ("http://localhost", "http://127.0.0.1")


def check_address(address: str) -> None:
    """Raises ValidationError where a server may not be asked there: without https it can be read and forged on the way.

    An installation that is itself served without https may try a server on the same machine.
    """
    if address.startswith("https://"):
        return
    if settings.HTTPS or not any(
        address == one or address.startswith((f"{one}:", f"{one}/")) for one in ON_THIS_MACHINE
    ):
        raise ValidationError(_("Give an address that starts with https://"))


class IdentityProvider(models.Model):
    """Where the people of one organisation sign in instead of here.

    `name` is what people call it ("Microsoft"), `issuer` the address by which it is known, `client_id` and `secret`
    what it gave to this installation. It signs in members of its organisation only, who exist already.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="identity_provider")
    name = models.CharField(max_length=80)
    issuer = models.CharField(max_length=300, validators=[check_address])
    client_id = models.CharField(max_length=200)
    secret = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """Under which allauth knows it; it stands in the address to which it sends people back."""
        return str(self.organisation_id)

    def settle(self) -> None:
        """Keeps these settings. Under another address the same number may be somebody else's.

        So then all who came in by it are signed out, and matched anew.
        """
        with transaction.atomic():
            before = type(self).objects.select_for_update().filter(organisation=self.organisation).first()
            if before and before.issuer != self.issuer:
                self._forget_people()
            self.save()

    def take_away(self) -> None:
        """Nobody comes in by it any more, and who did is signed out."""
        with transaction.atomic():
            self._forget_people()
            self.delete()

    def _forget_people(self) -> None:
        known = SocialAccount.objects.filter(provider=self.key)
        Account.objects.filter(pk__in=known.values("user")).update(sign_outs=F("sign_outs") + 1)
        known.delete()
