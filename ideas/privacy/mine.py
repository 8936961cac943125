"""What is known about whoever is signed in; erasing who left; and how long things are kept."""

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from checks.codes import Role
from checks.retention import KEPT, LEAST, MOST, months_of
from ideas.access import HtmxHttpRequest, member_of
from ideas.once import once
from ideas.organisation.leaving import to_hand_over
from ideas.privacy.forgetting import goes_sooner
from ideas.privacy.persons import erase, known_about
from ideas.wording import say
from people.current import WITHIN, members_of
from people.models import Deed, Member, Organisation
from people.weighty import weighty


@require_safe
def my_data(request: HtmxHttpRequest) -> HttpResponse:
    """What WerktSamen knows about me, and where to ask that it goes."""
    return render(request, "ideas/privacy/my_data.html", {"organisation": member_of(request).organisation})


@weighty
@require_safe
def my_data_file(request: HtmxHttpRequest) -> HttpResponse:
    """The same as a file, over all organisations in which this person is signed in.

    Who came in through the provider of one of them learns nothing of elsewhere, nor from where the account signed in.
    """
    account = member_of(request).account
    if account is None:
        raise Http404
    known = known_about(account, members_of(request), sessions=WITHIN not in request.session)
    told = json.dumps(known, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2, sort_keys=True)
    headers = {"Content-Disposition": 'attachment; filename="werktsamen-mijn-gegevens.json"'}
    return HttpResponse(told, content_type="application/json", headers=headers)


def _coordinated_by(request: HtmxHttpRequest) -> Organisation:
    """The organisation of the coordinator who asks. Raises PermissionDenied for anybody else."""
    member = member_of(request)
    if not member.coordinator:
        raise PermissionDenied(Role.COORDINATOR)
    return member.organisation


@weighty
@require_http_methods(["GET", "HEAD", "POST"])
@once
def erase_person(request: HtmxHttpRequest, member_id: int) -> HttpResponse:
    """Erases who left the organisation: their name, never what they wrote."""
    organisation = _coordinated_by(request)
    member = get_object_or_404(
        Member, organisation=organisation, pk=member_id, ended__isnull=False, account__isnull=False
    )
    waiting = to_hand_over(member)
    if request.method == "POST" and not waiting.exists():
        erase(member)
        return redirect("ideas:retention")
    context = {"member": member, "waiting": waiting}
    return render(request, "ideas/privacy/erase.html", context, status=409 if request.method == "POST" else 200)


class RetentionForm(forms.Form):
    """For how many months each kind of thing is kept."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.organisation = organisation
        for kind, kept in KEPT.items():
            self.fields[kind] = forms.IntegerField(
                label=say(kept.what),
                help_text=capfirst(say(kept.since)),
                min_value=LEAST,
                max_value=MOST,
                initial=months_of(kind, organisation.retention),
            )

    @property
    def chosen(self) -> dict[str, int]:
        """What differs from what is usual."""
        return {kind: months for kind, months in self.cleaned_data.items() if months != KEPT[kind].months}

    def note(self, by: Member) -> None:
        """Keeps what was chosen, as done by this member."""
        was, becomes = self.organisation.retention, self.chosen
        self.organisation.retention = becomes
        self.organisation.save(update_fields=["retention"])
        told = {kind: (_in_words(months_of(kind, was)), _in_words(months_of(kind, becomes))) for kind in KEPT}
        Deed.note(by, Deed.What.CHANGED, told)


def _in_words(months: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


@weighty
@require_http_methods(["GET", "HEAD", "POST"])
@once
def retention(request: HtmxHttpRequest) -> HttpResponse:
    """How long things are kept, and who left and can be erased.

    Where ideas go the coming night by what is chosen, it is asked once more.
    """
    organisation, goes = _coordinated_by(request), 0
    form = RetentionForm(request.POST if request.method == "POST" else None, organisation=organisation)
    if form.is_bound and form.is_valid():
        goes = goes_sooner(organisation, form.chosen, timezone.localdate() + timedelta(days=1))
        if not goes or request.POST.get("sure") == str(goes):
            form.note(member_of(request))
            return redirect("ideas:retention")
    gone = Member.objects.filter(organisation=organisation, ended__isnull=False, account__isnull=False)
    context = {"form": form, "gone": gone.order_by("name"), "organisation": organisation, "goes": goes}
    status = 409 if goes else 422 if form.is_bound else 200
    return render(request, "ideas/privacy/retention.html", context, status=status)
