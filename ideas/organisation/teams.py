"""The teams of an organisation: making, renaming and taking away, for who coordinates."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from checks.codes import Role
from ideas.access import HtmxHttpRequest
from ideas.forms import Line
from ideas.models import Idea
from ideas.models.past import is_done_by
from ideas.once import once
from people.members import coordinator_of
from people.models import Deed, Member, Organisation, Team
from people.weighty import weighty


class TeamForm(forms.Form):
    """The name of a team; each team of an organisation has another one."""

    name = Line(label=_("Name of the team"), max_length=200)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.others = others

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a team with this name already."))
        return name


class TakeAwayForm(forms.Form):
    """Where the people and ideas of a team go that is taken away."""

    to = forms.ModelChoiceField(Team.objects.none(), required=False, empty_label=_("To no team"))

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field = self.fields["to"]
        field.label = _("Where do its people and ideas go?")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Team.objects.filter(organisation=team.organisation_id).exclude(pk=team.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@weighty
@once
def teams(request: HtmxHttpRequest) -> HttpResponse:
    """All teams; POST makes one."""
    me, posted = coordinator_of(request), request.method == "POST"
    if posted:
        Organisation.objects.hold(me.organisation_id)
    ours = me.organisation.teams
    form = TeamForm(request.POST if posted else None, others=ours.all())
    if form.is_bound and form.is_valid():
        team = ours.create(name=form.cleaned_data["name"])
        Deed.note(me, Deed.What.TEAM_MADE, {"team": ("", team.name)})
        return redirect("ideas:teams")
    context = {"teams": _counted(me), "form": form}
    return render(request, "ideas/organisation/teams.html", context, status=422 if form.is_bound else 200)


def _counted(me: Member) -> Any:
    """The teams with how many people and ideas each has."""
    here = Q(members__ended=None, members__account__isnull=False)
    return me.organisation.teams.annotate(
        people=Count("members", filter=here, distinct=True), how_many_ideas=Count("ideas", distinct=True)
    )


def _team(me: Member, team_id: int) -> Team:
    """A team of the own organisation, with its counts. Raises Http404 where there is none such."""
    team: Team | None = _counted(me).filter(pk=team_id).first()
    if team is None:
        raise Http404
    return team


@require_http_methods(["GET", "HEAD", "POST"])
@weighty
@once
def team(request: HtmxHttpRequest, team_id: int) -> HttpResponse:
    """Renames a team; its ideas that are not closed go along."""
    me, posted = coordinator_of(request), request.method == "POST"
    if posted:
        Organisation.objects.hold(me.organisation_id)
    ours = _team(me, team_id)
    others = me.organisation.teams.exclude(pk=ours.pk)
    form = TeamForm(request.POST if posted else None, others=others, initial={"name": ours.name})
    if form.is_bound and form.is_valid():
        was, ours.name = ours.name, form.cleaned_data["name"]
        ours.save(update_fields=["name"])
        Idea.objects.filter(team=ours, closed=None).update(team_name=ours.name)
        Deed.note(me, Deed.What.TEAM_RENAMED, {"team": (was, ours.name)})
        return redirect("ideas:teams")
    return render(
        request, "ideas/organisation/team.html", {"team": ours, "form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@weighty
@once
def take_away(request: HtmxHttpRequest, team_id: int) -> HttpResponse:
    """Takes a team away; its people and its ideas go to another one, or to none."""
    me, posted = coordinator_of(request), request.method == "POST"
    if posted:
        Organisation.objects.hold(me.organisation_id)
    ours = _team(me, team_id)
    form = TakeAwayForm(request.POST if posted else None, team=ours)
    if form.is_bound and form.is_valid():
        _take_away(ours, form.cleaned_data["to"], me)
        return redirect("ideas:teams")
    context = {"team": ours, "form": form}
    return render(request, "ideas/organisation/take_away_team.html", context, status=422 if form.is_bound else 200)


def _take_away(team: Team, to: Team | None, by: Member) -> None:
    """Ideas that go to no team keep the name of theirs as a text."""
    is_done_by(by, Role.COORDINATOR)
    team.members.update(team=to)
    for idea in team.ideas.select_for_update():
        idea.team, idea.team_name = to, to.name if to else idea.team_name
        idea.save(update_fields=["team", "team_name"])
    Deed.note(by, Deed.What.TEAM_GONE, {"team": (team.name, to.name if to else "")})
    team.delete()
