"""Colleagues who are named in a text, as @Name."""

import re
from collections.abc import Iterable, Mapping


def named_in(text: str, names: Iterable[str]) -> set[str]:
    """Which of these names stand in the text. Of "@An Peeters" that is the whole name, also where there is an An."""
    found = {match[1].casefold() for match in _pattern(known).finditer(text)} if (known := list(names)) else set()
    return {name for name in known if name.casefold() in found}


def by_role(text: str, roles: Mapping[str, str]) -> str:
    """The text with for each @Name what that person does."""
    told = {name.casefold(): role for name, role in roles.items()}
    return _pattern(roles).sub(lambda match: f"@{told.get(match[1].casefold(), match[1])}", text) if roles else text


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"@({'|'.join(map(re.escape, longest_first))})(?!\w|-\w)", re.IGNORECASE)
