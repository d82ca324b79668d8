"""Files that several suppliers have sent in: a question for whoever reviews, never shown to a supplier."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from compliance.storage.models import Document
from compliance.storage.queries.suppliers import was_submitted


@dataclass(frozen=True)
class SameFile:
    """One document, and another supplier's with the very same content."""

    document: Document
    other: Document


def same_file_elsewhere(session: Session, document_ids: Collection[int]) -> list[SameFile]:
    """Which of these documents, all sent in, another supplier has sent in too. Drafts on either side are left out."""
    mine = aliased(Document)
    pairs = session.execute(
        select(mine.id, Document)
        .join(mine, mine.sha256 == Document.sha256)
        .where(mine.id.in_(document_ids), mine.supplier_id != Document.supplier_id, was_submitted())
        .order_by(mine.id, Document.id)
        .options(joinedload(Document.supplier))
    ).all()
    own = {
        row.id: row for row in session.scalars(select(Document).where(Document.id.in_([m for m, _ in pairs])))
    }
    return [SameFile(own[mine_id], other) for mine_id, other in pairs]
