"""The signals of an idea as its pages show them: which are in view, beside what, and which were accepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils import timezone

from checks.codes import Severity, Status
from checks.decision import Settings
from checks.picture import Picture, SignalTold
from checks.signals import Around, Signal, signals_of
from ideas.access import Act, Standing
from ideas.models import AcceptedSignal, Change, Idea
from ideas.organisation import settings_of, thresholds_of
from ideas.picture import ON_A_STEP, read_rows
from ideas.steps.pages import PAGES
from people.models import Member

IN_VIEW = 3
HERE = "here"
# The places on the page of each step, with the questions that are asked there by the head of their slug.
PLACES: Mapping[int | None, Mapping[str, tuple[str, ...]]] = {
    None: {HERE: ()},
    1: {
        HERE: (),
        "why": ("s1.why",),
        "goals": ("s1.goals",),
        "how": ("s1.how",),
        "who": ("s1.who",),
    },
    2: {
        HERE: (),
        "drijfveer": ("s2.drive",),
        "expertise": ("s2.exp",),
        "samenwerk": ("s2.collab",),
        "followups": ("s2.followups",),
        "conditions": ("s2.conditions",),
    },
    3: {
        HERE: (),
        "bundles": ("s3.activities", "s3.bundle"),
        "between": ("s3.between",),
        "overall": ("s3.overall",),
        "indicators": ("s3.ind",),
    },
    4: {
        HERE: (),
        "control": ("s4.verdict", "s4.check"),
        "temperature": ("s4.temperature",),
        "aftercare": ("s4.talk", "s4.trajectory"),
    },
}


@dataclass(frozen=True)
class Noticed:
    """One signal. `accepted` is how it was accepted as it stands now, `before` how, when it rested on other data."""

    signal: Signal
    accepted: AcceptedSignal | None = None
    before: AcceptedSignal | None = None

    @property
    def asks_reason(self) -> bool:
        """Whether accepting it takes a reason."""
        return self.signal.severity is not Severity.INFO

    @property
    def page(self) -> str | None:
        """The page of its step; None where it is about the idea as a whole."""
        return PAGES.get(self.signal.step)

    @property
    def place(self) -> str:
        """Where on that page it stands."""
        return place_of(self.signal, self.signal.step)

    @property
    def is_overridden(self) -> bool:
        return self.accepted is not None and self.accepted.overrides

    @property
    def blocks_go(self) -> bool:
        """Whether a go has to wait for it."""
        return self.signal.severity is Severity.SERIOUS and not self.is_overridden


@dataclass(frozen=True)
class Signals:
    """All signals of an idea, for one of its pages: the first three in view by place, the other ones, the accepted.

    `elsewhere` are open ones that belong to another step. `decides` tells that a go can still be held up.
    """

    all: Sequence[Noticed]
    step: int | None
    may_accept: bool
    may_override: bool
    decides: bool
    in_view: Mapping[str, list[Noticed]] = field(default_factory=dict)
    others: Sequence[Noticed] = ()
    elsewhere: Sequence[Noticed] = ()
    accepted: Sequence[Noticed] = ()

    @property
    def places(self) -> list[str]:
        return list(PLACES[self.step])

    @property
    def opens_elsewhere(self) -> bool:
        """Whether those of other steps are worth seeing at once: at the decision, where one is in the way of a go."""
        return self.step == 4 and self.decides and any(one.blocks_go for one in self.elsewhere)

    @property
    def blocking(self) -> list[Noticed]:
        return [one for one in self.all if one.blocks_go]


# What is asked of the database along with an idea: when it was changed last, and how many its follower follows.
AROUND: Mapping[str, Combinable] = {
    "touched": Subquery(Change.objects.filter(idea=OuterRef("pk")).order_by("-touched").values("touched")[:1]),
    "followed": Subquery(
        Idea.objects.filter(idea_owner=OuterRef("idea_owner"), status=Status.IN_STEP.value, test=False)
        .order_by()
        .values("idea_owner")
        .annotate(count=Count("pk"))
        .values("count")
    ),
}


def around_of(idea: Any, picture: Picture, member: Member | None, alike: tuple[str, ...] = ()) -> Around:
    """What lies outside the picture, of an idea that was asked for with `AROUND`.

    How many ideas somebody follows is for them and the coordinator. That it came here counts as activity.
    """
    days = [idea.here_since, *(event.date for event in picture.transitions)]
    days += [timezone.localdate(idea.touched)] if idea.touched else []
    may_know = member is not None and (member.coordinator or member.pk == idea.idea_owner_id)
    return Around(
        idle=(timezone.localdate() - max(days)).days,
        followed=(idea.followed or 0) if may_know else 0,
        alike=alike,
    )


def noticed_in(
    picture: Picture, idea: Idea, accepted: Sequence[AcceptedSignal], around: Around, settings: Settings | None = None
) -> list[Noticed]:
    """Every signal that the idea raises today, with how it was accepted."""
    signals = signals_of(
        picture,
        today=timezone.localdate(),
        around=around,
        thresholds=thresholds_of(idea.organisation),
        settings=settings or settings_of(idea.organisation),
    )
    holds = {row.key: row for row in accepted}
    earlier = {(row.signal, row.about): row for row in accepted}
    return [
        Noticed(signal, holds.get(signal.key), None if signal.key in holds else earlier.get((signal.id, signal.about)))
        for signal in signals
    ]


def signals_for(noticed: Sequence[Noticed], standing: Standing, picture: Picture, step: int | None) -> Signals:
    """What one page shows of them: those of its step, and those of the whole idea where the idea is now."""
    current = step is None or step == (picture.step or 1)
    mine = [one for one in noticed if one.signal.step == step or (one.signal.step == 0 and current)]
    still_open = [one for one in mine if one.accepted is None]
    in_view: dict[str, list[Noticed]] = {place: [] for place in PLACES[step]}
    for one in still_open[:IN_VIEW]:
        in_view[place_of(one.signal, step)].append(one)
    looks_on_all = step in {None, 4}
    return Signals(
        noticed,
        step,
        may_accept=standing.may(Act.EDIT),
        may_override=standing.may(Act.OVERRIDE),
        decides=picture.decision is None,
        in_view=in_view,
        others=still_open[IN_VIEW:],
        elsewhere=[one for one in noticed if one not in mine and one.accepted is None] if looks_on_all else (),
        accepted=[one for one in (noticed if looks_on_all else mine) if one.accepted],
    )


def place_of(signal: Signal, step: int | None) -> str:
    """Where on the page of this step a signal stands."""
    return next((place for place, heads in PLACES[step].items() if signal.question.startswith(heads)), HERE)


# ---------- as it is told elsewhere


def noticed_at(idea: Idea, picture: Picture, member: Member | None = None) -> list[Noticed]:
    """Every signal of an idea, for who does not read its page: in two queries."""
    accepted = list(AcceptedSignal.objects.filter(idea=idea))
    known = Idea.objects.filter(pk=idea.pk).order_by().annotate(**AROUND).get()
    return noticed_in(picture, idea, accepted, around_of(known, picture, member))


def noticed_now(idea: Idea, member: Member, alike: tuple[str, ...]) -> list[Noticed]:
    """Every signal of an idea that was asked for `with_single` and `AROUND`, as this member sees them."""
    reading = read_rows([idea], ON_A_STEP)[idea.pk]
    picture = reading.whole()
    return noticed_in(picture, idea, reading.rows[AcceptedSignal], around_of(idea, picture, member, alike))


def told_of(idea: Idea, picture: Picture) -> tuple[SignalTold, ...]:
    """The signals of an idea as it stands now, as the dossier and the exchange file tell them.

    What is about a person is left out.
    """
    return told_in(noticed_at(idea, picture))


def told_in(noticed: Iterable[Noticed]) -> tuple[SignalTold, ...]:
    """These signals, as a record tells them."""
    return tuple(
        SignalTold(
            id=one.signal.id,
            severity=one.signal.severity,
            about=one.signal.about,
            says=one.signal.says.nl,
            says_en=one.signal.says.en,
            accepted=one.accepted.reason if one.accepted else "",
            by=one.accepted.role if one.accepted else None,
            on=_day(one.accepted),
        )
        for one in noticed
    )


def _day(accepted: AcceptedSignal | None) -> date | None:
    return accepted.date if accepted else None
