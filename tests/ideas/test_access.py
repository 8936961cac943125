"""Another organisation's idea answers 404 on every URL, and so does an idea that a member may not see."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from checks.asking import PLACES
from checks.codes import Body, Check, Company, GoNoGo, Reply, Role
from ideas.access import ROLES, Act
from ideas.comments.deeds import DEEDS
from ideas.meetings.views import PARTS as PARTS_OF_MEETINGS
from ideas.models import (
    Activity,
    AgendaItem,
    AskedMember,
    Asking,
    Attachment,
    Change,
    Comment,
    Condition,
    Dossier,
    Export,
    FollowUp,
    FormSent,
    Goal,
    Idea,
    Involvement,
    Meeting,
    Partner,
    ReadLink,
    SealedPages,
    SealedRecord,
    TemperatureReading,
)
from ideas.picture import read, read_picture, write_picture
from ideas.seal.sealing import seal
from ideas.signals.noticed import noticed_at
from ideas.steps.aftercare import SKIPPED
from ideas.steps.confirm import CONFIRMED
from ideas.steps.control import CONTROLLED
from ideas.steps.deciding import PREPARED
from ideas.steps.lists import LISTS, TASKS
from ideas.steps.parts import PARTS
from ideas.way.doings import DOINGS
from people.models import Member
from tests import factories
from tests.factories import Client
from tests.ideas.whole_idea import FULL, UNDER_WAY

# What belongs to no idea. A new URL is either about an idea, or it is named here on purpose.
SIGNING_IN = {
    "account_login",
    "sign_in_again",
    "sign_in_again_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "sign_in_to_demo",
    "sign_in_with",
    "sign_in_at",
    "openid_connect_login",
    "openid_connect_callback",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "confirm_mail",
    "account_logout",
}
OPEN_TO_ALL = SIGNING_IN | {
    "set_language",
    "about",
    "first_start",
    "invitation",
    "ideas:check_dossier",
    "ideas:vote_by_slip",
    "ideas:vote_thanks",
}
BY_A_SECRET = {
    "stop_digest",
    "ideas:calendar",
    "ideas:read",
    "ideas:answer_link",
    "ideas:vote_link",
    "ideas:vote_slip",
}
OF_THE_ACCOUNT = {
    "account_overview",
    "mfa_index",
    "mail_language",
    "change_mail",
    "account_change_password",
    "sign_out_everywhere",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "link_to_provider",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
OF_THE_MEMBER = OF_THE_ACCOUNT | {
    "switch",
    "identity_provider",
    "ideas:background",
    "ideas:backgrounds",
    "ideas:overview",
    "ideas:exports",
    "ideas:export",
    "ideas:export_file",
    "ideas:lane",
    "ideas:received",
    "ideas:new",
    "ideas:take_in",
    "ideas:alike_to_typed",
    "ideas:scan",
    "ideas:my_data",
    "ideas:my_data_file",
    "ideas:retention",
    "ideas:erase_person",
    "my_mail",
    "ideas:my_calendar",
    "ideas:for_me",
    "ideas:for_me_count",
    "profile",
}
OF_THE_ORGANISATION = {
    "people",
    "member",
    "invite",
    "invite_again",
    "withdraw",
    "ideas:organisation",
    "ideas:change_organisation",
    "ideas:teams",
    "ideas:team",
    "ideas:take_away_team",
    "ideas:leaving",
}

LANE = "received"


def every_url(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_url(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def about_an_idea() -> list[str]:
    return [name for name, pattern in every_url() if "idea_id" in pattern.pattern.converters]


# What an address of an idea holds besides the idea. A new part of an address is named here on purpose, with a value
# for which the page is there; `rows_of` gives the ids of real rows.
PARTS_OF_ADDRESSES: dict[str, Sequence[str]] = {
    "language": ["nl"],
    "version": ["full"],
    "place": PLACES,
    "question": ["s1.why.challenge", "s2.drive.mission", "s3.enough"],
    "check": list(Check),
    "verb": list(DOINGS),
    "value": list(GoNoGo),
    "what": list(SKIPPED),
    "deed": list(DEEDS),
}
NAMES: dict[str, Iterable[str]] = {
    "ideas:comments_at": ["s1-why-challenge", "goals", "conclusion-drijfveer", "step-2"],
    "ideas:part": PARTS,
    "ideas:confirm": CONFIRMED,
    "ideas:control_row": CONTROLLED,
    "ideas:tick_off": TASKS,
    "ideas:drop": ["between", "overall"],
    "ideas:prepare": PREPARED,
    "ideas:part_past": PARTS,
    "ideas:prepare_past": PREPARED,
    "ideas:control_past": CONTROLLED,
    "ideas:meeting_part": PARTS_OF_MEETINGS,
    "ideas:meeting_past": PARTS_OF_MEETINGS,
    "ideas:screen_add": ["goals"],
}


def cases() -> list[tuple[str, dict[str, str]]]:
    """Every URL about an idea, with each list, part, question, check or verb that it can be about."""
    found = []
    for name in about_an_idea():
        asked = sorted(dict(every_url())[name].pattern.converters)
        values = [NAMES.get(name, LISTS) if key == "name" else PARTS_OF_ADDRESSES.get(key, [""]) for key in asked]
        found += [
            (name, {key: str(value) for key, value in zip(asked, case, strict=True) if value})
            for case in product(*values)
        ]
    return found


CASES = cases()
IDS = [" ".join([name, *told.values()]) for name, told in CASES]


def key_of_a_signal(idea: Idea) -> str:
    """That of a signal that the idea raises; any other where it raises none, or is not there."""
    stands = Idea.objects.filter(pk=idea.pk).exists()
    return next((one.signal.key for one in noticed_at(idea, read_picture(idea))), "S01-0") if stands else "S01-0"


def rows_of(name: str, told: dict[str, str], idea: Idea) -> dict[str, Any]:
    """The ids in an address that are not those of the idea: of its own rows, as far as they are there."""

    def first(model: type[models.Model], **only: Any) -> int:
        row = model._default_manager.filter(idea=idea.pk, **only).first() if idea.pk else None
        return row.pk if row else 1

    listed = LISTS.get(told.get("name", ""))
    standing = listed.standing_at(idea).first() if listed and idea.pk else None
    return {
        "row_id": standing.pk if standing else first(FollowUp, step=1),
        "condition_id": first(Condition),
        "goal_id": first(Goal),
        "activity_id": first(Activity),
        "attachment_id": first(Attachment, condition=None),
        "reading_id": first(TemperatureReading),
        "member_id": idea.organisation.members.latest("pk").pk if idea.organisation_id else 1,
        "involvement_id": first(Involvement),
        "change_id": first(Change),
        "comment_id": first(Comment),
        "link_id": first(ReadLink),
        "sealed_id": first(SealedRecord),
        "partner_id": first(Partner),
        "meeting_id": first(Meeting),
        "item_id": first(AgendaItem),
        "asked_id": first(AskedMember),
        "asking_id": first(Asking),
        "which": key_of_a_signal(idea),
        "export_id": getattr(Export.objects.first(), "pk", 1),
        "pk": 1,
    }


def address(name: str, idea: Idea, told: dict[str, str] | None = None) -> str:
    """The URL of this name for an idea."""
    told = told or next((known for case, known in CASES if case == name), {})
    known: dict[str, Any] = {"idea_id": idea.pk, "slug": LANE, "page": "tips", **rows_of(name, told, idea), **told}
    known |= {"team_id": 1, "invitation_id": 1, "part": "about"} if name in OF_THE_ORGANISATION else {}
    return reverse(name, kwargs={key: known[key] for key in dict(every_url())[name].pattern.converters})


@pytest.fixture
def whole(idea: Idea) -> Idea:
    """An idea of which every URL answers: with rows in every list, a stored file and a dossier that is made."""
    taken_here = replace(FULL.decision, imported=False) if FULL.decision else None
    told = replace(UNDER_WAY, slug="woonklaar", title="Woonklaar", decision=taken_here)
    other = write_picture(told, idea.organisation)
    other.idea_owner, other.team = idea.idea_owner, idea.team
    other.save()
    ReadLink.make(other, idea.idea_owner or Member(), "directeur", 7)
    Comment.objects.create(idea=other, place="step-1", step=1, author=idea.idea_owner, text="Een opmerking")
    Attachment.objects.filter(idea=other).delete()
    Attachment.objects.create(
        idea=other, title="Oproep", file="oproep.txt", stored=ContentFile(b"de oproep", name="oproep.txt")
    )
    shows = Condition.objects.filter(idea=other)[0]
    Attachment.objects.create(idea=other, title="Bewijs", url="https://voorbeeld.invalid", condition=shows)
    goal = Goal.objects.filter(idea=other)[0]
    kind = ContentType.objects.get_for_model(Goal)
    told_before = {"text": ["Zo was het.", goal.text]}
    Change.objects.create(idea=other, content_type=kind, object_id=goal.pk, action=1, changes=told_before, cid="x")
    Dossier.objects.create(idea=other, language="nl", digest="0" * 64, pdf=b"%PDF-1.7", made_at=timezone.now())
    SealedPages.objects.create(sealed=seal(other), language="nl", pdf=b"%PDF-1.7")
    meeting = Meeting.objects.create(idea=other, date=timezone.localdate(), with_whom=Company.SUPPORT)
    meeting.put_on_agenda(["s1.goals.list"])
    asking = Asking.objects.create(idea=other, about="expertise", body=Body.COLLEAGUE)
    answered = {"reply": Reply.OBJECTION, "answered_at": timezone.now()}
    AskedMember.objects.create(idea=other, asking=asking, member=idea.idea_owner, **answered)
    return other


def test_every_url_is_about_an_idea_or_is_known_to_be_about_none() -> None:
    others = {name for name, _ in every_url()} - set(about_an_idea())
    assert others == OPEN_TO_ALL | BY_A_SECRET | OF_THE_MEMBER | OF_THE_ORGANISATION


def test_an_idea_of_which_every_url_answers_has_rows_in_every_list(whole: Idea) -> None:
    assert [name for name, listed in LISTS.items() if not listed.listed(read([whole.pk])[whole.pk])] == []


@pytest.mark.parametrize(("name", "told"), CASES, ids=IDS)
def test_an_idea_of_another_organisation_is_not_there(
    name: str, told: dict[str, str], whole: Idea, follower: Member, outsider: Member
) -> None:
    where, before = address(name, whole, told), read_picture(whole)

    def answers(member: Member) -> dict[tuple[str, bool], int]:
        client, found = Client(), {}
        client.force_login(member)
        for method, htmx in product(["get", "head", "put", "post"], [False, True]):
            ask = getattr(client, method)
            given = {"headers": {"HX-Request": "true"} if htmx else {}}
            sent = {"dossier": "full-nl", "token": str(uuid4())} if method in {"get", "post"} else None
            found[method, htmx] = int(ask(where, sent, **given).status_code)
        return found

    theirs = answers(outsider)
    assert set(theirs.values()) <= {404, 405}, theirs
    assert read_picture(whole) == before
    assert not FormSent.objects.exists()
    ours = answers(follower)
    # What the first of ours took away, the second one does not find.
    assert 404 not in [ours["get", False], ours["post", False]]
    assert max(ours.values()) < 500, ours
    assert {way for way, answer in theirs.items() if answer == 405} == {
        way for way, told in ours.items() if told == 405
    }


@pytest.mark.parametrize(("name", "told"), CASES, ids=IDS)
def test_an_idea_that_does_not_exist_answers_the_same(
    name: str, told: dict[str, str], whole: Idea, outsider: Member, client: Client
) -> None:
    client.force_login(outsider)
    there, nowhere = address(name, whole, told), address(name, Idea(pk=10**9), told)
    assert _shown(client, there) == _shown(client, nowhere)


def _shown(client: Client, address: str) -> str:
    return client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*about_an_idea(), *sorted(OF_THE_MEMBER | OF_THE_ORGANISATION)])
def test_nobody_reads_without_signing_in(name: str, method: str, idea: Idea, client: Client) -> None:
    response = getattr(client, method)(address(name, idea))
    if method == "post":
        assert response.status_code == 401  # with the page for signing in, which carries what was sent
        return
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


READING = ["idea", "explore", "check", "concretise", "decide"]


@pytest.mark.parametrize("page", READING)
def test_a_member_reads_the_ideas_of_the_own_organisation(
    page: str, idea: Idea, colleague: Member, client: Client
) -> None:
    client.force_login(colleague)
    assert client.get(reverse(f"ideas:{page}", args=[idea.pk])).status_code == 200


@pytest.mark.parametrize(
    ("who", "sees"),
    [("follower", True), ("colleague", False), ("support", False), ("policy", True), ("coordinator", True)],
)
def test_a_confidential_idea_is_seen_by_who_is_named_on_it_policy_and_coordinator(
    who: str, sees: bool, idea: Idea, client: Client, request: pytest.FixtureRequest
) -> None:
    idea.confidential = True
    idea.save()
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("ideas:idea", args=[idea.pk])).status_code == (200 if sees else 404)
    assert (idea.title in client.get(reverse("ideas:overview")).content.decode()) is sees


def test_a_collaborator_on_a_confidential_idea_sees_it(idea: Idea, colleague: Member, client: Client) -> None:
    idea.confidential = True
    idea.save()
    Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    client.force_login(colleague)
    assert client.get(reverse("ideas:idea", args=[idea.pk])).status_code == 200


@pytest.mark.parametrize(
    ("who", "may"),
    [("follower", True), ("colleague", False), ("support", False), ("policy", True), ("coordinator", True)],
)
def test_the_dossier_is_for_policy_coordinator_and_whose_idea_it_is(
    who: str, may: bool, idea: Idea, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    dossier = reverse("ideas:dossier", args=[idea.pk])
    assert client.get(dossier).status_code == (200 if may else 403)
    assert (dossier in client.get(reverse("ideas:idea", args=[idea.pk])).content.decode()) is may


def test_who_may_not_do_something_reads_who_may(idea: Idea, colleague: Member, client: Client) -> None:
    client.force_login(colleague)
    html = client.get(reverse("ideas:dossier", args=[idea.pk])).content.decode()
    for role in ROLES[Act.EXPORT]:
        assert role.words.nl in html


def test_a_team_member_may_have_the_dossier_of_an_idea_of_the_own_team(
    idea: Idea, organisation: object, client: Client
) -> None:
    assert idea.team is not None
    member = factories.member("teamlid", idea.organisation, team=idea.team)
    client.force_login(member)
    assert client.get(reverse("ideas:dossier", args=[idea.pk])).status_code == 200


def test_a_file_is_a_download_and_never_a_page(whole: Idea, coordinator: Member, client: Client) -> None:
    client.force_login(coordinator)
    answer = client.get(address("ideas:file", whole))
    assert b"".join(answer) == b"de oproep"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="oproep.txt"'


def test_a_file_that_is_gone_or_never_came_along_is_not_there(whole: Idea, coordinator: Member, client: Client) -> None:
    client.force_login(coordinator)
    attachment = Attachment.objects.get(idea=whole, condition=None)
    attachment.stored.delete(save=False)
    Attachment.objects.update(stored="ideas/weg.txt")
    assert client.get(address("ideas:file", whole)).status_code == 404
    Attachment.objects.update(stored="")
    assert client.get(address("ideas:file", whole)).status_code == 404
