"""Fill a small disk to 20 levels in four phases: at the start, before an intent, before its result,
and at the end. The program says so, sends nothing twice, and goes on when there is room."""

import logging
import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Progress
from tests.engine.campaigns import Desk, make_plan
from tests.engine.fault_server import Act, FaultServer
from tests.long.figures import Figures, NotHereError
from tests.long.laws import broken_laws, what_is_left

KB = 1024
_KB = (0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384, 512, 1024)
LEVELS = tuple(size * KB for size in _KB)
PHASES = ("start", "intent", "result", "finish")
ROUNDS, SHORT_ROUNDS = len(LEVELS) * len(PHASES), 12
SIZE_MB, PEOPLE = 8, 330
PATIENCE = 3
"""So many times it may say that the disk is full before somebody makes room."""


def run(dice: random.Random, rounds: int) -> Figures:
    """Send a campaign on a disk that fills up, make room, and send on."""
    every = [(phase, level) for level in LEVELS for phase in PHASES]
    chosen = every if rounds >= len(every) else [
        (phase, level) for phase in PHASES for level in dice.sample(LEVELS, -(-rounds // 4))
    ]  # fmt: skip
    broken: list[str] = []
    told = 0
    logging.getLogger("cascade_desktop").addHandler(logging.NullHandler())
    with small_disk() as folder, FaultServer() as server:
        for number, (phase, level) in enumerate(chosen):
            case = _Case(folder / str(number), server, phase, level)
            told += case.was_told
            broken += [f"{phase} with {level} bytes free: {law}" for law in case.broken()]
            case.clear()
    levels = len({level for _, level in chosen})
    return Figures(
        (
            f"{len(chosen)} campaigns: {levels} levels in {len(PHASES)} phases",
            f"{told} of them said that the disk was full; all went on when there was room",
        ),
        tuple(broken),
    )


@contextmanager
def small_disk() -> Iterator[Path]:
    """Yield a folder on a disk of its own, of a few megabytes."""
    with TemporaryDirectory() as place:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", place]
        try:
            subprocess.run(mount, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise NotHereError("a small disk can be mounted by root on Linux only") from error
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", place], check=True)


class _Case:
    """One campaign: the disk fills in a phase, and somebody makes room later."""

    def __init__(self, folder: Path, server: FaultServer, phase: str, level: int) -> None:
        self._folder = folder
        self._filler = folder.parent / "filler"
        self._server = server
        self._phase = phase
        self._level = level
        self._patience = PATIENCE
        self.was_told = False
        server.taken.clear()
        server.default = Act(before=lambda _: self._in("result"))
        os.environ["CASCADE_DESKTOP_STATE"] = str(folder / "state")
        with suppress(UnwritableJournalError):
            self._send()
        self._make_room()
        with Desk(folder / "data", server.url) as desk:
            desk.work.journal._room_bytes = 0  # the disk is smaller than the rule's 50 MB
            code = next((head.code for head in desk.work.journal.heads()), "")
            self._ending = desk.sends(code or desk.creates(make_plan(PEOPLE)))

    def _send(self) -> None:
        self._in("start")
        try:
            with Desk(self._folder / "data", self._server.url) as desk:
                desk.work.journal._room_bytes = 0
                code = desk.creates(make_plan(PEOPLE))
                self._in("intent")
                ending = desk.sends(code, self._watch)
                self.was_told |= ending.reason in (Reason.DISK_FULL, Reason.STATE_UNWRITABLE)
        except (UnwritableJournalError, OSError):
            self.was_told = True

    def broken(self) -> tuple[str, ...]:
        """Return every law that the campaign breaks."""
        left = what_is_left(self._folder / "data")
        laws = broken_laws(left, self._server.taken, rows=PEOPLE, interruptions=1)
        ended = self._ending
        if ended.state is not CampaignState.FINISHED:
            return (*laws, f"it did not go on: {ended.state} {ended.reason}")
        return laws

    def clear(self) -> None:
        """Leave an empty disk to the next."""
        for path in sorted(self._folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

    def _watch(self, _: Sender, progress: Progress) -> None:
        if progress.reason is Reason.DISK_FULL:
            self.was_told = True
            self._patience -= 1
            if not self._patience:
                self._make_room()
        elif progress.counts.ready == 0:
            self._in("finish")

    def _in(self, phase: str) -> None:
        if phase == self._phase and self._patience and not self._filler.exists():
            _fill(self._filler, self._level)

    def _make_room(self) -> None:
        self._patience = 0
        self._filler.unlink(missing_ok=True)


def _fill(path: Path, level: int) -> None:
    """Take all but so many bytes of a disk."""
    at = os.statvfs(path.parent)
    size = max(0, at.f_bavail * at.f_frsize - level)
    with path.open("wb") as file:
        file.write(b"\1" * size)
