"""Kill a campaign of three batches before each of its system calls that leaves a trace.

Writes, syncs, truncations, renames, deletions and sends, in the order in which the process makes
them. Every other time the process that recovers is killed too, at a call that the dice choose.
"""

import random
import shutil
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engine.fault_server import FaultServer
from tests.long.figures import Figures
from tests.long.laws import broken_laws, what_is_left
from tests.long.shimmed import built_shim, prepare, send

ROUNDS, SHORT_ROUNDS = 1_000, 3
PEOPLE = 210
"""A canary of 10 and two batches of 100."""
AT_ONCE = 2
NAMES = {"w": "write", "p": "pwrite", "f": "sync", "t": "truncate"}
NAMES |= {"s": "send", "u": "unlink", "r": "rename"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one or two kills left behind."""

    kills: int
    unknown: int
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """A campaign that is sent again and again from the same beginning."""

    folder: Path
    server: FaultServer
    shim: Path
    code: str

    def count(self) -> str:
        """Return the calls of a whole campaign, a letter each."""
        path = self.folder / "count"
        self._begin()
        ended = self._send(SHIM_COUNT=str(path))
        assert ended == (0, "finished\n"), ended
        return path.read_text()

    def kill(self, at: int, again_at: int) -> Outcome:
        """Kill at one call, perhaps once more at one of the recovery, then let it finish."""
        self._begin()
        kills = 0
        for number in filter(None, (at, again_at)):
            kills += self._send(SHIM_KILL_AT=str(number))[0] == -signal.SIGKILL
        ended = self._send()
        left = what_is_left(self._work / "data")
        broken = broken_laws(left, self.server.taken, rows=PEOPLE, interruptions=kills)
        if ended != (0, "finished\n"):
            broken = (*broken, f"it did not finish: {ended}")
        named = tuple(f"killed at {at} and {again_at}: {law}" for law in broken)
        return Outcome(kills, left.head.counts.unknown, named)

    def _begin(self) -> None:
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self.folder / "template", self._work)
        self.server.taken.clear()

    def _send(self, **shim: str) -> tuple[int, str]:
        return send(self._work, self.server.url, self.code, LD_PRELOAD=str(self.shim), **shim)

    @property
    def _work(self) -> Path:
        return self.folder / "work"


@contextmanager
def bench_with(shim: Path) -> Iterator[Bench]:
    """Yield a bench of its own: a server, a folder, a campaign."""
    with TemporaryDirectory() as folder, FaultServer() as server:
        code = prepare(Path(folder) / "template", server.url, PEOPLE)
        yield Bench(Path(folder), server, shim, code)


def kill_all(shim: Path, places: Sequence[tuple[int, int]]) -> list[Outcome]:
    """Kill at each of these places."""
    with bench_with(shim) as bench:
        return [bench.kill(at, again_at) for at, again_at in places]


def run(dice: random.Random, rounds: int) -> Figures:
    """Kill at every call, or at so many of them, and finish what was left."""
    with built_shim() as shim, ThreadPoolExecutor(AT_ONCE) as threads:
        with bench_with(shim) as bench:
            calls = bench.count()
        places = list(range(1, len(calls) + 1))
        if rounds < len(places):
            places = sorted(dice.sample(places, rounds))
        twice = [(at, dice.randint(1, len(calls)) if at % 2 else 0) for at in places]
        shares = [twice[number::AT_ONCE] for number in range(AT_ONCE)]
        parts = threads.map(lambda share: kill_all(shim, share), shares)
        outcomes = [outcome for part in parts for outcome in part]
    kinds = Counter(NAMES.get(call, call) for call in calls).most_common()
    kills, unknown = sum(o.kills for o in outcomes), sum(o.unknown for o in outcomes)
    return Figures(
        (
            f"{len(calls)} calls: " + ", ".join(f"{count} {name}" for name, count in kinds),
            f"stopped at {len(places)} of them; {kills} kills with those of recoveries",
            f"{unknown} messages not known",
        ),
        tuple(law for outcome in outcomes for law in outcome.broken),
    )
