"""Signals as people meet them: in view, accepted with a reason, in the way of a go, in dossier and file."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from checks.codes import Role, Severity, Verdict
from checks.picture import SignalTold
from ideas.dossier.signals import signals_chapter
from ideas.exchange import read_exchange
from ideas.models import AcceptedSignal, Change, Goal, Idea, Partner, Piece, Tick
from ideas.models.answers import TickList
from ideas.picture import read_picture
from ideas.signals.noticed import IN_VIEW, noticed_at, told_of
from people.models import Member
from tests.factories import Client
from tests.ideas.steps.step_4 import READY, decide, get, give_verdict, idea_of, prepare, take_temperature

HTMX = {"HX-Request": "true"}
GAP = "Niemand brengt het puzzelstuk “Tolken” in."
COUNTS = (0, 0, 1, 3, 2)


@pytest.fixture
def gap(idea: Idea) -> Piece:
    """A needed piece that nobody brings."""
    return Piece.objects.create(idea=idea, name="Tolken")


@pytest.fixture
def member(client: Client, follower: Member) -> Client:
    client.force_login(follower)
    return client


def key_of(idea: Idea, signal: str) -> str:
    return next(one.signal.key for one in noticed_at(idea, read_picture(idea)) if one.signal.id == signal)


def at(idea: Idea, signal: str) -> str:
    return reverse("ideas:signal", args=[idea.pk, key_of(idea, signal)])


def page(member: Client, name: str, idea: Idea, **more: Any) -> str:
    return member.get(reverse(f"ideas:{name}", args=[idea.pk]), **more).content.decode()


def test_a_signal_stands_with_why_and_what_to_do_and_where_to_read_more(idea: Idea, gap: Piece, member: Client) -> None:
    shown = page(member, "explore", idea)
    assert GAP in shown
    assert "Waarom zie ik dit?" in shown
    assert reverse("ideas:background", args=["puzzle"]) in shown


def test_at_most_three_are_in_view_and_the_others_can_be_unfolded(idea: Idea, member: Client) -> None:
    for number in range(6):
        Piece.objects.create(idea=idea, name=f"Stuk {number}")
    shown = page(member, "explore", idea)
    in_view, _, folded = shown.partition('id="signals-others"')
    assert in_view.count('class="signal"') == IN_VIEW
    assert folded.count('class="signal"') == 3
    assert "Toon de 3 andere" in folded


def test_a_signal_goes_once_what_it_asks_is_answered_in_the_fragment_that_follows_a_save(
    idea: Idea, gap: Piece, member: Client
) -> None:
    assert GAP in page(member, "explore", idea, headers=HTMX)
    gap.contributions.create(idea=idea)
    after = page(member, "explore", idea, headers=HTMX)
    assert 'id="signals-how"' in after
    assert GAP not in after


def test_accepting_takes_a_reason_which_is_kept_and_told_in_the_past(idea: Idea, gap: Piece, member: Client) -> None:
    refused = member.post(at(idea, "S08"), {"reason": " "})
    assert refused.status_code == 422
    assert "Zeg in een zin waarom je dit aanvaardt." in refused.content.decode()
    assert not AcceptedSignal.objects.exists()
    answer = member.post(at(idea, "S08"), {"reason": "De stad zoekt mee."})
    assert answer.headers["Location"] == reverse("ideas:explore", args=[idea.pk])
    accepted = AcceptedSignal.objects.get()
    assert (accepted.signal, accepted.about, accepted.reason) == ("S08", "Tolken", "De stad zoekt mee.")
    assert accepted.role is Role.IDEA_OWNER
    shown = page(member, "explore", idea)
    assert "De stad zoekt mee." in shown
    assert "Waarom zie ik dit?" not in shown
    assert "reden bij een signaal" in page(member, "timeline", idea)


def test_an_acceptance_holds_until_the_data_changes_and_is_then_told_as_one_of_before(
    idea: Idea, member: Client
) -> None:
    goal = Goal.objects.create(idea=idea, text="Wonen", clear="no")
    member.post(at(idea, "S05"), {"reason": "Dat komt in stap 3."})
    Goal.objects.filter(pk=goal.pk).update(horizon="2030")
    assert "Het doel “Wonen” is nog niet duidelijk." not in page(member, "explore", idea).partition("signals-others")[0]
    Goal.objects.filter(pk=goal.pk).update(clear="unknown")
    shown = page(member, "explore", idea).partition("signals-others")[0]
    assert "Het doel “Wonen” is nog niet duidelijk." in shown
    assert "Eerder aanvaard, tot er iets veranderde: Dat komt in stap 3." in shown


def test_on_a_page_of_its_own_it_is_accepted_as_any_form_is_sent(idea: Idea, gap: Piece, member: Client) -> None:
    assert "hx-post" not in member.get(at(idea, "S08")).content.decode()
    assert "hx-post" in member.get(at(idea, "S08"), headers={"HX-Request": "true"}).content.decode()


def test_it_can_be_taken_back(idea: Idea, gap: Piece, member: Client) -> None:
    member.post(at(idea, "S08"), {"reason": "De stad zoekt mee."})
    member.post(at(idea, "S08"), {"to": "back"})
    assert not AcceptedSignal.objects.exists()
    assert "Waarom zie ik dit?" in page(member, "explore", idea)


def test_a_thought_goes_with_seen_without_a_reason_and_leaves_no_trace(idea: Idea, member: Client) -> None:
    for number in range(6):
        Goal.objects.create(idea=idea, text=f"Doel {number}", clear="yes")
    member.post(at(idea, "S07"))
    assert AcceptedSignal.objects.get().reason == ""
    assert not Change.objects.exists()
    assert 'data-severity="info"' not in page(member, "explore", idea)


def test_who_may_not_edit_reads_signals_and_accepts_none(
    idea: Idea, gap: Piece, support: Member, colleague: Member, client: Client
) -> None:
    for who in (support, colleague):
        client.force_login(who)
        shown = page(client, "explore", idea)
        assert GAP in shown
        assert "Aanvaard met een reden" not in shown
        assert client.post(at(idea, "S08"), {"reason": "Ja"}).status_code == 403


def test_a_signal_that_is_gone_leads_back_to_the_idea(idea: Idea, gap: Piece, member: Client) -> None:
    where = at(idea, "S08")
    gap.delete()
    assert member.get(where).headers["Location"] == reverse("ideas:idea", args=[idea.pk])


def test_a_reason_for_what_changed_in_the_meantime_is_given_back(idea: Idea, gap: Piece, member: Client) -> None:
    where = at(idea, "S08")
    gap.delete()
    for headers in ({}, HTMX):
        answer = member.post(where, {"reason": "De stad zoekt mee."}, headers=headers)
        assert answer.status_code == 409
        assert "De stad zoekt mee." in answer.content.decode()
    assert not AcceptedSignal.objects.exists()


def test_that_there_is_something_similar_goes_with_seen(idea: Idea, member: Client) -> None:
    other = idea_of(idea.idea_owner or Member(), replace(READY, title="Gelijkaardig"))
    for one in (idea, other):
        Tick.objects.create(idea=one, list=TickList.THEME, code="housing")
        for name in ("Stad", "Woonwerf"):
            Partner.objects.get_or_create(idea=one, name=name)
    shown = page(member, "idea", idea)
    assert "Gelijkaardig" in shown
    key = re.search(r"signal-(S61-[0-9a-f]+)", shown)
    assert key
    member.post(reverse("ideas:signal", args=[idea.pk, key[1]]))
    assert AcceptedSignal.objects.get().signal == "S61"


def test_an_open_page_hears_of_it(idea: Idea, gap: Piece, member: Client) -> None:
    form = member.get(at(idea, "S08"), headers=HTMX).content.decode()
    assert form.lstrip().startswith("<form")
    answer = member.post(at(idea, "S08"), {"reason": "Ja."}, headers=HTMX)
    assert (answer.content, "saved" in answer.headers["HX-Trigger"]) == (b"", True)


# ---------- a go


@pytest.fixture
def serious(client: Client, follower: Member) -> Idea:
    """An idea that is ready but for a serious signal: no result indicator for the whole."""
    idea = idea_of(follower, replace(READY, indicators=()))
    give_verdict(client, follower, idea, Verdict.OK)
    take_temperature(client, follower, idea, COUNTS)
    prepare(idea)
    return idea


SAYS = "Er is nog geen resultaatsindicator voor het geheel."


def test_a_serious_signal_blocks_a_go_and_not_a_no_go(client: Client, policy: Member, serious: Idea) -> None:
    refused = decide(client, policy, serious, "go")
    assert refused.status_code == 409
    assert SAYS in refused.content.decode()
    serious.refresh_from_db()
    assert serious.status == "in_step"
    assert decide(client, policy, serious, "no_go").status_code == 302


def test_a_reason_of_the_follower_is_kept_and_does_not_let_a_go_through(
    client: Client, follower: Member, policy: Member, serious: Idea
) -> None:
    client.force_login(follower)
    shown = client.get(at(serious, "S50")).content.decode()
    assert "Een go wacht nog tot dit opgelost is, of tot de coördinator ze toelaat." in shown
    client.post(at(serious, "S50"), {"reason": "We meten later."})
    assert decide(client, policy, serious, "go").status_code == 409


def test_the_coordinator_lets_a_go_through_with_a_note(
    client: Client, coordinator: Member, policy: Member, serious: Idea
) -> None:
    client.force_login(coordinator)
    client.post(at(serious, "S50"), {"reason": "De oproep sluit vrijdag."})
    assert AcceptedSignal.objects.get().role is Role.COORDINATOR
    recording = get(client, policy, "record", serious.pk, "go")
    assert SAYS in recording
    assert "De oproep sluit vrijdag." in recording, "who decides reads what was let through, and why"
    assert decide(client, policy, serious, "go").status_code == 302


def test_the_note_of_the_coordinator_stays_whatever_the_follower_does(
    client: Client, coordinator: Member, follower: Member, serious: Idea
) -> None:
    client.force_login(coordinator)
    client.post(at(serious, "S50"), {"reason": "De oproep sluit vrijdag."})
    client.force_login(follower)
    for told in ({"to": "back"}, {"reason": "Toch niet."}):
        assert client.post(at(serious, "S50"), told).status_code == 403
    assert AcceptedSignal.objects.get().reason == "De oproep sluit vrijdag."


def test_an_attention_signal_blocks_nothing(client: Client, policy: Member, follower: Member) -> None:
    idea = idea_of(follower)
    assert {one.signal.severity for one in noticed_at(idea, read_picture(idea))} >= {Severity.ATTENTION}
    give_verdict(client, follower, idea, Verdict.OK)
    take_temperature(client, follower, idea, COUNTS)
    prepare(idea)
    assert decide(client, policy, idea, "go").status_code == 302


# ---------- told elsewhere


def test_the_dossier_prints_what_is_open_and_the_reasons_but_no_thought() -> None:
    told = [
        SignalTold(id="S08", severity=Severity.SERIOUS, about="Tolken", says=GAP, says_en="Nobody brings it."),
        SignalTold(
            id="S16",
            severity=Severity.ATTENTION,
            says="Geen uren.",
            says_en="No hours.",
            accepted="Later.",
            by=Role.COORDINATOR,
        ),
        SignalTold(id="S19", severity=Severity.INFO, says="Een gedachte.", says_en="A thought."),
    ]
    chapter = signals_chapter(told)
    assert chapter
    printed = repr(chapter)
    assert GAP in printed
    assert "Later." in printed
    assert "gedachte" not in printed
    assert signals_chapter(told[2:]) is None


def test_the_exchange_file_tells_signals_for_readers_and_reading_it_in_ignores_them(
    idea: Idea, gap: Piece, member: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    member.post(at(idea, "S08"), {"reason": "De stad zoekt mee."})
    call_command("export_idea", idea.pk)
    text = capsys.readouterr().out
    [told] = [one for one in json.loads(text)["ideas"][0]["signals"] if one["id"] == "S08"]
    assert (told["severity"], told["about"], told["accepted"], told["by"]) == (
        "attention",
        "Tolken",
        "De stad zoekt mee.",
        "idea_owner",
    )
    assert read_exchange(text, "json").ideas == (read_picture(idea),)


def test_how_many_ideas_somebody_follows_is_told_to_nobody_else(idea: Idea, follower: Member) -> None:
    for number in range(6):
        Idea.objects.create(
            organisation=idea.organisation, slug=f"i-{number}", title="x", step=1, status="in_step", idea_owner=follower
        )
    assert "S62" not in {told.id for told in told_of(idea, read_picture(idea))}
    assert "S62" in {one.signal.id for one in noticed_at(idea, read_picture(idea), follower)}
