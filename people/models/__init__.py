"""Who: organisations, their teams, the people who work there, how they sign in and what is mailed to them."""

from people.models.chore import Chore
from people.models.deed import Deed
from people.models.identity import IdentityProvider
from people.models.invitation import Invitation
from people.models.mail import Mail
from people.models.member import Account, Language, LastCoordinatorError, Member, Rhythm
from people.models.organisation import Need, Organisation, Team, TemperatureMethod

__all__ = [
    "Account",
    "Chore",
    "Deed",
    "IdentityProvider",
    "Invitation",
    "Language",
    "LastCoordinatorError",
    "Mail",
    "Member",
    "Need",
    "Organisation",
    "Rhythm",
    "Team",
    "TemperatureMethod",
]
