"""The one exception of reading: the file gave no table, and why."""

from typing import NoReturn

from cascade_desktop.core.reading_problems import FileFault, FileProblem


class UnreadableFileError(Exception):
    """No table came of a file; `problem` says why, for the wording."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.fault.value)
        self.problem = problem


def refuse(fault: FileFault, detail: str = "", count: int = 0, limit: int = 0) -> NoReturn:
    """Stop reading; the file's name is added by who knows it."""
    raise UnreadableFileError(FileProblem(fault, detail=detail, count=count, limit=limit))
