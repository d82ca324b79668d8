"""The own copy of what was sent in, to keep: as an accessible PDF, and as JSON for other programs."""

from flask.typing import ResponseReturnValue

from compliance.web.access import Access, allow
from compliance.web.procurer.state_words import DOCUMENT_STATES, FACTS
from compliance.web.reports.record_pdf import fact_vocabulary
from compliance.web.reports.record_sending import named_record, send_record_json, send_record_pdf
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import or_404, own, session
from compliance.workflow.record import Record


@supplier.get("/supplier/assessments/<int:assessment_id>/answers.pdf")
@allow(Access.SUPPLIER)
def answers_pdf(assessment_id: int) -> ResponseReturnValue:
    """What was sent in, as an accessible PDF; 404 before anything was."""
    words = fact_vocabulary(FACTS, DOCUMENT_STATES)
    return send_record_pdf(_record(assessment_id), words, assessment_id)


@supplier.get("/supplier/assessments/<int:assessment_id>/answers.json")
@allow(Access.SUPPLIER)
def answers_json(assessment_id: int) -> ResponseReturnValue:
    """What was sent in, for other programs."""
    return send_record_json(_record(assessment_id), assessment_id)


def _record(assessment_id: int) -> Record:
    return or_404(named_record(session(), own(assessment_id)))
