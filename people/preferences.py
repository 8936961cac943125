"""What somebody wishes to be mailed, and on which days."""

from typing import cast

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from people.current import current_member
from people.models import Member, Rhythm

SIGNER = Signer(salt="people.preferences.digest")
EARLIEST, LATEST = 5, 22


class DigestForm(forms.ModelForm[Member]):
    """On which days, and from which hour."""

    digest_hour = forms.TypedChoiceField(
        label=_("From what time?"), coerce=int, choices=[(hour, f"{hour}:00") for hour in range(EARLIEST, LATEST)]
    )

    class Meta:
        model = Member
        fields = ["digest", "digest_hour"]
        labels = {"digest": _("When do you want the overview?")}
        widgets = {"digest": forms.RadioSelect}


@require_http_methods(["GET", "HEAD", "POST"])
def my_mail(request: HttpRequest) -> HttpResponse:
    """When somebody gets the overview of what waits for them."""
    member = cast(Member, current_member(request))
    form = DigestForm(request.POST if request.method == "POST" else None, instance=member, label_suffix="")
    if form.is_bound and form.is_valid():
        member.save(update_fields=["digest", "digest_hour"])
        return redirect(f"{request.path}?saved")
    return render(request, "people/my_mail.html", {"form": form}, status=422 if form.is_bound else 200)


def stop_token(member: Member) -> str:
    """What the link in a digest carries along, by which it is stopped without signing in, and nothing else is done."""
    return SIGNER.sign(str(member.pk))


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """Stops the digest with one press, by whoever has the link. Mail programs post to it themselves (RFC 8058)."""
    try:
        member = Member.objects.filter(pk=int(SIGNER.unsign(token))).first()
    except BadSignature:
        member = None
    if member is None:
        raise Http404
    if request.method == "POST":
        Member.objects.filter(pk=member.pk).update(digest=Rhythm.NEVER)
    return render(request, "people/stop_digest.html", {"is_stopped": request.method == "POST", "member": member})
