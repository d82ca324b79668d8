"""Step 2, questionnaires: a YAML file as plain data with the line of every value.

Booleans are only true and false (`yes` and `no` are option codes), numbers are exact, dates stay text.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from compliance.questionnaires.mistakes import Flaw, Path_

SCALARS = (
    ("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""]),
    ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"]),
    ("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789")),
    ("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789")),
)


class _Composer(yaml.SafeLoader):
    """PyYAML's safe loader with the core schema's scalars only, and without aliases."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - replaces the inherited table

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(problem="alias", problem_mark=self.get_mark())
        return super().compose_node(parent, index)


for _tag, _pattern, _first in SCALARS:
    _Composer.add_implicit_resolver(_tag, _pattern, _first)

CONSTRUCTORS: dict[str, Any] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda text: text == "true",
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": Decimal,
}


@dataclass(slots=True)
class YamlSource:
    """Plain data, the line of each path, and what was wrong with the file itself."""

    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def line_of(self, path: Path_) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> YamlSource:
    """Read a file's text. Never raises: what cannot be read is a flaw with its line."""
    source = YamlSource()
    try:
        node = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        source.lines[()] = line
        code = "alias" if error.problem == "alias" else "unreadable"
        source.flaws.append(Flaw((), code, {"problem": f"{error.problem} on line {line}"}))
        return source
    except (yaml.YAMLError, RecursionError) as error:
        source.flaws.append(Flaw((), "unreadable", {"problem": str(error).splitlines()[0]}))
        return source
    if node is not None:
        source.data = _plain(node, (), source)
    return source


def _plain(node: Node, path: Path_, source: YamlSource) -> Any:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _mapping(node, path, source)
    if isinstance(node, SequenceNode):
        return [_plain(child, (*path, index), source) for index, child in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return CONSTRUCTORS.get(node.tag, str)(node.value)


def _mapping(node: MappingNode, path: Path_, source: YamlSource) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else "?"
        here = (*path, key)
        if key in result:
            source.lines[(*here, "again")] = key_node.start_mark.line + 1
            source.flaws.append(Flaw((*here, "again"), "doubled_key", {"key": key}))
        source.lines[here] = key_node.start_mark.line + 1
        result[key] = _plain(value_node, here, source)
    return result
