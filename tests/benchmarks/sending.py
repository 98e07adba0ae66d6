"""Measure sending against a bare httpx loop: see README.md beside this file.

python -m tests.benchmarks.sending [--people N] [--rounds N] [--window]
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

HOME = Path(__file__).parents[2]
PEOPLE = 100_000


@contextmanager
def service() -> Iterator[str]:
    """Yield the address of a service that answers a batch after 50 ms."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.answering"],
        cwd=HOME,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def child(module: str, *arguments: str) -> dict:
    """Let a process of its own measure something; its data and state vanish with it."""
    with TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "CASCADE_DESKTOP_DATA": str(Path(folder) / "data"),
            "CASCADE_DESKTOP_STATE": str(Path(folder) / "state"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "QT_QPA_PLATFORM": "offscreen",
        }
        told = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments],
            cwd=HOME,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return json.loads(told.stdout.splitlines()[-1])


def compare(url: str, people: int, rounds: int) -> None:
    """Take turns: the engine, then a bare loop with the batches that the engine made."""
    taken: list[tuple[dict, dict]] = []
    for _ in range(rounds):
        own = child("sending_child", "engine", url, str(people))
        taken.append((own, child("sending_child", "bare", url, json.dumps(own["sizes"]))))
    own_s, bare_s = (median(pair[at]["s"] for pair in taken) for at in (0, 1))
    grown = max(own["grown_mb"] for own, _ in taken)
    print(f"{people:,} messages in {len(taken[0][0]['sizes'])} batches, medians of {rounds}")
    print(f"  bare httpx loop {bare_s:6.2f} s, {people / bare_s:,.0f} a second")
    print(f"  engine          {own_s:6.2f} s, {people / own_s:,.0f} a second", end=", ")
    print(f"{median(b['s'] / o['s'] for o, b in taken):.2f} x (at least 0.9)")
    print(f"  memory from the 10th batch on: {grown:+.0f} MB (less than 50)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with service() as url:
        compare(url, asked.people, asked.rounds)


if __name__ == "__main__":
    main()
