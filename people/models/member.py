"""The people who work in an organisation, and the accounts with which they sign in."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.organisation import Organisation, Team


class Language(models.TextChoices):
    """In which language somebody reads."""

    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "English"


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """An account with this mail address; without a password nobody can sign in with one."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """What a person signs in with: a mail address. What they do somewhere is told by each `Member` of the account.

    `language` is the one in which they read mail. `sign_outs` counts how often they signed out everywhere.
    """

    email = models.EmailField(max_length=254, unique=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.DUTCH)
    is_active = models.BooleanField(default=True)
    sign_outs = models.PositiveIntegerField(default=0)
    # Who it is in each organisation, where that was read along with the account.
    known_members: "list[Member] | None" = None

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="account_email_lower_case"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="account_language"),
        ]

    def __str__(self) -> str:
        return self.email

    def get_session_auth_hash(self) -> str:
        """What a session must hold to go on: it changes with the password and by signing out everywhere."""
        known = super().get_session_auth_hash()
        return f"{known}.{self.sign_outs}" if self.sign_outs else known

    def sign_out_everywhere(self) -> None:
        """Ends every session of this account, wherever it is."""
        type(self).objects.filter(pk=self.pk).update(sign_outs=F("sign_outs") + 1)
        self.refresh_from_db(fields=["sign_outs"])

    def read_in(self, language: str) -> None:
        """From here on mail comes in this language."""
        self.language = Language(language)
        self.save(update_fields=["language"])

    def move_to(self, email: str) -> bool:
        """Takes another mail address, in lower case; tells whether nobody else has it."""
        try:
            with transaction.atomic():
                type(self).objects.filter(pk=self.pk).update(email=email)
        except IntegrityError:
            return False
        self.email = email
        return True


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> Self:
        """Those who belong to their organisation today."""
        return self.filter(ended=None, account__is_active=True)

    def of_account(self, account: int) -> Self:
        """Everyone that this account is today, with organisation, team and account."""
        return self.present().filter(account=account).select_related("organisation", "team", "account").order_by("pk")


class Member(models.Model):
    """A person in an organisation. Who belongs to several is a member of each, with one account.

    `function` is what they do, in the organisation's own words ("teamcoach jongerenonthaal"). Following an idea
    and belonging to a team are no roles here: the idea and `team` say so. From `away_from` until `away_until`
    (both days included) what waits for them goes to `replacement`. `ended` is the day since which they belong here no
    more; the account is empty for somebody whose data were erased.
    """

    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    support_service = models.CharField(max_length=200, blank=True)
    policy_team = models.BooleanField(default=False)
    coordinator = models.BooleanField(default=False)
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    replacement = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces")
    ended = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "organisation"], name="member_once"),
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True) | Q(away_until__gte=F("away_from")),
                name="member_away_from_until",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(ended__isnull=False), name="member_has_account_or_ended"
            ),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True) | ~Q(replacement=F("id")), name="member_replaced_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def email(self) -> str:
        return self.account.email if self.account else ""

    @property
    def is_away(self) -> bool:
        """Whether today is one of their days away."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= timezone.localdate() <= self.away_until

    def role_words(self) -> str:
        """What this person is in the organisation, in words."""
        if self.coordinator:
            return str(_("portfolio coordinator"))
        if self.policy_team:
            return str(_("policy team"))
        if self.support_service:
            return str(_("support services: %(service)s") % {"service": self.support_service})
        return self.function or (self.team.name if self.team else "")
