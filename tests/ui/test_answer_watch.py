"""When a service takes its time, and since when; by a clock that the test turns."""

from datetime import UTC, datetime, timedelta

import pytest

from cascade_desktop.engine.client import DEADLINE_S
from cascade_desktop.engine.waits import Waits
from cascade_desktop.ui.answer_watch import LONG_AFTER_S, SLOW_AFTER_S, AnswerWatch, Silence

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self, scale: float = 1.0) -> None:
        self.passed_s = 0.0
        self.watch = AnswerWatch(
            Waits(
                scale=scale,
                monotonic=lambda: 900.0 + self.passed_s,
                now=lambda: NOON + timedelta(seconds=self.passed_s),
            )
        )

    def after(self, seconds: float, *, under_way: bool = True, heard: bool = False) -> object:
        self.passed_s += seconds
        return self.watch.look(under_way=under_way, heard=heard)


def test_an_answer_within_a_few_seconds_is_no_news() -> None:
    clock = Clock()
    clock.after(0)

    assert clock.after(SLOW_AFTER_S - 0.1) is None


def test_it_tells_since_when_the_batch_is_under_way() -> None:
    clock = Clock()
    clock.after(60, under_way=False)
    clock.after(1)

    since = NOON + timedelta(seconds=61)
    until = since + timedelta(seconds=DEADLINE_S)
    assert clock.after(SLOW_AFTER_S) == Silence(since, until, is_long=False)
    assert clock.after(LONG_AFTER_S) == Silence(since, until, is_long=True)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param({"under_way": False}, id="the batch is over"),
        pytest.param({"heard": True}, id="another batch is under way"),
    ],
)
def test_what_is_over_counts_no_more(end: dict[str, bool]) -> None:
    clock = Clock()
    clock.after(0)
    clock.after(SLOW_AFTER_S)

    assert clock.after(0.1, **end) is None
    assert clock.after(SLOW_AFTER_S - 0.2) is None


def test_where_waits_are_short_so_is_this_one() -> None:
    clock = Clock(scale=0.1)
    clock.after(0)

    until = NOON + timedelta(seconds=DEADLINE_S / 10)
    assert clock.after(SLOW_AFTER_S / 10) == Silence(NOON, until, is_long=False)
