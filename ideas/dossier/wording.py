"""How the lines of a dossier are made, in the language that is active."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from checks.catalogue import STEPS
from checks.codes import Rating, Status
from checks.words import Code
from ideas.dossier.shapes import Line
from ideas.wording import capital, say


def short_day(on: date | None) -> str:
    """A day such as 20 nov. 2025, that stays on one line."""
    return date_format(on, "j N Y").replace(" ", "\u00a0") if on else ""


def place(status: Status | None, step: int | None, in_round: int = 1) -> str:
    """Where an idea stands: its status, and in which step and round."""
    words = [] if status in {None, Status.IN_STEP} and step else [say(status)]
    if step:
        words.append(gettext("step %(number)d, %(name)s") % {"number": step, "name": say(STEPS[step])})
    if in_round != 1:
        words.append(gettext("round %(number)d") % {"number": in_round})
    return ", ".join(word for word in words if word)


def named_team(name: str) -> str:
    """The name of a team, told to be one where the name itself does not."""
    return gettext("Team: %(team)s") % {"team": name} if name and "team" not in name.casefold() else name


def shorten(text: str, limit: float) -> tuple[str, bool]:
    """The head of a text up to `limit` characters, cut between two words, and whether it is cut."""
    whole = " ".join(text.split())
    longest = int(limit)
    if len(whole) <= longest:
        return whole, False
    head = whole[: longest + 1]
    between = head.rfind(" ")
    return (head[:between] if between > longest // 2 else head[:longest]).rstrip(" ,;:.-") + "…", True


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text; a line that people ended themselves stays one."""
    lines = re.sub(r"\r\n?", "\n", text)
    return tuple(part.strip("\n") for part in re.split(r"\n(?:[ \t]*\n)+", lines) if part.strip())


def line(label: str = "", text: str = "", *, word: str = "", tone: str = "") -> list[Line]:
    """One line, with a word ahead of its text; none when there is nothing to say."""
    if not text.strip() and not word:
        return []
    first, *rest = paragraphs(text) or ("",)
    return [Line(label=label, word=f"{word}." if word and first else word, tone=tone, text=first, rest=tuple(rest))]


def answer(value: Code | None, note: str = "", label: str = "") -> list[Line]:
    """A code with its note; a rating is printed in its own tone."""
    return line(label, note, word=capital(say(value)), tone=value if isinstance(value, Rating) else "")


def short_line(text: str, limit: float, more: str, label: str = "") -> list[Line]:
    """The head of a text, which points to where the whole of it stands when it is cut."""
    head, cut = shorten(text, limit)
    return [Line(label=label, text=head, more=more if cut else "")] if head else []
