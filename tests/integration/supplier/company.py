"""A company that was asked, its round and the contact who answers."""

from dataclasses import dataclass
from typing import Any

from compliance.assessments import State
from compliance.extensions import db
from compliance.questionnaires import catalogue
from compliance.storage.models import Assessment, Contract, User
from tests.rows import build_assessment, build_contact, build_contract, build_supplier_user, days


@dataclass
class Company:
    """One supplier in one round about one contract."""

    user: User
    assessment: Assessment
    contract: Contract

    @property
    def address(self) -> str:
        return f"/supplier/assessments/{self.assessment.id}"


def build_company(**values: Any) -> Company:
    """An invited company, asked everything about itself and one contract."""
    contact = build_contact(db.session)
    contract = build_contract(db.session, contact.supplier)
    asked = {form.key: form.version for form in catalogue.current_areas()}
    defaults = {"state": State.INVITED, "questionnaires": asked, "due_on": days(30).date()}
    assessment = build_assessment(db.session, contact, contracts=(contract,), **defaults | values)
    return Company(build_supplier_user(db.session, contact), assessment, contract)
