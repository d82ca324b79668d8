"""Makes the sample documents of this folder: `python tests/evidence_files/make.py`.

Each sample is named after what it proves and has the facts a reader of it sees beside it as JSON. All companies,
numbers and people are invented.
"""

import io
import json
import sys
from pathlib import Path

import drawings
import yaml

FOLDER = Path(__file__).parent


def main() -> int:
    """Draw every sample of samples.yaml and write its expectation beside it."""
    for name, sample in yaml.safe_load((FOLDER / "samples.yaml").read_text(encoding="utf-8")).items():
        drawn = io.BytesIO()
        drawings.draw(drawn, sample)
        (FOLDER / f"{name}.pdf").write_bytes(drawings.finish(drawn.getvalue(), sample.get("finish", "")))
        expected = json.dumps(sample["expected"], ensure_ascii=False, indent=1, default=str)
        (FOLDER / f"{name}.json").write_text(expected + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
