"""Step 4, temperature: a reading of how warm the own team is, entered as counts.

A reading is never changed: a correction takes its place, so that nothing tells what stood there. What is entered is
shown again only where everybody may see it.
"""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from checks.codes import TemperatureMethod
from checks.temperature import FEWEST_TO_SHOW, FEWEST_VOTES, SMALL_TEAM, may_be_shown
from checks.words import Words
from ideas.access import Act, HtmxHttpRequest, get_idea
from ideas.fields import CodeChoice
from ideas.forms import Lines, form_field
from ideas.models import Idea, OpenReading, TemperatureReading
from ideas.once import once
from ideas.organisation import settings_of
from ideas.steps.pages import PAGES
from people.models import Member

MOST_VOTES = 100_000
MOST_REMARKS = 200
COUNTS = [f"count_{value}" for value in range(1, 6)]
WARMTH = (
    Words("koud", "cold"),
    Words("fris", "cool"),
    Words("lauw", "lukewarm"),
    Words("warm", "warm"),
    Words("heel warm", "very warm"),
)


CLOSE_IT_FIRST = Words(
    "Er is een meting open. Sluit die eerst, dan kan je zelf tellingen invullen.",
    "A reading is open. Close it first, then you can enter counts yourself.",
)


class TemperatureForm(forms.ModelForm[TemperatureReading]):
    """How many chose each value, and how they were asked. `seen` is the reading that stood there.

    Of a reading of which WerktSamen counted the votes, only the note of the group can be corrected.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    remarks = Lines(
        label=_("What was said, one remark a line"),
        required=False,
        max_length=20_000,
        help_text=_("Without names. They show from five votes on, in alphabetical order."),
    )

    class Meta:
        model = TemperatureReading
        formfield_callback = form_field
        fields = ["method", "date", "remarks", "note"]
        labels = {"method": _("How was it taken?"), "date": _("When?"), "note": _("Note of the group")}

    def __init__(
        self, *args: Any, idea: Idea, current: TemperatureReading | None, corrects: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.idea, self.current = idea, current
        self.is_counted = corrects and current is not None and current.counted
        if self.is_counted:
            self.fields = {name: self.fields[name] for name in ("note", "seen")}
            return
        self.fields["method"] = CodeChoice(
            codes=TemperatureMethod, required=True, label=_("How was it taken?"), initial=TemperatureMethod.VOTES
        )
        for name in COUNTS:
            self.fields[name] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_VOTES,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def counts(self) -> list[tuple[Words, forms.BoundField]]:
        """The five values in words, from cold to very warm, each with its field."""
        return [(words, self[name]) for words, name in zip(WARMTH, COUNTS, strict=True)]

    def clean_remarks(self) -> list[str]:
        remarks: list[str] = self.cleaned_data["remarks"]
        if len(remarks) > MOST_REMARKS:
            raise forms.ValidationError(_("At most %(most)d remarks, please.") % {"most": MOST_REMARKS})
        return sorted(remarks)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        nothing = not any(cleaned.get(name) or name in self.errors for name in COUNTS)
        if nothing and not self.is_counted:
            self.add_error(COUNTS[0], _("Fill in how many people chose each value."))
        if cleaned.get("seen") != (self.current.pk if self.current else None):
            self.add_error(
                None, forms.ValidationError(_("There is another reading in the meantime."), code="in_between")
            )
        return cleaned

    def record(self, *, in_its_place: bool) -> TemperatureReading:
        """Makes this the current reading: in the place of the one that stood there, or after it."""
        if self.is_counted and self.current:
            self.current.note = self.cleaned_data["note"]
            self.current.save(update_fields=["note"])
            return self.current
        if self.current and in_its_place:
            self.current.delete()
        reading: TemperatureReading = self.save(commit=False)
        for name in COUNTS:
            setattr(reading, name, self.cleaned_data[name] or 0)
        reading.idea = self.idea
        reading.begin_after_others()
        return reading


def told_before(reading: TemperatureReading) -> dict[str, Any]:
    """What a correction begins with. The counts and remarks of a few votes are not shown again."""
    told: dict[str, Any] = {"method": reading.method, "date": reading.date, "note": reading.note}
    if may_be_shown(reading.counts):
        told |= dict(zip(COUNTS, reading.counts, strict=True)) | {"remarks": "\n".join(reading.remarks)}
    return told


@require_http_methods(["GET", "HEAD", "POST"])
@once
def temperature(request: HtmxHttpRequest, idea_id: int, reading_id: int | None = None) -> HttpResponse:
    """Takes the temperature; with `reading_id` it corrects that reading, which must be the current one."""
    idea, _standing = get_idea(request, idea_id, Act.TAKE_TEMPERATURE, lock=request.method == "POST")
    if reading_id is None and OpenReading.objects.filter(idea=idea).exists():
        return render(request, "ideas/way/not_now.html", {"idea": idea, "reasons": [CLOSE_IT_FIRST]}, status=409)
    current = TemperatureReading.objects.filter(idea=idea, current=True).first()
    initial: dict[str, Any] = {
        "date": timezone.localdate(),
        "method": request.GET.get("method") or settings_of(idea.organisation).temperature_method,
    }
    if reading_id and request.method != "POST":
        initial = told_before(get_object_or_404(TemperatureReading, idea=idea, current=True, pk=reading_id))
    initial["seen"] = current.pk if current else None
    form = TemperatureForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        idea=idea,
        current=current,
        label_suffix="",
        corrects=reading_id is not None and current is not None and current.pk == reading_id,
    )
    if form.is_bound and form.is_valid():
        form.record(in_its_place=current is not None and current.pk == reading_id)
        return redirect(f"{reverse(PAGES[4], args=[idea.pk])}#temperature")
    return _asked(request, form, idea, current, corrects=reading_id is not None)


def _asked(
    request: HtmxHttpRequest, form: TemperatureForm, idea: Idea, current: TemperatureReading | None, *, corrects: bool
) -> HttpResponse:
    people = Member.objects.present().filter(team=idea.team).count() if idea.team else 0
    context = {
        "idea": idea,
        "form": form,
        "corrects": corrects,
        "people": people if 0 < people < SMALL_TEAM else 0,
        "shows_again": current is not None and may_be_shown(current.counts),
        "fewest_to_show": FEWEST_TO_SHOW,
        "fewest_votes": FEWEST_VOTES,
        "seen": current.pk if current else "",
        "is_in_between": form.is_bound and form.has_error("__all__", "in_between"),
    }
    status = 200 if not form.is_bound else 409 if context["is_in_between"] else 422
    return render(request, "ideas/steps/temperature_form.html", context, status=status)
