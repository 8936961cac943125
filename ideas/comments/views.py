"""The pages of what people say to each other: of the whole idea, of one place, and what is done with a comment."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from ideas.access import Act, HtmxHttpRequest, Standing, get_idea
from ideas.comments.deeds import DEEDS
from ideas.comments.forms import CommentForm
from ideas.comments.places import Place, place_named, places_of
from ideas.comments.said import Talk, comments_of, talks_of
from ideas.models import Comment, CommentsSeen, Idea
from ideas.once import once
from people.mail import post


@require_safe
def comments(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """All that was said at an idea, by place in the order of the steps."""
    idea, standing = get_idea(request, idea_id)
    talks = talks_of(Comment.objects.filter(idea=idea), standing)
    places = places_of(idea, {talk.first.comment.place for talk in talks})
    context = {"idea": idea, "said": [(place, _at(idea, place), _talks_at(place, talks)) for place in places]}
    answer = render(request, "ideas/comments/comments.html", context)
    CommentsSeen.note(idea, standing.member, comments_of(talks))
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@once
def at_place(request: HtmxHttpRequest, idea_id: int, name: str) -> HttpResponse:
    """What was said at a place: a page of its own, or for HTMX a fragment under it. POST says something."""
    posted = request.method == "POST"
    idea, standing = get_idea(request, idea_id, Act.COMMENT if posted else Act.READ, lock=posted)
    place = place_named(idea, name)
    form = CommentForm(request.POST if posted else None, idea=idea, by=standing.member)
    if form.is_bound and form.is_valid():
        _say(idea, standing, place, form, _replied_to(idea, place, request.POST.get("reply_to", "")))
        return _said(request, idea, standing, place)
    return _shown(request, idea, standing, place, form)


def _talks_at(place: Place, talks: list[Talk]) -> list[Talk]:
    """What is dealt with comes last."""
    return sorted(
        (talk for talk in talks if talk.first.comment.place == place.name), key=lambda talk: talk.is_dealt_with
    )


def _replied_to(idea: Idea, place: Place, told: str) -> Comment | None:
    """The comment that this is a reply to. Raises Http404 where there is none at this place."""
    if not told:
        return None
    if not told.isdecimal():
        raise Http404
    return get_object_or_404(Comment, idea=idea, place=place.name, reply_to=None, pk=int(told[:18]))


def _say(idea: Idea, standing: Standing, place: Place, form: CommentForm, reply_to: Comment | None) -> None:
    comment = Comment.objects.create(
        idea=idea,
        place=place.name,
        step=place.step,
        question=place.question,
        reply_to=reply_to,
        author=standing.member,
        role=standing.comments_as,
        text=form.cleaned_data["text"],
    )
    if reply_to and reply_to.dealt_with:
        reply_to.open_again()
    mentioned = form.mentioned()
    comment.mentions.set(mentioned)
    for member in mentioned:
        if member.account:
            told = {"idea": idea, "by": standing.member, "link": f"{_at(idea, place)}#comment-{comment.pk}"}
            post(member.account, f"mention-{comment.pk}-{member.pk}", "mentioned", told)


def _at(idea: Idea, place: Place) -> str:
    return reverse("ideas:comments_at", args=[idea.pk, place.name])


def _said(request: HtmxHttpRequest, idea: Idea, standing: Standing, place: Place) -> HttpResponse:
    """After something was said or done: the place with all that is said there."""
    if not request.htmx:
        return redirect(_at(idea, place))
    return trigger_client_event(_shown(request, idea, standing, place), "saved")


def _shown(
    request: HtmxHttpRequest, idea: Idea, standing: Standing, place: Place, form: CommentForm | None = None
) -> HttpResponse:
    talks = talks_of(Comment.objects.filter(idea=idea, place=place.name), standing)
    refused = form is not None and form.is_bound
    context = {
        "idea": idea,
        "place": place,
        "stands_at": place.at(idea),
        "url": _at(idea, place),
        "talks": [talk for talk in talks if not talk.is_dealt_with],
        "dealt_with": [talk for talk in talks if talk.is_dealt_with],
        "form": form or CommentForm(idea=idea, by=standing.member),
        "refused_reply": request.POST.get("reply_to", "") if refused else "",
        "rights": standing.rights,
    }
    template = "ideas/comments/place.html#said" if request.htmx else "ideas/comments/place.html"
    answer = render(request, template, context, status=422 if refused else 200)
    CommentsSeen.note(idea, standing.member, comments_of(talks))
    return answer


@require_POST
@vary_on_headers("HX-Request")
@once
def do(request: HtmxHttpRequest, idea_id: int, comment_id: int, deed: str) -> HttpResponse:
    """Does something with a comment; where that does not fit any more, it shows how things stand."""
    if deed not in DEEDS:
        raise Http404
    idea, standing = get_idea(request, idea_id, DEEDS[deed].act, lock=True)
    comment = get_object_or_404(Comment, idea=idea, pk=comment_id)
    comment.idea = idea
    place = place_named(idea, comment.place)
    if DEEDS[deed].fits(comment, standing):
        DEEDS[deed].does(comment, place)
    return _said(request, idea, standing, place)
