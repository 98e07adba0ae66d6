"""The laws of sending-policy.md against processes that die; `sending_machine` holds the others."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from campaigns import Desk, make_plan
from fault_server import Act, End, FaultServer

import cascade_desktop
from cascade_desktop.core.states import State

KILLS = 16
CHILD = Path(__file__).with_name("killed_child.py")


class Killed:
    """Processes that send one campaign, one after another, each killed at a random moment."""

    def __init__(self, folder: Path, server: FaultServer, people: int) -> None:
        self.folder = folder
        self.server = server
        with Desk(folder, server.url) as desk:
            self.code = desk.creates(make_plan(people))

    def start(self) -> "subprocess.Popen[str]":
        root = Path(cascade_desktop.__file__).parent.parent
        return subprocess.Popen(
            [sys.executable, str(CHILD), str(self.folder), self.server.url, self.code],
            env={**os.environ, "PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
            text=True,
        )

    def kill_after(self, requests: int, more_s: float) -> None:
        """Kill a process when it has sent so many requests, and a moment later."""
        until = len(self.server.requests) + requests
        with self.start() as process:
            self.server.wait_for(lambda: len(self.server.requests) >= until, 30.0)
            try:
                process.wait(more_s)
            except subprocess.TimeoutExpired:
                process.kill()

    def finish(self) -> str:
        with self.start() as process:
            return process.communicate(timeout=60)[0].strip()


@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_is_killed_sends_nothing_twice_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with FaultServer() as server:
        server.default = Act(before=lambda _: server.pause(0.005))
        server.plays(Act(end=End.SILENCE))
        killed = Killed(tmp_path / "data", server, people=4_000)
        killed.kill_after(1, 0.0)
        for _ in range(KILLS // 2 - 1):
            killed.kill_after(dice.randint(1, 5), dice.uniform(0.0, 0.012))
        assert killed.finish() == "finished"
        with Desk(tmp_path / "data", server.url) as desk:
            counts = desk.work.journal.counts(killed.code)
            accepted = desk.ids(killed.code, State.ACCEPTED)
            unknown = desk.ids(killed.code, State.UNKNOWN)
    assert max(server.taken.values()) == 1
    assert (counts.accepted + counts.unknown, counts.rows) == (4_000, 4_000)
    assert accepted <= server.taken.keys() <= accepted | unknown
    assert 10 <= counts.unknown <= KILLS // 2 * 100
