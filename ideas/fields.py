"""A database field for the codes of `checks`."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from checks.words import Code


class CodeField(models.CharField[Any, Any]):
    """One of `codes`, or None while it is not known. Its constraint is made with `holds_codes`."""

    def __init__(self, *args: Any, codes: type[Code], **kwargs: Any) -> None:
        self.codes = codes
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "codes": self.codes}

    def from_db_value(self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper) -> Code | None:
        return None if value is None else self.codes(value)

    def to_python(self, value: Any) -> Code | None:
        return None if value in {None, ""} else self.codes(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)


def holds_codes(model: str, **fields: type[Code]) -> list[models.BaseConstraint]:
    """Constraints by which the database refuses any other code in these fields."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{field}__in": [code.value for code in codes]}), name=f"{model}_{field}_code"
        )
        for field, codes in fields.items()
    ]
