"""The procurer's pages: desk, suppliers, contracts, assessments, reviews, messages."""

from flask import Blueprint

procurer = Blueprint("procurer", __name__)

from compliance.web.procurer import (  # noqa: E402, F401  views register themselves on the blueprint
    assessments,
    contract_changes,
    contracts,
    desk,
    judging,
    messages,
    requests,
    reviews,
    rounds,
    supplier_changes,
    suppliers,
    vocabulary,
)

procurer.context_processor(vocabulary.staff_words)
