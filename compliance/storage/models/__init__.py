"""All tables, one module an aggregate; importing this module makes them known to the metadata."""

from compliance.storage.models.actions import ProposedAction
from compliance.storage.models.assessments import Answer, Assessment, AssessmentContract, Scorecard
from compliance.storage.models.calendars import CalendarDay, CalendarFeed
from compliance.storage.models.checked import AuthenticityLook, CheckedFact, TextBand
from compliance.storage.models.clockwork import ClockLease, DueRow, Installation
from compliance.storage.models.colleagues import ColleagueInvitation
from compliance.storage.models.events import Event, EventChain
from compliance.storage.models.evidence import AnswerDocument, Document, FactRow, ReadingJob, StoredFile
from compliance.storage.models.kept import KeptForm
from compliance.storage.models.marks import PaperEntry, SecrecyRequest
from compliance.storage.models.messages import Message
from compliance.storage.models.people import AccessLink, Role, User
from compliance.storage.models.register import (
    CodeOfConduct,
    ContractChange,
    ContractImport,
    SocialCommitment,
    Subcontractor,
)
from compliance.storage.models.reviews import Decision, ReportedEvent, Review, ReviewReason, SupplierRequest
from compliance.storage.models.seals import FileSeal
from compliance.storage.models.suppliers import Contact, Contract, Supplier

__all__ = [
    "AccessLink",
    "Answer",
    "AnswerDocument",
    "Assessment",
    "AssessmentContract",
    "AuthenticityLook",
    "CalendarDay",
    "CalendarFeed",
    "CheckedFact",
    "ClockLease",
    "CodeOfConduct",
    "ColleagueInvitation",
    "Contact",
    "Contract",
    "ContractChange",
    "ContractImport",
    "Decision",
    "Document",
    "DueRow",
    "Event",
    "EventChain",
    "FactRow",
    "FileSeal",
    "Installation",
    "KeptForm",
    "Message",
    "PaperEntry",
    "ProposedAction",
    "ReadingJob",
    "ReportedEvent",
    "Review",
    "ReviewReason",
    "Role",
    "Scorecard",
    "SecrecyRequest",
    "SocialCommitment",
    "StoredFile",
    "Subcontractor",
    "Supplier",
    "SupplierRequest",
    "TextBand",
    "User",
]
