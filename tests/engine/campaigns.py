"""Campaigns to send in tests, a clock that only sleeping moves, and a desk to send from."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.composition import compose
from cascade_desktop.core.drafts import Draft, Promo, Route
from cascade_desktop.core.plan import Plan, build_plan, make_code
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.states import State
from cascade_desktop.core.table import Source, Table
from cascade_desktop.core.target import Keys, Target, read_target
from cascade_desktop.engine.campaign_run import HAND_ON_FROM
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Entry
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Ending, Progress
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.workspace import Workspace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEYS = Keys("practice-key")
PROMO = Promo("MyBrand", "Hello, {Name}!", 172_800)


def make_plan(
    people: int,
    *,
    wrong: int = 0,
    draft: Draft = PROMO,
    at: datetime | None = None,
    name: str = "Winter",
    route: Route = Route.STANDARD,
    spread: timedelta = timedelta(0),
) -> Plan:
    """Plan a campaign to so many people; so many more rows hold no phone."""
    phones = [f"+38050{index:07d}" for index in range(1_000_000, 1_000_000 + people)]
    phones += ["call me"] * wrong
    names = [f"Person {index}" for index in range(people + wrong)]
    source = Source("people.xlsx", "xlsx", "List", ("List",), 1, "", "", "")
    table = Table(source, ("Phone", "Name"), (phones, names), range(2, people + wrong + 2))
    recipients = read_recipients(table, Choice())
    assert isinstance(recipients, Recipients)
    code = make_code(hashlib.sha256(name.encode()).digest())
    return build_plan(
        draft,
        compose(draft, recipients),
        name=name,
        code=code,
        at=at,
        route=route,
        spread=spread,
    )


def target_of(url: str) -> Target:
    """Return a checked address."""
    target = read_target(url)
    assert isinstance(target, Target)
    return target


@dataclass(slots=True)
class FakeTime:
    """A clock that only sleeping moves, and that remembers every wait."""

    slept: list[float] = field(default_factory=list)
    at: float = 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)

    @property
    def waits(self) -> Waits:
        """Return waits by this clock; the dice always fall on the longest."""
        return Waits(
            sleep=self.sleep,
            monotonic=lambda: self.at,
            now=lambda: NOON + timedelta(seconds=self.at),
            uniform=lambda _, longest: longest,
        )


Watch = Callable[[Sender, Progress], None]


class Desk:
    """A workspace with a service to send to."""

    def __init__(
        self,
        folder: Path,
        url: str,
        *,
        time: FakeTime | None = None,
        deadline_s: float = 20.0,
        keys: Keys = KEYS,
        client: Callable[[Target, Keys], Client] | None = None,
        state: Path | None = None,
        hand_on_from: int = HAND_ON_FROM,
    ) -> None:
        self.time = time or FakeTime()
        self.work = Workspace(folder, waits=self.time.waits, state=state)
        self.target = target_of(url)
        self.keys = keys
        self.hand_on_from = hand_on_from
        self.progress: list[Progress] = []
        # Real time for the deadline: the clock of the waits stands still while sockets work.
        self._client = client or (lambda to, keys: Client(to, keys, deadline_s=deadline_s))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.work.close()

    def creates(self, plan: Plan) -> str:
        """Record a campaign and return its code."""
        edits = plan.recipients.choice.edits
        campaign = Campaign(plan.name, plan.draft, route=plan.route, edits=edits)
        return self.work.journal.create(
            plan, campaign, host=self.target.host, account=self.keys.fingerprint
        )

    def sends(self, code: str, watch: Watch | None = None, *, pace: float | None = None) -> Ending:
        """Run a campaign to its end."""
        return asyncio.run(self.sending(code, watch, pace=pace))

    async def sending(
        self, code: str, watch: Watch | None = None, *, pace: float | None = None
    ) -> Ending:
        """Run a campaign in a loop that is already there."""
        client = self._client(self.target, self.keys)
        sender = self.work.sender(client, pace_per_s=pace, hand_on_from=self.hand_on_from)

        def note(progress: Progress) -> None:
            self.progress.append(progress)
            if watch is not None:
                watch(sender, progress)

        try:
            return await sender.run(code, note)
        finally:
            await client.aclose()

    def rows(self, code: str) -> list[Entry]:
        """Return every row of a campaign."""
        return list(self.work.journal.entries(code))

    def ids(self, code: str, *states: State) -> set[str]:
        """Return the tracking ids of the messages in these states."""
        stem = self.work.journal.head(code).id_stem
        return {
            f"{stem}-{row.number:06d}"
            for row in self.rows(code)
            if row.state in states and row.number is not None
        }


def got_since(journal: Journal, phones: Iterable[str], since: datetime) -> int:
    """Count the numbers that got something, or perhaps got something, since a moment."""
    return len({sent.phone for sent in journal.sent(since, NOON)}.intersection(phones))
