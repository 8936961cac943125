"""Writes the JSON Schema of the exchange file again, after the picture changed."""

from typing import Any

from django.core.management.base import BaseCommand

from checks.picture import SCHEMA, json_schema_text


class Command(BaseCommand):
    help = "Writes checks/exchange.schema.json again, after the picture changed."

    def handle(self, *args: Any, **options: Any) -> None:
        SCHEMA.write_text(json_schema_text(), encoding="utf-8")
