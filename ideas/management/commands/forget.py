"""Removes what is kept no longer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from checks.retention import KEPT
from ideas.privacy.forgetting import forget
from people.models import Organisation


class Command(BaseCommand):
    help = "Removes what is kept no longer, after the time that each organisation chose. The worker does so every day."

    def handle(self, *args: Any, **options: Any) -> None:
        for organisation in Organisation.objects.order_by("pk"):
            for kind, count in forget(organisation, timezone.localdate()).items():
                self.stdout.write(f"{organisation.name}: {KEPT[kind].what.en.lower()}: {count}")
