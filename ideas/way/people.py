"""Who is named on an idea: its follower, the colleagues who work on it, and the support services that prepare it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from checks.codes import Role, Status
from checks.way import INSTEAD, Stand
from ideas.access import Act, HtmxHttpRequest, Standing, get_idea, ideas_for
from ideas.fields import CodeChoice
from ideas.ids import id_in
from ideas.models import Idea, Involvement
from ideas.once import once
from ideas.way.forms import MemberChoice, WayForm, members_of
from people.models import Member

NAMED = (Role.COLLABORATOR, Role.SUPPORT)


@dataclass(frozen=True)
class Named:
    """A colleague who is named on an idea, in this role; `pk` is the one of the involvement."""

    pk: int
    member: Member
    role: Role


@dataclass(frozen=True)
class People:
    """Who is named on an idea, and which ideas went on in it."""

    follower: Member | None
    stand_in: Member | None
    received_by: Member | None
    named: list[Named]
    merged_here: list[Idea]


def people_of(idea: Idea, standing: Standing) -> People:
    """The people on an idea, in two queries, or three where a confidential idea went on in it.

    Its involvements are known.
    """
    involvements = sorted(idea.involvements.all(), key=lambda involvement: involvement.pk)
    ids = {idea.idea_owner_id, idea.stand_in_id, idea.entered_by_id, *(one.member_id for one in involvements)}
    members = Member.objects.select_related("replacement").in_bulk([pk for pk in ids if pk])
    stands_in = idea.stand_in_until and idea.stand_in_until >= timezone.localdate()
    return People(
        follower=members.get(idea.idea_owner_id or 0),
        stand_in=members.get(idea.stand_in_id or 0) if stands_in else None,
        received_by=members.get(idea.entered_by_id or 0),
        named=[
            Named(one.pk, members[one.member_id], one.role)
            for role in NAMED
            for one in involvements
            if one.role is role
        ],
        merged_here=_merged_into(idea, standing.member),
    )


def _merged_into(idea: Idea, member: Member) -> list[Idea]:
    """The ideas that went on in this one, of those that this member reads."""
    merged = list(Idea.objects.filter(merged_into=idea).order_by("pk"))
    if any(one.confidential for one in merged):
        merged = list(ideas_for(member).filter(merged_into=idea).order_by("pk"))
    return merged


class NameForm(WayForm):
    """Names a colleague on an idea."""

    takes_focus = False

    member = MemberChoice(label=_("Which colleague?"), empty_label=_("Choose a colleague"))
    role = CodeChoice(label=_("As what?"), codes=NAMED, required=True, widget=forms.RadioSelect)

    def prepare(self) -> None:
        field = self.fields["member"]
        if isinstance(field, MemberChoice):
            field.queryset = members_of(self.idea).exclude(pk=self.idea.idea_owner_id or 0)
        self.initial["role"] = Role.COLLABORATOR

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named = {(one.member_id, one.role) for one in self.idea.involvements.all()}
        if cleaned.get("member") and (cleaned["member"].pk, cleaned.get("role")) in named:
            self.add_error("member", _("This colleague is named so already."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@once
def people(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The people on an idea. POST names a colleague, or takes away the one in `remove`."""
    posted = request.method == "POST"
    idea, standing = get_idea(request, idea_id, Act.LEAD if posted else Act.READ, lock=posted)
    if posted and idea.status is Status.MERGED:
        context = {"idea": idea, "reasons": [INSTEAD[Stand.MERGED]]}
        return render(request, "ideas/way/not_now.html", context, status=409)
    gone = request.POST.get("remove", "")
    if posted and gone:
        Involvement.objects.filter(idea=idea, pk=id_in(gone)).delete()
        return redirect("ideas:people", idea.pk)
    form = NameForm(request.POST if posted else None, idea=idea, standing=standing)
    if form.is_bound and form.is_valid():
        Involvement.objects.create(idea=idea, member=form.cleaned_data["member"], role=form.cleaned_data["role"])
        return redirect("ideas:people", idea.pk)
    context = {
        "idea": idea,
        "people": people_of(idea, standing),
        "may_change": standing.may(Act.LEAD) and idea.status is not Status.MERGED,
        "form": form,
    }
    return render(request, "ideas/way/people_page.html", context, status=422 if form.is_bound else 200)
