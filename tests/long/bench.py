"""Many mutants in one process: its tests are collected once, and each mutant is a fork of it."""

import gc
import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

import pytest
from _pytest.runner import runtestprotocol

from tests.long.passing import Passage, Watching, who_passes

AT_ONCE = 2
PATIENCE_S = 5
"""So much longer than ten times its usual time may a test take; then it hangs."""


def be_patient(test: Passage) -> None:
    """Let this process end when a test that begins now hangs."""
    signal.alarm(PATIENCE_S + round(10 * test.took_s))


class Change(NamedTuple):
    """A module's file and the code of one that is changed in a function."""

    file: str
    code: str
    lines: range


class Bench:
    """A pytest plugin that lets tests meet mutants instead of running them.

    It runs them once, watched, and tells ``looked``; then ``lives`` for each change, by its place,
    that nobody notices.
    """

    def __init__(
        self,
        files: Sequence[str],
        changes: Sequence[Change],
        scratch: Path,
        tell: Callable[[str], None],
    ) -> None:
        self.watching = Watching(files)
        self._changes = changes
        self._scratch = scratch
        self._tell = tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Watch all tests, then judge the changes."""
        for item, then in pairwise([*session.items, None]):
            assert item is not None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=then)
            if session.testsfailed:
                return True
        passages = self.watching.passages()
        (self._scratch / "passages").write_bytes(pickle.dumps(passages))
        self._tell("looked")
        functions = _functions({change.file for change in self._changes})
        for place in self._living(session, passages, functions):
            self._tell(f"lives {place}")
        return True

    def _living(
        self,
        session: pytest.Session,
        passages: Sequence[Passage],
        functions: Mapping[str, Mapping[tuple[str, int], Sequence[FunctionType]]],
    ) -> Iterator[int]:
        items = {item.nodeid: item for item in session.items}
        running: dict[int, int] = {}
        waiting = list(range(len(self._changes)))[::-1]
        while waiting or running:
            if waiting and len(running) < AT_ONCE:
                place = waiting.pop()
                change = self._changes[place]
                met = who_passes(passages, change.file, change.lines, all_of_them=False)
                tests = [(one, items[one.test]) for one in met]
                pid = os.fork()
                if not pid:
                    _own_folder(session, self._scratch / str(os.getpid()))
                    is_there = _put_in_place(change, functions[change.file])
                    os._exit(_run(tests) if is_there else 0)
                running[pid] = place
                continue
            pid, status = os.wait()
            shutil.rmtree(self._scratch / str(pid), ignore_errors=True)
            place = running.pop(pid)
            if status == 0:
                yield place


def _own_folder(session: pytest.Session, folder: Path) -> None:
    folder.mkdir()
    session.config._tmp_path_factory._basetemp = folder  # type: ignore[attr-defined]


def _run(tests: Sequence[tuple[Passage, pytest.Item]]) -> int:
    """Run tests until one fails."""
    for (passage, item), (_, then) in pairwise([*tests, (None, None)]):
        assert passage
        assert item
        be_patient(passage)
        if any(report.failed for report in runtestprotocol(item, nextitem=then, log=False)):
            return 1
    return 0


def _functions(files: set[str]) -> dict[str, dict[tuple[str, int], list[FunctionType]]]:
    """Return the functions that were made from these files, by name and first line."""
    found: dict[str, dict[tuple[str, int], list[FunctionType]]] = {file: {} for file in files}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in found:
            code = one.__code__
            key = code.co_qualname, code.co_firstlineno
            found[code.co_filename].setdefault(key, []).append(one)
    return found


def _put_in_place(
    change: Change, functions: Mapping[tuple[str, int], Sequence[FunctionType]]
) -> bool:
    """Give all functions of a module the code that they have in the changed one, if it fits."""
    source = Path(change.file).read_text(encoding="utf-8")
    old = _codes(compile(source, change.file, "exec"))
    new = _codes(compile(change.code, change.file, "exec"))
    if [code.co_qualname for code in old] != [code.co_qualname for code in new]:
        return False
    for before, after in zip(old, new, strict=True):
        for function in functions.get((before.co_qualname, before.co_firstlineno), ()):
            if before.co_freevars != after.co_freevars:
                return False
            function.__code__ = after
    return True


def _codes(code: CodeType) -> list[CodeType]:
    """Return the functions of a module and of its classes, in their order."""
    found: list[CodeType] = []
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            is_class = "__qualname__" in inner.co_names and "__module__" in inner.co_names
            found += _codes(inner) if is_class else [inner]
    return found
