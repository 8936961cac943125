"""The board of step 3: activities as cards in bundles; and what people agreed and dropped."""

from dataclasses import dataclass

from checks.codes import DroppedFrom
from ideas.access import Standing
from ideas.models import Activity, Alignment, Bundle, Droppable, Idea, Partner
from ideas.picture import DROPPABLE, Reading, read
from ideas.steps.lists import LISTS, Section, loose, section_of

# What the board is made of, and nothing else.
NEEDED = (Activity, Bundle, Partner, Alignment)


@dataclass(frozen=True)
class DroppedRow:
    """An agreement that was dropped. `name` is that of the list in which it stood."""

    row: Droppable
    kind: DroppedFrom

    @property
    def name(self) -> str:
        return self.kind.value


def dropped_of(reading: Reading) -> list[DroppedRow]:
    return [DroppedRow(row, DROPPABLE[type(row)]) for row in reading.dropped()]


def read_board(idea: Idea, standing: Standing) -> dict[str, Section]:
    """Both lists of the board as they stand now."""
    reading = read([idea.pk], NEEDED)[idea.pk]
    activities, bundles = (section_of(LISTS[name], reading, standing) for name in ("activities", "bundles"))
    return {"activities": loose(activities), "bundles": bundles}
