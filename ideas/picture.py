"""The database ↔ the picture.

`read_pictures` reads any number of ideas in a fixed number of queries; `write_picture` records a new idea from a
picture. What is written and read again is equal, but for what was dropped: that is of the idea where it was dropped.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, time
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import models as db
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext

from checks import codes, picture
from checks.mentions import by_role
from checks.picture import COLLABORATION, INDEFINITE, SLUG_LENGTH, Picture
from checks.places import answer_at
from checks.words import Code
from ideas import models
from ideas.models.answers import ANSWERED_HERE, TickList
from people.models import Member, Organisation

# Every list at an idea, read with one query each.
LISTS: tuple[type[db.Model], ...] = (
    models.Activity,
    models.Agreement,
    models.Alignment,
    models.Answer,
    models.Attachment,
    models.Bundle,
    models.CheckConclusion,
    models.Comment,
    models.Condition,
    models.Contribution,
    models.Decision,
    models.Directors,
    models.Evidence,
    models.FollowUp,
    models.Goal,
    models.Income,
    models.Indicator,
    models.Measure,
    models.Partner,
    models.Piece,
    models.Pulse,
    models.Review,
    models.SupportMeeting,
    models.Talk,
    models.TemperatureReading,
    models.Tick,
    models.TrajectoryAction,
    models.Transition,
)
# What is told only where it is decided, and only where it runs.
TOLD_APART = (models.Directors, models.Measure, models.Pulse)
# What a page tells of an idea; what is said there it counts by itself.
WITHOUT_TALK: tuple[type[db.Model], ...] = tuple(model for model in LISTS if model not in {models.Comment, *TOLD_APART})
TO_DECIDE: tuple[type[db.Model], ...] = (*WITHOUT_TALK, models.Directors)
WHILE_IT_RUNS: tuple[type[db.Model], ...] = (*WITHOUT_TALK, models.Measure, models.Pulse)
# What the page of an idea shows, and that of step 4, and that of one of its other steps.
ON_A_PAGE: tuple[type[db.Model], ...] = (*WITHOUT_TALK, models.AcceptedSignal)
AT_THE_DECISION: tuple[type[db.Model], ...] = (*ON_A_PAGE, models.Directors)
ON_A_STEP = tuple(model for model in ON_A_PAGE if model is not models.Attachment)
# The lists of which a row is a record with the same fields.
SHAPES: dict[type[db.Model], type] = {
    models.Directors: picture.Directors,
    models.Evidence: picture.Evidence,
    models.FollowUp: picture.FollowUp,
    models.Goal: picture.Goal,
    models.Income: picture.Income,
    models.Measure: picture.Measure,
    models.Partner: picture.Partner,
    models.Pulse: picture.Pulse,
    models.SupportMeeting: picture.SupportMeeting,
    models.Talk: picture.Talk,
    models.TrajectoryAction: picture.TrajectoryAction,
    models.Transition: picture.Transition,
}
# What may be dropped, by where it stood.
DROPPABLE: dict[type[models.Droppable], codes.DroppedFrom] = {
    models.Alignment: codes.DroppedFrom.BETWEEN,
    models.Agreement: codes.DroppedFrom.OVERALL,
}
# The hour that is noted for what a file gives the day of.
MORNING = time(9)
SINGLE = (
    "organisation",
    "merged_into",
    "control",
    "financial_frame",
    "trajectory",
    "decision_draft",
    "open_reading",
)


# ---------- reading


def is_dropped(row: db.Model) -> bool:
    """Whether people let go of what they agreed here."""
    return isinstance(row, models.Droppable) and row.dropped is not None


def read_picture(idea: models.Idea) -> Picture:
    """The picture of one idea as it stands in the database."""
    return read_pictures([idea.pk])[idea.pk]


def read_pictures(ids: Sequence[int]) -> dict[int, Picture]:
    """The pictures of these ideas, by id, in as many queries for a thousand ideas as for one."""
    return {pk: reading.whole() for pk, reading in read(ids).items()}


def read(
    ids: Sequence[int],
    lists: Iterable[type[db.Model]] = LISTS,
    also: Mapping[str, db.expressions.Combinable] | None = None,
) -> dict[int, "Reading"]:
    """These ideas with the rows of these lists, one query a list, by id. Sorting them here is quicker than to ask it.

    A row that names a partner or bundle that the idea does not have is read without it, and an indicator of such a
    partner is left out: it may be taken away between two queries, and nothing in the database forbids it.
    `also` is asked along with the ideas themselves.
    """
    return read_rows(with_single(models.Idea.objects.filter(pk__in=ids), also), lists)


def with_single(
    ideas: "db.QuerySet[models.Idea]", also: Mapping[str, db.expressions.Combinable] | None = None
) -> "db.QuerySet[models.Idea]":
    """These ideas, with all of which each has at most one, and what is `also` asked along with them."""
    return ideas.select_related(*SINGLE).annotate(**(also or {}))


def read_rows(ideas: Iterable[models.Idea], lists: Iterable[type[db.Model]]) -> dict[int, "Reading"]:
    """Ideas that were asked for `with_single`, with the rows of these lists."""
    known = {idea.pk: idea for idea in ideas}
    rows: dict[type[db.Model], dict[int, list[Any]]] = {}
    for model in lists:
        rows[model] = defaultdict(list)
        place = attrgetter("position", "pk") if issubclass(model, models.Row) else attrgetter("pk")
        for row in sorted(_rows_at(model, list(known)), key=place):
            rows[model][row.idea_id].append(row)
    roles = _roles_by_name(known.values(), rows.get(models.Comment, {}))
    return {
        pk: Reading(idea, {model: found[pk] for model, found in rows.items()}, roles[idea.organisation_id])
        for pk, idea in known.items()
    }


def _roles_by_name(
    ideas: Iterable[models.Idea], comments: Mapping[int, Iterable[models.Comment]]
) -> Mapping[int, dict[str, str]]:
    """For each organisation of these ideas its people by name, with what they do.

    One query where a comment for the dossier may name somebody, else none.
    """
    named = {pk for pk, said in comments.items() if any(one.in_dossier and "@" in one.text for one in said)}
    organisations = {idea.organisation_id for idea in ideas if idea.pk in named}
    roles: Mapping[int, dict[str, str]] = defaultdict(dict)
    if organisations:
        for member in Member.objects.filter(organisation__in=organisations).exclude(name="").select_related("team"):
            does = member.function or member.role_words() or gettext("colleague")
            roles[member.organisation_id][member.name] = does
    return roles


def _rows_at(model: type[db.Model], ids: Sequence[int]) -> Iterable[Any]:
    if len(ids) == 1:
        return model._default_manager.all().fetch_mode(db.FETCH_PEERS).raw(_query_for(model), ids)
    return model._default_manager.filter(idea__in=ids).order_by().fetch_mode(db.FETCH_PEERS)


@cache
def _query_for(model: type[db.Model]) -> str:
    """The query for the rows of one idea. To build it for each list of each page took longer than to ask it."""
    return str(model._default_manager.filter(idea=0).order_by().query.sql_with_params()[0])


def _record[R](shape: type[R], row: object, **more: Any) -> R:
    """A record of the picture with the fields of the same name of a database row, and `more`.

    Notes for follower and policy team only are no part of the picture.
    """
    names = {field.name for field in fields(shape)} - more.keys()  # type: ignore[arg-type]
    hidden = set(row.NOTES) if isinstance(row, models.HasNotes) and row.notes_private else set()
    return shape(**{name: "" if name in hidden else getattr(row, name) for name in names}, **more)


@dataclass(frozen=True)
class Reading:
    """One idea with the rows of its lists, as they were read; and what its people do, by name, where that is needed."""

    idea: models.Idea
    rows: dict[type[db.Model], list[Any]]
    roles: Mapping[str, str] = field(default_factory=dict)

    def whole(self) -> Picture:
        idea, control = self.idea, getattr(self.idea, "control", None)
        decisions = {current: self._decisions(current) for current in (True, False)}
        readings = {current: self._readings(current) for current in (True, False)}
        return Picture(
            title=idea.title,
            slug=idea.slug,
            own_org=idea.organisation.name,
            summary=idea.summary,
            status=idea.status,
            step=idea.step,
            round=idea.round,
            received=idea.received,
            answer_needed_by=idea.answer_needed_by,
            revisit_on=idea.revisit_on,
            closed=idea.closed,
            merged_into=idea.merged_into.slug if idea.merged_into else "",
            confidential=idea.confidential,
            test=idea.test,
            origin=picture.OriginOfIdea(type=idea.origin, text=idea.origin_text, brought_by=idea.brought_by),
            idea_owner=idea.idea_owner_role,
            team=idea.team_name,
            motive=idea.motive,
            themes=self._ticks(TickList.THEME, codes.Theme),
            form=idea.form,
            duration=INDEFINITE if idea.indefinite else idea.duration,
            legal_form=idea.legal_form,
            benefits=self._ticks(TickList.BENEFIT, codes.Benefit),
            objections=self._ticks(TickList.OBJECTION, codes.Objection),
            flags=_record(picture.Flags, idea),
            challenge=self._text("s1.why.challenge"),
            evidence=self._shown(models.Evidence),
            goals=self._shown(models.Goal),
            approach=self._text("s1.how.approach"),
            pieces=self._shown(models.Piece),
            finance=self._finance(),
            partners=self._shown(models.Partner),
            preparation=picture.Preparation(
                support=self._shown(models.SupportMeeting),
                not_needed=idea.support_not_needed,
                team=self._text("s2.prep.team"),
                policy=self._text("s2.prep.policy"),
            ),
            checks=self._checks(),
            followups=self._shown(models.FollowUp),
            conditions=self._shown(models.Condition),
            confirmed=picture.Confirmed(followups=idea.followups_confirmed, conditions=idea.conditions_confirmed),
            activities=self._activities(None),
            bundles=self._shown(models.Bundle),
            between=self._shown(models.Alignment),
            overall=self._shown(models.Agreement),
            dropped=tuple(self._dropped()),
            indicators=self._shown(models.Indicator),
            enough=self._rated("s3.enough"),
            control=_record(picture.Control, control) if control else picture.Control(),
            verdict=control.verdict if control else None,
            back_to_step=control.back_to_step if control else None,
            votes=next(iter(readings[True]), None),
            earlier_votes=readings[False],
            decision=next(iter(decisions[True]), None),
            earlier_decisions=decisions[False],
            directors=self._shown(models.Directors),
            talk=self._shown(models.Talk),
            trajectory=self._trajectory(),
            reviews=self._shown(models.Review),
            pulses=self._shown(models.Pulse),
            transitions=self._shown(models.Transition),
            attachments=self._shown(models.Attachment),
            comments=self._comments(),
        )

    def listed(self, model: type[db.Model]) -> list[tuple[Any, Any]]:
        """The rows of a list, each with its record of the picture; of an activity that is the name of its bundle.

        For it, read also the lists that it names.
        """
        match model:
            case models.Piece:
                by = self._bringers()
                return [(row, _record(picture.Piece, row, by=tuple(by[row.pk]))) for row in self.rows[model]]
            case models.Activity:
                return [(row, self._bundles.get(row.bundle_id, "")) for row in self.rows[model]]
            case models.Bundle:
                return [
                    (row, _record(picture.Bundle, row, activities=self._activities(row.pk), lead=self._lead(row)))
                    for row in self.rows[model]
                ]
            case models.Attachment:
                return [
                    (row, _record(picture.Attachment, row, condition=self._says(models.Condition, row.condition_id)))
                    for row in self.rows[model]
                ]
            case models.Condition:
                return [
                    (row, _record(picture.Condition, row, cared_for=self._cared_for(row))) for row in self.rows[model]
                ]
            case models.Alignment:
                return [(row, _record(picture.Alignment, row, bundles=self._between(row))) for row in self._kept(model)]
            case models.Agreement:
                return [(row, _record(picture.Agreement, row)) for row in self._kept(model)]
            case models.Indicator:
                return [
                    (
                        row,
                        _record(
                            picture.Indicator,
                            row,
                            level=self._level(row),
                            goal=self._says(models.Goal, row.goal_id),
                            measures=tuple(
                                _record(picture.Measure, measure) for measure in self._measures.get(row.pk, ())
                            ),
                        ),
                    )
                    for row in self.rows[model]
                    if row.partner_id is None or row.partner_id in self._partners
                ]
            case models.Review:
                return [(row, _record(picture.Review, row, benefits_seen=self._seen(row))) for row in self.rows[model]]
            case _:
                return [(row, _record(SHAPES[model], row)) for row in self.rows[model]]

    def _kept(self, model: type[models.Droppable]) -> list[Any]:
        """What people agreed and did not drop."""
        return [row for row in self.rows[model] if not is_dropped(row)]

    def dropped(self) -> list[Any]:
        """What people agreed and dropped, the last one first."""
        rows = [row for model in DROPPABLE for row in self.rows[model] if row.dropped]
        return sorted(rows, key=attrgetter("dropped"), reverse=True)

    def _dropped(self) -> Iterable[picture.Dropped]:
        for row in self.dropped():
            yield picture.Dropped(
                text=str(row),
                kind=DROPPABLE[type(row)],
                date=row.dropped,
                by=row.dropped_as,
                why=row.dropped_why,
            )

    def _shown(self, model: type[db.Model]) -> tuple[Any, ...]:
        """The records of a list; none where it was not read."""
        return tuple(record for _, record in self.listed(model)) if model in self.rows else ()

    @cached_property
    def _partners(self) -> dict[int, str]:
        return {row.pk: row.name for row in self.rows[models.Partner]}

    @cached_property
    def _bundles(self) -> dict[int, str]:
        return {row.pk: row.name for row in self.rows[models.Bundle]}

    @cached_property
    def _measures(self) -> Mapping[int, list[models.Measure]]:
        """What each indicator showed, by its id."""
        by: dict[int, list[models.Measure]] = defaultdict(list)
        for row in self.rows.get(models.Measure, ()):
            by[row.indicator_id].append(row)
        return by

    def _ticks[C: Code](self, name: TickList, kind: type[C], review: int | None = None) -> tuple[C, ...]:
        return tuple(kind(row.code) for row in self.rows[models.Tick] if row.list is name and row.review_id == review)

    def _answer(self, slug: str) -> models.Answer | None:
        return next((row for row in self.rows[models.Answer] if row.question == slug), None)

    def _text(self, slug: str) -> str:
        answer = self._answer(slug)
        return answer.value if answer else ""

    def _coded[C: Code](self, slug: str, kind: type[C]) -> dict[str, Any]:
        answer = self._answer(slug)
        if answer is None:
            return {}
        note = "" if answer.notes_private else answer.note
        return {"value": kind(answer.value) if answer.value else None, "note": note}

    def _rated(self, slug: str) -> picture.Rated:
        return picture.Rated(**self._coded(slug, codes.Rating))

    def _checks(self) -> picture.Checks:
        def concluded(check: codes.Check) -> dict[str, Any]:
            row = next((row for row in self.rows[models.CheckConclusion] if row.check_name is check), None)
            return {"conclusion": row.conclusion, "note": "" if row.notes_private else row.note} if row else {}

        def ratings(head: str, *names: str) -> dict[str, Any]:
            return {name: self._rated(f"{head}.{name}") for name in names}

        return picture.Checks(
            drijfveer=picture.Drijfveercheck(
                **ratings("s2.drive", "mission", "vision", "mandate"),
                finance=picture.FinanceTyped(**self._coded("s2.drive.finance_type", codes.FinanceType)),
                give_up=self._text("s2.drive.give_up"),
                **concluded(codes.Check.DRIJFVEER),
            ),
            expertise=picture.Expertisecheck(
                **ratings("s2.exp", "inhouse", "available"),
                attractive=self._text("s2.exp.attractive"),
                onboarding=self._text("s2.exp.onboarding"),
                **concluded(codes.Check.EXPERTISE),
            ),
            samenwerk=picture.Samenwerkcheck(
                **ratings("s2.collab", "beyond", "shared", "all_partners", "no_superfluous"),
                **ratings("s2.collab", "pieces_known", "pieces_connected", "equal", "atmosphere"),
                coordination=picture.Coordinated(**self._coded("s2.collab.coordination", codes.Coordination)),
                **concluded(codes.Check.SAMENWERK),
            ),
        )

    def _bringers(self) -> dict[int, list[str]]:
        """Who brings each piece, by its id."""
        by: dict[int, list[str]] = defaultdict(list)
        for row in self.rows[models.Contribution]:
            if row.partner_id is None:
                by[row.piece_id].append(self.idea.organisation.name)
            elif row.partner_id in self._partners:
                by[row.piece_id].append(self._partners[row.partner_id])
        return by

    def _lead(self, bundle: models.Bundle) -> str:
        if bundle.led_by_us:
            return self.idea.organisation.name
        return self._partners.get(bundle.lead_id, "") if bundle.lead_id else ""

    def _between(self, told: models.Alignment) -> tuple[str, ...]:
        if told.bundle_id in self._bundles and told.other_bundle_id in self._bundles:
            return self._bundles[told.bundle_id], self._bundles[told.other_bundle_id]
        return ()

    def _cared_for(self, condition: models.Condition) -> picture.CaredFor:
        return picture.CaredFor(
            bundle=self._says(models.Bundle, condition.by_bundle_id),
            between=self._says(models.Alignment, condition.by_between_id),
            overall=self._says(models.Agreement, condition.by_overall_id),
            followup=self._says(models.FollowUp, condition.by_followup_id),
        )

    def _says(self, model: type[models.Row], pk: int | None) -> str:
        """What a row of this list says first; empty where there is none, or the list was not read."""
        rows = self.rows.get(model, ()) if pk else ()
        return next((str(row) for row in rows if row.pk == pk and not is_dropped(row)), "")

    def _level(self, indicator: models.Indicator) -> str:
        if indicator.for_us:
            return self.idea.organisation.name
        return self._partners[indicator.partner_id] if indicator.partner_id else COLLABORATION

    def _seen(self, review: models.Review) -> tuple[codes.Benefit, ...]:
        return self._ticks(TickList.BENEFIT_SEEN, codes.Benefit, review.pk)

    def _comments(self) -> tuple[picture.Comment, ...]:
        """What is to be printed in the dossier of what was said. Who is named as @Name comes along by what they do."""
        return tuple(
            _record(picture.Comment, row, date=timezone.localdate(row.at), text=by_role(row.text, self.roles))
            for row in self.rows.get(models.Comment, [])
            if row.in_dossier
        )

    def _finance(self) -> picture.Finance:
        frame = getattr(self.idea, "financial_frame", None)
        more: dict[str, Any] = {
            "text": self._text("s1.how.finance"),
            "income": self._shown(models.Income),
        }
        return _record(picture.Finance, frame, **more) if frame else picture.Finance(**more)

    def _activities(self, bundle: int | None) -> tuple[str, ...]:
        """The activities of this bundle, or of none that the idea has."""
        return tuple(
            row.name
            for row in self.rows[models.Activity]
            if (row.bundle_id if row.bundle_id in self._bundles else None) == bundle
        )

    def _readings(self, current: bool) -> tuple[picture.Votes, ...]:
        return tuple(
            _record(
                picture.Votes,
                row,
                counts=(row.count_1, row.count_2, row.count_3, row.count_4, row.count_5),
                remarks=tuple(row.remarks),
            )
            for row in self.rows[models.TemperatureReading]
            if row.current is current
        )

    def _decisions(self, current: bool) -> tuple[picture.Decision, ...]:
        return tuple(
            _record(picture.Decision, row, present=tuple(row.present))
            for row in self.rows[models.Decision]
            if row.current is current
        )

    def _trajectory(self) -> picture.Trajectory | None:
        trajectory = getattr(self.idea, "trajectory", None)
        actions = self._shown(models.TrajectoryAction)
        return _record(picture.Trajectory, trajectory, actions=actions) if trajectory else None


# ---------- writing


def write_picture(whole: Picture, organisation: Organisation) -> models.Idea:
    """Records a new idea. Call it in a transaction, with a picture that `checks.consistency` finds nothing in."""
    idea = _write_idea(whole, organisation)
    us = {organisation.name, whole.own_org}
    goals = _write_lists(whole, idea)
    partners = {row.name: row for row in _rows(models.Partner, idea, whole.partners)}
    pieces = _rows(models.Piece, idea, whole.pieces, leave_out={"by"})
    models.Contribution.objects.bulk_create(
        models.Contribution(idea=idea, position=place, piece=piece, partner=None if name in us else partners[name])
        for piece, told in zip(pieces, whole.pieces, strict=True)
        for place, name in enumerate(told.by)
    )
    _write_puzzle(whole, idea, partners, goals, us)
    _write_conditions(whole, idea)
    _write_decision(whole, idea)
    return idea


def _own_fields(record: object, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    return {
        field.name: getattr(record, field.name)
        for field in fields(record)  # type: ignore[arg-type]
        if field.name not in set(leave_out)
    }


def _rows[M: db.Model](
    model: type[M], idea: models.Idea, records: Iterable[object], leave_out: Iterable[str] = ()
) -> list[M]:
    """Writes one row a record, in order, with the fields of the same name."""
    return model._default_manager.bulk_create(
        [model(idea=idea, position=place, **_own_fields(record, leave_out)) for place, record in enumerate(records)]
    )


def _write_idea(whole: Picture, organisation: Organisation) -> models.Idea:
    follower = None
    if whole.idea_owner:
        followers = Member.objects.present().filter(organisation=organisation, function=whole.idea_owner)[:2]
        follower = followers[0] if len(followers) == 1 else None
    return models.Idea.objects.create(
        organisation=organisation,
        slug=whole.slug or free_slug(whole.title, organisation),
        title=whole.title,
        summary=whole.summary,
        status=whole.status,
        step=whole.step,
        round=whole.round,
        received=whole.received,
        answer_needed_by=whole.answer_needed_by,
        revisit_on=whole.revisit_on,
        closed=whole.closed,
        merged_into=models.Idea.objects.get(organisation=organisation, slug=whole.merged_into)
        if whole.merged_into
        else None,
        confidential=whole.confidential,
        test=whole.test,
        origin=whole.origin.type,
        origin_text=whole.origin.text,
        brought_by=whole.origin.brought_by,
        idea_owner=follower,
        idea_owner_role=whole.idea_owner,
        team=organisation.teams.filter(name=whole.team).first() if whole.team else None,
        team_name=whole.team,
        motive=whole.motive,
        form=whole.form,
        duration=None if whole.duration == INDEFINITE else whole.duration,
        indefinite=whole.duration == INDEFINITE,
        legal_form=whole.legal_form,
        support_not_needed=whole.preparation.not_needed,
        followups_confirmed=whole.confirmed.followups,
        conditions_confirmed=whole.confirmed.conditions,
        **_own_fields(whole.flags),
    )


def free_slug(title: str, organisation: Organisation) -> str:
    """A slug after the title that no idea of the organisation has yet."""
    head = slugify(title)[: SLUG_LENGTH - 6].strip("-_") or "idee"
    taken = set(organisation.ideas.filter(slug__startswith=head).values_list("slug", flat=True))
    return next(slug for slug in [head, *(f"{head}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)


def _write_lists(whole: Picture, idea: models.Idea) -> dict[str, models.Goal]:
    """Writes what names nothing else; returns the goals by what they say."""
    ticks = {
        TickList.THEME: whole.themes,
        TickList.BENEFIT: whole.benefits,
        TickList.OBJECTION: whole.objections,
    }
    models.Tick.objects.bulk_create(
        models.Tick(idea=idea, list=name, code=code, position=place)
        for name, ticked in ticks.items()
        for place, code in enumerate(ticked)
    )
    models.Answer.objects.bulk_create(_answers(whole, idea))
    _rows(models.Evidence, idea, whole.evidence)
    goals = _rows(models.Goal, idea, whole.goals)
    models.FinancialFrame.objects.create(idea=idea, **_own_fields(whole.finance, {"text", "income"}))
    _rows(models.Income, idea, whole.finance.income)
    _rows(models.SupportMeeting, idea, whole.preparation.support)
    models.CheckConclusion.objects.bulk_create(
        models.CheckConclusion(idea=idea, check_name=check, conclusion=told.conclusion, note=told.note)
        for check in codes.Check
        if (told := getattr(whole.checks, check)).conclusion or told.note
    )
    _rows(models.FollowUp, idea, whole.followups)
    _rows(models.Transition, idea, whole.transitions)
    models.Comment.objects.bulk_create(
        models.Comment(
            idea=idea,
            place=told.question.replace(".", "-") or f"step-{told.step}",
            at=timezone.make_aware(datetime.combine(told.date, MORNING)),
            in_dossier=True,
            **_own_fields(told, {"date"}),
        )
        for told in whole.comments
    )
    return _by_text(goals)


def _by_text[M: models.Row](rows: Iterable[M]) -> dict[str, M]:
    """Rows by what they say first; of two that say the same, the first."""
    told: dict[str, M] = {}
    for row in rows:
        told.setdefault(str(row), row)
    return told


def _write_conditions(whole: Picture, idea: models.Idea) -> None:
    """Writes the conditions, after all that may take care of them, and then the attachments with their condition."""
    carers = {
        "bundle": models.Bundle,
        "between": models.Alignment,
        "overall": models.Agreement,
        "followup": models.FollowUp,
    }
    known = {
        name: _by_text(model._default_manager.filter(idea=idea))
        for name, model in carers.items()
        if any(getattr(told.cared_for, name) for told in whole.conditions)
    }
    models.Condition.objects.bulk_create(
        models.Condition(
            idea=idea,
            position=place,
            **{f"by_{name}": rows.get(getattr(told.cared_for, name)) for name, rows in known.items()},
            **_own_fields(told, {"cared_for"}),
        )
        for place, told in enumerate(whole.conditions)
    )
    conditions = (
        _by_text(models.Condition.objects.filter(idea=idea)) if any(a.condition for a in whole.attachments) else {}
    )
    models.Attachment.objects.bulk_create(
        models.Attachment(
            idea=idea,
            position=place,
            condition=conditions.get(told.condition),
            **_own_fields(told, {"condition"}),
        )
        for place, told in enumerate(whole.attachments)
    )


def _answers(whole: Picture, idea: models.Idea) -> Iterable[models.Answer]:
    for slug in (slug for slugs in ANSWERED_HERE.values() for slug in slugs):
        answer = answer_at(whole, slug)
        value, note = (answer, "") if isinstance(answer, str) else (answer.value or "", answer.note)  # type: ignore[attr-defined]
        if value or note:
            yield models.Answer(idea=idea, question=slug, value=value, note=note)


def _write_puzzle(
    whole: Picture,
    idea: models.Idea,
    partners: dict[str, models.Partner],
    goals: dict[str, models.Goal],
    us: set[str],
) -> None:
    bundles = {
        told.name: models.Bundle(
            idea=idea,
            position=place,
            lead=partners.get(told.lead),
            led_by_us=bool(told.lead) and told.lead in us,
            **_own_fields(told, {"activities", "lead"}),
        )
        for place, told in enumerate(whole.bundles)
    }
    models.Bundle.objects.bulk_create(bundles.values())
    homes: list[tuple[models.Bundle | None, str]] = [(None, name) for name in whole.activities]
    homes += [(bundles[told.name], name) for told in whole.bundles for name in told.activities]
    models.Activity.objects.bulk_create(
        models.Activity(idea=idea, position=place, bundle=bundle, name=name)
        for place, (bundle, name) in enumerate(homes)
    )
    models.Alignment.objects.bulk_create(
        models.Alignment(
            idea=idea,
            position=place,
            bundle=bundles[told.bundles[0]] if told.bundles else None,
            other_bundle=bundles[told.bundles[1]] if told.bundles else None,
            **_own_fields(told, {"bundles"}),
        )
        for place, told in enumerate(whole.between)
    )
    _rows(models.Agreement, idea, whole.overall)
    indicators = models.Indicator.objects.bulk_create(
        models.Indicator(
            idea=idea,
            position=place,
            partner=partners.get(told.level),
            for_us=told.level in us,
            goal=goals.get(told.goal),
            **_own_fields(told, {"level", "goal", "measures"}),
        )
        for place, told in enumerate(whole.indicators)
    )
    models.Measure.objects.bulk_create(
        models.Measure(idea=idea, indicator=row, position=place, **_own_fields(measure))
        for row, told in zip(indicators, whole.indicators, strict=True)
        for place, measure in enumerate(told.measures)
    )


def _write_decision(whole: Picture, idea: models.Idea) -> None:
    models.Control.objects.create(
        idea=idea, verdict=whole.verdict, back_to_step=whole.back_to_step, **_own_fields(whole.control)
    )
    readings = [(whole.votes, True)] if whole.votes else []
    readings += [(told, False) for told in whole.earlier_votes]
    models.TemperatureReading.objects.bulk_create(
        models.TemperatureReading(
            idea=idea,
            position=place,
            current=current,
            remarks=sorted(told.remarks),
            **{f"count_{value}": count for value, count in enumerate(told.counts, start=1)},
            **_own_fields(told, {"counts", "remarks"}),
        )
        for place, (told, current) in enumerate(readings)
    )
    decisions = [(whole.decision, True)] if whole.decision else []
    decisions += [(told, False) for told in whole.earlier_decisions]
    models.Decision.objects.bulk_create(
        models.Decision(
            idea=idea,
            position=place,
            current=current,
            present=list(told.present),
            **_own_fields(told, {"present"}),
        )
        for place, (told, current) in enumerate(decisions)
    )
    _rows(models.Directors, idea, whole.directors)
    _rows(models.Talk, idea, whole.talk)
    if whole.trajectory:
        trajectory = models.Trajectory.objects.create(idea=idea, **_own_fields(whole.trajectory, {"actions"}))
        models.TrajectoryAction.objects.bulk_create(
            models.TrajectoryAction(idea=idea, position=place, trajectory=trajectory, **_own_fields(told))
            for place, told in enumerate(whole.trajectory.actions)
        )
    _rows(models.Pulse, idea, whole.pulses)
    reviews = _rows(models.Review, idea, whole.reviews, leave_out={"benefits_seen"})
    models.Tick.objects.bulk_create(
        models.Tick(idea=idea, list=TickList.BENEFIT_SEEN, code=code, position=place, review=review)
        for review, told in zip(reviews, whole.reviews, strict=True)
        for place, code in enumerate(told.benefits_seen)
    )
