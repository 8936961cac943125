"""The way of an idea over HTTP: what each thing asks, does and leads to, who may do it, and what stops it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from checks.codes import GoNoGo, Role, Status, Verb
from ideas.models import Decision, Idea, Involvement
from ideas.way.doings import DOINGS
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.way.cast import opened, seen, send, url

TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def received(organisation: Organisation, follower: Member) -> Idea:
    """An idea that waits for an answer, received by the follower."""
    return factories.idea(
        organisation, title="Klusdienst", brought_by="Rani", status=Status.RECEIVED, step=None, entered_by=follower
    )


@pytest.fixture
def other(organisation: Organisation, follower: Member) -> Idea:
    return factories.idea(organisation, title="Buurtkeuken", idea_owner=follower)


def stands(idea: Idea, status: Status, step: int | None = None, **more: Any) -> Idea:
    Idea.objects.filter(pk=idea.pk).update(status=status, step=step, **more)
    idea.refresh_from_db()
    return idea


def again(idea: Idea) -> tuple[Status, int | None, int]:
    idea.refresh_from_db()
    return idea.status, idea.step, idea.round


# ---------- what each thing does


def test_taking_up_names_the_follower_and_opens_step_1(
    received: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    client.force_login(follower)
    answer = send(client, received, "take_up", follower=colleague.pk)
    assert answer.headers["Location"] == reverse("ideas:explore", args=[received.pk])
    assert again(received) == (Status.IN_STEP, 1, 1)
    assert (received.idea_owner, received.idea_owner_role) == (colleague, colleague.function)
    event = received.transitions.get()
    assert (event.verb, event.member, event.role) == (Verb.TAKE_UP, follower, Role.IDEA_OWNER)


def test_declining_leads_to_a_kind_message_that_can_be_found_again(
    received: Idea, client: Client, follower: Member
) -> None:
    client.force_login(follower)
    answer = send(client, received, "decline", why="Te duur voor ons", revisit_on=TOMORROW.isoformat())
    assert answer.headers["Location"] == url(received, "decline")
    assert again(received)[:2] == (Status.NOT_FOLLOWED, None)
    assert received.revisit_on == TOMORROW
    page = client.get(url(received, "decline")).content.decode()
    assert "Bedankt dat je met het idee “Klusdienst”" in page
    assert "Dag Rani," in page
    assert (
        f'href="{url(received, "decline")}"' in client.get(reverse("ideas:idea", args=[received.pk])).content.decode()
    )


def test_the_reason_stays_inside_unless_one_asks_for_it_in_the_message(
    received: Idea, client: Client, follower: Member
) -> None:
    client.force_login(follower)
    send(client, received, "decline", why="Te duur voor ons")
    assert "Te duur voor ons" not in client.get(url(received, "decline")).content.decode()
    assert "Te duur voor ons." in client.get(url(received, "decline") + "?why").content.decode()


def test_parking_waits_until_a_day_and_can_be_taken_up_or_resumed(
    received: Idea, client: Client, follower: Member
) -> None:
    client.force_login(follower)
    answer = send(client, received, "park", revisit_on=TOMORROW.isoformat())
    assert again(received)[:2] == (Status.PAUSED, None)
    assert "We bekijken het opnieuw op" in client.get(answer.headers["Location"]).content.decode()
    send(client, received, "resume")
    assert again(received)[:2] == (Status.RECEIVED, None)
    assert received.revisit_on is None


def test_moving_on_names_what_is_missing_and_lets_you(idea: Idea, client: Client, follower: Member) -> None:
    client.force_login(follower)
    page = client.get(url(idea, "move_on"))
    assert len(page.context["missing"]) > 3
    for words in page.context["missing"]:
        assert words.nl in page.content.decode()
    answer = send(client, idea, "move_on", to="3")
    assert answer.headers["Location"] == reverse("ideas:concretise", args=[idea.pk])
    assert again(idea) == (Status.IN_STEP, 3, 1)


def test_going_back_opens_a_new_round_with_a_reason(idea: Idea, client: Client, follower: Member) -> None:
    client.force_login(follower)
    send(client, idea, "move_on", to="3")
    send(client, idea, "send_back", to="1", why="De doelen zijn nog vaag")
    assert again(idea) == (Status.IN_STEP, 1, 2)
    assert "De doelen zijn nog vaag" in client.get(reverse("ideas:idea", args=[idea.pk])).content.decode()


def test_the_address_chooses_the_step_to_go_back_to(idea: Idea, client: Client, follower: Member) -> None:
    stands(idea, Status.IN_STEP, 3)
    client.force_login(follower)
    for asked, offered in [("?to=1", 1), ("", 2), ("?to=3", 2), ("?to=x", 2)]:
        assert client.get(url(idea, "send_back") + asked).context["form"]["to"].initial == offered


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_stopping_works_from_any_step_and_reopening_begins_a_new_round(
    step: int, idea: Idea, client: Client, follower: Member
) -> None:
    client.force_login(follower)
    if step > 1:
        send(client, idea, "move_on", to=str(step))
    answer = send(client, idea, "stop", why="Geen middelen")
    assert again(idea)[:2] == (Status.STOPPED, step)
    assert "We gaan er niet mee verder" in client.get(answer.headers["Location"]).content.decode()
    page = client.get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    assert "Geen middelen" in page.partition('id="next"')[2].partition("</div>")[0]
    send(client, idea, "reopen")
    assert again(idea) == (Status.IN_STEP, step, 2)


def test_pausing_and_resuming_leaves_it_where_it_was(idea: Idea, client: Client, follower: Member) -> None:
    stands(idea, Status.IN_STEP, 2)
    client.force_login(follower)
    answer = send(client, idea, "pause", why="Vakantie", revisit_on=TOMORROW.isoformat())
    assert "We leggen het even stil" in client.get(answer.headers["Location"]).content.decode()
    send(client, idea, "resume")
    assert again(idea) == (Status.IN_STEP, 2, 1)


def test_handing_over_for_good_changes_who_follows_it(
    idea: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    client.force_login(follower)
    send(client, idea, "hand_over", to=colleague.pk, note="Alles staat erin")
    idea.refresh_from_db()
    assert (idea.idea_owner, idea.stand_in) == (colleague, None)
    assert idea.transitions.get().why == "Alles staat erin"
    assert client.get(url(idea, "stop")).status_code == 403


def test_handing_over_until_a_day_adds_somebody_who_the_page_names(
    idea: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    client.force_login(follower)
    send(client, idea, "hand_over", to=colleague.pk, until="2099-12-03")
    idea.refresh_from_db()
    assert (idea.idea_owner, idea.stand_in, idea.stand_in_until) == (follower, colleague, date(2099, 12, 3))
    page = client.get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    assert "3 december 2099" in page
    assert colleague.function in page
    client.force_login(colleague)
    send(client, idea, "hand_over", to=follower.pk)
    idea.refresh_from_db()
    assert (idea.idea_owner, idea.stand_in, idea.stand_in_until) == (follower, None, None)


def test_the_follower_cannot_stand_in_for_themself(idea: Idea, client: Client, follower: Member) -> None:
    Idea.objects.update(stand_in=follower, stand_in_until=TOMORROW)
    client.force_login(follower)
    answer = send(client, idea, "hand_over", to=follower.pk, until="2099-12-03", note="Wat ik typte")
    assert answer.status_code == 422
    assert "Wat ik typte" in answer.content.decode()


def test_joining_two_ideas_leaves_one_that_refers_to_the_other_and_can_be_undone(
    idea: Idea, other: Idea, client: Client, follower: Member
) -> None:
    stands(idea, Status.IN_STEP, 2)
    client.force_login(follower)
    send(client, idea, "merge", into=other.pk)
    assert again(idea)[:2] == (Status.MERGED, 2)
    page = client.get(reverse("ideas:idea", args=[idea.pk])).content.decode()
    assert f'href="{reverse("ideas:idea", args=[other.pk])}"' in page
    assert url(idea, "unmerge") in page
    send(client, idea, "unmerge")
    assert again(idea) == (Status.IN_STEP, 2, 1)
    assert idea.merged_into is None


def test_a_merged_idea_names_no_confidential_idea_to_who_may_not_read_it(
    idea: Idea, other: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    client.force_login(follower)
    send(client, idea, "merge", into=other.pk)
    Idea.objects.filter(pk=other.pk).update(confidential=True)
    page = reverse("ideas:idea", args=[idea.pk])
    assert other.title in client.get(page).content.decode()
    client.force_login(colleague)
    assert other.title not in client.get(page).content.decode()


def test_who_follows_an_idea_joins_it_with_own_ideas_only_and_the_coordinator_with_all(
    idea: Idea, other: Idea, client: Client, follower: Member, coordinator: Member, outsider: Member
) -> None:
    strange = factories.idea(idea.organisation, title="Van een ander")
    foreign = factories.idea(outsider.organisation, title="Van de buren")
    ended = factories.idea(idea.organisation, title="Gestopt", status=Status.STOPPED, idea_owner=follower)
    client.force_login(follower)
    page = client.get(url(idea, "merge")).content.decode()
    assert [other.title in page, strange.title in page, ended.title in page] == [True, False, False]
    for into in [strange, foreign, ended, idea]:
        assert send(client, idea, "merge", into=into.pk).status_code == 422
    client.force_login(coordinator)
    page = client.get(url(idea, "merge")).content.decode()
    assert [other.title in page, strange.title in page, foreign.title in page] == [True, True, False]
    assert send(client, idea, "merge", into=strange.pk).status_code == 302


def test_an_idea_to_join_with_can_be_looked_for(
    idea: Idea, other: Idea, client: Client, coordinator: Member, organisation: Organisation
) -> None:
    for number in range(60):
        factories.idea(organisation, title=f"Wandelclub {number}")
    client.force_login(coordinator)
    assert other.title not in client.get(url(idea, "merge")).content.decode()
    assert 'role="search"' in client.get(url(idea, "merge")).content.decode()
    found = client.get(url(idea, "merge"), {"q": "keuken"}).content.decode()
    assert other.title in found
    assert "Wandelclub" not in found
    answer = send(client, idea, "merge", into=other.pk, why="x" * 30_000)
    assert answer.status_code == 422
    assert f'<option value="{other.pk}" selected>' in answer.content.decode()


def test_a_go_that_waits_can_be_handed_over_but_not_stopped(
    idea: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    stands(idea, Status.IN_STEP, 4)
    Decision.objects.create(idea=idea, value=GoNoGo.GO)
    client.force_login(follower)
    assert send(client, idea, "stop").status_code == 409
    assert again(idea)[:2] == (Status.IN_STEP, 4)
    assert send(client, idea, "hand_over", to=colleague.pk).status_code == 302


# ---------- what is asked


@pytest.mark.parametrize(
    ("verb", "told", "wrong"),
    [
        ("decline", {"why": " "}, "why"),
        ("park", {"revisit_on": ""}, "revisit_on"),
        ("park", {"revisit_on": "2020-01-01", "why": "Wat ik typte"}, "revisit_on"),
        ("park", {"revisit_on": timezone.localdate().isoformat(), "why": "Wat ik typte"}, "revisit_on"),
        ("take_up", {"follower": ""}, "follower"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    verb: str, told: dict[str, str], wrong: str, received: Idea, client: Client, follower: Member
) -> None:
    client.force_login(follower)
    answer = send(client, received, verb, **told)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    for typed in told.values():
        assert typed.strip() in answer.content.decode()
    assert again(received)[:2] == (Status.RECEIVED, None)
    assert not received.transitions.exists()


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        ("move_on", {"to": "2"}),
        ("move_on", {"to": "1"}),
        ("move_on", {"to": "5"}),
        ("move_on", {"to": ""}),
        ("send_back", {"to": "2"}),
        ("send_back", {"to": "3"}),
        ("send_back", {"to": "1", "why": ""}),
        ("stop", {"why": ""}),
        ("pause", {"why": ""}),
        ("pause", {"revisit_on": "2001-01-01"}),
        ("hand_over", {"to": ""}),
        ("merge", {"into": "9" * 40}),
    ],
)
def test_what_does_not_fit_changes_nothing(
    verb: str, told: dict[str, str], idea: Idea, client: Client, follower: Member
) -> None:
    stands(idea, Status.IN_STEP, 2)
    client.force_login(follower)
    assert send(client, idea, verb, **told).status_code == 422
    assert again(idea) == (Status.IN_STEP, 2, 1)
    assert not idea.transitions.exists()


def test_only_members_of_the_organisation_can_follow_an_idea(
    received: Idea, client: Client, follower: Member, outsider: Member
) -> None:
    client.force_login(follower)
    assert outsider.name not in client.get(url(received, "take_up")).content.decode()
    assert send(client, received, "take_up", follower=outsider.pk).status_code == 422


# ---------- what stops it


@pytest.mark.parametrize("verb", [*DOINGS, "delete"])
@pytest.mark.parametrize("status", list(Status))
def test_what_cannot_be_done_says_why_and_what_to_do_instead(
    status: Status, verb: str, idea: Idea, other: Idea, client: Client, follower: Member, colleague: Member
) -> None:
    has_no_step = status in {Status.RECEIVED, Status.NOT_FOLLOWED}
    merged = {"merged_into": other} if status is Status.MERGED else {}
    stands(idea, status, None if has_no_step else 2, **merged)
    if status in {Status.RUNNING, Status.FINISHED, Status.NO_GO}:
        Decision.objects.create(idea=idea, value=GoNoGo.NO_GO if status is Status.NO_GO else GoNoGo.GO)
    client.force_login(follower)
    reason = idea.why_not(Verb(verb)) if verb != "delete" else None
    told: dict[str, Any] = {
        "follower": colleague.pk,
        "into": other.pk,
        **({"to": colleague.pk} if verb == "hand_over" else {}),
    }
    told |= {"to": "3"} if verb == "move_on" else {}
    page = client.get(url(idea, verb))
    answer = send(client, idea, verb, **told)
    assert page.status_code == 200
    if verb == "delete":
        decided_or_merged = status in {Status.RUNNING, Status.FINISHED, Status.NO_GO, Status.MERGED}
        assert answer.status_code == (409 if decided_or_merged else 302)
    elif reason is None:
        assert answer.status_code == 302
        assert idea.transitions.count() == 1
    else:
        assert answer.status_code == 409
        assert reason.nl in answer.content.decode()
        assert again(idea)[0] is status
        assert not idea.transitions.exists()


def test_what_was_typed_is_shown_again_where_it_cannot_be_done(idea: Idea, client: Client, follower: Member) -> None:
    stands(idea, Status.STOPPED, 1)
    client.force_login(follower)
    assert "Wat ik typte" in send(client, idea, "pause", why="Wat ik typte").content.decode()


def test_a_form_sent_twice_does_nothing_twice(idea: Idea, client: Client, follower: Member) -> None:
    client.force_login(follower)
    told = opened(client, idea, "stop") | {"why": "Geen middelen"}
    first, second = client.post(url(idea, "stop"), told), client.post(url(idea, "stop"), told)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert idea.transitions.count() == 1


def test_a_second_tab_is_told_what_happened_and_does_nothing_until_asked_again(
    idea: Idea, client: Client, follower: Member
) -> None:
    client.force_login(follower)
    one, two = opened(client, idea, "move_on"), opened(client, idea, "stop")
    client.post(url(idea, "move_on"), one | {"to": "2"})
    answer = client.post(url(idea, "stop"), two | {"why": "Wat ik typte"})
    assert answer.status_code == 409
    assert "Wat ik typte" in answer.content.decode()
    assert answer.context["in_between"].verb is Verb.MOVE_ON
    assert again(idea)[:2] == (Status.IN_STEP, 2)
    assert client.post(url(idea, "stop"), two | {"why": "x", "seen": answer.context["seen"]}).status_code == 302


def test_an_idea_handed_over_in_another_tab_is_not_handed_over_unseen(
    idea: Idea, client: Client, follower: Member, colleague: Member, coordinator: Member, support: Member
) -> None:
    client.force_login(coordinator)
    old = opened(client, idea, "hand_over")
    send(client, idea, "hand_over", to=colleague.pk)
    assert client.post(url(idea, "hand_over"), old | {"to": str(support.pk)}).status_code == 409
    idea.refresh_from_db()
    assert idea.idea_owner == colleague


def test_a_form_that_does_not_say_what_it_saw_does_nothing(idea: Idea, client: Client, follower: Member) -> None:
    client.force_login(follower)
    assert client.post(url(idea, "stop"), {"why": "x"}).status_code == 409
    assert again(idea)[0] is Status.IN_STEP


def test_something_else_is_not_there(idea: Idea, client: Client, follower: Member) -> None:
    client.force_login(follower)
    for verb in ["decide", "receive", "vanish"]:
        assert client.get(url(idea, verb)).status_code == 404


# ---------- who may


@pytest.mark.parametrize("verb", [*DOINGS, "delete"])
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("follower", True),
        ("coordinator", True),
        ("collaborator", False),
        ("support", False),
        ("policy", False),
        ("teammate", False),
    ],
)
def test_the_way_is_for_the_follower_and_the_coordinator(
    who: str, may: bool, verb: str, idea: Idea, colleague: Member, client: Client, request: pytest.FixtureRequest
) -> None:
    Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    teammate = factories.member("teamlid", idea.organisation, team=idea.team)
    cast = {"collaborator": colleague, "teammate": teammate}
    client.force_login(cast[who] if who in cast else request.getfixturevalue(who))
    for answer in [client.get(url(idea, verb)), client.post(url(idea, verb))]:
        assert (answer.status_code != 403) is may
    if not may:
        assert again(idea) == (Status.IN_STEP, 1, 1)
        assert "/way/" not in client.get(reverse("ideas:idea", args=[idea.pk])).content.decode()


@pytest.mark.parametrize("verb", [*DOINGS, "delete"])
def test_another_organisation_finds_nothing(verb: str, idea: Idea, client: Client, outsider: Member) -> None:
    client.force_login(outsider)
    assert client.get(url(idea, verb)).status_code == 404
    assert send(client, idea, verb).status_code == 404


# ---------- what the pages offer


def offers(client: Client, idea: Idea) -> set[str]:
    context = client.get(reverse("ideas:idea", args=[idea.pk])).context
    found = [*context["other_offers"], *filter(None, [context["first_offer"]])]
    return {offer.url for offer in found}


@pytest.mark.parametrize("status", list(Status))
def test_the_header_offers_just_what_is_possible(
    status: Status, idea: Idea, other: Idea, client: Client, follower: Member
) -> None:
    has_no_step = status in {Status.RECEIVED, Status.NOT_FOLLOWED}
    merged = {"merged_into": other} if status is Status.MERGED else {}
    stands(idea, status, None if has_no_step else 2, **merged)
    client.force_login(follower)
    possible = {url(idea, verb) for verb in DOINGS if idea.why_not(Verb(verb)) is None}
    deletable = set() if status is Status.MERGED else {url(idea, "delete")}
    always = {reverse(f"ideas:{name}", args=[idea.pk]) for name in ("alike", "timeline", "meetings", "read_links")}
    runs = {reverse("ideas:running", args=[idea.pk])} if status in {Status.RUNNING, Status.FINISHED} else set()
    assert offers(client, idea) == possible | deletable | always | runs


def test_moving_on_is_the_one_thing_to_do_once_the_step_is_talked_about(
    received: Idea, client: Client, follower: Member
) -> None:
    client.force_login(follower)
    page = client.get(reverse("ideas:idea", args=[received.pk]))
    assert page.context["first_is_next"]
    assert page.context["first_offer"].url == url(received, "take_up")
    send(client, received, "take_up", follower=follower.pk)
    page = client.get(reverse("ideas:explore", args=[received.pk]))
    assert page.context["first_offer"].url == url(received, "move_on")
    assert not page.context["first_is_next"]


def test_the_page_of_a_form_and_its_sending_take_few_queries(
    idea: Idea, other: Idea, client: Client, follower: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(follower)
    for verb in ["move_on", "pause", "stop", "hand_over", "merge"]:
        with django_assert_max_num_queries(35):
            client.get(url(idea, verb))
    told = {"seen": seen(idea), "why": "x"}
    with django_assert_max_num_queries(15):
        client.post(url(idea, "stop"), told)
    with django_assert_max_num_queries(35):
        client.get(url(idea, "stop"))


@pytest.mark.parametrize("step", ["idea", "explore", "check", "concretise", "decide"])
def test_an_idea_that_went_on_in_another_with_somebody_standing_in_is_read_in_few_queries(
    step: str,
    idea: Idea,
    other: Idea,
    client: Client,
    follower: Member,
    colleague: Member,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    stands(idea, Status.MERGED, 1, merged_into=other, stand_in=colleague, stand_in_until=TOMORROW)
    client.force_login(follower)
    with django_assert_max_num_queries(35):
        client.get(reverse(f"ideas:{step}", args=[idea.pk]))
