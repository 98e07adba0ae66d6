"""What the operator sees of a campaign: the window's own model, fed as the window feeds it."""

from collections.abc import Iterable

from cascade_desktop.core.states import State
from cascade_desktop.engine.journal.values import Counts, Entry, Head
from cascade_desktop.engine.sending import Progress
from cascade_desktop.ui.campaign_report import report_of
from cascade_desktop.ui.results_model import Column, ResultsModel
from cascade_desktop.ui.row_outcome import Outcome, outcome_of
from cascade_desktop.ui.typed_phones import with_typed_phones

Line = tuple[str, ...]
_SHOWN = (
    Column.ROW,
    Column.OUTCOME,
    Column.WHY,
    Column.TRACKING_ID,
    Column.MESSAGE_ID,
    Column.TIME,
)


class Screen:
    """The results page's model; nothing tells it more than the window would be told."""

    def __init__(self, head: Head, entries: Iterable[Entry]) -> None:
        self.code = head.code
        self._model = ResultsModel(head.columns, head.phone_column, head.id_stem)
        self._model.stream(list(with_typed_phones(head, entries)))

    def takes(self, progress: Progress) -> None:
        """Show what a batch changed."""
        self._model.apply(progress.changes)

    def counts(self) -> dict[Outcome, int]:
        """Return the tallies above the grid; what is being sent is counted as waiting there."""
        tallies = dict(self._model.counts())
        tallies[Outcome.WAITING] += tallies.pop(Outcome.SENDING)
        return tallies

    def lines(self) -> list[Line]:
        """Return the grid, hidden columns too."""
        model = self._model
        columns = [model.column_of(kind) for kind in _SHOWN]
        return [
            tuple(str(model.index(row, column).data()) for column in columns)
            for row in range(model.rowCount())
        ]


def counts_of(counts: Counts) -> dict[Outcome, int]:
    """Return the tallies that the journal's totals call for."""
    tallies = dict.fromkeys(Outcome, 0)
    for state in State:
        tallies[outcome_of(state)] += getattr(counts, state.value)
    tallies[Outcome.WAITING] += tallies.pop(Outcome.SENDING)
    return tallies


def report_lines(head: Head, entries: Iterable[Entry]) -> list[Line]:
    """Return what a report says of each row, in the words of the grid."""
    return [
        (str(row.row), row.outcome, row.reason, row.tracking_id, row.message_id, row.sent_local)
        for row in report_of(head, entries, practice=True).rows
    ]
