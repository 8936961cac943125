"""What a page, a fragment and a save ask of the database: a fixed number of queries, however much there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checks.codes import Check, EvidenceAbout, IndicatorKind, Rating
from checks.picture import (
    Agreement,
    Alignment,
    Attachment,
    Bundle,
    Condition,
    Directors,
    Evidence,
    FollowUp,
    Goal,
    Income,
    Indicator,
    Measure,
    Partner,
    Picture,
    Piece,
    Preparation,
    Pulse,
    Review,
    SupportMeeting,
    Talk,
    Trajectory,
    TrajectoryAction,
)
from ideas.models import Idea
from ideas.models.past import RECORDED
from ideas.picture import write_picture
from ideas.steps.answers import ANSWERED
from ideas.steps.deciding import PREPARED
from ideas.steps.lists import LISTS
from ideas.steps.parts import PARTS
from people.models import Member, Organisation
from tests.factories import Client
from tests.ideas.whole_idea import UNDER_WAY, US
from tests.page_forms import filled, form_to, forms_of

HTMX = {"HX-Request": "true"}
PAGES = ["idea", "explore", "check", "concretise", "decide", "people"]
# The budgets of design.md, "Speed". A row is asked with choices from other lists, and shows itself again with them and
# what was said at them.
A_PAGE, A_FRAGMENT, AN_ANSWER, A_ROW, A_LIST_BESIDE = 35, 30, 10, 19, 3


def with_many(count: int) -> Picture:
    """An idea in step 4 with this many rows in every list."""
    each = range(count)
    return replace(
        UNDER_WAY,
        slug=f"met-{count}",
        own_org=US,
        evidence=tuple(Evidence(text=f"Cijfer {n}", about=about) for n in each for about in EvidenceAbout),
        goals=tuple(Goal(text=f"Doel {n}") for n in each),
        partners=tuple(Partner(name=f"Partner {n}") for n in each),
        pieces=tuple(Piece(name=f"Stuk {n}", by=(f"Partner {n}", US)) for n in each),
        finance=replace(UNDER_WAY.finance, income=tuple(Income(source=f"Bron {n}") for n in each)),
        preparation=Preparation(support=tuple(SupportMeeting(service=f"Dienst {n}") for n in each)),
        followups=tuple(FollowUp(text=f"Punt {n}", step=n % 4 + 1, question="s2.collab.shared") for n in each),
        conditions=tuple(Condition(text=f"Voorwaarde {n}", question="s2.collab.equal") for n in each),
        activities=tuple(f"los {n}" for n in each),
        bundles=tuple(Bundle(name=f"Bundel {n}", activities=(f"werk {n}",), lead=f"Partner {n}") for n in each),
        between=tuple(Alignment(what=f"Overdracht {n}", bundles=(f"Bundel {n}", "Bundel 0")) for n in each if n),
        overall=tuple(Agreement(text=f"Afspraak {n}") for n in each),
        indicators=tuple(
            Indicator(
                kind=kind,
                text=f"Maat {n}",
                level=f"Partner {n}",
                measures=(Measure(date=date(2026, 1, 5), value=str(n)),),
            )
            for n in each
            for kind in IndicatorKind
        ),
        pulses=tuple(Pulse(date=date(2026, 1, 5), who=f"Partner {n}", equal=Rating.YES) for n in each),
        talk=tuple(Talk(with_whom=f"Team {n}") for n in each),
        trajectory=Trajectory(aim="Praten", actions=tuple(TrajectoryAction(text=f"Actie {n}") for n in each)),
        reviews=tuple(Review(text=f"Terugblik {n}") for n in each),
        transitions=UNDER_WAY.transitions * count,
        directors=tuple(Directors(text=f"Zitting {n}") for n in each),
        attachments=tuple(
            Attachment(title=f"Stuk {n}", url="https://voorbeeld.invalid", condition=condition)
            for n in each
            for condition in ("", f"Voorwaarde {n}")
        ),
    )


@pytest.fixture
def few_and_many(organisation: Organisation, follower: Member) -> list[Idea]:
    """Two ideas that the follower follows: one with 5 rows in every list, one with 50.

    A process looks up the types of its models once; that is not counted.
    """
    ContentType.objects.get_for_models(*RECORDED)
    ideas = [write_picture(with_many(count), organisation) for count in (5, 50)]
    Idea.objects.update(idea_owner=follower)
    return ideas


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    """The follower also decides and coordinates here, so that everything is offered."""
    follower.policy_team = follower.coordinator = True
    follower.save()
    client.force_login(follower)
    return client


def queries(ask: Callable[..., Any], *sent: Any, **more: Any) -> int:
    """How many queries this takes, with those for who is signed in and without those that open a transaction."""
    with CaptureQueriesContext(connection) as asked:
        answer = ask(*sent, **more)
    assert answer.status_code in {200, 302}, answer.content.decode()
    told = [query["sql"] for query in asked.captured_queries]
    return len([sql for sql in told if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("headers", "budget"), [({}, A_PAGE), (HTMX, A_FRAGMENT)], ids=["page", "fragment"])
def test_a_page_and_its_fragment_take_the_same_few_queries_however_much_there_is(
    page: str, headers: dict[str, str], budget: int, few_and_many: list[Idea], member: Client
) -> None:
    few, many = (
        queries(member.get, reverse(f"ideas:{page}", args=[idea.pk]), headers=headers) for idea in few_and_many
    )
    assert few == many
    assert many <= budget


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_few_queries_however_long_it_is(
    name: str, few_and_many: list[Idea], member: Client
) -> None:
    few, many = (
        queries(member.get, reverse("ideas:list", args=[idea.pk, name]), headers=HTMX) for idea in few_and_many
    )
    assert few == many
    assert many <= A_ROW


@pytest.mark.parametrize("name", LISTS)
def test_a_row_is_added_edited_and_moved_in_the_same_few_queries_however_long_its_list_is(
    name: str, few_and_many: list[Idea], member: Client
) -> None:
    counts = []
    for idea in few_and_many:
        row = LISTS[name].standing_at(idea)[0]
        edit, add = reverse("ideas:edit", args=[idea.pk, name, row.pk]), reverse("ideas:add", args=[idea.pk, name])
        form = form_to(edit, member.get(edit).content.decode())
        text = next(
            field for field, told in form.fields.items() if told.kind in {"text", "textarea"} and field != "value"
        )
        whole = form_to(add, member.get(add).content.decode())
        told = filled(whole) | {"new_partner": [], "by": ["us"], "activities": []}
        if name == "between":
            told |= {"bundle": whole.fields["bundle"].offers[1:2], "other_bundle": whole.fields["bundle"].offers[2:3]}
        if name in {"attachments", "proofs"}:
            told |= {"url": ["https://voorbeeld.invalid"]}
        if name in {"measures", "pulses"}:
            told |= {"date": ["2026-01-05"], "value": ["12"]}
        order = {"row": str(row.pk), "to": "down"}
        counts.append(
            (
                queries(member.post, edit, form.sent({text: "Nieuw gezegd"}), headers=HTMX),
                queries(member.post, add, whole.sent(told), headers=HTMX),
                queries(member.post, reverse("ideas:order", args=[idea.pk, name]), order, headers=HTMX),
            )
        )
    assert counts[0] == counts[1]
    assert max(counts[1]) <= A_ROW + A_LIST_BESIDE * len(LISTS[name].needs)


SAVES = [
    *(("answer", about) for about in sorted(ANSWERED)),
    *(("conclusion", check) for check in Check),
    *(("prepare", name) for name in PREPARED if name != "override"),
]
ON = {"s1": "explore", "s2": "check", "s3": "concretise"}


@pytest.mark.parametrize(("page", "about"), SAVES)
def test_an_answer_is_saved_in_few_queries(page: str, about: str, few_and_many: list[Idea], member: Client) -> None:
    counts = []
    for idea in few_and_many:
        stands_on = "decide" if page == "prepare" else ON.get(about[:2], "check")
        where = reverse(f"ideas:{page}", args=[idea.pk, about])
        html = member.get(reverse(f"ideas:{stands_on}", args=[idea.pk])).content.decode()
        found = [form for form in forms_of(html) if form.action == where]
        if not found:
            pytest.fail(f"no form to {where}")
        told = filled(found[0]) | ({about: ["2999-01-01"]} if about == "look_again" else {})
        counts.append(queries(member.post, where, found[0].sent(told), headers=HTMX))
    assert counts[0] == counts[1]
    assert counts[1] <= AN_ANSWER


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_saved_in_the_same_few_queries_however_much_there_is(
    name: str, few_and_many: list[Idea], member: Client
) -> None:
    counts = []
    for idea in few_and_many:
        where = reverse("ideas:part", args=[idea.pk, name])
        form = form_to(where, member.get(where).content.decode())
        sent = form.sent(filled(form) | {"indefinite": [], "duration": ["12"], "term": ["12"], "team": [""]})
        counts.append(queries(member.post, where, sent))
    assert counts[0] == counts[1]
    # Who hides an idea takes it out of mail that waits, in each language, and closes the links to it.
    assert counts[1] <= A_ROW + A_LIST_BESIDE + (3 if name == "facts" else 0)
