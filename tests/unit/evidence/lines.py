"""Pages made of plain lines, so that readers are tested without any PDF: a tab starts a new column."""

from compliance.evidence.layout import Page, Word, group_lines

LETTER, HEIGHT, STEP, COLUMN = 5.0, 10.0, 16.0, 180.0


def page_of(*lines: str, number: int = 1, large: tuple[int, ...] = ()) -> Page:
    """A page with these lines from the top; the indexes in `large` are set in letters of double size."""
    words, top = [], 40.0
    for index, line in enumerate(lines):
        size = 2.0 if index in large else 1.0
        for column, text in enumerate(line.split("\t")):
            x = 50.0 + column * COLUMN
            for word in text.split():
                words.append(Word(word, x, top, x + LETTER * size * len(word), top + HEIGHT * size))
                x += LETTER * size * (len(word) + 1)
        top += STEP * size
    return Page(number, 595.0, 842.0, group_lines(words))


def first_values(facts) -> dict[str, str]:
    """The answer of each field."""
    found = {}
    for fact in facts:
        if fact.answer:
            found.setdefault(fact.field, fact.value)
    return found
