"""Where file windows open: in the folder the operator works in, never the program's own."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


class Folders:
    """Knows the folder used last, and that of the list that is open."""

    def __init__(self) -> None:
        self._last: Path | None = None
        self.of_list: Path | None = None
        """None where the list is no file of the operator's."""

    def use(self, path: Path) -> None:
        """Take the folder of a file that was opened or saved."""
        self._last = path.parent

    def start(self) -> Path:
        """Return the folder to begin in: used last, else the list's, else for documents."""
        for folder in (self._last, self.of_list):
            if folder is not None and folder.is_dir():
                return folder
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(documents) or Path.home())
