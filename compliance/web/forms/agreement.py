"""The part of the contract form that says what was agreed, and how the contract is followed up."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import TextAreaField

from compliance.storage.models import CodeOfConduct, Contract, User
from compliance.suppliers.register_words import words
from compliance.web.forms.fields import (
    CheckField,
    ChoiceField,
    DayField,
    TrimmedField,
    WholeNumberField,
    at_most,
    offered,
)
from compliance.web.forms.form import Form
from compliance.web.forms.invitation import BoxesField
from compliance.web.languages import current_language

TEXTS = (
    "procurement_number",
    "category",
    "labour_levels",
    "fine_clause",
    "sites",
    "follow_up_plan",
)
OF_LISTS = ("procedure", "threshold", "priority")
AGREED = (
    "special_labour_terms",
    "labour_levels",
    "agreed_terms",
    "code_of_conduct_id",
    "fine_clause",
    "audit_right",
    "max_tiers",
    "sites",
    "procurement_number",
    "category",
    "procedure",
    "threshold",
    "framework",
    "priority",
    "substitute_id",
    "follow_up_plan",
    "follow_up_on",
    "note",
)
"""In the order of the page, after what the contract is and its time."""

KNOWN = {"yes": True, "no": False}


class AgreementForm(Form):
    """What was agreed besides the time, and how it is followed up."""

    special_labour_terms = CheckField(
        lazy_gettext("Special terms on pay, leave and working time were agreed (LOU 17 kap. 2 §)")
    )
    labour_levels = TextAreaField(
        lazy_gettext("The levels that were stated (LOU 17 kap. 3 §)"), [at_most(4000)]
    )
    agreed_terms = BoxesField(lazy_gettext("Other terms that were agreed"))
    code_of_conduct_id = ChoiceField(lazy_gettext("Version of the code of conduct"), default="")
    fine_clause = TrimmedField(lazy_gettext("Fine (vite) according to the contract"), [at_most(200)])
    audit_right = ChoiceField(lazy_gettext("May we audit the supplier?"), default="")
    max_tiers = WholeNumberField(lazy_gettext("Most tiers of subcontractors"))
    sites = TextAreaField(lazy_gettext("Where the work is done"), [at_most(4000)])
    procurement_number = TrimmedField(lazy_gettext("Procurement number"), [at_most(60)])
    category = TrimmedField(lazy_gettext("Category"), [at_most(80)])
    procedure = ChoiceField(lazy_gettext("Procedure"), default="")
    threshold = ChoiceField(lazy_gettext("Threshold"), default="")
    framework = TrimmedField(lazy_gettext("Number of the framework agreement"), [at_most(60)])
    priority = ChoiceField(lazy_gettext("Priority of the follow-up"), default="")
    substitute_id = ChoiceField(lazy_gettext("Substitute"), coerce=str, default="")
    follow_up_plan = TextAreaField(lazy_gettext("Plan for the follow-up"), [at_most(4000)])
    follow_up_on = DayField(lazy_gettext("Next day of the plan"))

    def offer_lists(self, staff: Sequence[User], codes: Sequence[CodeOfConduct]) -> None:
        """What can be chosen."""
        language = current_language()
        for name in OF_LISTS:
            labels = ((code, word.in_language(language)) for code, word in words(name).items())
            self[name].choices = offered([("", gettext("Not known")), *labels])
        self.agreed_terms.choices = offered(
            (code, word.in_language(language)) for code, word in words("agreed_terms").items()
        )
        people = ((str(user.id), user.name) for user in staff)
        self.substitute_id.choices = offered([("", gettext("Nobody yet")), *people])
        versions = ((str(code.id), code.version) for code in codes)
        self.code_of_conduct_id.choices = offered([("", gettext("None was agreed")), *versions])
        known = [("", gettext("Not known")), ("yes", gettext("Yes")), ("no", gettext("No"))]
        self.audit_right.choices = offered(known)

    def agreement(self) -> dict[str, Any]:
        """The values by the names of the contract; the framework agreement is looked up by the view."""
        return {
            **{name: (self[name].data or "").replace("\r\n", "\n").strip() for name in TEXTS},
            **{name: self[name].data or "" for name in OF_LISTS},
            "special_labour_terms": self.special_labour_terms.data,
            "agreed_terms": [
                code for code in words("agreed_terms") if code in (self.agreed_terms.data or ())
            ],
            "code_of_conduct_id": _id(self.code_of_conduct_id.data),
            "substitute_id": _id(self.substitute_id.data),
            "audit_right": KNOWN.get(self.audit_right.data),
            "max_tiers": self.max_tiers.data,
            "follow_up_on": self.follow_up_on.data,
        }


def agreement_of(contract: Contract) -> dict[str, Any]:
    """What the form shows for a registered contract."""
    known = {True: "yes", False: "no", None: ""}
    return {
        **{name: getattr(contract, name) for name in (*TEXTS, *OF_LISTS)},
        "special_labour_terms": contract.special_labour_terms,
        "agreed_terms": [*contract.agreed_terms],
        "code_of_conduct_id": str(contract.code_of_conduct_id or ""),
        "substitute_id": str(contract.substitute_id or ""),
        "framework": contract.framework.number if contract.framework else "",
        "audit_right": known[contract.audit_right],
        "max_tiers": contract.max_tiers,
        "follow_up_on": contract.follow_up_on,
    }


def _id(text: str) -> int | None:
    return int(text) if text else None
