"""A campaign that paused for want of a connection goes on by itself, but not for ever (R10)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from campaigns import NOON, PROMO, Desk, FakeTime, make_plan
from fault_server import FaultServer, says

from cascade_desktop.core.drafts import Draft, FlashCall
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.comeback import comes_back_until, unfinished_in, wait_for_service

HALF_AN_HOUR = timedelta(minutes=30)


def waits_for(desk: Desk) -> bool:
    """Wait for the desk's service until half an hour from now by the desk's clock."""

    async def wait() -> bool:
        client = desk.work.client(desk.target, desk.keys)
        try:
            until = desk.time.waits.now() + HALF_AN_HOUR
            return await wait_for_service(client, desk.time.waits, until)
        finally:
            await client.aclose()

    return asyncio.run(wait())


@pytest.mark.parametrize("status", [200, 404, 401])
def test_a_service_that_answers_is_back_and_nothing_was_sent(tmp_path: Path, status: int) -> None:
    with FaultServer(default=says(status)) as server, Desk(tmp_path / "d", server.url) as desk:
        assert waits_for(desk)
    assert [request.method for request in server.requests] == ["GET"]


def test_it_asks_again_each_minute_until_the_service_answers(tmp_path: Path) -> None:
    with FaultServer(default=says(404)) as server, Desk(tmp_path / "d", server.url) as desk:
        server.plays(says(503), says(503))
        assert waits_for(desk)
        assert desk.time.slept == [60.0, 60.0, 60.0]


def test_after_half_an_hour_the_operator_is_asked(tmp_path: Path) -> None:
    with FaultServer(default=says(503)) as server, Desk(tmp_path / "d", server.url) as desk:
        assert not waits_for(desk)
        assert len(desk.time.slept) == 30


def test_who_slept_for_hours_does_not_go_on_when_the_service_answers(tmp_path: Path) -> None:
    class Night(FakeTime):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds + 3600)

    with (
        FaultServer(default=says(404)) as server,
        Desk(tmp_path / "d", server.url, time=Night()) as desk,
    ):
        assert not waits_for(desk)


@pytest.mark.parametrize(
    ("draft", "state", "reason", "wanted"),
    [
        pytest.param(PROMO, CampaignState.PAUSED, Reason.NO_CONNECTION, 1800, id="no connection"),
        pytest.param(PROMO, CampaignState.PAUSED, Reason.SERVER_BUSY, 1800, id="busy"),
        pytest.param(
            FlashCall("MyBrand", 60), CampaignState.PAUSED, Reason.NO_CONNECTION, 60, id="a call"
        ),
        pytest.param(PROMO, CampaignState.PAUSED, Reason.OPERATOR_PAUSED, None, id="by hand"),
        pytest.param(PROMO, CampaignState.PAUSED, Reason.KEY_REFUSED, None, id="a wrong key"),
        pytest.param(PROMO, CampaignState.PAUSED, Reason.TOO_MANY_UNKNOWN, None, id="unknown"),
        pytest.param(PROMO, CampaignState.FINISHED, Reason.NONE, None, id="finished"),
    ],
)
def test_only_what_passes_by_itself_is_waited_for(
    tmp_path: Path, draft: Draft, state: CampaignState, reason: Reason, wanted: int | None
) -> None:
    with Desk(tmp_path / "d", "http://127.0.0.1:1") as desk:
        head = desk.work.journal.head(desk.creates(make_plan(1, draft=draft)))
        until = comes_back_until(replace(head, state=state, reason=reason), NOON)
    assert until == (None if wanted is None else NOON + timedelta(seconds=wanted))


@pytest.mark.parametrize(
    ("state", "numbers", "is_left"),
    [
        pytest.param(CampaignState.PAUSED, (), True, id="paused"),
        pytest.param(CampaignState.RUNNING, (), True, id="killed between two batches"),
        pytest.param(CampaignState.STOPPED, (), False, id="stopped for good"),
        pytest.param(CampaignState.STOPPED, (1,), True, id="killed in a batch"),
    ],
)
def test_what_was_interrupted_is_found_without_opening_the_folder_for_work(
    tmp_path: Path, state: CampaignState, numbers: tuple[int, ...], is_left: bool
) -> None:
    with Desk(tmp_path / "d", "http://127.0.0.1:1") as desk:
        code = desk.creates(make_plan(2))
        desk.work.journal.set_state(code, state)
        if numbers:
            desk.work.journal.open_batch(code, numbers, "")
        found = unfinished_in(tmp_path / "d")
    assert (found is not None and found.code == code) is is_left


def test_where_nothing_was_sent_yet_nothing_is_left(tmp_path: Path) -> None:
    assert unfinished_in(tmp_path / "nowhere") is None
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_cannot_be_looked_into_is_told_when_it_is_opened(tmp_path: Path) -> None:
    assert unfinished_in(tmp_path / ("too long a name for any disk" * 10)) is None


def test_a_damaged_journal_is_told_when_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"no database" * 500)
    assert unfinished_in(tmp_path) is None
