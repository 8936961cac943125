"""Who is named in a text, as @Name."""

import pytest

from checks.mentions import by_role, named_in

NAMES = ["An", "Annelies", "An Peeters", "Jo (nacht)"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Annelies kijk eens", {"Annelies"}),
        ("@An, kijk eens", {"An"}),
        ("@an peeters en @ANNELIES", {"An Peeters", "Annelies"}),
        ("@An-Sofie is van elders", set()),
        ("An zei het al", set()),
        ("Vraag @Jo (nacht)!", {"Jo (nacht)"}),
    ],
)
def test_only_whole_names_are_named_the_longest_first(text: str, named: set[str]) -> None:
    assert named_in(text, NAMES) == named


def test_without_colleagues_nobody_is_named() -> None:
    assert named_in("@An", []) == set()
    assert by_role("@An", {}) == "@An"


def test_a_name_becomes_what_somebody_does() -> None:
    roles = {"An": "kok", "Annelies": "directeur"}
    assert by_role("@annelies en @An, maar niet An of @Ann", roles) == "@directeur en @kok, maar niet An of @Ann"
