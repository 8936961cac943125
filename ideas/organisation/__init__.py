"""What an organisation chose, as `checks` takes it; and the pages of the organisation that know about ideas."""

from checks.codes import Need, TemperatureMethod
from checks.decision import Settings
from checks.thresholds import thresholds
from people.models import Organisation


def settings_of(organisation: Organisation) -> Settings:
    """The choices A2, A3 and A6 of domain.md 2.1."""
    return Settings(
        allow_conditional_go=organisation.allow_conditional_go,
        trajectory_when_mixed=Need(organisation.trajectory_when_mixed),
        temperature_method=TemperatureMethod(organisation.temperature_method),
    )


def thresholds_of(organisation: Organisation) -> dict[str, int]:
    """From how many on signals speak here, by the slug of the threshold."""
    return thresholds(organisation.thresholds)
