"""Resume one campaign in 20 processes at once: one of them sends, nobody gets it twice."""

import json
import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engine.fault_server import Act, FaultServer
from tests.long.figures import Figures
from tests.long.laws import broken_laws, what_is_left
from tests.long.real_program import Campaign, command_line

ROUNDS, SHORT_ROUNDS = 20, 0  # tests/journeys/test_command_line_restored.py has six of them
PEOPLE = 300


def run(_: random.Random, rounds: int) -> Figures:
    """Begin a campaign, then let so many processes resume it at the same time."""
    with TemporaryDirectory() as place, FaultServer() as server:
        campaign = Campaign(Path(place), server, PEOPLE)
        server.plays(Act(), Act(answer=_key_refused, takes=False))
        campaign.start(command_line(campaign)).communicate()
        server.default = Act(before=lambda _: server.pause(0.2))
        again = command_line(campaign)
        started = [campaign.start(again) for _ in range(rounds)]
        said = [process.communicate()[0] for process in started]
        ends = Counter(process.returncode for process in started)
        broken = broken_laws(
            what_is_left(campaign.journal), server.taken, rows=PEOPLE, interruptions=0
        )
    reasons = Counter(json.loads(text.splitlines()[-1])["reason"] for text in said)
    lost = [text for text in said if "Traceback" in text]
    told = (f"{rounds} starts: exit codes {dict(ends)}, reasons {dict(reasons)}",)
    return Figures(told, (*broken, *lost, *(["nobody sent"] if not ends[0] else [])))


def _key_refused(_: object) -> bytes:
    return b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
