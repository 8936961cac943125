"""What every page asks of the database: a fixed number of queries, however much there is of anything."""

from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checks.codes import Body, Company, ExportKind, GoNoGo, Reply, Role
from ideas.models import (
    AskedMember,
    Asking,
    Attachment,
    Change,
    Comment,
    Dossier,
    Export,
    Goal,
    Idea,
    Involvement,
    Meeting,
    Reading,
    ReadLink,
    SealedPages,
    SealedRecord,
)
from ideas.models.past import RECORDED
from ideas.picture import write_picture
from people.models import Deed, Invitation, Member, Organisation, Team
from people.models.invitation import digest_of
from tests import factories
from tests.factories import Client
from tests.ideas.steps.test_budgets import A_FRAGMENT, A_PAGE, A_ROW, AN_ANSWER, HTMX, queries, with_many
from tests.ideas.test_access import OF_THE_MEMBER, OF_THE_ORGANISATION, address
from tests.ideas.test_every_role import ADDRESSES, NONE, SHOWN_CASES
from tests.page_forms import forms_of

FEW, MANY = 3, 30
# Of who is signed in, in all organisations: what is kept of a person is told whole, kind by kind.
ABOUT_NO_IDEA = sorted(
    name for name in OF_THE_MEMBER | OF_THE_ORGANISATION if not name.startswith(("mfa_", "account_", "link_to"))
)
CASES = [(name, about) for name, about in SHOWN_CASES if ADDRESSES[name][0] != NONE]


@pytest.fixture
def me(follower: Member) -> Member:
    """The follower also decides and coordinates here, so that everything is offered."""
    follower.policy_team = follower.coordinator = True
    follower.save()
    return follower


def more_people(organisation: Organisation, me: Member, count: int) -> list[Member]:
    """Colleagues of every kind, teams, and who is invited."""
    found = []
    for number in range(count):
        name = f"{count}-{number}"
        team = Team.objects.create(organisation=organisation, name=f"Team {name}")
        found.append(factories.member(f"c{name}", organisation, team=team, support_service=f"dienst {name}"))
        told = {"digest": digest_of(name), "until": "2099-01-01T00:00Z", "team": team}
        Invitation.objects.create(organisation=organisation, by=found[-1], email=f"{name}@x.test", **told)
        Deed.note(me, Deed.What.ROLES, {"name": (name, "")}, about=found[-1])
        factories.idea(organisation, idea_owner=me, team=team, entered_by=found[-1], stand_in=found[-1])
    return found


def an_idea(organisation: Organisation, me: Member, people: list[Member]) -> Idea:
    """An idea that they all have to do with, with so much of everything."""
    idea = write_picture(with_many(len(people)), organisation)
    idea.idea_owner, idea.team, idea.confidential = me, me.team, True
    idea.save()
    file = Attachment.objects.filter(idea=idea)[0]
    file.url, file.file, file.stored = "", "a.txt", ContentFile(b"a", name="a.txt")
    file.save()
    Dossier.objects.create(idea=idea, language="nl", digest="0" * 64, pdf=b"%PDF-1.7", made_at=timezone.now())
    took = {"ideas": [idea.pk], "parts": {idea.pk: None}, "done": 1, "file": b"PK", "made_at": timezone.now()}
    for _ in people:
        Export.objects.create(member=me, kind=ExportKind.FULL, language="nl", **took)
    ReadLink.make(idea, me, "directeur", 7)
    for member in people:
        was_decided(idea)
        is_said_and_asked(idea, me, member)
        is_talked_about(idea, me, member)
    return idea


def was_decided(idea: Idea) -> None:
    """An earlier decision, sealed with its pages."""
    decision = idea.decisions.create(value=GoNoGo.GO, current=False, date=timezone.localdate())
    told = {"format": 1, "sealed_at": timezone.now(), "json": f'{{"decision":{decision.pk}}}'}
    kept = SealedRecord.objects.create(idea=idea, decision=decision, **told)
    SealedPages.objects.create(sealed=kept, language="nl", pdf=kept.json.encode())


def is_said_and_asked(idea: Idea, me: Member, member: Member) -> None:
    Involvement.objects.create(idea=idea, member=member, role=Role.COLLABORATOR)
    told = {"idea": idea, "place": "s1-why-challenge", "step": 1, "question": "s1.why.challenge"}
    first = Comment.objects.create(author=member, role=Role.COLLABORATOR, text=f"@{me.name} kijk eens", **told)
    first.mentions.set([me, member])
    Comment.objects.create(author=me, text="Ja.", reply_to=first, **told)
    asking = Asking.objects.create(idea=idea, about="expertise", body=Body.COLLEAGUE, asked_by=member)
    AskedMember.objects.create(idea=idea, asking=asking, member=me)
    answered = {"reply": Reply.OBJECTION, "note": "Nee.", "answered_at": timezone.now(), "answered_by": member}
    AskedMember.objects.create(idea=idea, asking=asking, member=member, **answered)


def is_talked_about(idea: Idea, me: Member, member: Member) -> None:
    meeting = Meeting.objects.create(idea=idea, date=timezone.localdate(), with_whom=Company.SUPPORT, planned_by=member)
    meeting.invited.set([me, member])
    meeting.put_on_agenda(["s1.why.challenge", "expertise"], [f"Punt {member.pk}"])
    Reading.objects.create(idea=idea, member=member, role=Role.COLLABORATOR)
    ReadLink.make(idea, member, f"directeur {member.pk}", 7)
    goal = Goal.objects.filter(idea=idea)[0]
    kind = ContentType.objects.get_for_model(Goal)
    changes = {"text": ["Zo was het.", goal.text]}
    Change.objects.create(
        idea=idea, content_type=kind, object_id=goal.pk, action=1, changes=changes, cid=str(member.pk), actor=member
    )


@dataclass(frozen=True)
class Answer:
    """How a page answered, and how many queries it took, without those that open a transaction."""

    status: int
    is_whole: bool
    queries: int

    @property
    def is_too_much(self) -> bool:
        return self.queries > (A_PAGE if self.is_whole else A_FRAGMENT)


def answer(client: Client, where: str, headers: dict[str, str]) -> Answer:
    client.get(where)  # what is noted once a day is noted
    with CaptureQueriesContext(connection) as asked:
        response = client.get(where, headers=headers)
    told = [query["sql"] for query in asked.captured_queries]
    queries = [sql for sql in told if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))]
    is_whole = not response.streaming and b"<html" in response.content
    return Answer(response.status_code, is_whole, len(queries))


def answers(client: Client, idea: Idea, headers: dict[str, str]) -> dict[str, Answer]:
    """How every page answers, by its name."""
    asked = [*CASES, *((name, {}) for name in ABOUT_NO_IDEA)]
    return {
        " ".join([name, *about.values()]): answer(client, address(name, idea, about), headers) for name, about in asked
    }


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_every_page_takes_the_same_few_queries_however_much_there_is(
    headers: dict[str, str], organisation: Organisation, me: Member, client: Client
) -> None:
    ContentType.objects.get_for_models(*RECORDED)
    client.force_login(me)
    counts = []
    for count in (FEW, MANY):
        people = more_people(organisation, me, count)
        counts.append(answers(client, an_idea(organisation, me, people), headers))
    few, many = counts
    assert {name: (few[name], told) for name, told in many.items() if few[name] != told} == {}
    assert {name: told for name, told in many.items() if told.is_too_much} == {}


A_PLAN = {"date": "2099-05-04", "invited": "{colleague}", "agenda": "s1.goals.list"}
# A mail: for whom it is, whether it is written, to write it; and in a test at once what a worker does in three.
A_MAIL = 6
# What is sent from which page, and how many queries that may take: an answer that saves itself, and what else is said.
SAVES: list[tuple[str, str, str, dict[str, str], int]] = [
    ("meeting_part", "notes", "ideas:meeting", {"notes": "Volgende keer verder."}, AN_ANSWER),
    ("meeting_part", "present", "ideas:meeting", {"present": "teamcoach"}, AN_ANSWER),
    ("agenda_note", "", "ideas:agenda_note", {"note": "Iedereen herkent dit."}, AN_ANSWER),
    ("answer_asked", "", "ideas:answer_asked", {"reply": "no_objection"}, A_ROW),
    ("move_activity", "", "ideas:concretise", {"to": "none"}, A_ROW),
    ("drop", "overall", "ideas:concretise", {"dropped_why": "Niemand mist het."}, A_ROW),
    ("comments_at", "goals", "ideas:comments_at", {"text": "Klopt dit?"}, A_ROW),
    ("ask", "", "ideas:ask", {"colleagues": "{colleague}", "about": "step-1"}, A_ROW + A_MAIL),
    ("plan_meeting", "", "ideas:plan_meeting", A_PLAN, A_ROW + A_MAIL),
    ("puzzle", "", "ideas:puzzle", {"off": "us"}, A_ROW),
    ("read_links", "", "ideas:read_links", {"for_whom": "directeur", "days": "7"}, A_ROW),
    ("change_organisation", "", "ideas:change_organisation", {"mission": "Samen {colleague}."}, A_ROW),
    ("teams", "", "ideas:teams", {"name": "Nog een team {colleague}"}, A_ROW),
    ("invite", "", "invite", {"email": "nieuw{colleague}@lindeveer.test"}, A_ROW),
    ("profile", "", "profile", {"name": "Fien {colleague}"}, A_ROW),
    ("my_mail", "", "my_mail", {"digest": "daily"}, A_ROW),
]


@pytest.mark.parametrize(("to", "part", "page", "typed", "budget"), SAVES, ids=[" ".join(told[:2]) for told in SAVES])
def test_what_is_sent_takes_the_same_few_queries_however_much_there_is(
    to: str,
    part: str,
    page: str,
    typed: dict[str, str],
    budget: int,
    organisation: Organisation,
    me: Member,
    client: Client,
) -> None:
    ContentType.objects.get_for_models(*RECORDED)
    client.force_login(me)
    counts = []
    for count in (FEW, MANY):
        people = more_people(organisation, me, count)
        idea, about = an_idea(organisation, me, people), {"name": part} if part else {}
        html = client.get(address(page, idea, about)).content.decode()
        where = address(page if page.endswith(to) else f"ideas:{to}", idea, about)
        form = next(
            one
            for one in forms_of(html)
            if one.action == where or (not one.action and typed.keys() <= one.fields.keys())
        )
        sent = form.sent({name: text.format(colleague=people[0].pk) for name, text in typed.items()})
        counts.append(queries(client.post, where, sent, headers=HTMX))
    assert counts[0] == counts[1]
    assert counts[1] <= budget
