"""What is done by the clock: each part that has something of the kind names it here, and when."""

from django.core.management import call_command
from django.tasks import task
from django.utils import timezone

from ideas.digest import post_digests
from ideas.models import Export
from ideas.privacy.forgetting import forget
from people.clock import Job, do
from people.devices import forget_sessions
from people.mail import send_what_was_left
from people.models import Invitation, Mail, Organisation


def tidy() -> None:
    """Forgets what nobody needs any more."""
    Mail.objects.forget()
    Invitation.objects.forget()
    Export.objects.forget()
    forget_sessions()
    for organisation in Organisation.objects.order_by("pk"):
        forget(organisation, timezone.localdate())
    call_command("prune_db_task_results", verbosity=0)


JOBS = {
    "digests": Job(post_digests),
    "mail that was left": Job(send_what_was_left),
    "tidying up": Job(tidy, hour=3),
}


@task
def do_job(name: str) -> None:
    """Does what is due, in the worker."""
    do(JOBS, name)
