"""Step 2, questionnaires: the shape of a definition as JSON Schema, for editors."""

import json
from pathlib import Path

from compliance.questionnaires.model import Questionnaire

SCHEMA = Path(__file__).parent / "schema.json"


def schema_text() -> str:
    """The schema as it follows from the model; `schema.json` holds the same, which a test sees to."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
