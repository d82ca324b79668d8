"""Builders of rows: plain functions with sane defaults; say only what the test is about.

Each takes the session first, adds the row, flushes and returns it; a missing owner is built as well.
Import with `from tests.rows import build_supplier`.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.assessments import State
from compliance.storage.models import (
    Assessment,
    AssessmentContract,
    CodeOfConduct,
    Contact,
    Contract,
    Document,
    FactRow,
    Message,
    ReadingJob,
    Role,
    SocialCommitment,
    StoredFile,
    Subcontractor,
    Supplier,
    User,
)

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday morning in winter; every builder's default moment."""

_numbers = count(1)


def build_supplier(session: Session, **values: Any) -> Supplier:
    """A Swedish legal person with a number of its own."""
    number = next(_numbers)
    defaults = {
        "name": f"Exempelföretag {number} AB (påhittat)",
        "identity_kind": "legal_person",
        "identity_number": organisation_number(number),
        "created_at": NOW,
    }
    return _add(session, Supplier(**defaults | values))


def build_contact(session: Session, supplier: Supplier | None = None, **values: Any) -> Contact:
    """A person who answers for a supplier, in Swedish."""
    supplier = supplier or build_supplier(session)
    number = next(_numbers)
    defaults = {
        "supplier": supplier,
        "name": f"Kontakt {number}",
        "email": f"kontakt{number}@leverantor.example",
        "created_at": NOW,
    }
    return _add(session, Contact(**defaults | values))


def build_staff(session: Session, *roles: str, **values: Any) -> User:
    """A staff member: a procurer unless other roles are named; has a password only when one is given."""
    number = next(_numbers)
    defaults = {
        "email": f"anna{number}@exempelbostader.example",
        "name": f"Anna Inköpare {number}",
        "fs_uniquifier": f"staff-{number}",
        "roles": [build_role(session, name) for name in roles or ("procurer",)],
        "created_at": NOW,
    }
    return _add(session, User(**defaults | values))


def build_role(session: Session, name: str) -> Role:
    """The role of this name, made when it is missing."""
    role = session.scalar(select(Role).where(Role.name == name))
    return role or _add(session, Role(name=name))


def build_supplier_user(session: Session, contact: Contact | None = None, **values: Any) -> User:
    """The user that stands for a contact, as first use of a link makes it."""
    contact = contact or build_contact(session)
    defaults = {
        "name": contact.name,
        "contact": contact,
        "fs_uniquifier": f"contact-{next(_numbers)}",
        "created_at": NOW,
    }
    return _add(session, User(**defaults | values))


def build_contract(session: Session, supplier: Supplier | None = None, **values: Any) -> Contract:
    """A contract of two years from 2026 without renewal and owner; pass `terms=terms(...)` for others."""
    number = next(_numbers)
    defaults = {
        "supplier": supplier or build_supplier(session),
        "number": f"EX-{number:04}",
        "title": f"Exempelavtal {number}",
        "terms": terms(),
        "created_at": NOW,
    }
    return _add(session, Contract(**defaults | values))


def build_subcontractor(session: Session, contract: Contract | None = None, **values: Any) -> Subcontractor:
    """A company in the first tier that waits for a decision and has begun."""
    number = next(_numbers)
    defaults = {
        "contract_id": (contract or build_contract(session)).id,
        "name": f"Exempel Underentreprenad {number} AB (påhittat)",
        "identity_kind": "legal_person",
        "identity_number": organisation_number(number),
        "tier": 1,
        "task": "Ställningar",
        "starts_on": date(2026, 1, 15),
        "created_at": NOW,
    }
    return _add(session, Subcontractor(**defaults | values))


def build_commitment(session: Session, contract: Contract | None = None, **values: Any) -> SocialCommitment:
    """Two apprenticeships by the end of 2026, nothing reported yet."""
    defaults = {
        "contract_id": (contract or build_contract(session)).id,
        "kind": "apprenticeship",
        "quantity": 2,
        "due_on": date(2026, 12, 31),
        "created_at": NOW,
    }
    return _add(session, SocialCommitment(**defaults | values))


def build_code(session: Session, publisher: User | None = None, **values: Any) -> CodeOfConduct:
    """A version of the code of conduct, in force since 2025; pass `sha256` for one that is a document."""
    number = next(_numbers)
    sha256 = values.get("sha256")
    if sha256 is not None and session.get(StoredFile, sha256) is None:
        _add(session, StoredFile(sha256=sha256, size=1000, media_type="application/pdf", created_at=NOW))
    defaults = {
        "version": f"2025.{number}",
        "valid_from": date(2025, 1, 1),
        "text": "" if sha256 else "Vi arbetar för goda arbetsvillkor.",
        "published_by_id": (publisher or build_staff(session)).id,
        "published_at": NOW,
    }
    return _add(session, CodeOfConduct(**defaults | values))


def terms(**values: Any) -> dict[str, Any]:
    """Contract terms as stored: two years from 1 January 2026, no renewal."""
    return {
        "start": "2026-01-01",
        "end": "2027-12-31",
        "notice": None,
        "renewal": {"kind": "none"},
        "notice_given_on": None,
    } | values


def build_assessment(
    session: Session, contact: Contact | None = None, *, contracts: tuple[Contract, ...] = (), **values: Any
) -> Assessment:
    """An invited assessment of the contact's supplier, due in 30 days, covering the given contracts."""
    contact = contact or build_contact(session)
    defaults = {
        "supplier": contact.supplier,
        "contact": contact,
        "state": State.INVITED,
        "questionnaires": {},
        "inherent_risk": "medium",
        "due_on": date(2026, 4, 1),
        "created_at": NOW,
    }
    assessment = _add(session, Assessment(**defaults | values))
    for contract in contracts:
        session.add(AssessmentContract(assessment_id=assessment.id, contract_id=contract.id))
    session.flush()
    return assessment


def build_document(session: Session, supplier: Supplier | None = None, **values: Any) -> Document:
    """A document that waits to be read; pass `facts={"valid_until": "2026-12-31"}` for one that was read."""
    supplier = supplier or build_supplier(session)
    facts = values.pop("facts", None)
    sha256 = values.pop("sha256", f"{next(_numbers):064x}")
    if session.get(StoredFile, sha256) is None:
        _add(session, StoredFile(sha256=sha256, size=1000, media_type="application/pdf", created_at=NOW))
    defaults = {
        "supplier_id": supplier.id,
        "sha256": sha256,
        "name": "intyg.pdf",
        "uploaded_at": NOW,
        "state": "waiting" if facts is None else "read",
        "read_at": None if facts is None else NOW,
    }
    document = _add(session, Document(**defaults | values))
    for field, value in (facts or {}).items():
        build_fact(session, document, field=field, value=value)
    return document


def build_fact(session: Session, document: Document, **values: Any) -> FactRow:
    """A fact read from the first page of a document."""
    defaults = {
        "document_id": document.id,
        "field": "valid_until",
        "value": "2026-12-31",
        "page": 1,
        "quote": "",
        "confidence": 0.9,
        "source": "text",
        "warnings": [],
    }
    return _add(session, FactRow(**defaults | values))


def build_reading_job(session: Session, document: Document | None = None, **values: Any) -> ReadingJob:
    """The waiting job of reading a document."""
    document = document or build_document(session)
    return _add(session, ReadingJob(document_id=document.id, **{"created_at": NOW} | values))


def build_message(session: Session, **values: Any) -> Message:
    """A queued mail to a staff member, due now."""
    number = next(_numbers)
    defaults = {
        "key": f"test:{number}",
        "kind": "password_changed",
        "recipient": f"mottagare{number}@exempelbostader.example",
        "locale": "sv",
        "params": {},
        "why": "A test wrote it.",
        "next_attempt_at": NOW,
        "created_at": NOW,
    }
    return _add(session, Message(**defaults | values))


def days(count_of_days: int) -> datetime:
    """The default moment, so many days later."""
    return NOW + timedelta(days=count_of_days)


def organisation_number(serial: int) -> str:
    """An organisation number of a limited company with a right check digit."""
    digits = f"5599{serial % 100_000:05}"  # a series that has not been given out
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{digits}{-total % 10}"


def _add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
