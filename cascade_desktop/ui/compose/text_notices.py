"""What is wrong with a text, said below it, with what mends it."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cascade_desktop.core.completion import choosable, near_names
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.problems import DraftProblem, PlaceholderUnknown, TextEmpty, TextTooLong
from cascade_desktop.core.word_leftovers import Leftover
from cascade_desktop.ui.widgets.offer_box import OfferBox, OfferList
from cascade_desktop.ui.widgets.sentence import Sentence
from cascade_desktop.ui.wording import say

MISSING_SHOWN = 3
LONGEST_NAME = 40


class TextNotices(QWidget):
    """The sentence on what stops sending, empty cells, and what Word left."""

    column_chosen = Signal(str, str)
    """Emits the name that no column has, and the column to use instead."""
    fallback_wanted = Signal(str)
    clean_wanted = Signal()
    left_as_pasted = Signal()

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._problem: DraftProblem | None = None
        self._near: tuple[str, ...] = ()
        self._missing: tuple[tuple[str, int], ...] = ()
        self._leftovers: tuple[tuple[Leftover, int], ...] = ()
        self.problem_words = Sentence(tone="danger")
        self.problem_words.link_clicked.connect(self._choose_column)
        self.missing_offers = OfferList(tone="amber")
        self.missing_offers.pressed.connect(self._want_fallback)
        self.paste_offer = OfferBox()
        self.paste_offer.pressed.connect(self._answer_paste)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        for part in (self.problem_words, self.missing_offers, self.paste_offer):
            column.addWidget(part)
        self._show()

    def show_problems(self, problems: Sequence[DraftProblem]) -> None:
        """Say what stops this text; an empty one is only unfinished, a long question is counted."""
        told = (one for one in problems if not isinstance(one, TextEmpty))
        if self._kind is Kind.SURVEY:
            told = (one for one in told if not isinstance(one, TextTooLong))
        self._problem = next(iter(told), None)
        self._show()

    def show_missing(self, missing: Sequence[tuple[str, int]]) -> None:
        """Say which columns have empty cells, and for how many people."""
        self._missing = tuple(missing[:MISSING_SHOWN])
        self._show()

    def show_leftovers(self, leftovers: Sequence[tuple[Leftover, int]]) -> None:
        """Offer to clean what was pasted; nothing to clean takes the offer away."""
        self._leftovers = tuple(leftovers)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        self.problem_words.set_html(self._say_problem())
        self.problem_words.setVisible(self._problem is not None)
        words = self.tr("Say something else there…")
        self.missing_offers.show_offers(
            [(self._say_missing(name, people), ((words, False),)) for name, people in self._missing]
        )
        answers = (self.tr("Clean it up"), False), (self.tr("Leave it as it is"), False)
        self.paste_offer.show_offer(self._say_leftovers(), answers if self._leftovers else ())
        if self.parent() is not None:  # without one, showing it would open a window
            self.setVisible(bool(self._problem or self._missing or self._leftovers))

    def _say_problem(self) -> str:
        problem = self._problem
        if problem is None:
            return ""
        if not isinstance(problem, PlaceholderUnknown) or not problem.columns:
            return escape(say(problem, self._kind))
        self._near = near_names(choosable(problem.columns), problem.name)
        links = " · ".join(
            f'<a href="{at}">{escape(_cut(name))}</a>' for at, name in enumerate(self._near)
        )
        said = self.tr("Your list has no column “{name}”. Use instead: {columns}")
        return said.format(name=escape(_cut(problem.name)), columns=links)

    def _say_missing(self, name: str, people: int) -> str:
        said = self.tr(
            "<b>%Ln (person/people)</b> (has/have) nothing in “{name}” and (gets/get) no message.",
            "",
            people,
        )
        return said.format(name=escape(_cut(name)))

    def _say_leftovers(self) -> str:
        found = ", ".join(self._count(kind, count) for kind, count in self._leftovers)
        return self.tr("What was pasted brought {signs}.").format(signs=f"<b>{found}</b>")

    def _count(self, kind: Leftover, count: int) -> str:
        match kind:
            case Leftover.BLANKS:
                return self.tr("%Ln unusual blank(s)", "", count)
            case Leftover.TABS:
                return self.tr("%Ln tab(s)", "", count)
            case Leftover.LINE_ENDS:
                return self.tr("%Ln odd line end(s)", "", count)
            case Leftover.INVISIBLE:
                return self.tr("%Ln invisible sign(s)", "", count)
            case Leftover.QUOTES:
                return self.tr('%Ln curly (quote/quotes): “ ” → " "', "", count)
            case Leftover.ACCENTS:
                return self.tr("%Ln accent(s) apart from (its letter/their letters)", "", count)

    def _choose_column(self, link: str) -> None:
        if isinstance(self._problem, PlaceholderUnknown):
            self.column_chosen.emit(self._problem.name, self._near[int(link)])

    def _want_fallback(self, at: int, _answer: int) -> None:
        self.fallback_wanted.emit(self._missing[at][0])

    def _answer_paste(self, answer: int) -> None:
        (self.left_as_pasted if answer else self.clean_wanted).emit()


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
