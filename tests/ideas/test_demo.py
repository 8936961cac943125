"""The demo: invented people and ideas, loaded once, with the outcomes of domain.md part 6."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from checks.catalogue import QUESTIONS
from checks.codes import Band, GoNoGo, Need, Status, Verdict
from checks.decision import Start, follows_from
from checks.picture import Picture
from checks.places import is_answered, is_asked
from checks.signals import signals_of
from checks.temperature import band
from checks.way import EMPTY_FRAME, missing_before
from ideas.for_me.views import awaited_by, waits_now
from ideas.models import Idea
from ideas.picture import read_picture, read_pictures
from people.models import Mail, Member, Organisation
from tests.factories import Client


def demo(*arguments: str) -> str:
    told = StringIO()
    call_command("demo", *arguments, stdout=told)
    return told.getvalue()


@pytest.fixture
def loaded(db: None) -> str:
    return demo("--password", "een-lang-wachtwoord")


def picture(slug: str) -> Picture:
    return read_picture(Idea.objects.get(slug=slug, organisation__slug="lindeveer"))


def test_there_is_somebody_for_every_role_and_a_neighbour_with_an_idea(loaded: str) -> None:
    lindeveer = Organisation.objects.get(slug="lindeveer")
    assert lindeveer.mission
    assert lindeveer.vision
    assert lindeveer.assignment
    assert lindeveer.teams.count() == 3
    mails = set(lindeveer.members.values_list("account__email", flat=True))
    roles = ["opvolger", "collega", "steun", "beleid", "coordinator", *(f"teamlid{n}" for n in range(1, 7))]
    assert mails == {f"{role}@lindeveer.test" for role in roles}
    assert Idea.objects.filter(organisation__slug="de-meander").count() == 1
    assert Organisation.objects.get(slug="de-meander").members.exists()
    for mail in mails:
        assert mail in loaded


def test_the_accounts_have_the_password_that_was_given(loaded: str, client: Client) -> None:
    assert client.login(email="coordinator@lindeveer.test", password="een-lang-wachtwoord")
    demo("--password", "een-ander-wachtwoord")
    assert not client.login(email="coordinator@lindeveer.test", password="een-lang-wachtwoord")
    assert client.login(email="coordinator@lindeveer.test", password="een-ander-wachtwoord")


def test_a_password_that_is_too_easy_is_refused_before_anything_is_loaded(db: None) -> None:
    with pytest.raises(CommandError):
        demo("--password", "kort")
    assert not Organisation.objects.exists()


def test_the_newest_idea_came_in_yesterday_and_the_others_keep_their_distance(loaded: str) -> None:
    digimaat, woonklaar = picture("digimaat"), picture("woonklaar")
    assert digimaat.received == timezone.localdate() - timedelta(days=1)
    assert woonklaar.received == digimaat.received - timedelta(days=385)
    assert woonklaar.decision is not None
    assert woonklaar.decision.date == woonklaar.received + timedelta(days=94)


def test_loading_again_changes_nothing_that_people_entered(loaded: str) -> None:
    Idea.objects.filter(slug="woonklaar").update(title="Anders")
    Idea.objects.get(slug="digimaat").delete()
    before = read_pictures(list(Idea.objects.values_list("pk", flat=True)))
    demo()
    demo("--if-empty")
    assert read_pictures(list(Idea.objects.values_list("pk", flat=True))) == before
    assert Member.objects.count() == 13


def test_it_stays_away_from_a_database_that_is_not_empty_when_asked_to(db: None) -> None:
    Organisation.objects.create(name="Echt", slug="echt")
    assert demo("--if-empty") == ""
    assert Organisation.objects.count() == 1


def test_only_a_demo_installation_gets_a_password_that_is_known(db: None, settings: Settings, client: Client) -> None:
    told = demo()
    assert settings.DEMO_PASSWORD not in told
    password = told.strip().rpartition(" ")[2]
    assert client.login(email="steun@lindeveer.test", password=password)


def test_woonklaar_answers_every_core_question(loaded: str) -> None:
    whole = picture("woonklaar")
    unanswered = [
        slug for slug, q in QUESTIONS.items() if q.core and is_asked(whole, q) and not is_answered(whole, slug)
    ]
    assert unanswered == []


OUTCOMES = [
    # slug, verdict, band, decision, row, start, trajectory, talk with team, talk with partners
    ("woonklaar", Verdict.OK, Band.MUCH, GoNoGo.GO, 1, Start.NOW, Need.NONE, Need.NONE, Need.NONE),
    (
        "samen-een-dossier",
        Verdict.OK,
        Band.LITTLE,
        GoNoGo.GO,
        5,
        Start.AFTER_TRAJECTORY,
        Need.REQUIRED,
        Need.NONE,
        Need.NONE,
    ),
    ("nachtanker", Verdict.NOT_OK, Band.UNKNOWN, GoNoGo.NO_GO, 16, None, Need.NONE, Need.REQUIRED, Need.REQUIRED),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=[row[0] for row in OUTCOMES])
def test_a_decided_idea_has_the_outcome_that_the_domain_gives(outcome: tuple[object, ...], loaded: str) -> None:
    whole = picture(str(outcome[0]))
    follows = follows_from(whole)
    assert whole.decision is not None
    assert follows is not None
    assert outcome[1:] == (
        whole.verdict,
        band(whole.votes.counts if whole.votes else None),
        whole.decision.value,
        follows.row,
        follows.start,
        follows.trajectory,
        follows.talk_team,
        follows.talk_partners,
    )


def test_the_ideas_that_are_not_decided_stand_where_the_domain_says(loaded: str) -> None:
    brug, digimaat = picture("brug-aan-de-poort"), picture("digimaat")
    assert (brug.status, brug.step, brug.round, brug.verdict) == (Status.IN_STEP, 1, 2, Verdict.QUESTION_MARKS)
    assert follows_from(brug) is None
    assert (digimaat.status, digimaat.step, digimaat.verdict) == (Status.IN_STEP, 1, None)


# domain.md 6: every signal that each idea raises, with what it is about where that is a thing.
SIGNALS = {
    "woonklaar": "",
    "samen-een-dossier": "S10:Startgeld S10:Testgebruikers S21:Kabelspoor S30 S54 S57 S58",
    "nachtanker": "S08:Nachtploeg S14 S30 S34 S46:Avond S51:Gemeente S51:Soepkring S51:Wijkgezondheidscentrum",
    "brug-aan-de-poort": "S08:Tolken S09:CLB S09:Huis S15 S16 S19 S28 S30 S32 S50 S51:Wilgentak S51:Kouterhof S51:OCMW "
    "S51:CLB S51:Huis S52 S58",
    "digimaat": "S04 S05:digitalisering S08:Oefentoestellen S09:Sportclub S17:Bibliotheek S58",
}


@pytest.mark.parametrize("slug", SIGNALS)
def test_an_idea_raises_exactly_the_signals_that_the_domain_gives(slug: str, loaded: str) -> None:
    found = signals_of(picture(slug), today=timezone.localdate())
    told = [signal.partition(":")[::2] for signal in SIGNALS[slug].split()]
    assert sorted(signal.id for signal in found) == sorted(name for name, _ in told)
    for name, about in told:
        assert any(signal.id == name and about in signal.about for signal in found), (name, about)


def test_the_empty_frame_is_named_on_moving_on_from_step_1(loaded: str) -> None:
    assert EMPTY_FRAME in missing_before(picture("digimaat"), 1)


def test_everybody_with_a_role_finds_something_that_waits(loaded: str) -> None:
    today = timezone.localdate()
    for head in ("opvolger", "collega", "steun", "beleid", "coordinator"):
        member = Member.objects.get(account__email=f"{head}@lindeveer.test")
        assert waits_now(member, today), head
    follower = Member.objects.get(account__email="opvolger@lindeveer.test")
    assert len(awaited_by(follower, today)) > 1
    assert not Mail.objects.exists()
