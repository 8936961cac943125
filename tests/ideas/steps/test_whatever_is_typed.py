"""Whatever is sent to a form of an idea: it is refused, or the picture of the idea still holds together."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.catalogue import QUESTIONS
from checks.codes import Check
from checks.consistency import inconsistencies
from checks.picture import COLLABORATION, PICTURE
from ideas.models import (
    Activity,
    Alignment,
    Answer,
    Attachment,
    Bundle,
    Condition,
    Goal,
    Idea,
    Indicator,
    Measure,
    Partner,
    Piece,
    Pulse,
    Trajectory,
    TrajectoryAction,
)
from ideas.models.answers import ANSWERED_HERE
from ideas.picture import read_picture
from ideas.steps.lists import LISTS
from ideas.steps.parts import PARTS
from people.models import Member
from tests.factories import Client
from tests.page_forms import Field, PageForm, filled, forms_of
from tests.pictures import AWKWARD

NAMES = ["Woonwerf", "Wonen", "Onthaal", "huisbezoek", "Lindeveer vzw (fictief)", COLLABORATION]
NUMBERS = ["-1", "0", "1", "1200", "1201", "1899", "2101", "99999", "100001", "1e3", "1.250,50", "1,234", "9" * 13]
ODD = ["", "\u200b", "a\x00b", "x" * 200, "x" * 201, "x" * 20_001, "us", "None", *QUESTIONS]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
WORDS = st.sampled_from(NAMES) | st.sampled_from(NUMBERS) | st.sampled_from(AWKWARD) | st.sampled_from(ODD) | TEXTS
# What nobody is asked for in a form, but may send all the same.
FORGED = ["position", "idea", "about", "kind", "question", "step", "status", "notes_private", "slug", "organisation"]
# Where a form of an idea stands: its name and, unless it is a part of the idea, what it is about.
PLACES = [
    *(("list", name) for name, edited in LISTS.items() if edited.first),
    *(("add", name) for name in LISTS),
    *(("edit", name) for name in LISTS),
    *(("part", name) for name in PARTS),
    *(("answer", slugs[0]) for slugs in ANSWERED_HERE.values()),
    *(("conclusion", check) for check in Check),
]


def sent_in(control: Field) -> st.SearchStrategy[list[str]]:
    """What a browser, or somebody who means no good, sends in this field."""
    if control.offers:
        offered = st.lists(st.sampled_from(control.offers), max_size=3)
        return offered | offered | offered | st.lists(WORDS, max_size=2)
    words = {"number": st.sampled_from(NUMBERS), "decimal": st.sampled_from(NUMBERS), "date": st.dates().map(str)}
    return st.lists(words.get(control.kind, WORDS) | WORDS, min_size=1, max_size=1)


def typed_by_people(form: PageForm) -> list[Field]:
    return [control for control in form.fields.values() if control.kind != "hidden"]


@pytest.fixture
def world(idea: Idea) -> Idea:
    """An idea in which names can clash, and which has a row to edit in some lists."""
    Partner.objects.create(idea=idea, name="Woonwerf")
    for place, name in enumerate(["Wonen", "Onthaal"]):
        Bundle.objects.create(idea=idea, name=name, position=place)
    Activity.objects.create(idea=idea, name="huisbezoek")
    Piece.objects.create(idea=idea, name="Huis")
    Goal.objects.create(idea=idea, text="Wonen", clear_note="Nog vaag.")
    Alignment.objects.create(idea=idea, what="Overdracht")
    Attachment.objects.create(idea=idea, title="Oproep", url="https://voorbeeld.invalid")
    TrajectoryAction.objects.create(idea=idea, trajectory=Trajectory.objects.create(idea=idea), text="Praten")
    for edited in LISTS.values():
        if edited.name == "proofs":
            condition = Condition.objects.filter(idea=idea).first()
            Attachment.objects.create(idea=idea, title="Bewijs", url="https://voorbeeld.invalid", condition=condition)
        elif edited.name == "measures":
            indicator = Indicator.objects.filter(idea=idea)[0]
            Measure.objects.create(idea=idea, indicator=indicator, date=date(2026, 1, 5), value="12")
        elif edited.name == "pulses":
            Pulse.objects.create(idea=idea, date=date(2026, 1, 5), who="Woonwerf")
        elif not edited.model._default_manager.filter(idea=idea, **edited.only).exists():
            told = {"text": "Zo staat het er."} if hasattr(edited.model, "text") else {}
            edited.model._default_manager.create(idea=idea, **told, **edited.only)
    Answer.objects.create(idea=idea, question="s2.drive.mission", value="partly")
    return idea


def address(page: str, about: str, idea: Idea) -> str:
    if page != "edit":
        return reverse(f"ideas:{page}", args=[idea.pk, about])
    edited = LISTS[about]
    row = edited.standing_at(idea).first()
    return reverse("ideas:edit", args=[idea.pk, about, row.pk if row else 0])


def holds_together(idea: Idea) -> None:
    whole = read_picture(idea)
    assert PICTURE.validate_python(PICTURE.dump_python(whole, by_alias=True)) == whole
    assert list(inconsistencies(whole)) == []


@pytest.mark.parametrize(("page", "about"), PLACES, ids=[" ".join(place) for place in PLACES])
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(draw=st.data())
def test_what_is_taken_fits_in_the_picture_and_what_is_refused_changes_nothing(
    page: str, about: str, draw: st.DataObject, world: Idea, follower: Member, client: Client
) -> None:
    """What is refused is typed otherwise until the rest is taken, so that all of it is tried."""
    client.force_login(follower)
    headers = draw.draw(st.sampled_from([{}, {"HX-Request": "true"}]))
    with transaction.atomic():
        where, before = address(page, about, world), read_picture(world)
        form = the_form(client.get(where).content.decode(), where) if page != "list" else PageForm(where)
        sent: dict[str, Any] = {told.name: draw.draw(sent_in(told), told.name) for told in typed_by_people(form)}
        sent |= draw.draw(st.dictionaries(st.sampled_from(FORGED), WORDS, max_size=1).map(dict), "forged")
        sent["lines"] = "\n".join(draw.draw(st.lists(WORDS, max_size=2)))
        for _ in range(5):
            answer = client.post(where, form.sent(sent), headers=headers)
            assert answer.status_code in {200, 302, 409, 422}
            if answer.status_code < 400:
                holds_together(world)
                break
            assert read_picture(world) == before
            wrong = {told.name for told in typed_by_people(the_form(answer.content.decode(), where)) if told.wrong}
            sent = {name: filled(form).get(name, []) if name in wrong else told for name, told in sent.items()}
        transaction.set_rollback(True)


def the_form(html: str, where: str) -> PageForm:
    """The form that is sent there; where only its state came back, an empty one."""
    return next((form for form in forms_of(html) if form.action.startswith(where)), PageForm(where))
