"""A service in trouble, seen at the window: what waits, what stopped and whose turn it is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.ui.details_dialog import DetailsDialog
from tests.engine.fault_server import Act, FaultServer, Request, receipts, says

PEOPLE = 25
LOOKS = 1500
CANARY = 10


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


BROKE = says(500)


def details(operator: Operator) -> str:
    """Open the details, and return what would be copied."""
    operator.window.results.notice.link_clicked.emit("details")
    (dialog,) = operator.window.results.findChildren(DetailsDialog)
    words = dialog.details_edit.toPlainText()
    dialog.reject()
    return words


@pytest.mark.parametrize(
    ("acts", "reason", "said", "status"),
    [
        pytest.param(
            (says(401),),
            Reason.KEY_REFUSED,
            "<b>Your turn:</b> SMSBAT did not accept the key. Check it in Settings.",
            "HTTP 401",
            id="401, the key",
        ),
        pytest.param(
            (says(402),),
            Reason.NO_RIGHTS,
            "<b>For SMSBAT:</b> SMSBAT does not let this account send. Ask SMSBAT about its"
            " balance and rights.",
            "HTTP 402",
            id="402, the balance",
        ),
        pytest.param(
            (BROKE, BROKE),
            Reason.TOO_MANY_UNKNOWN,
            "<b>For SMSBAT:</b> Too many receipts are missing. Most probably the messages arrived;"
            " ask SMSBAT before you continue.",
            "HTTP 500",
            id="unknown twice",
        ),
    ],
)
def test_a_stop_says_why_whose_turn_it_is_and_the_status(
    live: Operator,
    server: FaultServer,
    acts: tuple[Act, ...],
    reason: Reason,
    said: str,
    status: str,
) -> None:
    server.plays(*acts)

    head = live.sends()

    assert (head.state, head.reason) == (CampaignState.PAUSED, reason)
    assert said in live.told()
    assert f"answer: {status}" in details(live)


def test_a_schedule_that_has_passed_by_the_services_clock_stops_it(
    live: Operator, server: FaultServer
) -> None:
    now = datetime.now(UTC)
    ahead = f"Date: {format_datetime(now + timedelta(days=1), usegmt=True)}"
    server.default = Act(answer=lambda request: receipts(request, ahead))
    compose = live.window.compose
    campaign = compose.campaign(Kind.TRANSACTION)
    later = f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M+00:00}"
    compose.set_campaign(replace(campaign, schedule=later))
    live.program.drafts.touch()

    head = live.sends()

    assert (head.reason, head.counts.accepted) == (Reason.SCHEDULE_PASSED, CANARY)
    assert "<b>Your turn:</b> By SMSBAT’s clock the time to send has passed" in live.told()


def test_a_retry_after_is_counted_down_in_the_window(live: Operator, server: FaultServer) -> None:
    server.plays(says(429, b"", "Retry-After: 42"))
    ended: list[Head] = []
    live.desk.ended.connect(ended.append)

    live.agrees()
    live.waits_until(lambda: "slow down: going on in 0:42. Nothing is lost." in live.told())
    live.waits_until(lambda: "going on in 0:41." in live.told())
    live.waits_until(lambda: ended)

    assert ended[-1].state is CampaignState.FINISHED
    assert not live.window.results.notice.isVisible()
    assert live.sees() == {"Sent": PEOPLE}


def test_who_starts_again_without_a_key_is_told_what_was_interrupted(
    live: Operator, server: FaultServer, hire: Callable[..., Operator]
) -> None:
    server.plays(Act(), says(401))
    live.sends()
    live.leaves()

    again = hire(server.url)  # no key store has kept the key
    told = again.reads()
    again.closes_sheets()
    again.program.keys.hold(Keys("right"))
    again.program.account_flow.switch_wanted.emit(False)
    again.waits_until(lambda: "did not accept the key" in again.told())

    assert "there is no key" in told
    assert "is not finished. 15 messages wait. It opens as soon as you are live again." in told
