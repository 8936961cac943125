"""Step 2 in the dossier: the three checks, opvolgpunten and noodzakelijke voorwaarden."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext, ngettext

from checks.catalogue import Part
from checks.codes import Check, Conclusion, FollowUpStatus, Triage
from checks.conclusion import suggested_conclusion
from checks.decision import Settings
from checks.mirror import care_of
from checks.picture import Condition, Coordinated, FinanceTyped, FollowUp, Picture, Rated
from ideas.dossier.build import ChapterOfDossier, PartOfDossier, grid, row, rows, sentences
from ideas.dossier.comments import comments_on
from ideas.dossier.shapes import Block, Grid, Line, Row
from ideas.dossier.wording import answer, line, place, short_day
from ideas.wording import all_of, asked, capital, day, say


def _preparation(picture: Picture, settings: Settings) -> Iterator[Block]:
    told = picture.preparation
    meetings: list[Row] = []
    for meeting in told.support:
        meetings += row(
            capital(meeting.service) or gettext("Support services"),
            line(text=meeting.remarks),
            line(gettext("Present"), meeting.who),
            name=True,
            remark=day(meeting.date),
        )
    if meetings or told.not_needed:
        yield from sentences(asked("s2.prep.support"))
    yield from rows(
        meetings,
        row(gettext("No support service needed"), line(text=told.not_needed)),
        row(asked("s2.prep.team"), line(text=told.team)),
        row(asked("s2.prep.policy"), line(text=told.policy)),
    )


def _drijfveercheck(picture: Picture, settings: Settings) -> Iterator[Block]:
    check = picture.checks.drijfveer
    yield from _check(
        picture,
        Check.DRIJFVEER,
        {
            "s2.drive.mission": check.mission,
            "s2.drive.vision": check.vision,
            "s2.drive.mandate": check.mandate,
            "s2.drive.finance_type": check.finance,
        },
        {"s2.drive.give_up": check.give_up},
    )


def _expertisecheck(picture: Picture, settings: Settings) -> Iterator[Block]:
    check = picture.checks.expertise
    yield from _check(
        picture,
        Check.EXPERTISE,
        {"s2.exp.inhouse": check.inhouse, "s2.exp.available": check.available},
        {"s2.exp.attractive": check.attractive, "s2.exp.onboarding": check.onboarding},
    )


def _samenwerkcheck(picture: Picture, settings: Settings) -> Iterator[Block]:
    check = picture.checks.samenwerk
    names = "beyond shared all_partners no_superfluous pieces_known pieces_connected equal atmosphere coordination"
    yield from _check(
        picture, Check.SAMENWERK, {f"s2.collab.{name}": getattr(check, name) for name in names.split()}, {}
    )


def _check(
    picture: Picture, check: Check, answers: Mapping[str, Rated | FinanceTyped | Coordinated], texts: Mapping[str, str]
) -> Iterator[Block]:
    told = getattr(picture.checks, check)
    if any(given.value or given.note for given in answers.values()):
        yield from grid(
            [(gettext("Question"), 44), (gettext("Answer"), 16), (gettext("Note"), 40)],
            (
                [
                    line(text=asked(slug)),
                    answer(given.value) or line(word=capital(gettext("not answered")), tone="unanswered"),
                    line(text=given.note),
                ]
                for slug, given in answers.items()
            ),
        )
    yield from rows(
        *(row(asked(slug), line(text=text)) for slug, text in texts.items()),
        row(gettext("Conclusion"), _conclusion(picture, check, told.conclusion), line(text=told.note)),
    )


def _conclusion(picture: Picture, check: Check, given: Conclusion | None) -> list[Line]:
    suggested = suggested_conclusion(picture, check)
    if given is None:
        words = gettext("The answers come to: %(conclusion)s. Nobody concluded yet.")
        return line(text=words % {"conclusion": say(suggested)}) if suggested else []
    differs = suggested not in {None, given}
    words = gettext("The answers came to: %(conclusion)s.") % {"conclusion": say(suggested)}
    return [*line(word=capital(say(given))), *line(text=words if differs else "")]


# ---------- points and conditions


def is_dropped(point: FollowUp) -> bool:
    """Whether this opvolgpunt was let go."""
    return point.status is FollowUpStatus.LAPSED or point.triage is Triage.DROP


def _followups(picture: Picture, settings: Settings) -> Iterator[Block]:
    dropped = sum(map(is_dropped, picture.followups))
    yield from followups_grid(point for point in picture.followups if not is_dropped(point))
    yield from sentences(
        ngettext(
            "One point was dropped: see the end of this dossier.",
            "%(count)d points were dropped: see the end of this dossier.",
            dropped,
        )
        % {"count": dropped}
        if dropped
        else "",
        gettext("The policy team confirmed this list on %(day)s.") % {"day": day(picture.confirmed.followups)}
        if picture.confirmed.followups
        else "",
    )


def followups_grid(points: Iterable[FollowUp]) -> Iterator[Grid]:
    """Opvolgpunten beside each other."""
    yield from grid(
        [
            (gettext("Follow-up point"), 38),
            (gettext("Belongs to"), 17),
            (gettext("Who"), 16),
            (gettext("Due"), 15),
            (gettext("Status"), 14),
        ],
        (
            [
                [
                    *line(text=point.text),
                    *line(gettext("Remark"), point.remark),
                    *line(gettext("On the question"), asked(point.question)),
                ],
                line(text=capital(place(None, point.step))),
                line(text=point.owner),
                line(text=short_day(point.due)),
                [*line(word=capital(say(point.status)), tone=point.status), *line(text=say(point.triage))],
            ]
            for point in points
        ),
    )


def _care_of(condition: Condition, picture: Picture) -> str:
    """What takes care of it, each with what it is; a lapsed opvolgpunt says so."""
    told = [
        f"{one.text} ({say(one.kind)}{', ' + say(one.status) if one.lapsed else ''})"
        for one in care_of(condition, picture)
    ]
    return all_of(told)


def _evidence_for(condition: Condition, picture: Picture) -> list[str]:
    """The files and links that show it, by name; their digests stand with the attachments."""
    return [one.title for one in picture.attachments if one.condition and one.condition == condition.text]


def _conditions(picture: Picture, settings: Settings) -> Iterator[Block]:
    def told(condition: Condition) -> list[Line]:
        return [
            *line(text=condition.text),
            *line(gettext("Remark"), condition.remark),
            *line(gettext("Taken care of by"), _care_of(condition, picture)),
            *line(gettext("Evidence wanted"), condition.evidence_wanted),
            *line(gettext("Evidence"), all_of(_evidence_for(condition, picture))),
            *line(gettext("On the question"), asked(condition.question)),
        ]

    yield from grid(
        [
            (gettext("Must be in order at the decision"), 48),
            (gettext("Checked by"), 21),
            (gettext("Due"), 15),
            (gettext("Status"), 16),
        ],
        (
            [
                told(condition),
                line(text=condition.checked_by),
                line(text=short_day(condition.due)),
                line(word=capital(say(condition.status)), tone=condition.status),
            ]
            for condition in picture.conditions
        ),
    )
    if picture.confirmed.conditions:
        words = (
            gettext("The policy team confirmed this list on %(day)s.")
            if picture.conditions
            else gettext("The policy team confirmed on %(day)s that there are none.")
        )
        yield from sentences(words % {"day": day(picture.confirmed.conditions)})


CHECKS = ChapterOfDossier(
    lambda: gettext("The three checks"),
    "checks",
    2,
    [
        PartOfDossier(lambda: say(Part.PREPARATION), "preparation", _preparation),
        PartOfDossier(lambda: say(Part.DRIJFVEER), "drijfveercheck", _drijfveercheck),
        PartOfDossier(lambda: say(Part.EXPERTISE), "expertisecheck", _expertisecheck),
        PartOfDossier(lambda: say(Part.SAMENWERK), "samenwerkcheck", _samenwerkcheck),
    ],
)
POINTS = ChapterOfDossier(
    lambda: gettext("Follow-up points and conditions"),
    "points",
    2,
    [
        PartOfDossier(lambda: say(Part.FOLLOW_UPS), "followups", _followups),
        PartOfDossier(lambda: say(Part.CONDITIONS), "conditions", _conditions),
        comments_on(2),
    ],
)
