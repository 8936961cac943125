"""The background worker: what is asked of it, and what is due by the clock."""

import os
from typing import Any

from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands.db_worker import Command as Worker

from ideas.jobs import JOBS, do_job
from people.clock import watch


class Command(Worker):
    help = "Does in the background what takes longer than a page, and what is due by the clock (mail, digests)."

    def configure_logging(self, verbosity: int) -> None:
        """The settings say what is logged, unless more or less of it is asked for."""
        if verbosity != 1:
            super().configure_logging(verbosity)

    def handle(self, **options: Any) -> None:
        is_parent_of_reloaded = options["reload"] and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true"
        if not options["batch"] and not is_parent_of_reloaded:
            watch(JOBS, do_job.enqueue)
        super().handle(**options)
