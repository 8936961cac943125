"""How many queries each page and save asks of the database, as JSON: `python -m bench.queries /idea/1/`.

Run it with the environment of the app that is measured: it asks in the process, so that nothing is built in there.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werktsamen.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.asked import MEMBER, Answering, Asked, asked_of  # noqa: E402

NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


def queries_of(client: Client, asked: Asked) -> int:
    """Those for who is signed in included, those that open a transaction not, nor what is asked only the first time."""
    headers = {"HX-Request": "true"} if asked.is_fragment or asked.is_save else {}
    answering = Answering(asked.path, client.get(asked.path).content.decode()) if asked.is_save else None

    def ask() -> None:
        if answering:
            reply = client.post(asked.path, answering.next(), headers=headers)
            answering.saved(reply.content.decode())
        else:
            reply = client.get(asked.path, headers=headers)
        if reply.status_code != 200:
            raise RuntimeError(f"{asked.path}: {reply.status_code}")

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len([query for query in captured.captured_queries if not query["sql"].startswith(NOT_COUNTED)])


def main(idea: str) -> None:
    client = Client(headers={"Host": "localhost"})
    client.force_login(get_user_model().objects.get(email=MEMBER))
    sys.stdout.write(json.dumps({asked.name: queries_of(client, asked) for asked in asked_of(idea)}))


if __name__ == "__main__":
    main(sys.argv[1])
