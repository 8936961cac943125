"""What follows a decision: started, told, planned, left out with a reason, held, finished and closed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from checks.codes import Band, GoNoGo, Need, Status, Verdict
from ideas.models import Decision, Idea, Talk, Trajectory, Transition
from people.models import Member, Organisation
from tests.factories import Client
from tests.ideas.steps.step_4 import (
    COUNTS,
    decide,
    get,
    give_verdict,
    idea_of,
    post,
    prepare,
    say,
    send,
    step_4,
    take_temperature,
)


@pytest.fixture
def ready(client: Client, follower: Member) -> Idea:
    """All in order and a warm team, with a motivation."""
    idea = idea_of(follower)
    give_verdict(client, follower, idea, Verdict.OK)
    take_temperature(client, follower, idea, COUNTS[Band.MUCH])
    prepare(idea)
    return idea


def decided(client: Client, policy: Member, idea: Idea, value: str) -> Decision:
    assert decide(client, policy, idea, value).status_code == 302
    idea.refresh_from_db()
    return Decision.objects.get(idea=idea, current=True)


def press(client: Client, who: Member, idea: Idea, name: str) -> int:
    """Presses a button of the page."""
    return int(send(client, who, step_4(idea), reverse(f"ideas:{name}", args=[idea.pk])).status_code)


def test_partners_are_told_and_that_can_be_undone(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    decided(client, policy, ready, "go")
    assert "Goed nieuws: we gaan ervoor!" in get(client, follower, "decide", ready.pk)
    assert press(client, follower, ready, "told") == 302
    assert Decision.objects.get().partners_told == timezone.localdate()
    assert "De partners weten het." in get(client, follower, "decide", ready.pk)
    assert post(client, follower, "told", ready.pk, undo="1").status_code == 302
    assert Decision.objects.get().partners_told is None


def test_a_no_go_gets_a_kind_letter_that_tells_nothing_of_what_was_thought_inside(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    prepare(ready, motivation="Wij vertrouwen hen niet.")
    decided(client, policy, ready, "no_go")
    letter = get(client, follower, "decide", ready.pk).partition('id="letter"')[2].partition("</textarea>")[0]
    assert "We praten er graag nog met jullie over" in letter
    assert "vertrouwen" not in letter


def test_an_advised_trajectory_or_talk_is_left_out_with_a_reason(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    take_temperature(client, follower, ready, COUNTS[Band.MIXED])
    decided(client, policy, ready, "no_go")
    for what in ("trajectory", "talk"):
        at = reverse("ideas:skip", args=[ready.pk, what])
        assert (
            send(client, follower, step_4(ready), at, **{f"{what}_skipped": "Het is al besproken."}).status_code == 302
        )
    decision = Decision.objects.get()
    assert decision.trajectory_skipped == decision.talk_skipped == "Het is al besproken."
    assert "Er komt geen traject met je team." in get(client, follower, "decide", ready.pk)


def test_a_required_trajectory_is_not_left_out(client: Client, follower: Member, policy: Member, ready: Idea) -> None:
    decided(client, policy, ready, "no_go")
    assert reverse("ideas:skip", args=[ready.pk, "trajectory"]) not in get(client, follower, "decide", ready.pk)


def test_how_firmly_a_trajectory_follows_a_mixed_team_is_up_to_the_organisation(
    client: Client, follower: Member, policy: Member, ready: Idea, organisation: Organisation
) -> None:
    organisation.trajectory_when_mixed = Need.NONE.value
    organisation.save()
    take_temperature(client, follower, ready, COUNTS[Band.MIXED])
    decided(client, policy, ready, "go")
    assert 'id="trajectory"' not in get(client, follower, "decide", ready.pk)


def test_a_no_go_closes_once_its_trajectory_and_talk_are_done(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    decided(client, policy, ready, "no_go")
    blocked = post(client, follower, "close", ready.pk)
    assert blocked.status_code == 409
    for words in [
        "Het traject met je team is nog niet afgerond.",
        "Rond het af als het doel bereikt is, en noteer wat het opleverde.",
        "Het gesprek met de partners moet nog komen.",
    ]:
        assert words in blocked.content.decode()
        assert words in get(client, follower, "decide", ready.pk)
    part = reverse("ideas:part", args=[ready.pk, "trajectory"])
    assert send(client, follower, part, part, aim="Uitleggen", owner="directeur").status_code == 302
    assert send(client, follower, part, part, closed="2027-02-01", outcome="Het is uitgepraat.").status_code == 302
    assert Trajectory.objects.get().outcome == "Het is uitgepraat."
    add = reverse("ideas:add", args=[ready.pk, "talks"])
    talk = {"with_team": "on", "with_partners": "on", "learned": "Vroeger bellen."}
    assert send(client, follower, add, add, **talk).status_code == 302
    assert Talk.objects.get().with_partners
    assert press(client, follower, ready, "close") == 302
    ready.refresh_from_db()
    assert (ready.status, ready.closed) == (Status.NO_GO, timezone.localdate())


def test_a_go_without_motivation_is_recorded_but_not_closed(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    prepare(ready, motivation="")
    decided(client, policy, ready, "go")
    press(client, follower, ready, "told")
    blocked = post(client, follower, "close", ready.pk)
    assert blocked.status_code == 409
    assert "De beslissing heeft nog geen motivatie." in blocked.content.decode()


def test_closing_twice_does_nothing_twice(client: Client, follower: Member, policy: Member, ready: Idea) -> None:
    decided(client, policy, ready, "go")
    press(client, follower, ready, "told")
    assert press(client, follower, ready, "close") == 302
    events = Transition.objects.count()
    assert post(client, follower, "close", ready.pk).status_code == 409
    assert Transition.objects.count() == events


def test_what_was_told_stays_so_once_the_idea_is_closed(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    decided(client, policy, ready, "go")
    press(client, follower, ready, "told")
    press(client, follower, ready, "close")
    assert post(client, follower, "told", ready.pk, undo="1").status_code == 409
    assert Decision.objects.get().partners_told


def test_a_running_collaboration_ends_with_a_sentence_on_why(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    decided(client, policy, ready, "go")
    at = reverse("ideas:finish", args=[ready.pk])
    assert send(client, follower, at, at, why="").status_code == 422
    assert send(client, follower, at, at, why="Het doel is bereikt.").status_code == 302
    ready.refresh_from_db()
    event = Transition.objects.filter(idea=ready).last()
    assert event is not None
    assert (ready.status, event.why) == (Status.FINISHED, "Het doel is bereikt.")


def test_what_does_not_run_cannot_end(client: Client, follower: Member, ready: Idea) -> None:
    assert post(client, follower, "finish", ready.pk, why="Daarom").status_code == 409
    assert post(client, follower, "told", ready.pk).status_code == 409
    assert post(client, follower, "start", ready.pk).status_code == 409


def test_looking_back_is_written_down_with_the_benefits_that_are_seen(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    decided(client, policy, ready, "go")
    add = reverse("ideas:add", args=[ready.pk, "reviews"])
    send(client, follower, add, add, date="2027-05-01", works="yes", benefits_seen=["quality"], text="Het loopt.")
    shown = get(client, follower, "running", ready.pk)
    for words in ["1 mei 2027", "Het loopt.", "betere dienstverlening"]:
        assert words in shown
    assert "Jullie keken al samen terug." in get(client, follower, "decide", ready.pk)


@pytest.mark.parametrize("name", ["told", "start", "finish", "close"])
def test_who_only_reads_leaves_what_follows_alone(
    name: str, client: Client, policy: Member, support: Member, ready: Idea
) -> None:
    decided(client, policy, ready, "go")
    before = Transition.objects.count()
    assert post(client, support, name, ready.pk, why="Daarom").status_code == 403
    assert reverse(f"ideas:{name}", args=[ready.pk]) not in get(client, support, "decide", ready.pk)
    assert (Transition.objects.count(), Decision.objects.get().partners_told) == (before, None)


def test_a_correction_is_a_new_decision_and_the_earlier_one_stays_readable(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    decided(client, policy, ready, "go")
    press(client, follower, ready, "told")
    say(client, policy, ready, "motivation", "Beter gezegd: samen kan het.")
    corrected = decided(client, policy, ready, "go")
    assert (corrected.motivation, corrected.partners_told) == ("Beter gezegd: samen kan het.", timezone.localdate())
    assert ready.status is Status.RUNNING
    decided(client, policy, ready, "no_go")
    assert Decision.objects.get(current=True).partners_told is None
    assert Decision.objects.filter(idea=ready, current=False).count() == 2
    shown = get(client, follower, "decide", ready.pk)
    assert "Samen staan we sterker." in shown
    assert Decision.objects.get(current=True).value is GoNoGo.NO_GO
