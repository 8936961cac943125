"""What an organisation chose for the rules of step 4, as `checks` takes it."""

from checks.codes import Need, TemperatureMethod
from checks.decision import Settings
from people.models import Organisation


def settings_of(organisation: Organisation) -> Settings:
    """The choices A2, A3 and A6 of domain.md 2.1."""
    return Settings(
        allow_conditional_go=organisation.allow_conditional_go,
        trajectory_when_mixed=Need(organisation.trajectory_when_mixed),
        temperature_method=TemperatureMethod(organisation.temperature_method),
    )
