"""Who: organisations, their teams, the people who work there, how they sign in and what is mailed to them."""

from people.models.chore import Chore
from people.models.mail import Mail
from people.models.member import Account, Language, Member, Rhythm
from people.models.organisation import Need, Organisation, Team, TemperatureMethod

__all__ = [
    "Account",
    "Chore",
    "Language",
    "Mail",
    "Member",
    "Need",
    "Organisation",
    "Rhythm",
    "Team",
    "TemperatureMethod",
]
