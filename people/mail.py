"""Mail: written down in the same transaction as what calls for it, sent by the worker.

The row is the truth: a task only says that it is its turn. A mail server that is down delays mail and loses none, and
what a server took is not sent again. Only where the connection breaks off, or the worker is ended, between the last
byte and the answer of the server, nobody can know: then it is sent again with the same Message-ID.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import mailers
from django.db import transaction
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import timezone, translation

from people.models import Account, Mail

# A mail whose turn came this long ago lost its task: a worker was ended while it sent it.
OVERDUE = timedelta(minutes=10)

logger = logging.getLogger(__name__)


def post(
    to: Account | str, key: str, template: str, context: Mapping[str, object], headers: Mapping[str, str] | None = None
) -> Mail:
    """Has a mail sent to this account, in its language: once for each `key`.

    Who has no account yet is named by mail address, and written to in the language that is active.
    `template` is a text under `templates/mail/` of which the first line is the subject. It is told `address`, where
    this installation is found, so that its links open the exact spot. A mail holds nothing confidential.
    """
    account = to if isinstance(to, Account) else None
    with translation.override(account.language if account else translation.get_language()):
        text = render_to_string(f"mail/{template}.txt", {**context, "address": settings.ADDRESS})
    subject, _, body = text.strip().partition("\n")
    told = {"account": account, "to": str(to), "subject": subject[:200], "body": body.strip() + "\n"}
    with transaction.atomic():
        mail, is_new = Mail.objects.get_or_create(key=key, defaults={**told, "headers": dict(headers or {})})
        if is_new:
            send.enqueue(mail_id=mail.pk)
    return mail


@task
def send(mail_id: int) -> None:
    """Hands a mail to the mail server, unless that is done already, somebody is at it or its turn is still to come."""
    mail = Mail.objects.claim(mail_id)
    if mail is None:
        return
    connection = mailers.default
    try:
        connection.open()
        connection.send_messages([mail.message()])
    except SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        _did_not_go(mail, f"{code} {said.decode(errors='replace')}", for_good=500 <= code < 600)
    except (SMTPException, OSError) as error:
        _did_not_go(mail, str(error), for_good=mail.is_old)
    except ValueError as error:
        # An address that cannot be written in a mail, or a header that cannot.
        _did_not_go(mail, str(error), for_good=True)
    else:
        mail.went()
    finally:
        # What the server took, it took, whether or not it says goodbye.
        with suppress(SMTPException, OSError):
            connection.close()


def _did_not_go(mail: Mail, why: str, *, for_good: bool) -> None:
    logger.warning("Mail %s did not go: %s", mail.pk, why.replace(mail.to, "(address)"))
    if for_good:
        mail.give_up(why)
        return
    with transaction.atomic():
        if mail.put_off():
            send.using(run_after=mail.again).enqueue(mail_id=mail.pk)


def send_what_was_left() -> None:
    """Takes up mail whose task was lost with a worker that was ended, or with a restored backup."""
    now = timezone.now()
    for pk in Mail.objects.waiting().filter(again__lte=now - OVERDUE).values_list("pk", flat=True):
        with transaction.atomic():
            if Mail.objects.waiting().filter(pk=pk, again__lte=now - OVERDUE).update(again=now):
                send.enqueue(mail_id=pk)
