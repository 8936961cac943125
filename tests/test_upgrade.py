"""An installation of before people could belong to several organisations comes along with everything that it had."""

import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.crypto import salted_hmac
from pytest_django import DjangoDbBlocker

from people.models import Account, Member, Organisation
from tests.page_forms import form_to
from tests.served import Visitor, own_database, served

# What stood in the database then.
BEFORE = [
    ("contenttypes", "0002_remove_content_type_name"),
    ("people", "0001_initial"),
    ("ideas", "0003_past"),
    ("sessions", "0001_initial"),
]
PASSWORD, SESSION, MAIL = "een lang wachtwoord", "s" * 32, "fien@wilgenbos.test"
FILE = b"de oproep van de stad"
# A person is an account by which they sign in, and a member: what was in one table is in two.
OF_ACCOUNTS = {"id", "password", "last_login", "email", "is_active"}

type Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def old(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """An installation of before in this folder; the URL of its database, which is empty for SQLite."""
    with own_database("werktsamen_before") as url, django_db_blocker.unblock():
        told = dj_database_url.parse(url or f"sqlite:///{tmp_path / 'werktsamen.sqlite3'}")
        connections.settings["before"] = {**connections.settings["default"], **told}
        for app, name in BEFORE:
            call_command("migrate", app, name, database="before", verbosity=0)
        executor = MigrationExecutor(connections["before"])
        fill(executor.loader.project_state(BEFORE).apps, tmp_path)
        yield url
        connections["before"].close()
        del connections["before"], connections.settings["before"]


def fill(apps: Any, data: Path) -> None:
    """People, an idea with a past and a file, and somebody who is signed in."""

    def make(model: str, **told: Any) -> Any:
        return apps.get_model(*model.split(".")).objects.using("before").create(**told)

    ours = make("people.Organisation", name="Wilgenbos vzw", slug="wilgenbos", mission="Niemand valt ertussen.")
    team = make("people.Team", organisation=ours, name="Team buurtwerk")
    person = {"organisation": ours, "password": PBKDF2PasswordHasher().encode(PASSWORD, "zout")}
    make("people.Account", name="Paula", email="paula@wilgenbos.test", policy_team=True, **person)
    fien = make("people.Account", pk=7, name="Fien", email=MAIL, team=team, function="buurtwerker", **person)
    cora = make("people.Account", pk=9, name="Cora", email="cora@wilgenbos.test", coordinator=True, **person)
    told = {"title": "Samen koken", "slug": "samen-koken", "status": "in_step", "step": 1, "idea_owner": fien}
    idea = make("ideas.Idea", organisation=ours, team=team, entered_by=cora, stand_in=cora, **told)
    goal = make("ideas.Goal", idea=idea, text="Dertig buren eten samen")
    kinds = apps.get_model("contenttypes", "ContentType").objects.using("before")
    kind = kinds.get(app_label="ideas", model="goal")
    changes = {"text": ["Twintig buren eten samen", goal.text]}
    doer = {"actor": fien, "role": "idea_owner", "cid": "c" * 36}
    make("ideas.Change", idea=idea, content_type=kind, object_id=goal.pk, action=1, changes=changes, **doer)
    make("ideas.Transition", idea=idea, date=timezone.localdate(), to_status="in_step", to_step=1, member=fien)
    make("ideas.Involvement", idea=idea, member=cora, role="collaborator")
    stored = {"stored": "ideas/oproep.txt", "size": len(FILE), "sha256": sha256(FILE).hexdigest()}
    make("ideas.Attachment", idea=idea, title="Oproep", file="oproep.txt", **stored)
    (data / "files" / "ideas").mkdir(parents=True)
    (data / "files" / "ideas" / "oproep.txt").write_bytes(FILE)
    make(
        "sessions.Session",
        session_key=SESSION,
        expire_date=timezone.now() + timedelta(days=7),
        session_data=session(fien),
    )


def session(account: Any) -> str:
    """What a session said of who is signed in."""
    salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
    return SessionStore().encode(
        {
            "_auth_user_id": str(account.pk),
            "_auth_user_backend": "allauth.account.auth_backends.AuthenticationBackend",
            "_auth_user_hash": salted_hmac(salt, account.password, algorithm="sha256").hexdigest(),
        }
    )


def rows() -> Rows:
    """Everything that stands in the database, by table."""
    found: Rows = {}
    connections["before"].close()
    with connections["before"].cursor() as cursor:
        for table in connections["before"].introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connections['before'].ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def kept(table: str, was: dict[str, Any], now: Rows) -> bool:
    """Whether a row is there still, with all that it said."""
    if table != "people_member":
        return any(was.items() <= row.items() for row in now[table])
    account = {name: was[name] for name in OF_ACCOUNTS}
    member = {name: told for name, told in was.items() if name not in OF_ACCOUNTS} | {"account_id": was["id"]}
    return any(account.items() <= row.items() for row in now["people_account"]) and any(
        {**member, "id": was["id"]}.items() <= row.items() for row in now["people_member"]
    )


def test_everything_that_it_had_comes_along_and_people_go_on_with_it(old: str, tmp_path: Path) -> None:
    before = rows()
    with served(tmp_path, old, demo=False, WERKTSAMEN_SECRET=settings.SECRET_KEY) as address:
        now = rows()
        changing = {"django_migrations", "django_session", "sqlite_sequence"}
        lost = [
            (table, was) for table in before.keys() - changing for was in before[table] if not kept(table, was, now)
        ]
        assert lost == []
        goes_on_signed_in(Visitor(address))
        signs_in(Visitor(address))
    comes_now()


def goes_on_signed_in(fien: Visitor) -> None:
    """Who was signed in reads the idea, its past and its file, and follows it."""
    fien.cookies["sessionid"] = SESSION
    overview = fien.get("/")
    assert (overview.status, "Samen koken" in overview.html) == (200, True)
    idea = link(overview.html, r"/idea/\d+/")
    past = fien.get(f"{idea}list/goals/1/past/").html
    assert "Twintig" in past
    assert "Fien" in past
    assert FILE.decode() in fien.get(link(fien.get(idea).html, rf"{idea}file/\d+/")).html
    assert fien.get(f"{idea}way/pause/").status == 200


def link(html: str, to: str) -> str:
    found = re.search(f'href="({to})"', html)
    assert found, to
    return found[1]


def signs_in(cora: Visitor) -> None:
    """Who coordinates signs in with the password of before."""
    form = form_to("/sign-in/", cora.get("/sign-in/").html)
    assert cora.post("/sign-in/", form.sent({"login": "cora@wilgenbos.test", "password": PASSWORD})).status == 302
    assert cora.get("/organisation/people/invite/").status == 200


def comes_now() -> None:
    """Whoever comes now is another member than all who were there."""
    account = Account.objects.using("before").create(email="nieuw@wilgenbos.test")
    ours = Organisation.objects.using("before").get()
    member = Member.objects.using("before").create(account=account, organisation=ours, name="Nieuw")
    assert member.pk > 9
