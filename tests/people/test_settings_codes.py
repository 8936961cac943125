"""The settings of an organisation use the codes of the instrument, though `people` does not import it."""

import pytest
from django.db import models

from checks import codes
from checks.decision import Settings
from checks.words import Code
from people.models import Need, Organisation, TemperatureMethod


@pytest.mark.parametrize(
    ("choices", "kind"), [(Need, codes.Need), (TemperatureMethod, codes.TemperatureMethod)], ids=["need", "method"]
)
def test_the_choices_are_the_codes_of_the_instrument(choices: type[models.TextChoices], kind: type[Code]) -> None:
    assert choices.values == [code.value for code in kind]


def test_a_new_organisation_starts_with_the_defaults_of_the_instrument() -> None:
    organisation, settings = Organisation(), Settings()
    assert organisation.allow_conditional_go is settings.allow_conditional_go
    assert organisation.trajectory_when_mixed == settings.trajectory_when_mixed
    assert organisation.temperature_method == settings.temperature_method
