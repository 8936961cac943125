"""Whom one can ask about an idea: its support services, own team and policy team, and colleagues by name."""

from collections import defaultdict
from dataclasses import dataclass

from checks.codes import Body
from ideas.access import readers_of
from ideas.models import Idea
from people.models import Member


@dataclass(frozen=True)
class Addressee:
    """A body that can be asked, and who that is. `key` is how a form calls it."""

    key: str
    body: Body
    service: str
    members: tuple[Member, ...]

    @property
    def names(self) -> str:
        return ", ".join(member.name for member in self.members)


def addressees(idea: Idea, asker: Member) -> list[Addressee]:
    """Every body that can be asked. Nobody is asked who may not read the idea.

    A support service is an exception: asking it names its people on the idea.
    """
    present = Member.objects.present().filter(organisation=idea.organisation_id).exclude(pk=asker.pk)
    services: dict[str, list[Member]] = defaultdict(list)
    for member in present.exclude(support_service="").select_related("replacement").order_by("support_service", "name"):
        services[member.support_service].append(member)
    readers = readers_of(idea).exclude(pk=asker.pk).select_related("replacement").order_by("name")
    bodies = [
        (Body.OWN_TEAM, list(readers.filter(team=idea.team_id)) if idea.team_id else []),
        (Body.POLICY_TEAM, list(readers.filter(policy_team=True))),
    ]
    told = [
        *(Addressee(f"{Body.SUPPORT}:{name}", Body.SUPPORT, name, tuple(those)) for name, those in services.items()),
        *(Addressee(body, body, "", tuple(those)) for body, those in bodies),
    ]
    return [one for one in told if one.members]
