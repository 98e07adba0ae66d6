"""While the operator is asked something nothing leaves; afterwards it goes on or ends."""

from datetime import timedelta
from pathlib import Path

import pytest
from campaigns import NOON, Desk, got_since, make_plan
from fault_server import FaultServer

from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.settings import Settings, SettingsStore
from cascade_desktop.engine.waits import Hold


@pytest.mark.parametrize("answer", ["release", "stop"])
def test_nothing_leaves_while_it_is_held(desk: Desk, server: FaultServer, answer: str):
    code = desk.creates(make_plan(300))
    requests: list[int] = []

    def hold_once(sender: Sender, progress: Progress) -> None:
        if progress.batch != 1:
            return
        sender.hold(on=True)

        async def think(seconds: float) -> None:
            requests.append(len(server.requests))
            desk.time.at += seconds
            if len(requests) == 20:
                sender.hold(on=False) if answer == "release" else sender.stop()

        object.__setattr__(sender._waits, "sleep", think)

    ending = desk.sends(code, hold_once)

    assert set(requests[:20]) == {1}
    assert desk.time.at == pytest.approx(2)
    if answer == "release":
        assert (ending.state, ending.counts.accepted) == (CampaignState.FINISHED, 300)
    else:
        assert (ending.state, ending.counts.accepted) == (CampaignState.STOPPED, 10)


def test_a_sleep_that_ends_releases_no_question(desk: Desk, server: FaultServer):
    code = desk.creates(make_plan(50))
    requests: list[int] = []

    def hold_twice(sender: Sender, progress: Progress) -> None:
        if progress.batch != 1:
            return
        assert sender.under_way
        sender.hold(on=True)
        sender.hold(on=True, why=Hold.ASLEEP)
        sender.hold(on=False, why=Hold.ASLEEP)

        async def think(seconds: float) -> None:
            assert not sender.under_way
            requests.append(len(server.requests))
            desk.time.at += seconds
            if len(requests) == 20:
                sender.hold(on=False)

        object.__setattr__(sender._waits, "sleep", think)

    assert desk.sends(code, hold_twice).state is CampaignState.FINISHED
    assert set(requests[:20]) == {1}


def test_who_had_a_message_lately_is_counted(desk: Desk):
    code = desk.creates(make_plan(5))
    phones = [f"+38050100000{index}" for index in range(8)]
    journal = desk.work.journal

    assert got_since(journal, phones, NOON - timedelta(days=7)) == 0
    desk.sends(code)

    assert got_since(journal, phones, NOON - timedelta(days=7)) == 5
    assert got_since(journal, phones[3:], NOON - timedelta(days=7)) == 2
    assert got_since(journal, phones, NOON + timedelta(days=1)) == 0


def test_settings_that_cannot_be_written_count_until_the_end(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = SettingsStore(tmp_path / "file")

    with pytest.raises(OSError, match="file"):
        store.save(Settings(country="IT"))

    assert store.load() == Settings(country="IT")
