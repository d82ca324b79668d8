"""A company that has sent in answers of every awkward kind."""

from sqlalchemy.orm import Session

from compliance import clock
from compliance.storage.models import Answer, AnswerDocument, Assessment
from compliance.workflow.submitting import Attestation, submit
from tests.integration.supplier.answering import answer_all
from tests.integration.supplier.company import Company
from tests.rows import build_document

AWKWARD = (
    '#set page(width: 1cm) = rubrik *fet* $x$ @ref <etikett> \\u{41} #read("/etc/passwd")\n'
    "عربى و עברית och \u202ebaklänges\u202c, 😀👩‍👩‍👧 漢字 "
    + "Ordutanmellanslag" * 30
    + "\n"
    + "Lång text. " * 300
)


def send_in(session: Session, company: Company, *, comment: str = AWKWARD) -> Assessment:
    """Answer everything, give a document with facts, and send it all in."""
    answer_all(session, company)
    rows = session.query(Answer).filter_by(assessment_id=company.assessment.id).all()
    rows[0].comment = comment[:4000]
    document = build_document(
        session,
        company.assessment.supplier,
        name="intyg <b>#1</b> 😀.pdf",
        facts={"valid_until": "2027-01-31", "holder": "Exempelföretag AB"},
    )
    for row in rows[:2]:
        session.add(
            AnswerDocument(
                assessment_id=company.assessment.id,
                question_id=row.question_id,
                contract_id=row.contract_id,
                document_id=document.id,
                attached_at=clock.now(),
            )
        )
    session.flush()
    submit(
        session,
        company.assessment,
        Attestation(name="Kim Kontakt", role="Vd"),
        by=company.user,
        now=clock.now(),
    )
    return company.assessment
