"""The report of a meeting, as plain text to paste into a mail or a chat. Private notes are never in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models as db
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checks.picture import Picture
from ideas import models
from ideas.forms import Lines
from ideas.meetings.topics import in_a_line, name_of, stands
from ideas.models import AgendaItem, Change, Meeting
from ideas.picture import Reading
from ideas.wording import capital, say


@dataclass(frozen=True)
class Since:
    """What came of a meeting: the opvolgpunten and decisions that were recorded since it began, until it was over."""

    points: list[models.FollowUp]
    decisions: list[models.Decision]


def since(meeting: Meeting, reading: Reading) -> Since:
    """What was added during the meeting and is still there, in one query."""
    kinds = ContentType.objects.get_for_models(models.FollowUp, models.Decision)
    added = set(
        Change.objects.filter(
            idea=meeting.idea_id,
            content_type__in=kinds.values(),
            action=Change.Action.CREATE,
            timestamp__gte=meeting.since,
            timestamp__lte=meeting.ended or timezone.now(),
        ).values_list("content_type", "object_id")
    )

    def those(model: type[db.Model]) -> list[Any]:
        return [row for row in reading.rows[model] if (kinds[model].pk, row.pk) in added]

    return Since(those(models.FollowUp), those(models.Decision))


def report_of(meeting: Meeting, items: Iterable[AgendaItem], reading: Reading, picture: Picture) -> str:
    """The whole report, in the language that is active; nothing internal where others than colleagues were there."""
    came = since(meeting, reading) if meeting.is_ours else Since([], [])
    parts = [
        [_("Report: %(title)s") % {"title": picture.title}, when(meeting), *_who(meeting)],
        *(list(_of_item(meeting, item, reading, picture)) for item in items),
        _under(_("Notes"), [meeting.notes] if meeting.notes else []),
        _under(_("What became a follow-up point"), [f"- {in_a_line(point)}" for point in came.points]),
        _under(_("What is decided"), [f"- {capital(say(decision.value))}" for decision in came.decisions]),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def when(meeting: Meeting) -> str:
    """The day, the hour and the place, as far as they are known."""
    told = [
        date_format(meeting.date, "l j F Y"),
        f"{meeting.time:%H:%M}" if meeting.time else "",
        meeting.place,
    ]
    return ", ".join(filter(None, told))


def _who(meeting: Meeting) -> list[str]:
    present = Lines(required=False).clean(meeting.present)
    return [_("Present: %(who)s") % {"who": ", ".join(present)}] if present else []


def _of_item(meeting: Meeting, item: AgendaItem, reading: Reading, picture: Picture) -> Iterator[str]:
    name = name_of(item)
    yield name if item.dealt_with else _("%(name)s (not dealt with)") % {"name": name}
    told = stands(item.topic, reading, picture) if item.topic and meeting.may_show(item.topic) else []
    yield from told
    if item.note:
        yield _("Note: %(note)s") % {"note": item.note}


def _under(title: str, lines: list[str]) -> list[str]:
    return [title, *lines] if lines else []
