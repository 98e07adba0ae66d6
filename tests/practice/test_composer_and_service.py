"""What the composer lets through and what the strict service takes are the same, both ways."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.practice.server import PracticeServer
from tests.practice.both_ways import (
    campaigns,
    cells,
    messages,
    refused_though_let_through,
    stopped_though_accepted,
)
from tests.practice.shapes import NOW, Caller

EXAMPLES = 120


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """Yield who talks to a service that stands for all examples."""
    with PracticeServer(tmp_path_factory.mktemp("practice"), clock=lambda: NOW) as server:
        caller = Caller(server.base_url)
        with caller.http:
            yield caller


@settings(deadline=None, max_examples=EXAMPLES)
@given(campaigns, cells)
def test_the_service_accepts_what_the_composer_lets_through(
    strict: Caller, campaign: Campaign, values: list[tuple[str, str]]
) -> None:
    assert refused_though_let_through(strict, campaign, values) == ""


@settings(deadline=None, max_examples=EXAMPLES)
@given(messages())
def test_the_composer_lets_through_what_the_service_accepts(
    strict: Caller, message: dict[str, Any]
) -> None:
    assert stopped_though_accepted(strict, message) == ()
