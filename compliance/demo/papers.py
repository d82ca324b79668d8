"""The papers of the demo's suppliers: invented certificates and policies as real PDFs, dated from today."""

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typst
import yaml

HERE = Path(__file__).parent
DAY = re.compile(r"\{([+-]\d+)\}")


def write_papers(folder: Path, names: Mapping[str, str], *, today: date) -> list[Path]:
    """Write every paper into a folder; `names` fills {name_*} and {number_*}."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for paper in yaml.safe_load((HERE / "papers.yaml").read_text(encoding="utf-8")):
        path = folder / paper["file"]
        path.write_bytes(_pdf(filled(paper, names, today)))
        written.append(path)
    return written


def filled(value: Any, names: Mapping[str, str], today: date) -> Any:
    """The same value with names and days put in, however deep they stand."""
    if isinstance(value, dict):
        return {key: filled(inner, names, today) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, names, today) for inner in value]
    dated = DAY.sub(lambda found: (today + timedelta(days=int(found[1]))).isoformat(), str(value))
    return dated.format(**names)


def _pdf(paper: dict[str, Any]) -> bytes:
    content = typst.compile(str(HERE / "paper.typ"), sys_inputs={"paper": json.dumps(paper)})
    assert isinstance(content, bytes)
    return content
