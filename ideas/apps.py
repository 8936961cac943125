"""What happens once this app is there, and after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class IdeasConfig(AppConfig):
    name = "ideas"

    def ready(self) -> None:
        from ideas.seal.guard import stand_guard, step_aside

        # A table that SQLite makes anew in a migration loses its triggers.
        pre_migrate.connect(step_aside, sender=self)
        post_migrate.connect(stand_guard, sender=self)
