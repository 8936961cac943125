"""Mail that is to go, or went."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.utils import timezone

from people.models.member import Account, Member

# Longer than the longest talk with a mail server: whoever began so long ago was ended in the middle of it.
PATIENCE = timedelta(minutes=30)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
# A server that is down for longer than this keeps nobody waiting for what it did not take.
KEEPS_TRYING = timedelta(days=30)
# What went is kept for this long with its text, in which links may stand, and its address; then only that it went.
TEXT_KEPT = timedelta(days=14)


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        """Those that are still to go."""
        return self.filter(sent=None, given_up="")

    def to_member(self, member: Member) -> "MailQuerySet":
        """Those to somebody as a member of their organisation: their number ends the key, or follows it in a digest."""
        mine = Q(key__startswith=f"digest-{member.pk}-") | Q(key__endswith=f"-{member.pk}") & ~Q(
            key__startswith="digest-"
        )
        return self.filter(mine, account=member.account_id)

    def withdraw(self) -> None:
        """Those that are still to go will not."""
        self.waiting().update(given_up="withdrawn", body="")

    def say_instead(self, word: str, instead: str) -> None:
        """Those that are still to go say something else in the place of this."""
        self.waiting().update(body=Replace("body", Value(word), Value(instead)))

    def refused(self, keys: Iterable[str]) -> set[str]:
        """Those of these keys of which the mail will never arrive."""
        return set(self.filter(key__in=list(keys)).exclude(given_up="").values_list("key", flat=True))

    def over(self) -> "MailQuerySet":
        """Those that went, or will never go."""
        return self.exclude(sent=None, given_up="")

    def forget(self) -> None:
        """Of what went, or will never go, some time ago: empties what it said and to whom."""
        known = self.over().exclude(body="", subject="", to="")
        known.filter(asked__lt=timezone.now() - TEXT_KEPT).update(body="", subject="", to="")

    def unname(self, name: str) -> None:
        """Empties what went and told of somebody who was erased."""
        self.over().filter(Q(subject__contains=name) | Q(body__contains=name)).update(subject="", body="")

    def claim(self, pk: int) -> "Mail | None":
        """The mail, if its turn has come and nobody else is sending it; whoever gets it is the only one, for a while.

        One statement decides, so that no lock is held while a mail server is spoken to.
        """
        now = timezone.now()
        mine = self.waiting().filter(pk=pk, again__lte=now)
        return self.get(pk=pk) if mine.update(again=now + PATIENCE, tried=F("tried") + 1) else None


class Mail(models.Model):
    """One mail to one person, kept from the moment that something calls for it until well after it went.

    `key` says what it is about, so that the same thing is mailed once, however often it is asked for. `headers` go
    along. `sent` is when a mail server took it; `tried` counts how often somebody began to send it; before `again`
    nobody else may. `given_up` is what the server said where it refused it for good.
    """

    key = models.CharField(max_length=200, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    tried = models.PositiveIntegerField(default=0)
    again = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)
    given_up = models.TextField(blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["again"], condition=models.Q(sent=None, given_up=""), name="mail_waiting")]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        """The same each time that it is tried: who got it before a connection broke off can tell."""
        return f"<{self.pk}.{self.asked:%Y%m%d%H%M%S%f}@{urlsplit(settings.ADDRESS).hostname}>"

    def message(self) -> EmailMessage:
        """The mail as it goes over the line."""
        headers = {"Message-ID": self.message_id, "Auto-Submitted": "auto-generated", **self.headers}
        return EmailMessage(self.subject, self.body, to=[self.to], headers=headers)

    def went(self) -> None:
        """A mail server took it."""
        self.sent = timezone.now()
        self.save(update_fields=["sent"])

    def give_up(self, why: str) -> None:
        """It will never arrive."""
        self.given_up = why[:1000] or "?"
        self.save(update_fields=["given_up"])

    def put_off(self) -> bool:
        """It is tried again after a pause that doubles each time. False where somebody else is at it by now."""
        pause = min(FIRST_PAUSE * 2 ** min(self.tried - 1, 20), LONGEST_PAUSE)
        mine = Mail.objects.waiting().filter(pk=self.pk, tried=self.tried)
        self.again = timezone.now() + pause
        return bool(mine.update(again=self.again))

    @property
    def is_old(self) -> bool:
        """Whether it was tried for long enough."""
        return timezone.now() - self.asked > KEEPS_TRYING
