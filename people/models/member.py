"""The people who work in an organisation, and the accounts with which they sign in."""

from datetime import date
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


class Rhythm(models.TextChoices):
    """On which days somebody gets a digest of what waits for them."""

    NEVER = "never", _("never")
    WEEKDAYS = "weekdays", _("from Monday to Friday")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("on Mondays")

    @property
    def weekdays(self) -> range:
        """The days of the week, Monday being 0."""
        return range({"never": 0, "weekly": 1, "weekdays": 5, "daily": 7}[self.value])


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


class LastCoordinatorError(Exception):
    """Somebody has to coordinate: who is the only one to do so cannot leave, or lose that role."""


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> Self:
        """Those who belong to their organisation today."""
        return self.filter(ended=None, account__is_active=True)

    def away(self) -> Self:
        """Those for whom today is one of their days away."""
        today = timezone.localdate()
        return self.filter(away_from__lte=today, away_until__gte=today)

    def replaced_by(self, member: "Member") -> Self:
        """Those in whose place this member stands today: one step, and not for whom they in turn replace."""
        return self.present().away().filter(replacement=member)

    def of_account(self, account: int) -> Self:
        """Everyone that this account is today, with organisation, team and account."""
        return self.present().filter(account=account).select_related("organisation", "team", "account").order_by("pk")


class Member(models.Model):
    """A person in an organisation. Who belongs to several is a member of each, with one account.

    `function` is what they do, in the organisation's own words ("teamcoach jongerenonthaal"). Following an idea
    and belonging to a team are no roles here: the idea and `team` say so. From `away_from` until `away_until`
    (both days included) what waits for them goes to `replacement`. `ended` is the day since which they belong here no
    more; the account is empty for somebody whose data were erased.
    A digest goes on the days of `digest` once it is `digest_hour`; `digest_until` is the last day that one spoke of,
    `digest_at` when it was put together.
    `calendar` is the secret in the address of their calendar, where they asked for one.
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
    digest = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.WEEKDAYS)
    digest_hour = models.PositiveSmallIntegerField(default=7)
    digest_until = models.DateField(null=True, blank=True)
    digest_at = models.DateTimeField(null=True, blank=True)
    calendar = models.CharField(max_length=64, unique=True, null=True, blank=True)

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
            models.CheckConstraint(condition=Q(digest__in=Rhythm.values), name="member_digest"),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="member_digest_hour"),
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
        return self.is_away_on(timezone.localdate())

    def is_away_on(self, day: date) -> bool:
        """Whether this is one of their days away."""
        return bool(self.away_from and self.away_until and self.away_from <= day <= self.away_until)

    def is_away_between(self, since: date, until: date) -> bool:
        """Whether they are away on one of these days."""
        return bool(self.away_from and self.away_until and self.away_from <= until and since <= self.away_until)

    @property
    def is_present(self) -> bool:
        """Whether they belong to the organisation today."""
        return self.ended is None and self.account_id is not None

    def is_replaced_by(self, member: "Member") -> bool:
        """Whether this member stands in their place today: one step, as in `MemberQuerySet.replaced_by`."""
        return self.is_away and self.replacement_id == member.pk

    @property
    def stands_in_today(self) -> "Member | None":
        """Who stands in for them, while they are away."""
        return self.replacement if self.is_away and self.replacement and self.replacement.is_present else None

    def stands_in(self) -> list["Member"]:
        """In whose place they stand today."""
        return list(Member.objects.replaced_by(self).order_by("name"))

    def is_only_coordinator(self) -> bool:
        """Whether nobody else coordinates here."""
        others = Member.objects.present().filter(organisation=self.organisation_id, coordinator=True)
        return self.coordinator and self.is_present and not others.exclude(pk=self.pk).exists()

    def end(self) -> None:
        """They belong here no more: from now on they open nothing here, and nothing is asked of them.

        What they did keeps their name. Their invitations that wait open nothing any more. Raises
        `LastCoordinatorError` where nobody else coordinates.
        """
        with transaction.atomic():
            Organisation.objects.hold(self.organisation_id)
            if self.is_only_coordinator():
                raise LastCoordinatorError
            self.ended = timezone.localdate()
            self.replacement = self.away_from = self.away_until = self.calendar = None
            self.save(update_fields=["ended", "replacement", "away_from", "away_until", "calendar"])
            self.replaces.update(replacement=None)
            self.organisation.invitations.waiting().filter(by=self).update(withdrawn=timezone.now())

    def role_words(self) -> str:
        """What this person is in the organisation, in words."""
        if self.coordinator:
            return str(_("portfolio coordinator"))
        if self.policy_team:
            return str(_("policy team"))
        if self.support_service:
            return str(_("support services: %(service)s") % {"service": self.support_service})
        return self.function or (self.team.name if self.team else "")
