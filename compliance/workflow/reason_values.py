"""The values of a reason's sentence as people read them: kinds of document by their names."""

from collections.abc import Mapping

from compliance.questionnaires.vocabulary import vocabulary

DOCUMENT = "document"
"""The value that names a document: a standard as it is written, or the code of a kind."""


def readable(params: Mapping[str, str], language: str) -> dict[str, str]:
    """The same values, with a kind of document named in the reader's language."""
    named = vocabulary().documents.get(params.get(DOCUMENT, ""))
    return {**params, DOCUMENT: named.to(language)} if named else dict(params)
