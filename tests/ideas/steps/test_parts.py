"""What is recorded once an idea and edited as a whole: every field comes back, and nothing is overwritten unseen."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.urls import reverse

from checks.codes import Status
from checks.picture import INDEFINITE
from ideas.models import Control, FinancialFrame, Idea, Tick, TickList
from ideas.picture import read_picture, write_picture
from ideas.steps.parts import PARTS
from people.models import Mail, Member, Team
from tests.factories import Client
from tests.ideas.whole_idea import FULL, UNDER_WAY
from tests.page_forms import PageForm, Sent, filled, form_to

HTMX = {"HX-Request": "true"}
EVERY = pytest.mark.parametrize("name", PARTS)
EVERY_WAY = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


def url(idea: Idea, name: str) -> str:
    return reverse("ideas:part", args=[idea.pk, name])


def form_at(client: Client, idea: Idea, name: str, htmx: bool = False) -> PageForm:
    answer = client.get(url(idea, name), headers=HTMX if htmx else {})
    assert answer.status_code == 200
    assert ("<html" in answer.content.decode()) is not htmx
    return form_to(url(idea, name), answer.content.decode())


def send(client: Client, idea: Idea, name: str, sent: Sent, htmx: bool = False) -> HttpResponse:
    return client.post(url(idea, name), sent, headers=HTMX if htmx else {})  # type: ignore[return-value]


def typed_in(name: str, form: PageForm) -> Sent:
    """Something in every field of this part, that fits together."""
    typed = filled(form)
    if name == "facts":
        typed |= {"duration": ["18"], "indefinite": []}
    if name == "money":
        typed["term"] = ["18"]
    return typed


@EVERY
@EVERY_WAY
def test_what_is_filled_in_stands_in_the_form_again(name: str, htmx: bool, idea: Idea, member: Client) -> None:
    form = form_at(member, idea, name, htmx)
    typed = typed_in(name, form)
    answer = send(member, idea, name, form.sent(typed), htmx)
    if htmx:
        assert answer.status_code == 200
        assert json.loads(answer.headers["HX-Trigger"]).keys() == {"saved"}
        assert "<html" not in answer.content.decode()
    else:
        assert (answer.status_code, answer.headers["Location"]) == (302, PARTS[name].at(idea))
    again = form_at(member, idea, name, htmx)
    assert {field: again.fields[field].value for field in typed} == typed


@EVERY
def test_what_is_emptied_stands_empty_again(name: str, idea: Idea, member: Client) -> None:
    form = form_at(member, idea, name)
    send(member, idea, name, form.sent(typed_in(name, form)))
    full = form_at(member, idea, name)
    emptied = {field: [""] if told.kind != "checkbox" else [] for field, told in full.fields.items()}
    emptied |= {field: full.fields[field].value for field in ("version", "token", "title") if field in full.fields}
    answer = send(member, idea, name, full.sent(emptied))
    assert answer.status_code == 302, answer.content.decode()
    again = form_at(member, idea, name)
    assert {field: told.value for field, told in again.fields.items() if told.kind not in {"hidden"}} == {
        field: emptied[field] for field, told in again.fields.items() if told.kind not in {"hidden"}
    }


@EVERY
def test_a_part_stands_on_its_page_where_it_is_edited(name: str, follower: Member, member: Client) -> None:
    idea = write_picture(replace(UNDER_WAY, status=Status.RUNNING, decision=FULL.decision), follower.organisation)
    Idea.objects.update(idea_owner=follower)
    page, _, anchor = PARTS[name].at(idea).partition("#")
    html = member.get(page).content.decode()
    assert f'id="{anchor}"' in html
    assert url(idea, name) in html


@EVERY
def test_a_part_that_is_left_as_it_was_shows_itself_again(name: str, idea: Idea, member: Client) -> None:
    answer = member.get(url(idea, name), {"shown": ""}, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<form" not in html
    assert url(idea, name) in html


@EVERY
@EVERY_WAY
def test_what_a_colleague_changed_in_between_is_not_overwritten_unseen(
    name: str, htmx: bool, idea: Idea, member: Client
) -> None:
    mine, theirs = form_at(member, idea, name), form_at(member, idea, name)
    field = next(field for field, told in mine.fields.items() if told.kind in {"text", "textarea"})
    first, second = "Van een collega", "Van mij"
    send(member, idea, name, theirs.sent({field: first}), htmx)
    answer = send(member, idea, name, mine.sent({field: second}), htmx)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert first in html
    refused = form_to(url(idea, name), html)
    assert refused.fields[field].value == [second]
    assert form_at(member, idea, name).fields[field].value == [first]
    seen = dict(refused.buttons)["mine"]
    assert send(member, idea, name, refused.sent({"mine": seen}), htmx).status_code in {200, 302}
    assert form_at(member, idea, name).fields[field].value == [second]


def ticked(idea: Idea) -> Iterator[tuple[str, list[str]]]:
    for which in (TickList.THEME, TickList.BENEFIT, TickList.OBJECTION):
        yield which, [tick.code for tick in Tick.objects.filter(idea=idea, list=which)]


def test_ticks_are_those_of_the_last_time_and_no_other_list(idea: Idea, member: Client) -> None:
    form = form_at(member, idea, "facts")
    offers = {name: form.fields[name].offers for name in ("themes", "benefits", "objections")}
    send(member, idea, "facts", form.sent({name: told[:3] for name, told in offers.items()}))
    again = form_at(member, idea, "facts")
    send(member, idea, "facts", again.sent({"themes": offers["themes"][2:4]}))
    assert dict(ticked(idea)) == {
        TickList.THEME: offers["themes"][2:4],
        TickList.BENEFIT: offers["benefits"][:3],
        TickList.OBJECTION: offers["objections"][:3],
    }


def test_a_tick_that_a_colleague_set_in_between_is_seen(idea: Idea, member: Client) -> None:
    form = form_at(member, idea, "facts")
    themes = form.fields["themes"].offers
    send(member, idea, "facts", form.sent({"themes": themes[:1]}))
    answer = send(member, idea, "facts", form.sent({"themes": themes[1:2]}))
    assert answer.status_code == 409
    assert dict(ticked(idea))[TickList.THEME] == themes[:1]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [({"duration": "18"}, 18), ({"indefinite": "on"}, INDEFINITE), ({}, None)],
)
def test_an_idea_lasts_for_months_or_for_an_indefinite_time(
    typed: dict[str, str], kept: object, idea: Idea, member: Client
) -> None:
    send(member, idea, "facts", form_at(member, idea, "facts").sent(typed))
    assert read_picture(idea).duration == kept


@pytest.mark.parametrize(
    "typed", [{"duration": "18", "indefinite": "on"}, {"duration": "0"}, {"duration": "1201"}, {"title": "\u200b"}]
)
def test_facts_that_cannot_be_are_refused_and_kept(typed: dict[str, str], idea: Idea, member: Client) -> None:
    before = read_picture(idea)
    answer = send(member, idea, "facts", form_at(member, idea, "facts").sent(typed | {"motive": ""}))
    assert answer.status_code == 422
    assert read_picture(idea) == before


def test_the_team_is_one_of_the_own_organisation(
    idea: Idea, member: Client, outsider: Member, organisation: object
) -> None:
    elsewhere = Team.objects.create(organisation=outsider.organisation, name="Team elders")
    form = form_at(member, idea, "facts")
    assert str(elsewhere.pk) not in form.fields["team"].offers
    assert send(member, idea, "facts", form.sent({"team": str(elsewhere.pk)})).status_code == 422
    ours = Team.objects.create(organisation=idea.organisation, name="Team wonen")
    assert send(member, idea, "facts", form.sent({"team": str(ours.pk)})).status_code == 302
    assert read_picture(idea).team == "Team wonen"


def test_mail_that_is_still_to_go_names_an_idea_no_more_once_it_is_confidential(
    idea: Idea, colleague: Member, outsider: Member, member: Client
) -> None:
    body = f"Het idee: {idea.title}"
    for number, to in enumerate((colleague, outsider)):
        Mail.objects.create(key=f"{number}", account=to.account, to=to.email, subject="Er wacht iets", body=body)
    form = form_at(member, idea, "facts")
    assert send(member, idea, "facts", form.sent({"confidential": "on", "title": "Anders"})).status_code == 302
    assert Mail.objects.get(account=colleague.account).body == "Het idee: een vertrouwelijk idee"
    assert Mail.objects.get(account=outsider.account).body == body


def test_who_does_not_lead_cannot_make_an_idea_confidential(idea: Idea, colleague: Member, client: Client) -> None:
    idea.involvements.create(member=colleague, role="collaborator")
    client.force_login(colleague)
    form = form_at(client, idea, "facts")
    assert not {"team", "confidential", "test"} & set(form.fields)
    assert send(client, idea, "facts", form.sent({"confidential": "on", "test": "on", "team": ""})).status_code == 302
    idea.refresh_from_db()
    assert not idea.confidential
    assert not idea.test
    assert idea.team


def test_amounts_are_taken_as_people_write_them(idea: Idea, member: Client) -> None:
    send(member, idea, "money", form_at(member, idea, "money").sent({"cost_year": "€ 1.250,5", "own_share": "12.000"}))
    money = FinancialFrame.objects.get()
    assert (money.cost_year, money.own_share) == (Decimal("1250.50"), Decimal(12000))


@pytest.mark.parametrize(("language", "shown"), [("nl", "1250,50"), ("en", "1250.50")])
def test_an_amount_comes_back_as_it_is_written_in_the_language_of_the_page(
    language: str, shown: str, idea: Idea, member: Client
) -> None:
    FinancialFrame.objects.create(idea=idea, cost_year=Decimal("1250.50"), own_share=Decimal(12000))
    member.cookies["django_language"] = language
    form = form_at(member, idea, "money")
    assert (form.fields["cost_year"].value, form.fields["own_share"].value) == ([shown], ["12000"])
    assert send(member, idea, "money", form.sent({"term": "12"})).status_code == 302
    assert FinancialFrame.objects.get().cost_year == Decimal("1250.50")


def test_a_form_on_money_that_nobody_changes_is_no_conflict(idea: Idea, member: Client) -> None:
    form = form_at(member, idea, "money")
    send(member, idea, "money", form.sent({"cost_year": "1250"}))
    again = form_at(member, idea, "money")
    assert send(member, idea, "money", again.sent({"term": "12"})).status_code == 302
    assert send(member, idea, "money", form_at(member, idea, "money").sent()).status_code == 302


def test_a_private_note_on_the_control_is_the_followers_and_the_policy_teams(
    idea: Idea, support: Member, client: Client
) -> None:
    Control.objects.create(idea=idea, note="Binnenskamers.", notes_private=True)
    client.force_login(support)
    assert "Binnenskamers." not in client.get(reverse("ideas:decide", args=[idea.pk])).content.decode()


@pytest.mark.parametrize("name", ["onbekend", "Facts", "goals"])
def test_a_part_that_is_none_is_not_there(name: str, idea: Idea, member: Client) -> None:
    assert member.get(url(idea, name)).status_code == 404
    assert send(member, idea, name, {}).status_code == 404
