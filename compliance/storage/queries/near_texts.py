"""Documents of other suppliers whose text is nearly the same: a question for whoever reviews."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from compliance.storage.models import Document, TextBand
from compliance.storage.queries.suppliers import was_submitted


@dataclass(frozen=True)
class NearText:
    """One document, and another supplier's that shares a band of its fingerprint."""

    document: Document
    other: Document


def share_a_band(session: Session, document_ids: Collection[int]) -> list[NearText]:
    """Candidates for near-identical text among what others have sent in; how alike they are is for the caller."""
    mine, band = aliased(Document), aliased(TextBand)
    pairs = session.execute(
        select(mine.id, Document.id)
        .join(TextBand, TextBand.document_id == Document.id)
        .join(band, band.band == TextBand.band)
        .join(mine, mine.id == band.document_id)
        .where(
            mine.id.in_(document_ids),
            mine.supplier_id != Document.supplier_id,
            mine.sha256 != Document.sha256,
            was_submitted(),
        )
        .distinct()
        .order_by(mine.id, Document.id)
    ).all()
    wanted = {number for pair in pairs for number in pair}
    rows = session.scalars(
        select(Document).where(Document.id.in_(wanted)).options(joinedload(Document.supplier))
    )
    by_id = {row.id: row for row in rows}
    return [NearText(by_id[one], by_id[other]) for one, other in pairs]
