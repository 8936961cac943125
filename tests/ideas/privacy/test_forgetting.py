"""What is kept no longer goes; what is kept, stays."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db.models import RestrictedError
from django.db.models.signals import pre_delete
from django.utils import timezone

from checks.codes import Status
from ideas.models import Idea, Reading, Transition
from ideas.privacy.forgetting import forget
from people.models import Account, Member, Organisation
from tests import factories

TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def ended(organisation: Organisation, status: Status, on: date, **told: object) -> Idea:
    """An idea that came to this end on a day."""
    idea = factories.idea(organisation, status=status, **told)
    Transition.objects.create(idea=idea, date=on, to_status=status)
    return idea


@pytest.mark.parametrize(
    ("status", "just", "before"),
    [
        (Status.NOT_FOLLOWED, date(2024, 11, 22), date(2024, 11, 23)),
        (Status.STOPPED, date(2021, 11, 22), date(2021, 11, 23)),
    ],
)
def test_an_idea_that_came_to_nothing_goes_on_its_day_and_not_before(
    organisation: Organisation, status: Status, just: date, before: date
) -> None:
    old, young = ended(organisation, status, just), ended(organisation, status, before)
    forget(organisation, TODAY)
    assert list(Idea.objects.all()) == [young]
    assert old.title not in str(Idea.objects.values())


def test_a_decision_goes_long_after_it_was_closed_with_what_was_merged_into_it(organisation: Organisation) -> None:
    closed = ended(organisation, Status.NO_GO, date(2016, 1, 1), closed=date(2016, 11, 22))
    factories.idea(organisation, status=Status.MERGED, merged_into=closed)
    kept = [
        ended(organisation, Status.NO_GO, date(2016, 1, 1), closed=date(2016, 11, 23)),
        ended(organisation, Status.NO_GO, date(2000, 1, 1)),
        ended(organisation, Status.RUNNING, date(2000, 1, 1)),
        ended(organisation, Status.PAUSED, date(2000, 1, 1)),
    ]
    forget(organisation, TODAY)
    assert set(Idea.objects.all()) == set(kept)


def test_a_chain_of_ideas_that_went_on_in_one_another_goes_as_a_whole(organisation: Organisation) -> None:
    last = ended(organisation, Status.NO_GO, date(2016, 1, 1), closed=date(2016, 1, 1))
    between = factories.idea(organisation, status=Status.MERGED, merged_into=last)
    factories.idea(organisation, status=Status.MERGED, merged_into=between)
    assert forget(organisation, TODAY) == {"decided": 1}
    assert not Idea.objects.exists()


def test_what_cannot_be_removed_holds_up_nothing_else_and_its_text_is_not_in_the_log(
    organisation: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    stuck = ended(organisation, Status.STOPPED, date(2000, 1, 1), title="Stille fusie")
    ended(organisation, Status.STOPPED, date(2000, 1, 1))

    def refuse(instance: Idea, **told: object) -> None:
        if instance == stuck:
            raise RestrictedError(instance.title, {instance})

    pre_delete.connect(refuse, sender=Idea)
    try:
        assert forget(organisation, TODAY) == {"stopped": 1}
    finally:
        pre_delete.disconnect(refuse, sender=Idea)
    assert list(Idea.objects.all()) == [stuck]
    assert f"idea {stuck.pk} was not removed" in caplog.text
    assert "Stille fusie" not in caplog.text


def test_an_organisation_chooses_and_another_is_left_alone(organisation: Organisation, outsider: Member) -> None:
    organisation.retention = {"stopped": 1}
    ended(organisation, Status.STOPPED, date(2026, 10, 1))
    theirs = ended(outsider.organisation, Status.STOPPED, date(2026, 10, 1))
    assert forget(organisation, TODAY) == {"stopped": 1}
    assert list(Idea.objects.all()) == [theirs]


def test_who_read_what_goes_too(organisation: Organisation, idea: Idea, policy: Member) -> None:
    for day in (date(2024, 11, 22), date(2024, 11, 23)):
        Reading.objects.create(idea=idea, member=policy, date=day)
    forget(organisation, TODAY)
    assert [reading.date for reading in Reading.objects.all()] == [date(2024, 11, 23)]


def test_the_name_of_who_left_goes_after_two_years_unless_ideas_wait_for_them(
    organisation: Organisation, colleague: Member, idea: Idea, follower: Member
) -> None:
    Member.objects.filter(pk__in=[colleague.pk, follower.pk]).update(ended=date(2024, 11, 22))
    forget(organisation, TODAY)
    colleague.refresh_from_db()
    follower.refresh_from_db()
    assert (colleague.name, colleague.account) == ("medewerker", None)
    assert follower.account, "an idea still waits for them"
    assert Account.objects.filter(email__startswith="collega").count() == 0


def test_the_command_does_so_for_every_organisation(
    organisation: Organisation, outsider: Member, capsys: pytest.CaptureFixture[str]
) -> None:
    long_ago = timezone.localdate().replace(year=2000, day=1)
    for each in (organisation, outsider.organisation):
        ended(each, Status.STOPPED, long_ago)
    call_command("forget")
    assert not Idea.objects.exists()
    assert organisation.name in capsys.readouterr().out
