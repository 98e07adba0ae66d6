"""What follows each outcome: how much next, after which wait, or an end and why."""

from dataclasses import replace

import pytest
from campaigns import NOON, FakeTime

from cascade_desktop.core.outcome import Judgement, Next, ServiceWords
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.course import Course, settlement_of
from cascade_desktop.engine.journal.values import Settlement, Waiting
from cascade_desktop.engine.sending import GO_ON, End, Step

ALL = tuple(range(1, 101))
WORDS = ServiceWords("BAD", "said", "text")


@pytest.fixture
def course() -> Course:
    """Return a course of 100,000 messages whose waits are always the longest."""
    return Course(FakeTime().waits, 100_000)


def judged(
    after: Next,
    reason: Reason = Reason.NONE,
    wait_s: float | None = None,
    rest: State = State.READY,
) -> Judgement:
    return Judgement({}, rest, after, reason, wait_s, WORDS)


def troubled(
    course: Course, verdict: Judgement, size: int = 100, *, rest: tuple[int, ...] | None = None
) -> Step:
    numbers = ALL[:size] if rest is None else rest
    return course.had_trouble(size, numbers, verdict, may_split=True)


def ends(reason: Reason, words: ServiceWords | None = None) -> Step:
    return Step(end=End(CampaignState.PAUSED, reason, words or ServiceWords()))


def test_to_go_on_is_to_wait_for_nothing() -> None:
    assert (GO_ON.wait_s, GO_ON.reason, GO_ON.slow_down, GO_ON.end) == (0.0, "", False, None)


def test_what_goes_well_is_followed_by_more_and_trouble_by_few(course: Course) -> None:
    sizes = [course.size]
    assert course.went_well(10) == GO_ON
    sizes.append(course.size)
    troubled(course, judged(Next.RETRY))
    assert [*sizes, course.size] == [10, 100, 10]


def test_a_short_retry_is_made_twice_and_after_a_success_twice_again(course: Course) -> None:
    short = judged(Next.RETRY_TWICE, Reason.SERVER_BUSY)
    first = [troubled(course, short) for _ in range(2)]
    course.went_well(10)
    again = [troubled(course, short) for _ in range(3)]

    waits = [Step(wait_s=wait, reason=Reason.SERVER_BUSY) for wait in (2.0, 4.0)]
    assert (first, again) == (waits, [*waits, ends(Reason.SERVER_BUSY)])


def test_ten_minutes_of_trouble_end_it_and_a_success_begins_them_anew(course: Course) -> None:
    busy = judged(Next.RETRY, Reason.SERVER_BUSY)
    for _ in range(2):
        while not (step := troubled(course, busy)).end:
            assert (step.reason, step.slow_down) == (Reason.SERVER_BUSY, False)
        assert step == ends(Reason.SERVER_BUSY)
        course.went_well(10)


def test_a_retry_is_never_made_sooner_than_it_was_asked_for(course: Course) -> None:
    asked = judged(Next.RETRY, Reason.SERVER_BUSY, 90.0)
    assert troubled(course, asked).wait_s == 90.0


def test_a_retry_is_as_soon_as_the_dice_say() -> None:
    waits = replace(FakeTime().waits, uniform=lambda least, _: least)
    step = troubled(Course(waits, 100), judged(Next.RETRY, Reason.SERVER_BUSY))
    assert (step.wait_s, step.end) == (0.0, None)


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        pytest.param(None, [2.0, 4.0, 8.0], id="no time given"),
        pytest.param(0.0, [2.0, 4.0, 8.0], id="at once"),
        pytest.param(0.25, [1.0] * 3, id="a moment"),
        pytest.param(900.0, [900.0] * 3, id="as long as it was asked for"),
    ],
)
def test_too_fast_is_waited_out_for_ever_and_slows_down(
    course: Course, asked: float | None, waits: list[float]
) -> None:
    fast = judged(Next.WAIT, Reason.TOO_FAST, asked)
    steps = [troubled(course, fast) for _ in range(40)]
    assert [step.wait_s for step in steps[:3]] == waits
    assert {(step.reason, step.slow_down, step.end) for step in steps} == {
        (Reason.TOO_FAST, True, None)
    }
    course.went_well(10)
    assert troubled(course, fast).wait_s == waits[0]


def test_what_is_too_large_is_halved_at_once(course: Course) -> None:
    assert troubled(course, judged(Next.HALVE, Reason.TOO_LARGE), 8) == GO_ON
    course.went_well(4)
    assert course.size == 4


@pytest.mark.parametrize("after", [Next.HALVE, Next.RETRY, Next.WAIT])
def test_a_piece_that_nobody_judged_is_tried_again(course: Course, after: Next) -> None:
    troubled(course, judged(Next.SPLIT, Reason.BATCH_REFUSED), 4)
    assert course.next_piece() == (1, 2)
    troubled(course, judged(after), 2)
    assert course.next_piece()[:1] == (1,)


def test_a_refusal_is_searched_only_where_that_is_allowed(course: Course) -> None:
    refused = judged(Next.SPLIT, Reason.BATCH_REFUSED)
    told = course.had_trouble(4, ALL[:4], refused, may_split=False)
    assert (told, course.next_piece()) == (ends(Reason.BATCH_REFUSED, WORDS), ())
    assert course.had_trouble(4, ALL[:4], refused, may_split=True, named=3) == GO_ON
    assert course.next_piece() == (3,)
    assert course.went_well(1) == GO_ON
    assert course.next_piece() == (1, 2, 4)


def test_a_search_ends_when_all_are_refused_for_what_they_share(course: Course) -> None:
    shared = judged(Next.SPLIT, Reason.BATCH_REFUSED)
    steps = [troubled(course, shared, 1) for _ in range(3)]
    assert steps[:2] == [GO_ON] * 2
    assert steps[2] == ends(Reason.ALL_REFUSED, WORDS)


def test_a_stop_says_why_in_the_services_words(course: Course) -> None:
    stop = judged(Next.STOP, Reason.KEY_REFUSED)
    assert troubled(course, stop) == ends(Reason.KEY_REFUSED, WORDS)


@pytest.mark.parametrize("after", [Next.GO_ON, Next.PROBE])
def test_unknown_ones_are_gone_on_from_until_a_second_batch_has_some(
    course: Course, after: Next
) -> None:
    lost = judged(after, Reason.NO_ANSWER, rest=State.UNKNOWN)
    assert troubled(course, lost, 10) == GO_ON
    course.went_well(10)
    assert troubled(course, lost, 10) == ends(Reason.TOO_MANY_UNKNOWN)


def test_twenty_batches_later_an_unknown_one_is_the_first_again(course: Course) -> None:
    lost = judged(Next.PROBE, Reason.NO_ANSWER, rest=State.UNKNOWN)
    troubled(course, lost, 10)
    for _ in range(19):
        course.went_well(1000)
    assert troubled(course, lost, 10) == GO_ON


def waiting(number: int, *, again: bool = False) -> Waiting:
    return Waiting(number, number - 1, "+380501112233", "Hello", NOON, again)


NAMED = ServiceWords("BAD", "said", "text", item=2, value="+380501112233")


@pytest.mark.parametrize(
    ("batch", "after", "reason", "may_split", "state", "why", "decided"),
    [
        pytest.param((waiting(1),), Next.SPLIT, Reason.BATCH_REFUSED, True,
                     State.REFUSED, Reason.BATCH_REFUSED, None, id="one"),
        pytest.param((waiting(1),), Next.HALVE, Reason.TOO_LARGE, False,
                     State.REFUSED, Reason.TOO_LARGE, None, id="one too large"),
        pytest.param((waiting(1, again=True),), Next.SPLIT, Reason.BATCH_REFUSED, True,
                     State.UNKNOWN, Reason.REFUSED_AGAIN, None, id="one that may have arrived"),
        pytest.param((waiting(1, again=True),), Next.PROBE, Reason.CONFLICT, False,
                     State.UNKNOWN, Reason.ALREADY_KNOWN, Resolution.MARKED_SENT, id="one known"),
        pytest.param((waiting(1),), Next.PROBE, Reason.CONFLICT, False,
                     State.READY, Reason.CONFLICT, None, id="one not known to have left"),
        pytest.param((waiting(1, again=True),), Next.PROBE, Reason.SERVER_ERROR, False,
                     State.READY, Reason.SERVER_ERROR, None, id="one that nobody knows of"),
        pytest.param((waiting(1, again=True), waiting(2, again=True)), Next.PROBE, Reason.CONFLICT,
                     False, State.READY, Reason.CONFLICT, None, id="two, of which one is known"),
        pytest.param((waiting(1), waiting(2)), Next.SPLIT, Reason.BATCH_REFUSED, True,
                     State.READY, Reason.BATCH_REFUSED, None, id="two"),
        pytest.param((waiting(1), waiting(2)), Next.HALVE, Reason.TOO_LARGE, False,
                     State.READY, Reason.TOO_LARGE, None, id="two too large"),
    ],
)  # fmt: skip
def test_only_one_alone_is_refused_for_good(
    batch: tuple[Waiting, ...], after: Next, reason: Reason, *, may_split: bool,
    state: State, why: Reason, decided: Resolution | None,
) -> None:  # fmt: skip
    verdict = Judgement({"id-7": ("m",)}, State.READY, after, reason, words=NAMED)

    found = settlement_of(batch, {"id-7": 7}, verdict, may_split=may_split)

    # neither the place in the batch nor the person's value is kept
    assert found == Settlement({7: ("m",)}, state, why, WORDS, decided)
