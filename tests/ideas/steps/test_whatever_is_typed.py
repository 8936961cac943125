"""Whatever is sent to a form of an idea: it is refused, or the picture of the idea still holds together."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.catalogue import QUESTIONS
from checks.codes import Check
from checks.consistency import inconsistencies
from checks.picture import COLLABORATION, PICTURE
from ideas.models import Activity, Answer, Bundle, Evidence, Goal, Idea, Indicator, Partner, Piece
from ideas.picture import read_picture
from ideas.steps.answers import ANSWERED
from ideas.steps.lists import LISTS
from ideas.steps.parts import PARTS
from people.models import Member
from tests.page_forms import Field, PageForm, forms_of
from tests.pictures import AWKWARD

NAMES = ["Woonwerf", "Wonen", "Onthaal", "huisbezoek", "Lindeveer vzw (fictief)", COLLABORATION]
NUMBERS = ["-1", "0", "1", "12", "1200", "1201", "1899", "2026", "2101", "99999", "1e3", "1.250,50", "1,234", "9" * 13]
WORDS = (
    st.sampled_from([*NAMES, *NUMBERS, *AWKWARD, *QUESTIONS, "", "\u200b", "a\x00b", "x" * 201, "x" * 20_001, "us"])
    | st.dates().map(str)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)
# What nobody is asked for in a form, but may send all the same.
FORGED = ["position", "idea", "about", "kind", "question", "step", "status", "notes_private", "slug", "organisation"]
# Where a form of an idea stands: its name and, unless it is a part of the idea, what it is about.
PLACES = [
    *(("list", name) for name, edited in LISTS.items() if edited.first),
    *(("add", name) for name in LISTS),
    *(("edit", name) for name in LISTS),
    *(("part", name) for name in PARTS),
    *(("answer", slug) for slug in sorted(ANSWERED)),
    *(("conclusion", check) for check in Check),
]


def sent_in(control: Field) -> st.SearchStrategy[list[str]]:
    """What a browser, or somebody who means no good, sends in this field."""
    if control.name in {"version", "token", "csrfmiddlewaretoken"}:
        return st.just(control.value)
    if control.offers:
        offered = st.lists(st.sampled_from(control.offers), max_size=3)
        return offered | offered | st.lists(WORDS, max_size=2)
    return st.just(control.value) | st.lists(WORDS, min_size=1, max_size=1)


def what_is_sent(form: PageForm, draw: st.DataObject) -> dict[str, Any]:
    sent: dict[str, Any] = {name: draw.draw(sent_in(control), name) for name, control in form.fields.items()}
    return sent | draw.draw(st.dictionaries(st.sampled_from(FORGED), WORDS, max_size=2).map(dict), "forged")


@pytest.fixture
def world(idea: Idea) -> Idea:
    """An idea in which names can clash, and which has a row to edit in some lists."""
    Partner.objects.create(idea=idea, name="Woonwerf")
    for place, name in enumerate(["Wonen", "Onthaal"]):
        Bundle.objects.create(idea=idea, name=name, position=place)
    Activity.objects.create(idea=idea, name="huisbezoek")
    Piece.objects.create(idea=idea, name="Huis")
    Goal.objects.create(idea=idea, text="Wonen", clear_note="Nog vaag.")
    for edited in LISTS.values():
        if edited.model in {Evidence, Indicator}:
            edited.model._default_manager.create(idea=idea, text="Zo staat het er.", **edited.only)
    Answer.objects.create(idea=idea, question="s2.drive.mission", value="partly")
    return idea


def address(page: str, about: str, idea: Idea) -> str | None:
    if page != "edit":
        return reverse(f"ideas:{page}", args=[idea.pk, about])
    row = LISTS[about].model._default_manager.filter(idea=idea, **LISTS[about].only).first()
    return reverse("ideas:edit", args=[idea.pk, about, row.pk]) if row else None


def holds_together(idea: Idea) -> None:
    whole = read_picture(idea)
    assert PICTURE.validate_python(PICTURE.dump_python(whole, by_alias=True)) == whole
    assert list(inconsistencies(whole)) == []


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(draw=st.data())
def test_what_is_taken_fits_in_the_picture_and_what_is_refused_changes_nothing(
    draw: st.DataObject, world: Idea, follower: Member, client: Client
) -> None:
    client.force_login(follower)
    with transaction.atomic():
        for page, about in draw.draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3), "places"):
            where = address(page, about, world)
            if where is None:
                continue
            before = read_picture(world)
            if page == "list":
                sent: dict[str, Any] = {"lines": "\n".join(draw.draw(st.lists(WORDS, max_size=3)))}
            else:
                forms = forms_of(client.get(where).content.decode())
                sent = what_is_sent(next(form for form in forms if form.action.startswith(where)), draw)
            answer = client.post(where, sent, headers=draw.draw(st.sampled_from([{}, {"HX-Request": "true"}])))
            assert answer.status_code in {200, 302, 409, 422}
            if answer.status_code >= 400:
                assert read_picture(world) == before
            else:
                holds_together(world)
        transaction.set_rollback(True)
