"""Who: organisations, their teams, the people who work there, how they sign in and what is mailed to them."""

from people.models.identity import IdentityProvider
from people.models.mail import Mail
from people.models.member import Account, Language, Member
from people.models.organisation import Need, Organisation, Team, TemperatureMethod

__all__ = [
    "Account",
    "IdentityProvider",
    "Language",
    "Mail",
    "Member",
    "Need",
    "Organisation",
    "Team",
    "TemperatureMethod",
]
