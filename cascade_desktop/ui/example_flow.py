"""Make a workbook to be filled in, with the columns that the message being written needs."""

from pathlib import Path

from PySide6.QtCore import QObject

from cascade_desktop.core.column_names import phone_word
from cascade_desktop.core.drafts import Draft, text_of
from cascade_desktop.core.numbering import phone_hint
from cascade_desktop.core.template import match_key, parse
from cascade_desktop.engine.tables.example_file import write_example
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.worker import Worker
from cascade_desktop.ui.file_choice import choose_example
from cascade_desktop.ui.list_desk import ListDesk
from cascade_desktop.ui.main_window import MainWindow
from cascade_desktop.ui.message_dialog import MessageDialog
from cascade_desktop.ui.saved_dialog import SavedDialog
from cascade_desktop.ui.tasks import Tasks
from cascade_desktop.ui.wording import say_report_problem


class ExampleFlow(QObject):
    """Asks where the example goes and writes it."""

    def __init__(self, window: MainWindow, tasks: Tasks, lists: ListDesk) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._lists = lists
        window.compose.example_wanted.connect(self.ask)

    def ask(self) -> None:
        """Ask where to save an example for the message as it is now."""
        name = self.tr("Example list") + ".xlsx"
        choose_example(self._window, name, self._save)

    def _save(self, path: Path) -> None:
        self._tasks.spawn(self.write(path))

    async def write(self, path: Path) -> None:
        """Write the example, or say why it could not be written."""
        names = example_names(self._window.compose.message_card.form.draft)
        phone = next((name for name in names if phone_word(name) > 1), self.tr("Phone"))
        others = [name for name in names if name != phone]
        hint = phone_hint(self._lists.choice.country)
        note = self.tr("← This row is an example. Write your own people instead of it.")
        worker = Worker()
        try:
            await worker.run(write_example, path, phone, others, hint, note)
            title = self.tr("The example is saved: fill it in, then open it here")
            SavedDialog(title, path, self._window).open()
        except ReportNotWrittenError as error:
            words = say_report_problem(error.problem)
            MessageDialog(self.tr("This did not work"), words, self._window).open()
        finally:
            worker.close()


def example_names(draft: Draft) -> list[str]:
    """Return the columns that a draft's text needs, each once however it is written."""
    found: dict[str, str] = {}
    for placeholder in parse(text_of(draft)).placeholders:
        found.setdefault(match_key(placeholder.name), placeholder.name.strip())
    return list(found.values())
