"""Step 4, evidence: documents about one person's pay or insurance: encrypted, each with a key of its own."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from compliance.evidence.vocabulary import vocabulary

SEALED = "application/octet-stream; sealed"
"""The media type of a file that only its key opens."""

_KEY_BITS, _NONCE_BYTES = 256, 12


@dataclass(frozen=True, slots=True)
class ViewOnce:
    """Which kinds are sealed, how long they are kept unopened and open, and which facts stay when they are gone."""

    kinds: frozenset[str]
    kept: timedelta
    open_for: timedelta
    kept_facts: frozenset[str]


@cache
def view_once() -> ViewOnce:
    """The rules, from the vocabulary."""
    rules = vocabulary("view_once")
    return ViewOnce(
        kinds=frozenset(rules["kinds"]),
        kept=timedelta(days=rules["kept_days"]),
        open_for=timedelta(minutes=rules["open_minutes"]),
        kept_facts=frozenset(rules["kept_facts"]),
    )


def seal(data: bytes) -> tuple[bytes, bytes]:
    """A new key, and the data as only this key opens it (AES-256-GCM, which also notices any change)."""
    key, nonce = AESGCM.generate_key(bit_length=_KEY_BITS), secrets.token_bytes(_NONCE_BYTES)
    return key, nonce + AESGCM(key).encrypt(nonce, data, None)


def unseal(key: bytes, sealed: bytes) -> bytes:
    """The data. Raises `cryptography.exceptions.InvalidTag` for another key or changed data."""
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
