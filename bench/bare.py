"""A bare Django app to compare with: a page of about 20 KB behind a session, and a view that saves one row."""

from django import forms
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_required
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

ROWS = 95

# It sets Django up, which the model below needs.
application = get_wsgi_application()


class Note(models.Model):
    title = models.CharField(max_length=100)
    text = models.TextField()
    objects: models.Manager["Note"] = models.Manager()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.title


NoteForm = forms.modelform_factory(Note, fields=["text"])


def enter(request: HttpRequest) -> HttpResponse:
    login(request, get_user_model().objects.get())
    return redirect("page")


@login_required
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"notes": list(Note.objects.order_by("pk"))})


@login_required
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        form = NoteForm(request.POST, instance=get_object_or_404(Note, pk=pk))
        if not form.is_valid():
            return HttpResponse(form.errors.as_text(), status=422)
        form.save()
    return HttpResponse("Saved")


urlpatterns = [
    path("", page, name="page"),
    path("enter/", enter, name="enter"),
    path("note/<int:pk>/", save, name="save"),
]


def prepare() -> None:
    """Makes the tables, somebody who signs in, and what the page shows."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as schema:
        schema.create_model(Note)
    get_user_model().objects.create_user("somebody")
    said = "What somebody wrote down about this, in a line or so. " * 2
    Note.objects.bulk_create(Note(title=f"Note {number}", text=said) for number in range(ROWS))


if __name__ == "__main__":
    prepare()
