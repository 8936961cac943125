"""The signals: what was entered, looked at as a good adviser would. Source: domain.md 3.

They never change anything, never score, and stay silent about a step that is not reached yet.
"""

from collections.abc import Mapping
from datetime import date

from checks.codes import Severity, Status
from checks.decision import Settings
from checks.picture import Picture
from checks.signals.check import RULES as CHECK
from checks.signals.concretise import RULES as CONCRETISE
from checks.signals.decide import RULES as DECIDE
from checks.signals.explore import RULES as EXPLORE
from checks.signals.signal import Around, Look, Rule, Signal, signal_of
from checks.signals.whole import RULES as WHOLE
from checks.thresholds import thresholds as all_thresholds

__all__ = ["ENDED", "RULES", "Around", "Signal", "answers_against_data", "signals_of"]

RULES: Mapping[str, Rule] = {
    rule.id: rule for rule in sorted([*EXPLORE, *CHECK, *CONCRETISE, *DECIDE, *WHOLE], key=lambda rule: rule.id)
}
# Of these nothing is asked any more.
ENDED = frozenset({Status.STOPPED, Status.NOT_FOLLOWED, Status.MERGED, Status.FINISHED})
_WEIGHT = {severity: weight for weight, severity in enumerate([Severity.SERIOUS, Severity.ATTENTION, Severity.INFO])}


def signals_of(
    picture: Picture,
    *,
    today: date,
    around: Around = Around(),  # noqa: B008 (frozen)
    thresholds: Mapping[str, int] | None = None,
    settings: Settings = Settings(),  # noqa: B008 (frozen)
) -> tuple[Signal, ...]:
    """All signals that this idea raises today, the serious ones first; those of later steps wait until these open.

    `thresholds` are by slug; those that are not given are the usual ones.
    """
    if picture.status in ENDED:
        return ()
    look = Look(picture, today, around, all_thresholds(thresholds or {}), settings)
    found = [
        signal_of(rule, finding, look) for rule in RULES.values() if rule.is_open(look) for finding in rule.finds(look)
    ]
    each_once = {signal.key: signal for signal in found}.values()
    return tuple(sorted(each_once, key=lambda signal: _WEIGHT[signal.severity]))


def answers_against_data(picture: Picture) -> tuple[Signal, ...]:
    """Only where an answer of the checks contradicts the puzzle, in whichever step the idea is (S31)."""
    look = Look(picture, date.min, Around(), all_thresholds({}), Settings())
    rule = RULES["S31"]
    return tuple(signal_of(rule, finding, look) for finding in rule.finds(look))
