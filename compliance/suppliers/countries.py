"""Step 1, suppliers: which two-letter codes are countries."""

import re
from functools import cache

from babel import Locale

ISO_CODE = re.compile(r"[A-Z]{2}")
ISO_CODE = re.compile(r"[A-Z]{2}")
NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
OTHER_CODES = {"EL": "GR", "UK": "GB"}


def country_code(text: str) -> str | None:
    """Read an ISO 3166 code as people type it; EL and UK (as in VAT) become GR and GB. None if unknown."""
    code = text.strip().upper()
    code = OTHER_CODES.get(code, code)
    return code if code in _codes() else None


@cache
def _codes() -> frozenset[str]:
    territories = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in territories if ISO_CODE.fullmatch(code)) - NOT_COUNTRIES
