"""The id of a row, as an address or a form names it."""

# The digits of a number that every database takes for an id.
LONGEST = 18


def id_in(text: str) -> int:
    """The id that this names; 0, which no row has, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else 0
