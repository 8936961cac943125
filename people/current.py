"""As whom somebody works: with one account a person can belong to several organisations."""

from typing import cast

from django.http import HttpRequest

from people.models import Account, Member

# What the session holds: the number of the member as whom this browser works.
WORKS_AS = "works_as"
# The number of the organisation of which the provider signed somebody in: there they work, and nowhere else.
WITHIN = "within"
# The moment at which the provider had somebody show who they are.
SHOWN = "shown_to_provider"
# What an address that was mailed carries along: the number of the member whom it was mailed to.
AS = "as"


def members_of(request: HttpRequest) -> list[Member]:
    """Everyone who is signed in here is, in every organisation that they belong to: the current one comes first.

    Who came in through the provider of an organisation is nobody elsewhere. They come with organisation, team and
    account.
    """
    if not hasattr(request, "_members"):
        request._members = _read(request)  # type: ignore[attr-defined]
    return cast(list[Member], request._members)  # type: ignore[attr-defined]


def current_member(request: HttpRequest) -> Member | None:
    """As whom this request is made; None where nobody is signed in, or only somebody who belongs nowhere any more."""
    return next(iter(members_of(request)), None)


def stand_as(request: HttpRequest, member: Member) -> None:
    """This request is made as this member, one of `members_of`. A browser that opens a page goes on as them."""
    members = members_of(request)
    if member == members[0]:
        return
    request._members = [member, *(one for one in members if one != member)]  # type: ignore[attr-defined]
    if request.method == "GET" and "HX-Request" not in request.headers:
        request.session[WORKS_AS] = member.pk


def me(request: HttpRequest) -> dict[str, object]:
    """For templates: who is signed in, and who that is elsewhere."""
    return {"me": current_member(request), "me_elsewhere": members_of(request)[1:]}


def _read(request: HttpRequest) -> list[Member]:
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return []
    members = account.known_members
    if members is None:
        members = list(Member.objects.of_account(account.pk))
    within = request.session.get(WITHIN)
    members = [member for member in members if within in (None, member.organisation_id)]
    works_as = _mailed_to(request, members) or request.session.get(WORKS_AS)
    return sorted(members, key=lambda member: (member.pk != works_as, member.pk))


def _mailed_to(request: HttpRequest, members: list[Member]) -> int | None:
    """As whom an address is opened that was mailed to one of these. A browser that opens the page goes on as them."""
    asked = next((member.pk for member in members if str(member.pk) == request.GET.get(AS)), None)
    if (
        asked
        and request.method == "GET"
        and "HX-Request" not in request.headers
        and request.session.get(WORKS_AS) != asked
    ):
        request.session[WORKS_AS] = asked
    return asked
