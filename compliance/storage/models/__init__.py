"""All tables, one module an aggregate; importing this module makes them known to the metadata."""

from compliance.storage.models.assessments import Answer, Assessment, AssessmentContract, Scorecard
from compliance.storage.models.clockwork import ClockLease, DueRow, Installation
from compliance.storage.models.events import Event, EventChain
from compliance.storage.models.evidence import AnswerDocument, Document, FactRow, ReadingJob, StoredFile
from compliance.storage.models.kept import KeptForm
from compliance.storage.models.messages import Message
from compliance.storage.models.people import AccessLink, Role, User
from compliance.storage.models.reviews import Decision, Review, ReviewReason, SupplierRequest
from compliance.storage.models.suppliers import Contact, Contract, Supplier

__all__ = [
    "AccessLink",
    "Answer",
    "AnswerDocument",
    "Assessment",
    "AssessmentContract",
    "ClockLease",
    "Contact",
    "Contract",
    "Decision",
    "Document",
    "DueRow",
    "Event",
    "EventChain",
    "FactRow",
    "Installation",
    "KeptForm",
    "Message",
    "ReadingJob",
    "Review",
    "ReviewReason",
    "Role",
    "Scorecard",
    "StoredFile",
    "Supplier",
    "SupplierRequest",
    "User",
]
