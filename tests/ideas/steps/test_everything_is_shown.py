"""The pages are there to read all that is recorded: every field of a full picture stands on one of them."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from checks.catalogue import QUESTIONS
from checks.words import Code
from ideas.models import Attachment, Idea
from ideas.wording import day, duration, euro, say
from people.models import Member
from tests.ideas.dossier.pictures import full, leaves

# Shown otherwise than as themselves (a link, a size, bars, the question under which evidence stands), or only
# technical: names in addresses, digests.
NOT_AS_SUCH = {"about", "slug", "own_org", "sha256", "size", "url", "counts"}


def test_every_recorded_field_stands_on_a_page(
    client: Client, coordinator: Member, idea: Idea, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(coordinator)
    whole = full()
    monkeypatch.setattr("ideas.steps.page.read_picture", lambda idea: whole)
    for attachment in whole.attachments:
        Attachment.objects.create(idea=idea, title=attachment.title, file=attachment.file, question="s0.origin")
    whole = replace(whole, attachments=tuple(replace(told, question="s0.origin") for told in whole.attachments))
    pages = [reverse(f"ideas:{page}", args=[idea.pk]) for page in ["idea", "explore", "check", "concretise", "decide"]]
    read = " ".join(re.sub(r"<[^>]+>|\s+", " ", unescape(client.get(page).content.decode())) for page in pages)
    shown = re.sub(r"\s+", " ", read).casefold()
    with translation.override("nl"):
        missing = [
            (path, value)
            for path, value in leaves(whole)
            if not NOT_AS_SUCH & {str(step) for step in path} and _wording(path, value).casefold() not in shown
        ]
    assert not missing, missing


def _wording(path: tuple[object, ...], value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, Code):
        return say(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return euro(value)
    if path[-1] in {"duration", "term"} and isinstance(value, int):
        return duration(value)
    if isinstance(value, str) and value in QUESTIONS:
        return say(QUESTIONS[value].words)
    return " ".join(str(value).split())
