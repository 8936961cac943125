"""Entering an idea: a title is enough, the rest can wait."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from checks.codes import Role, Status
from checks.picture import LINE_LENGTH
from ideas.access import HtmxHttpRequest, member_of
from ideas.forms import NO_CLIENT_NAMES, Line, form_field
from ideas.models import Idea
from ideas.once import once
from ideas.picture import free_slug
from people.models import Member, Organisation


class NewIdeaForm(forms.ModelForm[Idea]):
    class Meta:
        model = Idea
        formfield_callback = form_field
        fields = [
            "title",
            "brought_by",
            "summary",
            "answer_needed_by",
            "origin",
            "origin_text",
            "confidential",
            "test",
        ]
        labels = {
            "title": _("What is the idea called?"),
            "brought_by": _("Who brought it?"),
            "summary": _("The idea in one sentence"),
            "answer_needed_by": _("Answer needed by"),
            "origin": _("Where does it come from?"),
            "origin_text": _("More on where it comes from"),
            "confidential": _("Confidential: only for those named on it, the policy team and the coordinator"),
            "test": _("This is an exercise or a test, no real idea"),
        }
        help_texts = {
            "title": _("A few words that a colleague recognises."),
            "brought_by": _("A colleague, a partner, a neighbour: a name or a function."),
            "summary": NO_CLIENT_NAMES,
        }
        widgets = {
            "title": forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
            "summary": forms.Textarea(attrs={"rows": 2}),
            "origin_text": forms.Textarea(attrs={"rows": 2}),
        }

    runs = forms.BooleanField(label=_("This collaboration runs already: it skips the four steps"), required=False)
    runs_since = Line(label=_("Since when, about?"), required=False, max_length=LINE_LENGTH)

    AT_ONCE = ("title", "brought_by", "summary")

    def __init__(self, *args: Any, may_enter_running: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if not may_enter_running:
            del self.fields["runs"], self.fields["runs_since"]

    def clean_runs_since(self) -> str:
        """Since when it runs says nothing of what does not run yet; it may also have been forgotten above."""
        since: str = self.cleaned_data["runs_since"]
        if since and not self.cleaned_data.get("runs"):
            raise forms.ValidationError(_("Does it run already? Then tick that too. If not, leave this empty."))
        return since

    @property
    def at_once(self) -> list[forms.BoundField]:
        """The fields that everybody sees."""
        return [self[name] for name in self.AT_ONCE]

    @property
    def later(self) -> list[forms.BoundField]:
        """The fields that unfold."""
        return [field for field in self if field.name not in self.AT_ONCE]

    @property
    def is_wrong_later(self) -> bool:
        """Whether something is wrong with a field that unfolds."""
        return any(field.errors for field in self.later)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HtmxHttpRequest) -> HttpResponse:
    """Enters an idea, which then stands among the received ones."""
    member = member_of(request)
    form = NewIdeaForm(request.POST if request.method == "POST" else None, may_enter_running=may_enter_running(member))
    if form.is_bound and form.is_valid():
        idea = _enter(form.save(commit=False), member, form.cleaned_data)
        return redirect("ideas:running" if idea.status is Status.RUNNING else "ideas:idea", idea.pk)
    return render(request, "ideas/intake/new.html", {"form": form}, status=422 if form.is_bound else 200)


def may_enter_running(member: Member) -> bool:
    """A go is theirs to record, and so is that something goes on already."""
    return member.policy_team or member.coordinator


def _enter(idea: Idea, member: Member, told: Mapping[str, Any]) -> Idea:
    """Holds the organisation, so that two ideas with one title get a slug each."""
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    idea.organisation, idea.entered_by = organisation, member
    idea.slug, idea.received = free_slug(idea.title, organisation), timezone.localdate()
    idea.save()
    if told.get("runs"):
        idea.enter_running(member, Role.POLICY_TEAM if member.policy_team else Role.COORDINATOR, told["runs_since"])
    else:
        idea.enter(member)
    return idea
