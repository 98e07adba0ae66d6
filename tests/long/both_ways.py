"""Drafts before the composer and the strict practice service, both ways, on loopback.

Each round is a campaign that is sent as composed, and a message that is composed as sent.
"""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.practice.server import PracticeServer
from tests.long.figures import Figures
from tests.practice.both_ways import (
    campaigns,
    cells,
    messages,
    refused_though_let_through,
    stopped_though_accepted,
)
from tests.practice.shapes import NOW, Caller

ROUNDS, SHORT_ROUNDS = 5_000, 0
_UNWATCHED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


def run(dice: random.Random, rounds: int) -> Figures:
    """Compare the two judges; the suite has a short form of its own in tests/practice."""
    seen: Counter[str] = Counter()
    broken: list[str] = []
    with ExitStack() as open_for:
        folder = open_for.enter_context(TemporaryDirectory())
        server = open_for.enter_context(PracticeServer(Path(folder), clock=lambda: NOW))
        caller = Caller(server.base_url)
        open_for.enter_context(caller.http)

        def send(campaign: Campaign, values: list[tuple[str, str]]) -> None:
            seen["campaigns"] += 1
            if found := refused_though_let_through(caller, campaign, values):
                broken.append(f"let through and refused: {campaign.draft}: {found}")

        def compose(message: dict[str, object]) -> None:
            seen["messages"] += 1
            if found := stopped_though_accepted(caller, message):
                broken.append(f"accepted and stopped: {message}: {found}")

        _many(send, dice, rounds, campaigns, cells)
        _many(compose, dice, rounds, messages())
        taken = caller.told("counts")
    told = f"{seen['campaigns']} campaigns, {seen['messages']} messages, {len(broken)} differ"
    return Figures((f"{told}; the service took {len(taken)}",), tuple(broken[:10]))


def _many(
    check: Callable[..., None],
    dice: random.Random,
    rounds: int,
    *strategies: SearchStrategy[object],
) -> None:
    looked = settings(
        deadline=None,
        max_examples=rounds,
        database=None,
        suppress_health_check=_UNWATCHED,
    )
    seed(dice.randrange(1 << 30))(looked(given(*strategies)(check)))()
