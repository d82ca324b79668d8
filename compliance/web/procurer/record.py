"""The record of a submitted round for the file: the same PDF and JSON as the supplier's own copy."""

from flask import abort, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance.storage.models import Assessment
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import found, session
from compliance.web.procurer.state_words import DOCUMENT_STATES, FACTS
from compliance.web.reports.record_pdf import fact_vocabulary, record_as_report
from compliance.web.reports.sending import JSON, as_file, send_pdf
from compliance.workflow.copying import record_of
from compliance.workflow.record import Record


@procurer.get("/assessments/<int:assessment_id>/record.pdf")
@allow(Access.STAFF)
def record_pdf(assessment_id: int) -> ResponseReturnValue:
    """What the supplier sent in, as an accessible PDF; 404 before it did."""
    record = _record(assessment_id)
    words = fact_vocabulary(FACTS, DOCUMENT_STATES)
    return send_pdf(
        "record",
        record_as_report(record, words),
        name=gettext("answers-%(round)s", round=assessment_id) + ".pdf",
    )


@procurer.get("/assessments/<int:assessment_id>/record.json")
@allow(Access.STAFF)
def record_json(assessment_id: int) -> ResponseReturnValue:
    """What the supplier sent in, for other programs and archives."""
    content = _record(assessment_id).model_dump_json(indent=2).encode()
    return as_file(content, media_type=JSON, name=gettext("answers-%(round)s", round=assessment_id) + ".json")


def _record(assessment_id: int) -> Record:
    buyer = current_app.config["SETTINGS"].buyer_name or current_app.config["SETTINGS"].service_name
    record = record_of(session(), found(Assessment, assessment_id), buyer=buyer)
    if record is None:
        abort(404)
    return record
