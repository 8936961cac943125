"""What a signal is, and what it looks at besides the picture. Source: domain.md 3."""

from dataclasses import dataclass

from checks.codes import Severity
from checks.words import Words


@dataclass(frozen=True, slots=True)
class Around:
    """What lies outside the picture: `idle` is for how many days nothing happened, None where that is not known;
    `followed` how many ideas that are under way its follower follows; `alike` the titles of ideas like this one.
    """

    idle: int | None = None
    followed: int = 0
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """What was noticed. `about` names the thing, or is empty; `says` is the question that it asks, `why` what makes it
    ask, `do` what can be done. `background` is the slug of a background page. It belongs to a `step` (1 to 4, 0 for the
    idea as a whole) and stands at `question`, a slug of the catalogue, or is about the whole step where that is empty.
    `rests_on` is a digest of the data that it rests on: an acceptance holds as long as that stays the same.
    """

    id: str
    severity: Severity
    about: str
    says: Words
    why: Words
    do: Words
    background: str
    step: int
    question: str
    rests_on: str

    @property
    def key(self) -> str:
        """Which signal about what, in the state that it rests on."""
        return f"{self.id}-{self.rests_on}"
