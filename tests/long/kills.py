"""Kill the real program at random moments of its campaigns, then let it finish: kill -9.

Each round is a kill. A third of them end the window, the others the command line; a campaign is
killed several times, in its start, at work and while it recovers from the kill before.
"""

import csv
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from cascade_desktop.core.states import State
from tests.engine.fault_server import Act, FaultServer
from tests.long.figures import Figures
from tests.long.laws import broken_laws, what_is_left
from tests.long.real_program import Campaign, Command, command_line, window

ROUNDS, SHORT_ROUNDS = 400, 2
PEOPLE, WRONG = 1_900, 3
"""Too few for a batch of 1,000: those come after 20 clean ones in a row."""
KILLS_A_CAMPAIGN = 8
ATTEMPTS = 12
WORDS = {"Sent": State.ACCEPTED, "Uncertain": State.UNKNOWN}


@dataclass(slots=True)
class Tally:
    """What all campaigns of a run add up to."""

    campaigns: int = 0
    kills: int = 0
    sent: int = 0
    unknown: int = 0
    broken: list[str] = field(default_factory=list)


def run(dice: random.Random, rounds: int) -> Figures:
    """Kill so often, let every campaign finish, and hold the laws against it."""
    told, broken = [], []
    for name, command, kills in (
        ("command line", command_line, rounds - rounds // 3),
        ("window", window, rounds // 3),
    ):
        tally = Tally()
        while tally.kills < kills and not tally.broken:
            wanted = min(KILLS_A_CAMPAIGN, kills - tally.kills)
            with TemporaryDirectory() as folder, FaultServer() as server:
                server.default = Act(before=lambda _, s=server: s.pause(dice.uniform(0.0, 0.05)))
                send_and_kill(
                    Campaign(Path(folder), server, PEOPLE, WRONG), command, wanted, dice, tally
                )
        if not kills:
            continue
        told.append(
            f"{name}: {tally.kills} kills in {tally.campaigns} campaigns, {tally.sent} messages"
            f" taken, {tally.unknown} not known"
        )
        broken += [f"{name}: {law}" for law in tally.broken]
    return Figures(tuple(told), tuple(broken))


def send_and_kill(
    campaign: Campaign, command: Command, kills: int, dice: random.Random, tally: Tally
) -> None:
    """Kill one campaign's program so often, let it finish, and look at what is left."""
    killed = sum(kill_once(campaign, command, dice) for _ in range(kills))
    output = finish(campaign, command)
    left = what_is_left(campaign.journal)
    taken = campaign.server.taken
    tally.campaigns += 1
    tally.kills += killed
    tally.sent += len(taken)
    tally.unknown += left.head.counts.unknown
    tally.broken += broken_laws(left, taken, rows=PEOPLE + WRONG, interruptions=killed)
    tally.broken += wrong_report(campaign, left.head.code)
    if left.head.counts.ready:
        tally.broken.append(f"it did not finish: {output}")


def kill_once(campaign: Campaign, command: Command, dice: random.Random) -> bool:
    """Kill a program at a moment that the dice choose; False when it had ended before."""
    requests = campaign.server.requests
    with campaign.start(command(campaign)) as process:
        if dice.random() < 0.3:
            wait_while(lambda: process.poll() is None, dice.uniform(0.0, 2.5))
        else:
            until = len(requests) + dice.randint(1, 3)
            wait_while(lambda: process.poll() is None and len(requests) < until, 60.0)
            time.sleep(dice.uniform(0.0, 0.04))
        ended = process.poll() is not None
        process.kill()
        process.communicate()
    return not ended


def wait_while(holds: Callable[[], bool], at_most_s: float) -> None:
    late = time.monotonic() + at_most_s
    while holds() and time.monotonic() < late:
        time.sleep(0.002)


def finish(campaign: Campaign, command: Command) -> str:
    """Start the program until nothing waits; return what it said last."""
    said = ""
    for _ in range(ATTEMPTS):
        with campaign.start(command(campaign)) as process:
            said = process.communicate(timeout=300)[0]
        if campaign.code() and not what_is_left(campaign.journal).head.counts.ready:
            break
    return said[-2000:]


def wrong_report(campaign: Campaign, code: str) -> list[str]:
    """Write the report as an administrator would, and say where it is not the journal."""
    path = campaign.folder / "report.csv"
    with campaign.start(["cascade_desktop", "report", code, str(path)]) as process:
        said, _ = process.communicate(timeout=120)
    if process.returncode:
        return [f"no report: {said}"]
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    left = what_is_left(campaign.journal)
    wrong = [] if len(lines) == PEOPLE + WRONG else [f"I7: {len(lines)} lines in the report"]
    for word, state in WORDS.items():
        ids = {line["Our id"] for line in lines if line["Outcome"] == word}
        if ids != left.ids(state):
            wrong.append(f"I7: {len(ids)} are {word} in the report, {left.head.counts}")
    return wrong
