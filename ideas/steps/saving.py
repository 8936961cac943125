"""Forms that save themselves, of any record: how they stand on their page, and how they are answered."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import trigger_client_event

from ideas.access import HtmxHttpRequest
from ideas.forms import SavedForm, Theirs
from ideas.models import Idea


class QuickForm[M: Model](SavedForm[M]):
    """A form of which the fields alone see to all that the database asks, so that saving needs no more questions."""

    def validate_unique(self) -> None:
        """Nothing to ask: it changes no name."""

    def validate_constraints(self) -> None:
        """Nothing to ask: each code comes from a list."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"idea"}


@dataclass(frozen=True)
class Saving:
    """A form that saves itself, as it stands on its page or as it was typed where it was refused.

    `name` is its id on the page, `url` where it is sent to, `told` what each field says. `version` and `over` are those
    of `SavedForm`. `saved_at` is the time at which it was saved just now.
    """

    name: str
    url: str
    told: dict[str, Any]
    version: str
    over: str = ""
    saved_at: datetime | None = None
    problems: list[str] = field(default_factory=list)
    theirs: list[Theirs] = field(default_factory=list)


def saving(form: SavedForm[Any], name: str, url: str) -> Saving:
    """How this form stands, fresh or after it was refused."""
    return Saving(
        name,
        url,
        told={field: form[field].value() for field in form.fields},
        version=form.version,
        over=form.stands if form.is_bound and form.is_in_between else "",
        problems=[str(problem) for told in form.errors.values() for problem in told] if form.is_bound else [],
        theirs=form.theirs,
    )


def saved(
    request: HtmxHttpRequest,
    form: SavedForm[Any],
    idea: Idea,
    as_it_stands: Any,
    page: str,
    template: str,
    **more: Any,
) -> HttpResponse:
    """Saves what was typed; answers with the state beside the form, or for a plain form with its page.

    `as_it_stands` is a `Saving` or alike, of the form as it was sent; `page` is where it stands; `template` shows it
    as `it`, with `more`.
    A form that is only asked for is a page of its own.
    """
    if form.is_bound and form.is_valid():
        form.save()
        if not request.htmx:
            return redirect(f"{page}#{as_it_stands.name}")
        state = replace(as_it_stands, version=form.once_saved().stands, saved_at=timezone.localtime())
        return trigger_client_event(render(request, "ideas/steps/answer.html#state", {"answer": state}), "saved")
    status = 200 if not form.is_bound else 409 if form.is_in_between else 422
    if request.htmx:
        return render(request, "ideas/steps/answer.html#state", {"answer": as_it_stands}, status=status)
    context = {"it": as_it_stands, "idea": idea, "page": page, "template": template, **more}
    return render(request, "ideas/steps/one_form.html", context, status=status)
