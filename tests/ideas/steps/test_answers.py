"""Answers that save themselves: every question that is answered in one place, and the conclusion of each check."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext

from checks.catalogue import QUESTIONS, QuestionType
from checks.codes import Check, Conclusion, Rating
from checks.picture import TEXT_LENGTH
from ideas.models import Answer, CheckConclusion, Idea, Involvement
from ideas.models.answers import ANSWERED_HERE
from ideas.picture import read_picture
from ideas.steps.answers import ANSWERED, PAGES, codes_of
from people.models import Member
from tests.factories import Client
from tests.page_forms import PageForm, form_to

HTMX = {"HX-Request": "true"}
EVERY_WAY = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
TEXTS = sorted(ANSWERED_HERE[QuestionType.TEXT])
CODES = sorted(ANSWERED - set(TEXTS))
# Every address that saves an answer, with the field for what is answered and two answers.
PLACES: list[tuple[str, str, str, str, str]] = [
    *(("answer", slug, "value", "Een antwoord\nop twee regels.", "Een ander.") for slug in TEXTS),
    *(
        ("answer", slug, "value", str(codes_of(QUESTIONS[slug])[0]), str(codes_of(QUESTIONS[slug])[1]))
        for slug in CODES
    ),
    *(("conclusion", check, "conclusion", Conclusion.OK, Conclusion.OK_WITH_FOLLOWUPS) for check in Check),
]
EVERY = pytest.mark.parametrize(("page", "about", "field", "one", "other"), PLACES, ids=[told[1] for told in PLACES])


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


def stands_on(page: str, about: str) -> str:
    return PAGES[QUESTIONS[about].step] if page == "answer" else PAGES[2]


def address(page: str, idea: Idea, about: str) -> str:
    return reverse(f"ideas:{page}", args=[idea.pk, about])


def opened(client: Client, page: str, idea: Idea, about: str) -> PageForm:
    """The form as it stands on the page of its step."""
    html = client.get(reverse(stands_on(page, about), args=[idea.pk])).content.decode()
    return form_to(address(page, idea, about), html)


def send(client: Client, where: str, sent: dict[str, Any], htmx: bool) -> HttpResponse:
    return client.post(where, sent, headers=HTMX if htmx else {})  # type: ignore[return-value]


def recorded(page: str, idea: Idea, about: str) -> tuple[str, str]:
    if page == "answer":
        return Answer.objects.filter(idea=idea, question=about).values_list("value", "note").get()
    row = CheckConclusion.objects.get(idea=idea, check_name=about)
    return str(row.conclusion or ""), row.note


@EVERY
@EVERY_WAY
def test_an_answer_saves_itself_and_changes_and_goes(
    page: str, about: str, field: str, one: str, other: str, htmx: bool, idea: Idea, member: Client
) -> None:
    for value in [one, other, ""]:
        form = opened(member, page, idea, about)
        answer = send(member, address(page, idea, about), form.sent({field: value}), htmx)
        assert recorded(page, idea, about) == (value, "")
        if htmx:
            assert answer.status_code == 200
            assert json.loads(answer.headers["HX-Trigger"]).keys() == {"saved"}
            assert "<html" not in answer.content.decode()
        else:
            assert answer.status_code == 302
            path, _, anchor = answer.headers["Location"].partition("#")
            assert path == reverse(stands_on(page, about), args=[idea.pk])
            assert f'id="{anchor}"' in member.get(path).content.decode()


@EVERY
def test_whoever_goes_on_typing_saves_again_with_what_the_answer_brought(
    page: str, about: str, field: str, one: str, other: str, idea: Idea, member: Client
) -> None:
    form = opened(member, page, idea, about)
    for value in [one, other, one, ""]:
        answer = send(member, address(page, idea, about), form.sent({field: value}), htmx=True)
        assert answer.status_code == 200
        [version] = form_to("", f'<form action="">{answer.content.decode()}</form>').fields["version"].value
        form.fields["version"].value = [version]
    assert opened(member, page, idea, about).fields["version"].value == [version]


@EVERY
@EVERY_WAY
def test_what_a_colleague_answered_in_between_is_not_overwritten_unseen(
    page: str,
    about: str,
    field: str,
    one: str,
    other: str,
    htmx: bool,
    idea: Idea,
    member: Client,
    follower: Member,
) -> None:
    form, where = opened(member, page, idea, about), address(page, idea, about)
    send(member, where, form.sent({field: one}), htmx)
    answer = send(member, where, form.sent({field: other}), htmx)
    assert answer.status_code == 409
    assert recorded(page, idea, about)[0] == one
    html = answer.content.decode()
    with translation.override("nl"):
        if page == "conclusion":
            said = gettext("%(name)s changed %(what)s in the meantime too.")
        else:
            said = gettext("%(name)s changed this in the meantime too.")
        assert said % {"name": escape(follower.name), "what": f"“{gettext('Conclusion')}”"} in html
    refused = form_to(where, html) if not htmx else form_to("", f'<form action="">{html}</form>')
    assert refused.fields["version"].value == form.fields["version"].value
    mine = dict(refused.buttons)["mine"]
    assert send(member, where, form.sent({field: other, "mine": mine}), htmx).status_code in {200, 302}
    assert recorded(page, idea, about)[0] == other


def refused_twice(client: Client, idea: Idea, page: str, about: str, one: Any, other: Any) -> tuple[str, PageForm]:
    """What a plain browser shows to who saves after somebody else, and its form."""
    where, mine = address(page, idea, about), opened(client, page, idea, about)
    send(client, where, opened(client, page, idea, about).sent(one), False)
    answer = send(client, where, mine.sent(other), False)
    assert answer.status_code == 409
    html = answer.content.decode()
    return html, form_to(where, html)


def test_without_javascript_who_is_refused_has_three_choices_and_no_other_button(idea: Idea, member: Client) -> None:
    html, form = refused_twice(member, idea, "answer", TEXTS[0], {"value": "Buren eten"}, {"value": "Buren koken"})
    assert [name for name, _value in form.buttons] == ["mine", "theirs", "merged"]
    assert "<noscript>" not in html
    assert '<input type="submit" disabled hidden>' in html.partition('name="mine"')[0]
    assert "<noscript>" in member.get(address("answer", idea, TEXTS[0])).content.decode()


def test_without_javascript_what_was_put_together_comes_back_when_somebody_saves_once_more(
    idea: Idea, member: Client
) -> None:
    where = address("answer", idea, TEXTS[0])
    _html, form = refused_twice(member, idea, "answer", TEXTS[0], {"value": "Buren eten"}, {"value": "Buren koken"})
    send(member, where, opened(member, "answer", idea, TEXTS[0]).sent({"value": "Buren slapen"}), False)
    together = {"merged-value": "Buren koken en eten", "merged": dict(form.buttons)["merged"]}
    answer = send(member, where, form.sent(together), False)
    assert answer.status_code == 409
    html = answer.content.decode()
    again = form_to(where, html)
    assert again.fields["merged-value"].value == ["Buren koken en eten"]
    assert again.fields["value"].value == ["Buren koken"]
    assert '<details class="more merge" open>' in html
    sent = again.sent({"merged": dict(again.buttons)["merged"]})
    assert send(member, where, sent, False).status_code == 302
    assert recorded("answer", idea, TEXTS[0])[0] == "Buren koken en eten"


@pytest.mark.parametrize(
    ("page", "about", "field"), [("answer", CODES[0], "value"), ("conclusion", "expertise", "conclusion")]
)
def test_a_choice_is_called_a_choice_and_is_not_put_together(
    page: str, about: str, field: str, idea: Idea, member: Client
) -> None:
    one, other = opened(member, page, idea, about).fields[field].offers[:2]
    html, form = refused_twice(member, idea, page, about, {field: one}, {field: other})
    assert [name for name, _value in form.buttons] == ["mine", "theirs"]
    with translation.override("nl"):
        assert f'<p class="small soft">{gettext("You chose")}</p>' in html
    assert 'class="more merge"' not in html
    assert ("<h4>Conclusie</h4>" in html) == (page == "conclusion")


@EVERY
def test_the_same_answer_twice_is_no_conflict(
    page: str, about: str, field: str, one: str, other: str, idea: Idea, member: Client
) -> None:
    form, where = opened(member, page, idea, about), address(page, idea, about)
    for _ in range(2):
        assert send(member, where, form.sent({field: one}), htmx=True).status_code == 200
    assert recorded(page, idea, about)[0] == one


def codes_elsewhere() -> list[tuple[str, str]]:
    """For each question a code that is only another question's, and what is no code at all."""
    every = {str(code) for slug in CODES for code in codes_of(QUESTIONS[slug])}
    return [
        (slug, wrong)
        for slug in CODES
        for wrong in [*sorted(every - {str(code) for code in codes_of(QUESTIONS[slug])})[:1], "onbekend", "YES", "ja"]
    ]


@pytest.mark.parametrize(("about", "wrong"), codes_elsewhere())
def test_a_code_of_another_question_is_refused(about: str, wrong: str, idea: Idea, member: Client) -> None:
    form = opened(member, "answer", idea, about)
    for htmx in (False, True):
        answer = send(member, address("answer", idea, about), form.sent({"value": wrong}), htmx)
        assert answer.status_code == 422
        assert 'class="problem"' in answer.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("wrong", ["onbekend", Rating.PARTLY])
def test_a_conclusion_is_one_of_its_own(wrong: str, idea: Idea, member: Client) -> None:
    answer = send(member, address("conclusion", idea, Check.DRIJFVEER), {"conclusion": wrong}, htmx=True)
    assert answer.status_code == 422
    assert not CheckConclusion.objects.exists()


@pytest.mark.parametrize("about", TEXTS)
def test_a_text_that_is_too_long_is_refused_and_kept(about: str, idea: Idea, member: Client) -> None:
    long, where = "x" * (TEXT_LENGTH + 1), address("answer", idea, about)
    answer = send(member, where, opened(member, "answer", idea, about).sent({"value": long}), htmx=False)
    assert answer.status_code == 422
    assert form_to(where, answer.content.decode()).fields["value"].value == [long]
    assert not Answer.objects.exists()


def test_a_text_has_no_note(idea: Idea, member: Client) -> None:
    send(
        member, address("answer", idea, TEXTS[0]), {"value": "Antwoord", "note": "x", "notes_private": "on"}, htmx=True
    )
    answer = Answer.objects.get()
    assert (answer.value, answer.note, answer.notes_private) == ("Antwoord", "", False)


@pytest.mark.parametrize(("page", "about", "field"), [told[:3] for told in PLACES if told[1] not in TEXTS])
def test_a_remark_stands_beside_the_answer_and_may_come_first(
    page: str, about: str, field: str, idea: Idea, member: Client
) -> None:
    form = opened(member, page, idea, about)
    send(member, address(page, idea, about), form.sent({"note": "Nog bespreken."}), htmx=True)
    assert recorded(page, idea, about) == ("", "Nog bespreken.")
    assert opened(member, page, idea, about).fields["note"].value == ["Nog bespreken."]


@pytest.mark.parametrize(("page", "about", "field"), [told[:3] for told in PLACES if told[1] not in TEXTS])
def test_a_private_remark_is_the_followers_and_the_policy_teams(
    page: str, about: str, field: str, idea: Idea, member: Client, colleague: Member, policy: Member, client: Client
) -> None:
    Involvement.objects.create(idea=idea, member=colleague, role="collaborator")
    form, where = opened(member, page, idea, about), address(page, idea, about)
    send(member, where, form.sent({"note": "Binnenskamers.", "notes_private": "on"}), htmx=True)
    where_it_stands = reverse(stands_on(page, about), args=[idea.pk])
    assert "Binnenskamers." in member.get(where_it_stands).content.decode()
    client.force_login(policy)
    if stands_on(page, about) == PAGES[2]:
        assert "Binnenskamers." in client.get(where_it_stands).content.decode()
    client.force_login(colleague)
    assert "Binnenskamers." not in client.get(where_it_stands).content.decode()
    theirs = opened(client, page, idea, about)
    assert not {"note", "notes_private"} & set(theirs.fields)
    value = theirs.fields[field].offers[0]
    answer = send(client, where, theirs.sent({field: value, "note": "weg", "notes_private": ""}), htmx=True)
    assert answer.status_code == 200
    assert "Binnenskamers." not in answer.content.decode()
    assert recorded(page, idea, about) == (value, "Binnenskamers.")
    assert "Binnenskamers." not in repr(read_picture(idea))


def test_a_private_remark_that_was_changed_in_between_is_not_told_to_whom_may_not_read_it(
    idea: Idea, colleague: Member, client: Client
) -> None:
    Involvement.objects.create(idea=idea, member=colleague, role="collaborator")
    client.force_login(colleague)
    form, where = opened(client, "answer", idea, "s2.drive.mission"), address("answer", idea, "s2.drive.mission")
    Answer.objects.create(idea=idea, question="s2.drive.mission", value="no", note="Binnenskamers.", notes_private=True)
    for htmx in (False, True):
        answer = send(client, where, form.sent({"value": "yes", "note": "Van mij."}), htmx)
        assert answer.status_code == 409
        assert "Binnenskamers." not in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "about"),
    [("answer", "s1.goals.list"), ("answer", "s9.unknown"), ("answer", "mission"), ("conclusion", "onbekend")],
)
def test_what_is_answered_elsewhere_or_nowhere_is_not_there(page: str, about: str, idea: Idea, member: Client) -> None:
    assert member.get(address(page, idea, about)).status_code == 404
    assert send(member, address(page, idea, about), {"value": "yes"}, htmx=False).status_code == 404


@EVERY
def test_an_answer_has_a_page_of_its_own(
    page: str, about: str, field: str, one: str, other: str, idea: Idea, member: Client
) -> None:
    form = form_to(address(page, idea, about), member.get(address(page, idea, about)).content.decode())
    assert field in form.fields


@pytest.mark.parametrize("about", [slug for slug in CODES if QUESTIONS[slug].type is QuestionType.RATING])
def test_not_knowing_offers_a_follow_up_point(about: str, idea: Idea, member: Client) -> None:
    point = f"{reverse('ideas:add', args=[idea.pk, 'followups'])}?question={about}"
    form, where = opened(member, "answer", idea, about), address("answer", idea, about)
    html = send(member, where, form.sent({"value": Rating.UNKNOWN}), htmx=True).content.decode()
    assert point in html


def test_a_member_who_may_not_answer_reads_the_answers_and_no_form(
    idea: Idea, colleague: Member, client: Client
) -> None:
    Answer.objects.create(idea=idea, question="s1.why.challenge", value="Te weinig woningen.")
    Answer.objects.create(idea=idea, question="s2.drive.mission", value="partly", note="Bijna.")
    client.force_login(colleague)
    for page, told in [("explore", ["Te weinig woningen."]), ("check", ["deels", "Bijna."])]:
        html = client.get(reverse(f"ideas:{page}", args=[idea.pk])).content.decode()
        for words in told:
            assert words in html
        assert 'class="answering"' not in html
