import pytest

from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.splitting import MOST_REQUESTS, Splitter

TEXT = ServiceWords(field="text")


def find(bad: set[int], numbers: tuple[int, ...]) -> tuple[set[int], int, Reason]:
    """Refuse every piece that holds a bad one; return those that stood alone, and the requests."""
    splitter, alone, requests = Splitter(), set[int](), 1
    reason = splitter.refused(numbers, NO_WORDS)
    while not reason and (piece := splitter.next_piece()):
        requests += 1
        if not bad & set(piece):
            splitter.accepted()
            continue
        if len(piece) == 1:
            alone |= set(piece)
        reason = splitter.refused(piece, NO_WORDS)
    return alone, requests, reason


@pytest.mark.parametrize("bad", [{1}, {500}, {1000}, {3, 4}, {1, 999}])
def test_halving_finds_exactly_the_bad_ones(bad: set[int]) -> None:
    alone, requests, reason = find(bad, tuple(range(1, 1001)))
    assert (alone, reason) == (bad, Reason.NONE)
    assert requests <= 20 * len(bad) + 2


def test_too_many_bad_ones_end_the_search() -> None:
    _, requests, reason = find(set(range(1, 1001)), tuple(range(1, 1001)))
    assert (requests, reason) == (MOST_REQUESTS, Reason.UNFINISHED_SPLIT)


def test_after_an_end_nothing_is_left_to_try() -> None:
    splitter = Splitter()
    for _ in range(MOST_REQUESTS - 1):
        assert splitter.refused((1, 2), NO_WORDS) is Reason.NONE
    assert splitter.refused((1, 2), NO_WORDS) is Reason.UNFINISHED_SPLIT
    assert splitter.next_piece() == ()


@pytest.mark.parametrize(
    ("item", "pieces"),
    [
        pytest.param(0, [(7,), (8, 9)], id="the first"),
        pytest.param(2, [(9,), (7, 8)], id="the last"),
        pytest.param(3, [(7,), (8, 9)], id="beyond the batch"),
        pytest.param(None, [(7,), (8, 9)], id="none named"),
    ],
)
def test_a_named_one_is_tried_alone_first(item: int | None, pieces: list[tuple[int, ...]]) -> None:
    splitter = Splitter()
    splitter.refused((7, 8, 9), ServiceWords(item=item))
    assert [splitter.next_piece(), splitter.next_piece(), splitter.next_piece()] == [*pieces, ()]


def test_three_refusals_for_what_all_share_end_it() -> None:
    splitter = Splitter()
    assert [splitter.refused((n,), TEXT) for n in (1, 2, 3)] == [
        Reason.NONE,
        Reason.NONE,
        Reason.ALL_REFUSED,
    ]


def test_refusals_for_a_phone_are_that_persons_own() -> None:
    splitter = Splitter()
    words = ServiceWords(field="toPhone")
    assert {splitter.refused((n,), words) for n in range(30)} == {Reason.NONE}


def test_a_new_search_has_its_own_forty() -> None:
    splitter = Splitter()
    for _ in range(MOST_REQUESTS):
        assert splitter.refused((1, 2), NO_WORDS) is Reason.NONE
        while splitter.next_piece():
            splitter.accepted()
        splitter.accepted()
