"""The laws of sending-policy.md, against services that break in every way and processes that die.

I1 nobody is sent to twice without the operator's word; I3 what is accepted was taken; I4 what is
ready or refused was not; I6 the totals are the rows.
"""

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from campaigns import Desk, FakeTime, make_plan
from fault_server import Act, End, FaultServer, Request, http, names, says
from hypothesis import given, settings
from hypothesis import strategies as st

import cascade_desktop
from cascade_desktop.core.states import Resolution, State
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED
from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.practice.behaviour import Answer, Behaviour
from cascade_desktop.practice.server import PracticeServer

PEOPLE, WRONG = 130, 3
KILLS = 16
CHILD = Path(__file__).with_name("killed_child.py")


def half(request: Request) -> bytes:
    return names(*request.ids[::2])


def with_foreign(request: Request) -> bytes:
    return names(*request.ids, "not-ours")


FAULTS = {
    "honest": Act(),
    "drop before the head": Act(reads=-1),
    "drop in the body": Act(reads=0.5, answer=None, end=End.RESET),
    "drop after the body": Act(answer=None),
    "reset after the body": Act(answer=None, end=End.RESET),
    "drop, not taken": Act(answer=None, takes=False),
    "silence": Act(end=End.SILENCE),
    "garbage": Act(answer=b"\x00\x01garbage"),
    "truncated": Act(answer=http(200, b"[{", length=900)),
    "half named": Act(answer=half),
    "a foreign one too": Act(answer=with_foreign),
    "only foreign": Act(answer=names("not-ours")),
    "empty list": Act(answer=http(200, b"[]")),
    "an object": Act(answer=http(200, b'{"ok": true}')),
    "a web page": Act(answer=http(200, b"<html>", content_type="text/html")),
    "500, taken": Act(answer=http(500)),
    "502, not taken": says(502),
    "409, taken": Act(answer=http(409)),
    "500 with receipts": Act(answer=lambda request: names(*request.ids, status=500)),
    "503, come back": says(503, b"", "Retry-After: 1"),
    "429": says(429, b"", "Retry-After: 2"),
    "408": says(408),
    "400": says(400, b'{"error": {"code": "BAD", "field": "toPhone"}}'),
    "422 with a place": says(422, b'{"errors": {"$[2].toPhone": ["Wrong"]}}'),
    "413": says(413),
    "401": says(401),
    "302": says(302, b"", "Location: http://127.0.0.1:1/"),
}

BEHAVIOURS = (
    *(Behaviour(requests=1, answer=kind) for kind in Answer if kind is not Answer.HUGE),
    *(Behaviour(requests=1, status=code) for code in (201, 400, 401, 404, 413, 422, 429, 521)),
    *(
        Behaviour(requests=1, status=code, book=book)
        for code in (409, 500, 502, 504)
        for book in (True, False)
    ),
    Behaviour(requests=1, status=503, retry_after_s=5),
    Behaviour(requests=1, refuse_phones=("+380501000007", "+380501000040")),
    Behaviour(requests=1, shuffle=True),
)


def check_laws(desk: Desk, code: str, taken: "Counter[str]") -> None:
    """Hold the journal against the books of the service."""
    rows = desk.rows(code)
    counted = Counter(row.state.value for row in rows)
    assert desk.work.journal.counts(code) == Counts(**counted)
    assert sum(counted.values()) == PEOPLE + WRONG
    resends = {
        f"{desk.work.journal.head(code).id_stem}-{number:06d}": count
        for number, count in desk.work.journal._db.execute("SELECT idx, resends FROM messages")
        if number is not None
    }
    assert all(count <= 1 + resends[name] for name, count in taken.items())
    assert desk.ids(code, State.ACCEPTED) <= taken.keys()
    untaken = desk.ids(code, State.READY, State.REFUSED) & taken.keys()
    assert all(resends[name] for name in untaken)


@contextmanager
def desk_at(url: str) -> Iterator[tuple[Desk, str]]:
    with (
        TemporaryDirectory() as folder,
        Desk(Path(folder) / "data", url, time=FakeTime(), deadline_s=0.25) as desk,
    ):
        yield desk, desk.creates(make_plan(PEOPLE, wrong=WRONG))


def operator_acts(desk: Desk, code: str, decision: str) -> None:
    """Do what an operator may do between two runs."""
    journal = desk.work.journal
    match decision:
        case "allow":
            journal.remember_answer(desk.target.host, desk.keys.fingerprint, SPLIT_ALLOWED)
        case "resend":
            journal.resolve(code, Resolution.RESENT, journal.head(code).undecided)
        case "close":
            journal.resolve(code, Resolution.CLOSED, journal.head(code).undecided)
        case _:
            pass


DECISIONS = st.lists(
    st.sampled_from(["allow", "resend", "close", "resume"]), min_size=2, max_size=5
)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(sorted(FAULTS)), max_size=12), DECISIONS)
def test_no_fault_breaks_a_law(script: list[str], decisions: list[str]) -> None:
    with FaultServer() as server, desk_at(server.url) as (desk, code):
        server.plays(*(FAULTS[name] for name in script))
        for decision in decisions:
            desk.sends(code)
            check_laws(desk, code, server.taken)
            operator_acts(desk, code, decision)
            check_laws(desk, code, server.taken)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(BEHAVIOURS), max_size=10), DECISIONS)
def test_no_behaviour_of_the_practice_service_breaks_a_law(
    script: list[Behaviour], decisions: list[str]
) -> None:
    with (
        TemporaryDirectory() as folder,
        PracticeServer(Path(folder), behaviour=script) as server,
        desk_at(server.base_url) as (desk, code),
    ):
        for decision in decisions:
            desk.sends(code)
            operator_acts(desk, code, decision)
            check_laws(desk, code, server.books.counts())


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
