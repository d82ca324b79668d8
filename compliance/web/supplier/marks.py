"""What stands beside an answer: who saved it last, whether it came on paper, whether secrecy is asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flask import current_app, url_for
from markupsafe import Markup, escape

from compliance.answers.routing import Item
from compliance.answers.values import Key
from compliance.storage.models import Assessment, PaperEntry, SecrecyRequest
from compliance.storage.queries.marks import SavedBy, is_anything_marked, paper_of, savers_of, secrecy_of
from compliance.web.supplier.drawing import ways_of
from compliance.web.supplier.places import NOTHING, Filling
from compliance.web.supplier.question_view import QuestionView
from compliance.web.supplier.requested import is_colleague, session


@dataclass(frozen=True)
class Mark:
    """Beside one answer. `saved_by` is None when only one person answers, who need not be told so."""

    saved_by: SavedBy | None
    secrecy: SecrecyRequest | None
    paper: PaperEntry | None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.saved_by or self.secrecy or self.paper)


@dataclass(frozen=True)
class Marks:
    """Beside all answers of a round."""

    savers: Mapping[Key, SavedBy]
    wishes: Mapping[Key, SecrecyRequest]
    paper: PaperEntry | None

    @property
    def several(self) -> bool:
        """Whether more than one person has answered."""
        return len({saved.user_id for saved in self.savers.values()}) > 1

    def of(self, item: Item) -> Mark:
        """Beside one answer."""
        saved = self.savers.get(item.key)
        on_paper = saved is not None and saved.on_paper
        return Mark(
            saved_by=saved if self.several or on_paper else None,
            secrecy=self.wishes.get(item.key),
            paper=self.paper if on_paper else None,
        )


def marks_of(assessment: Assessment) -> Marks:
    """Beside the answers of a round."""
    if not is_anything_marked(session(), assessment.id):
        return Marks({}, {}, None)
    number, paper = assessment.id, paper_of(session(), assessment.id)
    return Marks(savers_of(session(), number, paper), secrecy_of(session(), number), paper)


def with_marks(assessment: Assessment, views: Iterable[QuestionView]) -> list[QuestionView]:
    """The questions of a page with who answered them and the ways to ask a colleague, and for secrecy."""
    marks = marks_of(assessment)
    shared = "" if is_colleague() else url_for("supplier.colleagues", assessment_id=assessment.id)

    def marked(view: QuestionView) -> QuestionView:
        told = _told(marks.of(view.item), view, _ways(view, shared))
        return replace(view, hung={**view.hung, "below": view.hung.get("below", Markup()) + told})

    return [marked(view) for view in views]


def _told(mark: Mark, view: QuestionView, ways: dict[str, str]) -> Markup:
    """What is said below the answer: mostly only the ways to ask, which are the same for everybody."""
    if not mark.nothing:
        return _macro("below")(mark, view, ways)
    if not ways:
        return NOTHING
    form = ways_of(view.item.question, view.words.language)
    return form.drawn.filled(Filling({name: escape(address) for name, address in ways.items()}))


def _ways(view: QuestionView, shared: str) -> dict[str, str]:
    """Where one asks a colleague about a question, or for secrecy; nowhere for a colleague."""
    if not shared:
        return {}
    path, mark, query = view.address.partition("?")
    return {"colleague": f"{shared}?part=question:{view.id}", "secrecy": f"{path}/secrecy{mark}{query}"}


def _macro(name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(
        current_app.jinja_env.get_template("supplier/marks.html").module, name
    )
    return macro
