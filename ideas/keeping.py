"""The key with which a browser keeps text that is not saved yet."""

from base64 import b64encode

from django.utils.crypto import salted_hmac

from people.models import Member


def key_to_keep(member: Member, idea: int | str) -> str:
    """The key of this person for this idea (its id, or `new`): 256 bits in base64.

    It is made anew whenever it is asked for, and stored nowhere; another secret key makes what was kept unreadable.
    """
    told = salted_hmac("ideas.keeping", f"{member.pk}/{idea}", algorithm="sha256")
    return b64encode(told.digest()).decode()
