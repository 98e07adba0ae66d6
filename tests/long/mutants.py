"""Change one thing at a time in the code that decides, and see that a test notices.

Each round is a mutant; fewer rounds than mutants are a random choice. A driver of our own: mutmut 3
changes only what stands in functions, but here tables and SQL decide; cosmic-ray starts an
interpreter for each mutant and leaves texts alone. A survivor needs its reason in MUTANTS.md.
"""

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from tests.long.figures import HOME, Figures
from tests.long.mutations import mutations

ROUNDS, SHORT_ROUNDS = 10**6, 0
AT_ONCE = 2
PATIENCE_S = 240
REASONS = Path(__file__).with_name("MUTANTS.md")
_SENDER = ("test_sender_rules.py", "test_sender_answers.py", "test_sender.py")
_JOURNAL = ("test_journal.py", "test_journal_laws.py")
TESTS: dict[str, Sequence[str]] = {
    "core/outcome.py": ("../core/test_outcome.py",),
    "engine/splitting.py": ("test_splitting.py", "test_sender_answers.py"),
    "engine/batching.py": ("test_batching.py",),
    "engine/journal/transaction.py": _JOURNAL,
    "engine/journal/values.py": _JOURNAL,
    "engine/journal/stop_list.py": ("test_stop_list.py", *_JOURNAL),
    "engine/journal/reader.py": (*_JOURNAL, "test_stop_list.py"),
    "engine/journal/reading.py": (*_JOURNAL, *_SENDER),
    "engine/journal/schema.py": (*_JOURNAL, "test_restored.py"),
    "engine/journal/standing.py": ("test_restored.py",),
    "engine/journal/stale.py": _SENDER,
    "engine/journal/deleting.py": ("test_deleting.py", "test_keeping.py"),
    "engine/journal/copies.py": ("test_keeping.py", "test_deleting.py"),
    "engine/journal/deliveries.py": ("test_tracker.py",),
    "engine/journal/store.py": (*_JOURNAL, "test_stop_list.py", *_SENDER),
    "engine/course.py": _SENDER,
    "engine/sending.py": _SENDER,
    "engine/sender.py": _SENDER,
    "engine/campaign_run.py": _SENDER,
}
"""What is changed, and the few tests that must notice."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one thing changed; nothing is where ``what`` is empty."""

    path: str
    what: str
    code: str

    @property
    def name(self) -> str:
        """Return what MUTANTS.md calls it."""
        return f"{self.path}: {self.what}"


def run(dice: random.Random, rounds: int) -> Figures:
    """Make mutants and let the tests meet them, two at a time; MUTANTS_OF narrows the modules."""
    paths = [path for path in TESTS if path.startswith(os.environ.get("MUTANTS_OF", ""))]
    everything = [mutant for path in paths for mutant in _mutants_of(path)]
    chosen = everything if rounds >= len(everything) else dice.sample(everything, rounds)
    reasons = REASONS.read_text(encoding="utf-8")
    sound = {mutant.path for mutant in _alive([_unchanged(path) for path in paths])}
    broken = [f"{path}: its tests fail unchanged" for path in paths if path not in sound]
    live, silent = 0, list[str]()
    for mutant in _alive([one for one in chosen if one.path in sound]):
        live += 1
        if mutant.name not in reasons:
            print(f"lives: {mutant.name}", flush=True)
            silent.append(mutant.name)
    killed = sum(mutant.path in sound for mutant in chosen) - live
    told = f"{len(chosen)} mutants: {killed} killed, {live - len(silent)} live for a reason"
    return Figures(told=(told,), broken=(*broken, *silent))


def _source(path: str) -> str:
    return (HOME / "cascade_desktop" / path).read_text(encoding="utf-8")


def _unchanged(path: str) -> Mutant:
    return Mutant(path, "", _source(path))


def _mutants_of(path: str) -> Iterator[Mutant]:
    for what, code in mutations(ast.parse(_source(path))):
        yield Mutant(path, what, code)


def _alive(mutants: Sequence[Mutant]) -> Iterator[Mutant]:
    """Yield the mutants that no test noticed."""
    running: dict[int, Mutant] = {}
    waiting = list(reversed(mutants))
    with TemporaryDirectory() as scratch:
        while waiting or running:
            if waiting and len(running) < AT_ONCE:
                mutant = waiting.pop()
                running[_start(mutant, scratch)] = mutant
                continue
            pid, status = os.wait()
            if status == 0:
                yield running.pop(pid)
            else:
                del running[pid]


def _start(mutant: Mutant, scratch: str) -> int:
    """Test a mutant in a child of this process, which has loaded what takes long to load."""
    import httpx  # noqa: F401
    import hypothesis  # noqa: F401
    import phonenumbers  # noqa: F401
    import pytest

    pid = os.fork()
    if pid:
        return pid
    signal.alarm(PATIENCE_S)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = scratch
    os.environ["PYTHONPATH"] = str(HOME)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    for name in [name for name in sys.modules if name.startswith("cascade_desktop")]:
        del sys.modules[name]
    sys.path.insert(0, str(HOME))
    sys.meta_path.insert(0, _Instead(mutant))
    tests = [str(HOME / "tests" / "engine" / name) for name in TESTS[mutant.path]]
    options = ["-c", os.devnull, "--rootdir", str(HOME), "-x", "-q", "-p", "no:cacheprovider"]
    os._exit(int(pytest.main([*options, "-p", "no:pytest-qt", *tests])))


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads a mutant in its module's place."""

    def __init__(self, mutant: Mutant) -> None:
        self._code = mutant.code
        self._file = str(HOME / "cascade_desktop" / mutant.path)
        self._name = f"cascade_desktop/{mutant.path}".removesuffix(".py").replace("/", ".")

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._file, loader=self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:  # noqa: ARG002
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._code, self._file, "exec"), module.__dict__)  # noqa: S102
