"""Fields for the codes of `checks`, in the database and in a form."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.utils.text import capfirst

from checks.words import Code
from ideas.wording import say


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

    def formfield(self, **kwargs: Any) -> "CodeChoice":
        return CodeChoice(
            codes=self.codes,
            required=not (self.null or self.blank),
            label=kwargs.get("label", capfirst(self.verbose_name)),
            initial=self.default if self.has_default() else None,
        )

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)


class CodeChoice(forms.TypedChoiceField):
    """A choice of codes in the language of the page; empty is None."""

    def __init__(self, *, codes: Iterable[Code], required: bool = False, **kwargs: Any) -> None:
        offered = {code.value: code for code in codes}

        def choices() -> list[tuple[str, str]]:
            nothing = [] if required else [("", "—")]
            return nothing + [(value, capfirst(say(code))) for value, code in offered.items()]

        def code(value: str) -> Code:
            if value not in offered:
                raise ValueError(value)
            return offered[value]

        super().__init__(choices=choices, coerce=code, empty_value=None, required=required, **kwargs)


def holds_codes(model: str, **fields: type[Code]) -> list[models.BaseConstraint]:
    """Constraints by which the database refuses any other code in these fields."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{field}__in": [code.value for code in codes]}), name=f"{model}_{field}_code"
        )
        for field, codes in fields.items()
    ]
