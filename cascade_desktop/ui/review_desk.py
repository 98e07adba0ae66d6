"""What only a look at everything tells the review, taken off the screen's thread."""

import hashlib
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.phones import country_of
from cascade_desktop.core.preparation import Prepared
from cascade_desktop.core.prices import Cost, Prices, count_parts, estimate
from cascade_desktop.core.sent_before import Earlier, find_earlier
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.settings import Settings, SettingsStore
from cascade_desktop.engine.worker import Worker


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found out about a campaign for its review."""

    people: int
    """Who will get it: fewer than messages where somebody gets several."""
    several: int
    """How many of them get several."""
    by_country: tuple[tuple[str, int], ...]
    earlier: Earlier
    days: int
    """So far back it was looked."""
    cost: Cost | None
    """What it comes to at most; None without prices."""
    list_changed: bool
    """Whether the list's file is another one by now than what was read."""


class ReviewDesk:
    """Looks at a campaign, and at what was sent, as they are at that moment."""

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings
        self._worker = Worker()

    async def look(
        self, prepared: Prepared, file: Path | None, folder: Path | None, now: datetime
    ) -> Looked:
        """Find out what the review tells beside the message.

        ``file`` is the list's, ``folder`` the account's: practice has its own.
        """
        settings = self._settings.load()
        return await self._worker.run(look, prepared, file, folder, settings, now)

    def close(self) -> None:
        """End the thread."""
        self._worker.close()


def look(
    prepared: Prepared, file: Path | None, folder: Path | None, settings: Settings, now: datetime
) -> Looked:
    """Look at a campaign, its list's file and the journal of a data folder."""
    composition = prepared.composition
    per_person = composition.per_person()
    is_call = prepared.campaign.draft.kind is Kind.FLASHCALL
    return Looked(
        people=len(per_person),
        several=sum(count > 1 for count in per_person.values()),
        by_country=tuple(Counter(map(country_of, per_person)).most_common()),
        earlier=_earlier(composition, folder, settings.sent_before_days, now),
        days=settings.sent_before_days,
        cost=None if is_call else _cost(composition, settings.own_prices),
        list_changed=_is_another(file, composition.recipients.table.source.sha256),
    )


def _earlier(composition: Composition, folder: Path | None, days: int, now: datetime) -> Earlier:
    """Look in the journal with a connection of its own: nobody else waits for it."""
    if folder is None or days <= 0:
        return Earlier()
    with closing(Journal(folder, readonly=True)) as journal:
        return find_earlier(composition, journal.sent(now - timedelta(days=days), now))


def _cost(composition: Composition, prices: Prices) -> Cost | None:
    return estimate(prices, count_parts(composition)) if prices.per_part else None


def _is_another(file: Path | None, sha256: str) -> bool:
    """Tell whether a file changed; one that is gone or locked changed nothing that was read."""
    if file is None or not sha256:
        return False
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() != sha256
    except OSError:
        return False
