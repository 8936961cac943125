"""Nobody can tell who voted what: the same votes by other people leave exactly the same.

The same scenario runs twice, with the values and the remarks dealt out to the voters in another way. Everything that
it leaves is compared: each row of each table in the order in which the database has it, every log record, every mail,
what browsers keep, and the pages of everybody, while the reading is open and after it was closed.
"""

import json
import logging
import re
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from checks.codes import VotingWay
from ideas.exchange import export, own_organisation
from ideas.models import FormSent, Idea, voting
from ideas.picture import read_pictures
from people.models import Member, Organisation, Team
from tests.factories import Client
from tests.ideas.asking.cast import sends
from tests.ideas.steps.step_4 import idea_of
from tests.ideas.voting.cast import as_, link_of, reading_of, slip_at, team_of, votes

pytestmark = pytest.mark.django_db

VALUES = (1, 2, 2, 4, 5, 5)
REMARKS = (("Zeker doen.", True), ("", False), ("Nu niet.", False), ("", True), ("Te druk.", True), ("Ja!", False))
PAGES = ("decide", "idea", "voting", "voting_screen", "timeline", "dossier", "vote")
# What differs from one run to the next, whoever votes what.
PASSING = (
    (r'name="csrfmiddlewaretoken" value="[^"]+"', "csrf"),
    (r"/vote/by/[^/\"\s]+", "/vote/by/token"),
    (r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", "uuid"),
    (r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)?", "moment"),
    (r"\bid=[A-Za-z0-9]{32}\b", "id=task"),
    (r"<\d+\.\d{20}@", "<message@"),
    (r"\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d(\.\d+)?(%2B\d\d%3A\d\d)?", "moment"),
)

type Dealt = tuple[Sequence[int], Sequence[tuple[str, bool]]]

AS_THEY_ARE: Dealt = (VALUES, REMARKS)
OTHERWISE: Dealt = (VALUES[::-1], REMARKS[2:] + REMARKS[:2])


@pytest.fixture
def people(organisation: Organisation, team: Team) -> list[Member]:
    return team_of(organisation, team, len(VALUES))


@pytest.fixture
def idea(follower: Member) -> Idea:
    return idea_of(follower)


@pytest.fixture
def browsers(
    people: list[Member], follower: Member, policy: Member, coordinator: Member, colleague: Member
) -> dict[str, Client]:
    """Everybody signed in, so that signing in is no part of what is compared."""
    ContentType.objects.get_for_models(Idea)
    return {member.name: as_(member) for member in [*people, follower, policy, coordinator, colleague]}


@pytest.fixture(autouse=True)
def only_where_a_number_is_given_again() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("elsewhere numbers are not given again after a rollback, so that two runs differ in them")


def lasting(text: str) -> str:
    for pattern, instead in PASSING:
        text = re.sub(pattern, instead, text)
    return text


def tables() -> dict[str, list[str]]:
    """Every row of every table, in the order in which the database keeps it."""
    found = {}
    with connection.cursor() as cursor:
        for name in sorted({*connection.introspection.table_names(cursor), "sqlite_sequence"} - {"django_session"}):
            cursor.execute(f'SELECT * FROM "{name}" ORDER BY rowid')  # noqa: S608 (names of our own tables)
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            found[name] = [lasting(json.dumps(_plain(name, row), default=str)) for row in rows]
    return found


def _plain(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A form that the follower sent is known by a digest of its own token; votes have none: see below.

    Of wrong codes the cache holds at which moments they were tried.
    """
    hidden = {FormSent._meta.db_table: {"said": "digest"}, "cache": {"value": "moments"}}
    return row | hidden.get(table, {})


def shown(idea: Idea, browsers: dict[str, Client]) -> dict[str, str]:
    """The pages of everybody, and the exchange file."""
    addresses = [*(reverse(f"ideas:{name}", args=[idea.pk]) for name in PAGES), *ABOUT_ME]
    told = {
        f"{who} {where}": lasting(client.get(where).content.decode())
        for who, client in browsers.items()
        for where in addresses
    }
    return told | {"exchange": export(read_pictures([idea.pk]).values(), own_organisation(idea.organisation))}


ABOUT_ME = ("/for-me/", "/me/data/", "/me/data.json")


def kept_by(browsers: dict[str, Client]) -> dict[str, Any]:
    """What the browser of each keeps, and what its session holds."""
    sessions = {one.session_key: one.get_decoded() for one in Session.objects.all()}
    keys = {who: str(client.session.session_key) for who, client in browsers.items()}
    return {who: (sorted(client.cookies), sessions.get(keys[who])) for who, client in browsers.items()}


class Left:
    """What a run left, part by part."""

    def __init__(self, idea: Idea, browsers: dict[str, Client], caplog: pytest.LogCaptureFixture) -> None:
        self.tables, self.pages = tables(), shown(idea, browsers)
        self.mails = [lasting(f"{one.to} {one.subject} {one.body} {one.extra_headers}") for one in mail.outbox]
        self.logs = [lasting(f"{one.name} {one.levelname} {one.getMessage()}") for one in caplog.records]
        self.kept = kept_by(browsers)

    def differs(self, other: "Left") -> dict[str, Any]:
        found = {}
        for part in ("tables", "pages", "mails", "logs", "kept"):
            mine, theirs = getattr(self, part), getattr(other, part)
            if mine != theirs:
                found[part] = (
                    {key: (mine[key], theirs[key]) for key in mine if mine[key] != theirs.get(key)}
                    if isinstance(mine, dict)
                    else (mine, theirs)
                )
        return found


def run(
    way: VotingWay,
    dealt: Dealt,
    idea: Idea,
    browsers: dict[str, Client],
    people: list[Member],
    follower: Member,
    caplog: pytest.LogCaptureFixture,
) -> tuple[Left, Left]:
    """The votes of everybody in the same order; what they leave while the reading is open and after it was closed."""
    cache.clear()
    caplog.clear()
    mail.outbox.clear()
    with transaction.atomic():
        leads = browsers[follower.name]
        where = reverse("ideas:voting", args=[idea.pk])
        sends(leads, where, {"way": str(way)})
        reading = reading_of(idea)
        codes = reading.make_slips(len(people)) if way is VotingWay.MEETING else []
        for number, (member, value, (remark, may)) in enumerate(zip(people, *dealt, strict=True)):
            client = browsers[member.name] if number % 2 else Client()
            at = slip_at(codes[number]) if codes else link_of(reading, member)
            answer = votes(client, at, value, remark, **({"in_dossier": "on"} if may else {}))
            assert answer.headers["Location"] == reverse("ideas:vote_thanks")
            client.get(answer.headers["Location"])
            assert client.post(at, {"value": str(value)}).status_code in {404, 410}
        assert set(FormSent.objects.values_list("member", flat=True)) == {follower.pk}
        open_ = Left(idea, browsers, caplog)
        sends(leads, where, {}, reverse("ideas:close_voting", args=[idea.pk]))
        closed = Left(idea, browsers, caplog)
        transaction.set_rollback(True)
    return open_, closed


@pytest.fixture
def every_logger(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    for name in [None, *logging.root.manager.loggerDict]:
        caplog.set_level(logging.DEBUG, logger=name)
        logging.getLogger(name).propagate = True
    return caplog


@pytest.fixture(autouse=True)
def the_same_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the digests of the codes are compared and not left out."""
    taken = cycle(letter * voting.CODE_LENGTH for letter in voting.LETTERS[: len(VALUES)])
    monkeypatch.setattr(voting, "new_code", lambda: next(taken))


@pytest.mark.parametrize("way", list(VotingWay))
def test_whoever_votes_what_leaves_exactly_the_same(
    way: VotingWay,
    idea: Idea,
    browsers: dict[str, Client],
    people: list[Member],
    follower: Member,
    every_logger: pytest.LogCaptureFixture,
) -> None:
    one, other = (run(way, dealt, idea, browsers, people, follower, every_logger) for dealt in (AS_THEY_ARE, OTHERWISE))
    assert one[0].differs(other[0]) == {}
    assert one[1].differs(other[1]) == {}
    assert any("Zeker doen." in html for html in one[1].pages.values())
    assert not any("Zeker doen." in html for html in one[0].pages.values())


def test_the_comparison_sees_what_would_tell(
    idea: Idea,
    browsers: dict[str, Client],
    people: list[Member],
    follower: Member,
    every_logger: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Other votes differ everywhere; and so do the same votes as soon as remarks stand in the order of voting."""
    told = (idea, browsers, people, follower, every_logger)
    one = run(VotingWay.EACH, AS_THEY_ARE, *told)
    warmer = run(VotingWay.EACH, ((5, *VALUES[1:]), REMARKS), *told)
    assert {"tables", "pages"} <= one[1].differs(warmer[1]).keys()
    monkeypatch.setattr(voting, "sorted", list, raising=False)
    leaks = [run(VotingWay.EACH, dealt, *told)[0] for dealt in (AS_THEY_ARE, OTHERWISE)]
    assert "ideas_openreading" in leaks[0].differs(leaks[1])["tables"]


@pytest.mark.parametrize("way", list(VotingWay))
def test_once_closed_nothing_tells_who_voted(
    way: VotingWay,
    idea: Idea,
    browsers: dict[str, Client],
    people: list[Member],
    follower: Member,
    every_logger: pytest.LogCaptureFixture,
) -> None:
    """The rows of the reading are gone, and so is the set of voters with them."""
    _open, closed = run(way, AS_THEY_ARE, idea, browsers, people, follower, every_logger)
    assert closed.tables["ideas_openreading"] == closed.tables["ideas_slipcode"] == []
