"""The computer stays awake while sending; a sleep that comes all the same waits for the batch."""

import asyncio
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from campaigns import Desk, FakeTime, make_plan
from fake_login1 import FakeLogin1
from fault_server import Act, FaultServer, Request

from cascade_desktop.core.states import CampaignState
from cascade_desktop.engine import power as power_module
from cascade_desktop.engine import power_login1, power_windows
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.power import ChildKeeper, Keeper, NoKeeper, Power
from cascade_desktop.engine.power_login1 import Login1Keeper
from cascade_desktop.engine.power_windows import (
    RESUMED_BY_ITSELF,
    STAY,
    SUSPEND,
    SYSTEM_REQUIRED,
    Calls,
    WindowsKeeper,
)
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Ending

BATCHES = (10, 100)


class Unhurried(FakeTime):
    """A clock that runs no half an hour while a held campaign waits for a real moment."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds / 1000)
        await asyncio.sleep(0.001)


@pytest.fixture
def desk(server: FaultServer, tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "data", server.url, time=Unhurried()) as opened:
        yield opened


@pytest.fixture
def login1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLogin1]:
    with FakeLogin1(tmp_path) as running:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", running.address)
        yield running


def wait_until(happened: Callable[[], object]) -> None:
    """Wait in a thread that is not the loop's."""
    for _ in range(3_000):
        if happened():
            return
        time.sleep(0.01)
    raise TimeoutError


async def until(happened: Callable[[], object]) -> None:
    await asyncio.to_thread(wait_until, happened)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a loaded machine take its time over a batch."""
    monkeypatch.setattr(power_module, "BATCH_WAIT_S", 30)
    monkeypatch.setattr(power_windows, "BATCH_WAIT_S", 30)
    monkeypatch.setattr(power_login1, "REPLY_S", 30)


class Sending:
    """A campaign that is being sent, kept awake by what this system offers."""

    def __init__(self, desk: Desk, people: int = sum(BATCHES), keeper: Keeper | None = None):
        self.code = desk.creates(make_plan(people))
        self._client = Client(desk.target, desk.keys, deadline_s=20)
        self.sender: Sender = desk.work.sender(self._client, pace_per_s=None)
        self._power = Power((lambda: keeper) if keeper else Login1Keeper)

    async def run(self) -> Ending:
        try:
            async with self._power.awake(self.sender):
                return await self.sender.run(self.code, lambda _: None)
        finally:
            await self._client.aclose()

    def is_held(self) -> bool:
        return bool(self.sender._holds)


def test_locks_are_held_while_sending_and_released_after(
    desk: Desk, server: FaultServer, login1: FakeLogin1
):
    held: list[set[str]] = []

    def look(_: Request) -> None:
        login1.waits_until_asked(2)
        held.append(login1.held())

    server.plays(Act(before=look))
    ending = asyncio.run(Sending(desk).run())

    assert ending.state is CampaignState.FINISHED
    assert held == [{"block", "delay"}]
    assert login1.held() == set()
    assert login1.asked == [
        ("idle:sleep", "Cascade Desktop", "sending", "block"),
        ("sleep", "Cascade Desktop", "sending", "delay"),
    ]


def test_a_sleep_waits_for_the_batch_and_nothing_leaves_until_it_ends(
    desk: Desk, server: FaultServer, login1: FakeLogin1
):
    sending = Sending(desk)
    at_request: list[set[str]] = []

    def fall_asleep(_: Request) -> None:
        login1.waits_until_asked(2)
        login1.announces(sleep=True)
        wait_until(sending.is_held)
        at_request.append(login1.held())

    async def night() -> Ending:
        run = asyncio.create_task(sending.run())
        await until(lambda: at_request and login1.held() == {"block"})
        assert not sending.sender.under_way
        assert len(server.requests) == 1
        login1.announces(sleep=False)
        return await run

    server.plays(Act(before=fall_asleep))
    ending = asyncio.run(night())

    assert at_request == [{"block", "delay"}]
    assert (ending.state, ending.counts.accepted) == (CampaignState.FINISHED, sum(BATCHES))
    assert [len(request.ids) for request in server.requests] == list(BATCHES)
    assert set(server.taken.values()) == {1}


def test_a_bus_that_breaks_off_leaves_no_sender_held(
    desk: Desk, server: FaultServer, login1: FakeLogin1
):
    sending = Sending(desk)

    def fall_asleep(_: Request) -> None:
        login1.waits_until_asked(2)
        login1.announces(sleep=True)
        wait_until(sending.is_held)
        login1.breaks_off()

    server.plays(Act(before=fall_asleep))

    assert asyncio.run(sending.run()).state is CampaignState.FINISHED


def test_a_sleep_that_never_came_is_forgotten(
    desk: Desk, server: FaultServer, login1: FakeLogin1, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(power_module, "STILL_AWAKE_S", 0.1)
    sending = Sending(desk)

    def fall_asleep(_: Request) -> None:
        login1.waits_until_asked(2)
        login1.announces(sleep=True)
        wait_until(sending.is_held)

    server.plays(Act(before=fall_asleep))

    assert asyncio.run(sending.run()).state is CampaignState.FINISHED


@pytest.mark.parametrize("service", ["nothing", "refuses", "mute", "mute from the first"])
def test_a_campaign_is_sent_where_the_service_is_missing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str
):
    bus = FakeLogin1(
        tmp_path, refuses=service == "refuses", mute=service == "mute", deaf="first" in service
    )
    if service == "nothing":
        bus.ends()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    with bus:
        ending = asyncio.run(Sending(desk).run())

    assert (ending.state, ending.counts.accepted) == (CampaignState.FINISHED, sum(BATCHES))


@pytest.mark.parametrize("address", ["", "tcp:host=127.0.0.1,port=1", "unix:path=/nowhere/bus"])
def test_a_bus_that_cannot_be_reached_harms_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, address: str
):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)

    assert asyncio.run(Sending(desk).run()).state is CampaignState.FINISHED


def test_a_keeper_that_has_ended_does_not_begin(login1: FakeLogin1):
    told: list[bool] = []
    keeper = Login1Keeper()
    keeper.end()
    keeper.run(told.append)

    assert (login1.asked, told) == ([], [False])


class FakeWindows:
    """The functions of Windows that matter, with what they were told."""

    def __init__(self) -> None:
        self.states: list[int] = []
        self.hear: Callable[[int], None] | None = None

    def set_state(self, flags: int) -> int:
        self.states.append(flags)
        return 1

    def subscribe(self, hear: Callable[[int], None]) -> Callable[[], None]:
        self.hear = hear
        return lambda: setattr(self, "hear", None)


def test_windows_stays_awake_in_one_thread_and_sleeps_after_the_batch(
    desk: Desk, server: FaultServer
):
    windows = FakeWindows()
    keeper = WindowsKeeper(Calls(windows.set_state, windows.subscribe))
    sending = Sending(desk, keeper=keeper)
    asleep: list[threading.Thread] = []

    def fall_asleep(_: Request) -> None:
        wait_until(lambda: windows.states)
        assert windows.hear is not None
        asleep.append(threading.Thread(target=windows.hear, args=(SUSPEND,)))
        asleep[0].start()
        wait_until(sending.is_held)

    async def night() -> Ending:
        run = asyncio.create_task(sending.run())
        await until(lambda: asleep and not asleep[0].is_alive())
        assert (sending.sender.under_way, len(server.requests)) == (False, 1)
        assert windows.hear is not None
        windows.hear(RESUMED_BY_ITSELF)
        return await run

    server.plays(Act(before=fall_asleep))

    assert asyncio.run(night()).state is CampaignState.FINISHED
    assert (windows.states, windows.hear) == ([STAY | SYSTEM_REQUIRED, STAY], None)


def test_a_child_keeps_awake_until_the_end(desk: Desk, server: FaultServer, tmp_path: Path):
    note = tmp_path / "child"
    code = (
        "import os, pathlib, sys, time\n"
        "new = pathlib.Path(sys.argv[1] + '.new')\n"
        "new.write_text(f'[{os.getpid()}, {sys.argv[2]}]'); new.rename(sys.argv[1])\n"
        "time.sleep(600)"
    )
    keeper = ChildKeeper((sys.executable, "-c", code, str(note)))
    server.plays(Act(before=lambda _: wait_until(note.exists)))

    ending = asyncio.run(Sending(desk, keeper=keeper).run())

    child, watched = json.loads(note.read_text())
    assert ending.state is CampaignState.FINISHED
    assert not Path(f"/proc/{child}").exists()
    assert Path(f"/proc/{watched}/exe").exists() or sys.platform != "linux"


@pytest.mark.parametrize("keeper", [NoKeeper(), ChildKeeper(("/nowhere/caffeinate",))])
def test_a_campaign_is_sent_where_nothing_keeps_awake(desk: Desk, keeper: Keeper):
    assert asyncio.run(Sending(desk, keeper=keeper).run()).state is CampaignState.FINISHED


@pytest.mark.parametrize(
    ("system", "kind"),
    [("linux", Login1Keeper), ("darwin", ChildKeeper), ("plan9", NoKeeper)],
)
def test_each_system_has_its_keeper(monkeypatch: pytest.MonkeyPatch, system: str, kind: type):
    monkeypatch.setattr(power_module.sys, "platform", system)

    assert isinstance(power_module.keeper_here(), kind)
