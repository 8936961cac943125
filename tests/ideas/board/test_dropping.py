"""An agreement that nobody would miss is dropped: it leaves its list, and stays in the past until it is laid back."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from checks.codes import DroppedFrom, Role
from checks.picture import Dropped
from ideas.exchange import export, load, own_organisation, read_exchange
from ideas.models import Agreement, Alignment, Bundle, Change, Droppable, Idea
from ideas.picture import read_picture
from people.models import Member
from tests import factories
from tests.factories import Client

HTMX = {"HX-Request": "true"}
BOTH = pytest.mark.parametrize("name", ["overall", "between"])


@pytest.fixture(params=[True, False], ids=["htmx", "plain"])
def htmx(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


def an_agreement(name: str, idea: Idea, text: str = "Een vast verslag", position: int = 0) -> Droppable:
    if name == "overall":
        return Agreement.objects.create(idea=idea, text=text, position=position)
    return Alignment.objects.create(idea=idea, what=text, position=position)


def sent(client: Client, name: str, row: Droppable, *, htmx: bool = False, **told: str) -> Any:
    address = reverse("ideas:drop", args=[row.idea_id, name, row.pk])
    return client.post(address, told, headers=HTMX if htmx else {})


def page_of(client: Client, idea: Idea, **query: str) -> str:
    return unescape(client.get(reverse("ideas:concretise", args=[idea.pk]), query).content.decode())


@BOTH
def test_what_is_dropped_leaves_its_list_and_is_kept_with_when_by_whom_and_why(
    name: str, htmx: bool, member: Client, idea: Idea
) -> None:
    row = an_agreement(name, idea)
    answer = sent(member, name, row, htmx=htmx, dropped_why="Niemand leest het")
    assert answer.status_code == (200 if htmx else 302)
    row.refresh_from_db()
    kept = (timezone.localdate(), Role.IDEA_OWNER, "Niemand leest het")
    assert (row.dropped, row.dropped_as, row.dropped_why) == kept
    html = page_of(member, idea)
    assert f'id="{name}-{row.pk}"' not in html
    list_of_them = html[html.index('id="dropped"') :]
    for told in ["Een vast verslag", "Niemand leest het", Role.IDEA_OWNER.words.nl]:
        assert told in list_of_them


def test_a_reason_that_does_not_fit_is_given_back_and_nothing_is_dropped(
    htmx: bool, member: Client, idea: Idea
) -> None:
    row = an_agreement("overall", idea)
    why = "Niemand leest het. " * 1100
    answer = sent(member, "overall", row, htmx=htmx, dropped_why=why)
    assert answer.status_code == 422
    assert why.strip() in answer.content.decode()
    assert "20000" in answer.content.decode()
    row.refresh_from_db()
    assert (row.dropped, row.dropped_why) == (None, "")


@BOTH
def test_it_is_laid_back_at_its_own_place(name: str, htmx: bool, member: Client, idea: Idea) -> None:
    rows = [an_agreement(name, idea, text, place) for place, text in enumerate(["Eerst", "Dan", "Laatst"])]
    sent(member, name, rows[1])
    answer = sent(member, name, rows[1], htmx=htmx, to="back")
    assert answer.status_code == (200 if htmx else 302)
    if htmx:
        assert f"beforebegin:#{name}-{rows[2].pk}" in answer.content.decode()
    html = page_of(member, idea)
    stand = [html.index(f'id="{name}-{row.pk}"') for row in rows]
    assert stand == sorted(stand)


@BOTH
def test_dropping_twice_or_laying_back_twice_changes_nothing_more(
    name: str, htmx: bool, member: Client, idea: Idea
) -> None:
    row = an_agreement(name, idea)
    for told in [{"dropped_why": "Eerst"}, {"dropped_why": "Later"}]:
        assert sent(member, name, row, htmx=htmx, **told).status_code < 400
    row.refresh_from_db()
    assert row.dropped_why == "Eerst"
    for _ in range(2):
        assert sent(member, name, row, htmx=htmx, to="back").status_code < 400
    row.refresh_from_db()
    assert (row.dropped, row.dropped_as, row.dropped_why) == (None, None, "")


@BOTH
def test_the_past_tells_that_it_was_dropped(name: str, member: Client, idea: Idea, follower: Member) -> None:
    row = an_agreement(name, idea)
    sent(member, name, row, dropped_why="Niemand leest het")
    change = Change.objects.get(object_id=row.pk, changes__has_key="dropped")
    assert change.actor == follower
    past = member.get(reverse("ideas:row_past", args=[idea.pk, name, row.pk])).content.decode()
    assert "Niemand leest het" in past


@BOTH
def test_it_is_no_longer_edited_ordered_or_counted(name: str, member: Client, idea: Idea) -> None:
    row, other = an_agreement(name, idea), an_agreement(name, idea, "Blijft", 1)
    sent(member, name, row)
    assert member.get(reverse("ideas:edit", args=[idea.pk, name, row.pk])).status_code == 404
    order = member.get(reverse("ideas:order", args=[idea.pk, name])).content.decode()
    assert f'id="{name}-{row.pk}"' not in order
    assert f'id="{name}-{other.pk}"' in order
    told = read_picture(idea)
    assert len(told.overall) + len(told.between) == 1


def test_what_somebody_took_away_meanwhile_is_told(htmx: bool, member: Client, idea: Idea) -> None:
    row = an_agreement("overall", idea)
    member.post(reverse("ideas:remove", args=[idea.pk, "overall", row.pk]), {})
    assert sent(member, "overall", row, htmx=htmx).status_code == 409


@pytest.mark.parametrize("name", ["goals", "bundles", "nothing"])
def test_only_agreements_can_be_dropped(name: str, member: Client, idea: Idea) -> None:
    assert member.post(reverse("ideas:drop", args=[idea.pk, name, 1])).status_code == 404


def test_one_of_another_idea_is_not_there(member: Client, idea: Idea) -> None:
    other = Idea.objects.create(organisation=idea.organisation, title="Ander", slug="ander", idea_owner=idea.idea_owner)
    row = an_agreement("overall", other)
    assert member.post(reverse("ideas:drop", args=[idea.pk, "overall", row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.dropped is None


def test_who_only_reads_drops_nothing(client: Client, colleague: Member, idea: Idea) -> None:
    row = an_agreement("overall", idea)
    client.force_login(colleague)
    assert sent(client, "overall", row).status_code == 403
    assert "/drop/" not in page_of(client, idea)


def test_a_dropped_agreement_goes_along_with_its_bundle(member: Client, idea: Idea) -> None:
    bundles = [Bundle.objects.create(idea=idea, name=name) for name in ("Onthaal", "Wonen")]
    row = Alignment.objects.create(idea=idea, what="Bellen", bundle=bundles[0], other_bundle=bundles[1])
    sent(member, "between", row)
    member.post(reverse("ideas:remove", args=[idea.pk, "bundles", bundles[0].pk]), {})
    assert not Alignment.objects.filter(idea=idea).exists()


@pytest.mark.parametrize(("agreements", "invites"), [(10, False), (11, True)])
def test_the_page_invites_to_drop_where_it_is_too_much(
    agreements: int, invites: bool, member: Client, idea: Idea
) -> None:
    for place in range(agreements):
        an_agreement("overall", idea, f"Afspraak {place}", place)
    html = page_of(member, idea)
    assert ('class="invites"' in html) is invites
    assert "<meter" in html


def test_an_organisation_decides_itself_what_is_many(member: Client, idea: Idea) -> None:
    idea.organisation.thresholds = {"agreements_on_top": 0}
    idea.organisation.save()
    an_agreement("overall", idea)
    assert 'class="invites"' in page_of(member, idea)


def test_the_list_of_what_was_dropped_comes_by_itself(member: Client, idea: Idea) -> None:
    sent(member, "overall", an_agreement("overall", idea))
    address = reverse("ideas:concretise", args=[idea.pk])
    part = member.get(address, {"section": "dropped"}, headers=HTMX).content.decode()
    assert "Een vast verslag" in part
    assert "<html" not in part


def test_a_picture_tells_what_was_dropped_and_a_file_that_is_read_in_does_not_bring_it(
    member: Client, idea: Idea
) -> None:
    sent(member, "overall", an_agreement("overall", idea), dropped_why="Niemand leest het")
    told = read_picture(idea)
    assert told.dropped == (
        Dropped(
            text="Een vast verslag",
            kind=DroppedFrom.OVERALL,
            date=timezone.localdate(),
            by=Role.IDEA_OWNER,
            why="Niemand leest het",
        ),
    )
    file = export([told], own_organisation(idea.organisation))
    assert "Niemand leest het" in file
    elsewhere = factories.organisation(slug="elders")
    (again,) = load(read_exchange(file, "json"), elsewhere)
    assert read_picture(again).dropped == ()
    assert read_picture(again).overall == ()
