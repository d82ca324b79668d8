"""`compliance evidence`: read a document on the command line as the worker reads it."""

import json
import sys
from pathlib import Path

import click


@click.group()
def evidence() -> None:
    """Read documents that suppliers give as proof."""


@evidence.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--ocr", is_flag=True, help="Read pages that are pictures too (needs tesseract).")
def read(file: Path, as_json: bool, ocr: bool) -> None:
    """Read one PDF in a limited child process and print what it says."""
    from compliance.evidence.confinement import WITH_OCR, Limits
    from compliance.evidence.reading_json import reading_to_json
    from compliance.evidence.sandbox import read_pdf

    try:
        document = reading_to_json(read_pdf(file, WITH_OCR if ocr else Limits()))
    except OSError as problem:
        message = f"The file could not be opened: {problem.strerror}."
        click.echo(json.dumps({"errors": [{"at": str(file), "message": message}]}) if as_json else message)
        sys.exit(2)
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else _as_text(document))


def _as_text(document: dict[str, object]) -> str:
    lines = [f"{document['state']}: {document['state_reason']} ({document['pages']} pages)"]
    facts = document["facts"]
    assert isinstance(facts, list)
    for fact in facts:
        mark = "" if fact["answer"] else " (mentioned)"
        warnings = f" [{', '.join(fact['warnings'])}]" if fact["warnings"] else ""
        lines.append(
            f"  {fact['field']:20}{fact['value']}{mark}  page {fact['page']}, {fact['confidence']:.2f}{warnings}"
        )
    return "\n".join(lines)
