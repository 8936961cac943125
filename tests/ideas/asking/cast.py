"""Questions that were asked, for tests."""

import re
from datetime import date, timedelta
from typing import Any

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from checks.codes import Body, Role
from ideas.models import AskedMember, Asking, Idea
from people.models import Member
from tests.factories import Client
from tests.page_forms import form_to


def ask(idea: Idea, by: Member, *members: Member, **told: Any) -> AskedMember:
    """The first who was asked; without a mail."""
    more = {"about": "expertise", "body": Body.COLLEAGUE, **told}
    asking = Asking.ask(idea, by, Role.IDEA_OWNER, members, **more)
    return asking.asked.select_related("asking", "member").order_by("pk")[0]


def asked_long_ago(asked: AskedMember, days: int = 2) -> AskedMember:
    Asking.objects.filter(pk=asked.asking_id).update(asked_at=timezone.now() - timedelta(days=days))
    return AskedMember.objects.get(pk=asked.pk)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def link_in(message: Any) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://localhost:8000(/answer/\S+)", message.body)
    assert found, message.body
    return found[1]


def mails_to(member: Member) -> list[Any]:
    return [message for message in mail.outbox if message.to == [member.email]]


def page(client: Client, where: str) -> str:
    return client.get(where).content.decode()


def sends(client: Client, where: str, told: dict[str, Any], to: str = "") -> Any:
    """Sends the form of a page with these things typed in it."""
    return client.post(to or where, form_to(to or where, page(client, where)).sent(told))


def asks(client: Client, idea: Idea, **told: Any) -> Any:
    return sends(client, reverse("ideas:ask", args=[idea.pk]), {"about": "expertise", **told})
