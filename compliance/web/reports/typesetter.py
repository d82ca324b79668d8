"""Reports: the child process that makes one PDF: data in as JSON, the document out, nothing else.

Started by typesetting.py as `python -m compliance.web.reports.typesetter`; never imported by the application.
"""

import json
import re
import resource
import sys
import unicodedata
from typing import Any

import typst

MEMORY, CPU_SECONDS = 2_000_000_000, 20
MOST_ATTEMPTS = 6
UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
WORD, LONGEST_PART = re.compile(r"\S{41,}"), 40
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""They would reach past the answer in which they stand and turn our own words round."""

ZERO_WIDTH_SPACE = "\u200b"


def main() -> int:
    """Read the order from stdin, write the PDF to stdout. The exit status is 3 for what typst refuses."""
    for kind, amount in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
        resource.setrlimit(kind, (amount, amount))
    order = json.load(sys.stdin)
    try:
        sys.stdout.buffer.write(typeset(order["template"], order["content"]))
    except typst.TypstError as error:
        sys.stderr.write(error.message[:200])
        return 3
    return 0


def typeset(template: str, content: dict[str, Any]) -> bytes:
    """The PDF. A character that no embedded font has is written by its name, and the document then says so."""
    compiler = typst.Compiler(
        template, font_paths=typst.Fonts(include_system_fonts=False), ignore_system_fonts=True
    )
    unshown: set[str] = set()
    for _attempt in range(MOST_ATTEMPTS):
        told = {**_drawable(content, unshown), "named": bool(unshown)}
        try:
            return _compiled(compiler, told)
        except typst.TypstError as error:
            more = unshown_in(error.diagnostic) - unshown
            if not more:
                raise
            unshown |= more
    return _compiled(compiler, {**_drawable(content, unshown, only_known=True), "named": True})


def unshown_in(diagnostic: str) -> set[str]:
    """The characters that typst could not display, read from its message."""
    texts = (ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in UNSHOWN.findall(diagnostic))
    return {letter for text in texts for letter in text}


def drawn(text: str, unshown: set[str], *, only_known: bool = False) -> str:
    """A text as it can be set: nothing invisible, no word longer than a line, what has no picture by its name."""
    visible = "".join(
        _named(letter) if letter in unshown or (only_known and ord(letter) > LAST_LATIN) else letter
        for letter in text.translate(DIRECTION_MARKS)
        if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs", "Cn"}
    )
    return WORD.sub(_breakable, visible)


LAST_LATIN = 0x24F


def _compiled(compiler: typst.Compiler, content: dict[str, Any]) -> bytes:
    made = compiler.compile(
        format="pdf", pdf_standards=["ua-1"], sys_inputs={"content": json.dumps(content, ensure_ascii=False)}
    )
    assert isinstance(made, bytes)
    return made


def _drawable(value: Any, unshown: set[str], *, only_known: bool = False) -> Any:
    if isinstance(value, str):
        return drawn(value, unshown, only_known=only_known)
    if isinstance(value, dict):
        return {name: _drawable(inner, unshown, only_known=only_known) for name, inner in value.items()}
    if isinstance(value, list):
        return [_drawable(inner, unshown, only_known=only_known) for inner in value]
    return value


def _breakable(word: re.Match[str]) -> str:
    """A word that may be broken; not a fingerprint, which fits on a line and is copied from the page."""
    if FINGERPRINT.fullmatch(word[0]):
        return word[0]
    starts = range(0, len(word[0]), LONGEST_PART)
    return ZERO_WIDTH_SPACE.join(word[0][start : start + LONGEST_PART] for start in starts)


def _named(letter: str) -> str:
    """[grinning face]; a mark that only shapes its neighbours is left out."""
    if unicodedata.category(letter) in {"Cf", "Mn", "Me"}:
        return ""
    name = unicodedata.name(letter, "")
    return f"[{name.lower()}]" if name and "-" not in name else f"[U+{ord(letter):04X}]"


if __name__ == "__main__":
    sys.exit(main())
