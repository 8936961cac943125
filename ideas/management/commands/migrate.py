"""Django's own, after which the guard of the sealed records stands, also where a migration failed."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from ideas.seal.guard import stand_guard


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            super().handle(*args, **options)
        finally:
            stand_guard(options["database"])
