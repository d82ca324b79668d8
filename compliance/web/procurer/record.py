"""The record of a submitted round for the file: the same PDF and JSON as the supplier's own copy."""

from flask import abort
from flask.typing import ResponseReturnValue

from compliance.storage.models import Assessment
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import found, session
from compliance.web.procurer.state_words import DOCUMENT_STATES, FACTS
from compliance.web.reports.record_pdf import fact_vocabulary
from compliance.web.reports.record_sending import named_record, send_record_json, send_record_pdf
from compliance.workflow.record import Record


@procurer.get("/assessments/<int:assessment_id>/record.pdf")
@allow(Access.STAFF)
def record_pdf(assessment_id: int) -> ResponseReturnValue:
    """What the supplier sent in, as an accessible PDF; 404 before it did."""
    words = fact_vocabulary(FACTS, DOCUMENT_STATES)
    return send_record_pdf(_record(assessment_id), words, assessment_id)


@procurer.get("/assessments/<int:assessment_id>/record.json")
@allow(Access.STAFF)
def record_json(assessment_id: int) -> ResponseReturnValue:
    """What the supplier sent in, for other programs and archives."""
    return send_record_json(_record(assessment_id), assessment_id)


def _record(assessment_id: int) -> Record:
    record = named_record(session(), found(Assessment, assessment_id))
    if record is None:
        abort(404)
    return record
