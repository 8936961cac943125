"""A password that is forgotten, and tries that are counted."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.urls import reverse
from pytest_django import Settings

from people.models import Account, Mail, Member
from tests.factories import Client

SIGN_IN, FORGOTTEN = reverse("account_login"), reverse("account_reset_password")
NEW = "een-nieuw-wachtwoord"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def nothing_tried_yet(db: None) -> None:
    cache.clear()


def ask(client: Client, email: str) -> str:
    answer = client.post(FORGOTTEN, {"email": email})
    assert answer.status_code == 302, answer.status_code
    return str(client.get(answer.headers["Location"]).content.decode())


def link_in(mail: Mail) -> str:
    return str(re.findall(r"http://localhost:8000(/\S+)", mail.body)[0])


def form_behind(client: Client, link: str) -> str:
    """Follows the link; gives the address of the form, in which the secret of the link does not stand."""
    return str(client.get(link).headers["Location"])


def test_a_new_password_comes_by_a_link_in_a_mail(client: Client, follower: Member) -> None:
    before = Client()
    before.force_login(follower)
    ask(client, "Opvolger@Lindeveer.test")
    mail = Mail.objects.get()
    assert mail.to == follower.email
    form = form_behind(client, link_in(mail))
    assert 'role="alert"' in client.post(form, {"password1": "kort", "password2": "kort"}).content.decode()
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert before.get("/").status_code == 302, "who was signed in before is not any more"
    assert client.get("/").status_code == 302
    client.post(SIGN_IN, {"login": follower.email, "password": NEW})
    assert client.get("/").status_code == 200
    assert Mail.objects.count() == 2


def test_nothing_tells_whether_a_mail_address_is_known(client: Client, follower: Member) -> None:
    known, unknown = ask(client, follower.email), ask(client, "niemand@lindeveer.test")
    assert re.sub(r'name="csrf.*?>', "", known) == re.sub(r'name="csrf.*?>', "", unknown)
    assert [mail.to for mail in Mail.objects.all()] == [follower.email]


def test_somebody_who_may_not_sign_in_gets_no_link(client: Client, follower: Member) -> None:
    Account.objects.update(is_active=False)
    ask(client, follower.email)
    assert not Mail.objects.exists()


def test_a_link_works_once_and_for_some_hours(client: Client, follower: Member, settings: Settings) -> None:
    ask(client, follower.email)
    link = link_in(Mail.objects.get())
    client.post(form_behind(client, link), {"password1": NEW, "password2": NEW})
    assert reverse("account_reset_password") in Client().get(link).content.decode()
    ask(client, follower.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    late = Client().get(link_in(Mail.objects.latest("pk")))
    assert late.status_code == 200
    assert "<form" not in late.content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_mail_is_in_the_language_of_who_reads_it(client: Client, follower: Member) -> None:
    Account.objects.update(language="en")
    ask(client, follower.email)
    assert Mail.objects.get().subject == "A new password for WerktSamen"


def test_a_new_password_does_not_go_past_the_code(client: Client, follower: Member) -> None:
    TOTP.activate(follower.account, "JBSWY3DPEHPK3PXP")
    ask(client, follower.email)
    client.post(form_behind(client, link_in(Mail.objects.get())), {"password1": NEW, "password2": NEW})
    answer = client.post(SIGN_IN, {"login": follower.email, "password": NEW})
    assert answer.headers["Location"] == reverse("mfa_authenticate")


def test_who_came_in_through_the_organisation_chooses_a_first_password_in_this_way(
    client: Client, follower: Member
) -> None:
    assert follower.account
    follower.account.set_unusable_password()
    follower.account.save()
    ask(client, follower.email)
    client.post(form_behind(client, link_in(Mail.objects.get())), {"password1": NEW, "password2": NEW})
    client.post(SIGN_IN, {"login": follower.email, "password": NEW})
    assert client.get("/").status_code == 200


def test_somebody_gets_a_few_links_and_no_more(client: Client, follower: Member) -> None:
    answers = [client.post(FORGOTTEN, {"email": follower.email}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert Mail.objects.count() == 3


TRIES = """
import django; django.setup()
from django.test import Client
from django.test.utils import setup_test_environment; setup_test_environment()
from django.urls import reverse
tried = [Client().post(reverse("account_login"), {"login": "x@y.test", "password": "verkeerd"}) for _ in range(%d)]
asked = [Client().post(reverse("account_reset_password"), {"email": "x@y.test"}).status_code for _ in range(%d)]
codes = [fault.code for answer in tried for fault in answer.context["form"].errors.as_data()["__all__"]]
print([code == "too_many_login_attempts" for code in codes], asked)
"""


def test_tries_stay_counted_when_the_server_starts_anew(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"WERKTSAMEN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "werktsamen.settings"}
    environment |= {"WERKTSAMEN_DEBUG": "1", "WERKTSAMEN_HOSTS": "testserver"}

    def run(*told: str) -> str:
        done = subprocess.run([sys.executable, *told], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("manage.py", "migrate", "--verbosity", "0")
    run("manage.py", "createcachetable")
    run("manage.py", "start_organisation", "--name", "Lindeveer vzw (fictief)", "--mail", "wie@lindeveer.test")
    first, second = run("-c", TRIES % (4, 2)), run("-c", TRIES % (2, 2))
    assert first.strip() == "[False, False, False, False] [302, 302]"
    assert second.strip() == "[False, True] [302, 429]"
