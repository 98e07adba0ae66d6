"""Measure sending against a bare httpx loop: see README.md beside this file.

python -m tests.benchmarks.sending [--people N] [--rounds N] [--window | --screen]
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
SCREEN = ("xvfb-run", "-a", "-s", "-screen 0 1280x800x24")


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


def child(module: str, *arguments: str, screen: bool = False) -> dict:
    """Let a process of its own measure something; its data and state vanish with it."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    with TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "CASCADE_DESKTOP_DATA": str(Path(folder) / "data"),
            "CASCADE_DESKTOP_STATE": str(Path(folder) / "state"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "QT_QPA_PLATFORM": "xcb" if screen else "offscreen",
        }
        told = subprocess.run(
            [*SCREEN, *command] if screen else command,
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
    tell("engine", 0.9, people, taken)


def compare_window(url: str, people: int, rounds: int, *, screen: bool) -> None:
    """Take turns: the window with its grid open, then a bare loop with the same batches."""
    taken: list[tuple[dict, dict]] = []
    for _ in range(rounds):
        own = child("sending_window", url, str(people), screen=screen)
        taken.append((own, child("sending_child", "bare", url, json.dumps(own["sizes"]))))
    tell("window", 0.8, people, taken)
    for when in ("idle", "sending"):
        gaps = [own[when] for own, _ in taken]
        longest = " ".join(f"{gap['longest_ms']:.0f}" for gap in gaps)
        print(f"  {when}: 99.9 % of gaps {min(gap['p999_ms'] for gap in gaps):.0f} ms", end=", ")
        print(f"longest {longest} ms (50 and 100, the best of {len(gaps)})", flush=True)


def tell(what: str, target: float, people: int, taken: list[tuple[dict, dict]]) -> None:
    """Print what one way of sending took beside the bare loop of the same round."""
    own_s, bare_s = (median(pair[at]["s"] for pair in taken) for at in (0, 1))
    ratios = sorted(bare["s"] / own["s"] for own, bare in taken)
    grown = max(own["grown_mb"] for own, _ in taken)
    print(f"{people:,} messages in {len(taken[0][0]['sizes'])} batches, medians of {len(taken)}")
    print(f"  bare httpx loop {bare_s:6.2f} s, {people / bare_s:,.0f} a second")
    print(f"  {what:15} {own_s:6.2f} s, {people / own_s:,.0f} a second", end=", ")
    print(f"{median(ratios):.2f} x, best {ratios[-1]:.2f} (at least {target})")
    print(f"  memory from the 10th batch on: {grown:+.0f} MB (less than 50)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--window", action="store_true", help="also the window, its grid open")
    parser.add_argument("--screen", action="store_true", help="the window on a display of xvfb-run")
    asked = parser.parse_args()
    with service() as url:
        compare(url, asked.people, asked.rounds)
        if asked.window or asked.screen:
            compare_window(url, asked.people, asked.rounds, screen=asked.screen)


if __name__ == "__main__":
    main()
