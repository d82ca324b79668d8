"""One recommended action as its page shows it: what was answered, what is recommended, the reply as saved or typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from compliance.answers.journey import Journey
from compliance.answers.values import item_id
from compliance.decisions.actions import LONGEST_TEXT, Reply, ReplyWord
from compliance.questionnaires.question_types import BadValueError
from compliance.questionnaires.question_types.dates import read_day
from compliance.questionnaires.question_types.texts import clean_text
from compliance.storage.models import Assessment, ProposedAction
from compliance.storage.queries.answering import documents_of, key_of
from compliance.suppliers.refusals import Refusal
from compliance.web.filters import day
from compliance.web.languages import current_language
from compliance.web.supplier.answer_words import AnswerInWords, answer_in_words
from compliance.web.supplier.posted import in_words as problem_in_words
from compliance.web.supplier.requested import session, today

LARGEST_REVISION = 2**31 - 1


@dataclass(frozen=True)
class Typed:
    """One reply as it stands in the page, with what is wrong with it, or what a colleague saved meanwhile."""

    word: str = ""
    text: str = ""
    day: str = ""
    seen: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)
    newer: ProposedAction | None = None

    def with_trouble(self, messages: Mapping[str, str]) -> "Typed":
        """The same with messages by field."""
        return replace(self, errors=messages)

    def overtaken(self, saved: ProposedAction) -> "Typed":
        """The same beside the reply that was saved meanwhile; sent again it takes its place."""
        return replace(self, newer=saved, seen=saved.revision)


@dataclass(frozen=True)
class ActionView:
    """One action with everything its part of the page draws."""

    row: ProposedAction
    name: str
    answer: AnswerInWords | None
    recommended: str
    typed: Typed
    can_accept: bool

    @property
    def id(self) -> str:
        """What the names of its fields begin with."""
        return prefix_of(self.row)

    @property
    def said(self) -> str:
        """The saved reply in words; empty before there is one."""
        if self.row.reply == ReplyWord.ACCEPTED:
            return str(gettext("We do as recommended, by %(day)s", day=day(self.row.promised_on)))
        return reply_in_words(self.row)

    @property
    def wanted(self) -> str:
        """What was typed when somebody else had replied, in words."""
        return "\n".join(part for part in (self.typed.text, self.typed.day) if part) or self.recommended


def prefix_of(row: ProposedAction) -> str:
    """The name of an action in forms and links."""
    return f"action-{row.id}"


def reply_in_words(row: ProposedAction) -> str:
    """What the supplier says that it will do, and by when."""
    if row.reply is None or row.promised_on is None:
        return ""
    text = row.recommended[current_language()] if row.reply == ReplyWord.ACCEPTED else row.text
    return str(gettext("%(text)s (by %(day)s)", text=text, day=day(row.promised_on)))


def views_of(
    assessment: Assessment,
    rows: Iterable[ProposedAction],
    plan: Journey,
    troubled: Mapping[int, Typed] | None = None,
) -> list[ActionView]:
    """The actions of a page; `troubled` are the replies that could not be saved."""
    items = {item.id: item for item in (*plan.items, *plan.hidden)}
    documents = documents_of(session(), assessment.supplier_id)
    views = []
    for row in rows:
        item = items.get(item_id(*key_of(row)))
        name = item.question.name.to(current_language()) if item else row.question_id
        views.append(
            ActionView(
                row=row,
                name=f"{name} ({item.contract.number})" if item and item.contract else name,
                answer=answer_in_words(item, documents) if item else None,
                recommended=row.recommended[current_language()],
                typed=(troubled or {}).get(row.id) or _saved(row),
                can_accept=row.recommended_on >= today(),
            )
        )
    return views


def typed_reply(form: MultiDict[str, str], row: ProposedAction, *, accept: bool) -> Typed | None:
    """What the page says about an action; None when it says nothing. `accept` stands for what was left open."""
    name = prefix_of(row)
    if f"{name}:revision" not in form:
        return None
    text, by = form.get(f"{name}:text", ""), form.get(f"{name}:day", "")
    word = form.get(f"{name}:word", "") or (ReplyWord.OWN if text.strip() or by.strip() else "")
    if not word and accept and row.recommended_on >= today():
        word = ReplyWord.ACCEPTED
    if not word:
        return None
    return Typed(word=word, text=text, day=by, seen=_revision(form.get(f"{name}:revision", "")))


def read_reply(typed: Typed) -> tuple[Reply | None, dict[str, str]]:
    """The reply in what was typed, and messages by field for what cannot be read."""
    if typed.word == ReplyWord.ACCEPTED:
        return Reply(word=typed.word), {}
    messages: dict[str, str] = {}
    text, by = "", None
    try:
        text = clean_text(typed.text, max_length=LONGEST_TEXT)
    except BadValueError as error:
        messages["text"] = problem_in_words(error)
    try:
        by = read_day(typed.day) if typed.day.strip() else None
    except BadValueError as error:
        messages["day"] = problem_in_words(error)
    return (None, messages) if messages else (Reply(word=typed.word, text=text, day=by), {})


def in_words(refusal: Refusal) -> str:
    """A refusal in the reader's language."""
    return str(gettext(refusal.sentence)) % refusal.params


def error_links(views: Iterable[ActionView]) -> list[tuple[str, str]]:
    """What is wrong on the page, each with the field to go to."""
    links = []
    for view in views:
        links += [(f"{view.id}:{part}", f"{view.name}: {text}") for part, text in view.typed.errors.items()]
        if view.typed.newer:
            links.append((view.id, gettext("%(name)s: somebody else has replied", name=view.name)))
    return links


def _saved(row: ProposedAction) -> Typed:
    """The fields as a saved reply fills them."""
    own = row.reply == ReplyWord.OWN
    return Typed(
        word=row.reply or "",
        text=row.text,
        day=row.promised_on.isoformat() if own and row.promised_on else "",
        seen=row.revision,
    )


def _revision(text: str) -> int:
    return min(int(text[:12]), LARGEST_REVISION) if text.isascii() and text.isdigit() else 0
