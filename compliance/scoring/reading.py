"""Scoring (step 5): JSON of bare items -> items, or every mistake in it at once."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import fields as fields_of
from decimal import Decimal, InvalidOperation
from typing import Any

from compliance.scoring.fields import Fields
from compliance.scoring.items import Item, objections
from compliance.scoring.words import Area, Criticality, InherentRisk, ItemState, Verdict
from compliance.suppliers.refusals import CaseRefusedError, Refusal

WHOLE_DOCUMENT = "$"
FLAGS = ("expects_evidence", "remedied", "judged_false", "bonus")
ITEM_KEYS = tuple(field.name for field in fields_of(Item))


@dataclass(frozen=True, slots=True)
class Case:
    """What `score` needs besides a method."""

    items: tuple[Item, ...]
    inherent_risk: InherentRisk


def parse(data: bytes) -> dict[str, object]:
    """The JSON object in these bytes, its numbers as Decimal: what is written, not the nearest float.

    Raises CaseRefusedError when this is no UTF-8, no JSON or no object.
    """
    try:
        document = json.loads(
            data.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_int=_decimal,
            parse_constant=_decimal,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _no_case(f"This is not JSON: {error}.") from error
    except RecursionError as error:
        raise _no_case("This JSON is nested too deeply.") from error
    if not isinstance(document, dict):
        raise _no_case("The document must be an object with the key 'items'.")
    return document


def _no_case(sentence: str) -> CaseRefusedError:
    return CaseRefusedError(Refusal(WHOLE_DOCUMENT, sentence))


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        # An exponent beyond all bounds: refused later, where its path is known.
        return Decimal("NaN")


def read_bare_items(document: dict[str, object]) -> Case:
    """The case in a document of bare items. Raises CaseRefusedError with every mistake.

    Other keys beside `items` and `inherent_risk` are left alone.
    """
    refusals: list[Refusal] = []
    raw = document.get("items")
    if not isinstance(raw, list):
        refusals.append(Refusal("items", "A list of items is needed here."))
        raw = []
    items = [_item(one, f"items[{position}]", refusals) for position, one in enumerate(raw)]
    refusals += _doubled(raw)
    inherent_risk = Fields(document, "", refusals).word("inherent_risk", InherentRisk, InherentRisk.UNKNOWN)
    if refusals or inherent_risk is None:
        raise CaseRefusedError(*refusals)
    return Case(tuple(item for item in items if item is not None), inherent_risk)


def _item(raw: object, at: str, refusals: list[Refusal]) -> Item | None:
    if not isinstance(raw, dict):
        refusals.append(Refusal(at, "An item must be an object."))
        return None
    before = len(refusals)
    keys = Fields(raw, at, refusals)
    values = _values(keys)
    keys.refuse_other_keys(ITEM_KEYS)
    combination = {key: values[key] for key in ("criticality", "state", "bonus")}
    for objection in objections(**combination):
        keys.refuse(objection.field, str(objection))
    return Item(**values) if len(refusals) == before else None


def _values(keys: Fields) -> dict[str, Any]:
    state = keys.word("state", ItemState)
    return {
        "id": keys.text("id"),
        "area": keys.word("area", Area),
        "criticality": keys.word("criticality", Criticality),
        "state": state,
        "credit": keys.share("credit") if state is ItemState.ANSWERED else None,
        "evidence": keys.word("evidence", Verdict, Verdict.NONE),
        **{flag: keys.flag(flag) for flag in FLAGS},
    }


def _doubled(raw: Iterable[object]) -> list[Refusal]:
    first: dict[str, int] = {}
    doubled = []
    for position, one in enumerate(raw):
        id_ = one.get("id") if isinstance(one, dict) else None
        if isinstance(id_, str) and first.setdefault(id_, position) != position:
            doubled.append(Refusal(f"items[{position}].id", f"items[{first[id_]}] has the same id."))
    return doubled
