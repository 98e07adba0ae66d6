"""Change one thing at a time in the code that decides, and see that a test notices.

Each round is a mutant; fewer rounds than mutants are a random choice. A driver of our own: mutmut 3
changes only what stands in functions, but here tables and SQL decide; cosmic-ray starts an
interpreter for each mutant and leaves texts alone. A first pass notes which test passes through
which line; a mutant meets some of those, the most particular first, and all of them before it is
called a survivor. That needs its reason in MUTANTS.md.
"""

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import pickle
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from tests.long.bench import AT_ONCE, Bench, Change, be_patient
from tests.long.figures import HOME, Figures
from tests.long.mutations import Mutation, mutations
from tests.long.passing import Only, Passage, who_passes

ROUNDS, SHORT_ROUNDS = 10**6, 0
REASONS = Path(__file__).with_name("MUTANTS.md")
MODULES = (
    "core/outcome.py",
    *(
        f"engine/{name}.py"
        for name in ("splitting", "batching", "ledger", "lock", "course", "sending")
    ),
    *(
        f"engine/journal/{name}.py"
        for name in (
            "transaction", "values", "stop_list", "reader", "reading", "schema", "standing",
            "stale", "deleting", "copies", "checking", "deliveries", "writing", "batches", "store",
            "trials",
        )
    ),
    "engine/sender.py",
    "engine/campaign_run.py",
)  # fmt: skip
"""What is changed."""
TESTS = (
    "core/test_outcome.py",
    *(
        f"engine/test_{name}.py"
        for name in (
            "batching", "checking", "comeback", "course", "deleting", "handing_on", "holding",
            "intents", "journal", "journal_deliveries", "journal_laws", "journal_reading",
            "journal_writing", "ledger", "lock", "private", "restored", "sender",
            "sender_answers", "sender_rules", "splitting", "stop_list", "tracker", "workspace",
            "moved_away", "told_meanwhile", "journal_file", "trials",
        )
    ),
)  # fmt: skip
"""What must notice."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one thing changed."""

    path: str
    change: Mutation

    @property
    def name(self) -> str:
        """Return what MUTANTS.md calls it."""
        return f"{self.path}: {self.change.what}"


def run(dice: random.Random, rounds: int) -> Figures:
    """Make mutants and let the tests meet them, two at a time; MUTANTS_OF narrows them by name."""
    wanted = tuple(os.environ.get("MUTANTS_OF", "").split(","))
    everything = [
        mutant for path in MODULES for mutant in _mutants_of(path) if mutant.name.startswith(wanted)
    ]
    chosen = everything if rounds >= len(everything) else dice.sample(everything, rounds)
    reasons = REASONS.read_text(encoding="utf-8")
    live, silent = 0, list[str]()
    with TemporaryDirectory() as scratch:
        try:
            for mutant in _survivors(chosen, Path(scratch), reasons):
                live += 1
                if not _has_reason(mutant, reasons):
                    print(f"lives: {mutant.name}", flush=True)
                    silent.append(mutant.name)
        except UnsoundError:
            return Figures(told=(), broken=("the tests fail unchanged",))
    killed = len(chosen) - live
    told = f"{len(chosen)} mutants: {killed} killed, {live - len(silent)} live for a reason"
    return Figures(told=(told,), broken=tuple(silent))


def _has_reason(mutant: Mutant, reasons: str) -> bool:
    return f"`{mutant.name}`" in reasons


class UnsoundError(Exception):
    """A test fails where nothing was changed."""


def _file(path: str) -> str:
    return str(HOME / "cascade_desktop" / path)


def _mutants_of(path: str) -> Iterator[Mutant]:
    for change in mutations(ast.parse(Path(_file(path)).read_text(encoding="utf-8"))):
        yield Mutant(path, change)


def _survivors(mutants: Sequence[Mutant], scratch: Path, reasons: str) -> Iterator[Mutant]:
    """Yield the mutants that no test noticed.

    What is changed in a function is judged at the bench, quickly. What lives there, and what runs
    at import, is loaded anew, for something may have been kept from before it was changed. What
    lives then without a reason meets all tests that pass it, the long ones too.
    """
    inside = [mutant for mutant in mutants if mutant.change.lines is not None]
    again = [mutant for mutant in mutants if mutant.change.lines is None]
    told = _at_the_bench(sorted({_file(one.path) for one in mutants}), inside, scratch)
    if next(told, "") != "looked":
        raise UnsoundError
    passages: Sequence[Passage] = pickle.loads((scratch / "passages").read_bytes())  # noqa: S301
    for line in told:
        again.append(inside[int(line.split()[1])])
        print(f"perhaps: {again[-1].name}", flush=True)
    unexplained = list[Mutant]()
    for mutant in _alive(again, passages, scratch, all_of_them=False):
        if _has_reason(mutant, reasons):
            yield mutant
        else:
            unexplained.append(mutant)
    yield from _alive(unexplained, passages, scratch, all_of_them=True)


def _at_the_bench(files: Sequence[str], inside: Sequence[Mutant], scratch: Path) -> Iterator[str]:
    """Yield what a bench tells."""
    reader, writer = os.pipe()

    def work() -> int:
        changes = [
            Change(_file(one.path), one.change.code, one.change.lines)
            for one in inside
            if one.change.lines is not None
        ]
        tell = partial(print, file=os.fdopen(writer, "w"), flush=True)
        bench = Bench(files, changes, scratch, tell)
        return _run_pytest(TESTS, bench, bench.watching)

    pid = _fork(work, scratch)
    os.close(writer)
    with os.fdopen(reader) as lines:
        yield from map(str.strip, lines)
    os.waitpid(pid, 0)


def _alive(
    mutants: Sequence[Mutant], passages: Sequence[Passage], scratch: Path, *, all_of_them: bool
) -> Iterator[Mutant]:
    """Yield the mutants that no test noticed when they were loaded in their module's place."""
    running: dict[int, Mutant] = {}
    waiting = list(reversed(mutants))
    while waiting or running:
        if waiting and len(running) < AT_ONCE:
            mutant = waiting.pop()
            file, lines = _file(mutant.path), mutant.change.lines
            tests = who_passes(passages, file, lines, all_of_them=all_of_them)
            if tests:
                running[_meet(mutant, tests, scratch)] = mutant
            else:
                yield mutant
            continue
        pid, status = os.wait()
        mutant = running.pop(pid)
        if status == 0:
            yield mutant


def _meet(mutant: Mutant, tests: Sequence[Passage], scratch: Path) -> int:
    """Let tests meet a mutant in a child of this process; return its id."""
    names = [passage.test for passage in tests]
    files = dict.fromkeys(name.split("::")[0].removeprefix("tests/") for name in names)

    def meet() -> int:
        sys.meta_path.insert(0, _Instead(mutant))
        return _run_pytest(tuple(files), Only(tests, be_patient))

    return _fork(meet, scratch)


def _run_pytest(files: Sequence[str], *plugins: object) -> int:
    import pytest

    tests = [str(HOME / "tests" / file) for file in files]
    options = ["-c", os.devnull, "--rootdir", str(HOME), "-x", "-q", "-p", "no:cacheprovider"]
    return int(pytest.main([*options, "-p", "no:pytest-qt", "-s", *tests], plugins))


def _fork(work: Callable[[], int], scratch: Path) -> int:
    """Work in a child of this process, which has loaded what takes long to load."""
    import httpx  # noqa: F401
    import hypothesis  # noqa: F401
    import phonenumbers  # noqa: F401

    pid = os.fork()
    if pid:
        return pid
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(scratch)
    os.environ["PYTHONPATH"] = str(HOME)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    for name in [name for name in sys.modules if name.startswith("cascade_desktop")]:
        del sys.modules[name]
    sys.path.insert(0, str(HOME))
    os._exit(work())


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads a mutant in its module's place."""

    def __init__(self, mutant: Mutant) -> None:
        self._code = mutant.change.code
        self._file = _file(mutant.path)
        self._name = f"cascade_desktop/{mutant.path}".removesuffix(".py").replace("/", ".")

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._file, loader=self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:  # noqa: ARG002
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._code, self._file, "exec"), module.__dict__)  # noqa: S102
