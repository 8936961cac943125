"""The past of a question, a row, a part: what changed, who reads it, and how it comes back."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checks.catalogue import QUESTIONS
from checks.codes import Band, Check, EvidenceAbout, Role, Verdict
from ideas.forms import digest
from ideas.models import (
    Activity,
    Answer,
    Bundle,
    Change,
    CheckConclusion,
    Control,
    DecisionDraft,
    Evidence,
    FinancialFrame,
    FollowUp,
    Goal,
    Idea,
    Indicator,
    Involvement,
    Partner,
    Piece,
    Row,
    TemperatureReading,
)
from ideas.models.past import ONE_CHANGE, RECORDED, fields_with_a_past, is_done_by, one_act
from ideas.past.earlier import Names, in_words, is_text
from ideas.past.removing import remove
from ideas.past.things import row_of, thing_at
from ideas.picture import read_picture, write_picture
from ideas.steps.answers import ANSWERED
from ideas.steps.deciding import PREPARED
from ideas.steps.lists import LISTS
from ideas.steps.parts import PARTS
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.steps import step_4
from tests.ideas.steps.test_parts import typed_in as typed_in_part
from tests.ideas.steps.test_rows import rows, typed_in, url
from tests.ideas.whole_idea import UNDER_WAY
from tests.page_forms import PageForm, filled, form_to, forms_of

HTMX = {"HX-Request": "true"}
# These show once something is decided.
AFTER_A_DECISION = {"talks", "actions"}
EVERY_LIST = pytest.mark.parametrize("name", LISTS)
EVERY_WAY = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


@pytest.fixture
def whole(organisation: Organisation, follower: Member) -> Idea:
    """An idea in step 4 with something in every list; the follower also decides and coordinates."""
    idea = write_picture(replace(UNDER_WAY, own_org=organisation.name), organisation)
    idea.idea_owner = follower
    idea.save()
    Idea.objects.filter(pk=idea.pk).update(followups_confirmed=None, conditions_confirmed=None)
    Indicator.objects.filter(idea=idea, kind="none").update(partner=None, for_us=True, why="Samen tellen.")
    return Idea.objects.get(pk=idea.pk)


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    """A client in which somebody is signed in who may do everything."""
    follower.policy_team = follower.coordinator = True
    follower.support_service = "financiën"
    follower.save()
    client.force_login(follower)
    return client


def longer_ago() -> None:
    """Lets some time pass, so that the next change is one of its own."""
    Change.objects.update(timestamp=timezone.now() - 2 * ONE_CHANGE)


def get_form(client: Client, where: str, at: str = "") -> PageForm:
    return form_to(where, client.get(at or where).content.decode())


def send(client: Client, where: str, sent: dict[str, Any], htmx: bool = False) -> Any:
    return client.post(where, sent, headers=HTMX if htmx else {})


def buttons(client: Client, where: str) -> list[PageForm]:
    """The forms on a page that bring something back, the last change first."""
    html = client.get(where).content.decode()
    return [form for form in forms_of(html) if "/past/" in form.action]


def bring_back(client: Client, where: str, htmx: bool = False) -> Any:
    """Presses the first button on this page that brings something back."""
    form = buttons(client, where)[0]
    answer = client.post(form.action, form.sent(), headers=HTMX if htmx else {})
    assert answer.status_code == (200 if htmx else 302), answer.content.decode()
    return answer


def attname(row: Row, field: str) -> str:
    column: Any = row._meta.get_field(field)
    return str(column.attname)


def past_of(name: str, idea: Idea, row: Row) -> str:
    return reverse("ideas:row_past", args=[idea.pk, name, row.pk])


# ---------- what is recorded


@EVERY_LIST
def test_every_field_of_a_row_that_changes_is_one_change_from_what_it_was_to_what_it_became(
    name: str, whole: Idea, member: Client
) -> None:
    row = rows(name, whole)[0]
    address = url("edit", whole, name, row.pk)
    was = {field: getattr(row, attname(row, field)) for field in fields_with_a_past(type(row))}
    form = get_form(member, address)
    typed = typed_in(name, form) | ({"new_partner": []} if name == "pieces" else {})
    assert send(member, address, form.sent(typed)).status_code == 302
    change = Change.objects.get(object_id=row.pk, content_type=ContentType.objects.get_for_model(row))
    row.refresh_from_db()
    became = {field: getattr(row, attname(row, field)) for field in was}
    differs = {field for field in was if was[field] != became[field] and not (not was[field] and not became[field])}
    beside = {"by", "activities", "benefits_seen", "came_from"} & change.changes.keys()
    assert {field for field in change.changes.keys() - beside if any(change.changes[field])} == differs
    for field in differs:
        stored = [str(value) if value is not None else "" for value in change.changes[field]]
        assert stored == [str(value) if value is not None else "" for value in (was[field], became[field])]
    html = member.get(past_of(name, whole, row)).content.decode()
    assert html.count('class="change"') == 1


@EVERY_LIST
def test_every_field_of_a_row_comes_back(name: str, whole: Idea, member: Client) -> None:
    row = rows(name, whole)[0]
    before = read_picture(whole)
    address = url("edit", whole, name, row.pk)
    form = get_form(member, address)
    typed = typed_in(name, form) | ({"new_partner": []} if name == "pieces" else {})
    send(member, address, form.sent(typed))
    assert read_picture(whole) != before
    answer = bring_back(member, past_of(name, whole, row))
    assert answer.headers["Location"] == LISTS[name].at(whole)
    assert read_picture(whole) == before
    assert get_form(member, address).fields["version"].value == form.fields["version"].value


@EVERY_LIST
def test_bringing_back_is_itself_a_change_that_can_be_brought_back(name: str, whole: Idea, member: Client) -> None:
    row = rows(name, whole)[0]
    address = url("edit", whole, name, row.pk)
    form = get_form(member, address)
    typed = typed_in(name, form) | ({"new_partner": []} if name == "pieces" else {})
    send(member, address, form.sent(typed))
    changed = read_picture(whole)
    bring_back(member, past_of(name, whole, row))
    assert len(buttons(member, past_of(name, whole, row))) == 1
    bring_back(member, past_of(name, whole, row))
    assert read_picture(whole) == changed
    assert member.get(past_of(name, whole, row)).content.decode().count('class="change"') == 3


ANSWERS = [
    *(("answer", about, "value") for about in sorted(ANSWERED)),
    *(("conclusion", check, "conclusion") for check in Check),
]
PAGE = {"s1": "explore", "s2": "check", "s3": "concretise"}


def answer_form(client: Client, idea: Idea, page: str, about: str) -> tuple[str, PageForm]:
    where = reverse(f"ideas:{page}", args=[idea.pk, about])
    return where, get_form(client, where, reverse(f"ideas:{PAGE.get(about[:2], 'check')}", args=[idea.pk]))


@pytest.mark.parametrize(("page", "about", "field"), ANSWERS)
@EVERY_WAY
def test_every_answer_comes_back(page: str, about: str, field: str, htmx: bool, whole: Idea, member: Client) -> None:
    where, form = answer_form(member, whole, page, about)
    before = read_picture(whole)
    typed = filled(form)
    typed[field] = (
        [next(one for one in form.fields[field].offers if one and [one] != form.fields[field].value)]
        if (form.fields[field].offers)
        else typed[field]
    )
    typed.pop("notes_private", None)
    send(member, where, form.sent(typed), htmx=True)
    assert read_picture(whole) != before
    past = reverse(f"ideas:{page}_past", args=[whole.pk, about])
    answer = bring_back(member, past, htmx)
    assert read_picture(whole) == before
    if htmx:
        assert answer.headers["HX-Retarget"] == f"#{form.id}"
        assert form_to(where, answer.content.decode()).fields["version"].value == form.fields["version"].value


def test_the_first_answer_comes_back_as_no_answer(idea: Idea, member: Client) -> None:
    where, form = answer_form(member, idea, "answer", "s1.why.challenge")
    send(member, where, form.sent({"value": "Te weinig woningen."}))
    bring_back(member, f"{where}past/")
    assert Answer.objects.get().value == ""


@pytest.mark.parametrize("name", PARTS)
def test_every_part_comes_back(name: str, whole: Idea, member: Client) -> None:
    where, before = reverse("ideas:part", args=[whole.pk, name]), read_picture(whole)
    form = get_form(member, where)
    send(
        member,
        where,
        form.sent(typed_in_part(name, form) | ({"team": form.fields["team"].offers[-1:]} if name == "facts" else {})),
    )
    assert read_picture(whole) != before
    bring_back(member, f"{where}past/")
    assert read_picture(whole) == before
    again = get_form(member, where)
    assert {
        field: told.value for field, told in again.fields.items() if field not in {"token", "csrfmiddlewaretoken"}
    } == {field: told.value for field, told in form.fields.items() if field not in {"token", "csrfmiddlewaretoken"}}


@pytest.mark.parametrize("name", [name for name in PREPARED if name != "override"])
def test_everything_that_is_prepared_comes_back_by_itself(name: str, whole: Idea, member: Client) -> None:
    for field, text in [("motivation", "De puzzel klopt."), ("present", "directie"), (name, "")]:
        where = reverse("ideas:prepare", args=[whole.pk, field])
        form = get_form(member, where, step_4.step_4(whole))
        later = {"look_again": ["2099-01-01"]} if field == "look_again" else {}
        send(member, where, form.sent({field: text} if text else filled(form) | later))
    bring_back(member, reverse("ideas:prepare_past", args=[whole.pk, name]))
    draft = DecisionDraft.objects.get()
    assert not getattr(draft, name)
    others = {"motivation": "De puzzel klopt.", "present": "directie"}
    assert {field: getattr(draft, field) for field in others if field != name} == {
        field: text for field, text in others.items() if field != name
    }


def test_the_verdict_comes_back_with_its_note(whole: Idea, member: Client) -> None:
    where = reverse("ideas:verdict", args=[whole.pk])
    before = {**Control.objects.filter(idea=whole).values().get()} if Control.objects.filter(idea=whole) else {}
    form = get_form(member, where, step_4.step_4(whole))
    send(member, where, form.sent({"verdict": Verdict.QUESTION_MARKS.value, "note": "Nog drie vragen.", "by": "coach"}))
    assert Control.objects.get(idea=whole).note == "Nog drie vragen."
    bring_back(member, f"{where}past/")
    after = Control.objects.filter(idea=whole).values().get()
    assert {key: after[key] or "" for key in ("verdict", "note", "by", "date")} == {
        key: before.get(key) or "" for key in ("verdict", "note", "by", "date")
    }


def test_why_something_is_left_out_comes_back(whole: Idea, member: Client, follower: Member) -> None:
    idea = step_4.idea_of(follower)
    step_4.prepare(idea)
    step_4.take_temperature(member, follower, idea, step_4.COUNTS[Band.MIXED])
    step_4.give_verdict(member, follower, idea, Verdict.OK)
    step_4.decide(member, follower, idea, "no_go")
    where = reverse("ideas:skip", args=[idea.pk, "talk"])
    html = member.get(step_4.step_4(idea)).content.decode()
    found = [form for form in forms_of(html) if form.action.endswith(("skip/talk/", "skip/trajectory/"))]
    where, field = found[0].action, next(name for name in found[0].fields if name.endswith("_skipped"))
    send(member, where, found[0].sent({field: "Iedereen is het eens."}))
    bring_back(member, f"{where}past/")
    assert getattr(idea.decisions.get(current=True), field) == ""


def test_a_decision_is_not_undone_with_its_preparation(member: Client, follower: Member) -> None:
    idea = step_4.idea_of(follower)
    say = reverse("ideas:prepare", args=[idea.pk, "motivation"])
    send(member, say, get_form(member, say, step_4.step_4(idea)).sent({"motivation": "Te vroeg."}))
    step_4.take_temperature(member, follower, idea, step_4.COUNTS[Band.MIXED])
    step_4.give_verdict(member, follower, idea, Verdict.OK)
    assert step_4.decide(member, follower, idea, "no_go").status_code == 302
    decided = read_picture(idea)
    bring_back(member, f"{say}past/")
    assert read_picture(idea) == decided
    assert DecisionDraft.objects.get(idea=idea).motivation == "Te vroeg."


def test_what_is_not_about_a_vote_is_all_that_has_a_past() -> None:
    assert TemperatureReading not in RECORDED


def test_a_vote_leaves_no_change(member: Client, follower: Member) -> None:
    idea = step_4.idea_of(follower)
    step_4.take_temperature(member, follower, idea, (0, 0, 1, 3, 2), note="Rustig gesprek.", remarks="Hier twijfel ik.")
    assert TemperatureReading.objects.exists()
    assert not Change.objects.exists()


# ---------- what counts as one change


def goal_said(client: Client, idea: Idea, goal: Goal, **typed: str) -> None:
    where = url("edit", idea, "goals", goal.pk)
    assert send(client, where, get_form(client, where).sent(typed)).status_code == 302


@pytest.fixture
def goal(idea: Idea) -> Goal:
    return Goal.objects.create(idea=idea, text="Wonen", horizon="2027")


def test_what_one_person_saves_within_ten_minutes_is_one_change(idea: Idea, goal: Goal, member: Client) -> None:
    for text in ["Wonen in", "Wonen in Zonbeek"]:
        goal_said(member, idea, goal, text=text)
    assert [change.changes["text"] for change in Change.objects.all()] == [["Wonen", "Wonen in Zonbeek"]]
    longer_ago()
    goal_said(member, idea, goal, text="Wonen in de buurt")
    assert [change.changes["text"][0] for change in Change.objects.all()] == ["Wonen", "Wonen in Zonbeek"]
    html = member.get(past_of("goals", idea, goal)).content.decode()
    assert html.index("de buurt") < html.rindex("Zonbeek")


def test_what_takes_many_words_away_is_a_change_of_its_own(idea: Idea, goal: Goal, member: Client) -> None:
    long = "Wonen in de buurt van vroeger"
    for text in [long, "Werken in de buurt", "Werken"]:
        goal_said(member, idea, goal, text=text)
    assert [change.changes["text"] for change in Change.objects.all()] == [["Wonen", "Werken"]]
    for text in [long, "Werken"]:
        goal_said(member, idea, goal, text=text)
    assert [change.changes["text"] for change in Change.objects.all()] == [["Wonen", long], [long, "Werken"]]


def test_another_person_in_between_begins_another_change(
    idea: Idea, goal: Goal, member: Client, policy: Member, coordinator: Member
) -> None:
    goal_said(member, idea, goal, text="Wonen in")
    other = Client()
    other.force_login(coordinator)
    goal_said(other, idea, goal, text="Wonen bij")
    goal_said(member, idea, goal, text="Wonen met")
    told = [(change.actor.name, change.changes["text"]) for change in Change.objects.all()]
    assert told == [
        ("opvolger", ["Wonen", "Wonen in"]),
        ("coordinator", ["Wonen in", "Wonen bij"]),
        ("opvolger", ["Wonen bij", "Wonen met"]),
    ]


def test_a_change_that_comes_to_nothing_does_not_show(idea: Idea, goal: Goal, member: Client) -> None:
    goal_said(member, idea, goal, text="Werken")
    goal_said(member, idea, goal, text="Wonen")
    assert Change.objects.count() == 1
    assert 'class="change"' not in member.get(past_of("goals", idea, goal)).content.decode()


# ---------- how it is told


def test_a_change_says_who_and_when_and_marks_the_words_that_differ(idea: Idea, goal: Goal, member: Client) -> None:
    goal_said(member, idea, goal, text="Zelfstandig Wonen", clear="partly")
    moment = timezone.make_aware(datetime(2026, 11, 14, 14, 3))
    Change.objects.update(timestamp=moment)
    html = member.get(past_of("goals", idea, goal)).content.decode()
    assert "14 november 2026, 14:03" in html
    assert "<strong>opvolger</strong>" in html
    assert "<ins>Zelfstandig </ins>Wonen" in html
    assert "<ins>Deels</ins>" in html


def head_of(html: str) -> str:
    """The words of the heading of a page."""
    return " ".join(re.sub("<[^>]*>", " ", re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)[0]).split())


def test_a_page_of_the_past_is_headed_by_what_it_is_about(idea: Idea, goal: Goal, member: Client) -> None:
    assert head_of(member.get(past_of("goals", idea, goal)).content.decode()).endswith("Wonen")
    remove = url("remove", idea, "goals", goal.pk)
    send(member, remove, get_form(member, remove).sent())
    assert head_of(member.get(past_of("goals", idea, goal)).content.decode()).endswith("Wonen")
    question = QUESTIONS["s1.why.challenge"].words.nl
    where = reverse("ideas:answer_past", args=[idea.pk, "s1.why.challenge"])
    assert head_of(member.get(where).content.decode()).endswith(question)


def words_of_buttons(client: Client, where: str) -> list[str]:
    """What the buttons that bring something back say, without the moment of each."""
    html = client.get(where).content.decode()
    found = re.findall(r'<button class="button">((?:(?!</button>).)*)</button>', html)
    return [re.sub("<span.*", "", told) for told in found]


def test_a_button_that_brings_back_says_what(idea: Idea, goal: Goal, member: Client) -> None:
    where = past_of("goals", idea, goal)
    member.cookies["django_language"] = "en"
    goal_said(member, idea, goal, text="Werken", horizon="")
    longer_ago()
    goal_said(member, idea, goal, text="Leren", horizon="")
    longer_ago()
    goal_said(member, idea, goal, text="Leren", horizon="", who_benefits="Jongeren")
    told = ["Make it empty again", "Put back “Werken”", "Put back “Goal” and “By when?”"]
    assert words_of_buttons(member, where) == told
    remove = url("remove", idea, "goals", goal.pk)
    send(member, remove, get_form(member, remove).sent())
    assert words_of_buttons(member, reverse("ideas:list_past", args=[idea.pk, "goals"])) == ["Put back “Leren”"]


TOLD: list[tuple[str, str, Any, str]] = [
    ("income", "amount", "1250.50", "1.250,50 euro"),
    ("income", "until", "2026-03-02", "2 maart 2026"),
    ("income", "certain", True, "ja"),
    ("pieces", "type", "people", "Personen"),
    ("followups", "step", 2, "2. Intern checken"),
    ("reviews", "benefits_seen", ["quality", "visibility"], "betere dienstverlening en beter bekend"),
]


@pytest.mark.parametrize(("name", "field", "value", "words"), TOLD)
def test_codes_amounts_and_days_are_told_as_people_say_them(
    name: str, field: str, value: Any, words: str, idea: Idea
) -> None:
    thing = row_of(idea, LISTS[name], 1)
    assert in_words(thing, field, value, Names(idea)) == words


def test_names_stay_readable_after_they_are_gone(idea: Idea, member: Client) -> None:
    partner = Partner.objects.create(idea=idea, name="Woonwerf")
    bundle = Bundle.objects.create(idea=idea, name="Onthaal")
    where = url("edit", idea, "bundles", bundle.pk)
    send(member, where, get_form(member, where).sent({"led_by": str(partner.pk)}))
    longer_ago()
    remove = url("remove", idea, "partners", partner.pk)
    send(member, remove, get_form(member, remove).sent())
    html = member.get(past_of("bundles", idea, bundle)).content.decode()
    assert len(re.findall(r"<(?:ins|del)>Woonwerf<", html)) == 2
    assert "Wie trekt dit?" in html or "trekt" in html


def test_a_long_past_comes_in_pages(idea: Idea, goal: Goal, member: Client, follower: Member) -> None:
    kind = ContentType.objects.get_for_model(Goal)
    for number in range(35):
        told = {"text": [f"Doel {number}", f"Doel {number + 1}"]}
        Change.objects.create(
            idea=idea, content_type=kind, object_id=goal.pk, action=1, changes=told, actor=follower, cid=str(number)
        )
    Goal.objects.update(text="Doel 35")
    where = past_of("goals", idea, goal)
    first = member.get(where).content.decode()
    assert first.count('class="change"') == 30
    [older] = re.findall(r'href="([^"]*\?before=\d+)"', first)
    assert member.get(older).content.decode().count('class="change"') == 5
    for nonsense in ["x", "-1", "9" * 40]:
        assert member.get(where, {"before": nonsense}).status_code == 200


# ---------- who reads it, and who brings back


def test_who_reads_the_idea_reads_its_past_and_who_may_not_edit_brings_nothing_back(
    idea: Idea, goal: Goal, member: Client, colleague: Member, outsider: Member
) -> None:
    goal_said(member, idea, goal, text="Werken")
    [button] = buttons(member, past_of("goals", idea, goal))
    for who, reads, brings in [(colleague, 200, 403), (outsider, 404, 404)]:
        client = Client()
        client.force_login(who)
        assert client.get(past_of("goals", idea, goal)).status_code == reads
        assert not [
            form
            for form in forms_of(client.get(past_of("goals", idea, goal)).content.decode())
            if "/back/" in form.action
        ]
        assert client.post(button.action, button.sent()).status_code == brings
    assert Goal.objects.get().text == "Werken"


def test_each_part_of_a_form_asks_its_own_right(idea: Idea, member: Client, organisation: Organisation) -> None:
    """Whether an idea is confidential is for who leads it; a collaborator brings nothing of that back."""
    where = reverse("ideas:part", args=[idea.pk, "facts"])
    send(member, where, get_form(member, where).sent({"test": "on", "summary": "Kort."}))
    helper = factories.member("medewerker", organisation)
    Involvement.objects.create(idea=idea, member=helper, role="collaborator")
    client = Client()
    client.force_login(helper)
    assert buttons(client, f"{where}past/") == []
    [button] = buttons(member, f"{where}past/")
    assert client.post(button.action, button.sent()).status_code == 403


def test_a_change_of_another_idea_is_not_brought_back_through_mine(
    idea: Idea, goal: Goal, member: Client, organisation: Organisation
) -> None:
    goal_said(member, idea, goal, text="Werken")
    other = factories.idea(organisation, idea_owner=idea.idea_owner)
    change = Change.objects.get()
    assert send(member, reverse("ideas:bring_back", args=[other.pk, change.pk]), {}).status_code == 404
    assert send(member, reverse("ideas:bring_back", args=[idea.pk, 10**9]), {}).status_code == 404


@pytest.fixture
def private(idea: Idea, member: Client) -> Goal:
    """A goal whose note was written openly, and made private afterwards."""
    goal = Goal.objects.create(idea=idea, text="Wonen")
    goal_said(member, idea, goal, clear_note="Binnenskamers gezegd.")
    longer_ago()
    goal_said(member, idea, goal, notes_private="on", clear_note="Binnenskamers gezegd.")
    longer_ago()
    goal_said(member, idea, goal, notes_private="on", clear_note="Nog iets binnenskamers.")
    return goal


def test_who_may_not_read_a_private_note_reads_only_that_there_was_one(
    idea: Idea, private: Goal, member: Client, colleague: Member, coordinator: Member
) -> None:
    where = past_of("goals", idea, private)
    assert "innenskamers" in member.get(where).content.decode()
    for who in (colleague, coordinator):
        client = Client()
        client.force_login(who)
        html = client.get(where).content.decode()
        assert "innenskamers" not in html
        assert "notitie" in html or "A note for" in html
        assert buttons(client, where) == []
    remove = url("remove", idea, "goals", private.pk)
    send(member, remove, get_form(member, remove).sent())
    for page in (where, reverse("ideas:list_past", args=[idea.pk, "goals"])):
        client = Client()
        client.force_login(coordinator)
        assert "innenskamers" not in client.get(page).content.decode()


def test_a_private_note_is_not_brought_back_by_who_may_not_read_it(
    idea: Idea, private: Goal, member: Client, coordinator: Member
) -> None:
    before = Goal.objects.values().get()
    client = Client()
    client.force_login(coordinator)
    for form in buttons(member, past_of("goals", idea, private)):
        assert client.post(form.action, form.sent()).status_code in {403, 404, 409}
    assert Goal.objects.values().get() == before


def test_a_row_with_a_private_note_comes_back_whole_and_stays_private(
    idea: Idea, private: Goal, member: Client, coordinator: Member
) -> None:
    before = Goal.objects.values().get()
    client = Client()
    client.force_login(coordinator)
    remove = url("remove", idea, "goals", private.pk)
    send(client, remove, get_form(client, remove).sent())
    bring_back(client, reverse("ideas:list_past", args=[idea.pk, "goals"]))
    assert Goal.objects.values().get() == before


# ---------- when it cannot, or changed in between


def test_what_changed_since_the_page_was_opened_is_not_overwritten(idea: Idea, goal: Goal, member: Client) -> None:
    goal_said(member, idea, goal, text="Werken")
    [button] = buttons(member, past_of("goals", idea, goal))
    longer_ago()
    goal_said(member, idea, goal, text="Leren")
    answer = send(member, button.action, button.sent())
    assert answer.status_code == 409
    assert "Leren" in answer.content.decode()
    assert Goal.objects.get().text == "Leren"
    assert send(member, button.action, {}).status_code == 409


def test_a_neighbouring_field_is_no_conflict_and_stays(idea: Idea, goal: Goal, member: Client) -> None:
    goal_said(member, idea, goal, text="Werken")
    [button] = buttons(member, past_of("goals", idea, goal))
    longer_ago()
    goal_said(member, idea, goal, horizon="2030")
    assert send(member, button.action, button.sent()).status_code == 302
    assert (Goal.objects.get().text, Goal.objects.get().horizon) == ("Wonen", "2030")


def test_what_stands_as_it_was_offers_nothing_to_bring_back(idea: Idea, goal: Goal, member: Client) -> None:
    goal_said(member, idea, goal, text="Werken")
    longer_ago()
    goal_said(member, idea, goal, text="Wonen")
    [last] = buttons(member, past_of("goals", idea, goal))
    assert str(Change.objects.latest("pk").pk) in last.action


def test_a_form_that_is_sent_twice_brings_back_once(idea: Idea, goal: Goal, member: Client) -> None:
    goal_said(member, idea, goal, text="Werken")
    [button] = buttons(member, past_of("goals", idea, goal))
    sent = button.sent()
    assert [send(member, button.action, sent).status_code for _ in range(2)] == [302, 302]
    assert Change.objects.count() == 2


@pytest.mark.parametrize("name", ["partners", "bundles", "activities"])
def test_a_name_that_is_taken_by_now_is_told_kindly(name: str, idea: Idea, member: Client) -> None:
    row: Any = LISTS[name].model._default_manager.create(idea=idea, name="Woonwerf")  # type: ignore[misc]
    remove = url("remove", idea, name, row.pk)
    send(member, remove, get_form(member, remove).sent())
    LISTS[name].model._default_manager.create(idea=idea, name="Woonwerf")  # type: ignore[misc]
    before = read_picture(idea)
    [button] = buttons(member, reverse("ideas:list_past", args=[idea.pk, name]))
    answer = send(member, button.action, button.sent())
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'role="alert"' in html
    [problem] = re.findall(r'class="problem" role="alert">([^<]*)<', html)
    assert "Woonwerf" in problem or "lijst" in problem
    assert read_picture(idea) == before


def test_a_partner_that_is_gone_is_told_kindly(idea: Idea, member: Client) -> None:
    partner = Partner.objects.create(idea=idea, name="Woonwerf")
    piece = Piece.objects.create(idea=idea, name="Auto")
    piece.contributions.create(idea=idea, partner=partner)
    where = url("edit", idea, "pieces", piece.pk)
    send(member, where, get_form(member, where).sent({"by": ["us"], "new_partner": ""}))
    longer_ago()
    remove = url("remove", idea, "partners", partner.pk)
    send(member, remove, get_form(member, remove).sent())
    [button] = buttons(member, past_of("pieces", idea, piece))
    answer = send(member, button.action, button.sent())
    assert answer.status_code == 422
    assert "Woonwerf" in answer.content.decode()
    assert [brought.partner for brought in piece.contributions.all()] == [None]


def test_bringing_back_the_words_of_a_point_opens_its_list_again(whole: Idea, member: Client) -> None:
    point = FollowUp.objects.filter(idea=whole)[0]
    where = url("edit", whole, "followups", point.pk)
    send(member, where, get_form(member, where).sent({"text": "Anders gezegd"}))
    Idea.objects.update(followups_confirmed=timezone.localdate())
    bring_back(member, past_of("followups", whole, point))
    assert Idea.objects.get(pk=whole.pk).followups_confirmed is None


# ---------- a row that was taken away


@EVERY_LIST
@EVERY_WAY
def test_a_row_that_was_taken_away_comes_back_with_all_that_went_along(
    name: str, htmx: bool, whole: Idea, member: Client
) -> None:
    for row in rows(name, whole):
        before = read_picture(whole)
        stood = {kind: list(kind._default_manager.order_by("pk").values()) for kind in RECORDED}
        remove = url("remove", whole, name, row.pk)
        answer = send(member, remove, get_form(member, remove).sent(), htmx)
        assert read_picture(whole) != before
        if htmx:
            [button] = [form for form in forms_of(answer.content.decode()) if "/back/" in form.action]
            assert send(member, button.htmx, button.sent(), htmx=True).status_code == 200
        else:
            page = member.get(answer.headers["Location"]).content.decode()
            shown = re.findall(rf'role="status">[^<]*<a[^>]*href="([^"]*list/{name}/past/)"', page)
            way_back = reverse("ideas:list_past", args=[whole.pk, name])
            assert shown == ([] if name in AFTER_A_DECISION else [way_back])
            bring_back(member, way_back)
        assert read_picture(whole) == before
        assert {kind: list(kind._default_manager.order_by("pk").values()) for kind in RECORDED} == stood


def test_a_row_comes_back_at_its_place_on_the_page(idea: Idea, member: Client) -> None:
    goals = [Goal.objects.create(idea=idea, text=text, position=place) for place, text in enumerate("abc")]
    for number, place in [(1, f"beforebegin:#goals-{goals[2].pk}"), (2, "beforeend:#goals-rows")]:
        remove = url("remove", idea, "goals", goals[number].pk)
        removed = send(member, remove, get_form(member, remove).sent(), htmx=True).content.decode()
        assert 'hx-swap-oob="beforeend:#goals-removed"' in removed
        [button] = [form for form in forms_of(removed) if "/back/" in form.action]
        answer = send(member, button.htmx, button.sent(), htmx=True)
        assert answer.headers["HX-Reswap"] == "delete"
        assert f'hx-swap-oob="{place}"' in answer.content.decode()
        assert f'id="goals-{goals[number].pk}"' in answer.content.decode()
    assert [row.text for row in Goal.objects.all()] == ["a", "b", "c"]


def test_what_changed_since_a_partner_went_is_left_as_it_is(idea: Idea, member: Client) -> None:
    partner, other = (Partner.objects.create(idea=idea, name=name) for name in ("Woonwerf", "Stad"))
    piece = Piece.objects.create(idea=idea, name="Auto")
    piece.contributions.create(idea=idea, partner=partner)
    bundle = Bundle.objects.create(idea=idea, name="Onthaal", lead=partner)
    remove = url("remove", idea, "partners", partner.pk)
    send(member, remove, get_form(member, remove).sent())
    Bundle.objects.update(lead=other)
    piece.contributions.create(idea=idea, partner=other)
    bring_back(member, reverse("ideas:list_past", args=[idea.pk, "partners"]))
    bundle.refresh_from_db()
    assert bundle.lead == other
    assert {brought.partner for brought in piece.contributions.all()} == {partner, other}


def test_a_list_tells_which_rows_were_taken_away_by_whom_until_they_are_back(idea: Idea, member: Client) -> None:
    where = reverse("ideas:list_past", args=[idea.pk, "goals"])
    goal = Goal.objects.create(idea=idea, text="Wonen")
    assert 'class="change"' not in member.get(where).content.decode()
    for _ in range(2):
        remove = url("remove", idea, "goals", goal.pk)
        send(member, remove, get_form(member, remove).sent())
        html = member.get(where).content.decode()
        assert html.count('class="change"') == 1
        assert ("Wonen" in html, "opvolger" in html) == (True, True)
        bring_back(member, where)
        assert 'class="change"' not in member.get(where).content.decode()


@pytest.mark.parametrize(
    ("name", "sibling"), [("evidence_problem", "evidence_answers"), ("indicators_process", "indicators_none")]
)
def test_a_row_is_taken_away_from_its_own_list_only(name: str, sibling: str, whole: Idea, member: Client) -> None:
    row = rows(name, whole)[0]
    remove = url("remove", whole, name, row.pk)
    send(member, remove, get_form(member, remove).sent())
    for page, there in [(name, 1), (sibling, 0)]:
        html = member.get(reverse("ideas:list_past", args=[whole.pk, page])).content.decode()
        assert html.count('class="change"') == there
        assert member.get(past_of(page, whole, row)).status_code == (200 if there else 404)


# ---------- removing what changed, and editing what is gone


@EVERY_LIST
@EVERY_WAY
def test_a_row_that_changed_since_it_was_seen_is_not_taken_away(
    name: str, htmx: bool, whole: Idea, member: Client
) -> None:
    row = rows(name, whole)[0]
    remove, edit = url("remove", whole, name, row.pk), url("edit", whole, name, row.pk)
    seen = get_form(member, remove)
    form = get_form(member, edit)
    text = next(
        field
        for field, told in form.fields.items()
        if told.kind in {"text", "textarea"} and field not in {"new_partner", "value"}
    )
    send(member, edit, form.sent({text: "Anders gezegd"}))
    answer = send(member, remove, seen.sent(), htmx)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "nders gezegd" in html
    assert rows(name, whole)[0].pk == row.pk
    again = form_to(remove, html)
    assert send(member, remove, again.sent(), htmx).status_code == (200 if htmx else 302)
    assert row.pk not in [one.pk for one in rows(name, whole)]


def test_who_brings_a_piece_counts_as_a_change_of_it(idea: Idea, member: Client) -> None:
    piece = Piece.objects.create(idea=idea, name="Auto")
    remove = url("remove", idea, "pieces", piece.pk)
    seen = get_form(member, remove)
    piece.contributions.create(idea=idea)
    assert send(member, remove, seen.sent()).status_code == 409


@EVERY_LIST
@EVERY_WAY
def test_a_row_that_a_colleague_took_away_meanwhile_comes_back_with_what_was_typed(
    name: str, htmx: bool, whole: Idea, member: Client
) -> None:
    row = rows(name, whole)[0]
    edit, remove = url("edit", whole, name, row.pk), url("remove", whole, name, row.pk)
    mine = get_form(member, edit)
    text = next(
        field
        for field, told in mine.fields.items()
        if told.kind in {"text", "textarea"} and field not in {"new_partner", "value"}
    )
    send(member, remove, get_form(member, remove).sent())
    answer = send(member, edit, mine.sent({text: "Van mij"}), htmx)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "opvolger" in html
    gone = form_to(edit, html)
    assert gone.fields[text].value == ["Van mij"]
    assert row.pk not in [one.pk for one in rows(name, whole)]
    assert send(member, edit, gone.sent({"bring_back": "typed"}), htmx).status_code == (200 if htmx else 302)
    again = get_form(member, edit)
    differs = {field for field, told in again.fields.items() if told.value != mine.fields[field].value}
    assert differs - {"token", "version", "csrfmiddlewaretoken"} == {text}
    assert again.fields[text].value == ["Van mij"]


@EVERY_WAY
def test_a_row_that_is_gone_is_asked_for_and_comes_back_as_it_was(htmx: bool, idea: Idea, member: Client) -> None:
    goal = Goal.objects.create(idea=idea, text="Wonen", horizon="2027")
    before = Goal.objects.values().get()
    edit, remove = url("edit", idea, "goals", goal.pk), url("remove", idea, "goals", goal.pk)
    seen = get_form(member, remove)
    send(member, remove, seen.sent())
    for where in (edit, remove):
        answer = member.get(where, headers=HTMX if htmx else {})
        assert answer.status_code == 409
    gone = form_to(edit, answer.content.decode())
    assert dict(gone.buttons) == {"bring_back": "as_it_was"}
    assert send(member, edit, gone.sent({"bring_back": "as_it_was"}), htmx).status_code == (200 if htmx else 302)
    assert Goal.objects.values().get() == before


def test_what_was_typed_wrong_brings_nothing_back(idea: Idea, member: Client) -> None:
    goal = Goal.objects.create(idea=idea, text="Wonen")
    edit, remove = url("edit", idea, "goals", goal.pk), url("remove", idea, "goals", goal.pk)
    mine = get_form(member, edit)
    send(member, remove, get_form(member, remove).sent())
    answer = send(member, edit, mine.sent({"text": "", "bring_back": "typed"}))
    assert answer.status_code == 422
    assert not Goal.objects.exists()


# ---------- another order


@EVERY_WAY
def test_rows_that_somebody_moved_meanwhile_are_not_moved_unseen(htmx: bool, idea: Idea, member: Client) -> None:
    goals = [Goal.objects.create(idea=idea, text=text, position=place) for place, text in enumerate("abc")]
    where = url("order", idea, "goals")
    forms = [form for form in forms_of(member.get(where).content.decode()) if form.action == where]
    assert len(forms) == 3
    assert send(member, where, forms[0].sent({"to": "down"}), htmx).status_code == (200 if htmx else 302)
    answer = send(member, where, forms[2].sent({"to": "up"}), htmx)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert [row.text for row in Goal.objects.all()] == ["b", "a", "c"]
    assert [change.changes for change in Change.objects.all()] == [
        {"order": [[row.pk for row in goals], [goals[1].pk, goals[0].pk, goals[2].pk]]}
    ]


def test_a_row_that_came_or_went_is_no_reason_not_to_move(idea: Idea, member: Client) -> None:
    goals = [Goal.objects.create(idea=idea, text=text, position=place) for place, text in enumerate("abc")]
    where = url("order", idea, "goals")
    forms = [form for form in forms_of(member.get(where).content.decode()) if form.action == where]
    goals[0].delete()
    Goal.objects.create(idea=idea, text="d", position=3)
    assert send(member, where, forms[2].sent({"to": "up"})).status_code == 302
    assert [row.text for row in Goal.objects.all()] == ["c", "b", "d"]


# ---------- where the past is found


def test_the_past_is_found_from_where_each_thing_stands(whole: Idea, member: Client, colleague: Member) -> None:
    seen: set[str] = set()
    for page in ["idea", "explore", "check", "concretise", "decide", "running"]:
        html = member.get(reverse(f"ideas:{page}", args=[whole.pk])).content.decode()
        links = set(re.findall(r'href="([^"]*/past/)"', html))
        seen |= links
        for link in links:
            assert member.get(link).status_code == 200, link
            if 'hx-get="' + link in html:
                assert "<html" not in member.get(link, headers=HTMX).content.decode()
    names = {reverse("ideas:answer_past", args=[whole.pk, about]) for about in ANSWERED} | {
        reverse("ideas:list_past", args=[whole.pk, name]) for name in LISTS if name not in AFTER_A_DECISION
    }
    assert names <= seen
    assert {reverse("ideas:verdict_past", args=[whole.pk]), reverse("ideas:timeline", args=[whole.pk])} <= seen
    other = Client()
    other.force_login(colleague)
    html = other.get(reverse("ideas:explore", args=[whole.pk])).content.decode()
    assert reverse("ideas:answer_past", args=[whole.pk, "s1.why.challenge"]) in html


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("answer_past", ["s1.goals.list"]),
        ("conclusion_past", ["onbekend"]),
        ("part_past", ["onbekend"]),
        ("prepare_past", ["onbekend"]),
        ("skip_past", ["onbekend"]),
        ("list_past", ["transitions"]),
        ("row_past", ["goals", 10**9]),
    ],
)
def test_what_has_no_past_is_not_there(kind: str, about: list[Any], idea: Idea, member: Client) -> None:
    assert member.get(reverse(f"ideas:{kind}", args=[idea.pk, *about])).status_code == 404


def test_a_thing_without_changes_says_so(idea: Idea, member: Client) -> None:
    assert thing_at(idea, "part", name="money").columns >= {"cost_year", "term"}
    html = member.get(reverse("ideas:part_past", args=[idea.pk, "money"])).content.decode()
    assert 'class="change"' not in html
    assert not FinancialFrame.objects.exists()


# ---------- how much the pages ask of the database


MOST_QUERIES = 25
# The lists of which a row changed along with each form.
ALONG = ["goals", "pieces", "evidence_answers"]
BESIDE: dict[str, dict[str, Any]] = {
    "pieces": {"by": [["us"], []]},
    "bundles": {"activities": [["1"], []]},
    "reviews": {"benefits_seen": [["quality"], []]},
}
ONE_THING: list[tuple[str, list[str], Any, dict[str, Any]]] = [
    ("answer_past", ["s1.why.challenge"], lambda idea: answer_of(idea, "s1.why.challenge"), {"value": ["", "x"]}),
    ("answer_past", ["s2.drive.mission"], lambda idea: answer_of(idea, "s2.drive.mission"), {"note": ["", "x"]}),
    ("conclusion_past", ["expertise"], lambda idea: conclusion_of(idea, "expertise"), {"note": ["", "x"]}),
    ("part_past", ["facts"], lambda idea: idea, {"summary": ["", "x"], "themes": [["zzz"], []]}),
    ("part_past", ["money"], lambda idea: one_of(FinancialFrame, idea), {"payback": ["", "x"]}),
    ("prepare_past", ["motivation"], lambda idea: one_of(DecisionDraft, idea), {"motivation": ["Was anders", "x"]}),
    ("verdict_past", [], lambda idea: one_of(Control, idea), {"note": ["", "x"]}),
]


def one_of(kind: Any, idea: Idea) -> Any:
    return kind.objects.get_or_create(idea=idea)[0]


def answer_of(idea: Idea, question: str) -> Answer:
    return Answer.objects.get_or_create(idea=idea, question=question)[0]


def conclusion_of(idea: Idea, check: str) -> CheckConclusion:
    return CheckConclusion.objects.get_or_create(idea=idea, check_name=check)[0]


def changed_often(idea: Idea, thing: Any, told: dict[str, Any], times: int, who: Member) -> None:
    """So many changes of a thing, each by a form of its own that changed a goal, a piece and some evidence besides."""
    along = [(rows(name, idea)[0], {"note" if name == "pieces" else "text": ["", "x"]}) for name in ALONG]
    Change.objects.bulk_create(
        Change(
            idea=idea,
            content_type=ContentType.objects.get_for_model(one),
            object_id=one.pk,
            action=Change.Action.UPDATE,
            changes=changes,
            actor=who,
            cid=f"{number}",
        )
        for number in range(times)
        for one, changes in [(thing, told), *(pair for pair in along if pair[0] != thing)]
    )


def queries(client: Client, where: str, *, shows: int) -> int:
    """How many queries this page takes, with so many changes that can be brought back."""
    assert len(buttons(client, where)) == shows
    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    return len(asked)


def same_few_queries(
    client: Client, idea: Idea, follower: Member, where: str, thing: Any, told: dict[str, Any]
) -> None:
    counts = []
    for times in (2, 30):
        Change.objects.all().delete()
        changed_often(idea, thing, told, times, follower)
        counts.append(queries(client, where, shows=times))
    assert counts[0] == counts[1] <= MOST_QUERIES


@pytest.mark.parametrize(("page", "about", "thing", "told"), ONE_THING)
def test_the_past_of_one_thing_takes_the_same_few_queries_however_much_changed(
    page: str, about: list[str], thing: Any, told: dict[str, Any], whole: Idea, member: Client, follower: Member
) -> None:
    where = reverse(f"ideas:{page}", args=[whole.pk, *about])
    same_few_queries(member, whole, follower, where, thing(whole), told)


@EVERY_LIST
def test_the_past_of_a_row_takes_the_same_few_queries_however_much_changed(
    name: str, whole: Idea, member: Client, follower: Member
) -> None:
    row = rows(name, whole)[0]
    text = next(field for field in LISTS[name].form.base_fields if is_text(row_of(whole, LISTS[name], row.pk), field))
    told = {text: ["Was anders", "x"]} | BESIDE.get(name, {})
    same_few_queries(member, whole, follower, past_of(name, whole, row), row, told)


def taken_away(row: Row, who: Member) -> None:
    with one_act():
        is_done_by(who, Role.IDEA_OWNER)
        remove(row)


def partner_with_much(idea: Idea, number: int) -> Partner:
    """A partner that brings a piece, leads a bundle and has an indicator."""
    partner = Partner.objects.create(idea=idea, name=f"Partner {number}", notes_private=True, can_note="Stil")
    Piece.objects.create(idea=idea, name=f"Stuk {number}").contributions.create(idea=idea, partner=partner)
    Bundle.objects.create(idea=idea, name=f"Bundel {number}", lead=partner)
    Indicator.objects.create(idea=idea, kind="process", text=f"Telling {number}", partner=partner)
    return partner


def bundle_with_activity(idea: Idea, number: int) -> Bundle:
    bundle = Bundle.objects.create(idea=idea, name=f"Bundel {number}")
    Activity.objects.create(idea=idea, name=f"Activiteit {number}", bundle=bundle)
    return bundle


def private_goal(idea: Idea, number: int) -> Goal:
    return Goal.objects.create(idea=idea, text=f"Doel {number}", clear_note="Stil", notes_private=True)


def evidence(idea: Idea, number: int) -> Evidence:
    return Evidence.objects.create(idea=idea, text=f"Cijfer {number}", about=EvidenceAbout.PROBLEM)


def piece_of_ours(idea: Idea, number: int) -> Piece:
    piece = Piece.objects.create(idea=idea, name=f"Stuk {number}")
    piece.contributions.create(idea=idea)
    return piece


TAKEN_AWAY = [
    ("partners", partner_with_much),
    ("bundles", bundle_with_activity),
    ("goals", private_goal),
    ("evidence_problem", evidence),
    ("pieces", piece_of_ours),
]


@pytest.mark.parametrize(("name", "make"), TAKEN_AWAY)
def test_a_list_takes_the_same_few_queries_however_much_was_taken_away(
    name: str, make: Any, idea: Idea, member: Client, follower: Member, coordinator: Member
) -> None:
    where = reverse("ideas:list_past", args=[idea.pk, name])
    other = Client()
    other.force_login(coordinator)
    counts = []
    for since, upto in [(0, 2), (2, 25)]:
        for number in range(since, upto):
            taken_away(make(idea, number), follower)
        counts.append([queries(client, where, shows=upto) for client in (member, other)])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= MOST_QUERIES


# ---------- what the version of a row tells


def test_the_version_of_a_row_lets_nobody_guess_a_note_that_they_may_not_read(
    idea: Idea, member: Client, coordinator: Member
) -> None:
    goals = [Goal.objects.create(idea=idea, text="Wonen", clear_note=note, notes_private=True) for note in ("nee", "")]
    other = Client()
    other.force_login(coordinator)
    for goal in goals:
        remove_it = url("remove", idea, "goals", goal.pk)
        mine, theirs = (get_form(client, remove_it).fields["version"].value[0] for client in (member, other))
        assert f"clear_note:{digest(goal.clear_note)}" in mine
        assert f"text:{digest('Wonen')}" in theirs
        assert not re.search("note", theirs)
        assert digest(goal.clear_note) not in theirs.partition("hidden:")[2]
    versions = {get_form(other, url("remove", idea, "goals", goal.pk)).fields["version"].value[0] for goal in goals}
    assert len(versions) == 2


def test_a_row_of_which_a_hidden_note_changed_is_not_taken_away_unseen(
    idea: Idea, member: Client, coordinator: Member
) -> None:
    goal = Goal.objects.create(idea=idea, text="Wonen", clear_note="nee", notes_private=True)
    other = Client()
    other.force_login(coordinator)
    where = url("remove", idea, "goals", goal.pk)
    seen = get_form(other, where)
    goal_said(member, idea, goal, clear_note="Binnenskamers", notes_private="on")
    answer = send(other, where, seen.sent())
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "innenskamers" not in html
    assert send(other, where, form_to(where, html).sent()).status_code == 302
    assert not Goal.objects.exists()
