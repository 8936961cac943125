"""A reading of the temperature that is open: counts and remarks, and beside them only who voted.

A vote leaves no row of its own, no time and no past: it raises one count, and its voter joins a set (or the code of
their slip is taken away). What is kept in sets stands in alphabetical order, so that no order tells what came when.
Source: design.md §5, domain.md 2.2.
"""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone

from checks.codes import TemperatureMethod, VotingWay
from checks.temperature import FEWEST_VOTES, band, may_be_shown, takes_votes
from checks.words import Words
from ideas.fields import CodeField, holds_codes
from ideas.models.decision import TemperatureReading
from ideas.models.idea import Idea, NotNowError
from people.models import Mail, Member

# What goes with the link in a mail, and nothing else that is signed here.
SALT = "ideas.voting"
# Without letters and digits that look alike on paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 8
MOST_SLIPS = 60

CLOSED = Words(
    "Deze meting is gesloten. Stemmen kan niet meer; er is niets veranderd.",
    "This reading is closed. One cannot vote any more; nothing changed.",
)
DECIDED = Words(
    "Over dit idee is al beslist, of het is gestopt. Stemmen kan niet meer; er is niets veranderd.",
    "This idea was decided on already, or it was stopped. One cannot vote any more; nothing changed.",
)
VOTED = Words(
    "Je stem is al geteld. Iedereen stemt één keer, en een stem kan niet meer veranderen.",
    "Your vote was counted already. Everybody votes once, and a vote cannot change any more.",
)
WITH_A_SLIP = Words(
    "Dit team stemt in de vergadering, met een briefje. Vraag er daar een.",
    "This team votes in the meeting, with a slip. Ask for one there.",
)
IS_OPEN = Words("Er is al een meting open.", "A reading is open already.")
NO_TEAM = Words(
    "Dit idee heeft nog geen eigen team dat kan stemmen. Kies er eerst een bij het idee, of stem in de vergadering.",
    "This idea has no own team yet that can vote. Choose one at the idea first, or vote in the meeting.",
)


@dataclass(frozen=True)
class Vote:
    """What somebody chose: 1 (cold) to 5 (very warm), with a remark that may be empty."""

    value: int
    remark: str = ""
    in_dossier: bool = False


def takes_votes_of(idea: Idea) -> bool:
    """Whether the own team can be asked to vote about it: see `takes_votes`."""
    decision = idea.decisions.filter(current=True).first()
    return takes_votes(idea.status, decision.value if decision else None, closed=idea.closed is not None)


class OpenReading(models.Model):
    """A reading that is open. `voted` are the members who voted, by number, in the order of their numbers.

    `remarks_aside` are those of which the writer does not want them in the dossier.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="open_reading")
    way = CodeField(codes=VotingWay)
    opened = models.DateTimeField(default=timezone.now)
    count_1 = models.PositiveIntegerField(default=0)
    count_2 = models.PositiveIntegerField(default=0)
    count_3 = models.PositiveIntegerField(default=0)
    count_4 = models.PositiveIntegerField(default=0)
    count_5 = models.PositiveIntegerField(default=0)
    remarks = models.JSONField(default=list)
    remarks_aside = models.JSONField(default=list)
    voted = models.JSONField(default=list)

    class Meta:
        constraints = holds_codes("open_reading", way=VotingWay)

    def __str__(self) -> str:
        return f"{self.way}"

    @classmethod
    def open(cls, idea: Idea, way: VotingWay) -> "OpenReading":
        """Opens a reading of this idea, which must be locked. Raises `NotNowError` where one is open or it is late."""
        if not takes_votes_of(idea):
            raise NotNowError(DECIDED)
        if cls.objects.filter(idea=idea).exists():
            raise NotNowError(IS_OPEN)
        if way is VotingWay.EACH and idea.team_id is None:
            raise NotNowError(NO_TEAM)
        return cls.objects.create(idea=idea, way=way)

    @property
    def number(self) -> int:
        """How many votes are in."""
        return sum(self._counts)

    @property
    def _counts(self) -> list[int]:
        return [self.count_1, self.count_2, self.count_3, self.count_4, self.count_5]

    @property
    def is_by_slip(self) -> bool:
        return self.way is VotingWay.MEETING

    @property
    def shown_number(self) -> int | None:
        """How many votes are in; None until there are enough for a band."""
        return self.number if self.number >= FEWEST_VOTES else None

    def has_voted(self, member: Member) -> bool:
        return member.pk in self.voted

    def why_not_by(self, member: Member) -> Words | None:
        """Why this member of the own team cannot vote (any more), or None."""
        if self.is_by_slip:
            return WITH_A_SLIP
        if not takes_votes_of(self.idea):
            return DECIDED
        return VOTED if self.has_voted(member) else None

    def take_from(self, member: Member, vote: Vote) -> None:
        """Counts the vote of a member of the own team, once; hold the reading locked.

        Raises `NotNowError` where they voted before, or where this is not how or when one votes.
        """
        if reason := self.why_not_by(member):
            raise NotNowError(reason)
        self.voted = sorted({*self.voted, member.pk})
        self._count(vote)

    def take_by_slip(self, digest: str, vote: Vote) -> bool:
        """Counts the vote of whoever has this slip, once; hold the reading locked. False where it was used before.

        Raises `NotNowError` where it is too late.
        """
        if not takes_votes_of(self.idea):
            raise NotNowError(DECIDED)
        used, _ = self.slips.filter(pk=digest).delete()
        if used:
            self._count(vote)
        return bool(used)

    def _count(self, vote: Vote) -> None:
        count = f"count_{vote.value}"
        setattr(self, count, getattr(self, count) + 1)
        if vote.remark and vote.in_dossier:
            self.remarks = sorted([*self.remarks, vote.remark])
        elif vote.remark:
            self.remarks_aside = sorted([*self.remarks_aside, vote.remark])
        self.save(update_fields=[count, "remarks", "remarks_aside", "voted"])

    def make_slips(self, number: int) -> list[str]:
        """New codes, which are shown this once; the ones that were not used yet open nothing any more."""
        codes = sorted({new_code() for _ in range(number)})
        self.slips.all().delete()
        SlipCode.objects.bulk_create(SlipCode(digest=digest, reading=self) for digest in sorted(map(digest_of, codes)))
        return codes

    def close(self) -> TemperatureReading | None:
        """Makes the counts the current reading, and forgets who voted; hold the reading locked.

        Of fewer than five votes only their number and the band stay. Of fewer than three nothing does, nor after a no:
        the one before then stays the current one. After a go it is a later reading, on which the decision does not
        rest.
        """
        counts, reading = self._counts, None
        if sum(counts) >= FEWEST_VOTES and takes_votes_of(self.idea):
            method = TemperatureMethod.SLIPS if self.is_by_slip else TemperatureMethod.VOTES
            reading = TemperatureReading(idea=self.idea, date=timezone.localdate(), method=method, counted=True)
            if may_be_shown(counts):
                for value, count in enumerate(counts, start=1):
                    setattr(reading, f"count_{value}", count)
                reading.remarks, reading.remarks_aside = self.remarks, self.remarks_aside
            else:
                reading.number, reading.band = sum(counts), band(counts)
            reading.begin_after_others()
        Mail.objects.filter(key__startswith=f"{self.mail_key}-").withdraw()
        self.delete()
        return reading

    @property
    def mail_key(self) -> str:
        """How the keys of the mails about it begin."""
        return f"voting-{self.pk}"

    def token_for(self, member: Member) -> str:
        """What the link to this member carries: it votes in this reading as this member."""
        return signing.dumps([str(self.pk), member.pk], salt=SALT)


class SlipCode(models.Model):
    """A code on a slip that was not used yet; of the code itself only a digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    reading = models.ForeignKey(OpenReading, on_delete=models.CASCADE, related_name="slips")

    def __str__(self) -> str:
        return self.digest[:8]


def read_token(token: str) -> tuple[str, int]:
    """Which reading and which member a link is about. Raises `BadSignature` where we did not make it."""
    reading, member = signing.loads(token, salt=SALT)
    return reading, member


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def as_made(code: str) -> str:
    """A code without what does not matter in it: capitals, a dash, blanks."""
    return "".join(letter for letter in code.lower() if letter in LETTERS)


def digest_of(code: str) -> str:
    """What is kept of a code, however it is typed. Without our key nobody finds the code by trying all of them."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{SALT}:{as_made(code)}".encode(), "sha256").hexdigest()


def in_groups(codes: Iterable[str]) -> list[str]:
    """Codes as they stand on a slip: in two groups that are easy to read and type."""
    return [f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}" for code in codes]
