"""What a command tells while it sends: nobody waits for minutes without a word."""

import asyncio
import json
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import campaign, people, run

from cascade_desktop.__main__ import _uninterrupted
from cascade_desktop.cli import main
from cascade_desktop.cli_telling import PROGRESS_EVERY_S, SILENCE_EVERY_S, Teller
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.waits import Waits
from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.ui.answer_watch import SLOW_AFTER_S

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Watched:
    """A teller whose time passes when a test says so."""

    def __init__(self, *, as_json: bool) -> None:
        self.passed_s = 0.0
        self.under_way = True
        self.moment_s, self.is_past = 0.0, asyncio.Event()
        waits = Waits(
            sleep=self._sleep,
            monotonic=lambda: 900.0 + self.passed_s,
            now=lambda: NOON + timedelta(seconds=self.passed_s),
        )
        self.teller = Teller("ZIMA", waits, as_json=as_json)

    async def _sleep(self, seconds: float) -> None:
        self.passed_s += seconds
        if self.passed_s >= self.moment_s:
            self.is_past.set()
        await asyncio.sleep(0)

    def batch(self, counts: Counts) -> None:
        self.teller.tell(Progress("ZIMA", 1, (), counts))

    def pass_time(self, seconds: float) -> None:
        for _ in range(round(seconds)):
            self.passed_s += 1
            self.teller.look(under_way=self.under_way)

    async def look_until(self, moment_s: float) -> None:
        self.moment_s = moment_s
        async with self.teller.looking(lambda: self.under_way):
            await self.is_past.wait()
        self.moment_s = self.passed_s
        self.is_past.clear()
        for _ in range(5):
            await asyncio.sleep(0)


def test_progress_is_told_every_few_seconds_at_most(capsys: pytest.CaptureFixture[str]):
    watched = Watched(as_json=False)
    watched.under_way = False

    for accepted in (10, 110, 1_900):
        watched.batch(Counts(ready=3_990 - accepted, accepted=accepted, unknown=10))
        watched.pass_time(1)
    early = capsys.readouterr().err
    watched.pass_time(PROGRESS_EVERY_S)
    watched.pass_time(10 * PROGRESS_EVERY_S)  # nothing more was done
    first = capsys.readouterr().err
    watched.batch(Counts(ready=990, accepted=2_990, refused=10, unknown=10))
    watched.pass_time(1)

    assert early == ""
    assert first == "1,910 of 4,000 done: 1,900 sent, 10 uncertain\n"
    assert capsys.readouterr().err == (
        "3,010 of 4,000 done: 2,990 sent, 10 not sent, 10 uncertain\n"
    )


def test_an_answer_that_is_owed_is_told_once_then_every_minute(
    capsys: pytest.CaptureFixture[str],
):
    watched = Watched(as_json=False)
    watched.batch(Counts(ready=5))

    watched.pass_time(SLOW_AFTER_S)
    soon = capsys.readouterr().err
    watched.pass_time(1)
    since = NOON + timedelta(seconds=1)  # when the batch was first seen under way
    sentence = f"SMSBAT is taking its time: no answer since {since.astimezone():%H:%M:%S}\n"
    first = capsys.readouterr().err
    watched.pass_time(SILENCE_EVERY_S - 1)
    between = capsys.readouterr().err
    watched.pass_time(1)

    assert (soon, first, between) == ("", sentence, "")
    assert capsys.readouterr().err.startswith("No answer from SMSBAT yet. We wait until ")


def test_a_next_slow_answer_is_told_anew(capsys: pytest.CaptureFixture[str]):
    watched = Watched(as_json=True)

    for _ in range(2):
        watched.pass_time(SLOW_AFTER_S + 1)
        watched.batch(Counts(ready=5))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    owed = [line["no_answer_since"] for line in lines if "batch" not in line]
    assert owed == [(NOON + timedelta(seconds=at)).isoformat() for at in (1, 7)]


def test_the_teller_looks_by_itself_while_a_campaign_is_sent(
    capsys: pytest.CaptureFixture[str],
):
    watched = Watched(as_json=False)

    asyncio.run(watched.look_until(SLOW_AFTER_S + 3))

    assert capsys.readouterr().err.count("SMSBAT is taking its time") == 1
    assert not watched.is_past.is_set()  # it looks no more


def test_an_interrupt_tells_once_that_the_batch_under_way_is_finished(
    capsys: pytest.CaptureFixture[str],
):
    watched = Watched(as_json=False)

    watched.teller.interrupted(under_way=False)
    idle = capsys.readouterr().err
    for _ in range(2):
        watched.teller.interrupted(under_way=True)

    assert idle == ""
    assert capsys.readouterr().err == (
        "Pausing: waiting for SMSBAT’s answer to the messages that are on their way, two minutes"
        " at most. Ctrl-C again changes nothing.\n"
    )


def test_an_interrupt_while_the_program_starts_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with _uninterrupted() as came:
        signal.raise_signal(signal.SIGINT)
    before = signal.getsignal(signal.SIGINT)

    folders = ["--data-dir", str(tmp_path / "data"), "--state-dir", str(tmp_path / "state")]
    exit_code = main(["send", "campaign.json", "--json", *folders], interrupted=bool(came))

    told = capsys.readouterr()
    last = json.loads(told.out)
    assert (exit_code, told.err) == (4, "Interrupted before anything was sent.\n")
    assert (last["state"], last["reason"]) == ("paused", "OPERATOR_PAUSED")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_slow_service_is_told_by_the_program(service: PracticeServer, tmp_path: Path):
    file = campaign(tmp_path / "campaign.json", type="transaction", text="Order")
    service.behave(Behaviour(delay_s=2.0))
    listed = people(tmp_path / "people.xlsx", 3)

    ran = run(tmp_path / "data", "send", file, "--recipients", listed,
              "--base-url", service.base_url)  # fmt: skip

    assert ran.exit_code == 0
    assert "SMSBAT is taking its time: no answer since " in ran.err


def test_a_full_disk_is_told_once_until_there_is_room(capsys: pytest.CaptureFixture[str]):
    full = Progress("ZIMA", 1, (), Counts(sending=1), 1.0, Reason.DISK_FULL)
    room = Progress("ZIMA", 1, (), Counts(accepted=1))

    for as_json in (True, False):
        teller = Teller("ZIMA", Waits(), as_json=as_json)
        for progress in (full, full, room, full):
            teller.tell(progress)

    printed, told = capsys.readouterr()
    lines = [json.loads(line) for line in printed.splitlines()]
    assert [line.get("reason") for line in lines] == ["DISK_FULL", None, "DISK_FULL"]
    assert told.count("The disk is full: do not close the program") == 2
