"""Put the computer to sleep while a campaign is sent: SIGSTOP, and SIGCONT 1 to 30 s later.

Each round is a campaign of the command line with one sleep, in four phases by turns. The server
goes on meanwhile: what it was handed it answers during the sleep. Deadlines are 6 s here instead
of 120, so that most sleeps are longer: only time awake may count.
"""

import random
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory

from cascade_desktop.core.states import State
from tests.engine.fault_server import Act, FaultServer, Request, http
from tests.long.figures import Figures
from tests.long.laws import broken_laws, what_is_left
from tests.long.real_program import Campaign, command_line

ROUNDS, SHORT_ROUNDS = 40, 4
PEOPLE = 310
"""A canary of 10 and three batches of 100."""
AT_ONCE = 8
SCALE, SLEEP_S = 0.05, (1.0, 30.0)
SHORT_SCALE, SHORT_SLEEP_S = 0.025, (3.5, 3.5)
COUNTED_SHARE = 0.95
MOMENT_S = 0.15
"""After an answer: its batch is settled, the next one waits for its time."""
BUSY = http(503, b"", "Retry-After: 40")


class Phase(StrEnum):
    """Where the computer falls asleep."""

    BEFORE_THE_BODY = "before the body"
    ANSWER_AWAITED = "while the answer is awaited"
    BETWEEN_BATCHES = "between batches"
    BACK_OFF = "in a back-off"


@dataclass(frozen=True, slots=True)
class Sleep:
    """When and how long."""

    phase: Phase
    batch: int
    seconds: float
    scale: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a campaign with a sleep brought."""

    phase: Phase
    slept: bool
    answered: int
    counted: int
    broken: tuple[str, ...]


@dataclass(slots=True)
class SleepyServer(FaultServer):
    """Puts the program to sleep once, when a chosen batch comes to a phase."""

    sleep: Sleep | None = None
    process: "Popen[str] | None" = None
    slept: bool = False
    _timers: list[threading.Timer] = field(default_factory=list)

    def prepare(self, sleep: Sleep) -> None:
        self.sleep = sleep
        self.default = Act(before=self._came)
        busy = Act(before=self._came, answer=BUSY, takes=False)
        if sleep.phase is Phase.BACK_OFF:
            self.plays(*[self.default] * (sleep.batch - 1), busy)

    def wake(self) -> None:
        """Wake the program now, whatever was still to come."""
        for timer in self._timers:
            timer.cancel()
        self._signal(signal.SIGCONT)

    def _play(self, connection: socket.socket, port: int, act: Act) -> None:
        if self._is_due(Phase.BEFORE_THE_BODY, self.connections):
            self._fall_asleep()
        FaultServer._play(self, connection, port, act)

    def _came(self, _request: Request) -> None:
        if self._is_due(Phase.ANSWER_AWAITED, len(self.requests)):
            self._fall_asleep()
        for phase in (Phase.BETWEEN_BATCHES, Phase.BACK_OFF):
            if self._is_due(phase, len(self.requests)):
                self._later(MOMENT_S, self._fall_asleep)

    def _is_due(self, phase: Phase, batch: int) -> bool:
        sleep = self.sleep
        return sleep is not None and (sleep.phase, sleep.batch) == (phase, batch)

    def _fall_asleep(self) -> None:
        assert self.sleep is not None
        self.slept = self._signal(signal.SIGSTOP)
        self._later(self.sleep.seconds, lambda: self._signal(signal.SIGCONT))

    def _later(self, seconds: float, call: Callable[[], object]) -> None:
        timer = threading.Timer(seconds, call)
        self._timers.append(timer)
        timer.start()

    def _signal(self, number: signal.Signals) -> bool:
        if self.process is None or self.process.poll() is not None:
            return False
        self.process.send_signal(number)
        return True


def run(dice: random.Random, rounds: int) -> Figures:
    """Let so many campaigns sleep once each."""
    is_short = rounds <= SHORT_ROUNDS
    sleeps = [choose(dice, number, is_short=is_short) for number in range(rounds)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        outcomes = list(threads.map(send_and_sleep, sleeps))
    answered, counted = sum(o.answered for o in outcomes), sum(o.counted for o in outcomes)
    broken = [f"{outcome.phase}: {law}" for outcome in outcomes for law in outcome.broken]
    if counted < COUNTED_SHARE * answered:
        broken.append(f"{counted} of {answered} answers were counted")
    told = [told_of(phase, [o for o in outcomes if o.phase is phase]) for phase in Phase]
    return Figures((*told, f"{counted} of {answered} answers counted"), tuple(broken))


def choose(dice: random.Random, number: int, *, is_short: bool) -> Sleep:
    """Choose a sleep; between batches there is time for one only at the usual pace."""
    phase = tuple(Phase)[number % len(Phase)]
    scale = SHORT_SCALE if is_short else SCALE
    seconds = dice.uniform(*(SHORT_SLEEP_S if is_short else SLEEP_S))
    between = phase is Phase.BETWEEN_BATCHES
    batch = dice.randint(2, 3) if between else dice.randint(1, 4)
    return Sleep(phase, batch, seconds, 1.0 if between else scale)


def told_of(phase: Phase, outcomes: list[Outcome]) -> str:
    answered, counted = sum(o.answered for o in outcomes), sum(o.counted for o in outcomes)
    slept = sum(outcome.slept for outcome in outcomes)
    return f"{phase}: {slept} sleeps in {len(outcomes)} campaigns, {counted} of {answered} counted"


def send_and_sleep(sleep: Sleep) -> Outcome:
    """Send one campaign; the server puts it to sleep on the way."""
    with TemporaryDirectory() as folder, SleepyServer() as server:
        server.prepare(sleep)
        campaign = Campaign(Path(folder), server, PEOPLE, scale=sleep.scale)
        with campaign.start(command_line(campaign)) as process:
            server.process = process
            try:
                said, _ = process.communicate(timeout=300)
            finally:
                server.wake()
        left = what_is_left(campaign.journal)
        answered = set(server.taken)
        counted = answered & left.ids(State.ACCEPTED)
        broken = broken_laws(left, server.taken, rows=PEOPLE, interruptions=1, finished=False)
        if not server.slept:
            broken = (*broken, f"it did not sleep: {said[-500:]}")
    return Outcome(sleep.phase, server.slept, len(answered), len(counted), broken)
