"""Problem values in the journal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cascade_desktop.core.facts import decode_fact, encode_fact, kinds_of
from cascade_desktop.core.problems import (
    RowProblem,
    RowTextEmpty,
    RowTextTooLong,
    TextEmpty,
    ValueMissing,
)
from cascade_desktop.core.reading_problems import LineKind, NotMobile, PhoneProblem, TwoPhones

KINDS = kinds_of(RowProblem | PhoneProblem)


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        (RowTextEmpty(), '["RowTextEmpty"]'),
        (ValueMissing("Ім’я"), '["ValueMissing","Ім’я"]'),
        (RowTextTooLong(91, 85), '["RowTextTooLong",91,85]'),
        (NotMobile(LineKind.LANDLINE), '["NotMobile","landline"]'),
        (
            TwoPhones(("+380501112233", "+380671112233")),
            '["TwoPhones",["+380501112233","+380671112233"]]',
        ),
    ],
)
def test_a_fact_is_written_and_read_back(fact: object, written: str) -> None:
    assert encode_fact(fact) == written
    assert decode_fact(written, KINDS) == fact


@settings(deadline=None)
@given(st.sampled_from(KINDS).flatmap(st.from_type))
def test_every_fact_comes_back(fact: object) -> None:
    assert decode_fact(encode_fact(fact), KINDS) == fact


@pytest.mark.parametrize(
    "written",
    [
        "",
        "to_fix",
        "{}",
        "[]",
        '"ValueMissing"',
        '["TextEmpty"]',
        '["ValueMissing"]',
        '["ValueMissing","a","b"]',
        "[1]",
        '[["ValueMissing"],"a"]',
    ],
)
def test_what_is_no_known_fact_is_none(written: str) -> None:
    assert decode_fact(written, KINDS) is None


@pytest.mark.parametrize("thing", ["ValueMissing", ValueMissing, None])
def test_only_a_fact_can_be_written(thing: object) -> None:
    with pytest.raises(TypeError):
        encode_fact(thing)


def test_the_kinds_of_a_union_are_its_classes() -> None:
    assert kinds_of(RowProblem)[0] is ValueMissing
    assert kinds_of(TextEmpty) == (TextEmpty,)
