"""The supplier's pages: the way in, the task list, the questions, the proof, the submission."""

from flask import Blueprint

supplier = Blueprint("supplier", __name__)

from compliance.web.supplier import (  # noqa: E402, F401  views register themselves on the blueprint
    answers,
    check,
    documents,
    home,
    kept,
    requests,
    result,
    sections,
)
