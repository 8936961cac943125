"""Inviting by mail, and what whoever is invited finds behind the link."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.current import WORKS_AS, members_of
from people.forms import Line, form_field
from people.mail import post
from people.members import WHAT_THEY_DO, coordinator_of, services_of
from people.models import Account, Invitation, Language, Member, Organisation
from people.models.invitation import InvitationEndedError
from people.starting import PasswordsForm, goes_in
from people.weighty import weighty


def mail_invitation(invitation: Invitation) -> str:
    """Mails an invitation with a new link, which alone opens it from now on. Call it in a transaction.

    Returns the path of that link.
    """
    code = invitation.renew()
    context = {"invitation": invitation, "code": code}
    account = Account.objects.filter(email=invitation.email, is_active=True).first()
    post(account or invitation.email, invitation.mail_key, "invitation", context)
    return reverse("invitation", args=[code])


class InvitationForm(forms.ModelForm[Invitation]):
    class Meta:
        model = Invitation
        formfield_callback = form_field
        fields = ("email", "name", *WHAT_THEY_DO)
        labels = {
            "email": _("Mail address"),
            "name": _("Name"),
            "function": _("Function"),
            "team": _("Team"),
            "support_service": _("Support service"),
            "policy_team": _("Policy team: discusses in step 2 and takes the decision in step 4"),
            "coordinator": _("Coordinator: sees all ideas, invites people and sets how you work"),
        }
        help_texts = {
            "name": _("If you leave it empty, they fill it in themselves."),
            "function": _("In your own words: “team coach youth”, “director”."),
            "support_service": _("Only for who prepares the checks: “finance”, “HR”, “ICT”."),
        }
        widgets = {"support_service": forms.TextInput(attrs={"list": "services", "autocomplete": "off"})}

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.by = by
        field = self.fields["team"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = by.organisation.teams.all()
            field.empty_label = "—"

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        here = Member.objects.present().filter(organisation=self.by.organisation_id, account__email=email).first()
        if here:
            raise forms.ValidationError(_("%(name)s belongs here already.") % {"name": here.name})
        if self.by.organisation.invitations.waiting().filter(email=email).exists():
            raise forms.ValidationError(_("This address is invited already. You can mail that invitation again."))
        return email


@require_http_methods(["GET", "HEAD", "POST"])
@weighty
@transaction.atomic
def invite(request: HttpRequest) -> HttpResponse:
    """Invites somebody to the own organisation."""
    me = coordinator_of(request)
    if request.method == "POST":
        Organisation.objects.hold(me.organisation_id)
    token = _token(request)
    if token and me.organisation.invitations.filter(token=token).exists():
        return redirect(f"{reverse('people')}#invitations")
    form = InvitationForm(request.POST if request.method == "POST" else None, by=me)
    if form.is_bound and form.is_valid():
        invitation = form.save(commit=False)
        invitation.organisation, invitation.by, invitation.token = me.organisation, me, token
        mail_invitation(invitation)
        return redirect(f"{reverse('people')}#invitations")
    context = {"form": form, "services": services_of(me.organisation), "token": uuid4()}
    return render(request, "people/invite.html", context, status=422 if form.is_bound else 200)


def _token(request: HttpRequest) -> UUID | None:
    """By which a form is known that was sent before."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return None


@require_POST
@weighty
@transaction.atomic
def again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Mails an invitation again."""
    mail_invitation(_waiting(request, invitation_id))
    return redirect(f"{reverse('people')}#invitations")


@require_POST
@weighty
@transaction.atomic
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    _waiting(request, invitation_id).withdraw()
    return redirect(f"{reverse('people')}#invitations")


def _waiting(request: HttpRequest, invitation_id: int) -> Invitation:
    """An invitation of the own organisation, held until the end of the transaction."""
    me = coordinator_of(request)
    invitations = me.organisation.invitations.waiting().select_for_update()
    invitation = invitations.filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404
    return invitation


# ---------- behind the link


class NewAccountForm(PasswordsForm):
    name = Line(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    field_order = ("name", "password", "again")


def _found(code: str) -> QuerySet[Invitation]:
    return Invitation.objects.of_code(code).select_related("organisation", "by", "team")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody is invited to, and by whom. Opening the page accepts nothing: that takes a button.

    Who has an account with the invited address joins with that, once signed in; anybody else chooses a name and a
    password.
    """
    found = _found(code).first()
    if found and found.accepted and any(one.organisation_id == found.organisation_id for one in members_of(request)):
        return redirect("/")
    if found is None or not found.is_open:
        return render(request, "people/invitation_ended.html", {"invitation": found}, status=410 if found else 404)
    account = Account.objects.filter(email=found.email).first()
    here = request.user if isinstance(request.user, Account) else None
    form = None
    if request.method == "POST" and account and here == account:
        return _accept(request, found, account, found.name)
    if account is None and here is None:
        form = NewAccountForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
        if form.is_bound and form.is_valid():
            return _accept(request, found, None, form.cleaned_data["name"], form.cleaned_data["password"])
    context = {"invitation": found, "account": account, "here": here, "form": form, "code": code}
    return render(request, "people/invitation.html", context, status=422 if form and form.is_bound else 200)


def _accept(
    request: HttpRequest, found: Invitation, account: Account | None, name: str, password: str = ""
) -> HttpResponse:
    """Joins, and goes on as a member of that organisation."""
    is_new = account is None
    try:
        with transaction.atomic():
            found.hold()
            if account is None:
                language = Language(get_language() or Language.DUTCH)
                account = Account.objects.create_user(found.email, password, language=language)
            member = found.accept(account, name or found.email.partition("@")[0])
    except InvitationEndedError:
        return render(request, "people/invitation_ended.html", {"invitation": found}, status=410)
    if is_new:
        return goes_in(request, account, "/")
    request.session[WORKS_AS] = member.pk
    return redirect("/")
