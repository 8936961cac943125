"""A decision that is recorded through its page, and sealed with it."""

from checks.codes import Verdict
from ideas.models import Idea, SealedRecord
from people.models import Member
from tests.factories import Client
from tests.ideas.steps.step_4 import READY, decide, give_verdict, idea_of, prepare

CONFIDED = "Mevrouw Peeters wacht al twee jaar"


def decided(client: Client, follower: Member, policy: Member, value: str = "no_go", **told: object) -> SealedRecord:
    """A small idea with a verdict, on which the policy team decides."""
    idea = idea_of(follower, READY, **({"challenge": f"{CONFIDED} op een woonst."} | told))
    give_verdict(client, follower, idea, Verdict.OK)
    prepare(idea, not_measured="Het team is er nog niet.", present="directeur\nteamcoach")
    answer = decide(client, policy, idea, value)
    assert answer.status_code == 302, answer.content.decode()
    return SealedRecord.objects.get(idea=idea)


def again(client: Client, policy: Member, idea: Idea, **told: object) -> SealedRecord:
    """The same decision, taken again in other words."""
    prepare(idea, not_measured="Het team is er nog niet.", **told)
    assert decide(client, policy, idea, "no_go").status_code == 302
    return SealedRecord.objects.filter(idea=idea).latest("pk")
