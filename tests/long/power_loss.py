"""Cut the power at any moment of a campaign, by replaying what it wrote, and look what is left.

What a file's last completed sync covers is there. Of what was done to it since, each write is
there or is not as the dice fall, some of them in torn sectors. Each round is such an image: the
program opens it as after a power cut, and nothing that had been handed over by then may wait to be
sent again.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cascade_desktop.core.states import Reason
from cascade_desktop.engine.workspace import Workspace
from tests.engine.fault_server import FaultServer
from tests.long.disk import Call, Disk, Kind, read_calls
from tests.long.figures import Figures
from tests.long.laws import broken_laws, what_is_left
from tests.long.shimmed import built_shim, prepare, send

ROUNDS, SHORT_ROUNDS = 1_000, 25
PEOPLE = 4_910
"""Batches of 10, of 100, and after 20 clean ones of 1,000."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A campaign that was sent whole, and every call it made."""

    before: dict[str, bytes]
    calls: tuple[Call, ...]


def run(dice: random.Random, rounds: int) -> Figures:
    """Record a campaign, then cut its power so often."""
    with TemporaryDirectory() as folder:
        recorded = record(Path(folder))
    moments = sorted(choose(recorded.calls, dice, rounds))
    broken: list[str] = []
    unknown = 0
    for at, files, sent in images(recorded, moments, dice):
        with TemporaryDirectory() as folder:
            lost, laws = recover(Path(folder), files, sent)
        unknown += lost
        broken += [f"power cut before call {at}: {law}" for law in laws]
    kinds = Counter(call.kind for call in recorded.calls)
    names = sorted({Path(call.path).name for call in recorded.calls} - {""})
    return Figures(
        (
            f"{PEOPLE} messages: {kinds[Kind.WRITE]} writes and {kinds[Kind.SYNC]} syncs",
            f"of {', '.join(names)}",
            f"{len(moments)} images, {len(broken)} broken",
            f"{unknown / len(moments):.0f} messages not known in each, of one batch",
        ),
        tuple(broken),
    )


def record(folder: Path) -> Recorded:
    """Send a campaign while every call is noted; paths are told from the folder on."""
    work, log = folder / "work", folder / "log"
    with built_shim() as shim, FaultServer() as server:
        code = prepare(work, server.url, PEOPLE)
        before = {
            str(path.relative_to(work)): path.read_bytes()
            for path in work.rglob("*")
            if path.is_file()
        }
        environment = {"LD_PRELOAD": str(shim), "SHIM_LOG": str(log), "SHIM_UNDER": str(work)}
        ended = send(work, server.url, code, **environment)
    assert ended == (0, "finished\n"), ended
    calls = tuple(relative(call, work) for call in read_calls(log))
    return Recorded(before, calls)


def relative(call: Call, folder: Path) -> Call:
    """Return a call with paths from a folder on."""
    start = len(str(folder)) + 1
    data = call.data[start:] if call.kind is Kind.RENAME else call.data
    return call._replace(path=call.path[start:], data=data)


def choose(calls: Sequence[Call], dice: random.Random, rounds: int) -> Iterator[int]:
    """Choose moments: half of them just before a sync, when most is at stake."""
    syncs = [at for at, call in enumerate(calls) if call.kind is Kind.SYNC]
    for number in range(rounds):
        yield dice.choice(syncs) if number % 2 else dice.randint(0, len(calls))


def images(
    recorded: Recorded, moments: Sequence[int], dice: random.Random
) -> Iterator[tuple[int, dict[str, bytes], set[str]]]:
    """Yield each moment, the files that a power cut left then, and the ids handed over before."""
    disk = Disk(dict(recorded.before))
    streams: dict[int, bytes] = {}
    sent: set[str] = set()
    done = 0
    for moment in moments:
        for call in recorded.calls[done:moment]:
            disk.take(call)
            if call.kind is Kind.SEND:
                sent |= handed_over(streams, call)
        done = moment
        yield moment, disk.after_a_cut(dice), sent


def handed_over(streams: dict[int, bytes], call: Call) -> set[str]:
    """Return the ids of a request whose last byte this call sends."""
    before = b"" if call.data.startswith(b"POST ") else streams.get(call.at, b"")
    streams[call.at] = stream = before + call.data
    head, _, body = stream.partition(b"\r\n\r\n")
    lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if not stream.startswith(b"POST ") or len(body) < int(lines.get(b"content-length", 1)):
        return set()
    return {message["id"] for message in json.loads(body)}


def recover(folder: Path, files: dict[str, bytes], sent: set[str]) -> tuple[int, tuple[str, ...]]:
    """Start the program on an image; return how many messages are not known, and broken laws."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    space = Workspace(folder / "data", state=folder / "state")
    standing = space.journal.standing()
    space.close()
    left = what_is_left(folder / "data")
    broken = broken_laws(
        left, Counter(sent), rows=PEOPLE, interruptions=1, finished=False, largest=1_000
    )
    if standing is not Reason.NONE:
        broken = (*broken, f"nothing may be sent: {standing}")
    if left.head.counts.sending:
        broken = (*broken, f"R3: still sending {left.head.counts}")
    return left.head.counts.unknown, broken
