"""Step 2, questionnaires: what definitions may name (sources, thresholds, documents, facts), as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import Field, TypeAdapter

from compliance.questionnaires.conditions import Condition
from compliance.questionnaires.mistakes import DefinitionError, Mistake
from compliance.questionnaires.model import Reference
from compliance.questionnaires.words import Frozen, Text
from compliance.questionnaires.yaml_source import read_yaml

HERE = Path(__file__).parent
Entry = TypeVar("Entry", bound=Frozen)


class Source(Frozen):
    """A law, regulation, norm or term; `url` only where the address is known to hold."""

    title: Text
    url: str | None = None


class ParameterValue(Frozen):
    """A value and the first day on which it holds."""

    start: date = Field(alias="from")
    value: Decimal


class Parameter(Frozen):
    """A named threshold: what it means, where it comes from, and its values in the order of their days."""

    meaning: Text
    source: Reference | None = None
    values: tuple[ParameterValue, ...] = Field(min_length=1)

    def on(self, day: date) -> Decimal:
        """The value that holds on a day; the first one for days before it."""
        dated = sorted(self.values, key=lambda value: value.start)
        return next((value.value for value in reversed(dated) if value.start <= day), dated[0].value)


class Expectation(Frozen):
    """A rule by which proof is expected, with the sentence that says so."""

    meaning: Text
    when: Condition


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything definitions may name. Keys are the codes used in definitions."""

    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    documents: Mapping[str, Text]
    contract_facts: Mapping[str, Text]
    expectations: Mapping[str, Expectation]
    wording: Mapping[str, Mapping[str, Text]]

    def thresholds(self, day: date) -> Mapping[str, Decimal]:
        """Every parameter as it stands on a day."""
        return MappingProxyType({name: parameter.on(day) for name, parameter in self.parameters.items()})

    def citation(self, reference: Reference) -> tuple[Text, str | None]:
        """The link text of a reference and its address, if one is known."""
        source = self.sources[reference.source]
        if not reference.at:
            return source.title, source.url
        return Text(sv="{title}, {at}", en="{title}, {at}").filled(
            title=source.title, at=reference.at
        ), source.url


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary shipped with the program, read once. Raises DefinitionError when a file is unusable."""
    return Vocabulary(
        sources=_table("sources", Source),
        parameters=_table("parameters", Parameter),
        documents=_table("documents", Text),
        contract_facts=_table("contract_facts", Text),
        expectations=_table("expectations", Expectation),
        wording=MappingProxyType(TypeAdapter(dict[str, dict[str, Text]]).validate_python(_data("wording"))),
    )


def _table(name: str, kind: type[Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({code: kind.model_validate(value) for code, value in _data(name).items()})


def _data(name: str) -> dict[str, object]:
    file = HERE / f"{name}.yaml"
    source = read_yaml(file.read_text(encoding="utf-8"))
    if source.flaws:
        mistakes = (
            Mistake(file, source.line_of(flaw.path), flaw.code, flaw.message) for flaw in source.flaws
        )
        raise DefinitionError(tuple(mistakes))
    data: dict[str, object] = source.data
    return data
