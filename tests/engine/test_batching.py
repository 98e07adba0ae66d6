import pytest
from campaigns import FakeTime

from cascade_desktop.engine.batching import (
    Absence,
    Backoff,
    BatchSize,
    Pace,
    UnknownWatch,
)
from cascade_desktop.engine.waits import Waits


class TestBatchSize:
    def test_it_grows_with_clean_batches(self) -> None:
        size = BatchSize()
        assert size.largest == 0
        seen = []
        for _ in range(22):
            seen.append(size.now)
            size.went_well(size.now)
        assert seen == [10, *[100] * 19, 1000, 1000]
        assert size.largest == 1000

    def test_any_trouble_begins_again(self) -> None:
        size = BatchSize()
        size.went_well(10)
        size.had_trouble(100)
        assert (size.now, size.largest) == (10, 100)

    @pytest.mark.parametrize(("refused", "limit"), [(10, 5), (5, 2), (2, 1)])
    def test_a_body_that_was_too_large_stays_too_large(self, refused: int, limit: int) -> None:
        size = BatchSize()
        size.was_too_large(refused)
        for _ in range(30):
            size.went_well(1)
        assert size.now == limit

    def test_it_only_ever_gets_smaller(self) -> None:
        size = BatchSize()
        size.was_too_large(4)
        size.was_too_large(50)
        assert size.limit == 2

    def test_when_one_alone_was_too_large_their_number_is_not_the_matter(self) -> None:
        size = BatchSize()
        size.was_too_large(2)
        size.was_too_large(1)
        assert size.now == 1
        size.went_well(1)
        assert size.now == 100


class TestPace:
    def test_a_batch_waits_for_the_one_before(self) -> None:
        pace = Pace(FakeTime().waits, 200.0)
        assert [pace.delay_s(100), pace.delay_s(1000), pace.delay_s(1)] == [0.0, 0.5, 5.5]

    def test_time_that_has_passed_counts(self) -> None:
        time = FakeTime()
        pace = Pace(time.waits, 100.0)
        pace.delay_s(100)
        time.at = 0.75
        assert pace.delay_s(1) == pytest.approx(0.25)

    def test_without_a_ceiling_nothing_waits(self) -> None:
        pace = Pace(FakeTime().waits, None)
        assert [pace.delay_s(1000), pace.delay_s(1000)] == [0.0, 0.0]

    def test_it_never_falls_below_one_a_second(self) -> None:
        pace = Pace(FakeTime().waits, 4.0)
        for _ in range(9):
            pace.slow_down()
        pace.delay_s(10)
        assert pace.delay_s(1) == 10.0

    @pytest.mark.parametrize(
        ("ceiling", "minutes", "expected"),
        [
            pytest.param(100.0, 0.99, 20.0, id="not a minute yet"),
            pytest.param(100.0, 1, 1000 / 55, id="a tenth more"),
            pytest.param(100.0, 2, 1000 / 60.5, id="a tenth of that"),
            pytest.param(100.0, 60, 10.0, id="no more than before"),
            pytest.param(None, 1, 1000 / 110, id="half of the usual, no ceiling"),
            pytest.param(None, 60, 0.0, id="no ceiling again"),
        ],
    )
    def test_what_was_halved_is_regained_by_the_minute(
        self, ceiling: float | None, minutes: float, expected: float
    ) -> None:
        time = FakeTime()
        pace = Pace(time.waits, ceiling)
        pace.slow_down()
        time.at = minutes * 60
        pace.delay_s(1000)
        assert pace.delay_s(1) == pytest.approx(expected)

    @pytest.mark.parametrize("scale", [0.0, 0.01])
    def test_it_keeps_to_the_scale_of_its_waits(self, scale: float) -> None:
        pace = Pace(Waits(scale=scale, monotonic=lambda: 7.0), 100.0)
        pace.slow_down()
        pace.delay_s(100)
        assert pace.delay_s(1) == pytest.approx(2.0 if scale else 0.0)

    def test_a_minute_is_as_long_as_its_waits_are(self) -> None:
        now = 0.0
        pace = Pace(Waits(scale=0.01, monotonic=lambda: now), 100.0)
        pace.slow_down()
        now = 1.25
        pace.delay_s(1000)
        assert pace.delay_s(1) == pytest.approx(1000 / 60.5)


class TestBackoff:
    def test_waits_double_to_a_minute_and_ten_minutes_in_all(self) -> None:
        backoff = Backoff(FakeTime().waits)
        waits = list(iter(backoff.next_s, None))
        assert waits[:7] == [2, 4, 8, 16, 32, 60, 60]
        assert sum(wait for wait in waits if wait) == 600

    def test_after_a_success_it_begins_again(self) -> None:
        backoff = Backoff(FakeTime().waits, budget_s=5.0)
        assert [backoff.next_s(), backoff.next_s(), backoff.next_s()] == [2, 3, None]
        backoff.reset()
        assert [backoff.next_s(), backoff.next_s(), backoff.next_s()] == [2, 3, None]

    def test_the_dice_may_fall_on_nothing_but_not_for_ever(self) -> None:
        backoff = Backoff(Waits(uniform=lambda low, _: low), budget_s=1.0)
        assert len(list(iter(backoff.next_s, None))) == 20

    def test_what_the_service_asks_for_is_kept_and_counted(self) -> None:
        backoff = Backoff(FakeTime().waits)
        assert [backoff.next_s(900.0), backoff.next_s()] == [900.0, None]

    def test_it_never_tires_without_a_budget(self) -> None:
        backoff = Backoff(FakeTime().waits, budget_s=float("inf"))
        assert {backoff.next_s() for _ in range(3_000)} == {2, 4, 8, 16, 32, 60}


class TestUnknownWatch:
    def test_one_unknown_batch_is_borne(self) -> None:
        assert not UnknownWatch(1_000).note(10, 10)

    def test_a_second_one_soon_after_is_not(self) -> None:
        watch = UnknownWatch(10**6)
        assert [watch.note(10, 100), *(watch.note(0, 100) for _ in range(18))] == [False] * 19
        assert watch.note(1, 100)

    def test_a_batch_with_one_unknown_message_counts_too(self) -> None:
        watch = UnknownWatch(10**6)
        assert [watch.note(1, 100), watch.note(1, 100)] == [False, True]

    def test_a_second_one_much_later_is(self) -> None:
        watch = UnknownWatch(10**6)
        watch.note(10, 100)
        for _ in range(19):
            watch.note(0, 100)
        assert not watch.note(10, 100)

    @pytest.mark.parametrize(
        ("planned", "largest", "pauses"),
        [
            pytest.param(100, 14, True, id="more than a batch"),
            pytest.param(100, 15, False, id="no more than a batch"),
            pytest.param(1_499, 10, True, id="more than a hundredth"),
            pytest.param(1_500, 10, False, id="no more than a hundredth"),
        ],
    )
    def test_a_batch_or_a_hundredth_is_the_most(
        self, planned: int, largest: int, pauses: bool
    ) -> None:
        assert UnknownWatch(planned).note(15, largest) is pauses


class TestAbsence:
    HALF_AN_HOUR = 1_800.0

    @pytest.mark.parametrize(("more_s", "is_long"), [(0.0, False), (1.0, True)])
    def test_half_an_hour_without_an_answer_is_long(self, more_s: float, is_long: bool) -> None:
        time = FakeTime()
        absence = Absence(time.waits)
        time.at = self.HALF_AN_HOUR + more_s
        assert absence.is_long() is is_long

    def test_an_answer_begins_it_anew(self) -> None:
        time = FakeTime()
        absence = Absence(time.waits)
        for _ in range(9):
            time.at += self.HALF_AN_HOUR
            absence.heard()
        assert not absence.is_long()

    def test_an_answer_after_a_long_sleep_does_not(self) -> None:
        time = FakeTime()
        absence = Absence(time.waits)
        time.at = self.HALF_AN_HOUR + 1
        absence.heard()
        assert absence.is_long()
        absence.begin()
        assert not absence.is_long()

    @pytest.mark.parametrize(
        ("stale_s", "is_long"),
        [
            pytest.param(None, False, id="time matters little"),
            pytest.param(61, False, id="not yet"),
            pytest.param(60, False, id="just not yet"),
            pytest.param(59, True, id="stale"),
        ],
    )
    def test_what_goes_stale_has_less_time(self, stale_s: float | None, is_long: bool) -> None:
        time = FakeTime()
        absence = Absence(time.waits)
        time.at = 100.0
        absence.not_heard()
        time.at = 130.0
        absence.not_heard()
        time.at = 160.0
        assert absence.is_long(stale_s) is is_long
        absence.heard()
        assert not absence.is_long(stale_s)
