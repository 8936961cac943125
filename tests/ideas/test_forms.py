"""What people type becomes what the picture takes, and a form notices that something changed in between."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from checks import picture
from checks.codes import Rating
from checks.picture import LINE_LENGTH, TEXT_LENGTH
from ideas.forms import Amount, Day, Line, Lines, Text, digest, form_field
from ideas.models import Control, FinancialFrame, Goal, Idea, Partner
from ideas.steps.control import ControlForm
from ideas.steps.parts import FactsForm, MoneyForm
from ideas.steps.row_forms import AttachmentForm, EvidenceForm, GoalForm, PartnerForm
from tests.pictures import ANY, AWKWARD

INVISIBLE = "\u200b\u2060\ufeff\u00ad \t\r\n"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Een zin.", "Een zin."),
        ("  Een zin. \n", "Een zin."),
        ("een\r\ntwee\rdrie\nvier", "een\ntwee\ndrie\nvier"),
        ("een\ttab", "een\ttab"),
        ("een\x00twee\x1b\x7f", "eentwee"),
        ("\x0bvoor\x0cna", "voorna"),
        (INVISIBLE, ""),
        (None, ""),
        ("שלום \u202eom\u202c", "שלום \u202eom\u202c"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_a_text_keeps_what_can_be_seen(typed: str | None, kept: str) -> None:
    assert Text(required=False).clean(typed) == kept


def test_a_text_that_shows_nothing_is_no_text() -> None:
    with pytest.raises(ValidationError):
        Text().clean(INVISIBLE)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("een\r\ntwee", "een twee"),
        ("een\x85twee\u2028drie\u2029vier", "een twee drie vier"),
        ("  veel   spaties  ", "veel spaties"),
        ("een\x00twee", "eentwee"),
        ("een\x0btwee\x0cdrie\x1cvier", "een twee drie vier"),
        (INVISIBLE, ""),
    ],
)
def test_a_line_stays_on_one_line(typed: str, kept: str) -> None:
    assert Line(required=False).clean(typed) == kept


def test_lines_are_told_apart_and_none_is_kept_twice() -> None:
    assert Lines(required=False).clean("een\r\n\r\n twee \n\u200b\neen\n") == ["een", "twee"]
    assert Lines(required=False).clean("") == []


@pytest.mark.parametrize(
    ("typed", "euro"),
    [
        ("1250", "1250"),
        ("1250,50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1.250", "1250"),
        ("12.500.000", "12500000"),
        ("1250.50", "1250.50"),
        ("12.5", "12.5"),
        ("€ 1 250,5", "1250.5"),
        ("€\u00a01.250", "1250"),
        ("1250 euro", "1250"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, euro: str) -> None:
    assert Amount(max_digits=12, decimal_places=2, min_value=0).clean(typed) == Decimal(euro)


@pytest.mark.parametrize(
    "typed", ["-1", "1,234", "veel", "NaN", "Infinity", "12345678901", "1,2,3", "1.25.0", "1.2500,00x"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        Amount(max_digits=12, decimal_places=2, min_value=0).clean(typed)


def test_no_amount_is_none() -> None:
    assert Amount(required=False).clean("  ") is None


def test_a_day_is_typed_in_the_browsers_own_calendar_and_comes_back_in_it() -> None:
    day = Day()
    assert str(day.clean("2026-03-02")) == "2026-03-02"
    assert 'value="2026-03-02"' in day.widget.render("due", day.clean("2026-03-02"))
    assert 'type="date"' in day.widget.render("due", None)


AS_LONG_AS_IT_MAY_BE: list[tuple[type[forms.ModelForm[Any]], str, int]] = [
    (GoalForm, "text", TEXT_LENGTH),
    (GoalForm, "horizon", LINE_LENGTH),
    (PartnerForm, "name", LINE_LENGTH),
    (PartnerForm, "own_interest", TEXT_LENGTH),
    (AttachmentForm, "title", LINE_LENGTH),
    (AttachmentForm, "url", 1000),
]


@pytest.mark.parametrize(("form", "name", "longest"), AS_LONG_AS_IT_MAY_BE)
def test_a_text_may_be_as_long_as_in_the_picture_and_no_longer(
    form: type[forms.ModelForm[Any]], name: str, longest: int
) -> None:
    field = form.base_fields[name]
    assert field.clean("x" * longest) == "x" * longest
    with pytest.raises(ValidationError):
        field.clean("x" * (longest + 1))


IN_THE_PICTURE: list[tuple[forms.Field | None, Any]] = [
    (form_field(Goal._meta.get_field("text")), picture.Statement),
    (form_field(Goal._meta.get_field("clear_note")), picture.Text),
    (form_field(Goal._meta.get_field("horizon")), picture.Line),
    (form_field(Partner._meta.get_field("name")), picture.Name),
    (form_field(FinancialFrame._meta.get_field("cost_year")), picture.Amount | None),
    (EvidenceForm.base_fields["year"], picture.Year | None),
    (MoneyForm.base_fields["term"], picture.Months | None),
    (MoneyForm.base_fields["meeting_hours"], picture.Count | None),
    (FactsForm.base_fields["duration"], picture.Months | None),
    (FactsForm.base_fields["answer_needed_by"], picture.Day | None),
]
TYPED = (
    st.sampled_from([*AWKWARD, INVISIBLE, "x" * 201, "x" * 20_001, "-1", "0", "1200", "1201", "99999", "100001"])
    | st.integers(-10, 10**13).map(str)
    | st.decimals(allow_nan=True).map(str)
    | st.text(max_size=30)
)


@ANY
@given(typed=TYPED, place=st.integers(0, len(IN_THE_PICTURE) - 1))
def test_whatever_a_field_takes_the_picture_takes_too(typed: str, place: int) -> None:
    field, kind = IN_THE_PICTURE[place]
    assert field is not None
    try:
        kept = field.clean(typed)
    except ValidationError:
        return
    TypeAdapter(kind).validate_python(kept)


# ---------- something changed in between


@pytest.fixture
def goal(idea: Idea) -> Goal:
    return Goal.objects.create(idea=idea, text="Wonen", horizon="2027")


def goal_form(goal: Goal, private: bool = True, **typed: str) -> GoalForm:
    fresh = Goal.objects.get(pk=goal.pk)
    return GoalForm(typed or None, instance=fresh, may_read_private_notes=private)


def test_a_form_on_what_stood_still_is_taken(goal: Goal) -> None:
    version = goal_form(goal).version
    form = goal_form(goal, version=version, text="Zelfstandig wonen", horizon="2027")
    assert form.is_valid(), form.errors
    form.save()
    assert Goal.objects.get().text == "Zelfstandig wonen"


@pytest.mark.parametrize("version", ["", "0" * 16, "<script>"])
def test_a_form_that_shows_another_state_is_refused_and_says_what_stands_there_now(goal: Goal, version: str) -> None:
    form = goal_form(goal, version=version, text="Zelfstandig wonen", horizon="2027")
    assert not form.is_valid()
    assert form.is_in_between
    assert [(told.label, told.value) for told in form.between] == [("Doel", "Wonen")]
    assert form.version == version


def test_what_a_colleague_wrote_is_replaced_only_by_who_saw_it(goal: Goal) -> None:
    opened = goal_form(goal).version
    Goal.objects.update(text="Wonen met begeleiding")
    refused = goal_form(goal, version=opened, text="Zelfstandig wonen", horizon="2027")
    assert not refused.is_valid()
    Goal.objects.update(horizon="2030")
    Goal.objects.update(text="Wonen, met begeleiding")
    later = goal_form(goal, version=opened, mine=refused.seen, text="Zelfstandig wonen", horizon="2027")
    assert not later.is_valid()
    taken = goal_form(goal, version=opened, mine=later.seen, text="Zelfstandig wonen", horizon="2027")
    assert taken.is_valid()
    taken.save()
    saved = Goal.objects.get()
    assert (saved.text, saved.horizon) == ("Zelfstandig wonen", "2030")


def test_who_changes_nothing_is_never_in_between(goal: Goal) -> None:
    assert goal_form(goal, version="", text="Wonen", horizon="2027").is_valid()


def test_what_a_colleague_did_to_another_thing_does_not_matter(goal: Goal, idea: Idea) -> None:
    opened = goal_form(goal).version
    Goal.objects.create(idea=idea, text="Werken")
    assert goal_form(goal, version=opened, text="Zelfstandig wonen", horizon="2027").is_valid()


def test_two_forms_that_show_something_else_have_another_version(goal: Goal) -> None:
    versions = set()
    for name, value in [("text", "a"), ("text", "b"), ("clear", Rating.YES), ("clear", Rating.NO), ("horizon", "")]:
        Goal.objects.update(**{name: value})
        versions.add(goal_form(goal).version)
    assert len(versions) == 5


def test_choices_in_between_are_told_in_words(goal: Goal) -> None:
    Goal.objects.update(clear=Rating.PARTLY)
    form = goal_form(goal, version="", text="Wonen", horizon="2027", clear="yes")
    assert not form.is_valid()
    [told] = form.between
    assert [span.words for span in told.theirs] == [Rating.PARTLY.words.nl]


# ---------- neighbours never conflict


def test_who_changed_one_field_leaves_what_a_colleague_made_of_another(goal: Goal) -> None:
    opened = goal_form(goal).version
    Goal.objects.update(horizon="2030", clear=Rating.PARTLY)
    form = goal_form(goal, version=opened, text="Zelfstandig wonen", horizon="2027", clear="")
    assert form.is_valid(), form.errors
    form.save()
    saved = Goal.objects.get()
    assert (saved.text, saved.horizon, saved.clear) == ("Zelfstandig wonen", "2030", Rating.PARTLY)
    assert form.left.keys() == {"horizon", "clear"}


def test_of_two_fields_the_one_that_both_changed_keeps_the_other_back_too(goal: Goal) -> None:
    opened = goal_form(goal).version
    Goal.objects.update(text="Wonen met begeleiding")
    form = goal_form(goal, version=opened, text="Zelfstandig wonen", horizon="2030")
    assert not form.is_valid()
    assert [told.name for told in form.between] == ["text"]
    assert Goal.objects.get().horizon == "2027"


def test_a_form_that_is_refused_for_another_reason_keeps_the_version_that_it_showed(goal: Goal) -> None:
    opened = goal_form(goal).version
    Goal.objects.update(text="Wonen met begeleiding")
    refused = goal_form(goal, version=opened, text="Wonen", horizon="x" * (LINE_LENGTH + 1))
    assert not refused.is_valid()
    assert not refused.is_in_between
    assert refused.version == opened
    again = goal_form(goal, version=refused.version, text="Wonen", horizon="2030")
    assert again.is_valid()
    again.save()
    assert Goal.objects.get().text == "Wonen met begeleiding"


def test_who_takes_theirs_saves_the_rest_of_their_own(goal: Goal) -> None:
    opened = goal_form(goal).version
    Goal.objects.update(text="Wonen met begeleiding")
    refused = goal_form(goal, version=opened, text="Zelfstandig wonen", horizon="2030")
    assert not refused.is_valid()
    form = goal_form(goal, version=opened, text="Zelfstandig wonen", horizon="2030", theirs=refused.seen)
    assert form.is_valid(), form.errors
    form.save()
    saved = Goal.objects.get()
    assert (saved.text, saved.horizon) == ("Wonen met begeleiding", "2030")


def test_who_puts_the_two_together_saves_that(goal: Goal) -> None:
    opened = goal_form(goal).version
    Goal.objects.update(text="Wonen met begeleiding")
    refused = goal_form(goal, version=opened, text="Zelfstandig wonen", horizon="2027")
    assert not refused.is_valid()
    [field] = refused.merged
    assert field.html_name == "merged-text"
    assert field.value() == "Wonen met begeleiding\n\nZelfstandig wonen"
    told = QueryDict(mutable=True)
    told.update({"version": opened, "text": "Zelfstandig wonen", "horizon": "2027", "merged": refused.seen})
    told["merged-text"] = "Zelfstandig wonen met begeleiding"
    form = GoalForm(told, instance=Goal.objects.get(), may_read_private_notes=True)
    assert form.is_valid(), form.errors
    form.save()
    assert Goal.objects.get().text == "Zelfstandig wonen met begeleiding"


def sent(goal: Goal, **told: str) -> GoalForm:
    """The form as a browser sends it with a choice, on what is recorded now."""
    data = QueryDict(mutable=True)
    data.update({name.replace("_", "-", 1) if name.startswith("merged_") else name: say for name, say in told.items()})
    return GoalForm(data, instance=Goal.objects.get(pk=goal.pk), may_read_private_notes=True)


@pytest.fixture
def merging(goal: Goal) -> dict[str, str]:
    """What is sent by who puts their text together with that of a colleague."""
    opened = goal_form(goal).version
    Goal.objects.update(text="Wonen met begeleiding")
    refused = goal_form(goal, version=opened, text="Wonen in de stad", horizon="2027")
    assert not refused.is_valid()
    told = {"version": opened, "text": "Wonen in de stad", "horizon": "2027"}
    return told | {"merged": refused.seen, "merged_text": "Wonen in de stad, met begeleiding"}


def test_what_was_put_together_stays_where_it_was_typed_when_somebody_saves_once_more(
    goal: Goal, merging: dict[str, str]
) -> None:
    Goal.objects.update(text="Wonen bij familie")
    form = sent(goal, **merging)
    assert not form.is_valid()
    assert form.is_in_between
    assert form.is_merging
    assert [field.value() for field in form.merged] == ["Wonen in de stad, met begeleiding"]
    assert form["text"].value() == "Wonen in de stad"
    [told] = form.between
    assert "".join(span.words for span in told.mine) == "Wonen in de stad"
    assert "".join(span.words for span in told.theirs) == "Wonen bij familie"
    again = sent(goal, **(merging | {"merged": form.seen}))
    assert again.is_valid(), again.errors
    again.save()
    assert Goal.objects.get().text == "Wonen in de stad, met begeleiding"


def test_what_was_only_proposed_is_put_together_anew_when_somebody_saves_once_more(goal: Goal) -> None:
    opened = goal_form(goal).version
    Goal.objects.update(text="Wonen met begeleiding")
    told = {"version": opened, "text": "Wonen in de stad", "horizon": "2027"}
    refused = sent(goal, **told)
    assert not refused.is_valid()
    together = refused.merged[0].value()
    Goal.objects.update(text="Wonen met begeleiding en buren")
    form = sent(goal, **told, merged=refused.seen, proposed=refused.proposed, merged_text=together)
    assert not form.is_valid()
    [field] = form.merged
    assert set(field.value().split()) >= {"stad", "met", "begeleiding", "en", "buren"}


@pytest.mark.parametrize(
    "wrong", [{"merged_text": "x" * (TEXT_LENGTH + 1)}, {"horizon": "x" * (LINE_LENGTH + 1)}], ids=["itself", "another"]
)
def test_what_was_put_together_stays_where_it_was_typed_when_something_is_wrong(
    wrong: dict[str, str], goal: Goal, merging: dict[str, str]
) -> None:
    form = sent(goal, **(merging | wrong))
    assert not form.is_valid()
    assert form.is_merging
    [field] = form.merged
    assert field.value() == (merging | wrong)["merged_text"]
    assert bool(field.errors) == ("merged_text" in wrong)
    assert form["text"].value() == "Wonen in de stad"
    again = sent(goal, **(merging | {"merged": form.seen}))
    assert again.is_valid(), again.errors


def test_another_field_that_somebody_changes_meanwhile_comes_beside_what_was_put_together(
    goal: Goal, merging: dict[str, str]
) -> None:
    Goal.objects.update(horizon="2030")
    form = sent(goal, **(merging | {"horizon": "2029"}))
    assert not form.is_valid()
    told = {field.html_name: field.value() for field in form.merged}
    assert told == {"merged-text": "Wonen in de stad, met begeleiding", "merged-horizon": "2030 / 2029"}


def test_choices_are_not_put_together_and_are_called_choices(goal: Goal) -> None:
    Goal.objects.update(clear=Rating.PARTLY)
    form = goal_form(goal, version="", text="Wonen", horizon="2027", clear="yes")
    assert not form.is_valid()
    assert form.merged == []
    assert [(told.is_choice, told.is_text) for told in form.between] == [(True, False)]
    Goal.objects.update(text="Wonen met begeleiding")
    both = goal_form(goal, version="", text="Wonen in de stad", horizon="2027", clear="yes")
    assert not both.is_valid()
    assert [field.html_name for field in both.merged] == ["merged-text", "merged-clear"]
    assert not both.is_only_text


def test_a_note_for_which_there_is_no_place_any_more_is_not_lost_in_silence(goal: Goal) -> None:
    opened = goal_form(goal, private=False).version
    Goal.objects.update(notes_private=True, clear_note="Binnenskamers.")
    told = {"text": "Wonen", "horizon": "2027", "clear_note": "Van mij."}
    refused = goal_form(goal, private=False, version=opened, **told)
    assert not refused.is_valid()
    assert refused.is_in_between
    assert refused.between == []
    assert refused.lost == ["Van mij."]
    assert goal_form(goal, private=False, version=opened, mine=refused.seen, **told).is_valid()


@pytest.mark.parametrize("choice", ["mine", "theirs", "merged"])
@pytest.mark.parametrize("seen", ["", "text", "text:", ":", "onbekend:abc", "x" * 5000, "text:abc text:def"])
def test_a_choice_that_nobody_offered_overwrites_nothing(choice: str, seen: str, goal: Goal) -> None:
    opened = goal_form(goal).version
    Goal.objects.update(text="Wonen met begeleiding")
    told = QueryDict(mutable=True)
    told.update({"version": opened, "text": "Zelfstandig wonen", "horizon": "2027", choice: seen})
    form = GoalForm(told, instance=Goal.objects.get(), may_read_private_notes=True)
    assert not form.is_valid()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        (False, None),
        ([], None),
        (["b", "a"], ("a", "b")),
        (Decimal("12.50"), Decimal("12.5")),
        ("een\r\ntwee ", "een\ntwee"),
        (Rating.YES, "yes"),
        (3, "3"),
    ],
)
def test_the_same_said_otherwise_is_no_difference(one: object, other: object) -> None:
    assert digest(one) == digest(other)


# ---------- notes for follower and policy team only


@pytest.fixture
def private_goal(idea: Idea) -> Goal:
    return Goal.objects.create(idea=idea, text="Wonen", clear_note="Nog vaag.", notes_private=True)


def test_who_may_not_read_a_private_note_gets_no_field_for_it(private_goal: Goal) -> None:
    hidden = {"clear_note", "feasible_note", "notes_private"}
    assert hidden <= set(goal_form(private_goal).fields)
    assert not hidden & set(goal_form(private_goal, private=False).fields)


def test_who_may_not_read_a_private_note_cannot_change_it_or_open_it(private_goal: Goal) -> None:
    version = goal_form(private_goal, private=False).version
    form = goal_form(private_goal, private=False, version=version, text="Werken", clear_note="weg", notes_private="")
    assert form.is_valid()
    form.save()
    saved = Goal.objects.get()
    assert (saved.text, saved.clear_note, saved.notes_private) == ("Werken", "Nog vaag.", True)


def test_who_may_not_read_private_notes_writes_open_ones(goal: Goal) -> None:
    assert "clear_note" in goal_form(goal, private=False).fields
    assert "notes_private" not in goal_form(goal, private=False).fields


def test_a_private_note_on_the_control_is_not_told_in_between(idea: Idea) -> None:
    control = Control.objects.create(idea=idea, note="Geheim.", notes_private=True, by="directie")
    form = ControlForm({"version": "", "by": "coach", "note": "x"}, instance=control, may_read_private_notes=False)
    assert not form.is_valid()
    assert [told.value for told in form.between] == ["directie"]
