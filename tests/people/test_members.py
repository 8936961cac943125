"""What people are in an organisation, their days away, and that somebody always coordinates."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Account, Deed, LastCoordinatorError, Mail, Member, Organisation, Team
from tests import factories
from tests.factories import Client
from tests.page_forms import form_to

TODAY = timezone.localdate()
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def coordinating(coordinator: Member) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def opened(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page sends as it stands."""
    return dict(form_to(address, client.get(address).content.decode()).sent())


def change(client: Client, member: Member, **told: Any) -> Any:
    address = reverse("member", args=[member.pk])
    return client.post(address, {**opened(client, address), **told})


def test_a_coordinator_gives_roles_and_it_is_noted(
    coordinating: Client, coordinator: Member, colleague: Member, team: Team
) -> None:
    change(coordinating, colleague, team=team.pk, support_service="HR", policy_team="on", function="jurist")
    now = Member.objects.get(pk=colleague.pk)
    assert (now.team, now.support_service, now.policy_team, now.coordinator) == (team, "HR", True, False)
    deed = Deed.objects.get()
    assert (deed.by, deed.about, deed.what) == (coordinator, colleague, Deed.What.ROLES)
    assert deed.told["support_service"] == ["", "HR"]
    assert deed.told["team"] == ["", team.name]
    assert "name" not in deed.told


def test_the_last_coordinator_keeps_that_role(coordinating: Client, coordinator: Member, colleague: Member) -> None:
    sent = opened(coordinating, reverse("member", args=[coordinator.pk]))
    sent.pop("coordinator")
    answer = coordinating.post(reverse("member", args=[coordinator.pk]), sent)
    assert answer.status_code == 422
    assert Member.objects.get(pk=coordinator.pk).coordinator
    change(coordinating, colleague, coordinator="on")
    assert coordinating.post(reverse("member", args=[coordinator.pk]), sent).status_code == 302
    assert not Member.objects.get(pk=coordinator.pk).coordinator


def test_the_last_coordinator_cannot_end(coordinator: Member, colleague: Member) -> None:
    with pytest.raises(LastCoordinatorError):
        coordinator.end()
    assert Member.objects.get(pk=coordinator.pk).is_present
    Member.objects.filter(pk=colleague.pk).update(coordinator=True)
    coordinator.end()
    assert not Member.objects.get(pk=coordinator.pk).is_present


def test_a_coordinator_who_left_does_not_count(coordinator: Member, colleague: Member) -> None:
    Member.objects.filter(pk=colleague.pk).update(coordinator=True, ended=TODAY)
    assert coordinator.is_only_coordinator()


def test_whoever_ends_replaces_nobody_and_opens_nothing(
    follower: Member, colleague: Member, coordinating: Client, client: Client
) -> None:
    Member.objects.filter(pk=follower.pk).update(away_from=TODAY, away_until=NEXT_WEEK, replacement=colleague)
    client.force_login(colleague)
    colleague.end()
    assert Member.objects.get(pk=follower.pk).replacement is None
    assert client.get("/").status_code == 403
    assert coordinating.get(reverse("member", args=[colleague.pk])).status_code == 404
    assert colleague.name in coordinating.get(reverse("people")).content.decode()


def test_two_who_change_the_same_overwrite_nothing_unseen(coordinating: Client, colleague: Member) -> None:
    address = reverse("member", args=[colleague.pk])
    before = opened(coordinating, address)
    Member.objects.filter(pk=colleague.pk).update(function="boekhouder", support_service="financiën")
    answer = coordinating.post(address, {**before, "function": "jurist"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "boekhouder" in page
    assert 'value="jurist"' in page
    assert Member.objects.get(pk=colleague.pk).function == "boekhouder"
    sent = dict(form_to(address, page).sent())
    assert coordinating.post(address, sent).status_code == 302
    now = Member.objects.get(pk=colleague.pk)
    assert (now.function, now.support_service) == ("jurist", "financiën")


def test_a_form_sent_twice_is_noted_once(coordinating: Client, colleague: Member) -> None:
    address = reverse("member", args=[colleague.pk])
    sent = {**opened(coordinating, address), "function": "jurist"}
    for _ in range(2):
        assert coordinating.post(address, sent).status_code == 302
    assert Deed.objects.count() == 1


def test_what_only_another_changed_stays(coordinating: Client, colleague: Member) -> None:
    address = reverse("member", args=[colleague.pk])
    before = opened(coordinating, address)
    Member.objects.filter(pk=colleague.pk).update(policy_team=True, support_service="HR")
    assert coordinating.post(address, {**before, "function": "jurist"}).status_code == 302
    now = Member.objects.get(pk=colleague.pk)
    assert (now.function, now.policy_team, now.support_service) == ("jurist", True, "HR")


# ---------- my own profile, and days away


def tell(client: Client, **told: Any) -> Any:
    return client.post(reverse("profile"), {**opened(client, reverse("profile")), **told})


def test_somebody_changes_their_own_name_function_and_language(client: Client, colleague: Member) -> None:
    client.force_login(colleague)
    assert (
        tell(client, name="Jo", function="maatschappelijk werker", language="en", coordinator="on").status_code == 302
    )
    now = Member.objects.get(pk=colleague.pk)
    assert (now.name, now.function, now.coordinator) == ("Jo", "maatschappelijk werker", False)
    assert Account.objects.get(pk=colleague.account_id).language == "en"  # type: ignore[misc]


def test_days_away_are_shown_and_tell_who_replaces(
    client: Client, follower: Member, colleague: Member, coordinating: Client
) -> None:
    client.force_login(follower)
    tell(client, away_from=TODAY, away_until=NEXT_WEEK, replacement=colleague.pk)
    assert "you-are-away" in client.get("/").content.decode()
    assert colleague.name in client.get("/").content.decode().partition("<main")[0]
    mail = Mail.objects.get()
    assert (mail.to, follower.name in mail.subject) == (colleague.email, True)
    tell(client, away_from=TODAY, away_until=NEXT_WEEK, replacement=colleague.pk)
    assert Mail.objects.count() == 1
    page = coordinating.get(reverse("people")).content.decode()
    assert f"{colleague.name} " in page.partition(f'id="member-{follower.pk}"')[2].partition("</tr>")[0]


@pytest.mark.parametrize(
    ("since", "until", "wrong"),
    [
        (TODAY, "", "away_until"),
        ("", TODAY, "away_from"),
        (NEXT_WEEK, TODAY, "away_until"),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "away_until"),
        ("morgen", NEXT_WEEK, "away_from"),
    ],
)
def test_days_that_are_none_are_refused(
    since: date | str, until: date | str, wrong: str, client: Client, colleague: Member
) -> None:
    client.force_login(colleague)
    answer = tell(client, away_from=since, away_until=until)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]


def test_nobody_is_replaced_by_who_is_away_too_or_is_not_here(
    client: Client, follower: Member, colleague: Member, policy: Member, outsider: Member
) -> None:
    Member.objects.filter(pk=colleague.pk).update(away_from=NEXT_WEEK, away_until=NEXT_WEEK)
    Member.objects.filter(pk=policy.pk).update(ended=TODAY)
    client.force_login(follower)
    for wrong in [colleague, policy, outsider, follower]:
        answer = tell(client, away_from=TODAY, away_until=NEXT_WEEK, replacement=wrong.pk)
        assert list(answer.context["form"].errors) == ["replacement"], wrong


def test_days_that_are_over_leave_the_form(client: Client, colleague: Member, follower: Member) -> None:
    yesterday = TODAY - timedelta(days=1)
    Member.objects.filter(pk=colleague.pk).update(away_from=yesterday, away_until=yesterday, replacement=follower)
    client.force_login(colleague)
    sent = opened(client, reverse("profile"))
    assert (sent["away_from"], sent["replacement"]) == ([""], [""])
    assert tell(client, name="Jo").status_code == 302


@pytest.mark.parametrize(("since", "until", "stands"), [(-1, 0, True), (0, 3, True), (1, 3, False), (-3, -1, False)])
def test_somebody_stands_in_on_the_days_away_only(
    since: int, until: int, stands: bool, follower: Member, colleague: Member
) -> None:
    follower.away_from, follower.away_until = TODAY + timedelta(days=since), TODAY + timedelta(days=until)
    follower.replacement = colleague
    follower.save()
    assert (colleague.stands_in() == [follower]) is stands
    assert (follower.stands_in_today == colleague) is stands


def test_standing_in_goes_one_step(follower: Member, colleague: Member, policy: Member) -> None:
    away = {"away_from": TODAY, "away_until": TODAY}
    Member.objects.filter(pk=follower.pk).update(**away, replacement=colleague)
    Member.objects.filter(pk=colleague.pk).update(**away, replacement=policy)
    assert policy.stands_in() == [colleague]


def test_organisations_that_share_a_person_keep_apart(organisation: Organisation, outsider: Member) -> None:
    both = Member.objects.create(account=outsider.account, organisation=organisation, name="Buur", coordinator=True)
    theirs = factories.member("daar", outsider.organisation)
    client = Client()
    client.force_login(both)
    client.post(reverse("switch"), {"member": both.pk})
    assert theirs.name not in client.get(reverse("people")).content.decode()
    page = client.get(reverse("member", args=[theirs.pk]))
    assert outsider.organisation.name in page.content.decode()
    assert theirs.name in client.get(reverse("people")).content.decode()
