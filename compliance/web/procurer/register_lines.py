"""Lines of the contract register as pages show them: subcontractors with their marks, changes in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from compliance.storage.models import Contract, ContractChange, SocialCommitment, Subcontractor
from compliance.suppliers.identity import Identity
from compliance.suppliers.register_words import label
from compliance.suppliers.tiers import is_above_limit, is_on_site
from compliance.web.languages import current_language
from compliance.web.procurer.change_words import FIELDS, in_words
from compliance.web.procurer.requested import session
from compliance.workflow.registering import identity_of


@dataclass(frozen=True)
class SubcontractorLine:
    """One company below a contract, and what is wrong with its being there."""

    entry: Subcontractor
    identity: Identity
    hired_by: str
    above_limit: bool
    unapproved_on_site: bool


@dataclass(frozen=True)
class ChangeLine:
    """One changed field in words."""

    at: datetime
    who: str
    by_import: bool
    field: str
    about: str
    before: str
    after: str


def subcontractor_lines(
    contract: Contract, entries: Sequence[Subcontractor], today: date
) -> list[SubcontractorLine]:
    """The list of a contract with its marks."""
    names = {entry.id: entry.name for entry in entries}
    return [
        SubcontractorLine(
            entry=entry,
            identity=identity_of(entry),
            hired_by=names.get(entry.hired_by_id or 0, ""),
            above_limit=is_above_limit(entry.tier, contract.max_tiers),
            unapproved_on_site=entry.approval != "approved"
            and is_on_site(entry.starts_on, entry.ends_on, today),
        )
        for entry in entries
    ]


def change_lines(changes: Iterable[ContractChange]) -> list[ChangeLine]:
    """Changes in words, in the order given."""
    return [
        ChangeLine(
            at=change.changed_at,
            who=change.changed_by.name if change.changed_by else gettext("The system"),
            by_import=change.source == "import",
            field=str(FIELDS.get(change.field, change.field)),
            about=_about(change),
            before=_value(change, change.before),
            after=_value(change, change.after),
        )
        for change in changes
    ]


def _value(change: ContractChange, value: object) -> str:
    if change.field == "representative":
        return str(gettext("(a name)"))
    return in_words(change.field, value)


def _about(change: ContractChange) -> str:
    """To which subcontractor or commitment the field belongs."""
    if change.subject == "subcontractor":
        entry = session().get(Subcontractor, change.subject_id)
        return str(gettext("Subcontractor %(name)s", name=entry.name if entry else "–"))
    if change.subject == "commitment":
        row = session().get(SocialCommitment, change.subject_id)
        kind = label("commitment_kind", row.kind, current_language()) if row else "–"
        return str(gettext("Commitment: %(kind)s", kind=kind))
    return ""
