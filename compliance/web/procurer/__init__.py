"""The procurer's pages: desk, suppliers, contracts, assessments, reviews, messages."""

from flask import Blueprint

procurer = Blueprint("procurer", __name__)

from compliance.web.procurer import (  # noqa: E402, F401  views register themselves on the blueprint
    assessments,
    authenticity,
    calendar,
    codes_of_conduct,
    cohorts,
    commitments,
    contract_changes,
    contract_exports,
    contract_history,
    contract_imports,
    contracts,
    desk,
    document_facts,
    happenings,
    judging,
    messages,
    moving,
    record,
    rehearsal,
    requests,
    reviews,
    rounds,
    sealed,
    snoozes,
    subcontractors,
    supplier_changes,
    suppliers,
    vocabulary,
    year,
)

procurer.context_processor(vocabulary.staff_words)
