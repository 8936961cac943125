"""The end of the dossier: the way it went, what was dropped and why, and what is attached."""

from collections.abc import Iterator

from django.utils.translation import gettext

from checks.codes import PartnerStatus, Status
from checks.decision import Settings
from checks.picture import Picture, Transition
from checks.temperature import temperature_of
from ideas.dossier.build import ChapterOfDossier, PartOfDossier, row, rows
from ideas.dossier.check import followups_grid, is_dropped
from ideas.dossier.decide import decision_rows, reading
from ideas.dossier.explore import partner_row
from ideas.dossier.shapes import Block, Line
from ideas.dossier.wording import line, place
from ideas.wording import asked, capital, day, number, say

_LAID_DOWN = {Status.PAUSED, Status.STOPPED, Status.NOT_FOLLOWED, Status.MERGED, Status.NO_GO}


def _way(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from rows(
        *(
            row(
                day(event.date),
                *_event(event),
                line(gettext("Before that"), place(event.from_status, event.from_step)),
                remark=say(event.role),
            )
            for event in picture.transitions
        )
    )


def _event(event: Transition) -> list[list[Line]]:
    """What was done and where that led; of older ideas only where it led is known."""
    if event.verb is None:
        return [line(word=capital(place(event.to_status, event.to_step, event.round)), text=event.why)]
    status = None if say(event.to_status) == say(event.verb) else event.to_status
    led_to = capital(place(status, event.to_step, event.round))
    return [line(word=capital(say(event.verb)), text=led_to), line(text=event.why)]


def _was_laid_down(event: Transition) -> bool:
    return event.to_status in _LAID_DOWN and event.from_status is not event.to_status


def _went_back(event: Transition) -> bool:
    return event.from_step is not None and event.to_step is not None and event.to_step < event.from_step


def _setbacks(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from rows(
        *(
            row(
                day(event.date),
                line(
                    text=event.why,
                    word=capital(place(event.to_status, event.to_step))
                    if event.to_status in _LAID_DOWN
                    else gettext("Back to %(step)s") % {"step": place(None, event.to_step)},
                ),
            )
            for event in picture.transitions
            if _was_laid_down(event) or _went_back(event)
        )
    )


def _dropped_partners(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from rows(
        *(partner_row(partner) for partner in picture.partners if partner.status is PartnerStatus.DROPPED_OUT)
    )


def _dropped_points(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from followups_grid(point for point in picture.followups if is_dropped(point))


def _earlier_readings(picture: Picture, settings: Settings) -> Iterator[Block]:
    for votes in picture.earlier_votes:
        counts = " · ".join(number(bar.count) for bar in temperature_of(votes).spread[::-1])
        words = gettext("%(counts)s (from cold to very warm)") % {"counts": counts} if counts else ""
        yield from rows(*reading(votes), row(gettext("Spread"), line(text=words)))


def _earlier_decisions(picture: Picture, settings: Settings) -> Iterator[Block]:
    for decision in picture.earlier_decisions:
        yield from rows(*decision_rows(decision))


def _attachments(picture: Picture, settings: Settings) -> Iterator[Block]:
    def told(size: int | None) -> str:
        return "" if size is None else gettext("%(size)s bytes") % {"size": number(size)}

    yield from rows(
        *(
            row(
                attachment.title,
                line(text=attachment.url),
                line(text=", ".join(word for word in (attachment.file, told(attachment.size)) if word)),
                line("SHA-256", attachment.sha256),
                line(gettext("On the question"), asked(attachment.question)),
                line(gettext("Evidence for"), attachment.condition),
                name=True,
            )
            for attachment in picture.attachments
        )
    )


WAY = ChapterOfDossier(
    lambda: gettext("The way it went"),
    "way",
    0,
    [PartOfDossier(lambda: gettext("The way it went"), "way-list", _way)],
)
DROPPED = ChapterOfDossier(
    lambda: gettext("What was dropped, and why"),
    "dropped",
    0,
    [
        PartOfDossier(lambda: gettext("Stops and returns"), "setbacks", _setbacks, named=False),
        PartOfDossier(lambda: gettext("Partners that dropped out"), "dropped-partners", _dropped_partners, named=False),
        PartOfDossier(lambda: gettext("Follow-up points let go"), "dropped-points", _dropped_points, named=False),
        PartOfDossier(lambda: gettext("Earlier readings"), "earlier-readings", _earlier_readings, named=False),
        PartOfDossier(lambda: gettext("Earlier decisions"), "earlier-decisions", _earlier_decisions, named=False),
    ],
)
ATTACHMENTS = ChapterOfDossier(
    lambda: gettext("Attachments"),
    "attachments",
    0,
    [PartOfDossier(lambda: gettext("Attachments"), "attachments-list", _attachments)],
)
