import pytest

from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal.values import Waiting
from cascade_desktop.engine.splitting import MOST_REQUESTS, Splitter, find_named

ALL = 1000


def find(bad: set[int], numbers: tuple[int, ...]) -> tuple[set[int], int, Reason]:
    """Refuse every piece that holds a bad one; return those that stood alone, and the requests."""
    splitter, alone, requests = Splitter(), set[int](), 1
    reason = splitter.refused(numbers)
    while not reason and (piece := splitter.next_piece(ALL)):
        requests += 1
        if not bad & set(piece):
            reason = splitter.settled()
            continue
        if len(piece) == 1:
            alone |= set(piece)
        reason = splitter.refused(piece)
    return alone, requests, reason


@pytest.mark.parametrize("bad", [{1}, {500}, {1000}, {3, 4}, {1, 2, 3}])
def test_halving_finds_exactly_the_bad_ones(bad: set[int]) -> None:
    alone, requests, reason = find(bad, tuple(range(1, 1001)))
    assert (alone, reason) == (bad, Reason.NONE)
    assert requests <= MOST_REQUESTS


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(set(range(1, 1001)), id="all"),
        pytest.param({1, 250, 500, 999}, id="far apart: those that are accepted count too"),
    ],
)
def test_too_many_bad_ones_end_the_search(bad: set[int]) -> None:
    _, requests, reason = find(bad, tuple(range(1, 1001)))
    assert (requests, reason) == (MOST_REQUESTS, Reason.UNFINISHED_SPLIT)


def test_after_an_end_nothing_is_left_to_try() -> None:
    splitter = Splitter()
    for _ in range(MOST_REQUESTS - 1):
        assert splitter.refused((1, 2)) is Reason.NONE
    assert splitter.refused((1, 2)) is Reason.UNFINISHED_SPLIT
    assert splitter.next_piece(ALL) == ()


@pytest.mark.parametrize(
    ("named", "pieces"),
    [
        pytest.param(7, [(7,), (8, 9)], id="the first"),
        pytest.param(9, [(9,), (7, 8)], id="the last"),
        pytest.param(10, [(7,), (8, 9)], id="not of the batch"),
        pytest.param(None, [(7,), (8, 9)], id="none named"),
    ],
)
def test_a_named_one_is_tried_alone_first(named: int | None, pieces: list[tuple[int, ...]]) -> None:
    splitter = Splitter()
    splitter.refused((7, 8, 9), named=named)
    assert [splitter.next_piece(ALL) for _ in range(3)] == [*pieces, ()]


def test_a_piece_that_nobody_judged_is_tried_again() -> None:
    splitter = Splitter()
    splitter.refused((7, 8, 9))
    assert splitter.next_piece(ALL) == (7,)
    splitter.put_back()
    splitter.put_back()
    assert [splitter.next_piece(ALL) for _ in range(3)] == [(7,), (8, 9), ()]


def test_a_piece_is_no_larger_than_a_batch_may_be() -> None:
    splitter = Splitter()
    splitter.refused((1, 2, 3, 4, 5, 6, 7))
    assert [splitter.next_piece(2) for _ in range(5)] == [(1, 2), (3,), (4, 5), (6, 7), ()]


@pytest.mark.parametrize(
    "field",
    ["fromName", "text", "scheduledSent", "ttl", "surveyOptions", "messageType", "fallback"],
)
def test_three_refusals_for_what_all_share_end_it(field: str) -> None:
    splitter = Splitter()
    assert [splitter.refused((n,), field) for n in (1, 2, 3)] == [
        Reason.NONE,
        Reason.NONE,
        Reason.ALL_REFUSED,
    ]


def test_three_refusals_for_different_things_do_not() -> None:
    splitter = Splitter()
    fields = ("text", "fromName", "ttl", "text", "fromName", "ttl")
    assert {splitter.refused((1,), field) for field in fields} == {Reason.NONE}


def test_refusals_for_a_phone_are_that_persons_own() -> None:
    splitter = Splitter()
    assert {splitter.refused((n,), "toPhone") for n in range(30)} == {Reason.NONE}


def test_a_new_search_has_its_own_forty() -> None:
    splitter = Splitter()
    for _ in range(MOST_REQUESTS):
        assert splitter.refused((1, 2)) is Reason.NONE
        while splitter.next_piece(ALL):
            assert splitter.settled() is Reason.NONE
        splitter.settled()


BATCH = tuple(Waiting(n, n, f"+38050111220{n}", "Hello", None) for n in (3, 4, 5))
IDS = tuple(f"sale-k7f2m3q4-{n:06d}" for n in (3, 4, 5))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        pytest.param(ServiceWords(item=2), 5, id="by its place"),
        pytest.param(ServiceWords(item=3), None, id="by a place beyond the batch"),
        pytest.param(ServiceWords(value="+380501112204"), 4, id="by its phone"),
        pytest.param(ServiceWords(value="380501112204"), 4, id="by its phone without the plus"),
        pytest.param(
            ServiceWords(message="Not E.164: “+380501112205”."), 5, id="by a phone in the words"
        ),
        pytest.param(ServiceWords(value=IDS[0]), 3, id="by its id"),
        pytest.param(ServiceWords(value="+38050111220"), None, id="by a part of a phone"),
        pytest.param(ServiceWords(value="+3805011122044"), None, id="by more than a phone"),
        pytest.param(ServiceWords(message=f"{IDS[0]} {IDS[1]}"), None, id="two of them"),
        pytest.param(ServiceWords("BAD", "Bad", "toPhone"), None, id="not at all"),
    ],
)
def test_a_refusal_names_a_message_in_many_ways(words: ServiceWords, named: int | None) -> None:
    assert find_named(words, BATCH, IDS) == named


def test_a_second_search_may_make_as_many_requests_as_the_first() -> None:
    splitter = Splitter()
    splitter.refused((1, 2))
    while splitter.next_piece(ALL):
        splitter.settled()

    reasons = [splitter.refused((1, 2)) for _ in range(MOST_REQUESTS)]

    assert reasons == [*[Reason.NONE] * (MOST_REQUESTS - 1), Reason.UNFINISHED_SPLIT]
