"""My own profile: my name, what I do, the language of my mail, and my days away."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people.days_away import tell_replacement
from people.forms import AwayForm
from people.members import get_member, working_as
from people.models import Account, Language, Member


class ProfileForm(AwayForm):
    language = forms.ChoiceField(label=_("Mail reaches me in"), choices=Language)

    class Meta(AwayForm.Meta):
        fields = ("name", "function", *AwayForm.AWAY)  # type: ignore[assignment]
        labels = AwayForm.Meta.labels | {"name": _("Your name"), "function": _("Function")}
        help_texts = AwayForm.Meta.help_texts | {
            "function": _("In your own words: “team coach youth”, “director”."),
            "replacement": _("What waits for you goes to this colleague."),
        }

    def __init__(self, *args: Any, instance: Member, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        if instance.account:
            self.initial["language"] = instance.account.language


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here."""
    posted = request.method == "POST"
    _me, mine = get_member(request, working_as(request).pk, lock=posted)
    form = ProfileForm(request.POST if posted else None, instance=mine)
    if form.is_bound and form.is_valid():
        saved = form.save()
        Account.objects.filter(members=saved).update(language=form.cleaned_data["language"])
        tell_replacement(saved, changed=form.changed_data)
        return redirect("profile")
    status = 200 if not form.is_bound else 409 if form.between else 422
    return render(request, "people/profile.html", {"form": form}, status=status)
