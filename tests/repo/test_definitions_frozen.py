"""A released questionnaire never changes: each file is what was recorded when it was released."""

import hashlib
import json
from pathlib import Path

from compliance.questionnaires import catalogue

RECORD = Path(__file__).with_name("released_definitions.json")


def digest(key, version):
    file = catalogue.DEFINITIONS / key / f"{version}.yaml"
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_every_released_version_is_recorded_and_unchanged():
    """To change a question, copy the file to the next version; a new release adds a line to the record."""
    released = {f"{form.key}/{form.version}": digest(form.key, form.version) for form in catalogue.released()}
    assert released == json.loads(RECORD.read_text(encoding="utf-8"))
