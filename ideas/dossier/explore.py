"""Step 1 in the dossier: the infofiche."""

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from checks.catalogue import Part
from checks.codes import EvidenceAbout, PartnerStatus, Rating
from checks.decision import Settings
from checks.picture import Goal, Partner, Picture
from ideas.dossier.build import ChapterOfDossier, PartOfDossier, grid, row, rows
from ideas.dossier.comments import comments_on
from ideas.dossier.shapes import Block, Line, Row
from ideas.dossier.wording import answer, line, named_team, place, short_day
from ideas.wording import asked, capital, day, duration, euro, number, say


def _idea(picture: Picture, settings: Settings) -> Iterator[Block]:
    flags = picture.flags
    yield from rows(
        row(gettext("In short"), line(text=picture.summary)),
        row(
            gettext("Where it stands"),
            line(text=capital(place(picture.status, picture.step, picture.round))),
            line(gettext("Went on in"), picture.merged_into),
            line(gettext("Look again on"), day(picture.revisit_on)),
            line(gettext("Closed on"), day(picture.closed)),
        ),
        row(
            asked("s0.origin"),
            line(word=capital(say(picture.origin.type))),
            line(text=picture.origin.text),
            line(gettext("Brought by"), picture.origin.brought_by),
        ),
        row(
            gettext("Received"),
            line(text=day(picture.received)),
            line(gettext("Answer needed by"), day(picture.answer_needed_by)),
        ),
        row(asked("s0.owner"), line(text=capital(picture.idea_owner)), line(text=named_team(picture.team))),
        row(asked("s0.motive"), line(text=capital(say(picture.motive)))),
        row(gettext("Themes"), line(text=capital(" · ".join(map(say, picture.themes))))),
        row(
            gettext("Form"),
            line(text=capital(say(picture.form))),
            line(gettext("Duration"), duration(picture.duration)),
            line(gettext("Legal form"), picture.legal_form),
        ),
        row(gettext("Benefits expected"), line(text=capital(" · ".join(map(say, picture.benefits))))),
        row(gettext("Objections"), line(text=capital(" · ".join(map(say, picture.objections))))),
        row(
            gettext("Needs care"),
            line(text=gettext("Data of clients are shared.") if flags.client_data_shared else ""),
            line(gettext("Agreement on data"), flags.data_agreement),
            line(text=gettext("Staff of one organisation work for another.") if flags.staff_lent else ""),
            line(text=gettext("Costs are charged on between partners.") if flags.costs_recharged else ""),
            line(text=gettext("The VAT was checked.") if flags.vat_checked else ""),
            line(text=gettext("It is about something that happens once.") if flags.one_off else ""),
        ),
        row(
            gettext("Who may see it"),
            line(text=gettext("This idea is confidential.") if picture.confidential else ""),
        ),
        row(
            gettext("Exercise"),
            line(text=gettext("This is an exercise or a test, no real idea.") if picture.test else ""),
        ),
    )


def _why(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from rows(
        row(asked("s1.why.challenge"), line(text=picture.challenge)),
        row(asked("s1.why.evidence_problem"), _evidence(picture, EvidenceAbout.PROBLEM)),
        row(asked("s1.why.evidence_answers"), _evidence(picture, EvidenceAbout.ANSWER)),
    )


def _evidence(picture: Picture, about: EvidenceAbout) -> list[Line]:
    lines: list[Line] = []
    for item in picture.evidence:
        if item.about is about:
            lines += line(text=item.text)
            label = gettext("Source") if item.source else gettext("Year")
            lines += line(label, ", ".join(word for word in (item.source, str(item.year or "")) if word))
    return lines


def _goals(picture: Picture, settings: Settings) -> Iterator[Block]:
    def told(goal: Goal) -> list[Line]:
        return [
            *line(text=goal.text),
            *line(gettext("For whom"), goal.who_benefits),
            *line(gettext("When"), goal.horizon),
        ]

    yield from grid(
        [(gettext("Goal"), 46), (asked("s1.goals.clear"), 27), (asked("s1.goals.feasible"), 27)],
        (
            [told(goal), answer(goal.clear, goal.clear_note), answer(goal.feasible, goal.feasible_note)]
            for goal in picture.goals
        ),
    )


def _how(picture: Picture, settings: Settings) -> Iterator[Block]:
    finance = picture.finance
    hours = finance.meeting_hours
    yield from rows(
        row(asked("s1.how.approach"), line(text=picture.approach)),
        row(
            asked("s1.how.finance"),
            line(text=finance.text),
            line(gettext("Costs a year"), euro(finance.cost_year)),
            line(gettext("Our own share"), euro(finance.own_share)),
            line(gettext("Term"), duration(finance.term)),
            line(gettext("What comes back"), finance.payback),
            line(
                gettext("Meetings"),
                ""
                if hours is None
                else ngettext("%(hours)s hour a year", "%(hours)s hours a year", hours) % {"hours": number(hours)},
            ),
        ),
    )
    yield from grid(
        [(gettext("Income"), 40), (gettext("A year"), 20), (gettext("Certain"), 15), (gettext("Until"), 25)],
        (
            [
                line(text=income.source or gettext("source not named")),
                line(text=euro(income.amount)),
                line(text=say(Rating.YES) if income.certain else gettext("not yet")),
                line(text=short_day(income.until)),
            ]
            for income in finance.income
        ),
    )


def _partners(picture: Picture, settings: Settings) -> Iterator[Block]:
    yield from rows(
        *(partner_row(partner) for partner in picture.partners if partner.status is not PartnerStatus.DROPPED_OUT)
    )


def partner_row(partner: Partner) -> list[Row]:
    """A partner, with what it can and wants to bring."""
    about = " · ".join(say(code) for code in (partner.kind, partner.domain, partner.relation) if code)
    return row(
        partner.name,
        line(text=capital(about)),
        line(gettext("Brings"), partner.contribution),
        answer(partner.can, partner.can_note, gettext("Is able to")),
        answer(partner.willing, partner.willing_note, gettext("Wants to")),
        line(gettext("Own interest"), partner.own_interest),
        line(gettext("Speaks for it"), partner.represented_by),
        line(gettext("Mandate"), partner.mandate),
        line(text=gettext("A paid supplier.") if partner.paid_supplier else ""),
        name=True,
        remark=say(partner.status),
    )


INFOFICHE = ChapterOfDossier(
    lambda: gettext("Infofiche"),
    "infofiche",
    1,
    [
        PartOfDossier(lambda: gettext("The idea"), "idea", _idea),
        PartOfDossier(lambda: say(Part.WHY), "why", _why),
        PartOfDossier(lambda: say(Part.GOALS), "goals", _goals),
        PartOfDossier(lambda: say(Part.HOW), "how", _how),
        PartOfDossier(lambda: say(Part.WHO), "who", _partners),
        comments_on(1),
    ],
)
