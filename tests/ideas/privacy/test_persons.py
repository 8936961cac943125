"""What is known about a person can be taken along and erased."""

import json
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone

from checks.codes import Company, Reply, Role, Status
from checks.retention import KEPT
from ideas.models import Change, Comment, FollowUp, Idea, Involvement, Meeting, Presence, Reading
from ideas.privacy.forgetting import forget
from ideas.privacy.persons import StillNeededError, erase, known_about
from people.current import WITHIN
from people.models import Account, Deed, Mail, Member
from tests import factories
from tests.factories import Client
from tests.ideas.asking.cast import ask
from tests.page_forms import form_to


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
    told = json.dumps(known_about(busy.account, [busy], sessions=True), cls=DjangoJSONEncoder, ensure_ascii=False)
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


def test_what_was_asked_answered_owed_and_read_comes_along_too(busy: Member, idea: Idea, follower: Member) -> None:
    ask(idea, follower, busy, sentence="Klopt de raming?").answer(busy, Reply.OBJECTION, "Te krap")
    ask(idea, busy, follower, sentence="Wat denk jij?")
    FollowUp.objects.create(idea=idea, text="Raming nakijken", owner_member=busy)
    Reading.objects.create(idea=idea, member=busy)
    UserSession.objects.create(user=busy.account, session_key="k", ip="192.0.2.7", user_agent="Firefox")
    assert busy.account
    told = known_about(busy.account, [busy], sessions=True)
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    for expected in ["Klopt de raming?", "Te krap", "Wat denk jij?", "Raming nakijken", "192.0.2.7", "weekdays"]:
        assert expected in text
    [here] = told["organisations"]
    assert [row["date"] for row in here["read"]] == [timezone.localdate()]


def test_who_was_taken_off_a_confidential_idea_keeps_their_own_words_and_not_its_name(
    client: Client, busy: Member, idea: Idea
) -> None:
    Idea.objects.update(confidential=True, title="Fusie in stilte")
    client.force_login(busy)
    address = reverse("ideas:my_data_file")
    assert "Fusie in stilte" in client.get(address).content.decode()
    assert Reading.objects.filter(idea=idea, member=busy, took_along=True).count() == 1
    idea.involvements.all().delete()
    Reading.objects.all().delete()
    told = client.get(address).content.decode()
    assert "Klopt dit?" in told
    for hidden in ["Fusie in stilte", "Zaal 2", "Buren kennen elkaar niet"]:
        assert hidden not in told
    assert not Reading.objects.exists()


def test_who_came_in_through_a_provider_takes_along_nothing_of_another_organisation(
    client: Client, follower: Member, outsider: Member
) -> None:
    elsewhere = Member.objects.create(account=follower.account, name="Elders", organisation=outsider.organisation)
    factories.idea(outsider.organisation, title="Geheim van de buren", confidential=True, idea_owner=elsewhere)
    UserSession.objects.create(user=follower.account, session_key="k", ip="192.0.2.7", user_agent="Firefox")
    client.force_login(follower)
    address = reverse("ideas:my_data_file")
    assert "Geheim van de buren" in client.get(address).content.decode()
    client.show(follower, "socialaccount")
    session = client.session
    session[WITHIN] = follower.organisation_id
    session.save()
    told = client.get(address).content.decode()
    assert follower.name in told
    for hidden in ["Geheim van de buren", outsider.organisation.name, "192.0.2.7"]:
        assert hidden not in told


def test_who_they_are_is_shown_once_more_before_the_file(client: Client, follower: Member) -> None:
    client.force_login(follower)
    client.show(follower, ago=100_000)
    assert client.get(reverse("ideas:my_data_file")).status_code == 302


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


def test_who_is_erased_stands_in_no_mail_and_in_no_change_of_somebody_else(
    busy: Member, follower: Member, coordinator: Member
) -> None:
    Member.objects.filter(pk=busy.pk).update(name="Wies Janssens")
    busy.refresh_from_db()
    now = timezone.now()
    Mail.objects.create(key="invited", to=busy.email, subject="Kom erbij", sent=now)
    Mail.objects.create(key="told", to=follower.email, subject="Wies Janssens vraagt iets", body="x", sent=now)
    waits = Mail.objects.create(key="waits", to=follower.email, subject="Wies Janssens vraagt iets", body="x")
    replaced = {"replacement": ("", "Wies Janssens"), "function": ("kok", "Wies Janssensen-kok")}
    Deed.note(coordinator, Deed.What.ROLES, replaced, about=follower)
    mail = busy.email
    erase(busy)
    assert not Mail.objects.filter(to=mail).exists()
    assert Mail.objects.get(key="told").subject == ""
    assert Mail.objects.get(pk=waits.pk).subject, "what still has to go arrives whole"
    assert Deed.objects.get().told == {"replacement": ["", "medewerker"], "function": ["kok", "Wies Janssensen-kok"]}


def test_the_provider_of_an_organisation_that_somebody_left_knows_them_no_more(
    colleague: Member, outsider: Member
) -> None:
    Member.objects.create(account=colleague.account, name="Elders", organisation=outsider.organisation)
    for organisation in (colleague.organisation_id, outsider.organisation_id):
        SocialAccount.objects.create(user=colleague.account, provider=str(organisation), uid="wies")
    erase(colleague)
    assert [one.provider for one in SocialAccount.objects.all()] == [str(outsider.organisation_id)]


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


def test_a_choice_by_which_ideas_go_tonight_is_asked_once_more_and_noted(
    client: Client, coordinator: Member, idea: Idea
) -> None:
    address, ours = reverse("ideas:retention"), coordinator.organisation
    long_ago = timezone.localdate() - timedelta(days=60)
    stopped = factories.idea(ours, status=Status.STOPPED, received=long_ago)
    factories.idea(ours, status=Status.MERGED, merged_into=stopped)
    client.force_login(coordinator)
    typed = {kind: str(kept.months) for kind, kept in KEPT.items()} | {"stopped": "1"}
    asked = client.post(address, form_to("", client.get(address).content.decode()).sent(typed))
    assert asked.status_code == 409
    ours.refresh_from_db()
    assert ours.retention == {}
    again = form_to("", asked.content.decode()).sent()
    assert again["sure"] == ["2"]
    assert client.post(address, again).status_code == 302
    ours.refresh_from_db()
    assert ours.retention == {"stopped": 1}
    deed = Deed.objects.get()
    assert (deed.by, deed.told) == (coordinator, {"stopped": ["60 maanden", "1 maand"]})
    assert "60 maanden" in client.get(reverse("ideas:organisation")).content.decode()
    assert forget(ours, timezone.localdate() + timedelta(days=1)) == {"stopped": 1}
    assert list(Idea.objects.all()) == [idea]


def test_who_works_elsewhere_too_keeps_the_account(follower: Member, organisation: object) -> None:
    elsewhere = factories.organisation(name="Meanderbocht (fictief)", slug="meanderbocht")
    other = Member.objects.create(account=follower.account, name=follower.name, organisation=elsewhere)
    erase(follower)
    other.refresh_from_db()
    assert other.account
    assert other.name != "medewerker"
