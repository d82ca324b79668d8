"""The procurer's pages: desk, suppliers, contracts, assessments, reviews, messages."""

from flask import Blueprint

procurer = Blueprint("procurer", __name__)

from compliance.web.procurer import (  # noqa: E402, F401  views register themselves on the blueprint
    assessments,
    codes_of_conduct,
    cohorts,
    commitments,
    contract_changes,
    contract_exports,
    contract_history,
    contract_imports,
    contracts,
    desk,
    happenings,
    judging,
    messages,
    moving,
    record,
    requests,
    reviews,
    rounds,
    sealed,
    snoozes,
    subcontractors,
    supplier_changes,
    suppliers,
    vocabulary,
)

procurer.context_processor(vocabulary.staff_words)
