"""Step 4, evidence: which pages of a long document deserve a close reading, told from their bare text.

A report of a hundred pages says whose it is and of when on its first and last pages. Of those between only the ones
are read closely that may hold a last day of validity, a next review, a company's number, or a proof of its own.
"""

import re
from functools import cache

from compliance.evidence.dates import MONTHS
from compliance.evidence.labels import Labels, unaccented
from compliance.evidence.parts import holds_title
from compliance.evidence.vocabulary import vocabulary

LONG = 10  # pages: a shorter document is read closely throughout
FIRST, LAST = 6, 2  # pages of a long document that are read closely whatever they hold
READERS = frozenset({"policy", "generic"})  # of kinds that state what matters on their first and last pages
SOUGHT = ("valid_until", "validity", "next_review", "previous_expiry")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-‐‑–/.]\s?[01]?\d(?!\d)|(?<!\d)[0-3]?\d\s?[./–-]\s?[01]?\d\s?[./–-]\s?(?:20)?\d\d(?!\d)"
    rf"|(?<!\d)[0-3]?\d\S{{0,3}}[\s./-]{{1,3}}(?:of )?(?:{_MONTH})\b"
    rf"|(?<![^\W_])(?:{_MONTH})\b[.,]?[\s-]{{1,3}}(?:[0-3]?\d\D|20\d\d)|(?<!\d)20[0-3]\d[01]\d[0-3]\d(?!\d)",
    re.IGNORECASE,
)
_COMPANY_NUMBER = re.compile(
    r"(?<![\d-])(?:16)?\d{6}\s?[-‐‑–]\s?\d{4}(?![\d-])"
    r"|(?<![^\W_])(?:org\w*\.?\s?n|company\s(?:reg|no|num)|regist\w+\s(?:company\s)?n(?:o|um)|corp\w*\sid|vat\s|cvr)\D{0,25}\d",
    re.IGNORECASE,
)


@cache
def _labels() -> Labels:
    """The labels of the dates sought, and of nothing else."""
    return Labels({role: words for role, words in vocabulary("date_labels").items() if role in SOUGHT})


def deserves(text: str, *, proofs: bool) -> bool:
    """Does a page with this text deserve a close reading? With `proofs` also for the title of a proof."""
    if _COMPANY_NUMBER.search(text) or _dated(text):
        return True
    return proofs and holds_title(text)


def _dated(text: str) -> bool:
    """A date with a label sought on its line or a line beside it."""
    lines: list[str] = []
    for match in _DATE.finditer(text):
        lines = lines or text.splitlines()
        at = text.count("\n", 0, match.start())
        if _labels().find(unaccented(" ".join(lines[max(0, at - 1) : at + 2]))):
            return True
    return False
