"""Something like this before: the organisation's earlier ideas held against one, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from checks.alike import MOST_SHOWN, SAME_PARTNERS, Alike, IdeaInShort, nearest, telling_words
from checks.codes import Status, Theme
from ideas.access import HtmxHttpRequest, get_idea, ideas_for, member_of
from ideas.forms import Line, Text
from ideas.models import Answer, Decision, Idea, Partner, Tick, Transition
from ideas.models.answers import TickList
from people.models import Member

# As many of the newest ideas that share something are compared.
CANDIDATES = 200
CHALLENGE = "s1.why.challenge"
# How an idea ends that was not decided on.
ENDS = (Status.NO_GO, Status.STOPPED, Status.NOT_FOLLOWED, Status.MERGED, Status.PAUSED, Status.FINISHED)
# Left after a decision too: then the reason for leaving counts.
LEFT = (Status.STOPPED, Status.NOT_FOLLOWED, Status.MERGED, Status.PAUSED)
GOES_ON = (Status.IN_STEP, Status.RUNNING)


class TypedForm(forms.Form):
    """What was typed so far of a new idea."""

    title = Line(required=False)
    summary = Text(required=False)


@require_safe
def alike(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The ideas most like this one, each with how it ended and why."""
    idea, standing = get_idea(request, idea_id)
    return render(request, "ideas/alike/alike.html", {"idea": idea, "found": alike_to(idea, standing.member)})


@require_POST
def alike_to_typed(request: HtmxHttpRequest) -> HttpResponse:
    """The ideas most like what is being entered; nothing is kept."""
    form = TypedForm(request.POST)
    form.is_valid()
    told = IdeaInShort(id=0, title=form.cleaned_data["title"], text=form.cleaned_data["summary"])
    return render(request, "ideas/alike/typed.html", {"found": _nearest(told, member_of(request))})


def alike_to(idea: Idea, member: Member) -> tuple[Alike, ...]:
    """The nearest of the ideas that this member may read."""
    [told] = _in_short([idea])
    return _nearest(told, member)


def similar_to(idea: Idea) -> tuple[str, ...]:
    """The titles of ideas that go on, on the same theme and with two of the same partners, or more (S61).

    A confidential idea is never named, whoever reads. In one query.
    """
    themes = Tick.objects.filter(idea=idea.pk, list=TickList.THEME).values("code")
    names = Partner.objects.filter(idea=idea.pk).values("name")
    others = (
        Idea.objects.filter(organisation=idea.organisation_id, status__in=GOES_ON, confidential=False, test=False)
        .exclude(pk=idea.pk)
        .filter(pk__in=Tick.objects.filter(list=TickList.THEME, code__in=themes).values("idea"))
    )
    shares = Count("name", filter=Q(name__in=names), distinct=True)
    shared = Partner.objects.filter(idea__in=others.values("pk"), name__in=names).order_by()
    titles = shared.values("idea__title").annotate(shares=shares).filter(shares__gte=SAME_PARTNERS).order_by("-idea")
    return tuple(titles.values_list("idea__title", flat=True)[:MOST_SHOWN])


def _nearest(told: IdeaInShort, member: Member) -> tuple[Alike, ...]:
    about = [
        Q(title__icontains=word) | Q(summary__icontains=word) for word in telling_words(f"{told.title} {told.text}")
    ]
    if told.themes:
        ticked = Tick.objects.filter(list=TickList.THEME, code__in=[theme.value for theme in told.themes])
        about.append(Q(pk__in=ticked.values("idea")))
    if told.partners:
        about.append(Q(pk__in=Partner.objects.filter(name__in=told.partners).values("idea")))
    if not about:
        return ()
    candidates = ideas_for(member).filter(test=False).exclude(pk=told.id).filter(reduce(or_, about)).order_by("-pk")
    return nearest(told, _in_short(list(candidates.distinct()[:CANDIDATES])))


def _in_short(ideas: Iterable[Idea]) -> list[IdeaInShort]:
    """What is compared of these ideas, with the reason that was given last, in five queries."""
    ideas = list(ideas)
    ids = [idea.pk for idea in ideas]
    decided = [idea.pk for idea in ideas if idea.status not in LEFT]
    themes: dict[int, set[Theme]] = defaultdict(set)
    for pk, code in Tick.objects.filter(idea__in=ids, list=TickList.THEME).values_list("idea", "code"):
        themes[pk].add(Theme(code))
    partners: dict[int, set[str]] = defaultdict(set)
    for pk, name in Partner.objects.filter(idea__in=ids).values_list("idea", "name"):
        partners[pk].add(name)
    challenge = dict(Answer.objects.filter(idea__in=ids, question=CHALLENGE).values_list("idea", "value"))
    decisions = {row.idea_id: row for row in Decision.objects.filter(idea__in=decided, current=True)}
    why = dict(
        Transition.objects.filter(idea__in=ids, to_status__in=[status.value for status in ENDS])
        .exclude(why="")
        .order_by("pk")
        .values_list("idea", "why")
    )
    return [
        IdeaInShort(
            id=idea.pk,
            title=idea.title,
            text=f"{idea.summary} {challenge.get(idea.pk, '')}".strip(),
            themes=frozenset(themes[idea.pk]),
            partners=frozenset(partners[idea.pk]),
            status=idea.status,
            decision=decisions[idea.pk].value if idea.pk in decisions else None,
            why=decisions[idea.pk].motivation if idea.pk in decisions else why.get(idea.pk, ""),
            received=idea.received,
        )
        for idea in ideas
    ]
