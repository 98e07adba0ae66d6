from collections.abc import Iterator
from pathlib import Path

import pytest
from shapes import NOW, Caller

from cascade_desktop.practice.server import PracticeServer


class Clock:
    """A clock that stands still until it is told to go."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(tmp_path: Path, clock: Clock) -> Iterator[PracticeServer]:
    with PracticeServer(tmp_path / "practice", clock=clock) as running:
        yield running


@pytest.fixture
def caller(server: PracticeServer) -> Iterator[Caller]:
    talking = Caller(server.base_url)
    with talking.http:
        yield talking
