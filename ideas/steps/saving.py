"""Forms that save themselves, of any record: how they stand on their page, and how they are answered."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import reswap, retarget, trigger_client_event

from ideas.access import Act, HtmxHttpRequest, member_of
from ideas.forms import IN_BETWEEN, MINE, SavedForm
from ideas.models import Change, Idea


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

    `name` is its id on the page, `url` where it is sent to, `told` what each field says. `between` is the form where
    it was refused because somebody else changed the same. `saved_at` is the time at which it was saved just now.
    """

    name: str
    url: str
    told: dict[str, Any]
    version: str
    between: SavedForm[Any] | None = None
    saved_at: datetime | None = None
    problems: list[str] = field(default_factory=list)


def saving(form: SavedForm[Any], name: str, url: str) -> Saving:
    """How this form stands, fresh or after it was refused."""
    return Saving(
        name,
        url,
        told={field: form[field].value() for field in form.fields},
        version=form.version,
        between=form if form.is_bound and form.is_in_between else None,
        problems=problems_of(form),
    )


def problems_of(form: SavedForm[Any]) -> list[str]:
    """What is wrong with what was typed; that somebody else changed the same is told apart."""
    if not form.is_bound:
        return []
    wrong = [error for told in form.errors.as_data().values() for error in told if error.code != IN_BETWEEN.code]
    return [str(problem) for error in wrong for problem in error.messages]


def status_of(form: SavedForm[Any]) -> int:
    """The status with which a form is shown: asked for, refused since others changed the same, or wrongly filled in."""
    return 200 if not form.is_bound else 409 if form.is_in_between else 422


def asked_of(request: HtmxHttpRequest, act: Act) -> Act:
    """The right that this asks: a page on which somebody reads shows how a thing stands, whoever may change it."""
    return Act.READ if request.htmx and request.method != "POST" else act


def posted(request: HtmxHttpRequest) -> QueryDict | None:
    """What was typed; None where a form is only asked for."""
    return request.POST if request.method == "POST" else None


def changed_last(request: HtmxHttpRequest, form: SavedForm[Any], idea: Idea) -> Change | None:
    """The last change of what this form shows; None where that is the member's own, or about something else."""
    kind = ContentType.objects.get_for_model(form.instance)
    changes = Change.objects.filter(idea=idea, content_type=kind, object_id=form.instance.pk or 0)
    last: Change | None = changes.select_related("actor").last()
    if last is None or last.actor_id == member_of(request).pk or not form.fields.keys() & fields_of(last):
        return None
    return last


def fields_of(change: Change) -> set[str]:
    """The fields that say something else since this change; what is new also names those that stayed empty."""
    return {name for name, (was, became) in change.changes.items() if (was or "") != (became or "")}


def saved(
    request: HtmxHttpRequest,
    form: SavedForm[Any],
    idea: Idea,
    shown: Callable[[SavedForm[Any]], Any],
    page: str,
    template: str,
    **more: Any,
) -> HttpResponse:
    """Saves what was typed; answers with the state beside the form, or for a plain form with its page.

    `shown` gives a `Saving` or alike of a form, or None for who may not change it; `page` is where it stands;
    `template` shows the form as `it`, with `more`. After a choice between two texts the form comes back whole, since
    it says something else then. A form that is only asked for is a page of its own.
    """
    if form.is_bound and form.is_valid():
        form.save()
        it = replace(shown(form.once_saved()), saved_at=timezone.localtime())
        if not request.htmx:
            return redirect(f"{page}#{it.name}")
        return trigger_client_event(_state(request, form, it, template, more), "saved")
    it = shown(form)
    if request.htmx and form.is_bound:
        return render(request, "ideas/steps/state.html#state", {"it": it}, status=status_of(form))
    context = {"it": it, "idea": idea, "page": page, "template": template, **more}
    if request.htmx:
        return render(request, template, context | {"changed_last": changed_last(request, form, idea)})
    return render(request, "ideas/steps/one_form.html", context, status=status_of(form))


def _state(
    request: HtmxHttpRequest, form: SavedForm[Any], it: Any, template: str, more: dict[str, Any]
) -> HttpResponse:
    if form.choice in {None, MINE}:
        return render(request, "ideas/steps/state.html#state", {"it": replace(it, version=form.on_screen(it.version))})
    whole = render(request, template, {"it": it, **more})
    return retarget(reswap(whole, "outerHTML"), f"#{it.name}")
