"""A service in trouble, seen at the window: what waits, what stopped and whose turn it is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState
from cascade_desktop.core.target import Keys
from tests.engine.fault_server import Act, FaultServer, Request, receipts

PEOPLE = 25
LOOKS = 1500


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def live(hire: Callable[..., Operator], server: FaultServer, tmp_path: Path) -> Operator:
    """Put an operator with a list and a text before a service that does what it is told."""
    path = tmp_path / "people.csv"
    rows = "\n".join(f"+3805011122{n:02}" for n in range(PEOPLE))
    path.write_text(f"Phone\n{rows}\n", encoding="utf-8")
    operator = hire(server.url)
    practising = operator.desk
    operator.program.keys.hold(Keys("right"))
    operator.program.account_flow.switch_wanted.emit(False)
    operator.waits_until(lambda: operator.program.desk not in (None, practising))
    operator.opens(path)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    return operator


def test_a_service_that_takes_its_time_is_told_with_since_when(
    live: Operator, server: FaultServer
) -> None:
    words = live.window.results.progress_card.left_label
    told: list[str] = []
    live.desk.answer_awaited.connect(lambda _: told.append(words.text()))

    def late(request: Request) -> bytes:
        for _ in range(LOOKS):
            if told:
                break
            server.pause(0.02)
        return receipts(request)

    server.plays(Act(answer=late))
    head = live.sends()

    assert head.state is CampaignState.FINISHED
    assert told[-1].startswith("SMSBAT is taking its time: no answer since ")
    assert "no answer" not in words.text()
