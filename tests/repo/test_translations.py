"""Every text of pages, mails and reasons has its Swedish, with the same placeholders, compiled."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "compliance" / "web" / "translations" / "sv" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def as_tuple(text):
    return tuple(text) if isinstance(text, tuple | list) else (text,)


@pytest.fixture(scope="module")
def swedish():
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="sv")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """What the pages and the code say today."""
    target = tmp_path_factory.mktemp("texts") / "messages.pot"
    command = ["-F", "babel.cfg", "-k", "N_", "-k", "lazy_gettext", "--no-location", "-o", str(target), "."]
    babel = [sys.executable, "-c", "from babel.messages.frontend import main; main()"]
    subprocess.run([*babel, "--quiet", "extract", *command], cwd=ROOT, check=True)
    return read_po(io.BytesIO(target.read_bytes()))


def test_every_text_has_its_swedish(collected, swedish):
    texts = [message.id for message in collected if message.id]
    assert len(texts) > 1000
    missing = [
        text for text in texts if not all(as_tuple(getattr(swedish.get(as_tuple(text)[0]), "string", "")))
    ]
    assert missing == [], "run `make translations` and write the Swedish"


def test_every_swedish_text_uses_the_same_placeholders(swedish):
    different = [
        message.id
        for message in swedish
        if message.id
        for text in as_tuple(message.string)
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(" ".join(as_tuple(message.id))))
    ]
    assert different == []


def test_the_compiled_catalogue_is_the_written_one(swedish):
    compiled = read_mo(io.BytesIO(CATALOGUE.with_suffix(".mo").read_bytes()))
    written = {as_tuple(m.id)[0]: as_tuple(m.string) for m in swedish if m.id}
    assert {as_tuple(m.id)[0]: as_tuple(m.string) for m in compiled if m.id} == written
