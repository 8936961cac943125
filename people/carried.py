"""What somebody typed who turned out to be signed out: it goes along through signing in, and is sent after a click."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cached_property
from typing import Self
from urllib.parse import unquote, urlsplit

from django.core import signing
from django.http import Http404, HttpRequest
from django.urls import resolve

# The name of the field on the sign-in page.
CARRIED = "carried"
SALT = "people.carried"
# After this time nobody comes back to a sign-in page; the token of a form is known no longer either.
KEPT = timedelta(days=30)
# Somebody else may be at this browser by then.
WAITS = timedelta(hours=1)
# In characters, signed. A form takes 2.5 million bytes at most, and signing in takes some of them.
MOST = 1_000_000

_CODE = re.compile(r"[a-z0-9_.:-]*")


@dataclass(frozen=True)
class Carried:
    """A form as it was sent, and the page that it was sent from: addresses of this site.

    `fields` has names and values in the order in which they came; `files` has a name and a file name for each file,
    of which the contents cannot go along.
    """

    path: str
    page: str
    fields: list[tuple[str, str]]
    files: list[tuple[str, str]]

    @classmethod
    def posted(cls, request: HttpRequest) -> Self | None:
        """The form that this request sends; None where anybody may send it, as for signing in or out."""
        path = request.get_full_path()
        if request.method != "POST" or not _is_for_members(path):
            return None
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values if _goes_along(name)]
        files = [(name, file.name or "") for name, sent in request.FILES.lists() for file in sent]
        return cls(path, _page_before(request), fields, files)

    @classmethod
    def along(cls, request: HttpRequest) -> Self | None:
        """What the page carried along, or the one before it; None where that is nothing, or not what we signed."""
        posted, waiting = request.POST.get(CARRIED, ""), request.session.get(CARRIED, "")
        try:
            told = signing.loads(posted or waiting, salt=SALT, max_age=KEPT if posted else WAITS)
        except signing.BadSignature:
            return None
        carried = cls(told["path"], told["page"], _pairs(told["fields"]), _pairs(told["files"]))
        return carried if _is_for_members(carried.path) and _is_for_members(carried.page) else None

    def wait(self, request: HttpRequest) -> None:
        """Goes along in the session while signing in takes another page: a code, or the provider of an organisation."""
        request.session[CARRIED] = self.signed

    @cached_property
    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @property
    def is_too_much(self) -> bool:
        """Whether it is too long to go along."""
        return len(self.signed) > MOST

    @property
    def texts(self) -> list[str]:
        """What a person would know again: every text once, without codes, numbers, versions, tokens and secrets."""
        told = [value for name, value in self.fields if "secret" not in name]
        return list(dict.fromkeys(value for value in told if not _CODE.fullmatch(value.strip())))


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of our own sent this, as far as the browser says."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return _is_ours(request, sender)


def _is_ours(request: HttpRequest, address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def _page_before(request: HttpRequest) -> str:
    """The page that a form was sent from, or the overview."""
    referrer = request.headers.get("Referer", "")
    if not _is_ours(request, referrer):
        return "/"
    page = urlsplit(referrer)._replace(scheme="", netloc="", fragment="").geturl()
    return page if _is_for_members(page) else "/"


def _is_for_members(path: str) -> bool:
    """Whether this is an address of this site for which one signs in."""
    if not path.startswith("/") or path.startswith("//"):
        return False
    try:
        view = resolve(unquote(urlsplit(path).path)).func
    except (Http404, ValueError):
        return False
    return bool(getattr(view, "login_required", True))


def _goes_along(name: str) -> bool:
    return name not in {"csrfmiddlewaretoken", CARRIED} and "password" not in name.lower()


def _pairs(told: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in told]
