"""Who read a confidential idea, and the links by which somebody without an account reads one page."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.dossier.summary import summary
from ideas.forms import Line
from ideas.models import Idea, ReadLink
from ideas.models.reading import LONG, SHORT, digest_of
from ideas.once import once
from ideas.organisation import settings_of
from ideas.picture import read_picture
from ideas.way.offers import stands
from people.weighty import weighty

# As many readings as a page shows.
MOST_READINGS = 200


class LinkForm(forms.Form):
    for_whom = Line(
        label=_("For whom?"), max_length=200, help_text=_("A function, such as “algemeen directeur”. No name needed.")
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        coerce=int,
        choices=[(days, ngettext_lazy("%(n)d day", "%(n)d days", days) % {"n": days}) for days in (SHORT, 14, LONG)],
        initial=14,
        widget=forms.RadioSelect,
    )


@weighty
@require_http_methods(["GET", "HEAD", "POST"])
@once
def links(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """The links of an idea. POST makes one, which is shown this once."""
    posted = request.method == "POST"
    idea, standing = get_idea(request, idea_id, Act.LEAD, lock=posted)
    form = LinkForm(request.POST if posted else None, label_suffix="")
    made = ""
    if form.is_bound and form.is_valid():
        secret = ReadLink.make(idea, standing.member, form.cleaned_data["for_whom"], form.cleaned_data["days"])
        made = request.build_absolute_uri(reverse("ideas:read", args=[secret]))
        form = LinkForm(label_suffix="")
    context = {"idea": idea, "form": form, "made": made, "links": idea.read_links.select_related("made_by")}
    return render(request, "ideas/privacy/links.html", context, status=422 if form.is_bound else 200)


@require_POST
@once
def revoke(request: HtmxHttpRequest, idea_id: int, link_id: int) -> HttpResponse:
    """From here on the link opens nothing."""
    idea, _standing = get_idea(request, idea_id, Act.LEAD, lock=True)
    get_object_or_404(ReadLink, idea=idea, pk=link_id).revoke()
    return redirect("ideas:read_links", idea.pk)


@require_safe
def readings(request: HtmxHttpRequest, idea_id: int) -> HttpResponse:
    """Who read a confidential idea, and when: for those who lead it."""
    idea, _standing = get_idea(request, idea_id, Act.LEAD)
    found = idea.readings.select_related("member", "link")[:MOST_READINGS]
    return render(request, "ideas/privacy/readings.html", {"idea": idea, "readings": found})


@login_not_required
@never_cache
@require_safe
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """One page of an idea, for who has the link. One that is wrong, revoked or too old is not there."""
    links = ReadLink.objects.working().select_related("idea__organisation")
    link = links.filter(digest=digest_of(secret)).first()
    if link is None:
        raise Http404
    link.open()
    answer = render(request, "ideas/privacy/read.html", {"link": link, **_told(link.idea)})
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _told(idea: Idea) -> dict[str, object]:
    picture = read_picture(idea)
    return {
        "idea": idea,
        "picture": picture,
        "stands": stands(picture.status, picture.step),
        "summary": summary(picture, settings_of(idea.organisation), room=2),
    }
