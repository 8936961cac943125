"""What people record, by thing."""

from ideas.models.after import Measure, Pulse
from ideas.models.answers import Answer, Attachment, Tick, TickList
from ideas.models.asking import AskedMember, Asking
from ideas.models.comment import Comment, CommentsSeen
from ideas.models.decision import (
    Control,
    Decision,
    DecisionDraft,
    Directors,
    Review,
    Talk,
    TemperatureReading,
    Trajectory,
    TrajectoryAction,
)
from ideas.models.dossier import Dossier
from ideas.models.export import Export
from ideas.models.idea import FormSent, HasNotes, Idea, Involvement, NotNowError, Row, Task, Transition
from ideas.models.infofiche import Evidence, FinancialFrame, Goal, Income, Partner
from ideas.models.meeting import AgendaItem, Meeting
from ideas.models.past import Change
from ideas.models.points import CheckConclusion, Condition, FollowUp, SupportMeeting
from ideas.models.presence import Presence
from ideas.models.puzzle import Activity, Agreement, Alignment, Bundle, Contribution, Droppable, Indicator, Piece
from ideas.models.reading import Reading, ReadLink
from ideas.models.seal import SealedPages, SealedRecord, Unsealing
from ideas.models.signal import AcceptedSignal
from ideas.models.voting import OpenReading, SlipCode

__all__ = [
    "AcceptedSignal",
    "Activity",
    "AgendaItem",
    "Agreement",
    "Alignment",
    "Answer",
    "AskedMember",
    "Asking",
    "Attachment",
    "Bundle",
    "Change",
    "CheckConclusion",
    "Comment",
    "CommentsSeen",
    "Condition",
    "Contribution",
    "Control",
    "Decision",
    "DecisionDraft",
    "Directors",
    "Dossier",
    "Droppable",
    "Evidence",
    "Export",
    "FinancialFrame",
    "FollowUp",
    "FormSent",
    "Goal",
    "HasNotes",
    "Idea",
    "Income",
    "Indicator",
    "Involvement",
    "Measure",
    "Meeting",
    "NotNowError",
    "OpenReading",
    "Partner",
    "Piece",
    "Presence",
    "Pulse",
    "ReadLink",
    "Reading",
    "Review",
    "Row",
    "SealedPages",
    "SealedRecord",
    "SlipCode",
    "SupportMeeting",
    "Talk",
    "Task",
    "TemperatureReading",
    "Tick",
    "TickList",
    "Trajectory",
    "TrajectoryAction",
    "Transition",
    "Unsealing",
]
