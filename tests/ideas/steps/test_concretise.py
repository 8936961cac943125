"""Step 3: looking back, bundles, alignment, agreements, indicators, edited in place and on pages of their own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checks.catalogue import QUESTIONS
from checks.codes import AgreementAbout, FollowUpStatus, IndicatorKind, Status, Triage
from checks.picture import Agreement as AgreementOfPicture
from checks.picture import Alignment as AlignmentOfPicture
from checks.picture import Bundle as BundleOfPicture
from checks.picture import FollowUp as FollowUpOfPicture
from checks.picture import Indicator as IndicatorOfPicture
from checks.picture import Partner as PartnerOfPicture
from checks.picture import Picture
from ideas.models import (
    Activity,
    Agreement,
    Alignment,
    Bundle,
    Contribution,
    FollowUp,
    Idea,
    Indicator,
    Partner,
    Piece,
)
from ideas.picture import write_picture
from ideas.steps.concretise import SECTIONS
from ideas.steps.lists import LISTS
from people.models import Member
from tests.factories import Client

LINES = ["activities", "bundles", "between", "overall", "indicators_process", "indicators_result"]
# For each list what a form sends for a new row, what it sends to change that row, and what the row then shows.
TOLD: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "activities": ({"name": "Doorverwijzen"}, {"name": "Warm doorverwijzen"}, "Warm doorverwijzen"),
    "bundles": ({"name": "Onthaal", "team": "Huis"}, {"name": "Onthaal", "mandate": "De planning"}, "De planning"),
    "between": ({"what": "Wie belt"}, {"what": "Wie belt", "how": "Aan de telefoon"}, "Aan de telefoon"),
    "overall": ({"text": "Een stuurgroep"}, {"text": "Een stuurgroep", "about": AgreementAbout.STEERING}, "sturing"),
    "indicators_process": ({"text": "Wachttijd"}, {"text": "Wachttijd", "target": "Twee weken"}, "Twee weken"),
    "indicators_result": ({"text": "Vaste woonst"}, {"text": "Vaste woonst", "level": "us"}, "Lindeveer"),
    "indicators_none": ({"level": "us", "why": "Klein"}, {"level": "us", "why": "Te klein"}, "Te klein"),
}
HTMX = {"HX-Request": "true"}


@pytest.fixture(params=[True, False], ids=["htmx", "plain"])
def htmx(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def follower_client(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


@pytest.fixture
def bundles(idea: Idea) -> tuple[Bundle, Bundle]:
    return Bundle.objects.create(idea=idea, name="Onthaal"), Bundle.objects.create(idea=idea, name="Wonen", position=1)


@pytest.fixture
def point(idea: Idea) -> FollowUp:
    """An opvolgpunt for step 1, at an idea that is in step 3."""
    Idea.objects.filter(pk=idea.pk).update(step=3)
    return FollowUp.objects.create(idea=idea, text="Tolken zoeken", step=1)


def page_of(client: Client, idea: Idea, **headers: str) -> str:
    return unescape(client.get(reverse("ideas:concretise", args=[idea.pk]), headers=headers).content.decode())


def sent(client: Client, address: str, told: dict[str, Any], *, htmx: bool = False) -> HttpResponse:
    """What comes back when a form at this address is sent, with the version that it was opened with."""
    form = client.get(address, headers=HTMX).content.decode()
    version = re.search(r'name="version" value="([^"]*)"', form)
    data = {"version": version[1] if version else "", **told}
    return client.post(address, data, headers=HTMX if htmx else {})  # type: ignore[return-value]


def fields_with_errors(response: HttpResponse) -> list[str]:
    """The names of the fields at which an error stands."""
    return re.findall(r'name="(\w+)"[^>]*aria-invalid="true"', response.content.decode())


# ---------- lists


@pytest.mark.parametrize("name", SECTIONS)
def test_a_row_is_added_changed_and_taken_away(name: str, htmx: bool, follower_client: Client, idea: Idea) -> None:
    new, changed, shows = TOLD[name]
    model = LISTS[name].model._default_manager.filter(idea=idea)

    answer = sent(follower_client, reverse("ideas:add", args=[idea.pk, name]), new, htmx=htmx)
    assert answer.status_code == (200 if htmx else 302)
    row = model.get()
    assert str(row) in page_of(follower_client, idea)

    edit = reverse("ideas:edit", args=[idea.pk, name, row.pk])
    answer = sent(follower_client, edit, changed, htmx=htmx)
    told = answer.content.decode() if htmx else page_of(follower_client, idea)
    assert shows in told

    answer = sent(follower_client, reverse("ideas:remove", args=[idea.pk, name, row.pk]), {}, htmx=htmx)
    if htmx:
        assert answer.headers["HX-Reswap"] == "delete"
    else:
        page = reverse("ideas:concretise", args=[idea.pk])
        assert answer.headers["Location"] == f"{page}?removed={name}#{name}"
    assert not model.exists()


@pytest.mark.parametrize("name", LINES)
def test_lines_become_rows_and_rows_change_places(name: str, htmx: bool, follower_client: Client, idea: Idea) -> None:
    headers = HTMX if htmx else {}
    lines = {"lines": "Eerst dit\nDan dat\n"}
    answer = follower_client.post(reverse("ideas:list", args=[idea.pk, name]), lines, headers=headers)
    assert answer.status_code == (200 if htmx else 302)
    rows = list(LISTS[name].model._default_manager.filter(idea=idea))
    assert [str(row) for row in rows] == ["Eerst dit", "Dan dat"]
    moved = {"row": rows[1].pk, "to": "up"}
    answer = follower_client.post(reverse("ideas:order", args=[idea.pk, name]), moved, headers=headers)
    assert answer.status_code == (200 if htmx else 302)
    assert [str(row) for row in LISTS[name].model._default_manager.filter(idea=idea)] == ["Dan dat", "Eerst dit"]


@pytest.mark.parametrize(("name", "kind"), [("indicators_process", "process"), ("indicators_result", "result")])
def test_an_indicator_stands_in_the_list_where_it_was_added(
    name: str, kind: str, follower_client: Client, idea: Idea
) -> None:
    follower_client.post(reverse("ideas:list", args=[idea.pk, name]), {"lines": "Wachttijd"})
    assert Indicator.objects.get(idea=idea).kind == kind


def test_who_only_reads_gets_no_forms(client: Client, colleague: Member, idea: Idea, point: FollowUp) -> None:
    client.force_login(colleague)
    html = page_of(client, idea)
    assert "Tolken zoeken" in html
    assert "<form" not in html.partition("<main")[2].partition("</main>")[0]


# ---------- bundles and their activities


def test_the_bundle_form_takes_activities_along_and_lets_them_go(
    htmx: bool, follower_client: Client, idea: Idea, bundles: tuple[Bundle, Bundle]
) -> None:
    welcome, living = bundles
    stays = Activity.objects.create(idea=idea, name="Onthalen", bundle=welcome)
    leaves = Activity.objects.create(idea=idea, name="Meten", bundle=welcome)
    comes = Activity.objects.create(idea=idea, name="Huisbezoek", bundle=living)
    elsewhere = Activity.objects.create(idea=idea, name="Proefwonen", bundle=living)
    told = {"name": "Onthaal", "activities": [stays.pk, comes.pk]}
    sent(follower_client, reverse("ideas:edit", args=[idea.pk, "bundles", welcome.pk]), told, htmx=htmx)
    homes = dict(Activity.objects.filter(idea=idea).values_list("name", "bundle__name"))
    assert homes == {stays.name: "Onthaal", comes.name: "Onthaal", leaves.name: None, elsewhere.name: "Wonen"}


def test_the_activity_form_moves_it_to_another_bundle(
    htmx: bool, follower_client: Client, idea: Idea, bundles: tuple[Bundle, Bundle]
) -> None:
    welcome, living = bundles
    activity = Activity.objects.create(idea=idea, name="Onthalen", bundle=welcome)
    address = reverse("ideas:edit", args=[idea.pk, "activities", activity.pk])
    answer = sent(follower_client, address, {"name": "Onthalen", "bundle": living.pk}, htmx=htmx)
    assert Activity.objects.get(pk=activity.pk).bundle == living
    if htmx:
        assert "Wonen" in answer.content.decode()
        assert "saved-activities" in answer.headers["HX-Trigger"]


def test_a_bundle_of_another_idea_is_no_choice(follower_client: Client, idea: Idea, bundles: Any) -> None:
    other = Idea.objects.create(organisation=idea.organisation, title="Ander", slug="ander", status=Status.RECEIVED)
    foreign = Bundle.objects.create(idea=other, name="Elders")
    told = {"name": "Onthalen", "bundle": foreign.pk}
    answer = sent(follower_client, reverse("ideas:add", args=[idea.pk, "activities"]), told)
    assert answer.status_code == 422
    assert fields_with_errors(answer) == ["bundle"]


@pytest.mark.parametrize("name", ["activities", "bundles"])
def test_a_name_that_stands_there_already_is_refused_at_its_field(
    name: str, htmx: bool, follower_client: Client, idea: Idea
) -> None:
    rows: Any = LISTS[name].model._default_manager
    rows.create(idea=idea, name="Onthaal")
    answer = sent(follower_client, reverse("ideas:add", args=[idea.pk, name]), {"name": "Onthaal"}, htmx=htmx)
    assert answer.status_code == 422
    assert fields_with_errors(answer) == ["name"]
    assert 'value="Onthaal"' in answer.content.decode()
    lines = {"lines": "Nieuw\nOnthaal"}
    answer = follower_client.post(  # type: ignore[assignment]
        reverse("ideas:list", args=[idea.pk, name]), lines, headers=HTMX if htmx else {}
    )
    assert answer.status_code == 422
    assert "Nieuw\nOnthaal</textarea>" in answer.content.decode()
    assert rows.filter(idea=idea).count() == 1


@pytest.mark.parametrize("name", ["activities", "bundles"])
def test_a_row_keeps_its_own_name(name: str, follower_client: Client, idea: Idea) -> None:
    rows: Any = LISTS[name].model._default_manager
    row = rows.create(idea=idea, name="Onthaal")
    address = reverse("ideas:edit", args=[idea.pk, name, row.pk])
    assert sent(follower_client, address, {"name": "Onthaal"}).status_code == 302


@pytest.mark.parametrize(("mandate", "asks"), [("", True), ("De planning", False)])
def test_a_bundle_that_may_decide_nothing_yet_says_so_kindly(
    mandate: str, asks: bool, follower_client: Client, idea: Idea
) -> None:
    Bundle.objects.create(idea=idea, name="Onthaal", mandate=mandate)
    follower_client.cookies["django_language"] = "en"
    assert ("What may the team decide itself?" in page_of(follower_client, idea)) is asks


def test_the_own_organisation_or_a_partner_leads_a_bundle(follower_client: Client, idea: Idea) -> None:
    partner = Partner.objects.create(idea=idea, name="Woonwerf")
    bundle = Bundle.objects.create(idea=idea, name="Wonen")
    address = reverse("ideas:edit", args=[idea.pk, "bundles", bundle.pk])
    for led_by, us, lead in [(str(partner.pk), False, partner), ("us", True, None), ("", False, None)]:
        sent(follower_client, address, {"name": "Wonen", "led_by": led_by})
        bundle.refresh_from_db()
        assert (bundle.led_by_us, bundle.lead) == (us, lead)


def test_a_bundle_that_goes_keeps_its_activities_and_says_what_goes_along(
    htmx: bool, follower_client: Client, idea: Idea, bundles: tuple[Bundle, Bundle]
) -> None:
    welcome, living = bundles
    Activity.objects.create(idea=idea, name="Onthalen", bundle=welcome)
    Alignment.objects.create(idea=idea, what="Wie belt", bundle=living, other_bundle=welcome)
    address = reverse("ideas:remove", args=[idea.pk, "bundles", welcome.pk])
    asks = follower_client.get(address, headers=HTMX if htmx else {}).content.decode()
    assert "Onthalen" in asks
    assert "Wie belt" in asks
    follower_client.post(address, headers=HTMX if htmx else {})
    assert Activity.objects.get(idea=idea).bundle is None
    assert not Alignment.objects.filter(idea=idea).exists()


def test_a_partner_that_goes_says_which_indicators_pieces_and_bundles_that_touches(
    follower_client: Client, idea: Idea
) -> None:
    partner = Partner.objects.create(idea=idea, name="Woonwerf")
    piece = Piece.objects.create(idea=idea, name="Proefwoningen")
    Contribution.objects.create(idea=idea, piece=piece, partner=partner)
    Bundle.objects.create(idea=idea, name="Wonen", lead=partner)
    Indicator.objects.create(idea=idea, kind=IndicatorKind.RESULT, partner=partner, text="Vaste woonst")
    address = reverse("ideas:remove", args=[idea.pk, "partners", partner.pk])
    asks = follower_client.get(address).content.decode()
    for told in ["Proefwoningen", "Wonen", "Vaste woonst"]:
        assert told in asks
    follower_client.post(address)
    assert not Indicator.objects.filter(idea=idea).exists()
    assert Piece.objects.filter(idea=idea).exists()
    assert Bundle.objects.get(idea=idea).lead is None


def test_what_touches_nothing_else_goes_without_further_words(follower_client: Client, idea: Idea) -> None:
    agreement = Agreement.objects.create(idea=idea, text="Een stuurgroep")
    asks = follower_client.get(reverse("ideas:remove", args=[idea.pk, "overall", agreement.pk])).content.decode()
    assert '<p class="small">' not in asks.partition("<form novalidate")[2]


# ---------- alignment and indicators


def test_alignment_is_between_two_different_bundles_or_none_yet(
    htmx: bool, follower_client: Client, idea: Idea, bundles: tuple[Bundle, Bundle]
) -> None:
    welcome, living = bundles
    add = reverse("ideas:add", args=[idea.pk, "between"])
    for one, other in [(welcome.pk, welcome.pk), (welcome.pk, ""), ("", living.pk)]:
        told = {"what": "Wie belt wie?", "bundle": one, "other_bundle": other}
        answer = sent(follower_client, add, told, htmx=htmx)
        assert answer.status_code == 422
        assert fields_with_errors(answer) == ["other_bundle"]
        assert "Wie belt wie?" in answer.content.decode()
    assert not Alignment.objects.exists()
    sent(follower_client, add, {"what": "Wie belt wie?", "bundle": welcome.pk, "other_bundle": living.pk}, htmx=htmx)
    told_between = Alignment.objects.get(idea=idea)
    assert (told_between.bundle, told_between.other_bundle) == (welcome, living)


def test_alignment_does_not_ask_for_bundles_that_are_not_there(follower_client: Client, idea: Idea) -> None:
    add = reverse("ideas:add", args=[idea.pk, "between"])
    assert 'name="bundle"' not in follower_client.get(add).content.decode()
    assert sent(follower_client, add, {"what": "Wie belt wie?"}).status_code == 302


def test_the_common_goal_is_enough_for_somebody_in_particular(follower_client: Client, idea: Idea) -> None:
    partner = Partner.objects.create(idea=idea, name="Samen Wortel")
    add = reverse("ideas:add", args=[idea.pk, "indicators_none"])
    answer = sent(follower_client, add, {"level": "", "why": "Klein"})
    assert answer.status_code == 422
    assert fields_with_errors(answer) == ["level"]
    sent(follower_client, add, {"level": str(partner.pk), "why": "Klein"})
    told = Indicator.objects.get(idea=idea)
    assert (told.kind, told.partner, told.why) == (IndicatorKind.NONE, partner, "Klein")


@pytest.mark.parametrize("name", ["indicators_process", "indicators_result"])
def test_an_indicator_does_not_lose_its_words(name: str, follower_client: Client, idea: Idea) -> None:
    answer = sent(follower_client, reverse("ideas:add", args=[idea.pk, name]), {"text": " ", "target": "80%"})
    assert answer.status_code == 422
    assert fields_with_errors(answer) == ["text"]
    assert "80%" in answer.content.decode()


# ---------- looking back


def look_back(point: FollowUp) -> str:
    return reverse("ideas:look_back", args=[point.idea_id, point.pk])


def test_there_is_nothing_to_look_back_at_without_a_point_for_step_1(follower_client: Client, idea: Idea) -> None:
    FollowUp.objects.create(idea=idea, text="Voor later", step=3)
    FollowUp.objects.create(idea=idea, text="Al klaar", step=1, status=FollowUpStatus.SOLVED)
    html = page_of(follower_client, idea)
    assert 'id="look-back"' not in html
    assert QUESTIONS["s3.back"].words.nl not in html


@pytest.mark.parametrize("choice", Triage)
def test_a_choice_for_a_point_is_saved_at_once(
    choice: Triage, htmx: bool, follower_client: Client, point: FollowUp
) -> None:
    answer = sent(follower_client, look_back(point), {"triage": choice}, htmx=htmx)
    point.refresh_from_db()
    assert point.triage is choice
    assert point.status is (FollowUpStatus.LAPSED if choice is Triage.DROP else FollowUpStatus.OPEN)
    if htmx:
        assert answer.status_code == 200
        assert "saved" in answer.headers["HX-Trigger"]
    else:
        assert answer.headers["Location"].endswith(f"/concretise/#point-{point.pk}")
    assert f'value="{choice}" checked' in page_of(follower_client, point.idea)


def test_a_dropped_point_is_open_again_when_that_is_undone(follower_client: Client, point: FollowUp) -> None:
    sent(follower_client, look_back(point), {"triage": Triage.DROP})
    sent(follower_client, look_back(point), {"triage": Triage.TREAT_NOW})
    point.refresh_from_db()
    assert point.status is FollowUpStatus.OPEN


def test_a_choice_leaves_how_far_a_point_is_as_it_was(follower_client: Client, point: FollowUp) -> None:
    FollowUp.objects.filter(pk=point.pk).update(status=FollowUpStatus.IN_PROGRESS)
    sent(follower_client, look_back(point), {"triage": Triage.TREAT_NOW})
    point.refresh_from_db()
    assert point.status is FollowUpStatus.IN_PROGRESS


def test_the_choice_of_a_colleague_is_not_overwritten_unseen(
    htmx: bool, follower_client: Client, point: FollowUp
) -> None:
    headers = HTMX if htmx else {}
    opened = re.search(r'name="version" value="([^"]+)"', follower_client.get(look_back(point)).content.decode())
    assert opened
    FollowUp.objects.filter(pk=point.pk).update(triage=Triage.TREAT_NOW)
    told = {"triage": Triage.DROP, "version": opened[1]}
    answer = follower_client.post(look_back(point), told, headers=headers)
    assert answer.status_code == 409
    assert "nu behandelen" in answer.content.decode().casefold()
    point.refresh_from_db()
    assert (point.triage, point.status) == (Triage.TREAT_NOW, FollowUpStatus.OPEN)
    seen = re.search(r'name="mine" value="([^"]+)"', answer.content.decode())
    assert seen
    follower_client.post(look_back(point), {**told, "mine": seen[1]}, headers=headers)
    point.refresh_from_db()
    assert point.triage is Triage.DROP


def test_what_is_no_choice_is_refused(htmx: bool, follower_client: Client, point: FollowUp) -> None:
    assert sent(follower_client, look_back(point), {"triage": "later"}, htmx=htmx).status_code == 422
    point.refresh_from_db()
    assert point.triage is None


def test_only_who_edits_looks_back_and_only_at_points_of_step_1(
    client: Client, colleague: Member, outsider: Member, follower: Member, point: FollowUp
) -> None:
    for member, status in [(colleague, 403), (outsider, 404)]:
        client.force_login(member)
        assert client.post(look_back(point), {"triage": Triage.DROP}).status_code == status
    client.force_login(follower)
    FollowUp.objects.filter(pk=point.pk).update(step=2)
    assert client.post(look_back(point), {"triage": Triage.DROP}).status_code == 404


@pytest.mark.parametrize(
    ("triage", "told", "leads"),
    [
        (Triage.BACK_TO_1, {}, True),
        (Triage.TREAT_NOW, {}, False),
        (None, {}, False),
        (Triage.BACK_TO_1, {"step": 1}, False),
        (Triage.BACK_TO_1, {"status": Status.RUNNING}, False),
    ],
)
def test_points_that_go_back_are_taken_back_in_one_go(
    triage: Triage | None, told: dict[str, Any], leads: bool, follower_client: Client, point: FollowUp
) -> None:
    FollowUp.objects.filter(pk=point.pk).update(triage=triage)
    Idea.objects.filter(pk=point.idea_id).update(**told)
    back = f"{reverse('ideas:way', args=[point.idea_id, 'send_back'])}?to=1"
    assert (back in page_of(follower_client, point.idea)) is leads
    assert (back in page_of(follower_client, point.idea, **HTMX)) is leads


def test_a_collaborator_reads_who_can_take_the_points_back(client: Client, point: FollowUp, colleague: Member) -> None:
    point.idea.involvements.create(member=colleague, role="collaborator")
    FollowUp.objects.filter(pk=point.pk).update(triage=Triage.BACK_TO_1)
    client.force_login(colleague)
    html = page_of(client, point.idea)
    assert "?to=1" not in html.partition('id="back-to-1"')[2]
    assert look_back(point) in html


# ---------- the page


def test_the_page_keeps_the_order_of_the_instrument(follower_client: Client, point: FollowUp) -> None:
    html = page_of(follower_client, point.idea)
    names = ["look-back", "activities", "bundles", "between", "overall", "s3-enough", *SECTIONS[-3:]]
    places = [html.index(f'id="{name}"') for name in names]
    assert places == sorted(places)


def test_a_small_idea_opens_on_the_agreements_for_the_whole_only(follower_client: Client, idea: Idea) -> None:
    html = page_of(follower_client, idea)
    folded = "".join(re.findall(r'<details class="more">.*?</details>', html, re.DOTALL))
    assert 'id="overall-add"' in html
    assert 'id="overall-add"' not in folded
    for name in ("bundles", "between", "indicators_result"):
        assert f'id="{name}-add"' in folded


def test_after_saving_the_page_says_how_much_there_is(follower_client: Client, idea: Idea) -> None:
    Bundle.objects.create(idea=idea, name="Onthaal")
    Activity.objects.create(idea=idea, name="Meten")
    Agreement.objects.create(idea=idea, text="Een stuurgroep")
    follower_client.cookies["django_language"] = "en"
    around = page_of(follower_client, idea, **HTMX)
    for told in ["1 bundle · 1 activity in no bundle yet", "1: enough", 'id="next"']:
        assert told in around
    assert "<main" not in around


def test_all_that_is_recorded_in_step_3_stands_on_the_page(follower_client: Client, idea: Idea) -> None:
    bundles = tuple(
        BundleOfPicture(name=f"Bundel {n}", team=f"Team {n}", lead="Wenk", mandate=f"Mag {n}", not_alone=f"Niet {n}")
        for n in (1, 2)
    )
    indicator: dict[str, Any] = {
        "baseline": "Nu 3",
        "target": "Dan 5",
        "source": "Telling",
        "frequency": "Maandelijks",
        "why": "Want zo",
    }
    picture = Picture(
        title="Vol",
        slug="vol",
        own_org=idea.organisation.name,
        status=Status.IN_STEP,
        step=3,
        partners=(PartnerOfPicture(name="Wenk"), PartnerOfPicture(name="Zuring")),
        activities=("Los werk",),
        bundles=(replace(bundles[0], activities=("Bundelwerk",)), bundles[1]),
        between=(
            AlignmentOfPicture(
                what="Wie belt", how="Via de map", how_often="Dagelijks", bundles=("Bundel 1", "Bundel 2")
            ),
        ),
        overall=(AgreementOfPicture(text="Een stuurgroep", about=AgreementAbout.CONFLICT),),
        indicators=(
            IndicatorOfPicture(kind=IndicatorKind.PROCESS, text="Wachttijd", **indicator),
            IndicatorOfPicture(kind=IndicatorKind.NONE, level="Zuring", why="Klein"),
        ),
        followups=(FollowUpOfPicture(text="Tolken", step=1, owner="kwaliteit", due=date(2026, 2, 3), remark="Duur"),),
    )
    html = page_of(follower_client, write_picture(picture, idea.organisation))
    told = ["Los werk", "Bundelwerk", "Team 1", "Wenk", "Mag 2", "Niet 2", "Wie belt", "Via de map", "Dagelijks"]
    told += ["Bundel 1", "Een stuurgroep", "als het botst", "Wachttijd", *indicator.values(), "Zuring", "Klein"]
    for words in [*told, "Tolken", "kwaliteit", "3 februari 2026", "Duur"]:
        assert words in html


# ---------- how much work it is


def filled(idea: Idea, number: int) -> Picture:
    names = [f"{n}" for n in range(number)]
    return Picture(
        title="Veel",
        slug=f"veel-{number}",
        own_org=idea.organisation.name,
        status=Status.IN_STEP,
        step=3,
        partners=tuple(PartnerOfPicture(name=f"Partner {n}") for n in names),
        followups=tuple(FollowUpOfPicture(text=f"Punt {n}", step=1, triage=Triage.BACK_TO_1) for n in names),
        activities=tuple(f"Los {n}" for n in names),
        bundles=tuple(
            BundleOfPicture(name=f"Bundel {n}", lead=f"Partner {n}", activities=(f"Werk {n}",)) for n in names
        ),
        between=tuple(AlignmentOfPicture(what=f"Wat {n}", bundles=("Bundel 0", "Bundel 1")) for n in names),
        overall=tuple(AgreementOfPicture(text=f"Afspraak {n}") for n in names),
        indicators=tuple(
            IndicatorOfPicture(kind=kind, level=f"Partner {n}", text=f"Cijfer {n}")
            for n in names
            for kind in IndicatorKind
        ),
    )


@pytest.fixture
def sizes(idea: Idea, follower: Member) -> Iterator[tuple[Idea, Idea]]:
    few, many = (write_picture(filled(idea, number), idea.organisation) for number in (5, 50))
    Idea.objects.filter(pk__in=[few.pk, many.pk]).update(idea_owner=follower)
    return few, many  # type: ignore[return-value]


@pytest.mark.parametrize(("headers", "most"), [({}, 35), (HTMX, 30)], ids=["page", "around"])
def test_the_page_takes_the_same_few_queries_with_fifty_of_everything(
    headers: dict[str, str], most: int, follower_client: Client, sizes: tuple[Idea, Idea]
) -> None:
    counts = []
    for idea in sizes:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page_of(follower_client, idea, **headers)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= most


def asked(captured: CaptureQueriesContext) -> list[str]:
    """The queries, without the savepoints that stand for the transaction in a test."""
    told = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in told if not sql.startswith(("SAVEPOINT", "RELEASE"))]


def test_a_choice_and_a_bundle_are_saved_in_few_queries(follower_client: Client, sizes: tuple[Idea, Idea]) -> None:
    idea = sizes[1]
    point = FollowUp.objects.filter(idea=idea)[0]
    opened = re.search(r'name="version" value="([^"]+)"', follower_client.get(look_back(point)).content.decode())
    assert opened
    with CaptureQueriesContext(connection) as captured:
        told = {"triage": Triage.DROP, "version": opened[1]}
        assert follower_client.post(look_back(point), told, headers=HTMX).status_code == 200
    assert len(asked(captured)) <= 10
    bundle = Bundle.objects.filter(idea=idea)[0]
    every = list(Activity.objects.filter(idea=idea).values_list("pk", flat=True))
    address = reverse("ideas:edit", args=[idea.pk, "bundles", bundle.pk])
    opened = re.search(r'name="version" value="([^"]+)"', follower_client.get(address).content.decode())
    assert opened
    with CaptureQueriesContext(connection) as captured:
        told_bundle = {"name": bundle.name, "activities": every, "version": opened[1]}
        assert follower_client.post(address, told_bundle, headers=HTMX).status_code == 200
    assert len(asked(captured)) <= 21
    assert Activity.objects.filter(bundle=bundle).count() == len(every)
