"""Mail: written down in the same transaction as what calls for it, sent by the worker."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import timezone, translation

from people.models import Account, Mail


def post(to: Account | str, key: str, template: str, context: Mapping[str, object]) -> Mail:
    """Has a mail sent to this account, in its language: once for each `key`.

    Who has no account yet is named by mail address, and written to in the language that is active.
    `template` is a text under `templates/mail/` of which the first line is the subject. It is told `address`, where
    this installation is found, so that its links open the exact spot. A mail holds nothing confidential.
    """
    account = to if isinstance(to, Account) else None
    with translation.override(account.language if account else translation.get_language()):
        text = render_to_string(f"mail/{template}.txt", {**context, "address": settings.ADDRESS})
    subject, _, body = text.strip().partition("\n")
    with transaction.atomic():
        mail, is_new = Mail.objects.get_or_create(
            key=key, defaults={"account": account, "to": str(to), "subject": subject[:200], "body": body.strip() + "\n"}
        )
        if is_new:
            send.enqueue(mail_id=mail.pk)
    return mail


@task
def send(mail_id: int) -> None:
    """Hands a mail to the mail server, unless that is done already."""
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(pk=mail_id, sent=None).first()
        if mail is None:
            return
        EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
        mail.sent = timezone.now()
        mail.save(update_fields=["sent"])
