"""Cut requests off at random moments: whatever is called unsent must not be with the server.

Each round is one request: plain, by TLS or through a proxy's tunnel, 1 KB or 1 MB, ended by a
deadline of some milliseconds, a reset or a close at a random place of its body, or an early answer.
The server reads on after a deadline for as long as anything comes.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Sequence

from cascade_desktop.core.drafts import Route
from cascade_desktop.core.proxy import NO_PROXY, Proxy, read_proxy
from cascade_desktop.core.target import Keys, Target, read_target
from cascade_desktop.engine.client import Client, ClientError, NotSentError, StopError
from tests.engine.certificates import HOST, good, trusted
from tests.engine.fault_server import TINY_WINDOW, Act, End, FaultServer, http
from tests.long.figures import Figures

ROUNDS, SHORT_ROUNDS = 3_000, 24
SIZES = (1_000, 1_000_000)
LONGEST_S = 0.03
UNSENT = "not sent"


def run(dice: random.Random, rounds: int) -> Figures:
    """Cut requests off, and compare what is claimed with what arrived."""
    seen: Counter[tuple[str, str]] = Counter()
    broken: list[str] = []
    for number in range(rounds):
        way = dice.choice(("plain", "tls", "tunnel"))
        act, deadline_s, how = _fault(dice)
        size, window = dice.choice(SIZES), dice.choice((None, TINY_WINDOW))
        claim, whole = _send(way, act, deadline_s, size, window)
        seen[how, claim] += 1
        if claim == UNSENT and whole:
            broken.append(f"round {number}: {way}, {size} bytes, {how}: called unsent, arrived")
    unsent = sum(count for (_, claim), count in seen.items() if claim == UNSENT)
    told = [f"{rounds} requests, {unsent} called unsent, {len(broken)} of them arrived whole"]
    told += [f"{how}: {count} {claim}" for (how, claim), count in sorted(seen.items())]
    return Figures(tuple(told), tuple(broken))


def _fault(dice: random.Random) -> tuple[Act, float, str]:
    share = dice.choice((0.0, dice.random(), 1.0))
    match dice.choice(("deadline", "deadline", "reset", "close", "early")):
        case "deadline":
            return Act(end=End.SILENCE), dice.uniform(0.0005, LONGEST_S), "deadline"
        case "reset":
            return Act(reads=share, answer=None, end=End.RESET), 20.0, "reset"
        case "close":
            return Act(reads=share, answer=None), 20.0, "close"
        case _:
            return Act(reads=share, answer=http(413)), 20.0, "early answer"


def _send(
    way: str, act: Act, deadline_s: float, size: int, window: int | None
) -> tuple[str, Sequence[str]]:
    tls = None if way == "plain" else good()
    with FaultServer(default=act, window=window, tls=tls, proxy=way == "tunnel") as server:
        claim = asyncio.run(_claim(server, way, size, deadline_s))
    return claim, [name for request in server.requests for name in request.ids]


async def _claim(server: FaultServer, way: str, size: int, deadline_s: float) -> str:
    target = read_target(f"https://{HOST}" if way == "tunnel" else server.url)
    proxy = read_proxy(f"127.0.0.1:{server.port}") if way == "tunnel" else NO_PROXY
    assert isinstance(target, Target)
    assert isinstance(proxy, Proxy)
    trust = None if way == "plain" else trusted()
    client = Client(target, Keys("key"), proxy=proxy, trust=trust, deadline_s=deadline_s)
    try:
        answer = await client.send(Route.STANDARD, json.dumps([{"id": "one"}]).encode().ljust(size))
    except (NotSentError, StopError):
        return UNSENT
    except ClientError:
        return "unknown"
    finally:
        await client.aclose()
    return str(answer.status)
