"""Time as the engine uses it: one place that tests and slow machines can turn."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from cascade_desktop.engine.journal.store import utc_now


class Hold(Enum):
    """What keeps the next batch back for now; each is released by itself."""

    ASKED = auto()
    """The operator is being asked something."""
    ASLEEP = auto()
    """The computer goes to sleep."""


@dataclass(frozen=True, slots=True)
class Waits:
    """The clocks, the sleep and the dice; ``scale`` multiplies every wait and deadline."""

    scale: float = 1.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = utc_now
    uniform: Callable[[float, float], float] = random.uniform

    async def wait(self, seconds: float) -> None:
        """Sleep for so many seconds, scaled."""
        await self.sleep(seconds * self.scale)
