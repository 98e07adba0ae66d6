"""Which tests pass through which lines: nobody else can notice what is changed there."""

import time
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from coverage import Coverage

FEW, SHORT_S = 60, 2.0
"""So many tests a mutant in a function meets at first; none of them takes longer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A test's way through the watched files."""

    test: str
    took_s: float
    lines_of: Mapping[str, Collection[int]]


class Watching:
    """A pytest plugin that notes the way of each test."""

    def __init__(self, files: Sequence[str]) -> None:
        self._coverage = Coverage(data_file=None, include=list(files))
        self._files = files
        self._took_s: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Watch a test, what is set up for it included."""
        began = time.monotonic()
        if not self._took_s:
            self._coverage.start()
        self._coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._took_s[item.nodeid] = time.monotonic() - began

    def passages(self) -> tuple[Passage, ...]:
        """Return the ways of all tests."""
        self._coverage.stop()
        found = self._coverage.get_data()
        lines_of: dict[str, dict[str, set[int]]] = {test: {} for test in self._took_s}
        for file in self._files:
            for line, tests in found.contexts_by_lineno(file).items():
                for test in tests:
                    lines_of[test].setdefault(file, set()).add(line)
        return tuple(Passage(test, took, lines_of[test]) for test, took in self._took_s.items())


class Only:
    """A pytest plugin that runs these tests in this order."""

    def __init__(self, tests: Sequence[Passage], before: Callable[[Passage], None]) -> None:
        self._tests = {passage.test: passage for passage in tests}
        self._before = before

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out all others."""
        found = {item.nodeid: item for item in items}
        items[:] = [found[test] for test in self._tests if test in found]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Tell that a test begins."""
        self._before(self._tests[item.nodeid])


def who_passes(
    passages: Sequence[Passage], file: str, lines: Collection[int] | None, *, all_of_them: bool
) -> tuple[Passage, ...]:
    """Return who passes through one of these lines: all, or the few short ones who see little else.

    They come by what they see: half of them see least of all files, half least of other files. What
    runs when the module is imported may change anything: everybody may meet it.
    """

    def seen(passage: Passage) -> int:
        return sum(map(len, passage.lines_of.values()))

    def share(passage: Passage) -> float:
        return len(passage.lines_of.get(file, ())) / max(seen(passage), 1)

    asked = None if lines is None else set(lines)
    met = [
        one
        for one in passages
        if (all_of_them or one.took_s < SHORT_S)
        and (asked is None or not asked.isdisjoint(one.lines_of.get(file, ())))
    ]
    devoted = sorted(met, key=lambda one: (-share(one), one.took_s))
    narrow = sorted(met, key=lambda one: (file not in one.lines_of, seen(one), one.took_s))
    both = (one for pair in zip(devoted, narrow, strict=True) for one in pair)
    chosen = tuple({one.test: one for one in both}.values())
    return chosen if all_of_them or lines is None else chosen[:FEW]
