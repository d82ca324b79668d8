"""What must hold after any request, however bad."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Integer

from compliance.storage.base import Base
from compliance.web.received import LARGEST_ID
from tests.integration.fuzz import junk
from tests.integration.fuzz.sending import LONGEST_SECONDS, Attempt
from tests.integration.fuzz.stage import Outcome, Stage

OWN = ("own supplier", "colleague", "stranger")


def faults(stage: Stage, tried: Attempt, outcome: Outcome) -> list[str]:
    """What is wrong with how a request was answered."""
    found = []
    status = outcome.response.status_code
    if status >= 500:
        found.append(f"answered {status}")
    if outcome.seconds > LONGEST_SECONDS:
        found.append(f"took {outcome.seconds:.1f} s")
    if tried.person.startswith(OWN) and (touched := stage.of_others(outcome)):
        found.append(f"touched another company's {touched}")
    found += [f"stored what PostgreSQL refuses: {one}" for one in refused_elsewhere(outcome)]
    found += [f"stored {one}" for one in cut_texts(sent_texts(tried), [*outcome.texts])]
    return found


def refused_elsewhere(outcome: Outcome) -> list[str]:
    """Values that SQLite takes, while another database would have answered with an error."""
    found = []
    for name, rows in outcome.stored.items():
        columns = Base.metadata.tables[name].columns
        for row in rows:
            found += [f"{name}.{at}" for at, value in row if _does_not_fit(columns[at].type, value)]
    return found


def _does_not_fit(kind: Any, value: Any) -> bool:
    if isinstance(value, str):
        longest = getattr(kind, "length", None)
        return "\x00" in value or "\\u0000" in value or (longest is not None and len(value) > longest)
    if isinstance(value, int) and isinstance(kind, Integer) and not isinstance(kind, BigInteger):
        return abs(value) > LARGEST_ID
    return False


def sent_texts(tried: Attempt) -> list[str]:
    """The marked texts of an attempt."""
    return [text for values in tried.fields.listvalues() for text in values if text.startswith(junk.HEAD)]


def cut_texts(sent: Iterable[str], stored: list[str]) -> list[str]:
    """Stored texts that hold the beginning of what was sent, but not all of it."""
    whole = {_plain(text) for text in sent}
    return [
        f"{len(text)} characters of {max(map(len, whole), default=0)}: {text[:40]!r}...{text[-40:]!r}"
        for text in stored
        if junk.HEAD in text and not any(one in _plain(text) for one in whole)
    ]


def _plain(text: str) -> str:
    """A text as it may be kept: letters composed, one kind of space, nothing invisible."""
    shown = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode().replace("\ufffd", "?"))
    return "".join(c for c in shown if not c.isspace() and unicodedata.category(c) != "Cc")
