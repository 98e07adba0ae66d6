"""What makes mutants changes one thing, says which, and knows who may notice."""

import ast
from collections.abc import Collection

import pytest

from tests.long.mutations import mutations
from tests.long.passing import Passage, who_passes

CODE = """
LIMIT = 3

def find(numbers, least=1):
    if least > LIMIT:
        return "none"
    match least:
        case 2:
            return numbers
"""


def test_each_thing_is_changed_once_and_told_with_its_lines() -> None:
    told = {one.what: one.lines for one in mutations(ast.parse(CODE))}

    assert told == {
        "LIMIT: 3 → 4": None,
        "find: 1 → 2": None,
        "find: if least > LIMIT: return 'none' → if not least > LIMIT: return 'none'": range(5, 6),
        "find: least > LIMIT → least >= LIMIT": range(5, 6),
        "find: return 'none' → return None": range(6, 7),
        "find: 'none' → 'none~'": range(6, 7),
        "find: 2 → 3": range(8, 9),
        "find: return numbers → return None": range(9, 10),
    }


def test_of_a_long_line_what_stands_around_the_change_is_told() -> None:
    sql = f"PRAGMA {'a, ' * 60}b d>=1{', e' * 60}"

    (only,) = mutations(ast.parse(f"a = {sql!r}"))

    was, now = only.what.split(" → ")
    assert ("b d>=1" in was, "b d>1" in now) == (True, True)


WAYS = (
    Passage("wide", 0.0, {"one.py": {5, 6}, "two.py": {1}}),
    Passage("quick", 0.1, {"one.py": {5}}),
    Passage("slow", 0.2, {"one.py": {5}}),
    Passage("elsewhere", 0.0, {"two.py": {5}}),
    Passage("for ever", 9.0, {"one.py": {5, 6}}),
)


@pytest.mark.parametrize(
    ("lines", "tests"),
    [
        pytest.param(range(5, 7), ["quick", "slow", "wide"], id="the most particular first"),
        pytest.param([6], ["wide"], id="one line"),
        pytest.param([9], [], id="nobody"),
        pytest.param(None, ["quick", "slow", "wide", "elsewhere"], id="at import everybody"),
    ],
)
def test_only_who_passes_through_a_line_meets_it(
    lines: Collection[int] | None, tests: list[str]
) -> None:
    assert [one.test for one in who_passes(WAYS, "one.py", lines, all_of_them=False)] == tests


def test_a_last_look_meets_the_long_tests_too() -> None:
    met = who_passes(WAYS, "one.py", [6], all_of_them=True)

    assert [one.test for one in met] == ["for ever", "wide"]
