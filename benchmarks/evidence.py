"""Reading evidence against plain pdfplumber words of every page, over the shared corpus where it is present."""

import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
import pypdfium2

from benchmarks.measured import Measured, Skipped
from compliance.evidence import ocr, tesseract
from compliance.evidence.document import read_document
from compliance.evidence.facts import Fact
from compliance.evidence.layout import Page, Word, group_lines
from compliance.evidence.pictures import prepared
from compliance.evidence.reading import read_facts
from compliance.evidence.sandbox import read_pdf

CORPUS = Path(__file__).parents[2] / "shared" / "evidence"
LONG = 10  # pages
LARGE_FILE = 500  # pages
SCANS = 4
WARM, MANY, MANY_IN_FULL = 20, 80, 1000
FIELDS = ("document_type", "holder", "org_number", "certificate_number", "issued_on", "valid_until")


def run(*, full: bool) -> Iterator[Measured | Skipped]:
    """The ratios that the project holds itself to."""
    if not (CORPUS / "dev").is_dir():
        yield Skipped("evidence", f"no corpus at {CORPUS.name}/dev beside the project; nothing was measured")
        return
    labels = json.loads((CORPUS / "labels.json").read_text(encoding="utf-8"))
    documents = {name: (CORPUS / "dev" / name).read_bytes() for name in sorted(labels)}
    read_document(next(iter(documents.values())))  # what is loaded once is not counted
    yield from _against_plain(documents, labels)
    yield from _large_file(documents)
    yield from _memory(documents, MANY_IN_FULL if full else MANY)
    yield from _pictures(documents, labels)


def _against_plain(documents: dict[str, bytes], labels: dict[str, dict]) -> Iterator[Measured]:
    """Each document by all three ways in turn, so that a busy machine slows all alike."""
    seconds = {"plain": 0.0, "quick": 0.0, "looked": 0.0}
    long = {"plain": 0.0, "quick": 0.0}
    right = {"plain": 0, "looked": 0}
    for name, data in documents.items():
        took, facts = {}, {}
        took["plain"], (facts["plain"], pages) = _timed(lambda data=data: _plain(data))
        took["quick"], _ = _timed(lambda data=data: read_document(data, look=False))
        took["looked"], reading = _timed(lambda data=data: read_document(data))
        facts["looked"] = reading.facts
        for way, spent in took.items():
            seconds[way] += spent
            if way in long and pages > LONG:
                long[way] += spent
        for way in right:
            right[way] += _right(facts[way], labels[name])
    note = f"{seconds['plain']:.1f} s plain; right facts {right['looked']} against {right['plain']}"
    yield Measured(
        "all, without the look at what can be seen", seconds["quick"] / seconds["plain"], 0.5, note
    )
    yield Measured("over ten pages, without the look", long["quick"] / long["plain"], 0.27)
    yield Measured("all, with the look", seconds["looked"] / seconds["plain"], 1.0)
    yield Measured("right facts of plain words against ours", right["plain"] / max(right["looked"], 1), 1.0)


def _timed(action: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = action()
    return time.perf_counter() - began, result


def _plain(data: bytes) -> tuple[tuple[Fact, ...], int]:
    """Words of every page by pdfplumber with its own settings, and the same readers on them."""
    pages = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            words = [Word(w["text"], w["x0"], w["top"], w["x1"], w["bottom"]) for w in page.extract_words()]
            pages.append(Page(number, float(page.width), float(page.height), group_lines(words)))
            page.close()
    return read_facts(pages), len(pages)


def _right(facts: tuple[Fact, ...], label: dict) -> int:
    first: dict[str, str] = {}
    for fact in facts:
        if fact.answer:
            first.setdefault(fact.field, fact.value)
    wanted = ((field, [label.get(field), *label.get("alternatives", {}).get(field, [])]) for field in FIELDS)
    return sum(
        field in first and _flat(first[field]) in {_flat(value) for value in values if value}
        for field, values in wanted
    )


def _flat(value: str) -> str:
    return "".join(filter(str.isalnum, value.casefold()))


def _large_file(documents: dict[str, bytes]) -> Iterator[Measured]:
    """One file of 500 pages made of the corpus's own long documents."""
    target = pypdfium2.PdfDocument.new()
    while len(target) < LARGE_FILE:
        before = len(target)
        for data in documents.values():
            source = pypdfium2.PdfDocument(data)
            if len(source) > LONG and len(target) < LARGE_FILE:
                target.import_pages(source, list(range(min(len(source), LARGE_FILE - len(target)))))
        if len(target) == before:
            return
    file = io.BytesIO()
    target.save(file)
    plain, _ = _timed(lambda: _plain(file.getvalue()))
    ours, _ = _timed(lambda: read_document(file.getvalue(), look=False))
    yield Measured(
        f"a file of {LARGE_FILE} pages", ours / plain, 0.08, f"{ours:.2f} s against {plain:.1f} s plain"
    )


def _memory(documents: dict[str, bytes], many: int) -> Iterator[Measured]:
    """The reader's own memory: each document is read in a child that ends."""
    small = sorted(documents.values(), key=len)[:WARM]
    for data in small:
        read_pdf(data)
    warm = _resident()
    for at in range(many - WARM):
        read_pdf(small[at % len(small)])
    yield Measured(f"memory after {many} documents against {WARM}", _resident() / warm, 1.2)


def _resident() -> int:
    """Resident bytes of this process now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _pictures(documents: dict[str, bytes], labels: dict[str, dict]) -> Iterator[Measured | Skipped]:
    if ocr.engine() is None:
        yield Skipped("scans", "tesseract is not installed")
        return
    scans = [data for name, data in documents.items() if labels[name].get("text_layer") == "none"][:SCANS]
    ours = engine = 0.0
    count = 0
    for data in scans:
        spent, reading = _timed(lambda data=data: read_document(data, ocr=True))
        ours, count = ours + spent, count + reading.pages
        for page in pypdfium2.PdfDocument(data):
            picture = prepared(page)
            spent, _ = _timed(lambda p=picture: tesseract.read([p.image], layout="page", dpi=p.dpi))
            engine += spent
    note = f"the engine alone, once a page: {engine / count:.2f} s"
    yield Measured("scans, seconds a page", ours / count, None, note)


if __name__ == "__main__":
    for line in run(full="--full" in sys.argv[1:]):
        print(line)
