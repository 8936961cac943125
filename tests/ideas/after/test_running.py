"""What runs: indicators over time, looking back, the yearly pulse, renewed or finished, and entered as it runs."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from checks.codes import Band, GoNoGo, IndicatorKind, Rating, Role, Status, Verb, Verdict
from checks.picture import Indicator as IndicatorOfPicture
from ideas.for_me.waits import waits_for
from ideas.models import Decision, Idea, Indicator, Measure, Pulse, Review, SealedRecord
from ideas.picture import read_picture
from ideas.seal.since import basis
from people.models import Member
from tests.factories import Client
from tests.ideas.steps.step_4 import COUNTS, decide, get, give_verdict, idea_of, post, prepare, send, take_temperature
from tests.page_forms import form_to

TODAY = timezone.localdate


@pytest.fixture
def running(client: Client, follower: Member, policy: Member) -> Idea:
    """A warm go that runs, with one indicator."""
    indicator = IndicatorOfPicture(kind=IndicatorKind.RESULT, text="Woningen", baseline="0", target="6", why="Ja")
    idea = idea_of(follower, indicators=(indicator,))
    give_verdict(client, follower, idea, Verdict.OK)
    take_temperature(client, follower, idea, COUNTS[Band.MUCH])
    prepare(idea)
    assert decide(client, policy, idea, "go").status_code == 302
    idea.refresh_from_db()
    return idea


def page_of(idea: Idea) -> str:
    return reverse("ideas:running", args=[idea.pk])


def waiting(member: Member) -> set[str]:
    """Where what waits for this member stands."""
    waits = waits_for([member], TODAY()).get(member.pk, [])
    return {one.link for one in waits if one.since is None or one.since <= TODAY()}


def note(client: Client, who: Member, idea: Idea, **told: str) -> int:
    """Notes a measure with the quick form of the page."""
    indicator = Indicator.objects.get(idea=idea)
    add = reverse("ideas:add", args=[idea.pk, "measures"]) + f"?indicator={indicator.pk}"
    client.force_login(who)
    told = {"date": TODAY().isoformat(), "indicator": str(indicator.pk), "token": str(uuid4()), **told}
    return int(client.post(add, told).status_code)


def test_a_measure_is_noted_and_drawn_against_its_target(client: Client, follower: Member, running: Idea) -> None:
    assert note(client, follower, running, date="2026-01-05", value="2") == 302
    assert note(client, follower, running, value="5 woningen", note="De zesde volgt.") == 302
    shown = get(client, follower, "running", running.pk)
    assert len(re.findall("<circle", shown)) == 2
    assert 'class="target"' in shown
    for words in ["5 januari 2026", "5 woningen", "De zesde volgt.", "doel nog niet bereikt"]:
        assert words in shown
    assert note(client, follower, running, value="6") == 302
    assert "doel bereikt" in get(client, follower, "running", running.pk)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"value": "veel"}, "Begin met een cijfer"),
        ({"value": ""}, "verplicht"),
        ({"value": "5", "date": (TODAY() + timedelta(days=1)).isoformat()}, "Kies vandaag of een dag ervoor"),
        ({"value": "5", "indicator": "0"}, "Indicator"),
    ],
)
def test_what_cannot_be_noted_is_told_with_what_was_typed(
    told: dict[str, str], says: str, client: Client, follower: Member, running: Idea
) -> None:
    indicator = Indicator.objects.get(idea=running)
    add = reverse("ideas:add", args=[running.pk, "measures"]) + f"?indicator={indicator.pk}"
    client.force_login(follower)
    sent = {"date": TODAY().isoformat(), "indicator": str(indicator.pk), "note": "Zeker", "token": str(uuid4())} | told
    answer = client.post(add, sent)
    assert answer.status_code == 422
    assert "Zeker" in answer.content.decode()
    assert Measure.objects.count() == 0


def test_an_indicator_of_another_idea_cannot_be_measured_here(client: Client, follower: Member, running: Idea) -> None:
    other = Indicator.objects.create(idea=idea_of(follower, slug="ander"), kind=IndicatorKind.RESULT, text="Elders")
    assert note(client, follower, running, value="5", indicator=str(other.pk)) == 422
    assert Measure.objects.count() == 0


def test_measures_reviews_and_pulses_are_no_change_since_the_decision(
    client: Client, follower: Member, running: Idea
) -> None:
    before = basis(read_picture(running))
    note(client, follower, running, value="5")
    Review.objects.create(idea=running, date=TODAY(), text="Het loopt.")
    Pulse.objects.create(idea=running, date=TODAY(), who="Woonwerf Zonbeek", equal=Rating.YES)
    assert basis(read_picture(running)) == before
    assert "Gewijzigd sinds de beslissing" not in get(client, follower, "running", running.pk)


def test_what_was_expected_is_told_as_it_was_sealed(client: Client, follower: Member, running: Idea) -> None:
    assert SealedRecord.objects.filter(idea=running).exists()
    Indicator.objects.filter(idea=running).update(target="99")
    beside = get(client, follower, "running", running.pk).split("beside-title")[2].split("</section>")[0]
    assert "<p>6</p>" in beside
    assert "99" not in beside


def test_a_pulse_of_a_partner_is_compared_with_last_time(client: Client, follower: Member, running: Idea) -> None:
    add = reverse("ideas:add", args=[running.pk, "pulses"])
    for day, equal in [("2025-06-01", "yes"), ("2026-06-01", "partly")]:
        client.force_login(follower)
        form = form_to(add, client.get(add).content.decode())
        assert client.post(add, form.sent({"date": day, "who": "Woonwerf Zonbeek", "equal": equal})).status_code == 302
    shown = get(client, follower, "running", running.pk)
    assert "minder goed: Bouwen we gelijkwaardigheid tussen de partners in?" in shown
    assert "1 juni 2025" in shown


def test_a_pulse_says_something_and_is_of_somebody_known(client: Client, follower: Member, running: Idea) -> None:
    add = reverse("ideas:add", args=[running.pk, "pulses"])
    client.force_login(follower)
    for told in [{"who": "Woonwerf Zonbeek"}, {"who": "Iemand", "equal": "yes"}]:
        assert client.post(add, {"date": TODAY().isoformat(), "token": str(uuid4()), **told}).status_code == 422
    assert Pulse.objects.count() == 0


def test_a_year_after_the_start_the_pulse_waits_for_its_follower(
    client: Client, follower: Member, running: Idea
) -> None:
    Decision.objects.filter(idea=running).update(date=TODAY() - timedelta(days=360))
    running.transitions.update(date=TODAY() - timedelta(days=360))
    assert f"{page_of(running)}#pulses" in waiting(follower)
    Pulse.objects.create(idea=running, date=TODAY(), who="Woonwerf Zonbeek", equal=Rating.YES)
    assert f"{page_of(running)}#pulses" not in waiting(follower)


def test_renewed_with_a_reason_it_looks_back_again_on_that_day(client: Client, follower: Member, running: Idea) -> None:
    again = TODAY() + timedelta(days=200)
    renew = reverse("ideas:way", args=[running.pk, "renew"])
    assert renew in get(client, follower, "running", running.pk)
    answer = send(client, follower, renew, renew, why="Het werkt, met een partner erbij.", again=again.isoformat())
    assert answer.headers["Location"] == page_of(running)
    running.refresh_from_db()
    event, review = running.transitions.last(), running.reviews.get()
    assert event is not None
    assert (running.status, event.verb, event.why) == (Status.RUNNING, Verb.RENEW, "Het werkt, met een partner erbij.")
    assert (review.date, review.text, review.next) == (TODAY(), "Het werkt, met een partner erbij.", again)
    shown = get(client, follower, "running", running.pk)
    assert "Het werkt, met een partner erbij." in shown


@pytest.mark.parametrize("told", [{"why": "Daarom"}, {"again": "2099-01-01"}, {"why": "Daarom", "again": "2020-01-01"}])
def test_renewing_takes_a_reason_and_a_day_to_come(
    told: dict[str, str], client: Client, follower: Member, running: Idea
) -> None:
    renew = reverse("ideas:way", args=[running.pk, "renew"])
    assert send(client, follower, renew, renew, **told).status_code == 422
    assert not running.reviews.exists()


def test_finished_it_says_why_and_is_not_renewed(client: Client, follower: Member, running: Idea) -> None:
    finish = reverse("ideas:finish", args=[running.pk])
    assert finish in get(client, follower, "running", running.pk)
    answer = send(client, follower, finish, finish, why="Het doel is bereikt.")
    assert answer.headers["Location"] == page_of(running)
    shown = get(client, follower, "running", running.pk)
    assert "Het doel is bereikt." in shown
    assert finish not in shown
    assert post(client, follower, "way", running.pk, "renew", why="Toch", again="2099-01-01").status_code == 409


def test_what_does_not_run_says_so(client: Client, follower: Member) -> None:
    shown = get(client, follower, "running", idea_of(follower).pk)
    assert "Dit loopt nog niet." in shown


def test_who_only_reads_is_offered_nothing_to_change(client: Client, support: Member, running: Idea) -> None:
    shown = get(client, support, "running", running.pk)
    for name in ["Noteer een meting", "Vernieuwen…", reverse("ideas:finish", args=[running.pk])]:
        assert name not in shown
    assert note(client, support, running, value="5") == 403


# ---------- entered as it runs


@pytest.mark.parametrize(("who", "role"), [("policy", Role.POLICY_TEAM), ("coordinator", Role.COORDINATOR)])
def test_a_collaboration_that_runs_already_is_entered_as_such(
    who: str, role: Role, client: Client, request: pytest.FixtureRequest
) -> None:
    member: Member = request.getfixturevalue(who)
    client.force_login(member)
    told = {"title": "Al jaren samen", "runs": "on", "runs_since": "Sinds het voorjaar van 2021", "token": str(uuid4())}
    answer = client.post(reverse("ideas:new"), told)
    idea = Idea.objects.get()
    assert answer.headers["Location"] == page_of(idea)
    assert (idea.status, idea.step, idea.idea_owner) == (Status.RUNNING, None, member)
    assert [(event.verb, event.role, event.why) for event in idea.transitions.all()] == [
        (Verb.RECEIVE, Role.IDEA_OWNER, ""),
        (Verb.START, role, "Sinds het voorjaar van 2021"),
    ]
    for name in ["running", "idea", "explore", "check", "concretise", "decide"]:
        assert "Al jaren samen" in get(client, member, name, idea.pk)
    shown = get(client, member, "running", idea.pk)
    assert "Sinds het voorjaar van 2021" in shown
    assert "loopt sinds" not in shown, "it runs longer than WerktSamen knows of"
    finish = reverse("ideas:finish", args=[idea.pk])
    assert send(client, member, finish, finish, why="Het is klaar.").status_code == 302
    assert post(client, member, "close", idea.pk).status_code == 302
    idea.refresh_from_db()
    assert (idea.status, idea.closed) == (Status.FINISHED, TODAY())


def test_others_enter_an_idea_that_waits_for_an_answer(client: Client, colleague: Member) -> None:
    client.force_login(colleague)
    assert "Deze samenwerking loopt al" not in client.get(reverse("ideas:new")).content.decode()
    client.post(reverse("ideas:new"), {"title": "Al jaren samen", "runs": "on", "token": str(uuid4())})
    assert Idea.objects.get().status is Status.RECEIVED


def test_since_when_it_runs_asks_whether_it_does(client: Client, coordinator: Member) -> None:
    client.force_login(coordinator)
    told = {"title": "Al jaren samen", "runs_since": "2021", "token": str(uuid4())}
    answer = client.post(reverse("ideas:new"), told)
    assert answer.status_code == 422
    assert "Loopt ze al?" in answer.content.decode()
    assert 'value="2021"' in answer.content.decode()
    assert not Idea.objects.exists()


def test_it_can_still_be_decided_on(client: Client, policy: Member) -> None:
    client.force_login(policy)
    client.post(
        reverse("ideas:new"), {"title": "Al jaren samen", "runs": "on", "runs_since": "", "token": str(uuid4())}
    )
    idea = Idea.objects.get()
    prepare(idea)
    give_verdict(client, policy, idea, Verdict.NOT_OK)
    assert decide(client, policy, idea, "no_go").status_code == 302
    assert Decision.objects.get(idea=idea).value is GoNoGo.NO_GO
