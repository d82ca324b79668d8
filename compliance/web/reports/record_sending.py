"""Reports: the record of a submitted round on its way to the reader, as an accessible PDF or as JSON."""

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from compliance.storage.models import Assessment
from compliance.web.reports.record_pdf import Vocabulary, record_as_report
from compliance.web.reports.sending import JSON, as_file, send_pdf
from compliance.workflow.copying import record_of
from compliance.workflow.record import Record


def named_record(session: Session, assessment: Assessment) -> Record | None:
    """The record with the buyer's name on it; None before anything was sent in."""
    buyer = current_app.config["SETTINGS"].buyer_name or current_app.config["SETTINGS"].service_name
    return record_of(session, assessment, buyer=buyer)


def send_record_pdf(record: Record, words: Vocabulary, assessment_id: int) -> ResponseReturnValue:
    """The record as an accessible PDF to save."""
    return send_pdf("record", record_as_report(record, words), name=_name(assessment_id, "pdf"))


def send_record_json(record: Record, assessment_id: int) -> Response:
    """The record for other programs; `docs/own-copy.md` says what the fields mean."""
    content = record.model_dump_json(indent=2).encode()
    return as_file(content, media_type=JSON, name=_name(assessment_id, "json"))


def _name(assessment_id: int, ending: str) -> str:
    return str(gettext("answers-%(round)s", round=assessment_id)) + f".{ending}"
