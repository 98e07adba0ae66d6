"""Ask what became of the accepted messages, quietly, while the program is open.

It only ever reads from the service, over a client of its own, and writes to the journal in
batches through the one worker. Whatever goes wrong makes it wait or end; nothing depends on it.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.delivery import (
    AskNext,
    DeliveryAnswer,
    Found,
    judge_delivery,
    last_ask,
    merge,
    next_ask_s,
)
from cascade_desktop.core.drafts import TTL_RECOMMENDED_S, Kind
from cascade_desktop.engine.batching import Backoff
from cascade_desktop.engine.client import Client, ClientError, StopError
from cascade_desktop.engine.journal.deliveries import Ask, Delivered, Told
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.worker import Worker

RATE_PER_S = 10.0
"""What the vendor allows, overall."""
IN_FLIGHT = 4
AT_ONCE = 20
DOUBT = 20
"""So many answers without news, and none with, and asking is given up: an assumption was wrong."""
IDLE_S, LONG_IDLE_S = 2.0, 60.0
SHOWN_MOST = 100


class Halt(StrEnum):
    """Why asking ended."""

    DONE = "done"
    NOT_ALLOWED = "not_allowed"
    """The key may not ask, or the connection cannot be trusted: somebody must act first."""
    NOT_TOLD = "not_told"
    """The service does not know our messages there."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What was learned about some rows of one campaign."""

    campaign: str
    changes: tuple[Delivered, ...]


class Tracker:
    """Asks about the accepted messages of one account, until it is cancelled or must end."""

    def __init__(
        self,
        journal: Journal,
        client: Client,
        worker: Worker,
        *,
        waits: Waits | None = None,
        report: Callable[[Deliveries], None] = lambda _: None,
        rate_per_s: Callable[[], float] = lambda: RATE_PER_S,
    ) -> None:
        self._log = journal.deliveries
        self._journal = journal
        self._client = client
        self._account = (client.target.host, client.keys.fingerprint)
        self._worker = worker
        self._waits = waits or Waits()
        self._report = report
        self._rate_per_s = rate_per_s
        """Asked before each request; 0 lets asking rest."""
        self._free_at = 0.0
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._backoff = Backoff(self._waits, budget_s=float("inf"))
        self._wait_s = 0.0
        self._halt: Halt | None = None
        self._any_news = False
        self._without_news = 0
        self._shown: tuple[str, tuple[int, ...]] = ("", ())
        self._lives_s: dict[str, int] = {}

    def show(self, code: str, rows: Sequence[int]) -> None:
        """Ask first about these rows of a campaign: they are on the screen."""
        self._shown = code, tuple(rows[:SHOWN_MOST])

    async def run(self, code: str = "", until: datetime | None = None) -> Halt:
        """Ask about a campaign's messages, or all of the account's.

        Without ``until`` it goes on as long as anything is open, and for the whole account until
        it is cancelled. With it, it ends when nothing that was due by then is left.
        """
        self._any_news = await self._worker.run(self._log.any_known, *self._account)
        while self._halt is None:
            await self._rest_while_unwanted()
            due = await self._worker.run(self._due, code, until)
            if due:
                await self._ask_about(due)
            elif not await self._rest(code, until):
                return Halt.DONE
        return self._halt

    def _due(self, code: str, until: datetime | None) -> tuple[Ask, ...]:
        """Return what to ask about now, those on the screen first."""
        now = self._waits.now()
        now = now if until is None else min(now, until)
        shown = self._log.shown(*self._account, *self._shown, now) if self._shown[1] else ()
        others = self._log.due(*self._account, now, AT_ONCE, code)
        wanted = [ask for ask in shown if not code or ask.code == code]
        return tuple(dict.fromkeys((*wanted, *others)))[:AT_ONCE]

    async def _rest_while_unwanted(self) -> None:
        while self._rate_per_s() <= 0:
            await self._waits.wait(IDLE_S)

    async def _rest(self, code: str, until: datetime | None) -> bool:
        """Wait a little for something to ask; False where nothing more will come."""
        if not code and until is None:
            await self._waits.wait(IDLE_S)
            return True
        soonest = await self._worker.run(self._log.soonest, *self._account, code)
        if soonest is None or (until is not None and soonest > until):
            return False
        wait_s = (soonest - self._waits.now()).total_seconds()
        await self._waits.wait(min(max(wait_s, 0.1), LONG_IDLE_S))
        return True

    async def _ask_about(self, due: Sequence[Ask]) -> None:
        """Ask about some messages, record what came, and wait where the service wants to rest."""
        self._wait_s = 0.0
        answers = await asyncio.gather(*map(self._ask, due))
        told = [one for one in answers if one is not None]
        if told:
            try:
                await self._worker.run(self._record, told)
            except UnwritableJournalError:
                self._wait_s = max(self._wait_s, self._backoff.next_s() or 0.0)
            else:
                self._tell(told)
        if self._wait_s:
            await self._waits.wait(self._wait_s)
        else:
            self._backoff.reset()

    def _record(self, told: Sequence[tuple[Ask, Found | None]]) -> None:
        self._log.record([Told(ask, found, self._next_ask(ask, found)) for ask, found in told])

    def _tell(self, told: Iterable[tuple[Ask, Found | None]]) -> None:
        news: dict[str, list[Delivered]] = {}
        for ask, found in told:
            if found is not None:
                known = Delivered(ask.row, found.delivery, found.bill)
                news.setdefault(ask.code, []).append(known)
        for code, changes in news.items():
            self._report(Deliveries(code, tuple(changes)))

    async def _ask(self, ask: Ask) -> tuple[Ask, Found | None] | None:
        """Ask about one message in its turn; None where nothing was learned about it."""
        found: list[Found] = []
        for message_id in ask.message_ids:
            async with self._slots:
                await self._turn()
                if self._wait_s or self._halt is not None:
                    return None
                answer = await self._answer(message_id)
            self._obey(answer)
            if answer.next in (AskNext.WAIT, AskNext.STOP):
                return None
            found += [answer.found] if answer.found else []
        return ask, merge(found) if found else None

    async def _turn(self) -> None:
        """Wait for this request's turn: so many a second, whatever the number in flight."""
        rate = self._rate_per_s() or RATE_PER_S
        now = self._waits.monotonic()
        turn = max(now, self._free_at)
        self._free_at = turn + self._waits.scale / rate
        if turn > now and self._waits.scale:
            await self._waits.wait((turn - now) / self._waits.scale)

    async def _answer(self, message_id: str) -> DeliveryAnswer:
        try:
            answer = await self._client.status(message_id)
        except StopError:
            return DeliveryAnswer(AskNext.STOP)
        except ClientError:
            return DeliveryAnswer(AskNext.WAIT)
        return judge_delivery(answer, message_id)

    def _obey(self, answer: DeliveryAnswer) -> None:
        match answer.next:
            case AskNext.NEWS:
                self._any_news = True
            case AskNext.NO_NEWS:
                self._without_news += 1
                if not self._any_news and self._without_news >= DOUBT:
                    self._halt = Halt.NOT_TOLD
            case AskNext.WAIT:
                if not self._wait_s:
                    self._wait_s = self._backoff.next_s(answer.wait_s or 1.0) or 1.0
            case AskNext.STOP:
                self._halt = Halt.NOT_ALLOWED

    def _next_ask(self, ask: Ask, found: Found | None) -> datetime | None:
        """Return when to ask again; None after the end of a message or of its time."""
        now = self._waits.now()
        last = last_ask(ask.since, self._life_s(ask.code))
        if (found is not None and found.is_final) or now >= last:
            return None
        wait = timedelta(seconds=next_ask_s(ask.asks + 1, self._waits.uniform))
        return min(now + wait, max(last, now + timedelta(seconds=1))).astimezone(UTC)

    def _life_s(self, code: str) -> int:
        """Return how long the service keeps trying to deliver a campaign's messages."""
        if code not in self._lives_s:
            try:
                head = self._journal.head(code)
            except KeyError:  # deleted meanwhile
                return 0
            campaign = read_campaign(head.draft)
            given = campaign.draft.ttl_s if isinstance(campaign, Campaign) else None
            self._lives_s[code] = given or TTL_RECOMMENDED_S[Kind(head.kind)]
        return self._lives_s[code]
