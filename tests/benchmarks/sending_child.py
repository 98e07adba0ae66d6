"""One way of sending in a process of its own: python -m tests.benchmarks.sending_child WAY URL N.

Prints JSON: the seconds, the sizes of the batches, and how the memory grew from the 10th on.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.plan import tracking_id
from cascade_desktop.engine.client import PATHS
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.workspace import Workspace
from tests.engine.campaigns import KEYS, make_plan, target_of

WARM_BATCH = 10


def resident_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


class Watch:
    """Sizes of batches, and the memory after each from the 10th on."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self._mb: list[float] = []

    def note(self, size: int) -> None:
        self.sizes.append(size)
        if len(self.sizes) >= WARM_BATCH:
            self._mb.append(resident_mb())

    def told(self, seconds: float) -> dict[str, object]:
        grown = max(self._mb) - self._mb[0] if self._mb else 0.0
        return {"s": seconds, "sizes": self.sizes, "grown_mb": grown}


def engine(url: str, people: int) -> dict[str, object]:
    """Send as the command line does, journal and all, at no pace."""
    with TemporaryDirectory() as folder:
        work = Workspace(Path(folder) / "data")
        code = record(work.journal, url, people)
        told = asyncio.run(run(work, url, code))
        assert work.journal.counts(code).accepted == people
        work.close()
    return told


def record(journal: Journal, url: str, people: int) -> str:
    plan = make_plan(people)
    campaign = Campaign(plan.name, plan.draft, route=plan.route)
    return journal.create(plan, campaign, host=target_of(url).host, account=KEYS.fingerprint)


async def run(work: Workspace, url: str, code: str) -> dict[str, object]:
    watch = Watch()

    def report(progress: Progress) -> None:
        if progress.changes:
            watch.note(len(progress.changes))

    client = work.client(target_of(url), KEYS)
    sender = work.sender(client, pace_per_s=None)
    began = time.perf_counter()
    await sender.run(code, report)
    seconds = time.perf_counter() - began
    await client.aclose()
    return watch.told(seconds)


def bare(url: str, sizes: Sequence[int]) -> dict[str, object]:
    """Post the same batches in a loop of httpx, and read the receipts."""
    plan = make_plan(sum(sizes))
    messages = [
        {
            "id": tracking_id(plan.id_stem, message.index),
            "fromName": "MyBrand",
            "toPhone": plan.recipients.phones[message.row],
            "messageType": "promo",
            "text": message.text,
            "ttl": 172_800,
        }
        for message in plan.messages
    ]
    watch, receipts = Watch(), 0
    limits = httpx.Limits(max_keepalive_connections=0)
    path = url + next(iter(PATHS.values()))
    with httpx.Client(headers=KEYS.headers, limits=limits, trust_env=False) as client:
        began = time.perf_counter()
        first = 0
        for size in sizes:
            answer = client.post(path, json=messages[first : first + size])
            receipts += len(answer.json())
            first += size
            watch.note(size)
        seconds = time.perf_counter() - began
    assert receipts == len(messages)
    return watch.told(seconds)


if __name__ == "__main__":
    way, address, given = sys.argv[1:]
    result = bare(address, json.loads(given)) if way == "bare" else engine(address, int(given))
    print(json.dumps(result))
