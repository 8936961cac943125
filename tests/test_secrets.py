"""Every address with a secret in it: it opens for whoever has it, and for nobody once it is altered or has ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from checks.codes import GoNoGo, VotingWay
from ideas.models import AskedMember, Asking, Decision, Idea, OpenReading, ReadLink, SlipCode
from ideas.models.voting import Vote
from people.account import moving_key
from people.models import Account, Invitation, Member, Organisation, Team
from people.preferences import stop_token
from tests.factories import Client
from tests.ideas.asking.cast import ask, in_days
from tests.ideas.test_access import every_url

SECRETS = {"secret", "token", "code", "key"}
NEW = "een-heel-ander-wachtwoord"


@dataclass(frozen=True)
class World:
    """Who and what the secrets are about: the follower was asked, and asks."""

    organisation: Organisation
    idea: Idea
    follower: Member
    support: Member
    coordinator: Member

    @property
    def account(self) -> Account:
        assert self.support.account
        return self.support.account


@pytest.fixture
def world(organisation: Organisation, idea: Idea, follower: Member, support: Member, coordinator: Member) -> World:
    cache.clear()
    return World(organisation, idea, follower, support, coordinator)


def leaves(world: World) -> None:
    Member.objects.filter(pk=world.support.pk).update(ended=timezone.localdate())


def stopping_mail(world: World) -> str:
    return stop_token(world.support)


def calendar(world: World) -> str:
    secret = "k" * 42 + "z"
    Member.objects.filter(pk=world.support.pk).update(calendar=secret)
    return secret


def new_calendar(world: World) -> None:
    Member.objects.filter(pk=world.support.pk).update(calendar="n" * 43)


def reading(world: World) -> str:
    return ReadLink.make(world.idea, world.follower, "directeur", 7)


def revoked(world: World) -> None:
    ReadLink.objects.get().revoke()


def too_old(world: World) -> None:
    ReadLink.objects.update(until=in_days(-1))


def asked(world: World) -> str:
    return ask(world.idea, world.follower, world.support).token_for(world.support)


def withdrawn(world: World) -> None:
    Asking.objects.get().withdraw()


def decided(world: World) -> None:
    Decision.objects.create(idea=world.idea, value=GoNoGo.NO_GO)


def long_ago(world: World) -> None:
    Asking.objects.update(due=in_days(-31))


def votes(world: World) -> str:
    team = Team.objects.create(organisation=world.organisation, name="Team steun")
    Member.objects.filter(pk=world.support.pk).update(team=team)
    Idea.objects.filter(pk=world.idea.pk).update(team=team)
    return OpenReading.open(Idea.objects.get(pk=world.idea.pk), VotingWay.EACH).token_for(world.support)


def slip(world: World) -> str:
    return OpenReading.open(world.idea, VotingWay.MEETING).make_slips(1)[0]


def voting_closed(world: World) -> None:
    OpenReading.objects.get().close()


def voted(world: World) -> None:
    OpenReading.objects.get().take_from(world.support, Vote(4))


def slip_used(world: World) -> None:
    OpenReading.objects.get().take_by_slip(SlipCode.objects.get().pk, Vote(4))


def invited(world: World) -> str:
    return Invitation(organisation=world.organisation, by=world.coordinator, email="nieuw@lindeveer.test").renew()


def invitation_is(**told: Any) -> Callable[[World], None]:
    def ends(world: World) -> None:
        Invitation.objects.update(**told)

    return ends


def moving(world: World) -> str:
    return moving_key(world.account, "anders@lindeveer.test")


def moved(world: World) -> None:
    Account.objects.filter(pk=world.account.pk).update(email="intussen@lindeveer.test")


def forgotten(world: World) -> str:
    return f"{user_pk_to_url_str(world.account)}-{default_token_generator.make_token(world.account)}"


def remembered(world: World) -> None:
    world.account.set_password(NEW)
    world.account.save()


def away(world: World) -> None:
    Account.objects.filter(pk=world.account.pk).update(is_active=False)


# For each of these addresses its secret, and how it ends.
LINKS: dict[str, tuple[Callable[[World], str], list[Callable[[World], None]]]] = {
    "stop_digest": (stopping_mail, []),
    "ideas:calendar": (calendar, [new_calendar, leaves]),
    "ideas:read": (reading, [revoked, too_old]),
    "ideas:answer_link": (asked, [withdrawn, decided, long_ago, leaves]),
    "ideas:vote_link": (votes, [voting_closed, decided, voted, leaves]),
    "ideas:vote_slip": (slip, [voting_closed, decided, slip_used]),
    "invitation": (
        invited,
        [
            invitation_is(withdrawn=timezone.now()),
            invitation_is(accepted=timezone.now()),
            invitation_is(until=timezone.now() - timedelta(minutes=1)),
        ],
    ),
    "confirm_mail": (moving, [moved, away, remembered]),
    "account_reset_password_from_key": (forgotten, [remembered]),
}
ENDINGS = [(name, number) for name, (_, endings) in LINKS.items() for number in range(len(endings))]
SENT = {"reply": "objection", "name": "Indringer", "password": NEW, "again": NEW, "password1": NEW}


def address(name: str, secret: str) -> str:
    if name == "account_reset_password_from_key":
        return f"/password-forgotten/{secret}/"
    return reverse(name, args=[secret])


def browsers(world: World, outsider: Member) -> list[Client]:
    """Of who is signed out, of a colleague, and of who coordinates another organisation."""
    found = [Client(), Client(), Client()]
    found[1].force_login(world.follower)
    found[2].force_login(outsider)
    return found


def opens(name: str, browser: Client, where: str) -> bool:
    """Whether what it is for is there. A new password is asked for on a page after it."""
    answer = browser.get(where)
    if name == "account_reset_password_from_key":
        return answer.status_code == 302
    return answer.status_code == 200


def everything() -> list[Any]:
    tables = (Member, Account, Invitation, AskedMember, ReadLink, Organisation, OpenReading, SlipCode)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


def test_every_address_with_a_secret_is_tried_here() -> None:
    found = {
        name
        for name, pattern in every_url()
        if SECRETS & {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
    }
    assert found == set(LINKS)


@pytest.mark.parametrize("name", LINKS)
def test_a_link_opens_for_whoever_has_it(name: str, world: World, outsider: Member) -> None:
    where = address(name, LINKS[name][0](world))
    assert [opens(name, browser, where) for browser in browsers(world, outsider)] == [True] * 3


@pytest.mark.parametrize("name", LINKS)
def test_an_altered_link_opens_and_does_nothing(name: str, world: World, outsider: Member) -> None:
    secret = LINKS[name][0](world)
    people, before = browsers(world, outsider), everything()
    for altered in (f"{secret}x", secret[:-1] + ("a" if secret[-1] != "a" else "b"), secret[::-1], "x", "0" * 43):
        for browser in people:
            opens_nothing(name, browser, address(name, altered), world)
    assert everything() == before


@pytest.mark.parametrize(("name", "number"), ENDINGS)
def test_a_link_that_has_ended_opens_and_does_nothing(name: str, number: int, world: World, outsider: Member) -> None:
    make, endings = LINKS[name]
    where = address(name, make(world))
    endings[number](world)
    people, before = browsers(world, outsider), everything()
    for browser in people:
        opens_nothing(name, browser, where, world)
    assert everything() == before


def opens_nothing(name: str, browser: Client, where: str, world: World) -> None:
    assert not opens(name, browser, where)
    for answer in (browser.get(where), browser.post(where, SENT)):
        assert answer.status_code in {200, 404, 405, 410, 429} or answer.headers["Location"] == "/"
        assert "_auth_user_id" not in browser.session or browser.session["_auth_user_id"] != str(world.account.pk)
        if name != "invitation":
            assert world.idea.title not in answer.content.decode()


@pytest.mark.parametrize("name", LINKS)
def test_a_link_opens_its_own_page_only(name: str, world: World) -> None:
    secret = LINKS[name][0](world)
    for other in LINKS.keys() - {name}:
        assert not opens(other, Client(), address(other, secret)), other
