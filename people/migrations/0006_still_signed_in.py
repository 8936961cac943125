"""Who is signed in stays so: a session names what reads its account, which is another one now."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations

KEY, WAS, IS = "_auth_user_backend", "allauth.account.auth_backends.AuthenticationBackend", "people.backend.AccountBackend"


def stay_signed_in(apps: Any, editor: Any) -> None:
    store = SessionStore()
    for session in apps.get_model("sessions", "Session").objects.using(editor.connection.alias).iterator():
        told = store.decode(session.session_data)
        if told.get(KEY) == WAS:
            session.session_data = store.encode({**told, KEY: IS})
            session.save(update_fields=["session_data"])


class Migration(migrations.Migration):
    dependencies = [("people", "0005_together"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(stay_signed_in)]
