"""The supplier's pages: the way in, the task list, the questions, the proof, the submission."""

from flask import Blueprint

supplier = Blueprint("supplier", __name__)

from compliance.web.supplier import (  # noqa: E402, F401  views register themselves on the blueprint
    actions,
    answers,
    carried,
    check,
    codes,
    colleagues,
    document_facts,
    documents,
    happenings,
    home,
    kept,
    own_copy,
    question_list,
    requests,
    result,
    secrecy,
    sections,
)
from compliance.web.supplier.offline import views  # noqa: E402, F401
