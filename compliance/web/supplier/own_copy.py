"""The own copy of what was sent in, to keep: as an accessible PDF, and as JSON for other programs."""

from flask import current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from compliance.web.access import Access, allow
from compliance.web.procurer.state_words import DOCUMENT_STATES, FACTS
from compliance.web.reports.record_pdf import fact_vocabulary, record_as_report
from compliance.web.reports.sending import JSON, as_file, send_pdf
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import or_404, own, session
from compliance.workflow.copying import record_of
from compliance.workflow.record import Record


@supplier.get("/supplier/assessments/<int:assessment_id>/answers.pdf")
@allow(Access.SUPPLIER)
def answers_pdf(assessment_id: int) -> ResponseReturnValue:
    """What was sent in, as an accessible PDF; 404 before anything was."""
    record = _record(assessment_id)
    words = fact_vocabulary(FACTS, DOCUMENT_STATES)
    return send_pdf(
        "record",
        record_as_report(record, words),
        name=gettext("answers-%(round)s", round=assessment_id) + ".pdf",
    )


@supplier.get("/supplier/assessments/<int:assessment_id>/answers.json")
@allow(Access.SUPPLIER)
def answers_json(assessment_id: int) -> ResponseReturnValue:
    """What was sent in, for other programs; `docs/own-copy.md` says what the fields mean."""
    record = _record(assessment_id)
    content = record.model_dump_json(indent=2).encode()
    return as_file(content, media_type=JSON, name=gettext("answers-%(round)s", round=assessment_id) + ".json")


def _record(assessment_id: int) -> Record:
    buyer = current_app.config["SETTINGS"].buyer_name or current_app.config["SETTINGS"].service_name
    return or_404(record_of(session(), own(assessment_id), buyer=buyer))
