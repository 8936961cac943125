"""Kind messages to copy: short, whole, and without what was thought inside."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from checks.codes import ConditionStatus, FollowUpStatus, GoNoGo, PartnerStatus, Verdict
from checks.letters import Letter, in_words, letter, letter_to_partners
from checks.picture import (
    Condition,
    Decision,
    FollowUp,
    OriginOfIdea,
    Partner,
    Picture,
    Talk,
    Trajectory,
    Votes,
)
from checks.words import Words

IDEA = Picture(title="Woonklaar", own_org="Lindeveer vzw")
BROUGHT = replace(IDEA, origin=OriginOfIdea(brought_by="Jeugdhuis Kantelpunt"))
LATER = replace(BROUGHT, revisit_on=date(2027, 3, 1))
TO_PARTNERS = [Letter.PAUSE, Letter.STOP, Letter.NO_GO, Letter.GO, Letter.BACK]


def test_a_letter_greets_thanks_tells_why_and_what_may_still_be_possible() -> None:
    assert letter(Letter.DECLINE, LATER, "We hebben dit jaar geen tijd") == Words(
        "Dag Jeugdhuis Kantelpunt,\n\n"
        "Bedankt dat je met het idee “Woonklaar” naar ons kwam.\n"
        "We bekeken het met aandacht, maar we gaan er niet mee verder.\n"
        "We hebben dit jaar geen tijd.\n"
        "Misschien kan het later wel: we bekijken het opnieuw op 1 maart 2027.\n\n"
        "Met vriendelijke groet,\nLindeveer vzw",
        "Hello Jeugdhuis Kantelpunt,\n\n"
        "Thank you for bringing us the idea “Woonklaar”.\n"
        "We looked at it with care, but we will not go on with it.\n"
        "We hebben dit jaar geen tijd.\n"
        "It may be possible later: we will look at it again on 1 March 2027.\n\n"
        "Kind regards,\nLindeveer vzw",
    )


@pytest.mark.parametrize(
    ("kind", "news"),
    [
        (Letter.DECLINE, "we gaan er niet mee verder"),
        (Letter.PARK, "nu nog niet aan beginnen"),
        (Letter.PAUSE, "even stil"),
        (Letter.STOP, "We gaan er niet mee verder"),
        (Letter.NO_GO, "We beslisten om er niet mee verder te gaan"),
        (Letter.GO, "Goed nieuws"),
        (Letter.BACK, "Het duurt wat langer"),
    ],
)
def test_each_letter_tells_its_own_news(kind: Letter, news: str) -> None:
    assert news in letter(kind, IDEA).nl
    assert len({letter(one, IDEA).en for one in Letter}) == len(Letter)


@pytest.mark.parametrize("kind", Letter)
def test_a_letter_is_short_and_ends_with_who_sends_it(kind: Letter) -> None:
    for idea, why in product([IDEA, BROUGHT, LATER], ["", "Te weinig tijd."]):
        for text in (letter(kind, idea, why).nl, letter(kind, idea, why).en):
            lines = [line for line in text.split("\n") if line]
            assert 5 <= len(lines) <= 8
            assert lines[-1] == "Lindeveer vzw"
            assert "“Woonklaar”" in text


@pytest.mark.parametrize("kind", Letter)
def test_nothing_is_left_open_where_nothing_is_known(kind: Letter) -> None:
    bare = letter(kind, Picture(title="Woonklaar"))
    for text, farewell in ((bare.nl, "Met vriendelijke groet"), (bare.en, "Kind regards")):
        assert text.endswith(f"\n\n{farewell}")
        assert not set(text) & set("{}[]<>_*")
        assert "None" not in text
        assert "\n\n\n" not in text


@pytest.mark.parametrize("kind", Letter)
def test_braces_that_somebody_typed_stay_as_they_are(kind: Letter) -> None:
    typed = replace(LATER, title="{0} {day}", own_org="{x}", origin=OriginOfIdea(brought_by="{y}"))
    text = letter(kind, typed, "{why}").nl
    assert "“{0} {day}”" in text
    assert "{why}." in text
    assert text.endswith("{x}")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("geen tijd", "Geen tijd."),
        ("  Geen tijd!\n", "Geen tijd!"),
        ("Geen tijd…", "Geen tijd…"),
        ("Eerst dit.\nDan dat", "Eerst dit.\nDan dat."),
    ],
)
def test_the_reason_is_told_in_the_own_words(given: str, told: str) -> None:
    assert f"\n{told}\n" in letter(Letter.PAUSE, IDEA, given).nl
    assert f"\n{told}\n" in letter(Letter.PAUSE, IDEA, given).en


@pytest.mark.parametrize(
    ("who", "greeting"), [("", "Dag,"), ("een buur", "Dag,"), ("Kantelpunt", "Dag Kantelpunt,"), (" ", "Dag,")]
)
def test_who_brought_it_is_greeted_by_name_where_there_is_one(who: str, greeting: str) -> None:
    idea = replace(IDEA, origin=OriginOfIdea(brought_by=who))
    assert letter(Letter.PARK, idea).nl.startswith(f"{greeting}\n\nBedankt dat je")


@pytest.mark.parametrize("kind", TO_PARTNERS)
def test_partners_are_greeted_together_and_who_brought_it_is_thanked(kind: Letter) -> None:
    assert letter(kind, BROUGHT).nl.startswith("Dag allemaal,\n\nBedankt aan Jeugdhuis Kantelpunt voor het idee")
    assert letter(kind, IDEA).nl.startswith("Dag allemaal,\n\nBedankt om mee te denken")


@pytest.mark.parametrize("kind", Letter)
def test_a_day_for_another_look_is_told_where_the_idea_waits_or_ends(kind: Letter) -> None:
    told = "1 maart 2027" in letter(kind, LATER).nl
    assert told is (kind not in {Letter.GO, Letter.BACK})
    assert told is ("1 March 2027" in letter(kind, LATER).en)


def test_after_a_no_go_there_is_a_talk_whether_a_day_is_set_or_not() -> None:
    for idea in (IDEA, LATER):
        assert "We praten er graag nog met jullie over" in letter(Letter.NO_GO, idea).nl


@pytest.mark.parametrize("kind", Letter)
def test_nothing_of_what_was_thought_inside_is_in_a_letter(kind: Letter) -> None:
    inside = replace(
        LATER,
        verdict=Verdict.QUESTION_MARKS,
        votes=Votes(counts=(3, 2, 1, 0, 0), remarks=("Geen zin.",), note="Koud."),
        decision=Decision(value=GoNoGo.NO_GO, motivation="De partner is traag.", override="Toch."),
        followups=(FollowUp(text="Vertrouwen we hen?", status=FollowUpStatus.OPEN),),
        conditions=(Condition(text="Een andere trekker.", status=ConditionStatus.NOT_MET),),
        partners=(Partner(name="Woonwerf", status=PartnerStatus.INVOLVED, willing_note="Wil niet."),),
        talk=(Talk(learned="Niet meer met hen."),),
        trajectory=Trajectory(aim="Het team mee krijgen."),
    )
    assert letter(kind, inside) == letter(kind, LATER)
    both = letter(kind, inside).nl + letter(kind, inside).en
    for word in ("vraagtekens", "question marks", "temperatuur", "temperature", "team", "lukt zo niet", "enthousias"):
        assert word not in both


@pytest.mark.parametrize(
    ("day", "nl", "en"),
    [
        (date(2027, 3, 1), "1 maart 2027", "1 March 2027"),
        (date(2026, 8, 31), "31 augustus 2026", "31 August 2026"),
        (date(2026, 12, 5), "5 december 2026", "5 December 2026"),
        (date(2026, 1, 2), "2 januari 2026", "2 January 2026"),
    ],
)
def test_a_day_is_told_in_words(day: date, nl: str, en: str) -> None:
    assert in_words(day) == Words(nl, en)


def test_a_no_go_tells_the_partners_why_and_what_would_change_our_mind_in_both_languages() -> None:
    told = letter_to_partners(
        replace(
            IDEA,
            revisit_on=date(2027, 3, 1),
            partners=(Partner(name="Woonwerf", status=PartnerStatus.INVOLVED),),
            decision=Decision(
                value=GoNoGo.NO_GO,
                motivation="Te duur voor ons.",
                reasons="er is dit jaar geen woonst vrij",
                would_change="als de stad twee woonsten vrijmaakt",
            ),
        )
    )
    assert told is not None
    assert told.nl == (
        "Dag allemaal,\n\n"
        "Bedankt om mee te denken over het idee “Woonklaar”.\n"
        "We beslisten om er niet mee verder te gaan.\n"
        "Er is dit jaar geen woonst vrij.\n"
        "Dit zou ons van gedacht doen veranderen: als de stad twee woonsten vrijmaakt.\n"
        "We praten er graag nog met jullie over: wat leerden we, en wat kan later wel?\n"
        "Misschien kan het later wel: we bekijken het opnieuw op 1 maart 2027.\n\n"
        "Met vriendelijke groet,\nLindeveer vzw"
    )
    assert "We decided not to go on with it.\nEr is dit jaar geen woonst vrij.\nThis would change our mind:" in told.en


@pytest.mark.parametrize("status", [PartnerStatus.POSSIBLE, PartnerStatus.DROPPED_OUT])
def test_who_is_only_a_possible_partner_gets_no_letter(status: PartnerStatus) -> None:
    partners = (Partner(name="Woonwerf", status=status),)
    assert letter_to_partners(replace(IDEA, partners=partners, decision=Decision(value=GoNoGo.NO_GO))) is None
    assert letter_to_partners(replace(IDEA, decision=None)) is None
