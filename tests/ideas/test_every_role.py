"""Every address of an idea for every role: who opens it, and from whom it takes something.

The table tells it for each address; one that does not stand in it fails. Source: design.md, "Who may do what".
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from checks.codes import Role
from ideas.access import Act
from ideas.models import Idea, Involvement
from ideas.steps.lists import LISTS
from people.models import Member, Organisation
from tests import factories
from tests.factories import Client
from tests.ideas.test_access import CASES, OF_THE_MEMBER, OF_THE_ORGANISATION, about_an_idea, address
from tests.ideas.test_access import whole as whole
from tests.ideas.test_rights import CONFIDENTIAL_FOR, MAY, WHO

# To read it and to send something to it: an act, or where it takes none a dash. What is told in capitals follows from
# what the address is about, below.
TABLE = """
idea                   read              -
now                    read              -
explore                read              -
check                  read              -
concretise             read              -
decide                 read              -
running                read              -
puzzle                 read              edit
puzzle_print           read              -
delete                 lead              lead
way                    lead              lead
people                 read              lead
meetings               read              -
plan_meeting           meet              meet
meeting                read              -
edit_meeting           meet              meet
remove_meeting         meet              meet
begin_meeting          -                 meet
end_meeting            -                 meet
meeting_present        -                 meet
to_preparation         -                 check
meeting_report         read              -
meeting_screen         read              -
screen_add             -                 LIST
add_to_agenda          meet              meet
on_agenda              -                 meet
agenda_note            meet              meet
agenda_note_past       read              -
meeting_part           meet              meet
meeting_past           read              -
ask                    edit              edit
asked_here             read              -
answer_asked           ASKED             ASKED
asked_point            -                 check
asking                 check             -
withdraw               -                 edit
remind                 -                 edit
answer                 QUESTION          QUESTION
conclusion             check             check
confirm                -                 confirm
part                   PART              PART
list                   read              LINES
add                    LIST              LIST
order                  LIST              LIST
edit                   LIST              LIST
remove                 LIST              LIST
tick_off               read              TASK
drop                   -                 LIST
move_activity          -                 edit
look_back              edit              edit
signal                 edit              edit
alike                  read              -
care                   -                 check
care_by_point          -                 check
couple                 -                 edit
control_row            control           control
verdict                control           control
questions_back         lead              lead
temperature            take_temperature  take_temperature
correct_temperature    take_temperature  take_temperature
voting                 take_temperature  take_temperature
voting_screen          take_temperature  -
voting_slips           take_temperature  take_temperature
close_voting           -                 take_temperature
vote                   VOTE              -
prepare                DECISION          DECISION
record                 decide            decide
told                   -                 follow_through
skip                   follow_through    follow_through
start                  -                 follow_through
finish                 follow_through    follow_through
close                  -                 follow_through
timeline               read              -
bring_back             -                 edit
answer_past            read              -
conclusion_past        read              -
part_past              read              -
prepare_past           read              -
verdict_past           read              -
skip_past              read              -
list_past              read              -
row_past               read              -
control_past           read              -
look_back_past         read              -
comments               read              -
comments_at            read              comment
comment                -                 DEED
read_links             lead              lead
revoke_link            -                 lead
readings               lead              -
file                   read              -
dossier                export            export
dossier_pdf            export            -
sealed                 read              -
sealed_record          export            -
sealed_pdf             export            -
make_sealed_pages      -                 export
black_out              black_out         black_out
reconfirm              -                 decide
pass_on                export            -
pass_on_file           export            -
"""
NONE = "-"
ADDRESSES = {f"ideas:{name}": (read, send) for name, read, send in map(str.split, TABLE.strip().splitlines())}

LISTS_FOR = {
    **dict.fromkeys(["support", "followups", "conditions"], Act.CHECK),
    **dict.fromkeys(["directors", "talks", "actions", "reviews", "measures", "pulses"], Act.FOLLOW_THROUGH),
    "proofs": Act.CONTROL,
}
PARTS_FOR = {"support_not_needed": Act.CHECK, "trajectory": Act.FOLLOW_THROUGH}
DEEDS_FOR = dict.fromkeys(["follow_up", "print", "leave_out"], Act.CHECK)
# Of the lists that one view is for, those of one act: the others are of the same by the table of lists.
TYPICAL = {"goals", "followups", "actions", "support"}
WITHOUT_LINES = {"support", "actions"}
SHOWN_CASES = [
    (name, told)
    for name, told in CASES
    if told.get("name") in {None, *TYPICAL} or name.removeprefix("ideas:") not in {"list", "add", "edit", "remove"}
    if told.get("name") in {None, *TYPICAL} or not name.endswith(("order", "list_past", "row_past"))
]
type Whose = Callable[[str], bool]


def may(*acts: Act) -> Whose:
    """Whether somebody in this column of the table of rights may do one of these."""
    return lambda who: any(MAY[act, who] for act in acts)


def whose(told: str, about: dict[str, str]) -> Whose:
    """Whose right it is. Who stands in for the follower, or replaces them, is taken for the follower."""
    name = about.get("name", "")
    listed = LISTS_FOR.get(name, Act.EDIT)
    follows = {
        "LIST": may(listed),
        "LINES": may(listed),
        # Its owner ticks off a task too, and whoever controls in step 4.
        "TASK": may(listed, Act.CONTROL),
        "PART": may(PARTS_FOR.get(name, Act.EDIT)),
        "QUESTION": may(Act.CHECK if about.get("question", "").startswith("s2.") else Act.EDIT),
        "DECISION": may(Act.OVERRIDE if name == "override" else Act.PREPARE),
        "DEED": may(DEEDS_FOR.get(about.get("deed", ""), Act.COMMENT)),
        "ASKED": lambda who: who == "follower",
        "VOTE": may(Act.VOTE),
    }
    return follows[told] if told.isupper() else may(Act(told))


@pytest.fixture
def cast(
    whole: Idea, organisation: Organisation, follower: Member, support: Member, policy: Member, coordinator: Member
) -> dict[str, Member]:
    """One person for every column, none of whom is in two; and who stands in, who left, and a neighbour."""
    people = {
        "follower": follower,
        "collaborator": factories.member("medewerker", organisation),
        "own_team": factories.member("teamlid", organisation, team=follower.team),
        "support": support,
        "named_support": factories.member("genoemd", organisation),
        "policy": policy,
        "coordinator": coordinator,
        "member": factories.member("ander", organisation),
        "stand_in": factories.member("inval", organisation),
        "replacement": factories.member("vervanger", organisation),
    }
    whole.stand_in, whole.stand_in_until = people["stand_in"], timezone.localdate()
    whole.save()
    Involvement.objects.create(idea=whole, member=people["collaborator"], role=Role.COLLABORATOR)
    Involvement.objects.create(idea=whole, member=people["named_support"], role=Role.SUPPORT)
    return people


EVERYBODY = [*WHO, "stand_in", "replacement"]
IN_THE_PLACE_OF = {"stand_in": "follower", "replacement": "follower"}


def comes_in(who: str, cast: dict[str, Member]) -> Client:
    """A browser in which they are signed in; who replaces the follower does so today."""
    if who == "replacement":
        day, follower = timezone.localdate(), cast["follower"]
        follower.away_from, follower.away_until, follower.replacement = day, day, cast[who]
        follower.save()
    client = Client(raise_request_exception=False)
    client.force_login(cast[who])
    return client


def answers(client: Client, method: str, where: str) -> int:
    """The status of an answer, of which nothing stays."""
    with transaction.atomic():
        answer = getattr(client, method)(where, {"dossier": "full-nl", "token": str(uuid4())})
        transaction.set_rollback(True)
    return int(answer.status_code)


def is_as_told(status: int, told: str, about: dict[str, str], who: str) -> bool:
    """Whether this is how the table says it: taken, refused, or nothing of the kind."""
    if told == NONE or (told == "LINES" and about["name"] in WITHOUT_LINES):
        return status == 405
    # Nobody votes in the place of somebody else.
    taken_for = who if told == "VOTE" else IN_THE_PLACE_OF.get(who, who)
    if taken_for in WHO and whose(told, about)(taken_for) and (told, who) != ("ASKED", "stand_in"):
        return status < 500 and status not in {401, 403, 404, 405}
    return status == (404 if told == "ASKED" else 403)


def test_every_address_of_an_idea_stands_in_the_table() -> None:
    assert set(ADDRESSES) == set(about_an_idea())
    assert {name for name, _ in SHOWN_CASES} == set(ADDRESSES)


def test_every_list_is_for_whom_the_table_says() -> None:
    assert {name: edited.act for name, edited in LISTS.items()} == {
        name: LISTS_FOR.get(name, Act.EDIT) for name in LISTS
    }


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_answers_a_role_as_the_table_says(who: str, whole: Idea, cast: dict[str, Member]) -> None:
    client, otherwise = comes_in(who, cast), {}
    for name, about in SHOWN_CASES:
        for method, told in zip(["get", "post"], ADDRESSES[name], strict=True):
            where = address(name, whole, about)
            if not is_as_told(status := answers(client, method, where), told, about, who):
                otherwise[method, where] = status, told
    assert otherwise == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_confidential_idea_is_at_no_address_for_who_is_not_named_on_it(
    who: str, whole: Idea, cast: dict[str, Member]
) -> None:
    whole.confidential = True
    whole.save()
    client = comes_in(who, cast)
    sees = who in CONFIDENTIAL_FOR | set(IN_THE_PLACE_OF)
    cases = [(name, about) for name, about in SHOWN_CASES if not sees or ADDRESSES[name][0] == "read"]
    for name, about in cases:
        for method in ["get"] if sees else ["get", "post"]:
            status = answers(client, method, address(name, whole, about))
            assert status in ({200, 302} if sees else {404, 405}), (method, name)


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_left_opens_nothing(method: str, whole: Idea, follower: Member) -> None:
    client = Client()
    client.force_login(follower)
    follower.ended = timezone.localdate() - timedelta(days=1)
    follower.save()
    for name in [*about_an_idea(), *sorted(OF_THE_MEMBER | OF_THE_ORGANISATION)]:
        assert answers(client, method, address(name, whole)) == 403, name


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_is_of_everybody_opens_for_every_role(who: str, cast: dict[str, Member]) -> None:
    client = comes_in(who, cast)
    of_everybody = ["overview", "received", "new", "for_me", "for_me_count", "my_calendar", "my_data", "my_data_file"]
    for name in [*of_everybody, "scan", "backgrounds", "background", "take_in", "check_dossier"]:
        assert answers(client, "get", address(f"ideas:{name}", Idea())) in {200, 302}, name
