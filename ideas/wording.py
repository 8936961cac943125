"""How things are said, on screen and on paper, in the language that is active."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext

from checks.catalogue import QUESTIONS
from checks.picture import INDEFINITE, Duration
from checks.words import Code, Words


def say(told: Code | Words | None) -> str:
    """The wording of a code or a pair of words; nothing for None."""
    return told.in_language(get_language() or "nl") if told else ""


def asked(slug: str) -> str:
    """The wording of a question; the slug itself when there is no such question."""
    return say(QUESTIONS[slug].words) if slug in QUESTIONS else slug


def day(on: date | None) -> str:
    """A day such as 20 november 2025."""
    return date_format(on, "j F Y") if on else ""


def number(amount: int | Decimal | None) -> str:
    """A number with its thousands apart, and two decimals only where there are any."""
    if amount is None:
        return ""
    decimals = 0 if amount == int(amount) else 2
    return number_format(amount, decimals, force_grouping=True, use_l10n=True)


def euro(amount: Decimal | None) -> str:
    """An amount in euro."""
    return "" if amount is None else gettext("%(amount)s euro") % {"amount": number(amount)}


def duration(given: Duration) -> str:
    """How long it lasts, in years where they are whole."""
    if given is None:
        return ""
    if given == INDEFINITE:
        return gettext("indefinite")
    if given % 12 == 0:
        return ngettext("%(count)d year", "%(count)d years", given // 12) % {"count": given // 12}
    return ngettext("%(count)d month", "%(count)d months", given) % {"count": given}


def all_of(names: Iterable[str]) -> str:
    """Names as in a sentence: a, b and c."""
    *head, last = [name for name in names if name] or [""]
    return gettext("%(names)s and %(last)s") % {"names": ", ".join(head), "last": last} if head else last


def capital(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]
