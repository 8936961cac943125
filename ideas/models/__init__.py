"""What people record, by thing."""

from ideas.models.decision import (
    Control,
    Decision,
    Review,
    Talk,
    TemperatureReading,
    Trajectory,
    TrajectoryAction,
)
from ideas.models.dossier import Dossier
from ideas.models.idea import Answer, Attachment, Idea, Involvement, Tick, TickList, Transition
from ideas.models.infofiche import Evidence, FinancialFrame, Goal, Income, Partner
from ideas.models.points import CheckConclusion, Condition, FollowUp, SupportMeeting
from ideas.models.puzzle import Activity, Agreement, Alignment, Bundle, Contribution, Indicator, Piece

__all__ = [
    "Activity",
    "Agreement",
    "Alignment",
    "Answer",
    "Attachment",
    "Bundle",
    "CheckConclusion",
    "Condition",
    "Contribution",
    "Control",
    "Decision",
    "Dossier",
    "Evidence",
    "FinancialFrame",
    "FollowUp",
    "Goal",
    "Idea",
    "Income",
    "Indicator",
    "Involvement",
    "Partner",
    "Piece",
    "Review",
    "SupportMeeting",
    "Talk",
    "TemperatureReading",
    "Tick",
    "TickList",
    "Trajectory",
    "TrajectoryAction",
    "Transition",
]
