"""An idea that goes to a partner as a file, and begins there anew."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from checks.codes import Origin, PartnerStatus, Status
from checks.picture import Goal, OwnOrganisation, Partner, Picture, Piece
from checks.shared import passed_on, shared
from ideas.exchange import read_exchange
from ideas.models import Idea
from ideas.models import Partner as PartnerRow
from ideas.picture import read_picture
from people.models import Member, Organisation
from tests.factories import Client
from tests.ideas.dossier.pictures import demo_ideas, leaves
from tests.ideas.steps.step_4 import READY, idea_of

US = "Lindeveer vzw (fictief)"
TOLD = replace(
    READY,
    challenge="Jongeren vinden geen woonst.",
    goals=(Goal(text="Twintig jongeren wonen", clear_note="enkel van ons"),),
    partners=(
        Partner(name="Woonwerf Zonbeek", status=PartnerStatus.CONFIRMED, can_note="twijfelachtig"),
        Partner(name="De Meander vzw (fictief)", status=PartnerStatus.INVOLVED),
        Partner(name="Misschien vzw", status=PartnerStatus.POSSIBLE),
    ),
    pieces=(Piece(name="Een huis", by=("Woonwerf Zonbeek", "Misschien vzw"), note="nog vragen"),),
)


@pytest.fixture
def idea(follower: Member) -> Idea:
    return idea_of(follower, replace(TOLD, own_org=US, pieces=(*TOLD.pieces, Piece(name="Uren", by=(US,)))))


def file_of(client: Client, who: Member, idea: Idea, partner: str) -> str:
    client.force_login(who)
    page = client.get(reverse("ideas:pass_on", args=[idea.pk])).content.decode()
    at = reverse("ideas:pass_on_file", args=[idea.pk, PartnerRow.objects.get(idea=idea, name=partner).pk])
    assert f'href="{at}"' in page
    return client.get(at).content.decode()


def take_in(client: Client, who: Member, text: str, name: str = "idee.json") -> object:
    client.force_login(who)
    return client.post(reverse("ideas:take_in"), {"file": SimpleUploadedFile(name, text.encode())})


def test_a_partner_begins_its_own_go_or_no_go_with_it(
    idea: Idea, client: Client, follower: Member, outsider: Member
) -> None:
    text = file_of(client, follower, idea, "De Meander vzw (fictief)")
    assert take_in(client, outsider, text).status_code == 302  # type: ignore[attr-defined]
    theirs = Idea.objects.get(organisation=outsider.organisation)
    told = read_picture(theirs)
    assert (told.title, told.challenge, told.status) == ("Woonklaar", TOLD.challenge, Status.RECEIVED)
    assert told.origin.type is Origin.EXTERNAL_PARTNER
    assert told.origin.brought_by == US
    assert {one.name for one in told.partners} == {US, "Woonwerf Zonbeek"}
    assert {piece.name: piece.by for piece in told.pieces} == {"Een huis": ("Woonwerf Zonbeek",), "Uren": (US,)}
    assert theirs.entered_by == outsider
    assert not theirs.decisions.exists()


@pytest.mark.parametrize("slug", demo_ideas())
def test_no_text_that_stays_inside_goes_along(slug: str) -> None:
    picture = demo_ideas()[slug]
    ours = OwnOrganisation(name=US)
    told = passed_on(replace(picture, own_org=US), "Woonwerf Zonbeek", ours)
    allowed = {value for _, value in leaves(shared(replace(picture, own_org=US)))} | {US, "Woonwerf Zonbeek"}
    assert {value for _, value in leaves(told) if type(value) is str and value} <= allowed


def test_only_partners_who_know_of_it_get_a_file(idea: Idea, client: Client, follower: Member) -> None:
    client.force_login(follower)
    page = client.get(reverse("ideas:pass_on", args=[idea.pk])).content.decode()
    assert "Misschien vzw" not in page
    maybe = PartnerRow.objects.get(idea=idea, name="Misschien vzw")
    assert client.get(reverse("ideas:pass_on_file", args=[idea.pk, maybe.pk])).status_code == 404


def test_a_whole_exchange_file_brings_nothing_but_its_infofiche(client: Client, outsider: Member) -> None:
    whole = {"format": 1, "own_org": {"name": "De Meander vzw (fictief)"}, "ideas": [
        {"title": "Alles", "status": "running", "step": 4, "verdict": "ok", "challenge": "Een probleem.",
         "decision": {"value": "go", "date": "2026-01-05"}, "conditions": [{"text": "Geld"}]}
    ]}  # fmt: skip
    assert take_in(client, outsider, json.dumps(whole)).status_code == 302  # type: ignore[attr-defined]
    told = read_picture(Idea.objects.get(organisation=outsider.organisation))
    assert told.challenge == "Een probleem."
    assert (told.status, told.decision, told.verdict, told.conditions) == (Status.RECEIVED, None, None, ())


FOR_SOMEBODY_ELSE = """{"format": 1, "own_org": {"name": "De stad"}, "ideas": [
    {"title": "Samen", "partners": [{"name": "De Meander vzw (fictief)", "status": "involved"}]}]}"""


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("", "idee.json", "Dit bestand is leeg"),
        ("geen json", "idee.json", "geen bestand dat WerktSamen kan lezen"),
        ('{"format": 1}', "idee.json", "geen bestand dat WerktSamen kan lezen"),
        ('{"format": 1, "own_org": {"name": "X"}, "ideas": []}', "idee.json", "niet één idee"),
        ("x" * 2_100_000, "idee.json", "te groot"),
        ("[" * 1000, "idee.yaml", "geen bestand dat WerktSamen kan lezen"),
        ('{"kind": "werktsamen-sealed-record", "picture": {}}', "verslag.json", "Dit is een dossier, om te lezen."),
        ("%PDF-1.7 ...", "dossier.pdf", "Dit is een dossier, om te lezen."),
        (FOR_SOMEBODY_ELSE, "idee.json", "gemaakt voor een andere organisatie"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words_and_nothing_comes_in(
    client: Client, outsider: Member, text: str, name: str, says: str
) -> None:
    answer = take_in(client, outsider, text, name)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    shown = answer.content.decode()  # type: ignore[attr-defined]
    assert says in shown
    assert "own_org" not in shown.partition("<details")[0]
    assert "Expecting" not in shown
    assert not Idea.objects.filter(organisation=outsider.organisation).exists()


def test_bytes_that_are_no_text_are_refused(client: Client, outsider: Member) -> None:
    client.force_login(outsider)
    answer = client.post(reverse("ideas:take_in"), {"file": SimpleUploadedFile("idee.json", b"\xff\xfe\x00")})
    assert answer.status_code == 422


def test_the_file_can_be_read_by_whoever_reads_exchange_files(
    idea: Idea, client: Client, follower: Member, organisation: Organisation
) -> None:
    (told,) = read_exchange(file_of(client, follower, idea, "Woonwerf Zonbeek"), "json").ideas
    assert isinstance(told, Picture)
    assert told.own_org == "Woonwerf Zonbeek"
