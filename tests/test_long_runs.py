"""A short form of every long run: `python -m tests.long` makes them whole."""

import random

import pytest

from tests.long.figures import NotHereError, load, run_names


@pytest.mark.parametrize("name", [name for name in run_names() if load(name).SHORT_ROUNDS])
def test_a_short_form_breaks_no_law(name: str) -> None:
    run = load(name)

    try:
        figures = run.run(random.Random(1), run.SHORT_ROUNDS)
    except NotHereError as error:
        pytest.skip(str(error))

    assert figures.broken == ()
    assert figures.told
