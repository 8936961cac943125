"""The completed demo idea: nothing of the given one is lost, nothing is left open, and its dates make sense."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from checks.codes import Band, Check, Conclusion, Rating, Role, Status
from checks.conclusion import suggested_conclusion
from checks.decision import Start, follows_from, suggested_verdict
from checks.picture import PICTURE, Picture
from checks.temperature import band
from ideas import demo

FOLDER = Path(demo.__file__).parent
LATEST_RECEIVED = date(2026, 9, 28)


def raw_ideas(name: str) -> list[dict[str, Any]]:
    ideas: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))["ideas"]
    return ideas


GIVEN = {idea["slug"]: idea for idea in raw_ideas("ideas.yaml")}
[COMPLETED] = raw_ideas("woonklaar.yaml")
WOONKLAAR = PICTURE.validate_python(COMPLETED)


def lost(given: object, completed: object, place: str = "woonklaar") -> Iterator[str]:
    """The places where a given value is not there any more; a text may have become a record with more beside it."""
    if isinstance(given, dict):
        for key, value in given.items():
            yield from lost(value, completed.get(key) if isinstance(completed, dict) else None, f"{place}.{key}")
    elif isinstance(given, list):
        found = completed if isinstance(completed, list) else []
        for number, value in enumerate(given):
            yield from lost(value, found[number] if number < len(found) else None, f"{place}[{number}]")
    elif given != completed and not (isinstance(completed, dict) and given in completed.values()):
        yield place


def values(record: object) -> Iterator[tuple[str, object]]:
    """Every value of the raw data with the key that it stands at."""
    if isinstance(record, dict):
        for key, value in record.items():
            if isinstance(value, (dict, list)):
                yield from values(value)
            else:
                yield str(key), value
    elif isinstance(record, list):
        for value in record:
            yield from values(value) if isinstance(value, (dict, list)) else [("", value)]


def test_the_five_given_ideas_are_there() -> None:
    assert list(GIVEN) == ["woonklaar", "samen-een-dossier", "nachtanker", "brug-aan-de-poort", "digimaat"]
    pictures = {slug: PICTURE.validate_python(idea) for slug, idea in GIVEN.items()}
    assert max(picture.received for picture in pictures.values() if picture.received) == LATEST_RECEIVED
    warmth = {slug: band(picture.votes.counts if picture.votes else None) for slug, picture in pictures.items()}
    assert warmth["woonklaar"] is Band.MUCH
    assert warmth["samen-een-dossier"] is Band.LITTLE
    rows = {slug: follows.row for slug, picture in pictures.items() if (follows := follows_from(picture))}
    assert rows == {"woonklaar": 1, "samen-een-dossier": 5, "nachtanker": 16}


def test_every_given_value_is_still_in_the_completed_idea() -> None:
    assert list(lost(GIVEN["woonklaar"], COMPLETED)) == []


def test_a_value_that_changed_or_went_would_be_seen() -> None:
    changed = {**COMPLETED, "motive": "imposed", "goals": COMPLETED["goals"][:2]}
    del changed["form"]
    assert list(lost(GIVEN["woonklaar"], changed)) == [
        "woonklaar.motive",
        "woonklaar.form",
        "woonklaar.goals[2].text",
        "woonklaar.goals[2].clear",
        "woonklaar.goals[2].feasible",
    ]


def test_the_checks_come_to_what_the_group_concluded() -> None:
    for check in Check:
        assert getattr(WOONKLAAR.checks, check).conclusion is suggested_conclusion(WOONKLAAR, check) is Conclusion.OK


def test_it_is_a_go_with_a_warm_team_and_all_in_order() -> None:
    suggested, follows = suggested_verdict(WOONKLAAR), follows_from(WOONKLAAR)
    assert suggested is not None
    assert suggested.verdict is WOONKLAAR.verdict
    assert follows is not None
    assert (follows.row, follows.start) == (1, Start.NOW)


def test_its_way_is_one_chain_from_received_to_running_with_one_step_back() -> None:
    way = WOONKLAAR.transitions
    places = [(event.from_status, event.from_step) for event in way]
    assert places[1:] == [(event.to_status, event.to_step) for event in way[:-1]]
    assert places[0] == (Status.RECEIVED, None)
    assert way[-1].to_status is WOONKLAAR.status is Status.RUNNING
    assert all(event.why and event.role for event in way)
    assert way[-1].role is Role.POLICY_TEAM

    back = [event for event in way if event.from_step and event.to_step and event.to_step < event.from_step]
    assert [(event.from_step, event.to_step, event.round) for event in back] == [(3, 1, 2)]
    opened: dict[int, int] = {}
    for event in way:
        if event.to_step:
            opened[event.to_step] = opened.get(event.to_step, 0) + 1
            assert event.round == opened[event.to_step]
    assert WOONKLAAR.step is not None
    assert WOONKLAAR.round == opened[WOONKLAAR.step]


def test_its_dates_follow_each_other() -> None:
    decision, votes, review = WOONKLAAR.decision, WOONKLAAR.votes, WOONKLAAR.reviews[0]
    assert decision is not None
    assert votes is not None
    in_order = [
        WOONKLAAR.received,
        *(event.date for event in WOONKLAAR.transitions[:-1]),
        WOONKLAAR.control.date,
        votes.date,
        decision.date,
        decision.review,
        review.date,
        LATEST_RECEIVED,
        review.next,
    ]
    days = [day for day in in_order if day]
    assert len(days) == len(in_order)
    assert days == sorted(days)
    assert WOONKLAAR.transitions[-1].date == decision.date


def test_only_the_next_review_and_the_end_of_a_subsidy_lie_in_the_future() -> None:
    later = {key for key, value in values(COMPLETED) if isinstance(value, date) and value > LATEST_RECEIVED}
    assert later == {"next", "until"}


def test_people_appear_by_role_and_links_lead_nowhere() -> None:
    for name in ("ideas.yaml", "woonklaar.yaml", "other.yaml"):
        for _, value in values(raw_ideas(name)):
            assert "@" not in str(value)
            if str(value).startswith("http"):
                assert urlsplit(str(value)).hostname in {"lindeveer.example.org", "kennisbank.example.org"}


def test_client_data_is_shared_with_an_agreement_and_the_first_review_is_recorded() -> None:
    assert WOONKLAAR.flags.client_data_shared
    assert WOONKLAAR.flags.data_agreement
    assert [review.works for review in WOONKLAAR.reviews] == [Rating.YES]
    assert set(WOONKLAAR.reviews[0].benefits_seen) < set(WOONKLAAR.benefits)


def test_the_other_organisation_has_one_idea_of_its_own_in_step_2() -> None:
    [told] = raw_ideas("other.yaml")
    other: Picture = PICTURE.validate_python(told)
    assert (other.status, other.step) == (Status.IN_STEP, 2)
    assert other.slug not in GIVEN
