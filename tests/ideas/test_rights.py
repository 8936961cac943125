"""Who may do what with an idea: the table of the house plan, asked of the rules and over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from checks.codes import FollowUpStatus, GoNoGo, Role, Status, Triage, Verdict
from checks.picture import Decision, Picture, Votes
from ideas.access import ROLES, Act, ideas_for, standing_of
from ideas.models import FollowUp, Goal, Idea, Involvement
from ideas.picture import read_picture, write_picture
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.whole_idea import UNDER_WAY
from tests.page_forms import PageForm, forms_of

WHO = ["follower", "collaborator", "own_team", "support", "named_support", "policy", "coordinator", "member"]
# design.md, "Who may do what". A support service takes along the dossier only of an idea that names it.
TABLE = """
                   follower collaborator own_team support named_support policy coordinator member
read               yes      yes          yes      yes     yes           yes    yes         yes
export             yes      yes          yes      no      yes           yes    yes         no
read_private_notes yes      no           no       no      no            yes    no          no
lead               yes      no           no       no      no            no     yes         no
edit               yes      yes          no       no      no            no     yes         no
check              yes      yes          no       yes     yes           yes    yes         no
meet               yes      yes          no       yes     yes           yes    yes         no
confirm            no       no           no       no      no            yes    no          no
control            yes      no           no       yes     yes           no     no          no
take_temperature   yes      no           no       no      no            no     yes         no
vote               yes      no           yes      no      no            no     no          no
prepare            yes      yes          no       no      no            yes    no          no
decide             no       no           no       no      no            yes    no          no
override           no       no           no       no      no            no     yes         no
black_out          no       no           no       no      no            no     yes         no
follow_through     yes      yes          no       no      no            yes    yes         no
comment            yes      yes          yes      yes     yes           yes    yes         yes
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
MAY = {(Act(act), who): cell == "yes" for act, *cells in LINES for who, cell in zip(HEAD, cells, strict=True)}


@pytest.fixture
def cast(
    organisation: Organisation,
    follower: Member,
    support: Member,
    policy: Member,
    coordinator: Member,
) -> dict[str, Member]:
    """One person for every column, none of whom is in two."""
    return {
        "follower": follower,
        "collaborator": factories.member("medewerker", organisation),
        "own_team": factories.member("teamlid", organisation, team=follower.team),
        "support": support,
        "named_support": factories.member("genoemd", organisation),
        "policy": policy,
        "coordinator": coordinator,
        "member": factories.member("ander", organisation),
    }


@pytest.fixture
def whole(organisation: Organisation, cast: dict[str, Member]) -> Idea:
    """An idea in step 4, with everything that the requests below are about."""
    return written(UNDER_WAY, organisation, cast)


def written(told: Picture, organisation: Organisation, cast: dict[str, Member]) -> Idea:
    """This idea, with the people of the cast named on it."""
    idea = write_picture(replace(told, own_org=organisation.name), organisation)
    idea.idea_owner, idea.team = cast["follower"], cast["follower"].team
    idea.save()
    Involvement.objects.create(idea=idea, member=cast["collaborator"], role=Role.COLLABORATOR)
    Involvement.objects.create(idea=idea, member=cast["named_support"], role=Role.SUPPORT)
    Goal.objects.create(idea=idea, text="Nog een doel", clear_note="Binnenskamers gezegd.", notes_private=True)
    FollowUp.objects.filter(idea=idea).update(status=FollowUpStatus.SOLVED)
    return idea


def test_the_table_is_about_every_act_and_every_column() -> None:
    assert HEAD == WHO
    assert {act for act, _ in MAY} == set(Act)
    assert set(ROLES) == set(Act) - {Act.READ}


@pytest.mark.parametrize("who", WHO)
def test_the_rules_say_what_the_table_says(who: str, whole: Idea, cast: dict[str, Member]) -> None:
    standing = standing_of(cast[who], whole)
    assert {act: standing.may(act) for act in Act} == {act: MAY[act, who] for act in Act}
    assert standing.rights == {act.value: MAY[act, who] for act in Act}


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.READ])
def test_an_act_is_done_in_the_role_that_comes_first(act: Act, whole: Idea, cast: dict[str, Member]) -> None:
    everything = cast["follower"]
    everything.support_service, everything.policy_team, everything.coordinator = "financiën", True, True
    assert standing_of(everything, whole).role_for(act) is ROLES[act][0]


# ---------- over HTTP


def reads(name: str, *about: object) -> Callable[[Idea], str]:
    return lambda idea: reverse(f"ideas:{name}", args=[idea.pk, *about])


def of_point(name: str) -> Callable[[Idea], str]:
    return lambda idea: reverse(f"ideas:{name}", args=[idea.pk, "followups", FollowUp.objects.filter(idea=idea)[0].pk])


def of_dropped(name: str) -> Callable[[Idea], str]:
    """Of the opvolgpunt of step 1 that was dropped."""
    return lambda idea: reverse(f"ideas:{name}", args=[idea.pk, FollowUp.objects.get(idea=idea, triage=Triage.DROP).pk])


type Address = Callable[[Idea], str]
# For each act the pages to read, and the forms to send: where to, what is typed, and the page on which it stands.
READS: list[tuple[Act, Address]] = [
    *((Act.READ, reads(page)) for page in ["idea", "explore", "check", "concretise", "decide", "people"]),
    (Act.EXPORT, reads("dossier")),
    *((Act.LEAD, reads("way", verb)) for verb in ["pause", "send_back", "stop", "hand_over", "merge"]),
    (Act.LEAD, reads("delete")),
    (Act.EDIT, reads("part", "facts")),
    (Act.EDIT, reads("part", "money")),
    (Act.EDIT, reads("answer", "s1.why.challenge")),
    (Act.EDIT, reads("answer", "s3.enough")),
    *((Act.EDIT, reads("add", name)) for name in ["goals", "pieces", "partners", "bundles", "overall", "attachments"]),
    (Act.EDIT, reads("order", "goals")),
    (Act.CHECK, reads("answer", "s2.drive.mission")),
    (Act.CHECK, reads("conclusion", "drijfveer")),
    (Act.CHECK, reads("part", "support_not_needed")),
    *((Act.CHECK, reads("add", name)) for name in ["support", "followups", "conditions"]),
    (Act.CHECK, of_point("edit")),
    (Act.CHECK, of_point("remove")),
    (Act.MEET, reads("plan_meeting")),
    (Act.TAKE_TEMPERATURE, reads("temperature")),
    (Act.DECIDE, reads("record", "go")),
    (Act.DECIDE, reads("record", "no_go")),
    *((Act.FOLLOW_THROUGH, reads("add", name)) for name in ["talks", "actions", "reviews", "measures", "pulses"]),
    (Act.FOLLOW_THROUGH, reads("part", "trajectory")),
]
SENDS: list[tuple[Act, Address, Address, dict[str, str]]] = [
    (Act.EXPORT, reads("dossier"), reads("dossier"), {"dossier": "full-nl"}),
    (Act.LEAD, reads("way", "pause"), reads("way", "pause"), {"why": "Even rust."}),
    (Act.EDIT, reads("list", "goals"), reads("explore"), {"lines": "Nog een doel"}),
    (Act.EDIT, reads("part", "money"), reads("part", "money"), {"term": "12"}),
    (Act.EDIT, reads("answer", "s1.why.challenge"), reads("explore"), {"value": "Te weinig woningen."}),
    (Act.CHECK, reads("answer", "s2.drive.mission"), reads("check"), {"value": "partly"}),
    (Act.CHECK, reads("conclusion", "expertise"), reads("check"), {"conclusion": "ok", "note": "Goed."}),
    (Act.CHECK, reads("list", "conditions"), reads("check"), {"lines": "De woningen zijn er."}),
    (Act.CONFIRM, reads("confirm", "followups"), reads("check"), {}),
    (Act.CONTROL, of_point("control_row"), reads("decide"), {"remark": "Bekeken."}),
    (Act.CONTROL, reads("verdict"), reads("decide"), {"note": "Samen bekeken."}),
    (Act.TAKE_TEMPERATURE, reads("temperature"), reads("temperature"), {f"count_{n}": "1" for n in range(1, 6)}),
    (Act.PREPARE, reads("prepare", "motivation"), reads("decide"), {"motivation": "De puzzel klopt."}),
    (Act.FOLLOW_THROUGH, reads("part", "trajectory"), reads("part", "trajectory"), {"aim": "Praten"}),
    (Act.LEAD, reads("people"), reads("people"), {"remove": "0"}),
    (Act.OVERRIDE, reads("prepare", "override"), reads("decide"), {"override": "De stad wacht niet."}),
]
# What asks for an idea that is further, or stands otherwise: the same, with that idea.
QUESTIONS = replace(UNDER_WAY, verdict=Verdict.QUESTION_MARKS)
GO_WAITS = replace(
    UNDER_WAY,
    verdict=Verdict.OK,
    votes=Votes(counts=(0, 0, 1, 3, 2)),
    decision=Decision(value=GoNoGo.GO, motivation="De puzzel klopt."),
)
RUNS = replace(GO_WAITS, status=Status.RUNNING)
NO_GO = replace(
    UNDER_WAY,
    status=Status.NO_GO,
    verdict=Verdict.OK,
    votes=Votes(counts=(1, 1, 1, 1, 2)),
    decision=Decision(value=GoNoGo.NO_GO, motivation="Te vroeg."),
)
LATER: list[tuple[Act, Address, Address, dict[str, str], Picture]] = [
    (Act.LEAD, reads("questions_back"), reads("decide"), {}, QUESTIONS),
    (Act.LEAD, reads("questions_back"), reads("questions_back"), {"why": "Nog eens kijken."}, QUESTIONS),
    (Act.EDIT, of_dropped("look_back"), reads("concretise"), {"triage": "back_to_1"}, UNDER_WAY),
    (Act.FOLLOW_THROUGH, reads("told"), reads("decide"), {}, RUNS),
    (Act.FOLLOW_THROUGH, reads("start"), reads("decide"), {}, GO_WAITS),
    (Act.FOLLOW_THROUGH, reads("finish"), reads("finish"), {"why": "Het doel is bereikt."}, RUNS),
    (Act.FOLLOW_THROUGH, reads("close"), reads("decide"), {}, NO_GO),
    (Act.FOLLOW_THROUGH, reads("skip", "trajectory"), reads("decide"), {"trajectory_skipped": "Niet nodig."}, NO_GO),
    (Act.FOLLOW_THROUGH, reads("skip", "talk"), reads("decide"), {"talk_skipped": "Niet nodig."}, NO_GO),
]


@pytest.mark.parametrize("who", [*WHO, "outsider"])
def test_pages_open_for_whom_the_table_says(
    who: str, whole: Idea, cast: dict[str, Member], outsider: Member, client: Client
) -> None:
    client.force_login(cast.get(who, outsider))
    for act, page in READS:
        answer = client.get(page(whole))
        assert answer.status_code == (404 if who == "outsider" else 200 if MAY[act, who] else 403), page(whole)


@pytest.mark.parametrize(
    ("act", "to", "on", "typed"), SENDS, ids=[f"{act.value} {number}" for number, (act, *_) in enumerate(SENDS)]
)
@pytest.mark.parametrize("who", [*WHO, "outsider"])
def test_forms_are_offered_to_and_taken_from_whom_the_table_says(
    act: Act,
    to: Address,
    on: Address,
    typed: dict[str, str],
    who: str,
    whole: Idea,
    cast: dict[str, Member],
    outsider: Member,
    client: Client,
) -> None:
    offered_to_and_taken_from(who, act, (to(whole), on(whole), typed), whole, cast | {"outsider": outsider}, client)


@pytest.mark.parametrize(
    ("act", "to", "on", "typed", "told"), LATER, ids=[f"{act.value} {number}" for number, (act, *_) in enumerate(LATER)]
)
@pytest.mark.parametrize("who", [*WHO, "outsider"])
def test_forms_of_an_idea_that_is_further_are_offered_to_and_taken_from_whom_the_table_says(
    act: Act,
    to: Address,
    on: Address,
    typed: dict[str, str],
    told: Picture,
    who: str,
    organisation: Organisation,
    cast: dict[str, Member],
    outsider: Member,
    client: Client,
) -> None:
    idea = written(told, organisation, cast)
    if told is UNDER_WAY:
        FollowUp.objects.filter(idea=idea, triage=Triage.DROP).update(status=FollowUpStatus.LAPSED)
    offered_to_and_taken_from(who, act, (to(idea), on(idea), typed), idea, cast | {"outsider": outsider}, client)


def offered_to_and_taken_from(
    who: str, act: Act, asked: tuple[str, str, dict[str, str]], idea: Idea, cast: dict[str, Member], client: Client
) -> None:
    """Whether this form, by where it goes, the page on which it stands and what is typed, is for whom it should be."""
    to, on, typed = asked
    may = who != "outsider" and MAY[act, who]
    somebody = next(member for name, member in cast.items() if name in WHO and MAY[act, name])

    def offered_to(member: Member) -> list[PageForm]:
        client.force_login(member)
        page = client.get(on).content.decode()
        return [form for form in forms_of(page) if form.action == to]

    sent = offered_to(somebody)[0].sent(typed)
    offered = offered_to(cast[who])
    assert bool(offered) is may
    if may:
        sent = offered[0].sent(typed)
    before = read_picture(idea)
    answer = client.post(to, sent)
    assert answer.status_code == (302 if may else 404 if who == "outsider" else 403)
    if not may:
        assert read_picture(idea) == before


@pytest.mark.parametrize("who", WHO)
def test_who_decides_is_asked_before_what_blocks(
    who: str, whole: Idea, cast: dict[str, Member], client: Client
) -> None:
    client.force_login(cast[who])
    answer = client.post(reverse("ideas:record", args=[whole.pk, "go"]))
    assert answer.status_code == (409 if MAY[Act.DECIDE, who] else 403)


@pytest.mark.parametrize("who", WHO)
def test_a_private_note_is_read_by_follower_and_policy_team_only(
    who: str, whole: Idea, cast: dict[str, Member], client: Client
) -> None:
    client.force_login(cast[who])
    for page in [reads("explore"), reads("idea"), reads("decide")]:
        html = client.get(page(whole)).content.decode()
        assert ("Binnenskamers gezegd." in html) is (MAY[Act.READ_PRIVATE_NOTES, who] and page(whole).endswith("re/"))


@pytest.mark.parametrize("who", WHO)
def test_any_member_enters_an_idea(who: str, cast: dict[str, Member], client: Client) -> None:
    client.force_login(cast[who])
    assert client.get(reverse("ideas:new")).status_code == 200
    answer = client.post(reverse("ideas:new"), {"title": "Samen koken"})
    assert answer.status_code == 302
    entered = Idea.objects.get(title="Samen koken")
    assert (entered.entered_by, entered.status, entered.organisation) == (
        cast[who],
        Status.RECEIVED,
        cast[who].organisation,
    )


# ---------- standing in, having received, being named


@pytest.mark.parametrize(("days", "follows"), [(-1, False), (0, True), (1, True)])
def test_a_stand_in_follows_until_the_day_and_not_after(
    days: int, follows: bool, idea: Idea, colleague: Member
) -> None:
    idea.stand_in, idea.stand_in_until = colleague, timezone.localdate() + timedelta(days=days)
    idea.save()
    assert (Role.IDEA_OWNER in standing_of(colleague, idea).roles) is follows
    follower = idea.idea_owner
    assert follower is not None
    assert Role.IDEA_OWNER in standing_of(follower, idea).roles


@pytest.mark.parametrize(("days", "sees"), [(-1, False), (0, True)])
def test_a_stand_in_sees_a_confidential_idea_until_the_day(
    days: int, sees: bool, idea: Idea, colleague: Member, client: Client
) -> None:
    idea.stand_in, idea.stand_in_until = colleague, timezone.localdate() + timedelta(days=days)
    idea.confidential = True
    idea.save()
    client.force_login(colleague)
    assert (idea in ideas_for(colleague)) is sees
    assert client.get(reverse("ideas:add", args=[idea.pk, "goals"])).status_code == (200 if sees else 404)


def test_who_received_an_idea_follows_it_until_somebody_takes_it_up(
    organisation: Organisation, colleague: Member, follower: Member
) -> None:
    idea = factories.idea(organisation, status=Status.RECEIVED, step=None, entered_by=colleague)
    assert standing_of(colleague, idea).may(Act.LEAD)
    idea.idea_owner = follower
    assert not standing_of(colleague, idea).may(Act.LEAD)
    assert standing_of(follower, idea).may(Act.LEAD)


CONFIDENTIAL_FOR = {"follower", "collaborator", "named_support", "policy", "coordinator"}


@pytest.mark.parametrize("who", WHO)
def test_a_confidential_idea_is_there_for_whom_it_names_policy_and_coordinator(
    who: str, whole: Idea, cast: dict[str, Member], client: Client
) -> None:
    whole.confidential = True
    whole.save()
    client.force_login(cast[who])
    assert (whole in ideas_for(cast[who])) is (who in CONFIDENTIAL_FOR)
    for _act, page in READS:
        assert (client.get(page(whole)).status_code == 404) is (who not in CONFIDENTIAL_FOR)


@pytest.mark.parametrize("who", WHO)
def test_an_idea_that_went_on_in_another_is_only_read_and_taken_apart_again(
    who: str, whole: Idea, cast: dict[str, Member]
) -> None:
    whole.status = Status.MERGED
    standing = standing_of(cast[who], whole)
    kept = {Act.READ, Act.EXPORT, Act.READ_PRIVATE_NOTES, Act.LEAD}
    assert {act: standing.may(act) for act in Act} == {act: MAY[act, who] and act in kept for act in Act}


def test_somebody_without_a_role_is_never_taken_for_one(organisation: Organisation) -> None:
    """An idea without follower, stand-in and team, and a member without team, have nothing in common."""
    idea = factories.idea(organisation)
    assert standing_of(factories.member("ander", organisation), idea).roles == frozenset()
