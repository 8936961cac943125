"""The database itself refuses what must not be, whatever the code above it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F
from django.utils import timezone

from checks.codes import (
    Benefit,
    Body,
    Check,
    Company,
    ExportKind,
    GoNoGo,
    IndicatorKind,
    Reply,
    Role,
    Severity,
    Status,
    Theme,
    UnsealedFor,
    VotingWay,
)
from ideas.fields import CodeField
from ideas.models import (
    AcceptedSignal,
    Activity,
    AgendaItem,
    Agreement,
    Alignment,
    Answer,
    AskedMember,
    Asking,
    Attachment,
    Bundle,
    Change,
    CheckConclusion,
    Comment,
    CommentsSeen,
    Condition,
    Contribution,
    Control,
    Decision,
    DecisionDraft,
    Directors,
    Dossier,
    Evidence,
    Export,
    FinancialFrame,
    FollowUp,
    FormSent,
    Goal,
    Idea,
    Income,
    Indicator,
    Involvement,
    Measure,
    Meeting,
    OpenReading,
    Partner,
    Piece,
    Presence,
    Pulse,
    Reading,
    ReadLink,
    Review,
    SealedPages,
    SealedRecord,
    SlipCode,
    SupportMeeting,
    Talk,
    TemperatureReading,
    Tick,
    TickList,
    Trajectory,
    TrajectoryAction,
    Transition,
    Unsealing,
)
from ideas.seal import guard
from people.models import Member, Organisation
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
MODELS = list(apps.get_app_config("ideas").get_models())


@dataclass(frozen=True)
class World:
    """An idea with one row of everything."""

    idea: Idea
    member: Member
    partner: Partner
    piece: Piece
    bundle: Bundle
    other_bundle: Bundle
    review: Review


@pytest.fixture
def world(organisation: Organisation, follower: Member) -> World:
    idea = factories.idea(organisation, slug="woonklaar")
    partner = Partner.objects.create(idea=idea, name="Woonwerf")
    piece = Piece.objects.create(idea=idea, name="Proefwoningen")
    bundle = Bundle.objects.create(idea=idea, name="Wonen")
    other_bundle = Bundle.objects.create(idea=idea, name="Onthaal")
    review = Review.objects.create(idea=idea)
    indicator = Indicator.objects.create(idea=idea, kind=IndicatorKind.RESULT, partner=partner)
    trajectory = Trajectory.objects.create(idea=idea)
    decision = Decision.objects.create(idea=idea, value=GoNoGo.GO)
    sealed = SealedRecord.objects.create(idea=idea, decision=decision, format=1, sealed_at=timezone.now(), json="{}")
    asking = Asking.objects.create(idea=idea, about="expertise", body=Body.SUPPORT, role=Role.IDEA_OWNER)
    meeting = Meeting.objects.create(idea=idea, date=DAY, with_whom=Company.OWN_TEAM)
    voting = OpenReading.objects.create(idea=idea, way=VotingWay.MEETING)
    for row in (
        Activity(idea=idea, name="huisbezoek", bundle=bundle),
        AgendaItem(idea=idea, meeting=meeting, topic="s2.collab.equal"),
        Agreement(idea=idea, text="Uitstappen kan"),
        Alignment(idea=idea, what="Starters", bundle=bundle, other_bundle=other_bundle),
        Answer(idea=idea, question="s2.collab.equal", value="yes"),
        AskedMember(idea=idea, asking=asking, member=follower, reply=Reply.OBJECTION, answered_at=timezone.now()),
        Attachment(idea=idea, title="Fiche", url="https://lindeveer.example.org/fiche"),
        Change(
            idea=idea,
            content_type=ContentType.objects.get_for_model(Partner),
            object_id=partner.pk,
            action=Change.Action.CREATE,
            changes={"name": [None, "Woonwerf"]},
            role=Role.IDEA_OWNER,
            cid="1",
        ),
        CheckConclusion(idea=idea, check_name=Check.DRIJFVEER),
        Comment(idea=idea, place="step-1", step=1, author=follower, text="Klopt dit?"),
        CommentsSeen(idea=idea, place="step-1", member=follower, upto=1),
        Condition(idea=idea, text="Er zijn vier woningen."),
        Contribution(idea=idea, piece=piece, partner=partner),
        Contribution(idea=idea, piece=piece, partner=None),
        Control(idea=idea),
        DecisionDraft(idea=idea),
        Directors(idea=idea),
        Measure(idea=idea, indicator=indicator, date=DAY, value="12"),
        Pulse(idea=idea, date=DAY, who="Woonwerf"),
        Dossier(idea=idea, language="nl", digest="0" * 64),
        Evidence(idea=idea, text="46 jongeren"),
        AcceptedSignal(
            idea=idea, signal="S08", rests_on="0" * 16, severity=Severity.ATTENTION, reason="De stad zoekt."
        ),
        FinancialFrame(idea=idea),
        Export(member=follower, kind=ExportKind.LISTS, language="nl"),
        FollowUp(idea=idea, text="Navragen"),
        FormSent(token=uuid4(), member=follower),
        Goal(idea=idea, text="Wonen"),
        Income(idea=idea),
        Involvement(idea=idea, member=follower, role=Role.COLLABORATOR),
        Presence(idea=idea, member=follower),
        Reading(idea=idea, member=follower),
        ReadLink(idea=idea, for_whom="directeur", digest="0" * 64, until=DAY),
        SealedPages(sealed=sealed, language="nl", pdf=b"1"),
        SlipCode(digest="0" * 64, reading=voting),
        SupportMeeting(idea=idea),
        Talk(idea=idea),
        TemperatureReading(idea=idea),
        Tick(idea=idea, list=TickList.THEME, code=Theme.HOUSING),
        Tick(idea=idea, list=TickList.BENEFIT_SEEN, code=Benefit.QUALITY, review=review),
        TrajectoryAction(idea=idea, trajectory=trajectory, text="Praten"),
        Transition(idea=idea, date=DAY, to_status=Status.RECEIVED),
        Unsealing(organisation=organisation, record=uuid4(), sha256="0" * 64, done=UnsealedFor.REMOVAL, why="x"),
    ):
        row.save()
    # What is sealed nobody changes; here it is seen that a row that is not right would not come in either.
    guard.execute(connection, guard.lifts(connection))
    return World(idea, follower, partner, piece, bundle, other_bundle, review)


def refused(attempt: Callable[[], object]) -> str:
    """The words with which the database refuses this; the rest of the test goes on."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        attempt()
    return str(error.value)


def changes(model: type[models.Model], **values: object) -> Callable[[World], object]:
    """An attempt to change a row that is there."""
    return lambda world: model._default_manager.update(**values)


def adds(model: type[models.Model], *from_world: str, **values: object) -> Callable[[World], object]:
    """An attempt to add a row to the idea, with these things of the world and these values."""

    def attempt(world: World) -> object:
        given: dict[str, Any] = {"idea": world.idea, **{name: getattr(world, name) for name in from_world}, **values}
        return model._default_manager.create(**given)

    return attempt


def test_the_world_has_a_row_of_everything(world: World) -> None:
    assert [model.__name__ for model in MODELS if not model._default_manager.exists()] == []


CODES = [(model, field.name) for model in MODELS for field in model._meta.get_fields() if isinstance(field, CodeField)]


@pytest.mark.parametrize(("model", "field"), CODES, ids=lambda part: getattr(part, "__name__", part))
def test_a_code_that_is_not_in_its_list_is_refused(model: type[models.Model], field: str, world: World) -> None:
    row = model._default_manager.order_by("pk")[:1].get()
    for unknown in ("onbekend", "", "YES"):
        words = refused(lambda code=unknown: model._default_manager.filter(pk=row.pk).update(**{field: code}))  # type: ignore[misc]
        assert "check constraint" in words.lower()


@pytest.mark.parametrize(("model", "field"), CODES, ids=lambda part: getattr(part, "__name__", part))
def test_a_code_is_left_open_only_where_it_may_be(model: type[models.Model], field: str, world: World) -> None:
    if model._meta.get_field(field).null:
        assert model._default_manager.update(**{field: None})
    else:
        assert "null" in refused(lambda: model._default_manager.update(**{field: None})).lower()


def reads_by_link_twice(world: World) -> None:
    link = ReadLink.objects.get()
    for _ in range(2):
        Reading.objects.create(idea=world.idea, link=link)


# The constraint, and an attempt to break it.
CHECKED: list[tuple[str, str, Callable[[World], object]]] = [
    ("idea_step", "step 5", changes(Idea, step=5)),
    ("idea_step", "step 0", changes(Idea, step=0)),
    ("idea_in_step_has_a_step", "in a step, but in none", changes(Idea, status=Status.IN_STEP, step=None)),
    ("idea_duration_or_indefinite", "18 months and indefinite", changes(Idea, duration=18, indefinite=True)),
    (
        "idea_merged_has_status",
        "merged into another, but still under way",
        lambda world: Idea.objects.update(merged_into=world.idea),
    ),
    ("tick_code", "a theme among the benefits", adds(Tick, list=TickList.BENEFIT, code=Theme.HOUSING)),
    ("tick_code", "a benefit among the objections", adds(Tick, list=TickList.OBJECTION, code=Benefit.QUALITY)),
    ("tick_code", "an unknown theme", adds(Tick, list=TickList.THEME, code="gardening")),
    ("tick_seen_at_a_review", "seen, at no review", adds(Tick, list=TickList.BENEFIT_SEEN, code=Benefit.EFFICIENCY)),
    (
        "tick_seen_at_a_review",
        "expected, at a review",
        adds(Tick, "review", list=TickList.BENEFIT, code=Benefit.EFFICIENCY),
    ),
    ("answer_fits_its_question", "a question that nobody asks", adds(Answer, question="s9.unknown", value="yes")),
    ("answer_fits_its_question", "a question with a list", adds(Answer, question="s1.goals.list", value="Wonen")),
    ("answer_fits_its_question", "a rating for each goal", adds(Answer, question="s1.goals.clear", value="yes")),
    ("answer_fits_its_question", "a rating in words", adds(Answer, question="s2.drive.mission", value="Ja zeker")),
    ("answer_fits_its_question", "a text with a note", adds(Answer, question="s1.why.challenge", note="Nakijken")),
    ("answer_fits_its_question", "money rated", adds(Answer, question="s2.drive.finance_type", value="yes")),
    ("answer_fits_its_question", "coordination rated", adds(Answer, question="s2.collab.coordination", value="partly")),
    ("answer_fits_its_question", "a rating with money", adds(Answer, question="s2.drive.mission", value="surplus")),
    ("transition_steps", "from step 5", changes(Transition, from_step=5)),
    ("transition_steps", "to step 0", changes(Transition, to_step=0)),
    ("comment_step", "a comment on step 5", changes(Comment, step=5)),
    ("comment_question", "a comment on no question", changes(Comment, question="s9.none")),
    ("comment_replies_to_another", "a reply to itself", changes(Comment, reply_to=F("id"))),
    ("involvement_role", "somebody named as policy team", changes(Involvement, role=Role.POLICY_TEAM)),
    ("attachment_link_or_file", "neither a link nor a file", adds(Attachment, title="Fiche")),
    ("attachment_link_or_file", "a link and a file", changes(Attachment, file="fiche.pdf")),
    ("frame_cost_year", "costs below nothing", changes(FinancialFrame, cost_year=-1)),
    ("frame_own_share", "an own share below nothing", changes(FinancialFrame, own_share=-1)),
    ("income_amount", "income below nothing", changes(Income, amount="-0.01")),
    ("followup_step", "a point for step 5", changes(FollowUp, step=5)),
    (
        "bundle_one_lead",
        "led by a partner and by us",
        lambda world: Bundle.objects.update(lead=world.partner, led_by_us=True),
    ),
    (
        "alignment_between_two",
        "a bundle with itself",
        lambda world: Alignment.objects.update(bundle=world.bundle, other_bundle=world.bundle),
    ),
    ("alignment_between_two", "a bundle with none", changes(Alignment, other_bundle=None)),
    ("alignment_between_two", "none with a bundle", changes(Alignment, bundle=None)),
    ("accepted_signal_has_a_reason", "accepted without a reason", changes(AcceptedSignal, reason="")),
    ("indicator_one_level", "for a partner and for us", changes(Indicator, for_us=True)),
    ("followup_question", "a point on a question that nobody asks", changes(FollowUp, question="s9.unknown")),
    ("condition_question", "a condition on one that nobody asks", changes(Condition, question="s9.unknown")),
    ("attachment_question", "a link on one that nobody asks", changes(Attachment, question="s9.unknown")),
    ("decision_deciding_question", "decided by none", changes(Decision, deciding_question="s9.unknown")),
    ("draft_deciding_question", "prepared by none", changes(DecisionDraft, deciding_question="s9.unknown")),
    ("control_back_to_step", "back to step 5", changes(Control, back_to_step=5)),
    ("meeting_minutes", "a meeting of a minute", changes(Meeting, minutes=1)),
    ("meeting_minutes", "a meeting of a week", changes(Meeting, minutes=10_000)),
    ("agenda_topic", "a topic that nobody knows", changes(AgendaItem, topic="s9.unknown")),
    ("agenda_topic_or_text", "neither a topic nor a text", changes(AgendaItem, topic="")),
    ("agenda_topic_or_text", "a topic and a text", changes(AgendaItem, text="Wie belt?")),
    ("asking_about", "asked about what is no part", changes(Asking, about="s9.unknown")),
    ("asked_answered_at", "answered at no time", changes(AskedMember, answered_at=None)),
    ("dossier_language", "a dossier in French", changes(Dossier, language="fr")),
    ("export_language", "an export in French", changes(Export, language="fr")),
    ("sealed_pages_language", "sealed pages in French", changes(SealedPages, language="fr")),
    ("unsealing_has_a_reason", "unsealed without a reason", changes(Unsealing, why="")),
    ("unsealing_becomes", "removed, and something in its place", changes(Unsealing, becomes="1" * 64)),
    ("unsealing_becomes", "blacked out, and nothing in its place", changes(Unsealing, done=UnsealedFor.BLACKOUT)),
]


@pytest.mark.parametrize(("constraint", "attempt"), [(c, a) for c, _, a in CHECKED], ids=[w for _, w, _ in CHECKED])
def test_what_must_not_be_is_refused(constraint: str, attempt: Callable[[World], object], world: World) -> None:
    assert constraint in refused(lambda: attempt(world))


# The constraint, and an attempt to add what is there already.
UNIQUE: list[tuple[str, str, Callable[[World], object]]] = [
    (
        "idea_slug_once",
        "a slug of the same organisation",
        lambda world: factories.idea(world.idea.organisation, slug="woonklaar"),
    ),
    (
        "accepted_signal_once",
        "a signal that rests on the same",
        adds(AcceptedSignal, signal="S08", rests_on="0" * 16, severity=Severity.INFO),
    ),
    ("tick_once", "a theme", adds(Tick, list=TickList.THEME, code=Theme.HOUSING)),
    (
        "tick_once_a_review",
        "a benefit seen at one review",
        adds(Tick, "review", list=TickList.BENEFIT_SEEN, code=Benefit.QUALITY),
    ),
    ("comments_seen_once", "what somebody saw at a place", adds(CommentsSeen, "member", place="step-1", upto=2)),
    ("reading_once_a_day", "who read it today", adds(Reading, "member")),
    ("reading_by_link_once_a_day", "who read it by a link today", reads_by_link_twice),
    ("presence_once", "somebody at an idea", adds(Presence, "member")),
    ("answer_once", "an answer", adds(Answer, question="s2.collab.equal", value="no")),
    ("involvement_once", "a person in one role", adds(Involvement, "member", role=Role.COLLABORATOR)),
    ("partner_name_once", "a partner", adds(Partner, name="Woonwerf")),
    ("conclusion_once", "the conclusion of a check", adds(CheckConclusion, check_name=Check.DRIJFVEER)),
    ("contribution_once", "a partner at a piece", adds(Contribution, "piece", "partner")),
    ("contribution_of_ours_once", "ourselves at a piece", adds(Contribution, "piece", partner=None)),
    ("bundle_name_once", "a bundle", adds(Bundle, name="Wonen")),
    ("activity_in_one_bundle", "an activity in the same bundle", adds(Activity, "bundle", name="huisbezoek")),
    (
        "activity_in_one_bundle",
        "an activity in another bundle",
        lambda world: Activity.objects.create(idea=world.idea, name="huisbezoek", bundle=world.other_bundle),
    ),
    ("activity_in_one_bundle", "an activity in no bundle", adds(Activity, name="huisbezoek")),
    (
        "agenda_topic_once",
        "a topic at one meeting",
        lambda world: Meeting.objects.get().items.create(idea=world.idea, topic="s2.collab.equal"),
    ),
    (
        "asked_once",
        "a person in one question",
        lambda world: AskedMember.objects.create(idea=world.idea, asking=Asking.objects.get(), member=world.member),
    ),
    ("reading_one_current", "a current reading", adds(TemperatureReading)),
    ("decision_one_current", "a current decision", adds(Decision, value=GoNoGo.NO_GO)),
    (
        "dossier_once_a_version",
        "a dossier in one language",
        adds(Dossier, language="nl", digest="1" * 64),
    ),
    (
        "sealed_pages_once",
        "sealed pages for one reader in one language",
        lambda world: SealedPages.objects.create(sealed=SealedRecord.objects.get(), language="nl", pdf=b"2"),
    ),
    ("", "a control", adds(Control)),
    ("", "a financial frame", adds(FinancialFrame)),
    ("", "a trajectory", adds(Trajectory)),
    ("", "a draft of the decision", adds(DecisionDraft)),
    (
        "",
        "a form that was sent",
        lambda world: FormSent.objects.create(token=FormSent.objects.get().token, member=world.member),
    ),
]


@pytest.mark.parametrize("attempt", [a for _, _, a in UNIQUE], ids=[w for _, w, _ in UNIQUE])
def test_what_is_there_once_is_not_taken_twice(attempt: Callable[[World], object], world: World) -> None:
    assert "unique" in refused(lambda: attempt(world)).lower()


def test_every_constraint_is_broken_above() -> None:
    declared = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    of_codes = {name for name in declared if name.endswith("_code") and name != "tick_code"}
    assert {name for name, _, _ in [*CHECKED, *UNIQUE] if name} == declared - of_codes


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Idea, "round"),
        (TemperatureReading, "count_1"),
        (TemperatureReading, "count_5"),
        (FinancialFrame, "meeting_hours"),
        (Attachment, "size"),
        (Export, "done"),
    ],
)
def test_a_number_below_nothing_is_refused(model: type[models.Model], field: str, world: World) -> None:
    assert "check constraint" in refused(lambda: model._default_manager.update(**{field: -1})).lower()


def test_an_organisation_goes_with_its_merged_ideas_but_no_idea_that_others_were_merged_into(world: World) -> None:
    merged = factories.idea(world.idea.organisation, status=Status.MERGED, merged_into=world.idea)
    for model in (SealedPages, SealedRecord, Unsealing):
        model._default_manager.all().delete()
    with pytest.raises(models.RestrictedError):
        world.idea.delete()

    world.idea.organisation.delete()

    assert not Idea.objects.filter(pk__in=[world.idea.pk, merged.pk]).exists()


def test_a_point_may_be_on_a_question_of_the_catalogue(world: World) -> None:
    assert FollowUp.objects.update(question="s2.collab.shared") == 1


def test_what_may_be_more_than_once_is_taken(world: World) -> None:
    elsewhere = factories.organisation(name="Elders", slug="elders")
    same_slug = factories.idea(elsewhere, slug="woonklaar")
    for row in (
        Activity(idea=same_slug, name="huisbezoek"),
        Partner(idea=same_slug, name="Woonwerf"),
        TemperatureReading(idea=world.idea, current=False),
        TemperatureReading(idea=world.idea, current=False),
        Decision(idea=world.idea, value=GoNoGo.NO_GO, current=False),
        Decision(idea=world.idea, value=GoNoGo.NO_GO, current=False),
        Tick(idea=world.idea, list=TickList.BENEFIT, code=Benefit.QUALITY),
        Tick(
            idea=world.idea,
            list=TickList.BENEFIT_SEEN,
            code=Benefit.QUALITY,
            review=Review.objects.create(idea=world.idea),
        ),
        Involvement(idea=world.idea, member=world.member, role=Role.SUPPORT),
        Alignment(idea=world.idea, what="Nog open"),
        Answer(idea=world.idea, question="s2.drive.mission", value="", note="Nog bespreken"),
        Dossier(idea=world.idea, language="en", digest="0" * 64),
    ):
        row.save()
