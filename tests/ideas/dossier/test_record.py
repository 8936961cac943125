"""The picture, shaped for paper: what is shown, what is left out, and in which words."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings

from checks.codes import (
    Band,
    ConditionStatus,
    FollowUpStatus,
    GoNoGo,
    PartnerStatus,
    Rating,
    Role,
    Status,
    Theme,
    Triage,
    Verb,
    Verdict,
)
from checks.picture import (
    Condition,
    Decision,
    FollowUp,
    Goal,
    Partner,
    Picture,
    Piece,
    Talk,
    Trajectory,
    Transition,
    Votes,
)
from ideas.dossier.record import record
from ideas.dossier.render import html
from ideas.dossier.shapes import LONGEST_WHOLE, Chapter, Grid, Line, Puzzle, Record, Row, Rows, Summary
from ideas.dossier.wording import paragraphs, shorten
from ideas.wording import all_of, duration
from tests.ideas.dossier.pictures import TODAY, another, changed, frame, full, leaves
from tests.pictures import pictures

US = "Lindeveer vzw (fictief)"


def in_short(told: Record) -> Summary:
    assert told.summary
    return told.summary


def english(picture: Picture) -> Record:
    return record(picture, frame("en"))


def page(picture: Picture) -> str:
    return html(picture, frame("en"))


def chapter(picture: Picture, anchor: str) -> str:
    """The text of one chapter."""
    with translation.override("en"):
        return (
            html(picture, frame("en")).split(f'<section class="chapter" id="{anchor}"')[1].split('class="chapter"')[0]
        )


def rows_of(chapter: Chapter) -> list[Row]:
    """Every row under a head in a chapter."""
    return [row for part in chapter.parts for block in part.blocks if isinstance(block, Rows) for row in block.rows]


def test_every_field_that_is_filled_in_makes_a_difference_on_paper() -> None:
    whole = full()
    printed = page(whole)
    unseen = [path for path, value in leaves(whole) if page(changed(whole, path, another(value))) == printed]
    # What was kept in the place of counts shows where there are none: see below.
    assert {path[-1] for path in unseen} <= {"number", "band"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pictures())
def test_any_picture_can_be_printed(picture: Picture) -> None:
    assert english(picture).chapters[0].anchor == "infofiche"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pictures(full=True))
def test_no_text_is_taken_for_markup(picture: Picture) -> None:
    assert page(picture).count("<script") == 0
    assert page(picture).count("<h1") == 1


# ---------- the temperature


def with_votes(*counts: int) -> Picture:
    one, two, three, four, five = counts
    votes = Votes(counts=(one, two, three, four, five), remarks=("Wie dit zegt, is gekend.",), note="Een nota.")
    return Picture(title="Idee", votes=votes, earlier_votes=(votes,))


def test_five_votes_show_their_spread_and_the_remarks() -> None:
    printed = page(with_votes(0, 1, 0, 2, 2))
    assert 'class="thermometer"' in printed
    assert "Wie dit zegt, is gekend." in printed
    assert "5 votes, median 4 on a scale of 1 to 5" in printed
    assert "0 · 1 · 0 · 2 · 2" in printed


def test_of_a_few_anonymous_votes_the_paper_has_their_number_and_the_band() -> None:
    few = Votes(counts=(0, 0, 0, 0, 0), number=4, band=Band.LITTLE)
    printed = page(replace(full(), votes=few, earlier_votes=()))
    assert "4 votes" in printed
    assert "Little enthusiasm" in printed


@pytest.mark.parametrize("counts", [(4, 0, 0, 0, 0), (0, 0, 0, 0, 3), (1, 0, 0, 0, 0)])
def test_fewer_than_five_votes_show_neither_spread_nor_remarks_nor_median(counts: tuple[int, ...]) -> None:
    printed = page(with_votes(*counts))
    assert 'class="thermometer"' not in printed
    assert "is gekend" not in printed
    assert "median" not in printed
    assert " · ".join(map(str, counts)) not in printed
    assert "Een nota." in printed


def test_three_votes_have_a_band_and_two_have_none() -> None:
    assert "Much enthusiasm" in chapter(with_votes(0, 0, 0, 0, 3), "decision")
    two = chapter(with_votes(0, 0, 0, 0, 2), "decision")
    assert "Much enthusiasm" not in two
    assert "Fewer than three votes say too little." in two


def test_no_dossier_tells_small_spreads_apart() -> None:
    assert page(with_votes(3, 0, 0, 0, 1)) == page(with_votes(2, 0, 1, 0, 1))


# ---------- the puzzle


def puzzle_of(picture: Picture) -> list[Puzzle]:
    blocks = (b for c in english(picture).chapters for part in c.parts for b in part.blocks)
    return [block for block in blocks if isinstance(block, Puzzle)]


def partner(name: str, status: PartnerStatus = PartnerStatus.CONFIRMED, willing: Rating | None = Rating.YES) -> Partner:
    return Partner(name=name, status=status, willing=willing)


def test_the_puzzle_tells_who_brings_surely_who_maybe_and_what_nobody_brings() -> None:
    [table] = puzzle_of(
        Picture(
            title="Idee",
            own_org=US,
            partners=(partner("A"), partner("B", PartnerStatus.APPROACHED), partner("C", willing=Rating.UNKNOWN)),
            pieces=(
                Piece(name="Lokaal", by=(US, "A", "B", "C")),
                Piece(name="Tolken"),
                Piece(name="Soep", needed=False),
            ),
        )
    )
    room, interpreters, soup = table.rows
    assert [cell.word for cell in room.cells] == ["brings", "brings", "maybe", "maybe"]
    assert (interpreters.nobody, interpreters.gap) == ("nobody brings this piece", True)
    assert (soup.nobody, soup.gap) == ("nobody yet", False)
    assert table.organisations == ((US, ""), ("A", ""), ("B", "approached"), ("C", ""))


@pytest.mark.parametrize(("partners", "tables"), [(1, [2]), (5, [6]), (6, [4, 3]), (25, [6, 6, 6, 6, 2])])
def test_the_puzzle_is_cut_in_tables_that_fit_the_page(partners: int, tables: list[int]) -> None:
    names = [f"Partner {number}" for number in range(partners)]
    picture = Picture(
        title="Idee", own_org=US, partners=tuple(map(partner, names)), pieces=(Piece(name="Lokaal", by=tuple(names)),)
    )
    laid = puzzle_of(picture)
    assert [len(table.organisations) for table in laid] == tables
    assert [name for table in laid for name, _ in table.organisations] == [US, *names]
    last = len(tables)
    numbered = f"Who brings which puzzle piece ({last}\u00a0of\u00a0{last})"
    assert laid[-1].caption == (numbered if last > 1 else "Who brings which puzzle piece")


# ---------- what was dropped, and what was never filled in


def test_what_was_dropped_stands_at_the_end_with_its_reason_and_nowhere_else() -> None:
    picture = Picture(
        title="Idee",
        partners=(partner("Blijver"), replace(partner("Afhaker", PartnerStatus.DROPPED_OUT), own_interest="Te ver.")),
        followups=(
            FollowUp(text="Blijft open."),
            FollowUp(text="Verviel.", status=FollowUpStatus.LAPSED, remark="Niet meer nodig."),
            FollowUp(text="Viel weg.", triage=Triage.DROP),
        ),
        earlier_decisions=(Decision(value=GoNoGo.NO_GO, motivation="Vorig jaar te vroeg."),),
        transitions=(
            Transition(date=date(2026, 1, 5), to_status=Status.STOPPED, role=Role.COORDINATOR, why="Geen tijd."),
        ),
    )
    dropped, who, points = (chapter(picture, anchor) for anchor in ("dropped", "infofiche", "points"))
    for words in (
        "Afhaker",
        "Te ver.",
        "Verviel.",
        "Niet meer nodig.",
        "Viel weg.",
        "Vorig jaar te vroeg.",
        "Geen tijd.",
    ):
        assert words in dropped
    assert "Blijver" in who
    assert "Blijft open." in points
    assert "Blijver" not in dropped
    assert not any(words in who + points for words in ("Afhaker", "Verviel.", "Viel weg."))
    assert "2 points were dropped" in points


def test_a_return_to_an_earlier_step_is_told_with_its_reason() -> None:
    back = Transition(
        date=date(2026, 1, 5), to_status=Status.IN_STEP, from_step=3, to_step=1, round=2, why="Geen jongere."
    )
    assert "Back to step 1, Explore." in chapter(Picture(title="Idee", transitions=(back,)), "dropped")
    ahead = replace(back, from_step=1, to_step=3)
    assert "dropped" not in [told.anchor for told in english(Picture(title="Idee", transitions=(ahead,))).chapters]


def event(verb: Verb | None, to_status: Status, to_step: int | None = None, **more: object) -> Transition:
    return Transition(date=date(2026, 1, 5), verb=verb, to_status=to_status, to_step=to_step, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("transition", "told"),
    [
        (event(Verb.MOVE_ON, Status.IN_STEP, 2), "Moved on. Step 2, Check internally"),
        (event(Verb.DECLINE, Status.NOT_FOLLOWED), "Declined with thanks. Not followed up"),
        (event(Verb.STOP, Status.STOPPED, 2), "Stopped. Step 2, Check internally"),
        (event(Verb.RECEIVE, Status.RECEIVED), "Received"),
        (event(None, Status.IN_STEP, 2), "Step 2, Check internally"),
    ],
)
def test_the_way_tells_what_was_done_and_where_that_led_without_saying_it_twice(
    transition: Transition, told: str
) -> None:
    [way] = [one for one in english(Picture(title="Idee", transitions=(transition,))).chapters if one.anchor == "way"]
    [row] = rows_of(way)
    assert [f"{line.word} {line.text}".strip() for line in row.lines] == [told]


def test_a_stop_that_changed_hands_is_told_once() -> None:
    stopped = event(Verb.PAUSE, Status.PAUSED, 2, from_status=Status.IN_STEP, why="Even wachten.")
    handed_over = event(Verb.HAND_OVER, Status.PAUSED, 2, from_status=Status.PAUSED, why="Naar een collega.")
    picture = Picture(title="Idee", status=Status.PAUSED, step=2, transitions=(stopped, handed_over))
    assert "Naar een collega." in chapter(picture, "way")
    assert "Even wachten." in chapter(picture, "dropped")
    assert "Naar een collega." not in chapter(picture, "dropped")
    assert english(picture).cover.told.endswith("Even wachten.")


def test_unused_parts_are_named_together_in_one_line() -> None:
    told = english(Picture(title="Idee", challenge="Iets.", goals=(Goal(text="Een doel."),)))
    assert told.unused.startswith("Not filled in: How, With whom, Preparation, ")
    assert told.unused.endswith(" and Attachments.")
    assert [part.anchor for part in told.chapters[0].parts] == ["idea", "why", "goals"]


def test_a_full_record_has_no_line_of_unused_parts() -> None:
    assert english(full()).unused == ""


# ---------- the cover and the stamp


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (Status.RECEIVED, "Not decided yet"),
        (Status.IN_STEP, "Not decided yet"),
        (Status.PAUSED, "Paused"),
        (Status.STOPPED, "Stopped"),
        (Status.NOT_FOLLOWED, "Not followed up"),
        (Status.MERGED, "Merged"),
    ],
)
def test_an_undecided_idea_is_a_draft_of_its_day(status: Status, outcome: str) -> None:
    told = english(Picture(title="Idee", status=status, step=1))
    assert (told.cover.outcome, told.cover.draft) == (outcome, "Draft of 22 November 2026")
    assert (told.stamp, told.dated) == ("Draft of 22 November 2026", TODAY.isoformat())


def decided(**more: object) -> Picture:
    picture = Picture(
        title="Idee",
        status=Status.RUNNING,
        step=4,
        verdict=Verdict.OK,
        votes=Votes(counts=(4, 2, 0, 0, 0)),
        decision=Decision(value=GoNoGo.GO, date=date(2026, 3, 2)),
    )
    return replace(picture, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "value", "outcome"),
    [
        (Status.RUNNING, GoNoGo.GO, "Go"),
        (Status.FINISHED, GoNoGo.GO, "Go"),
        (Status.NO_GO, GoNoGo.NO_GO, "No go"),
    ],
)
def test_a_decided_idea_bears_its_outcome_and_the_day_of_the_decision(
    status: Status, value: GoNoGo, outcome: str
) -> None:
    told = english(decided(status=status, decision=Decision(value=value, date=date(2026, 3, 2))))
    assert (told.cover.outcome, told.cover.draft) == (outcome, "")
    assert (told.stamp, told.dated) == ("Decided on 2 March 2026", "2026-03-02")


def test_an_imported_decision_is_marked_so() -> None:
    told = english(decided(decision=Decision(value=GoNoGo.GO, date=date(2026, 3, 2), imported=True)))
    assert told.stamp == "Imported decision of 2 March 2026"
    assert "came in from a file" in told.cover.told


def test_a_confidential_idea_says_so_on_cover_and_every_page() -> None:
    told = english(decided(confidential=True))
    assert told.cover.confidential == "Confidential"
    assert told.stamp == "Decided on 2 March 2026 · confidential"


def test_an_exercise_says_so_on_cover_and_every_page() -> None:
    told = english(decided(test=True))
    assert told.cover.exercise == "Exercise"
    assert told.stamp == "Decided on 2 March 2026 · exercise"
    assert "no real idea" in chapter(decided(test=True), "infofiche")
    assert english(decided()).cover.exercise == ""


def test_what_was_done_about_a_decision_and_what_was_left_out_stands_beside_it() -> None:
    decision = Decision(
        value=GoNoGo.NO_GO,
        partners_told=date(2026, 3, 5),
        trajectory_skipped="Het team was erbij.",
        talk_skipped="Iedereen sprak zich al uit.",
    )
    printed = chapter(decided(status=Status.NO_GO, decision=decision), "decision")
    for words in ("5 March 2026", "Het team was erbij.", "Iedereen sprak zich al uit."):
        assert words in printed


def of_summary(picture: Picture, head: str) -> list[Line]:
    """The lines of one row of the summary."""
    return [line for row in in_short(english(picture)).rows if row.head == head for line in row.lines]


def test_a_clash_between_decision_and_team_stands_on_the_summary_and_its_trajectory_on_the_cover() -> None:
    told = english(decided())
    assert "trajectory" not in told.cover.told
    clash = in_short(told).tension
    assert clash is not None
    assert (clash.need, clash.title) == (
        "required",
        "Decision and feeling in the own team differ.",
    )
    planned = decided(trajectory=Trajectory(aim="Samen kiezen."))
    assert "With a trajectory, because decision and feeling in the own team differ." in english(planned).cover.told
    assert [line.text for line in of_summary(planned, "What follows")] == ["Samen kiezen."]
    mixed = english(replace(planned, votes=Votes(counts=(2, 0, 2, 0, 2))))
    assert "With a trajectory for the own team." in mixed.cover.told


@pytest.mark.parametrize(
    ("votes", "title"),
    [
        (Votes(counts=(2, 0, 2, 0, 2)), "The own team is of two minds."),
        (Votes(counts=(1, 0, 0, 0, 1)), "What the own team feels is not known."),
        (None, "What the own team feels is not known."),
    ],
)
def test_the_summary_says_of_the_team_only_what_was_measured(votes: Votes | None, title: str) -> None:
    tension = in_short(english(decided(votes=votes))).tension
    assert tension is not None
    assert tension.title == title
    assert ("not taken" in tension.text) is (title != "The own team is of two minds.")


def test_a_disappointment_with_how_things_are_is_no_doubt_in_the_team() -> None:
    no_go = Decision(value=GoNoGo.NO_GO)
    keen = decided(status=Status.NO_GO, verdict=Verdict.NOT_OK, decision=no_go, votes=Votes(counts=(0, 0, 0, 3, 3)))
    tension = in_short(english(keen)).tension
    assert tension is not None
    assert (tension.need, tension.title) == ("advised", "Decision and feeling in the own team differ.")


# ---------- the summary


def test_the_summary_opens_with_the_decision() -> None:
    decision = Decision(value=GoNoGo.NO_GO, date=date(2026, 3, 2), present=("directie", "teamcoach"))
    picture = decided(status=Status.NO_GO, decision=decision)
    assert in_short(english(picture)).rows[0].head == "Decision"
    assert of_summary(picture, "Decision") == [
        Line(word="No go.", text="2 March 2026"),
        Line(label="Present", text="directie and teamcoach"),
    ]
    assert of_summary(Picture(title="Idee"), "Decision") == []


def test_the_summary_names_every_condition_that_is_not_met() -> None:
    conditions = (
        Condition(text="Het pand", status=ConditionStatus.CANNOT_BE_MET),
        Condition(text="De raad", status=ConditionStatus.NOT_MET),
        Condition(text="De vergunning", status=ConditionStatus.CANNOT_BE_MET),
        Condition(text="Het geld", status=ConditionStatus.MET),
    )
    told = of_summary(decided(conditions=conditions), "Points and conditions")
    assert told == [
        Line(text="1 of 4 necessary conditions met."),
        Line(label="Cannot be met", text="Het pand · De vergunning"),
        Line(label="Not met", text="De raad"),
    ]


@pytest.mark.parametrize(
    ("open_points", "words"),
    [
        (0, "No follow-up point is open any more."),
        (1, "One follow-up point is still open."),
        (2, "2 follow-up points are still open."),
    ],
)
def test_the_summary_counts_the_points_that_are_open(open_points: int, words: str) -> None:
    points = (FollowUp(text="Klaar", status=FollowUpStatus.SOLVED), *(FollowUp(text="Open"),) * open_points)
    assert of_summary(decided(followups=points), "Points and conditions") == [Line(text=words)]


def test_the_summary_names_the_talk_that_is_still_owed() -> None:
    no_go = decided(
        status=Status.NO_GO,
        verdict=Verdict.NOT_OK,
        decision=Decision(value=GoNoGo.NO_GO),
        partners=(partner("A"),),
        talk=(Talk(with_team=True),),
    )
    told = [line.text for line in of_summary(no_go, "What follows")]
    assert told == ["An evaluation talk with the partners must still be held."]
    held = replace(no_go, talk=(Talk(with_team=True, with_partners=True),))
    assert of_summary(held, "What follows") == []


def test_the_day_of_a_review_is_told_without_saying_whether_it_is_past() -> None:
    picture = decided(votes=None, decision=Decision(value=GoNoGo.GO, review=date(2026, 9, 1)))
    assert of_summary(picture, "What follows") == [Line(label="Review agreed for", text="1 September 2026")]


# ---------- names and lists


def test_codes_that_hold_an_and_of_their_own_are_told_apart() -> None:
    picture = Picture(title="Idee", themes=(Theme.FINANCE_PURCHASE, Theme.TRAINING))
    assert "Finance and purchase · training" in chapter(picture, "infofiche")


@pytest.mark.parametrize(("team", "told"), [("Team jongeren", "Team jongeren"), ("Kantine", "Team: Kantine")])
def test_a_team_is_called_a_team_once(team: str, told: str) -> None:
    picture = Picture(title="Idee", team=team)
    assert english(picture).cover.foot == (told,)
    assert f">{told}<" in chapter(picture, "infofiche").replace(" </p>", "</p>")


def test_a_match_between_decision_and_team_shows_no_clash() -> None:
    assert in_short(english(decided(votes=Votes(counts=(0, 0, 0, 3, 3))))).tension is None


# ---------- words and lines


def test_the_columns_of_every_grid_fill_the_page() -> None:
    blocks = [b for c in english(full()).chapters for part in c.parts for b in part.blocks]
    widths = [sum(column.width for column in block.columns) for block in blocks if isinstance(block, Grid)]
    assert len(widths) == 11
    assert set(widths) == {100}


@pytest.mark.parametrize(
    ("text", "limit", "head", "cut"),
    [
        ("kort", 10, "kort", False),
        ("precies tien", 12, "precies tien", False),
        ("een twee drie vier", 12, "een twee…", True),
        ("een twee, drie", 9, "een twee…", True),
        ("x" * 50, 10, "x" * 10 + "…", True),
        ("a\n\n  b", 10, "a b", False),
    ],
)
def test_a_text_is_cut_between_words(text: str, limit: int, head: str, cut: bool) -> None:
    assert shorten(text, limit) == (head, cut)


def test_paragraphs_are_told_apart_by_an_empty_line() -> None:
    assert paragraphs("een\r\ntwee\r\n\r\n \r\ndrie\n") == ("een\ntwee", "drie")


@pytest.mark.parametrize(
    ("months", "words"), [(None, ""), ("indefinite", "indefinite"), (1, "1 month"), (5, "5 months"), (24, "2 years")]
)
def test_a_duration_is_said_in_whole_years_where_it_can(months: object, words: str) -> None:
    with translation.override("en"):
        assert duration(months) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["a"], "a"), (["a", "", "b"], "a and b"), ("abc", "a, b and c")]
)
def test_names_are_said_as_in_a_sentence(names: list[str], words: str) -> None:
    with translation.override("en"):
        assert all_of(names) == words


def test_a_short_row_stays_whole() -> None:
    row = Row(head="Hoe?", lines=(Line(text="Zo."), Line(text="En zo.")))
    assert [piece.kind for piece in row.pieces] == ["whole"]


def test_a_long_row_keeps_enough_beside_its_head_and_loses_nothing() -> None:
    lines = tuple(Line(label=f"L{number}", text="w" * 100, rest=("v" * 100,)) for number in range(8))
    pieces = Row(head="Hoe?", lines=lines).pieces
    assert [piece.kind for piece in pieces[:2]] == ["first", "next"]
    assert pieces[-1].kind == "last"
    assert sum(len(piece.lines) for piece in pieces) == 16


def test_a_row_that_opens_with_a_long_paragraph_has_its_head_above_it() -> None:
    pieces = Row(head="Hoe?", lines=(Line(text="w" * LONGEST_WHOLE), Line(text="Kort."))).pieces
    assert [(piece.kind, piece.short) for piece in pieces] == [("over", True), ("next", False), ("last", True)]
