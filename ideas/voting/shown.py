"""A reading that is open, as it stands on the page of step 4: never its counts or remarks, nor who did not vote."""

from dataclasses import dataclass

from ideas.access import Act, Standing
from ideas.models import Idea, OpenReading


@dataclass(frozen=True)
class VotingHere:
    """An open reading before one member: whether they may vote, and whether they did."""

    reading: OpenReading
    may_vote: bool
    has_voted: bool


def voting_here(idea: Idea, standing: Standing) -> VotingHere | None:
    """What this member sees of the reading of an idea that was read with it; None where none is open."""
    reading: OpenReading | None = getattr(idea, "open_reading", None)
    if reading is None:
        return None
    may_vote = standing.may(Act.VOTE) and not reading.is_by_slip
    return VotingHere(reading, may_vote, may_vote and reading.has_voted(standing.member))
