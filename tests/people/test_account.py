"""What somebody sets about signing in."""

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as site
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from people import account as own
from people.devices import device
from people.models import Account, Mail, Member
from tests.factories import PASSWORD, Client

OVERVIEW, SIGN_IN = reverse("account_overview"), reverse("account_login")
NEW = "een-nieuw-wachtwoord"


def sign_in(member: Member, password: str = PASSWORD, browser: str = "") -> Client:
    cache.clear()
    client = Client(headers={"User-Agent": browser})
    client.post(SIGN_IN, {"login": member.email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def account_of(member: Member) -> Account:
    return Account.objects.get(members=member)


def test_one_page_tells_how_somebody_signs_in(follower: Member) -> None:
    client = sign_in(follower, browser="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
    page = client.get(OVERVIEW).content.decode()
    assert follower.email in page
    assert "Firefox, Linux" in page
    for name in ["change_mail", "account_change_password", "mfa_add_webauthn", "mfa_activate_totp"]:
        assert reverse(name) in page


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari, Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Safari/604.1", "Chrome, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(told: str, known: str) -> None:
    with translation.override("en"):
        assert device(told) == known


def test_signing_out_everywhere_ends_every_session_but_this_one(follower: Member, coordinator: Member) -> None:
    here, there, unnoticed, other = sign_in(follower), sign_in(follower), Client(), sign_in(coordinator)
    unnoticed.force_login(follower)
    answer = here.post(reverse("sign_out_everywhere"), follow=True)
    assert 'role="status"' in answer.content.decode()
    assert (is_in(here), is_in(there), is_in(unnoticed), is_in(other)) == (True, False, False, True)
    assert UserSession.objects.filter(user=follower.account).count() == 1
    assert is_in(sign_in(follower))


def test_a_new_password_counts_at_once_and_ends_other_sessions(follower: Member) -> None:
    here, there = sign_in(follower), sign_in(follower)
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    wrong = [{"oldpassword": "verkeerd"}, {"password1": "kort", "password2": "kort"}, {"password2": "anders-getypt"}]
    for one in wrong:
        assert 'role="alert"' in here.post(reverse("account_change_password"), sent | one).content.decode()
    assert here.post(reverse("account_change_password"), sent).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert UserSession.objects.filter(user=follower.account).count() == 1
    assert not is_in(sign_in(follower))
    assert is_in(sign_in(follower, NEW))
    assert Mail.objects.get().to == follower.email


def test_who_has_no_password_chooses_one_by_mail(follower: Member) -> None:
    client = Client()
    client.force_login(follower)
    Account.objects.update(password="!")
    client.force_login(Member.objects.get())
    assert client.get(reverse("account_change_password")).headers["Location"] == reverse("account_reset_password")
    assert reverse("account_reset_password") in client.get(OVERVIEW).content.decode()


def test_mails_come_in_the_language_that_one_chooses(follower: Member) -> None:
    client = sign_in(follower)
    client.post(reverse("mail_language"), {"language": "en"})
    assert account_of(follower).language == "en"
    client.post(reverse("mail_language"), {"language": "xx"})
    assert account_of(follower).language == "en"
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), sent)
    assert "The password was changed." in Mail.objects.get().body


def test_the_language_button_counts_for_mails_of_who_is_signed_in(client: Client, follower: Member) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": "/about/"})
    assert account_of(follower).language == "nl"
    signed_in = sign_in(follower)
    assert signed_in.post(reverse("set_language"), {"language": "en", "next": "/about/"}).status_code == 302
    assert account_of(follower).language == "en"
    assert signed_in.cookies[site.LANGUAGE_COOKIE_NAME].value == "en"
    signed_in.post(reverse("set_language"), {"language": "tlh", "next": "/about/"})
    assert account_of(follower).language == "en"


# Another mail address


def test_nobody_has_us_mail_a_crowd(follower: Member) -> None:
    client = sign_in(follower)
    to = reverse("change_mail")
    answers = [client.post(to, {"email": f"{number}@elders.test"}).status_code for number in range(12)]
    assert answers == [302] * 10 + [429] * 2
    assert Mail.objects.exclude(to=follower.email).count() == 10
    cache.clear()


def link_in(mail: Mail) -> str:
    return str(re.findall(r"http://localhost:8000(/\S+)", mail.body)[0])


def ask_to_move(follower: Member, email: str = "Nieuw@Lindeveer.test") -> Client:
    client = sign_in(follower)
    assert client.post(reverse("change_mail"), {"email": email}).status_code == 302
    return client


def test_another_mail_address_counts_once_its_link_was_followed_and_a_button_pressed(follower: Member) -> None:
    client = ask_to_move(follower)
    asked = Mail.objects.exclude(to=follower.email).get()
    assert asked.to == "nieuw@lindeveer.test"
    reader = Client()
    assert "nieuw@lindeveer.test" in reader.get(link_in(asked)).content.decode()
    assert account_of(follower).email == follower.email, "a program that reads mail follows links too"
    assert reader.post(link_in(asked)).status_code == 302
    assert account_of(follower).email == "nieuw@lindeveer.test"
    assert Mail.objects.latest("pk").to == follower.email, "the old address is told"
    assert is_in(client)
    assert reader.post(link_in(asked)).status_code == 410, "it works once"


@pytest.mark.parametrize("rescue", ["password", "everywhere"])
def test_who_hears_that_somebody_asked_for_another_address_ends_that(rescue: str, follower: Member) -> None:
    ask_to_move(follower, "dief@elders.test")
    told, asked = Mail.objects.get(to=follower.email), Mail.objects.get(to="dief@elders.test")
    assert reverse("account_overview") in told.body
    assert "dief" not in told.subject + told.body
    account = account_of(follower)
    if rescue == "password":
        account.set_password("een-heel-ander-wachtwoord")
        account.save()
    else:
        account.sign_out_everywhere()
    assert Client().post(link_in(asked)).status_code == 410
    assert account_of(follower).email == follower.email


def test_an_address_that_somebody_has_is_not_taken_and_nothing_tells_so(follower: Member, coordinator: Member) -> None:
    client = ask_to_move(follower, coordinator.email)
    assert [mail.to for mail in Mail.objects.all()] == [follower.email]
    fresh = client.post(reverse("change_mail"), {"email": "vrij@lindeveer.test"})
    assert fresh.headers["Location"] == client.post(reverse("change_mail"), {"email": coordinator.email})["Location"]


def test_an_address_that_was_taken_meanwhile_is_not_taken(follower: Member) -> None:
    ask_to_move(follower)
    asked = Mail.objects.exclude(to=follower.email).get()
    Account.objects.create_user("nieuw@lindeveer.test", PASSWORD)
    assert Client().post(link_in(asked)).status_code == 410
    assert account_of(follower).email == follower.email
    assert Mail.objects.count() == 2


def test_a_link_that_is_old_or_altered_changes_nothing(follower: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_to_move(follower)
    address = link_in(Mail.objects.exclude(to=follower.email).get())
    assert Client().post(f"{address[:-2]}x/").status_code == 410
    monkeypatch.setattr(own, "MOVING_FOR", -1)
    assert Client().post(address).status_code == 410
    assert account_of(follower).email == follower.email


def test_a_mail_address_is_asked_for_as_one(follower: Member) -> None:
    assert sign_in(follower).post(reverse("change_mail"), {"email": "geen adres"}).status_code == 422


def test_the_page_takes_as_many_queries_for_one_session_as_for_five(
    follower: Member, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(follower)
    for _ in range(4):
        sign_in(follower)
    with django_assert_max_num_queries(6):
        page = client.get(OVERVIEW).content.decode()
    assert page.count("Deze browser") + page.count("This browser") == 1
    assert page.partition('id="where"')[2].count('class="record"') == 5
