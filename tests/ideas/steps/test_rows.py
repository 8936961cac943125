"""Every list that people edit: rows come, change, move and go, with HTMX and as plain forms."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from checks.codes import IndicatorKind
from checks.picture import LINE_LENGTH, TEXT_LENGTH
from ideas.models import (
    Activity,
    Bundle,
    Condition,
    Contribution,
    Goal,
    Idea,
    Indicator,
    Partner,
    Review,
    Row,
    Trajectory,
    TrajectoryAction,
)
from ideas.steps.lists import LISTS
from ideas.steps.rows import MOST_LINES
from people.models import Member
from tests import factories
from tests.factories import Client
from tests.page_forms import PageForm, filled, form_to

HTMX = {"HX-Request": "true"}
EVERY = pytest.mark.parametrize("name", LISTS)
EVERY_WAY = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
QUICK = [name for name, edited in LISTS.items() if edited.first]


@pytest.fixture
def world(idea: Idea, request: pytest.FixtureRequest) -> Idea:
    """An idea with what rows can name: a partner, two bundles, an activity; and for evidence a condition."""
    if "name" in request.fixturenames and request.getfixturevalue("name") == "proofs":
        Condition.objects.create(idea=idea, text="Er is een woonst.")
    Indicator.objects.create(idea=idea, kind=IndicatorKind.RESULT, text="Proefwoningen")
    Partner.objects.create(idea=idea, name="Woonwerf")
    for place, name in enumerate(["Wonen", "Onthaal"]):
        Bundle.objects.create(idea=idea, name=name, position=place)
    Activity.objects.create(idea=idea, name="huisbezoek")
    return idea


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    """A client in which the follower is signed in, who may edit every list and read private notes."""
    client.force_login(follower)
    return client


def rows(name: str, idea: Idea) -> list[Row]:
    return list(LISTS[name].standing_at(idea))


def url(page: str, idea: Idea, name: str, *row: int) -> str:
    return reverse(f"ideas:{page}", args=[idea.pk, name, *row])


def form_at(client: Client, address: str, htmx: bool = False) -> PageForm:
    answer = client.get(address, headers=HTMX if htmx else {})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert ("<html" in html) is not htmx
    return form_to(address, html)


def send(client: Client, address: str, sent: dict[str, Any], htmx: bool) -> HttpResponse:
    return client.post(address, sent, headers=HTMX if htmx else {})  # type: ignore[return-value]


def typed_in(name: str, form: PageForm) -> dict[str, list[str]]:
    """Something in every field of this list's form, that fits together, under a name that is not there yet."""
    typed = filled(form)
    if "name" in typed:
        typed["name"] = [f"Naam {LISTS[name].model._default_manager.count()}"]
    if "new_partner" in typed:
        typed["new_partner"] = [f"Partner {Partner.objects.count()}"]
    if name == "between":
        typed["bundle"], typed["other_bundle"] = form.fields["bundle"].offers[1:2], form.fields["bundle"].offers[2:3]
    if name == "proofs":
        typed["condition"] = form.fields["condition"].offers[1:2]
    if name == "measures":
        typed |= {"indicator": form.fields["indicator"].offers[1:2], "value": ["12,5 woningen"]}
    if name in {"measures", "pulses"}:
        typed["date"] = ["2026-01-05"]
    if name in {"attachments", "proofs"}:
        typed["url"] = ["https://voorbeeld.invalid/verslag?a=b&c=d"]
    return typed


def added(client: Client, name: str, idea: Idea, /, htmx: bool = False, **over: str) -> Row:
    """A row that was added with its form."""
    before = {row.pk for row in rows(name, idea)}
    form = form_at(client, url("add", idea, name), htmx)
    sent = form.sent(typed_in(name, form) | {key: [value] for key, value in over.items()})
    answer = send(client, url("add", idea, name), sent, htmx)
    assert answer.status_code == (200 if htmx else 302), answer.content.decode()
    [row] = [row for row in rows(name, idea) if row.pk not in before]
    return row


def first_field(form: PageForm) -> str:
    """The first field in which people type any words; what was measured begins with a figure."""
    return next(name for name, told in form.fields.items() if told.kind in {"text", "textarea"} and name != "value")


def announces(answer: HttpResponse, name: str) -> bool:
    return set(json.loads(answer.headers.get("HX-Trigger", "{}"))) == {"saved", f"saved-{name}"}


# ---------- adding


@EVERY
@EVERY_WAY
def test_what_is_filled_in_for_a_new_row_stands_in_its_form(name: str, htmx: bool, world: Idea, member: Client) -> None:
    form = form_at(member, url("add", world, name), htmx)
    typed = typed_in(name, form) | ({"new_partner": []} if name == "pieces" else {})
    answer = send(member, url("add", world, name), form.sent(typed), htmx)
    row = rows(name, world)[-1]
    if htmx:
        assert answer.status_code == 200
        assert announces(answer, name)
        assert f'id="{name}-{row.pk}"' in answer.content.decode()
    else:
        assert (answer.status_code, answer.headers["Location"]) == (302, LISTS[name].at(world, row))
    again = form_at(member, url("edit", world, name, row.pk), htmx)
    assert {field: again.fields[field].value for field, values in typed.items() if values} == {
        field: values for field, values in typed.items() if values
    }


@pytest.mark.parametrize("name", QUICK)
@EVERY_WAY
def test_lines_become_rows_at_the_end_of_the_list(name: str, htmx: bool, world: Idea, member: Client) -> None:
    was = [str(row) for row in rows(name, world)]
    answer = send(member, url("list", world, name), {"lines": "Eén\r\n\r\n  Twee  \r\nDrie\nEén"}, htmx)
    assert [str(row) for row in rows(name, world)] == [*was, "Eén", "Twee", "Drie"]
    if htmx:
        html = answer.content.decode()
        assert announces(answer, name)
        assert html.index("Eén") < html.index("Twee") < html.index("Drie")
        assert f'hx-swap-oob="beforeend:#{name}-rows"' in html
    else:
        assert (answer.status_code, answer.headers["Location"]) == (302, LISTS[name].at(world))


@pytest.mark.parametrize("name", QUICK)
@EVERY_WAY
def test_one_line_that_cannot_be_a_row_keeps_them_all(name: str, htmx: bool, world: Idea, member: Client) -> None:
    was, long = rows(name, world), "lang" * TEXT_LENGTH
    answer = send(member, url("list", world, name), {"lines": f"Eén\n{long}"}, htmx)
    assert answer.status_code == 422
    assert rows(name, world) == was
    form = form_to(url("list", world, name), answer.content.decode())
    assert form.fields["lines"].value == [f"Eén\n{long}"]
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("name", QUICK)
def test_no_lines_add_nothing(name: str, world: Idea, member: Client) -> None:
    was = rows(name, world)
    for nothing in ["", " \n\u200b\n"]:
        for htmx in (False, True):
            assert send(member, url("list", world, name), {"lines": nothing}, htmx).status_code == (
                200 if htmx else 302
            )
    assert rows(name, world) == was


def test_more_lines_than_one_adds_at_a_time_are_all_kept_in_the_form(world: Idea, member: Client) -> None:
    lines = "\n".join(f"Doel {number}" for number in range(MOST_LINES + 1))
    answer = send(member, url("list", world, "goals"), {"lines": lines}, htmx=True)
    assert answer.status_code == 422
    assert not Goal.objects.exists()
    assert form_to(url("list", world, "goals"), answer.content.decode()).fields["lines"].value == [lines]


@pytest.mark.parametrize("name", sorted(set(LISTS) - set(QUICK)))
def test_a_list_that_needs_its_whole_form_takes_no_lines(name: str, world: Idea, member: Client) -> None:
    assert send(member, url("list", world, name), {"lines": "Eén"}, htmx=False).status_code == 405


@pytest.mark.parametrize(
    ("name", "taken"), [("partners", "Woonwerf"), ("bundles", "Wonen"), ("activities", "huisbezoek")]
)
@EVERY_WAY
def test_a_name_that_is_there_already_is_refused_with_what_was_typed(
    name: str, taken: str, htmx: bool, world: Idea, member: Client
) -> None:
    was = rows(name, world)
    for address in ["add", "list"]:
        answer = send(member, url(address, world, name), {"name": taken, "lines": taken, "status": "possible"}, htmx)
        assert answer.status_code == 422
        assert taken in answer.content.decode()
    assert rows(name, world) == was


@pytest.mark.parametrize("taken", ["Lindeveer vzw (fictief)", "collaboration"])
def test_the_own_organisation_is_no_partner(taken: str, world: Idea, member: Client) -> None:
    assert send(member, url("list", world, "partners"), {"lines": taken}, htmx=False).status_code == 422
    assert (
        send(member, url("add", world, "pieces"), {"name": "Auto", "new_partner": taken}, htmx=False).status_code == 422
    )
    assert Partner.objects.count() == 1


# ---------- editing


@EVERY
@EVERY_WAY
def test_a_row_is_edited_and_no_other(name: str, htmx: bool, world: Idea, member: Client) -> None:
    added(member, name, world)
    row = added(member, name, world)
    others = {
        other.pk: LISTS[name].model._default_manager.filter(pk=other.pk).values().get() for other in rows(name, world)
    }
    del others[row.pk]
    address = url("edit", world, name, row.pk)
    form = form_at(member, address, htmx)
    field = first_field(form)
    answer = send(member, address, form.sent({field: "Nieuw gezegd", "new_partner": ""}), htmx)
    if htmx:
        assert (answer.status_code, answer.headers["HX-Reswap"]) == (200, "outerHTML")
        assert announces(answer, name)
        assert "Nieuw gezegd" in answer.content.decode()
    else:
        assert (answer.status_code, answer.headers["Location"]) == (302, LISTS[name].at(world, row))
    assert form_at(member, address).fields[field].value == ["Nieuw gezegd"]
    left_out = {"bundle_id"} if name == "activities" else set()
    for pk, stood in others.items():
        stands = LISTS[name].model._default_manager.filter(pk=pk).values().get()
        assert {k: v for k, v in stands.items() if k not in left_out} == {
            k: v for k, v in stood.items() if k not in left_out
        }


@EVERY
def test_a_row_that_is_left_as_it_was_shows_itself_again(name: str, world: Idea, member: Client) -> None:
    row = added(member, name, world)
    answer = member.get(url("list", world, name), {"row": row.pk}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.content.decode().count(f'<li class="record" id="{name}-') == 1
    assert f'id="{name}-{row.pk}"' in answer.content.decode()


@EVERY
@EVERY_WAY
def test_a_text_that_is_too_long_is_refused_and_kept(name: str, htmx: bool, world: Idea, member: Client) -> None:
    row = added(member, name, world)
    address = url("edit", world, name, row.pk)
    stood = LISTS[name].model._default_manager.filter(pk=row.pk).values().get()
    form = form_at(member, address)
    field = first_field(form)
    too_long = "x" * ((LINE_LENGTH if form.fields[field].kind == "text" else TEXT_LENGTH) + 1)
    answer = send(member, address, form.sent({field: too_long, "new_partner": ""}), htmx)
    assert answer.status_code == 422
    refused = form_to(address, answer.content.decode())
    assert refused.fields[field].value == [too_long]
    assert refused.fields["version"].value == form.fields["version"].value
    assert LISTS[name].model._default_manager.filter(pk=row.pk).values().get() == stood


@EVERY
@EVERY_WAY
def test_what_a_colleague_changed_in_between_is_not_overwritten_unseen(
    name: str, htmx: bool, world: Idea, member: Client
) -> None:
    row = added(member, name, world)
    address = url("edit", world, name, row.pk)
    mine, theirs = form_at(member, address), form_at(member, address)
    field = first_field(mine)
    send(member, address, theirs.sent({field: "Van een collega", "new_partner": ""}), htmx)

    answer = send(member, address, mine.sent({field: "Van mij", "new_partner": ""}), htmx)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Van <mark>een collega</mark>" in html
    assert "Van <mark>mij</mark>" in html
    refused = form_to(address, html)
    assert refused.fields[field].value == ["Van mij"]
    assert form_at(member, address).fields[field].value == ["Van een collega"]

    seen = dict(refused.buttons)["mine"]
    assert send(member, address, refused.sent({"mine": seen, "new_partner": ""}), htmx).status_code in {200, 302}
    assert form_at(member, address).fields[field].value == ["Van mij"]


# ---------- another order


@EVERY
@EVERY_WAY
def test_a_row_moves_up_and_down_and_stays_at_the_ends(name: str, htmx: bool, world: Idea, member: Client) -> None:
    for _ in range(3):
        added(member, name, world)
    order = [row.pk for row in rows(name, world)]
    address = url("order", world, name)

    def move(row: int, to: str) -> HttpResponse:
        return send(member, address, {"row": str(row), "to": to}, htmx)

    first, *_middle, last = order
    move(first, "up")
    move(last, "down")
    assert [row.pk for row in rows(name, world)] == order
    answer = move(last, "up")
    assert [row.pk for row in rows(name, world)] == [*order[:-2], last, order[-2]]
    if htmx:
        assert announces(answer, name)
        assert "autofocus" in answer.content.decode()
    else:
        assert (answer.status_code, answer.headers["Location"]) == (302, address)
    move(last, "down")
    move(first, "down")
    assert [row.pk for row in rows(name, world)] == [order[1], first, *order[2:]]


@EVERY
def test_rows_that_stand_in_the_same_place_can_be_told_apart(name: str, world: Idea, member: Client) -> None:
    """As they may after an import or two who add at the same time."""
    for _ in range(3):
        added(member, name, world)
    LISTS[name].model._default_manager.update(position=0)
    order = [row.pk for row in rows(name, world)]
    send(member, url("order", world, name), {"row": str(order[-1]), "to": "up"}, htmx=False)
    assert [row.pk for row in rows(name, world)] == [*order[:-2], order[-1], order[-2]]


@pytest.mark.parametrize("row", ["", "geen getal", "-1", "0", "9" * 30, "1.5"])
def test_moving_a_row_that_is_not_there_changes_nothing(row: str, world: Idea, member: Client) -> None:
    added(member, "goals", world)
    for htmx in (False, True):
        answer = send(member, url("order", world, "goals"), {"row": row, "to": "up"}, htmx)
        assert answer.status_code == (200 if htmx else 302)
    assert len(rows("goals", world)) == 1


# ---------- taking away, and rows that are not there


@EVERY
@EVERY_WAY
def test_a_row_is_taken_away_after_a_question_and_no_other(name: str, htmx: bool, world: Idea, member: Client) -> None:
    was = [row.pk for row in rows(name, world)]
    row = added(member, name, world)
    now = [row.pk for row in rows(name, world)]
    address = url("remove", world, name, row.pk)
    form = form_at(member, address, htmx)
    assert [row.pk for row in rows(name, world)] == now
    answer = send(member, address, form.sent(), htmx)
    assert [row.pk for row in rows(name, world)] == was
    if htmx:
        assert (answer.status_code, answer.headers["HX-Reswap"]) == (200, "delete")
        assert announces(answer, name)
    else:
        page, place = LISTS[name].at(world, row).split("#")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}?removed={name}#{place}")


@EVERY
@EVERY_WAY
def test_a_row_that_went_without_anybody_who_took_it_away_is_not_there(
    name: str, htmx: bool, world: Idea, member: Client
) -> None:
    gone = added(member, name, world).pk
    LISTS[name].model._default_manager.filter(pk=gone).delete()
    for page in ["edit", "remove"]:
        address = url(page, world, name, gone)
        assert member.get(address, headers=HTMX if htmx else {}).status_code == 404
        assert send(member, address, {}, htmx).status_code == 404
    assert member.get(url("list", world, name), {"row": gone}, headers=HTMX).status_code == 404


@EVERY
def test_a_row_of_another_idea_is_not_reached_through_mine(name: str, world: Idea, member: Client) -> None:
    row = added(member, name, world)
    stood = LISTS[name].model._default_manager.filter(pk=row.pk).values().get()
    mine = factories.idea(world.organisation, idea_owner=world.idea_owner)
    for page in ["edit", "remove"]:
        for htmx in (False, True):
            address = url(page, mine, name, row.pk)
            assert member.get(address, headers=HTMX if htmx else {}).status_code == 404
            assert send(member, address, {"text": "weg", "name": "weg"}, htmx).status_code == 404
    send(member, url("order", mine, name), {"row": str(row.pk), "to": "down"}, htmx=False)
    assert member.get(url("list", mine, name), {"row": row.pk}, headers=HTMX).status_code == 404
    assert LISTS[name].model._default_manager.filter(pk=row.pk).values().get() == stood


@pytest.mark.parametrize(
    ("name", "sibling"),
    [("evidence_problem", "evidence_answers"), ("indicators_process", "indicators_result"), ("goals", "partners")],
)
def test_a_row_is_reached_through_its_own_list_only(name: str, sibling: str, world: Idea, member: Client) -> None:
    Partner.objects.all().delete()
    row = added(member, name, world)
    for page in ["edit", "remove"]:
        assert member.get(url(page, world, sibling, row.pk)).status_code == 404
        assert send(member, url(page, world, sibling, row.pk), {}, htmx=False).status_code == 404


def test_a_choice_of_another_idea_is_refused(world: Idea, member: Client) -> None:
    other = factories.idea(world.organisation)
    partner, bundle = (
        Partner.objects.create(idea=other, name="Elders"),
        Bundle.objects.create(idea=other, name="Elders"),
    )
    ours = Bundle.objects.filter(idea=world)[0]
    activity = Activity.objects.create(idea=other, name="elders")
    asked: list[tuple[str, dict[str, Any]]] = [
        ("pieces", {"name": "Auto", "by": [str(partner.pk)]}),
        ("activities", {"name": "bellen", "bundle": str(bundle.pk)}),
        ("bundles", {"name": "Derde", "led_by": str(partner.pk)}),
        ("bundles", {"name": "Derde", "activities": [str(activity.pk)]}),
        ("between", {"what": "Overdracht", "bundle": str(ours.pk), "other_bundle": str(bundle.pk)}),
        ("indicators_result", {"text": "Maat", "level": str(partner.pk)}),
    ]
    for name, sent in asked:
        was = len(rows(name, world))
        assert send(member, url("add", world, name), sent, htmx=False).status_code == 422
        assert len(rows(name, world)) == was


@pytest.mark.parametrize("name", ["onbekend", "transitions", "Goals", "goals%20"])
def test_a_list_that_nobody_edits_is_not_there(name: str, world: Idea, member: Client) -> None:
    for page in ["list", "add", "order"]:
        assert member.get(url(page, world, name)).status_code == 404
        assert send(member, url(page, world, name), {}, htmx=False).status_code == 404


@EVERY
def test_the_list_itself_is_a_fragment_and_leads_to_its_page(name: str, world: Idea, member: Client) -> None:
    row = added(member, name, world)
    if name == "activities":
        Activity.objects.update(bundle=None)  # one in a bundle stands there
    plain = member.get(url("list", world, name))
    assert (plain.status_code, plain.headers["Location"]) == (302, LISTS[name].at(world))
    fragment = member.get(url("list", world, name), headers=HTMX)
    assert f'id="{name}-{row.pk}"' in fragment.content.decode()
    assert "HX-Request" in fragment.headers["Vary"]


# ---------- what belongs to one list


def test_a_new_partner_beside_a_piece_joins_the_list_and_brings_the_piece(world: Idea, member: Client) -> None:
    piece = added(member, "pieces", world, new_partner="Stad Zonbeek", by="us")
    assert [row.name for row in Partner.objects.filter(idea=world)] == ["Woonwerf", "Stad Zonbeek"]
    brought = [row.partner.name if row.partner else "us" for row in Contribution.objects.filter(piece=piece.pk)]
    assert brought == ["us", "Stad Zonbeek"]


def test_a_first_action_begins_the_trajectory_and_the_next_one_joins_it(world: Idea, member: Client) -> None:
    for _ in range(2):
        added(member, "actions", world)
    assert {action.trajectory for action in TrajectoryAction.objects.all()} == {Trajectory.objects.get(idea=world)}


def test_benefits_seen_are_those_of_the_last_time_they_were_ticked(world: Idea, member: Client) -> None:
    row = added(member, "reviews", world)
    address = url("edit", world, "reviews", row.pk)
    form = form_at(member, address)
    every = form.fields["benefits_seen"].offers
    assert form.fields["benefits_seen"].value == every
    send(member, address, form.sent({"benefits_seen": every[:1]}), htmx=False)
    assert [tick.code for tick in Review.objects.get().benefits_seen.all()] == every[:1]


def test_a_file_is_kept_with_its_size_and_digest(world: Idea, member: Client) -> None:
    answer = member.post(
        url("add", world, "attachments"),
        {"title": "Oproep", "stored": SimpleUploadedFile("oproep.txt", b"de oproep")},
    )
    assert answer.status_code == 302
    [row] = rows("attachments", world)
    told = row.__dict__
    assert (told["file"], told["size"], told["sha256"][:8]) == ("oproep.txt", 9, "06bc7968")
