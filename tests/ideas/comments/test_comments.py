"""What people say to each other at a question, a row or a step."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ideas.models import Comment, FollowUp, Goal, Idea
from people.models import Mail, Member, Organisation
from tests import factories
from tests.factories import Client

HTMX = {"HX-Request": "true"}
PLACE = "s1-why-challenge"


def at(idea: Idea, place: str = PLACE) -> str:
    return reverse("ideas:comments_at", args=[idea.pk, place])


def does(idea: Idea, comment: Comment, deed: str) -> str:
    return reverse("ideas:comment", args=[idea.pk, comment.pk, deed])


def says(idea: Idea, author: Member, text: str = "Klopt dit cijfer nog?", **told: object) -> Comment:
    return Comment.objects.create(idea=idea, **{"place": PLACE, "step": 1, "author": author, "text": text, **told})


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_somebody_says_something_and_a_colleague_replies(
    client: Client, idea: Idea, follower: Member, colleague: Member
) -> None:
    client.force_login(colleague)
    client.post(at(idea), {"text": "Klopt dit cijfer nog?"}, follow=True)
    first = Comment.objects.get()
    assert (first.author, first.place, first.step) == (colleague, PLACE, 1)
    client.force_login(follower)
    page = client.post(at(idea), {"text": "Ja, van vorig jaar.", "reply_to": first.pk}, follow=True)
    assert "Klopt dit cijfer nog?" in text_of(page)
    assert "Ja, van vorig jaar." in text_of(page)
    assert first.replies.get().author == follower


@pytest.mark.parametrize("place", [PLACE, "goals", "step-1", "step-4", "conclusion-drijfveer", "s2-drive-mandate"])
def test_it_is_said_at_every_question_list_conclusion_and_step(
    client: Client, idea: Idea, follower: Member, place: str
) -> None:
    client.force_login(follower)
    page = client.post(at(idea, place), {"text": "Hier."}, follow=True)
    assert page.status_code == 200
    assert Comment.objects.get().place == place


def test_it_is_said_at_a_row_and_stays_when_the_row_goes(client: Client, idea: Idea, follower: Member) -> None:
    goal = Goal.objects.create(idea=idea, text="Buren kennen elkaar")
    client.force_login(follower)
    place = at(idea, f"goals-{goal.pk}")
    page = client.post(place, {"text": "Hoe meten we dat?"}, follow=True)
    assert "Buren kennen elkaar" in text_of(page)
    goal.delete()
    for address in [place, reverse("ideas:comments", args=[idea.pk])]:
        assert "Hoe meten we dat?" in text_of(client.get(address))


@pytest.mark.parametrize("place", ["step-5", "goals-0", "goals-x", "s9-none", "conclusion-x", "no-such", "goals-1e9"])
def test_a_place_that_is_none_is_not_found(client: Client, idea: Idea, follower: Member, place: str) -> None:
    client.force_login(follower)
    assert client.get(at(idea, place)).status_code == 404
    assert client.post(at(idea, place), {"text": "x"}).status_code == 404


def test_a_row_of_another_idea_is_no_place(
    client: Client, organisation: Organisation, idea: Idea, follower: Member
) -> None:
    goal = Goal.objects.create(idea=factories.idea(organisation), text="Van een ander")
    client.force_login(follower)
    assert client.get(at(idea, f"goals-{goal.pk}")).status_code == 404


def test_nothing_said_is_refused_and_what_was_ticked_stays_out(client: Client, idea: Idea, follower: Member) -> None:
    client.force_login(follower)
    answer = client.post(at(idea), {"text": "  "})
    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_a_reply_belongs_where_the_comment_stands(client: Client, idea: Idea, follower: Member) -> None:
    elsewhere = says(idea, follower, place="step-1")
    client.force_login(follower)
    for wrong in [elsewhere.pk, 0, "x", "9" * 30]:
        assert client.post(at(idea), {"text": "x", "reply_to": wrong}).status_code == 404


def test_who_is_named_gets_one_mail_that_says_nothing_of_what_was_said(
    client: Client, idea: Idea, follower: Member, colleague: Member, policy: Member
) -> None:
    client.force_login(follower)
    client.post(at(idea), {"text": f"@{colleague.name} weet jij dit geheim?", "mentions": [policy.pk, colleague.pk]})
    comment = Comment.objects.get()
    assert set(comment.mentions.all()) == {colleague, policy}
    mails = Mail.objects.order_by("to")
    assert [mail.to for mail in mails] == sorted([colleague.email, policy.email])
    for mail in mails:
        assert idea.title in mail.body
        assert f"{at(idea)}#comment-{comment.pk}" in mail.body
        assert "geheim" not in mail.subject + mail.body


def test_whose_name_begins_like_that_of_somebody_named_gets_no_mail(
    client: Client, idea: Idea, follower: Member, organisation: Organisation
) -> None:
    factories.member("An", organisation)
    annelies = factories.member("Annelies", organisation)
    client.force_login(follower)
    client.post(at(idea), {"text": "@Annelies kijk eens"})
    assert [mail.to for mail in Mail.objects.all()] == [annelies.email]


def test_of_a_confidential_idea_only_its_readers_can_be_named_and_no_title_is_mailed(
    client: Client, idea: Idea, follower: Member, colleague: Member, policy: Member
) -> None:
    Idea.objects.update(confidential=True)
    client.force_login(follower)
    refused = client.post(at(idea), {"text": "Kijk eens", "mentions": [colleague.pk]})
    assert refused.status_code == 422
    assert "Kijk eens" in text_of(refused)
    client.post(at(idea), {"text": f"@{colleague.name} @{policy.name}"})
    mail = Mail.objects.get()
    assert mail.to == policy.email
    assert idea.title not in mail.subject + mail.body


def test_what_others_said_is_new_until_it_was_seen_there(
    client: Client, idea: Idea, follower: Member, colleague: Member
) -> None:
    says(idea, colleague)
    says(idea, colleague, place="step-1")
    says(idea, follower)
    unread = Comment.objects.unread_by(follower)
    assert unread.count() == 2
    client.force_login(follower)
    assert "2 nieuwe reacties" in text_of(client.get("/"))
    assert "2 nieuw" in text_of(client.get(reverse("ideas:explore", args=[idea.pk])))
    client.get(at(idea))
    assert [comment.place for comment in Comment.objects.unread_by(follower)] == ["step-1"]
    client.get(reverse("ideas:comments", args=[idea.pk]))
    assert not Comment.objects.unread_by(follower).exists()
    assert Comment.objects.unread_by(colleague).count() == 1, "seen by one is not seen by another"


def test_what_is_dealt_with_counts_no_more_until_somebody_replies(
    client: Client, idea: Idea, follower: Member, colleague: Member
) -> None:
    comment = says(idea, colleague)
    client.force_login(follower)
    client.post(does(idea, comment, "deal_with"))
    comment.refresh_from_db()
    assert comment.dealt_with
    assert "1 reactie" not in text_of(client.get(reverse("ideas:explore", args=[idea.pk])))
    client.post(at(idea), {"text": "Toch niet", "reply_to": comment.pk})
    comment.refresh_from_db()
    assert comment.dealt_with is None
    client.post(does(idea, comment, "deal_with"))
    client.post(does(idea, comment, "open_again"))
    comment.refresh_from_db()
    assert comment.dealt_with is None


def test_a_comment_becomes_a_followup_point_with_one_press_once(client: Client, idea: Idea, follower: Member) -> None:
    comment = says(idea, follower, "Vraag de jurist", place="s2-drive-mandate", step=2)
    client.force_login(follower)
    for _ in range(2):
        page = client.post(does(idea, comment, "follow_up"), follow=True)
    point = FollowUp.objects.get()
    assert (point.text, point.step, point.question) == ("Vraag de jurist", 2, "s2.drive.mandate")
    comment.refresh_from_db()
    assert comment.followup == point
    assert comment.dealt_with
    assert f"#followups-{point.pk}" in text_of(page)


def test_in_the_dossier_or_not(client: Client, idea: Idea, follower: Member, colleague: Member) -> None:
    comment = says(idea, colleague)
    client.force_login(colleague)
    assert client.post(does(idea, comment, "print")).status_code == 403
    client.force_login(follower)
    client.post(does(idea, comment, "print"))
    comment.refresh_from_db()
    assert comment.in_dossier
    client.post(does(idea, comment, "leave_out"))
    comment.refresh_from_db()
    assert not comment.in_dossier


def test_whoever_said_it_takes_it_back_until_somebody_replied(
    client: Client, idea: Idea, follower: Member, colleague: Member
) -> None:
    comment = says(idea, colleague)
    client.force_login(follower)
    client.post(does(idea, comment, "take_back"))
    comment.refresh_from_db()
    reply = says(idea, follower, reply_to=comment)
    client.force_login(colleague)
    client.post(does(idea, comment, "take_back"))
    comment.refresh_from_db()
    client.force_login(follower)
    client.post(does(idea, reply, "take_back"))
    client.force_login(colleague)
    client.post(does(idea, comment, "take_back"))
    with pytest.raises(ObjectDoesNotExist):
        comment.refresh_from_db()


def test_a_comment_of_another_idea_is_not_found(
    client: Client, organisation: Organisation, idea: Idea, follower: Member
) -> None:
    other = says(factories.idea(organisation), follower)
    client.force_login(follower)
    assert client.post(does(idea, other, "deal_with")).status_code == 404
    assert client.post(does(idea, says(idea, follower), "no_such_thing")).status_code == 404


def test_a_fragment_shows_the_talk_and_the_page_hears_of_what_is_said(
    client: Client, idea: Idea, follower: Member, colleague: Member
) -> None:
    client.force_login(follower)
    now = reverse("ideas:now", args=[idea.pk])
    seen = {"since": "2099-01-01T00:00:00+00:00", "seen": "0-0-"}
    assert client.get(now, seen, headers=HTMX).status_code == 204
    says(idea, colleague)
    told = client.get(now, seen, headers=HTMX)
    assert "changed-comments" in told.headers["HX-Trigger"]
    fragment = text_of(client.get(at(idea), headers=HTMX))
    assert "<html" not in fragment
    assert "Klopt dit cijfer nog?" in fragment
    around = text_of(client.get(reverse("ideas:explore", args=[idea.pk]), headers=HTMX))
    assert f'id="{PLACE}-comments" hx-swap-oob="true"' in around


@pytest.mark.parametrize("place", ["", PLACE])
def test_a_hundred_comments_take_as_many_queries_as_two(
    client: Client,
    idea: Idea,
    follower: Member,
    colleague: Member,
    place: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(follower)
    address = at(idea, place) if place else reverse("ideas:comments", args=[idea.pk])
    for _ in range(50):
        first = says(idea, colleague)
        says(idea, follower, reply_to=first)
    with django_assert_max_num_queries(17):
        client.get(address)


def test_being_named_waits_for_somebody_until_they_saw_it(
    client: Client, idea: Idea, follower: Member, colleague: Member
) -> None:
    client.force_login(follower)
    client.post(at(idea), {"text": f"@{colleague.name} kijk jij eens?"})
    client.force_login(colleague)
    assert f"{at(idea)}#comment-" in text_of(client.get("/for-me/"))
    client.get(at(idea))
    assert f"{at(idea)}#comment-" not in text_of(client.get("/for-me/"))
