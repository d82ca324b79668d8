"""Step 4, evidence: personal identity numbers are found and masked before anything is shown, stored or indexed."""

import re
from dataclasses import replace
from datetime import date

from stdnum import luhn

from compliance.evidence.facts import Fact
from compliance.suppliers.identity import MASK

_NUMBER = re.compile(r"(?<![\d-])((?:19|20)?\d{6})\s?([-–+]?)\s?(\d{4})(?![\d-])")

COORDINATION = 60


def mask_personnummer(text: str) -> str:
    """The text with every personal identity number (or coordination number) masked whole, birth date included."""
    return _NUMBER.sub(lambda match: MASK if _is_personal(match) else match.group(), text)


def personal_places(text: str) -> tuple[tuple[int, int], ...]:
    """Where in a text personal identity numbers stand: first character and the one after the last."""
    return tuple(match.span() for match in _NUMBER.finditer(text) if _is_personal(match))


def _is_personal(match: re.Match[str]) -> bool:
    """Check digit right and the first six digits a day of birth; a coordination number adds 60 to the day."""
    digits = match[1][-6:]
    month, day = int(digits[2:4]), int(digits[4:6])
    day -= COORDINATION if day > COORDINATION else 0
    if not luhn.is_valid(digits + match[3]):
        return False
    try:
        date(2000, month, day)  # a leap year: 29 February is a day of birth
    except ValueError:
        return False
    return True


def mask_fact(fact: Fact) -> Fact:
    """The fact with masked value and quote, and a warning when the value itself held such a number."""
    value, quote = mask_personnummer(fact.value), mask_personnummer(fact.quote)
    masked = replace(fact, value=value, quote=quote)
    return masked.warned("masked") if value != fact.value else masked
