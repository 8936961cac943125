"""What is known about a person can be taken along and erased."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone

from checks.codes import Company, Role
from checks.retention import KEPT
from ideas.models import Change, Comment, Idea, Involvement, Meeting, Presence
from ideas.privacy.persons import StillNeededError, erase, known_about
from people.models import Account, Member
from tests import factories
from tests.factories import Client


@pytest.fixture
def busy(client: Client, idea: Idea, follower: Member, colleague: Member) -> Member:
    """A colleague who was named on an idea, wrote in it, and said something."""
    Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    client.force_login(colleague)
    client.post(
        reverse("ideas:answer", args=[idea.pk, "s1.why.challenge"]),
        {"value": "Buren kennen elkaar niet", "version": ""},
    )
    said = Comment.objects.create(idea=idea, place="step-1", step=1, author=colleague, text="Klopt dit?")
    said.mentions.add(follower)
    Comment.objects.create(idea=idea, place="step-1", step=1, author=follower, text="Ja").mentions.add(colleague)
    Presence.objects.create(idea=idea, member=colleague)
    meeting = Meeting.objects.create(idea=idea, date=timezone.localdate(), with_whom=Company.OTHER, place="Zaal 2")
    meeting.invited.set([colleague, follower])
    return colleague


def test_all_that_is_known_about_somebody_and_nothing_of_others(busy: Member, idea: Idea, follower: Member) -> None:
    assert busy.account
    told = json.dumps(known_about(busy.account), cls=DjangoJSONEncoder, ensure_ascii=False)
    for expected in [
        busy.name,
        busy.email,
        "Buren kennen elkaar niet",
        "Klopt dit?",
        "Zaal 2",
        idea.title,
        busy.function,
    ]:
        assert expected in told
    for other in [follower.name, follower.email, '"Ja"', "password", busy.account.password]:
        assert other not in told


def test_who_is_erased_leaves_their_role_and_what_they_wrote(busy: Member, idea: Idea) -> None:
    name, mail = busy.name, busy.email
    erase(busy)
    busy.refresh_from_db()
    assert (busy.name, busy.function, busy.account) == ("medewerker", "", None)
    assert busy.ended
    assert not Account.objects.filter(email=mail).exists()
    assert Comment.objects.get(text="Klopt dit?").author == busy
    assert Change.objects.filter(actor=busy).exists()
    assert not Comment.objects.get(text="Ja").mentions.exists()
    assert not idea.involvements.filter(member=busy).exists()
    assert [member for meeting in Meeting.objects.filter(idea=idea) for member in meeting.invited.all()] == [
        idea.idea_owner
    ]
    everything = str([list(model.objects.values()) for model in (Member, Account, Comment, Presence)])
    assert name not in everything
    assert mail not in everything


def test_a_role_of_the_organisation_stays_as_the_name(policy: Member) -> None:
    erase(policy)
    policy.refresh_from_db()
    assert policy.name == "beleidsteam"


def test_who_still_follows_ideas_hands_them_over_first(idea: Idea, follower: Member, colleague: Member) -> None:
    with pytest.raises(StillNeededError):
        erase(follower)
    follower.refresh_from_db()
    assert follower.account
    Idea.objects.update(idea_owner=colleague)
    erase(follower)


def test_somebody_takes_along_what_is_known_about_them(client: Client, busy: Member, policy: Member) -> None:
    client.force_login(busy)
    assert client.get(reverse("ideas:my_data")).status_code == 200
    told = client.get(reverse("ideas:my_data_file"))
    assert "attachment" in told.headers["Content-Disposition"]
    assert told.json()["account"]["mail"] == busy.email
    assert policy.email not in told.content.decode()


def test_a_coordinator_erases_who_left_and_nobody_else(
    client: Client, busy: Member, policy: Member, coordinator: Member, outsider: Member
) -> None:
    busy.ended = timezone.localdate()
    busy.save()
    outsider.ended = timezone.localdate()
    outsider.save()
    client.force_login(coordinator)
    for member in (policy, outsider):
        assert client.post(reverse("ideas:erase_person", args=[member.pk])).status_code == 404
    assert busy.name in client.get(reverse("ideas:retention")).content.decode()
    client.post(reverse("ideas:erase_person", args=[busy.pk]))
    busy.refresh_from_db()
    assert busy.account is None
    assert client.get(reverse("ideas:erase_person", args=[busy.pk])).status_code == 404


def test_ideas_that_wait_for_who_left_are_named(
    client: Client, idea: Idea, follower: Member, coordinator: Member
) -> None:
    Member.objects.filter(pk=follower.pk).update(ended=timezone.localdate())
    client.force_login(coordinator)
    refused = client.post(reverse("ideas:erase_person", args=[follower.pk]))
    assert refused.status_code == 409
    assert idea.title in refused.content.decode()


def test_a_coordinator_chooses_how_long_things_are_kept(client: Client, coordinator: Member, policy: Member) -> None:
    address = reverse("ideas:retention")
    usual = {kind: kept.months for kind, kept in KEPT.items()}
    client.force_login(coordinator)
    client.post(address, usual | {"stopped": 12})
    coordinator.organisation.refresh_from_db()
    assert coordinator.organisation.retention == {"stopped": 12}
    for wrong in ("0", "601", "", "een jaar"):
        assert client.post(address, usual | {"stopped": wrong}).status_code == 422
    client.force_login(policy)
    assert client.post(address, usual).status_code == 403


def test_who_works_elsewhere_too_keeps_the_account(follower: Member, organisation: object) -> None:
    elsewhere = factories.organisation(name="Meanderbocht (fictief)", slug="meanderbocht")
    other = Member.objects.create(account=follower.account, name=follower.name, organisation=elsewhere)
    erase(follower)
    other.refresh_from_db()
    assert other.account
    assert other.name != "medewerker"
