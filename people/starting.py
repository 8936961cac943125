"""The first start: an installation without any organisation gets its first one, with somebody who coordinates it.

Whoever does this shows a code that only who runs the server can know.
"""

import hmac
from base64 import b32encode
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.forms import Line
from people.models import Account, Deed, Member, Organisation

GROUP, GROUPS = 4, 4
# What is open before there is any organisation.
OPEN_BEFORE = {"first_start", "set_language", "about"}


def is_started() -> bool:
    """Whether there is any organisation."""
    return Organisation.objects.exists()


def start_code() -> str:
    """The code for the first start, in groups of letters and digits. It follows from the secret key."""
    digest = salted_hmac("people.starting", "start code", algorithm="sha256").digest()
    letters = b32encode(digest).decode()
    return "-".join(letters[place * GROUP :][:GROUP] for place in range(GROUPS))


def is_start_code(told: str) -> bool:
    """Whether this is the code, however it is written."""

    def bare(code: str) -> bytes:
        return "".join(letter for letter in code.upper() if letter.isalnum()).encode()

    return hmac.compare_digest(bare(told), bare(start_code()))


class PasswordsForm(forms.Form):
    """Asks for a new password, twice, so that nobody locks themselves out by a slip."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 signs. A few words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"password", "again"} <= cleaned.keys() and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("This is not the same password."))
        return cleaned


class FirstStartForm(PasswordsForm):
    organisation = Line(
        label=_("What is your organisation called?"), max_length=200, help_text=_("You can change this later.")
    )
    name = Line(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        help_text=_("With this you sign in."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = forms.CharField(
        label=_("Start code"),
        max_length=100,
        help_text=_("Whoever runs the server finds it where WerktSamen starts, or by “manage.py start_organisation”."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    field_order = ("organisation", "name", "email", "password", "again", "code")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not is_start_code(code):
            raise forms.ValidationError(_("This is not the start code of this server."))
        return code

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "code" in cleaned and Account.objects.filter(email=cleaned.get("email", "")).exists():
            self.add_error("email", _("There is an account with this address already. Choose another address."))
        return cleaned


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_start(request: HttpRequest) -> HttpResponse:
    """Makes the first organisation and whoever coordinates it, and signs them in."""
    if is_started():
        return redirect("/")
    form = FirstStartForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "people/first_start.html", {"form": form}, status=422 if form.is_bound else 200)
    account = _start(form.cleaned_data)
    if account is None:
        return redirect("/")
    return goes_in(request, account, reverse("people"))


def goes_in(request: HttpRequest, account: Account, to: str) -> HttpResponse:
    """Signs in who chose the password of this new account just now: it is not asked again for what is weighty."""
    record_authentication(request, account, method="password", email=account.email)
    return perform_login(request, account, redirect_url=to)  # type: ignore[no-any-return]


@transaction.atomic
def _start(told: dict[str, Any]) -> Account | None:
    """None where somebody else was first: all who start hold the same row, and go one after the other."""
    ContentType.objects.select_for_update().get(app_label="people", model="organisation")
    if is_started():
        return None
    organisation = Organisation.objects.start(told["organisation"])
    account = Account.objects.create_user(told["email"], told["password"], language=settings.LANGUAGE_CODE)
    member = Member.objects.create(account=account, organisation=organisation, name=told["name"], coordinator=True)
    Deed.note(member, Deed.What.JOINED, about=member)
    return account
