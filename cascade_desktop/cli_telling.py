"""What a command tells while it sends: how far it is, what it waits for, an answer that is owed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict

from cascade_desktop.cli_output import print_json, print_sentence
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.engine.sending import Progress
from cascade_desktop.engine.waits import Waits
from cascade_desktop.ui import wording_telling, wording_trouble
from cascade_desktop.ui.answer_watch import AnswerWatch, Silence

LOOK_S = 1.0
PROGRESS_EVERY_S = 5.0
SILENCE_EVERY_S = 60.0


class Teller:
    """Tells of one campaign under way: lines for a script, or sentences for a person."""

    def __init__(self, code: str, waits: Waits, *, as_json: bool) -> None:
        self._code = code
        self._waits = waits
        self._as_json = as_json
        self._wait = (0.0, Reason.NONE)
        self._watch = AnswerWatch(waits)
        self._heard = False
        self._counts = Counts()
        self._done_told = 0
        self._progress_at = waits.monotonic()
        self._silence_at: float | None = None
        self._is_pausing = False

    def tell(self, progress: Progress) -> None:
        """Take what a batch or a wait changed; a wait that only goes on is told once."""
        self._heard = True
        before, self._wait = self._wait, (progress.waiting_s, progress.reason)
        if not progress.waiting_s:
            self._counts = progress.counts
            if self._as_json:
                counts = asdict(progress.counts)
                print_json({"campaign": self._code, "batch": progress.batch, "counts": counts})
        elif self._wait != before:
            self._tell_wait(progress)

    def interrupted(self, *, under_way: bool) -> None:
        """Tell at once, and once, that a pause waits for the batch under way."""
        if under_way and not self._is_pausing:
            self._is_pausing = True
            pausing = wording_trouble.say_pausing(stop=False)
            print_sentence(f"{pausing} {wording_telling.say_again_changes_nothing()}")

    def look(self, *, under_way: bool) -> None:
        """Tell what is due by now: how far it is, and since when an answer is awaited."""
        heard, self._heard = self._heard, False
        silence = self._watch.look(under_way=under_way, heard=heard)
        if silence is None:
            self._silence_at = None
        elif self._silence_at is None or self._is_past(self._silence_at, SILENCE_EVERY_S):
            self._silence_at = self._waits.monotonic()
            self._tell_silence(silence)
        moved = self._counts.done != self._done_told
        if moved and not self._as_json and self._is_past(self._progress_at, PROGRESS_EVERY_S):
            self._progress_at, self._done_told = self._waits.monotonic(), self._counts.done
            print_sentence(wording_telling.say_progress(self._counts))

    @asynccontextmanager
    async def looking(self, is_under_way: Callable[[], bool]) -> AsyncIterator[None]:
        """Look again and again while a campaign is sent."""
        task = asyncio.ensure_future(self._keep_looking(is_under_way))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _keep_looking(self, is_under_way: Callable[[], bool]) -> None:
        while True:
            await self._waits.wait(LOOK_S)
            self.look(under_way=is_under_way())

    def _is_past(self, moment: float, seconds: float) -> bool:
        return self._waits.monotonic() - moment >= seconds * self._waits.scale

    def _tell_silence(self, silence: Silence) -> None:
        if self._as_json:
            print_json({"campaign": self._code, "no_answer_since": silence.since.isoformat()})
        elif silence.is_long:
            print_sentence(wording_trouble.say_silence(silence.until))
        else:
            print_sentence(wording_trouble.say_slow(silence.since))

    def _tell_wait(self, progress: Progress) -> None:
        if self._as_json:
            waiting_s, reason = round(progress.waiting_s, 1), progress.reason.value
            print_json({"campaign": self._code, "waiting_s": waiting_s, "reason": reason})
        else:
            minutes, seconds = divmod(max(1, round(progress.waiting_s)), 60)
            print_sentence(wording_trouble.say_wait(progress.reason, f"{minutes}:{seconds:02}"))
