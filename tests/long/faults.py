"""Send campaigns through every named fault: each × body 1 KB and 1 MB × batch 1, 4 and 100.

The plain faults come again inside TLS and inside a proxy's tunnel, with a batch of 4. Each round is
one campaign with the real sender, journal and client; fewer rounds than there are campaigns draw
some of them.
"""

import random

from tests.engine.fault_world import BATCHES, LARGE, SMALL, Fault, Finding, memory_folder, run_fault
from tests.engine.named_private_faults import ALL, ELSEWHERE
from tests.long.figures import Figures

MATRIX = (
    *((fault, size, batch) for fault in ALL for size in (SMALL, LARGE) for batch in BATCHES),
    *((fault, size, 4) for fault in ELSEWHERE for size in (SMALL, LARGE)),
)
ROUNDS, SHORT_ROUNDS = len(MATRIX), 0  # tests/engine/test_named_faults.py is the short form


def run(dice: random.Random, rounds: int) -> Figures:
    """Send a campaign through each fault, and hold it against the server's books."""
    chosen = MATRIX if rounds >= len(MATRIX) else dice.sample(MATRIX, rounds)
    found = [_try(*one) for one in chosen]
    unsafe = [finding for finding in found if finding.unsafe]
    lost = [finding for finding in found if finding.lost]
    wrong = [finding for finding in found if not finding.is_allowed]
    told = (
        f"{len({fault.name for fault, _, _ in chosen})} faults, {len(found)} campaigns",
        f"{len(unsafe)} unsafe, {len(lost)} lost, {len(wrong)} in a wrong class",
    )
    return Figures(told, tuple(str(finding) for finding in found if not finding.is_fine))


def _try(fault: Fault, size: int, batch: int) -> Finding:
    with memory_folder() as folder:
        return run_fault(fault, size, batch, folder)
