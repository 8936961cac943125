"""An expired session loses nothing: signing in again in place, and with a form of which what was typed goes along."""

import re
import secrets
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from ideas.models import Answer, Attachment, Goal, Idea
from people import carried as carrying
from people.carried import Carried
from people.models import Member
from tests.factories import Client
from tests.page_forms import PageForm, form_to

# Before there is any organisation one signs in nowhere.
pytestmark = pytest.mark.usefixtures("organisation")

SIGN_IN, AGAIN, DEMO = reverse("account_login"), reverse("sign_in_again"), reverse("sign_in_to_demo")
PASSWORD = "een-lang-wachtwoord"
HTMX = {"HX-Request": "true"}
HERE = {"Origin": "http://testserver"}
CHALLENGE = "s1.why.challenge"
TYPED = "Ouderen uit de wijk\r\nzien weinig mensen."


@pytest.fixture
def strict() -> Client:
    """A browser, with tokens as they are checked for real."""
    return Client(enforce_csrf_checks=True)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def answer_page(idea: Idea) -> str:
    return reverse("ideas:explore", args=[idea.pk])


def answer_form(client: Client, idea: Idea) -> PageForm:
    """The form of a question, as its page shows it."""
    return form_to(reverse("ideas:answer", args=[idea.pk, CHALLENGE]), text_of(client.get(answer_page(idea))))


def send_signed_out(client: Client, form: PageForm, page: str, typed: str = TYPED) -> Any:
    """Sends a form after the session ended, as a browser does: with the page that it came from."""
    del client.cookies["sessionid"]
    return client.post(form.action, form.sent({"value": typed}), headers={"Referer": f"http://testserver{page}"})


def sign_in_with(client: Client, page: Any, member: Member, password: str = PASSWORD) -> Any:
    """Fills in the sign-in page as it stands."""
    sent = form_to(SIGN_IN, text_of(page)).sent({"login": member.email, "password": password})
    return client.post(SIGN_IN, sent)


def save_this(client: Client, page: Any, path: str) -> Any:
    """Presses the button of the page with what was typed."""
    return client.post(path, form_to(path, text_of(page)).sent())


def answered(idea: Idea) -> str:
    return Answer.objects.get(idea=idea, question=CHALLENGE).value


# In place, with scripts


@pytest.mark.django_db
def test_who_is_signed_out_gets_a_form_that_fits_in_a_page(client: Client) -> None:
    page = client.get(AGAIN)
    assert page.status_code == 200
    assert "<html" not in text_of(page)
    assert {"login", "password", "csrfmiddlewaretoken"} <= form_to(AGAIN, text_of(page)).fields.keys()
    assert "no-store" in page.headers["Cache-Control"]


def test_who_is_signed_in_is_told_who_with_a_token_that_is_taken(strict: Client, idea: Idea, follower: Member) -> None:
    strict.force_login(follower)
    told = text_of(strict.get(AGAIN))
    assert f'data-member="{follower.pk}"' in told
    assert "no-store" in strict.get(AGAIN).headers["Cache-Control"]
    token = re.findall(r'data-csrf="(\w+)"', told)[0]
    sent = answer_form(strict, idea).sent({"value": TYPED}) | {"csrfmiddlewaretoken": token}
    assert strict.post(reverse("ideas:answer", args=[idea.pk, CHALLENGE]), sent, headers=HTMX).status_code == 200


def test_mail_and_password_sign_in_again_in_place(client: Client, follower: Member) -> None:
    greeting = client.post(AGAIN, {"login": follower.email, "password": PASSWORD}, follow=True)
    assert f'data-member="{follower.pk}"' in text_of(greeting)
    assert greeting.redirect_chain == [(AGAIN, 302)]


def test_a_wrong_password_comes_back_in_the_form(client: Client, follower: Member) -> None:
    refused = client.post(AGAIN, {"login": follower.email, "password": "verkeerd-wachtwoord"})
    assert refused.status_code == 422
    assert 'role="alert"' in text_of(refused)
    assert form_to(AGAIN, text_of(refused)).fields["login"].value == [follower.email]
    assert "data-csrf" not in text_of(client.get(AGAIN))


def test_tries_in_place_are_counted_with_those_on_the_sign_in_page(client: Client, follower: Member) -> None:
    cache.clear()
    for address in [SIGN_IN, AGAIN, SIGN_IN, AGAIN, AGAIN]:
        client.post(address, {"login": follower.email, "password": "verkeerd-wachtwoord"})
    assert client.post(AGAIN, {"login": follower.email, "password": PASSWORD}).status_code == 422
    cache.clear()


def test_a_demo_offers_its_people_in_place_too(client: Client, follower: Member, settings: Settings) -> None:
    assert follower.email not in text_of(client.get(AGAIN))
    settings.DEMO = follower.organisation.demo = True
    follower.organisation.save()
    sent = form_to(DEMO, text_of(client.get(AGAIN))).sent({"member": follower.email})
    assert f'data-member="{follower.pk}"' in text_of(client.post(DEMO, sent, follow=True))


def test_a_page_says_whose_it_is(client: Client, idea: Idea, follower: Member) -> None:
    client.force_login(follower)
    assert f'data-member="{follower.pk}"' in text_of(client.get(answer_page(idea)))


def test_a_fragment_with_an_old_token_is_answered_as_one_of_somebody_signed_out(
    strict: Client, idea: Idea, follower: Member
) -> None:
    strict.force_login(follower)
    form = answer_form(strict, idea)
    strict.force_login(follower)
    strict.get(SIGN_IN)
    strict.cookies["csrftoken"] = "x" * 32
    refused = strict.post(form.action, form.sent({"value": TYPED}), headers=HTMX | HERE)
    assert (refused.status_code, refused.content) == (401, b"")
    assert not Answer.objects.exists()


# A form on a page of its own, or without scripts


def test_what_was_typed_goes_along_through_signing_in_and_is_saved_after_a_click(
    client: Client, idea: Idea, follower: Member
) -> None:
    client.force_login(follower)
    form = answer_form(client, idea)
    asked = send_signed_out(client, form, f"{answer_page(idea)}?x=1")
    assert asked.status_code == 401
    assert "no-store" in asked.headers["Cache-Control"]
    shown = sign_in_with(client, asked, follower)
    assert shown.status_code == 200
    assert "Ouderen uit de wijk" in text_of(shown)
    assert f'href="{answer_page(idea)}?x=1"' in text_of(shown)
    assert not Answer.objects.exists()
    save_this(client, shown, form.action)
    assert answered(idea).splitlines() == TYPED.splitlines()


def test_all_that_a_form_said_comes_back_as_it_was(client: Client, idea: Idea, follower: Member) -> None:
    path = f"{answer_page(idea)}?a=1&b=2"
    said = {"value": ["  één ", "<b>&amp;</b>\r\n\r\ntwee"], "version": "", "kies": "ja"}
    asked = client.post(path, said | {"csrfmiddlewaretoken": "t" * 64, "new_password1": "geheim-geheim"})
    html = text_of(sign_in_with(client, asked, follower))
    fields = form_to(path, html).sent()
    fields.pop("csrfmiddlewaretoken")
    assert fields == {"value": said["value"], "version": [""], "kies": ["ja"]}
    assert "geheim-geheim" not in html


def test_only_what_a_person_knows_again_is_shown(client: Client, idea: Idea, follower: Member) -> None:
    told = {"token": "7d2c3f5e-0000-4000-8000-000000000000", "version": "abc123", "choice": "with_partners", "n": "12"}
    asked = client.post(answer_page(idea), told | {"one": "Samen eten", "two": "Samen eten", "three": "Wie kookt?"})
    html = text_of(sign_in_with(client, asked, follower))
    assert re.findall(r'<p class="answer">(.*?)</p>', html) == ["Samen eten", "Wie kookt?"]


def test_a_wrong_password_keeps_what_was_typed(client: Client, idea: Idea, follower: Member) -> None:
    client.force_login(follower)
    form = answer_form(client, idea)
    asked = send_signed_out(client, form, answer_page(idea))
    refused = sign_in_with(client, asked, follower, "verkeerd-wachtwoord")
    assert 'role="alert"' in text_of(refused)
    save_this(client, sign_in_with(client, refused, follower), form.action)
    assert answered(idea).splitlines() == TYPED.splitlines()


def test_one_click_in_a_demo_keeps_what_was_typed_too(
    client: Client, idea: Idea, follower: Member, settings: Settings
) -> None:
    settings.DEMO = follower.organisation.demo = True
    follower.organisation.save()
    asked = client.post(answer_page(idea), {"value": TYPED})
    sent = form_to(DEMO, text_of(asked)).sent({"member": follower.email})
    assert "Ouderen uit de wijk" in text_of(client.post(DEMO, sent))


def test_another_member_sees_who_is_signed_in_and_goes_on_with_own_rights(
    client: Client, idea: Idea, follower: Member, outsider: Member
) -> None:
    client.force_login(follower)
    form = answer_form(client, idea)
    shown = sign_in_with(client, send_signed_out(client, form, answer_page(idea)), outsider)
    assert f"<strong>{outsider.name}" in text_of(shown)
    assert save_this(client, shown, form.action).status_code == 404
    assert not Answer.objects.exists()


def test_what_was_typed_meets_what_others_changed_in_the_meantime(
    client: Client, idea: Idea, follower: Member, coordinator: Member
) -> None:
    client.force_login(follower)
    form = answer_form(client, idea)
    asked = send_signed_out(client, form, answer_page(idea))
    other = Client()
    other.force_login(coordinator)
    other.post(form.action, answer_form(other, idea).sent({"value": "Al iets anders."}))
    conflict = save_this(client, sign_in_with(client, asked, follower), form.action)
    assert conflict.status_code == 409
    assert answered(idea) == "Al iets anders."
    assert "Ouderen uit de wijk" in text_of(conflict)


def test_what_was_saved_already_is_not_saved_twice(client: Client, idea: Idea, follower: Member) -> None:
    client.force_login(follower)
    goals = reverse("ideas:list", args=[idea.pk, "goals"])
    sent = form_to(goals, text_of(client.get(answer_page(idea)))).sent({"lines": "Wonen in de wijk"})
    client.post(goals, sent)
    del client.cookies["sessionid"]
    asked = client.post(goals, sent)
    save_this(client, sign_in_with(client, asked, follower), goals)
    assert Goal.objects.count() == 1


def test_a_file_is_chosen_again_and_the_rest_goes_along(client: Client, idea: Idea, follower: Member) -> None:
    add = reverse("ideas:add", args=[idea.pk, "attachments"])
    chosen = SimpleUploadedFile("plan.txt", b"Het plan")
    asked = client.post(add, {"title": "Het plan van de keuken", "stored": chosen})
    assert "plan.txt" in text_of(asked)
    shown = sign_in_with(client, asked, follower)
    assert 'enctype="multipart/form-data"' in text_of(shown)
    form = form_to(add, text_of(shown))
    assert form.fields["stored"].kind == "file"
    client.post(add, form.sent() | {"stored": SimpleUploadedFile("plan.txt", b"Het plan")})
    assert Attachment.objects.get().title == "Het plan van de keuken"


def test_what_is_too_long_to_go_along_is_there_to_be_copied(client: Client, idea: Idea, follower: Member) -> None:
    noise = secrets.token_urlsafe(1_100_000)
    asked = client.post(answer_page(idea), {"value": f"Ons verhaal {noise}"}, headers={"Referer": "http://testserver/"})
    html = text_of(asked)
    assert "Ons verhaal" in html.partition("<textarea")[2]
    assert "carried" not in form_to(SIGN_IN, html).fields
    assert sign_in_with(client, asked, follower).status_code == 302


def test_what_is_not_as_we_signed_it_is_not_shown(client: Client, idea: Idea, follower: Member) -> None:
    form = form_to(SIGN_IN, text_of(client.post(answer_page(idea), {"value": TYPED})))
    told = form.fields["carried"].value[0]
    for wrong in [told[:-1], "x" + told, signing.dumps({"path": "/"}, salt="other"), ""]:
        signed_in = Client()
        known = {"login": follower.email, "password": PASSWORD, "carried": wrong}
        assert signed_in.post(SIGN_IN, known).status_code == 302, wrong


@pytest.mark.parametrize("path", ["//elders.example/", "https://elders.example/", "/nergens/", "/sign-out/", "x"])
def test_what_was_typed_goes_to_pages_of_this_site_only(client: Client, follower: Member, path: str) -> None:
    told = Carried(path, "/", [("value", TYPED)], []).signed
    known = {"login": follower.email, "password": PASSWORD, "carried": told}
    assert client.post(SIGN_IN, known).status_code == 302


def test_what_was_typed_is_kept_for_a_time_only(
    client: Client, follower: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Carried("/", "/", [("value", TYPED)], []).signed
    monkeypatch.setattr(carrying, "KEPT", -carrying.KEPT)
    known = {"login": follower.email, "password": PASSWORD, "carried": told}
    assert client.post(SIGN_IN, known).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "http://testserver/sign-in/", "https://elders.example/", "http://[", "//"])
def test_the_way_back_is_a_page_of_this_site_or_the_overview(client: Client, page: str) -> None:
    asked = client.post("/idea/new/", {"title": "Een idee"}, headers={"Referer": page})
    assert form_to(SIGN_IN, text_of(asked)).fields["next"].value == ["/"]


def test_signing_out_when_signed_out_already_carries_nothing(client: Client, follower: Member) -> None:
    answer = client.post(reverse("account_logout"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == SIGN_IN


def test_a_page_that_is_only_looked_at_leads_to_signing_in_as_before(client: Client, idea: Idea) -> None:
    assert client.get(answer_page(idea)).headers["Location"] == f"{SIGN_IN}?next={answer_page(idea)}"


# A token that is too old, as somebody signed in again in another tab


def old_form(client: Client, idea: Idea, member: Member) -> PageForm:
    """A form of which the token is old by now: it was made before its member signed in again."""
    client.force_login(member)
    form = answer_form(client, idea)
    client.cookies["csrftoken"] = "x" * 32
    return form


@pytest.mark.parametrize("sender", [HERE, {"Referer": "http://testserver/ideas/received/"}])
def test_a_form_with_an_old_token_is_saved_after_a_click(
    strict: Client, idea: Idea, follower: Member, sender: dict[str, str]
) -> None:
    form = old_form(strict, idea, follower)
    shown = strict.post(form.action, form.sent({"value": TYPED}), headers=sender)
    assert shown.status_code == 403
    assert "Ouderen uit de wijk" in text_of(shown)
    assert not Answer.objects.exists()
    save_this(strict, shown, form.action)
    assert answered(idea).splitlines() == TYPED.splitlines()


def test_a_form_with_an_old_token_of_somebody_signed_out_goes_through_signing_in(
    strict: Client, idea: Idea, follower: Member
) -> None:
    form = old_form(strict, idea, follower)
    del strict.cookies["sessionid"]
    asked = strict.post(form.action, form.sent({"value": TYPED}), headers=HERE)
    assert asked.status_code == 401
    save_this(strict, sign_in_with(strict, asked, follower), form.action)
    assert answered(idea).splitlines() == TYPED.splitlines()


def test_who_signed_in_in_another_tab_by_then_goes_on_from_the_sign_in_page(
    strict: Client, idea: Idea, follower: Member
) -> None:
    form = old_form(strict, idea, follower)
    del strict.cookies["sessionid"]
    asked = strict.post(form.action, form.sent({"value": TYPED}), headers=HERE)
    sent = form_to(SIGN_IN, text_of(asked)).sent({"login": follower.email, "password": PASSWORD})
    strict.force_login(follower)
    shown = strict.post(SIGN_IN, sent)
    assert "Ouderen uit de wijk" in text_of(shown)
    strict.cookies["csrftoken"] = "y" * 32
    shown = strict.post(SIGN_IN, sent, headers=HERE)
    assert shown.status_code == 403
    save_this(strict, shown, form.action)
    assert answered(idea).splitlines() == TYPED.splitlines()


@pytest.mark.parametrize(
    "sender",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        {"Origin": "http://elders.example"},
        {"Origin": "http://elders.example", "Referer": "http://testserver/"},
        {"Referer": "http://testserver.elders.example/"},
    ],
)
def test_a_form_from_elsewhere_goes_no_further(
    strict: Client, idea: Idea, follower: Member, sender: dict[str, str]
) -> None:
    form = old_form(strict, idea, follower)
    refused = strict.post(form.action, form.sent({"value": TYPED}), headers=sender)
    assert refused.status_code == 403
    assert "Ouderen uit de wijk" not in text_of(refused)
    assert "verlopen" in text_of(refused)


def test_a_browser_that_refuses_cookies_is_told_so_on_the_sign_in_page(follower: Member) -> None:
    told = Carried("/", "/", [("value", TYPED)], []).signed
    known = {"login": follower.email, "password": PASSWORD, "carried": told}
    refused = Client(enforce_csrf_checks=True).post(SIGN_IN, known, headers=HERE)
    assert refused.status_code == 403
    assert "cookies" in text_of(refused)


def test_an_old_token_at_signing_out_carries_nothing(strict: Client, idea: Idea, follower: Member) -> None:
    old_form(strict, idea, follower)
    refused = strict.post(reverse("account_logout"), {"csrfmiddlewaretoken": "z" * 32}, headers=HERE)
    assert refused.status_code == 403
    assert reverse("account_logout") not in re.findall(r'<main.*?action="(.*?)"', text_of(refused), re.DOTALL)


# What stays in a browser


def test_what_somebody_sees_who_is_signed_in_stays_in_no_cache(client: Client, idea: Idea, follower: Member) -> None:
    assert "no-store" not in client.get(reverse("about")).headers.get("Cache-Control", "")
    client.force_login(follower)
    for address in ["/", answer_page(idea), reverse("about"), "/nergens/"]:
        for headers in [{}, HTMX]:
            caching = client.get(address, headers=headers).headers["Cache-Control"]
            assert {"no-store", "private"} <= set(caching.split(", ")), address
