"""Step 2, questionnaires: words in both languages, and the frozen base that every definition is built on."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")


class Frozen(BaseModel):
    """A part of a definition: never changed once read, and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """The same words in Swedish and English."""

    sv: str = ""
    en: str = ""

    def to(self, language: str) -> str:
        """The words in one language; Swedish when the language is not English."""
        return self.en if language == "en" else self.sv

    def filled(self, **values: "Text | str") -> "Text":
        """The words with `{name}` places filled, each in its own language."""
        sv, en = (
            {name: value.to(lang) if isinstance(value, Text) else value for name, value in values.items()}
            for lang in LANGUAGES
        )
        return Text(sv=self.sv.format_map(sv), en=self.en.format_map(en))
