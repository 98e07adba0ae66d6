"""Send a real campaign through one named fault, and hold what came of it against the books."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from cascade_desktop.core.drafts import Route
from cascade_desktop.core.outcome import Answer
from cascade_desktop.core.proxy import NO_PROXY, Proxy, read_proxy
from cascade_desktop.core.states import CampaignState, State
from cascade_desktop.core.target import Keys, Target
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Ending, Progress
from cascade_desktop.engine.waits import Waits
from tests.engine.campaigns import KEYS, Desk, FakeTime, make_plan
from tests.engine.certificates import HOST, good, trusted
from tests.engine.fault_server import TINY_WINDOW, Act, FaultServer

SMALL, LARGE = 1_000, 1_000_000
BATCHES = (1, 4, 100)
CANARY = 10
_DEADLINE_S, _FAST_S = 0.9, 0.49


class Road(Enum):
    """How the service is reached."""

    PLAIN = auto()
    TLS = auto()
    TUNNEL = auto()
    """By TLS through a proxy."""


class Start(Enum):
    """How the service is there when the campaign begins."""

    USUAL = auto()
    REFUSED = auto()
    """Nobody listens until the program waits."""
    FULL = auto()
    """Its queue is full, for good."""
    NAMELESS = auto()
    """Its name is not known, for good."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a service does, and which outcomes of the batch the event table allows then."""

    name: str
    expects: tuple[str, ...]
    act: Act | Callable[["World"], Act] = field(default_factory=Act)
    small: tuple[str, ...] = ()
    """Also allowed for a body that fits into buffers: nobody can know how much was read."""
    alone: tuple[str, ...] = ()
    """Expected instead where the batch is a single message."""
    road: Road = Road.PLAIN
    start: Start = Start.USUAL

    def allows(self, outcome: str, size: int, batch: int) -> bool:
        """Tell whether the table allows this outcome."""
        expected = self.alone if self.alone and batch == 1 else self.expects
        return outcome in expected or (size == SMALL and outcome in self.small)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a fault led to; ``unsafe`` and ``lost`` name messages."""

    fault: str
    size: int
    batch: int
    outcome: str
    is_allowed: bool
    unsafe: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def is_fine(self) -> bool:
        """Tell whether every law held."""
        return self.is_allowed and not self.unsafe and not self.lost


class Padded(Client):
    """The program's client; a batch is filled up with blanks, which JSON allows, to its size."""

    size = SMALL

    async def send(
        self, route: Route, body: bytes, has_left: asyncio.Event | None = None
    ) -> Answer:
        return await super().send(route, body.ljust(self.size), has_left)


@dataclass(slots=True)
class World:
    """The services of one run; a clock that hurries while only a deadline can end what hangs."""

    server: FaultServer
    other: FaultServer
    road: Road
    size: int = SMALL
    hurries: bool = False
    url: str = ""
    _late_s: float = field(default=0.0)

    def clock(self) -> float:
        """Return the time that the client's deadline counts: none while things move."""
        if self.hurries or self.server.is_resting:
            self._late_s += _FAST_S
        return self._late_s

    def went_on(self) -> None:
        """Note that the client came back: what follows has all the time it needs."""
        self.hurries = self.server.is_resting = False

    @property
    def target_url(self) -> str:
        """Return the address that the campaign goes to."""
        if self.url:
            return self.url
        return f"https://{HOST}" if self.road is Road.TUNNEL else self.server.url

    def client(self, target: Target, keys: Keys) -> Client:
        """Return the client, as the program makes it."""
        proxy = read_proxy(f"127.0.0.1:{self.server.port}")
        assert isinstance(proxy, Proxy)
        client = Padded(
            target,
            keys,
            proxy=proxy if self.road is Road.TUNNEL else NO_PROXY,
            trust=None if self.road is Road.PLAIN else trusted(),
            waits=Waits(monotonic=self.clock),
            deadline_s=_DEADLINE_S,
        )
        client.size = self.size
        return client


def run_fault(fault: Fault, size: int, batch: int, folder: Path) -> Finding:
    """Send a campaign whose one batch of this size meets the fault, then go on until the end."""
    open_desk = partial(Desk, folder / "data", state=folder / "state", time=FakeTime())
    with _world(fault) as world:
        canary = batch > CANARY and fault.start is Start.USUAL
        act = fault.act if isinstance(fault.act, Act) else fault.act(world)
        world.server.plays(*([Act()] if canary else []), act)
        world.size = size
        plan = make_plan(batch + CANARY * canary, name=f"{fault.name} {size} {batch}")
        with open_desk(world.target_url, client=world.client) as desk:
            code = desk.creates(plan)
            ending = desk.sends(code, lambda *told: _goes_on(world, fault, *told))
            outcome = _outcome(desk.progress, ending, number=2 if canary else 1)
            if ending.state is CampaignState.PAUSED and not _is_for_good(fault):
                desk.sends(code)
            unsafe, lost = _broken(desk, code, world, for_good=_is_for_good(fault))
    allowed = fault.allows(outcome, size, batch)
    return Finding(fault.name, size, batch, outcome, allowed, unsafe, lost)


def _is_for_good(fault: Fault) -> bool:
    return fault.start in (Start.FULL, Start.NAMELESS)


def _goes_on(world: World, fault: Fault, sender: Sender, progress: Progress) -> None:
    world.went_on()
    if not progress.waiting_s:
        return
    if fault.start is Start.REFUSED and not world.server.listening:
        world.server.listens()
    if _is_for_good(fault):
        sender.pause()


def _outcome(progress: list[Progress], ending: Ending, number: int) -> str:
    """Say in a word what became of a batch, and why."""
    at, told = next(
        (at, told) for at, told in enumerate(progress) if told.batch == number and told.changes
    )
    after = progress[at + 1] if at + 1 < len(progress) else None
    states = {change.state for change in told.changes}
    stops = ", stops" if after is None and ending.state is CampaignState.PAUSED else ""
    if states == {State.ACCEPTED}:
        return "accepted"
    if State.UNKNOWN in states:
        word = "partly" if State.ACCEPTED in states else "unknown"
        return f"{word} {told.reason}{stops}"
    if states == {State.READY} and stops:
        return f"stops {ending.reason}"
    if states == {State.READY}:
        return f"again {after.reason}" if after is not None and after.waiting_s else "halves"
    return " ".join(sorted(states))


def _broken(
    desk: Desk, code: str, world: World, *, for_good: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    taken = world.server.taken + world.other.taken
    ready = desk.ids(code, State.READY)
    unsafe = {name for name, count in taken.items() if count > 1}
    unsafe |= desk.ids(code, State.ACCEPTED) - taken.keys()
    unsafe |= (ready | desk.ids(code, State.REFUSED)) & taken.keys()
    if world.other.connections or any("X-Auth" in head for head in world.server.tunnels):
        unsafe.add(f"a key {KEYS!r} was shown to others")
    lost = desk.ids(code, State.SENDING) | (set() if for_good else ready)
    return tuple(sorted(unsafe)), tuple(sorted(lost))


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Yield a folder in memory where there is one: faults of a service are not about the disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@contextmanager
def _world(fault: Fault) -> Iterator[World]:
    tls = None if fault.road is Road.PLAIN else good()
    server = FaultServer(
        window=TINY_WINDOW,
        tls=tls,
        proxy=fault.road is Road.TUNNEL,
        listening=fault.start is not Start.REFUSED,
    )
    with ExitStack() as stack:
        world = World(stack.enter_context(server), stack.enter_context(FaultServer()), fault.road)
        if fault.start is Start.FULL:
            world.url = stack.enter_context(_full())
            world.hurries = True
        elif fault.start is Start.NAMELESS:
            world.url = "https://nobody.invalid"
            world.road = Road.TLS
        yield world


@contextmanager
def _full() -> Iterator[str]:
    """Yield the address of a service whose queue of connections is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        address = listener.getsockname()
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}"
