"""Prove the numbers of sending: python -m tests.long [NAME ...] [--rounds N] [--seed S]."""

import argparse
import random
import sys
import time

from tests.long.figures import NotHereError, load, run_names


def main() -> int:
    """Run what was named, or everything; return 1 when a law broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.long", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(run_names()))
    parser.add_argument("--rounds", type=int, default=0, help="instead of each run's own number")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(run_names()))
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(run_names())}")
    broken = [prove(name, asked.rounds, asked.seed) for name in asked.names or run_names()]
    return int(any(broken))


def prove(name: str, rounds: int, seed: int) -> bool:
    """Make one run and print its figures; return whether a law broke."""
    run = load(name)
    began = time.monotonic()
    try:
        figures = run.run(random.Random(seed), rounds or run.ROUNDS)
    except NotHereError as error:
        print(f"{name}: left out, {error}", flush=True)
        return False
    for line in figures.told:
        print(f"{name}: {line}")
    for law in figures.broken:
        print(f"{name}: BROKEN: {law}")
    verdict = "FAILED" if figures.broken else "held"
    print(f"{name}: {verdict} in {time.monotonic() - began:.0f} s (seed {seed})", flush=True)
    return bool(figures.broken)


if __name__ == "__main__":
    sys.exit(main())
