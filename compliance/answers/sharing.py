"""Step 3, answers: which part of the form a helper was asked for, and the form cut down to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Item
from compliance.answers.values import Key

Scope = Literal["round", "section", "question"]


@dataclass(frozen=True, slots=True)
class Share:
    """A whole round, one page of it (`section_key`), or one question (`key`: its id and contract)."""

    scope: Scope
    section_key: str = ""
    key: Key = ("", None)

    def covers(self, page_key: str, item: Item) -> bool:
        """Whether a question on a page belongs to it."""
        match self.scope:
            case "round":
                return True
            case "section":
                return page_key == self.section_key
            case _:
                return item.key == self.key


def shared_part(journey: Journey, shares: Iterable[Share]) -> Journey:
    """The form as someone sees it who was asked only for these parts. The rest is not in it at all."""
    chosen = tuple(shares)
    sections = tuple(cut for section in journey.sections if (cut := _shared_section(section, chosen)).items)
    items = tuple(item for section in sections for item in section.items)
    ids = {item.id for item in items}
    return replace(
        journey,
        sections=sections,
        items=items,
        hidden=tuple(item for section in sections for item in section.hidden),
        missing=tuple(one for one in journey.missing if one.item.id in ids),
        contradictions=tuple(
            one for one in journey.contradictions if all(item.id in ids for item in one.items)
        ),
    )


def _shared_section(section: JourneySection, shares: tuple[Share, ...]) -> JourneySection:
    def shared(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(item for item in items if any(share.covers(section.key, item) for share in shares))

    return replace(section, items=shared(section.items), hidden=shared(section.hidden))
