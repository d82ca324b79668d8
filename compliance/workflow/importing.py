"""Importing: every row of a file of contracts is held against the register and judged, before anything is changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import islice
from typing import Any, Literal

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from compliance.storage.models import CodeOfConduct, Contract, Role, Supplier, User
from compliance.suppliers.contract_file import ContractRows, NumberedRow
from compliance.suppliers.contract_row import NEEDED, ContractRow, Problem, read_row
from compliance.suppliers.identity import Identity
from compliance.suppliers.term_fields import TERM_FIELDS, field_of, flat_terms, put_together
from compliance.workflow.contracting import ContractDetails, details_of, pure_refusals
from compliance.workflow.history import differences
from compliance.workflow.registering import stored_number

CHUNK = 500
Kind = Literal["created", "changed", "unchanged", "refused"]
EMPTY_TERMS: dict[str, Any] = {"start": None, "end": None, "notice": None, "renewal": {"kind": "none"}}
COLUMN_OF = {"framework_id": "framework", "renewal.months": "option_months"}


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


REPEATED = N_("The same contract number stands in more than one row: %(rows)s. Which one is right?")
OTHER_SUPPLIER = N_(
    "This contract is registered with another supplier. A change of supplier is not made by an import."
)
SUPPLIER_NEEDED = N_("A new contract needs its supplier's organisation number.")
MASKED_NUMBER = N_("The number is masked, so it does not tell which supplier a new contract is with.")
NO_SUCH_PERSON = N_("Nobody here who may change contracts has this e-mail address.")
NO_SUCH_CODE = N_("There is no such version of the code of conduct. Publish it first.")
NO_SUCH_FRAMEWORK = N_(
    "No framework agreement with this number is registered, or stands in a row above this one."
)
BAD_EMAIL = N_("This is not an e-mail address.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of one row: nothing is wrong with it, or `problems` says what is.

    `details` is the contract as it would be; `changes` the fields that differ from what is registered;
    `above` the number of a framework agreement that the same file brings in.
    """

    row: ContractRow
    kind: Kind
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
    details: ContractDetails | None = None
    contract_id: int | None = None
    supplier_id: int | None = None
    above: str = ""


@dataclass(slots=True)
class Register:
    """What is known while a file is gone through; `coming` holds the good new numbers so far: is it a call-off?"""

    people: Mapping[str, int]
    codes: Mapping[str, int]
    repeated: Mapping[str, tuple[int, ...]]
    contracts: Mapping[str, Contract] = field(default_factory=dict)
    suppliers: Mapping[str, int] = field(default_factory=dict)
    coming: dict[str, bool] = field(default_factory=dict)


def judge_rows(session: Session, rows: ContractRows, places: Mapping[str, int]) -> Iterator[list[Verdict]]:
    """The verdict on every row, in portions; nothing is changed. A portion may be applied before the next is judged."""
    register = Register(_people(session), _codes(session), rows.repeated)
    for portion in _portions(rows.rows):
        read = [read_row(number, cells, places) for number, cells in portion]
        register.contracts = _contracts(session, read)
        register.suppliers = _suppliers(session, read)
        yield [_judge(register, one) for one in read]


def _judge(register: Register, row: ContractRow) -> Verdict:
    present = register.contracts.get(row.number)
    problems = [*row.problems, *_repeated(register, row), *_supplier_problems(register, row, present)]
    details, above, wrong = _details(register, row, present)
    problems += wrong
    if problems:
        return Verdict(row=row, kind="refused", problems=tuple(problems))
    if present is None:
        register.coming[row.number] = bool(above or details.framework_id)
        supplier_id = register.suppliers.get(stored_number(row.identity)) if row.identity else None
        return Verdict(row=row, kind="created", details=details, supplier_id=supplier_id, above=above)
    changes = differences(present, asdict(details))
    if above:
        changes["framework_id"] = [present.framework_id, above]
    return Verdict(
        row=row,
        kind="changed" if changes else "unchanged",
        changes=tuple(_columns_of(present, details, changes)),
        details=details,
        contract_id=present.id,
        above=above,
    )


def _columns_of(contract: Contract, details: ContractDetails, changes: Iterable[str]) -> Iterator[str]:
    """The columns in which a change shows: the terms are many columns, ids stand for what people write."""
    names = {"owner_id": "owner", "substitute_id": "substitute", "code_of_conduct_id": "code_of_conduct"}
    for name in changes:
        if name == "terms":
            before, after = flat_terms(contract.terms), flat_terms(details.terms)
            yield from (term for term in TERM_FIELDS if before[term] != after[term])
        else:
            yield names.get(name, COLUMN_OF.get(name, name))


def _repeated(register: Register, row: ContractRow) -> Iterator[Problem]:
    rows = register.repeated.get(row.number)
    if rows:
        yield Problem("number", REPEATED, {"rows": ", ".join(str(one) for one in rows[:10])})


def _supplier_problems(register: Register, row: ContractRow, present: Contract | None) -> Iterator[Problem]:
    if any(problem.field in {"organisation_number", "vat_number", "country"} for problem in row.problems):
        return
    if present is not None:
        if row.identity and stored_number(row.identity) != present.supplier.identity_number:
            yield Problem("organisation_number", OTHER_SUPPLIER, {})
    elif row.identity is None:
        yield Problem("organisation_number", MASKED_NUMBER if row.same_supplier else SUPPLIER_NEEDED, {})
    elif stored_number(row.identity) not in register.suppliers:
        yield from _new_supplier_problems(row)


def _new_supplier_problems(row: ContractRow) -> Iterator[Problem]:
    if not row.values.get("supplier_name"):
        yield Problem("supplier_name", NEEDED, {})
    email = row.values.get("contact_email")
    if email:
        try:
            validate_email(email, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            yield Problem("contact_email", BAD_EMAIL, {})


def _details(
    register: Register, row: ContractRow, present: Contract | None
) -> tuple[ContractDetails, str, list[Problem]]:
    """The contract as it would be, the number of its framework if that comes by this file, and what is wrong."""
    base = details_of(present) if present else ContractDetails(number=row.number, title="", terms=EMPTY_TERMS)
    values = {name: row.values[name] for name in _PLAIN & set(row.values)}
    if "special_labour_terms" in values:
        values["special_labour_terms"] = bool(values["special_labour_terms"])
    references, above, problems = _references(register, row)
    flat = flat_terms(base.terms) | {name: row.values[name] for name in TERM_FIELDS if name in row.values}
    details = replace(base, **values, **references, terms=_terms(base.terms, flat))
    wrong_already = {problem.field for problem in (*row.problems, *problems)}
    for refusal in pure_refusals(details):
        column = COLUMN_OF.get(refusal.at) or field_of(refusal.at, flat)
        column = field_of(refusal.at, flat) if refusal.at == "renewal.months" else column
        if column not in wrong_already and not (
            wrong_already & {"start", "end", "number"} and column in TERM_FIELDS
        ):
            problems.append(Problem(column, refusal.sentence, refusal.params))
    return details, above, problems


_PLAIN = frozenset(each.name for each in fields(ContractDetails)) - {"terms"}


def _terms(stored: dict[str, Any], flat: Mapping[str, Any]) -> dict[str, Any]:
    """The stored terms where nothing in them is different, however they were written down."""
    terms = put_together(flat)
    return stored if put_together(flat_terms(stored)) == terms else terms


def _references(register: Register, row: ContractRow) -> tuple[dict[str, Any], str, list[Problem]]:
    """Ids for what a file names otherwise: people by e-mail, the code by version, the framework by number."""
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    known = (
        ("owner", "owner_id", register.people, NO_SUCH_PERSON),
        ("substitute", "substitute_id", register.people, NO_SUCH_PERSON),
        ("code_of_conduct", "code_of_conduct_id", register.codes, NO_SUCH_CODE),
    )
    for column, name, ids, sentence in known:
        if column not in row.values:
            continue
        text = row.values[column].casefold()
        found[name] = ids.get(text) if text else None
        if text and found[name] is None:
            problems.append(Problem(column, sentence, {}))
    above = _framework(register, row, found, problems)
    return found, above, problems


def _framework(register: Register, row: ContractRow, found: dict[str, Any], problems: list[Problem]) -> str:
    number = row.values.get("framework")
    if number is None:
        return ""
    found["framework_id"] = None
    if not number:
        return ""
    present = register.contracts.get(number)
    if present is not None and present.framework_id is None and number != row.number:
        found["framework_id"] = present.id
        return ""
    if register.coming.get(number) is False:
        return str(number)
    problems.append(Problem("framework", NO_SUCH_FRAMEWORK, {}))
    return ""


def _portions(rows: Iterable[NumberedRow]) -> Iterator[list[NumberedRow]]:
    remaining = iter(rows)
    while portion := list(islice(remaining, CHUNK)):
        yield portion


def _contracts(session: Session, rows: Iterable[ContractRow]) -> dict[str, Contract]:
    """The registered contracts that these rows, or their framework numbers, are about."""
    numbers = {row.number for row in rows} | {str(row.values.get("framework") or "") for row in rows}
    query = select(Contract).where(Contract.number.in_(numbers)).options(joinedload(Contract.supplier))
    return {contract.number: contract for contract in session.scalars(query)}


def _suppliers(session: Session, rows: Iterable[ContractRow]) -> dict[str, int]:
    numbers = {stored_number(row.identity) for row in rows if isinstance(row.identity, Identity)}
    query = select(Supplier.identity_number, Supplier.id).where(Supplier.identity_number.in_(numbers))
    return {row[0]: row[1] for row in session.execute(query)}


def _people(session: Session) -> dict[str, int]:
    query = select(User.email, User.id).where(User.active, User.roles.any(Role.name == "procurer"))
    return {row[0].casefold(): row[1] for row in session.execute(query) if row[0]}


def _codes(session: Session) -> dict[str, int]:
    query = select(CodeOfConduct.version, CodeOfConduct.id)
    return {row[0].casefold(): row[1] for row in session.execute(query)}
