"""Lists by key: a page of rows and the id after which the next begins. The last page costs no more than the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, and_, or_

PAGE = 50
Row = TypeVar("Row")


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One page of a list; `following` is the id to continue after, None on the last page."""

    rows: Sequence[Row]
    following: int | None


def cut(rows: Sequence[Any], size: int = PAGE) -> Listing[Any]:
    """A listing from one row more than fits."""
    more = len(rows) > size
    kept = rows[:size]
    return Listing(kept, kept[-1].id if more else None)


def beyond(column: Any, key: Any, value: Any, last_id: int) -> ColumnElement[bool]:
    """Rows after (value, last_id) in the order `column nulls last, key`."""
    if value is None:
        return and_(column.is_(None), key > last_id)
    return or_(column > value, and_(column == value, key > last_id), column.is_(None))
