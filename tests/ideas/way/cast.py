"""How tests send the forms of the way, and what the rules of step 4 ask, told apart from how the app says it."""

import re
from typing import Any
from uuid import uuid4

from django.urls import reverse

from checks.codes import Band, ConditionStatus, GoNoGo, Need, Status, Verdict
from checks.decision import Settings, follows_from, is_early
from checks.picture import Picture
from checks.temperature import band
from ideas.models import Idea
from tests.factories import Client

# What each form needs at least, beside the people and ideas to choose from.
NEEDS: dict[str, dict[str, str]] = {
    "decline": {"why": "Geen tijd"},
    "park": {"revisit_on": "2099-01-31"},
    "move_on": {"to": "2"},
    "send_back": {"to": "1", "why": "Nog eens kijken"},
    "pause": {"why": "Even wachten"},
    "stop": {"why": "Geen middelen"},
    "reopen": {"why": "Er is toch geld"},
    "renew": {"why": "Het werkt", "again": "2099-01-31"},
}


def url(idea: Idea, verb: str) -> str:
    return reverse("ideas:delete", args=[idea.pk]) if verb == "delete" else reverse("ideas:way", args=[idea.pk, verb])


def seen(idea: Idea) -> str:
    """What a form that is opened now carries along."""
    event = idea.transitions.last()
    return str(event.pk if event else 0)


def opened(client: Client, idea: Idea, verb: str) -> dict[str, str]:
    """The hidden fields of the form, as its page holds them."""
    html = client.get(url(idea, verb)).content.decode()
    return dict(re.findall(r'name="(seen|token)" value="([^"]*)"', html))


def send(client: Client, idea: Idea, verb: str, **told: Any) -> Any:
    """Posts the form of a verb, just opened."""
    return client.post(url(idea, verb), {"seen": seen(idea), "token": str(uuid4()), **NEEDS.get(verb, {}), **told})


def decide(client: Client, idea: Idea, value: GoNoGo) -> Any:
    """Looks at the page of this choice and records it; where it has no button, sends what the button would."""
    at = reverse("ideas:record", args=[idea.pk, value.value])
    shown = client.get(at)
    seen = re.search(r'name="seen" value="([^"]*)"', shown.content.decode())
    choice = shown.context.get("choice") if shown.context else None
    return client.post(at, {"seen": seen[1] if seen else choice.seen if choice else "", "token": str(uuid4())})


def follow(client: Client, idea: Idea, what: str) -> Any:
    """Presses a button of what follows a decision."""
    return client.post(reverse(f"ideas:{what}", args=[idea.pk]), {"why": "Klaar", "token": str(uuid4())})


# ---------- the rules of step 4: domain.md 1.2, 2.1 and 2.4


def warmth(whole: Picture) -> Band:
    return band(whole.votes.counts if whole.votes else None)


def may_decide(whole: Picture, settings: Settings, value: GoNoGo, *, not_measured: str, override: str) -> bool:
    """Whether nothing stands in the way of this decision, with these two notes."""
    if whole.verdict is None:
        return False
    if whole.verdict is not Verdict.NOT_OK and warmth(whole) is Band.UNKNOWN and not not_measured:
        return False
    if value is GoNoGo.NO_GO:
        return True
    met = all(condition.status is ConditionStatus.MET for condition in whole.conditions)
    return met and not _went_back(whole) and _is_on_the_table(whole, settings, bool(override), conditional=False)


def _is_on_the_table(whole: Picture, settings: Settings, overridden: bool, *, conditional: bool) -> bool:
    """Whether the row of a go, with this verdict and temperature, lets it through."""
    if whole.verdict is not Verdict.QUESTION_MARKS or overridden:
        return whole.verdict in {Verdict.OK, Verdict.QUESTION_MARKS}
    carried = all(condition.status is ConditionStatus.MET for condition in whole.conditions) and all(
        point.owner and point.due for point in whole.followups if point.status.is_open
    )
    return warmth(whole) is not Band.LITTLE and (conditional or (settings.allow_conditional_go and carried))


def _went_back(whole: Picture) -> bool:
    left = False
    for event in whole.transitions:
        left = event.to_step != 4 and (left or event.from_step == 4)
    return left


def may_run(whole: Picture, settings: Settings) -> bool:
    """Whether a go may start: its row lets it, and a team that is not on board has its trajectory planned."""
    go, trajectory = whole.decision, whole.trajectory
    if go is None or not _is_on_the_table(whole, settings, bool(go.override), conditional=go.conditional):
        return False
    planned = trajectory is not None and (
        trajectory.closed or (trajectory.aim and trajectory.owner and any(action.due for action in trajectory.actions))
    )
    return warmth(whole) is not Band.LITTLE or bool(planned)


def is_all_done(whole: Picture, settings: Settings) -> bool:
    """Whether nothing that had to follow is left, for an idea of which a partner waits for an answer."""
    decision = whole.decision
    if decision is None or not decision.motivation:
        return False
    go, follows = decision.value is GoNoGo.GO, follows_from(whole, settings)
    if go and whole.status is Status.IN_STEP:
        return False
    if (go or is_early(whole)) and not decision.partners_told:
        return False
    if follows is None:
        return not go or whole.status is Status.FINISHED or decision.review is not None
    held = [
        (follows.trajectory, whole.trajectory and whole.trajectory.closed, decision.trajectory_skipped),
        (follows.talk_team, any(talk.with_team for talk in whole.talk), decision.talk_skipped),
        (follows.talk_partners, any(talk.with_partners for talk in whole.talk), decision.talk_skipped),
    ]
    return all(done or need is Need.NONE or (need is Need.ADVISED and skipped) for need, done, skipped in held)
