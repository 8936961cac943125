"""How an answer is said elsewhere."""

from django.utils.translation import gettext as _

from ideas.models import AskedMember
from ideas.wording import capital, say


def as_a_point(asked: AskedMember) -> str:
    """The words of the opvolgpunt that an answer becomes: by body and not by name, since it may be printed."""
    asking = asked.asking
    told = {
        "reply": capital(say(asked.reply)),
        "body": asking.service or say(asking.body),
        "about": say(asking.told_about.words),
    }
    if asked.note:
        return _("%(reply)s (%(body)s, %(about)s): %(note)s") % {**told, "note": asked.note}
    return _("%(reply)s (%(body)s, %(about)s)") % told
