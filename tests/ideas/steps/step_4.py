"""Ideas in step 4, made as the tests of the decision need them, and what people do there over HTTP."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from checks.codes import (
    Band,
    Conclusion,
    ConditionStatus,
    FollowUpStatus,
    IndicatorKind,
    PartnerStatus,
    Status,
    Verdict,
)
from checks.picture import (
    Checks,
    Condition,
    Confirmed,
    Drijfveercheck,
    Expertisecheck,
    Finance,
    FollowUp,
    Indicator,
    Partner,
    Picture,
    Samenwerkcheck,
)
from ideas.models import DecisionDraft, Idea
from ideas.picture import write_picture
from people.models import Member
from tests.factories import Client
from tests.page_forms import form_to, forms_of

OK = Conclusion.OK
READY = Picture(
    title="Woonklaar",
    status=Status.IN_STEP,
    step=4,
    idea_owner="teamcoach jongerenonthaal",
    finance=Finance(text="Het kost ons tien uur per maand.", meeting_hours=40),
    indicators=(Indicator(kind=IndicatorKind.RESULT, text="Jongeren met een woonst", why="Daarvoor doen we het."),),
    checks=Checks(
        drijfveer=Drijfveercheck(conclusion=OK),
        expertise=Expertisecheck(conclusion=OK),
        samenwerk=Samenwerkcheck(conclusion=OK),
    ),
    followups=(FollowUp(text="Tolken zoeken", step=1, status=FollowUpStatus.SOLVED),),
    conditions=(Condition(text="Er is een coördinator", status=ConditionStatus.MET),),
    confirmed=Confirmed(followups=date(2026, 1, 5), conditions=date(2026, 1, 5)),
    partners=(Partner(name="Woonwerf Zonbeek", status=PartnerStatus.CONFIRMED),),
)
# How many chose each value, from cold to very warm, for a team that is this warm.
COUNTS = {Band.MUCH: (0, 0, 1, 3, 2), Band.MIXED: (1, 1, 1, 1, 2), Band.LITTLE: (3, 2, 1, 0, 0)}


def idea_of(follower: Member, told: Picture = READY, **more: Any) -> Idea:
    """This idea, followed by that member."""
    idea = write_picture(replace(told, own_org=follower.organisation.name, **more), follower.organisation)
    idea.idea_owner, idea.team = follower, follower.team
    idea.save()
    return idea


def post(client: Client, who: Member, name: str, *args: Any, **told: Any) -> Any:
    """What this member sends to the page of that name."""
    client.force_login(who)
    return client.post(reverse(f"ideas:{name}", args=args), told)


def get(client: Client, who: Member, name: str, *args: Any) -> str:
    """What this member reads there."""
    client.force_login(who)
    return client.get(reverse(f"ideas:{name}", args=args)).content.decode()


def send(client: Client, who: Member, at: str, to: str, **typed: str | list[str]) -> Any:
    """Opens the page `at`, types this in its form `to`, and sends it as a browser does."""
    client.force_login(who)
    form = form_to(to, client.get(at).content.decode())
    return client.post(to, form.sent(typed))


def step_4(idea: Idea) -> str:
    return reverse("ideas:decide", args=[idea.pk])


def take_temperature(client: Client, who: Member, idea: Idea, counts: Sequence[int], **more: str) -> Any:
    at = reverse("ideas:temperature", args=[idea.pk])
    counted = {f"count_{value}": str(count) for value, count in enumerate(counts, start=1)}
    return send(client, who, at, at, **(counted | more))


def give_verdict(client: Client, who: Member, idea: Idea, verdict: Verdict, note: str = "") -> Any:
    return send(client, who, step_4(idea), reverse("ideas:verdict", args=[idea.pk]), verdict=verdict.value, note=note)


def say(client: Client, who: Member, idea: Idea, name: str, text: str) -> Any:
    """Writes one thing of the preparation."""
    return send(client, who, step_4(idea), reverse("ideas:prepare", args=[idea.pk, name]), **{name: text})


def decide(client: Client, who: Member, idea: Idea, value: str) -> Any:
    """Looks at the page of this choice and records it; where it offers no button, sends what the button would."""
    at = reverse("ideas:record", args=[idea.pk, value])
    client.force_login(who)
    shown = client.get(at)
    forms = [form for form in forms_of(shown.content.decode()) if form.action == at]
    return client.post(at, forms[0].sent() if forms else {"seen": shown.context["choice"].seen})


def prepare(idea: Idea, **told: Any) -> None:
    DecisionDraft.objects.update_or_create(idea=idea, defaults={"motivation": "Samen staan we sterker.", **told})
