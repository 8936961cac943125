"""The signals in the dossier: what still asks for attention, and what was accepted with which reason.

A thought is never printed.
"""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext

from checks.codes import Severity
from checks.picture import SignalTold
from ideas.dossier.build import row, rows, sign_of
from ideas.dossier.shapes import Chapter, Part
from ideas.dossier.wording import line
from ideas.wording import capital, day, say


def signals_chapter(signals: Iterable[SignalTold]) -> Chapter | None:
    """The chapter, or None where nothing asks for attention."""
    told = [signal for signal in signals if signal.severity is not Severity.INFO]
    blocks = tuple(
        rows(
            *(
                row(
                    _says(signal),
                    line(gettext("Accepted"), signal.accepted),
                    [] if signal.accepted else line(word=capital(say(signal.severity)), tone=signal.severity),
                    name=True,
                    remark=", ".join(word for word in (say(signal.by), day(signal.on)) if word),
                )
                for signal in told
            )
        )
    )
    if not blocks:
        return None
    part = Part(title="", anchor="signals-list", blocks=blocks)
    return Chapter(title=gettext("What asks for attention"), anchor="signals", step=0, sign=sign_of(0), parts=(part,))


def _says(signal: SignalTold) -> str:
    return signal.says_en if (get_language() or "").startswith("en") else signal.says


def open_signals(signals: Iterable[SignalTold]) -> str:
    """What is not accepted, in one line, the serious ones first."""
    open_ones = [signal for signal in signals if not signal.accepted and signal.severity is not Severity.INFO]
    return " · ".join(_says(signal) for signal in open_ones)
