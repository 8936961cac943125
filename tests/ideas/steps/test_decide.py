"""Step 4 as one page: control, the questions back, preparing and recording the decision, and who may do what."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from checks.codes import Band, ConditionStatus, FollowUpStatus, Role, Status, Verb, Verdict, VotingWay
from checks.picture import Condition as ConditionOfPicture
from checks.picture import Confirmed
from checks.picture import FollowUp as PointOfPicture
from ideas.models import (
    Condition,
    Control,
    Decision,
    DecisionDraft,
    FollowUp,
    Idea,
    Involvement,
    OpenReading,
    Transition,
)
from ideas.steps.deciding import months_after
from people.models import Member
from tests.factories import PASSWORD, Client
from tests.ideas.steps.step_4 import (
    COUNTS,
    READY,
    decide,
    get,
    give_verdict,
    idea_of,
    post,
    prepare,
    say,
    send,
    step_4,
    take_temperature,
)
from tests.page_forms import form_to

HTMX = {"HX-Request": "true"}
# Around a test stands a transaction, so that the one of the view shows as a savepoint and its release.
TEST_SAVEPOINT = 2


@pytest.fixture
def idea(follower: Member) -> Idea:
    return idea_of(follower)


@pytest.fixture
def ready(client: Client, follower: Member, idea: Idea) -> Idea:
    give_verdict(client, follower, idea, Verdict.OK)
    take_temperature(client, follower, idea, COUNTS[Band.MUCH])
    prepare(idea)
    return idea


def row_of(idea: Idea, name: str) -> str:
    row = (Condition if name == "conditions" else FollowUp).objects.get(idea=idea)
    return reverse("ideas:control_row", args=[idea.pk, name, row.pk])


# ---------- control


@pytest.mark.parametrize("who", ["follower", "support"])
def test_each_point_and_condition_is_controlled_on_its_line(
    who: str, client: Client, idea: Idea, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    for name, status in [("conditions", "partly"), ("followups", "in_progress")]:
        sent = send(client, member, step_4(idea), row_of(idea, name), status=status, remark="Bijna.")
        assert sent.status_code == 302
    condition, point = Condition.objects.get(), FollowUp.objects.get()
    assert (condition.status, condition.remark) == (ConditionStatus.PARTLY, "Bijna.")
    assert (point.status, point.remark) == (FollowUpStatus.IN_PROGRESS, "Bijna.")


def test_a_line_saves_itself_and_says_so(client: Client, follower: Member, idea: Idea) -> None:
    to = row_of(idea, "conditions")
    form = form_to(to, get(client, follower, "decide", idea.pk))
    answer = client.post(to, form.sent({"status": "partly"}), headers=HTMX)
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == '{"saved": {}}'
    assert "Saved" in answer.content.decode() or "Opgeslagen" in answer.content.decode()
    version = answer.content.decode().partition('name="version" value="')[2].partition('"')[0]
    assert version not in {"", form.fields["version"].value[0]}
    again = client.post(to, form.sent({"status": "met", "version": version}), headers=HTMX)
    assert again.status_code == 200


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_line_that_somebody_changed_in_the_meantime_is_not_replaced_unseen(
    headers: dict[str, str], client: Client, follower: Member, idea: Idea
) -> None:
    to = row_of(idea, "conditions")
    form = form_to(to, get(client, follower, "decide", idea.pk))
    Condition.objects.update(status=ConditionStatus.NOT_MET)
    answer = client.post(to, form.sent({"status": "partly", "remark": "Mijn tekst"}), headers=headers)
    assert answer.status_code == 409
    assert Condition.objects.get().status is ConditionStatus.NOT_MET
    assert headers or "Mijn tekst" in answer.content.decode()


def test_the_suggestion_and_its_reasons_follow_the_lists(client: Client, follower: Member, idea: Idea) -> None:
    send(client, follower, step_4(idea), row_of(idea, "conditions"), status="partly")
    fragment = client.get(step_4(idea), headers=HTMX).content.decode()
    assert 'id="suggestion" hx-swap-oob="true"' in fragment
    assert "Een noodzakelijke voorwaarde is niet of maar deels voldaan" in fragment
    assert "<textarea" not in fragment


def test_nothing_is_suggested_before_the_checks_are_concluded_and_the_lists_confirmed(
    client: Client, follower: Member
) -> None:
    idea = idea_of(follower, confirmed=Confirmed())
    client.force_login(follower)
    assert client.get(step_4(idea)).context["suggestion"] is None
    assert give_verdict(client, follower, idea, Verdict.NOT_OK).status_code == 302


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_verdict_other_than_the_suggestion_needs_a_note(
    headers: dict[str, str], client: Client, follower: Member, idea: Idea
) -> None:
    to = reverse("ideas:verdict", args=[idea.pk])
    form = form_to(to, get(client, follower, "decide", idea.pk))
    answer = client.post(to, form.sent({"verdict": "not_ok", "by": "HR en opvolger"}), headers=headers)
    assert answer.status_code == 422
    assert "alles ok" in answer.content.decode()
    assert Control.objects.get().verdict is None
    if not headers:
        typed = form_to(to, answer.content.decode())
        assert (typed.fields["verdict"].value, typed.fields["by"].value) == (["not_ok"], ["HR en opvolger"])
    noted = client.post(to, form.sent({"verdict": "not_ok", "note": "Te duur."}), headers=headers)
    assert noted.status_code == (200 if headers else 302)
    control = Control.objects.get()
    assert (control.verdict, control.note) == (Verdict.NOT_OK, "Te duur.")
    assert control.date is not None


def test_a_verdict_is_saved_in_a_few_queries(
    client: Client, follower: Member, idea: Idea, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    to = reverse("ideas:verdict", args=[idea.pk])
    sent = form_to(to, get(client, follower, "decide", idea.pk)).sent({"verdict": "ok"})
    line = row_of(idea, "conditions")
    status = form_to(line, get(client, follower, "decide", idea.pk)).sent({"status": "partly"})
    with django_assert_max_num_queries(12 + TEST_SAVEPOINT):
        client.post(to, sent, headers=HTMX)
    with django_assert_max_num_queries(12 + TEST_SAVEPOINT):
        client.post(line, status, headers=HTMX)


def test_a_private_note_at_the_verdict_is_for_follower_and_policy_team(
    client: Client, follower: Member, support: Member, policy: Member, coordinator: Member, idea: Idea
) -> None:
    Control.objects.filter(idea=idea).update(verdict=Verdict.OK, note="Tussen ons", notes_private=True)
    shows = {who.name: "Tussen ons" in get(client, who, "decide", idea.pk) for who in (follower, policy)}
    hides = {who.name: "Tussen ons" in get(client, who, "decide", idea.pk) for who in (support, coordinator)}
    assert all(shows.values())
    assert not any(hides.values())


@pytest.mark.parametrize("who", ["policy", "coordinator", "colleague"])
def test_follower_and_support_do_the_control_and_others_read_it(
    who: str, client: Client, idea: Idea, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    assert post(client, member, "verdict", idea.pk, verdict="ok").status_code == 403
    row = Condition.objects.get()
    assert post(client, member, "control_row", idea.pk, "conditions", row.pk, status="partly").status_code == 403
    shown = get(client, member, "decide", idea.pk)
    assert "Er is een coördinator" in shown
    assert f'action="{row_of(idea, "conditions")}"' not in shown


def test_a_line_of_another_idea_is_not_there(client: Client, follower: Member, idea: Idea) -> None:
    other = idea_of(follower, replace(READY, title="Een ander"))
    row = Condition.objects.get(idea=other)
    assert post(client, follower, "control_row", idea.pk, "conditions", row.pk, status="met").status_code == 404
    assert post(client, follower, "control_row", idea.pk, "goals", row.pk, status="met").status_code == 404


# ---------- the questions go back


@pytest.fixture
def questions(client: Client, follower: Member) -> Idea:
    points = (PointOfPicture(text="Wie betaalt?", step=3), PointOfPicture(text="Wat wil het CLB?", step=2))
    idea = idea_of(follower, followups=(*points, PointOfPicture(text="Huur", step=1, status=FollowUpStatus.SOLVED)))
    give_verdict(client, follower, idea, Verdict.QUESTION_MARKS)
    return idea


def test_the_questions_go_back_in_one_action_to_the_lowest_step_of_the_open_points(
    client: Client, follower: Member, questions: Idea
) -> None:
    shown = get(client, follower, "decide", questions.pk).partition('id="back-now"')[2].partition("</form>")[0]
    for words in ["Wie betaalt?", "Wat wil het CLB?", "Naar stap 2", "Naar stap 3"]:
        assert words in shown
    assert "Huur" not in shown
    answer = send(client, follower, step_4(questions), reverse("ideas:questions_back", args=[questions.pk]))
    assert answer.status_code == 302
    questions.refresh_from_db()
    event = Transition.objects.filter(idea=questions).get(verb=Verb.SEND_BACK)
    assert (questions.step, event.to_step, event.why) == (2, 2, "Wat wil het CLB?; Wie betaalt?")
    assert Control.objects.get().back_to_step == 2


def test_the_reason_can_be_told_in_own_words(client: Client, coordinator: Member, questions: Idea) -> None:
    at = reverse("ideas:questions_back", args=[questions.pk])
    assert send(client, coordinator, at, at, why="Eerst nog eens bellen.").status_code == 302
    assert Transition.objects.get(verb=Verb.SEND_BACK).why == "Eerst nog eens bellen."


def test_questions_sent_back_twice_go_back_once(client: Client, follower: Member, questions: Idea) -> None:
    to = reverse("ideas:questions_back", args=[questions.pk])
    sent = form_to(to, get(client, follower, "decide", questions.pk)).sent()
    assert [client.post(to, sent).status_code for _time in range(2)] == [302, 302]
    assert post(client, follower, "questions_back", questions.pk).status_code == 409
    assert Transition.objects.filter(verb=Verb.SEND_BACK).count() == 1


@pytest.mark.parametrize("who", ["support", "policy", "colleague"])
def test_who_does_not_lead_the_idea_does_not_send_it_back(
    who: str, client: Client, questions: Idea, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    assert post(client, member, "questions_back", questions.pk).status_code == 403
    assert reverse("ideas:questions_back", args=[questions.pk]) not in get(client, member, "decide", questions.pk)


def test_there_is_nothing_to_take_back_without_question_marks(client: Client, follower: Member, ready: Idea) -> None:
    assert 'id="take-back"' not in get(client, follower, "decide", ready.pk)
    assert post(client, follower, "questions_back", ready.pk).status_code == 409


def test_a_new_round_of_step_4_begins_without_a_verdict(client: Client, follower: Member, questions: Idea) -> None:
    questions.send_back(follower, Role.IDEA_OWNER, to=3, why="De puzzel klopt nog niet.")
    assert Control.objects.get().verdict is Verdict.QUESTION_MARKS
    questions.move_on(follower, Role.IDEA_OWNER, to=4)
    control = Control.objects.get()
    assert (control.verdict, control.note, control.date, control.back_to_step) == (None, "", None, None)


def test_another_verdict_forgets_where_the_questions_went(client: Client, follower: Member, questions: Idea) -> None:
    Control.objects.update(back_to_step=2)
    FollowUp.objects.update(status=FollowUpStatus.SOLVED)
    give_verdict(client, follower, questions, Verdict.OK)
    assert Control.objects.get().back_to_step is None


# ---------- preparing and recording


def test_what_is_prepared_goes_into_the_decision_and_the_draft_is_emptied(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    for name, text in {
        "present": "directeur\nteamcoach\ndirecteur",
        "conditions_kept": "De huur blijft laag.",
        "deciding_question": "s2.drive.mandate",
        "review": "2027-06-01",
    }.items():
        assert say(client, follower, ready, name, text).status_code == 302
    confirming = get(client, policy, "record", ready.pk, "go")
    for words in ["Samen staan we sterker.", "directeur, teamcoach", "De huur blijft laag.", "1 juni 2027"]:
        assert words in confirming
    decide(client, policy, ready, "go")
    decision = Decision.objects.get()
    assert decision.motivation == "Samen staan we sterker."
    assert decision.present == ["directeur", "teamcoach"]
    assert (decision.conditions_kept, decision.review) == ("De huur blijft laag.", date(2027, 6, 1))
    assert (decision.deciding_question, decision.override) == ("s2.drive.mandate", "")
    assert not DecisionDraft.objects.exists()
    event = Transition.objects.get(verb=Verb.DECIDE)
    assert (event.member, event.role) == (policy, Role.POLICY_TEAM)


def test_neighbouring_texts_of_the_preparation_never_conflict(
    client: Client, follower: Member, policy: Member, idea: Idea
) -> None:
    mine, theirs = (reverse("ideas:prepare", args=[idea.pk, name]) for name in ("motivation", "present"))
    opened = form_to(theirs, get(client, policy, "decide", idea.pk))
    send(client, follower, step_4(idea), mine, motivation="Omdat het moet.")
    client.force_login(policy)
    assert client.post(theirs, opened.sent({"present": "directeur"})).status_code == 302
    draft = DecisionDraft.objects.get()
    assert (draft.motivation, draft.present) == ("Omdat het moet.", "directeur")


def test_a_text_of_the_preparation_is_not_replaced_unseen(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    to = reverse("ideas:prepare", args=[ready.pk, "motivation"])
    opened = form_to(to, get(client, policy, "decide", ready.pk))
    say(client, follower, ready, "motivation", "Van de opvolger.")
    client.force_login(policy)
    answer = client.post(to, opened.sent({"motivation": "Van het beleidsteam."}))
    assert answer.status_code == 409
    for words in ["Van de opvolger.", "Van het beleidsteam."]:
        assert words in answer.content.decode()
    assert DecisionDraft.objects.get().motivation == "Van de opvolger."


@pytest.mark.parametrize(("name", "text"), [("deciding_question", "s9.nothing"), ("review", "morgen")])
def test_what_cannot_be_prepared_so_is_refused(
    name: str, text: str, client: Client, follower: Member, ready: Idea
) -> None:
    answer = say(client, follower, ready, name, text)
    assert answer.status_code == 422
    assert not getattr(DecisionDraft.objects.get(), name)


def test_a_decision_sent_twice_is_recorded_once(client: Client, policy: Member, ready: Idea) -> None:
    to = reverse("ideas:record", args=[ready.pk, "go"])
    sent = form_to(to, get(client, policy, "record", ready.pk, "go")).sent()
    assert [client.post(to, sent).status_code for _time in range(2)] == [302, 302]
    assert Decision.objects.count() == 1
    assert Transition.objects.filter(verb=Verb.DECIDE).count() == 1


def test_who_signed_in_long_ago_shows_who_they_are_before_a_decision_and_goes_on_with_it(
    client: Client, policy: Member, ready: Idea
) -> None:
    to, again = reverse("ideas:record", args=[ready.pk, "go"]), reverse("account_reauthenticate")
    sent = form_to(to, get(client, policy, "record", ready.pk, "go")).sent()
    client.show(policy, ago=60 * 16)
    assert client.get(to).headers["Location"].startswith(again)
    asked = client.post(to, sent)
    assert asked.status_code == 401
    assert not Decision.objects.exists()
    shown = client.post(again, form_to(again, asked.content.decode()).sent({"password": PASSWORD}))
    assert client.post(to, form_to(to, shown.content.decode()).sent()).status_code == 302
    assert Decision.objects.get().motivation == "Samen staan we sterker."


def test_a_decision_on_what_changed_in_the_meantime_is_looked_at_again(
    client: Client, follower: Member, policy: Member, ready: Idea
) -> None:
    to = reverse("ideas:record", args=[ready.pk, "go"])
    opened = form_to(to, get(client, policy, "record", ready.pk, "go")).sent()
    take_temperature(client, follower, ready, COUNTS[Band.LITTLE])
    client.force_login(policy)
    answer = client.post(to, opened)
    assert answer.status_code == 409
    assert "Er veranderde intussen iets." in answer.content.decode()
    assert not Decision.objects.exists()
    assert client.post(to, form_to(to, answer.content.decode()).sent()).status_code == 302


def test_what_the_decision_does_not_rest_on_is_said_before_it_is_recorded(
    client: Client, follower: Member, policy: Member, idea: Idea
) -> None:
    give_verdict(client, follower, idea, Verdict.QUESTION_MARKS, note="Er zijn nog vragen.")
    prepare(idea, not_measured="Het team is er nog niet.")
    recording = get(client, policy, "record", idea.pk, "no_go")
    assert "Je koos nog niet welke vraag de doorslag gaf." in recording
    assert "Er loopt nog een meting" not in recording
    OpenReading.open(idea, VotingWay.MEETING)
    prepare(idea, deciding_question="s2.drive.mission")
    recording = get(client, policy, "record", idea.pk, "no_go")
    assert "Je koos nog niet welke vraag de doorslag gaf." not in recording
    assert "Er loopt nog een meting" in recording


@pytest.mark.parametrize("who", ["follower", "support", "coordinator", "colleague"])
def test_only_the_policy_team_records_go_or_no_go(
    who: str, client: Client, ready: Idea, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    assert post(client, member, "record", ready.pk, "go").status_code == 403
    assert reverse("ideas:record", args=[ready.pk, "go"]) not in get(client, member, "decide", ready.pk)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [("follower", True), ("policy", True), ("coordinator", False), ("support", False), ("colleague", False)],
)
def test_follower_collaborator_and_policy_team_prepare_the_decision(
    who: str, may: bool, client: Client, idea: Idea, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    answer = post(client, member, "prepare", idea.pk, "motivation", motivation="Daarom.")
    assert answer.status_code == (302 if may else 403)


def test_a_collaborator_prepares_the_decision(client: Client, colleague: Member, idea: Idea) -> None:
    Involvement.objects.create(idea=idea, member=colleague, role=Role.COLLABORATOR)
    assert say(client, colleague, idea, "motivation", "Daarom.").status_code == 302


def test_go_and_no_go_look_the_same(client: Client, policy: Member, ready: Idea) -> None:
    choices = get(client, policy, "decide", ready.pk).partition('id="choices"')[2].partition("</section>")[0]
    go, no_go = choices.split('class="chosen')[1:]
    button = [one.partition("<a ")[2].partition(" href")[0] for one in (go, no_go)]
    assert button == ['class="button" id="to-go"', 'class="button" id="to-no_go"']
    pages = [get(client, policy, "record", ready.pk, value).partition("<main")[2] for value in ("go", "no_go")]
    rests_on = [page.partition('class="stack tight rests-on"')[2].partition("</section>")[0] for page in pages]
    assert rests_on[0] == rests_on[1] != ""
    own = [page.replace(same, "") for page, same in zip(pages, rests_on, strict=True)]
    assert ["primary" in page or "data-code" in page for page in own] == [False, False]


def test_a_merged_idea_is_not_decided(client: Client, follower: Member, policy: Member, ready: Idea) -> None:
    Idea.objects.filter(pk=ready.pk).update(status=Status.MERGED)
    assert post(client, policy, "record", ready.pk, "go").status_code == 403


def test_a_stopped_idea_says_why_it_is_not_decided(client: Client, policy: Member, ready: Idea) -> None:
    Idea.objects.filter(pk=ready.pk).update(status=Status.STOPPED)
    answer = post(client, policy, "record", ready.pk, "go")
    assert answer.status_code == 409
    assert "Dit idee is gestopt." in answer.content.decode()
    assert "Dit idee is gestopt." in get(client, policy, "decide", ready.pk)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 9, 15), 3, date(2026, 12, 15)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_a_review_comes_on_the_same_day_of_a_later_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


# ---------- speed


def test_page_and_fragment_take_the_same_few_queries_for_5_and_for_50_of_everything(
    client: Client, follower: Member
) -> None:
    taken = set()
    client.force_login(follower)
    for n in (5, 50):
        idea = idea_of(
            follower,
            replace(READY, title=f"Met {n}"),
            conditions=tuple(ConditionOfPicture(text=f"Voorwaarde {k}") for k in range(n)),
            followups=tuple(PointOfPicture(text=f"Punt {k}", step=1) for k in range(n)),
        )
        with CaptureQueriesContext(connection) as page:
            client.get(step_4(idea))
        with CaptureQueriesContext(connection) as fragment:
            client.get(step_4(idea), headers=HTMX)
        taken.add((len(page), len(fragment)))
    assert len(taken) == 1
    assert max(page for page, _fragment in taken) <= 35
    assert max(fragment for _page, fragment in taken) <= 30
