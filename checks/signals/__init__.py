"""The signals: what was entered, looked at as a good adviser would. Source: domain.md 3."""

from collections.abc import Mapping
from datetime import date

from checks.decision import Settings
from checks.picture import Picture
from checks.signals.signal import Around, Signal

__all__ = ["Around", "Signal", "signals_of"]


def signals_of(
    picture: Picture,
    *,
    today: date,
    around: Around = Around(),
    thresholds: Mapping[str, int] | None = None,
    settings: Settings = Settings(),
) -> tuple[Signal, ...]:
    """All signals that this idea raises today, the serious ones first; those of later steps wait until these open."""
    return ()
