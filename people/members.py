"""The people of an organisation: who does what, for everybody to read and for who coordinates to change."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from people.current import current_member, members_of, stand_as
from people.days_away import tell_replacement
from people.forms import AwayForm
from people.models import Deed, Mail, Member, Organisation
from people.weighty import weighty

WHAT_THEY_DO = ("function", "team", "support_service", "policy_team", "coordinator")


def working_as(request: HttpRequest) -> Member:
    """Who is signed in; a page for members only is shown to nobody else."""
    member = current_member(request)
    if member is None:
        raise TypeError("this page is open to members only")
    return member


def coordinator_of(request: HttpRequest) -> Member:
    """Who is signed in and coordinates. Raises PermissionDenied for anybody else."""
    member = working_as(request)
    if not member.coordinator:
        raise PermissionDenied
    return member


def get_member(request: HttpRequest, member_id: int, *, lock: bool = False) -> tuple[Member, Member]:
    """Somebody who belongs to an organisation of whoever is signed in, and as whom the latter sees them.

    Raises Http404 where there is nobody such. `lock` holds the organisation until the end of the transaction.
    """
    found = Member.objects.present().select_related("organisation", "team", "account", "replacement")
    member = found.filter(pk=member_id).first()
    me = next((one for one in members_of(request) if member and one.organisation_id == member.organisation_id), None)
    if member is None or me is None:
        raise Http404
    stand_as(request, me)
    if lock:
        Organisation.objects.hold(me.organisation_id)
        member = found.filter(pk=member_id).first()
    if member is None:
        raise Http404
    return me, member


def services_of(organisation: Organisation) -> list[str]:
    """The support services that are named at its people, to choose from."""
    named = Member.objects.present().filter(organisation=organisation).exclude(support_service="")
    return list(named.order_by("support_service").values_list("support_service", flat=True).distinct())


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the organisation. Mail addresses, and who is invited, are for who coordinates."""
    me = working_as(request)
    here = me.organisation.members.select_related("team", "account", "replacement", "replacement__account")
    context: dict[str, Any] = {"people": here.filter(pk__in=Member.objects.present()).order_by("name", "pk")}
    if me.coordinator:
        context["invitations"] = invited = list(me.organisation.invitations.waiting().select_related("by", "team"))
        context["refused"] = Mail.objects.refused(invitation.mail_key for invitation in invited)
        context["left"] = here.exclude(ended=None).order_by("-ended", "name")
    return render(request, "people/people.html", context)


class MemberForm(AwayForm):
    """What somebody is in the organisation, and their days away: for who coordinates."""

    class Meta(AwayForm.Meta):
        fields = ("name", *WHAT_THEY_DO, *AwayForm.AWAY)  # type: ignore[assignment]
        labels = AwayForm.Meta.labels | {
            "name": _("Name"),
            "function": _("Function"),
            "team": _("Team"),
            "support_service": _("Support service"),
            "policy_team": _("Policy team: discusses in step 2 and takes the decision in step 4"),
            "coordinator": _("Coordinator: sees all ideas, invites people and sets how you work"),
        }
        help_texts = AwayForm.Meta.help_texts | {
            "function": _("In your own words: “team coach youth”, “director”."),
            "support_service": _("Only for who prepares the checks: “finance”, “HR”, “ICT”."),
        }
        widgets = {"support_service": forms.TextInput(attrs={"list": "services", "autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = self.instance.organisation.teams.all()
            field.empty_label = "—"

    def clean_coordinator(self) -> bool:
        coordinates: bool = self.cleaned_data["coordinator"]
        if not coordinates and self.initial["coordinator"] and self.instance.is_only_coordinator():
            raise forms.ValidationError(
                _("Nobody else coordinates here. First let somebody else be coordinator."), code="only_coordinator"
            )
        return coordinates


@require_http_methods(["GET", "HEAD", "POST"])
@weighty
@transaction.atomic
def member(request: HttpRequest, member_id: int) -> HttpResponse:
    """What somebody does here, and their days away."""
    posted = request.method == "POST"
    me, somebody = get_member(request, member_id, lock=posted)
    if not me.coordinator:
        raise PermissionDenied
    form = MemberForm(request.POST if posted else None, instance=somebody)
    if form.is_bound and form.is_valid():
        saved = form.save()
        Deed.note(me, Deed.What.ROLES, form.differences(), about=saved)
        tell_replacement(saved, changed=form.changed_data)
        return redirect(f"{reverse('people')}#member-{saved.pk}")
    context = {"somebody": somebody, "form": form, "services": services_of(me.organisation)}
    status = 200 if not form.is_bound else 409 if form.between else 422
    return render(request, "people/member.html", context, status=status)
