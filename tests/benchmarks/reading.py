"""Measure reading a million recipients against the plain tools: see README.md beside this file.

python -m tests.benchmarks.reading [--rows N] [--rounds N] [--slow-rows N] [--keep FOLDER]
"""

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.million import ROWS, write_csv, write_workbook

HOME = Path(__file__).parents[2]
SAMPLE_S = 0.02
MB = 1024
SMALL = 10_000


def measured(what: str, path: Path, rows: int = 0) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.measured", what, str(path), str(rows)]
    told = subprocess.run(command, cwd=HOME, check=True, capture_output=True, text=True)
    return json.loads(told.stdout.splitlines()[-1])


def interleaved(rounds: int, *ways: tuple[str, Path]) -> list[dict[str, float]]:
    """Measure each way once a round and return each one's medians."""
    taken: list[list[dict[str, float]]] = [[] for _ in ways]
    for _ in range(rounds):
        for told, (what, path) in zip(taken, ways, strict=True):
            told.append(measured(what, path))
    return [{key: median(one[key] for one in told) for key in told[0]} for told in taken]


def family_pss_mb(pid: int) -> float:
    """Return the memory of a process and its children, pages they share counted once."""
    total = 0
    for one in (pid, *children(pid)):
        with suppress(OSError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / MB


def children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (thread / "children").read_text().split()]
    return found


def window(path: Path, folder: Path) -> dict:
    """Open a file in a real window, off screen, and watch its memory and its child's."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment["CASCADE_DESKTOP_STATE"] = str(folder / "state")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.window", str(path)],
        cwd=HOME,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, family_pss_mb(process.pid))
            time.sleep(SAMPLE_S)
        assert process.stdout is not None
        return {**json.loads(process.stdout.read().splitlines()[-1]), "peak_mb": peak}


def say(name: str, took: dict[str, float], base: dict[str, float], limit: str) -> None:
    clock, processor = (took[key] / base[key] for key in ("s", "processor_s"))
    seconds = f"{took['s']:7.2f} s {clock:5.2f} x"
    print(f"{name:<40} {seconds} (processor {processor:5.2f} x)  {limit}", flush=True)


def compare_reading(path: Path, base: str, rounds: int, limit: str) -> float:
    plain, own = interleaved(rounds, (base, path), ("ours", path))
    say(f"{path.name}: {base}", plain, plain, "the base")
    say(f"{path.name}: file to verdicts", own, plain, limit)
    return own["s"]


def compare_slow(path: Path, own: float, rows: int, slow_rows: int) -> None:
    taken = measured("pandas_openpyxl", path, slow_rows)["s"]
    scaled = taken * (rows / slow_rows if slow_rows else 1)
    part = f"{slow_rows:,} rows, scaled" if slow_rows else "every row"
    print(f"{path.name}: pandas, openpyxl, phonenumbers ({part}) {scaled:8.2f} s")
    print(f"{path.name}: ours is {scaled / own:.1f} x faster (at least 10)", flush=True)


def watch(path: Path, folder: Path, rounds: int) -> None:
    runs = [window(path, folder) for _ in range(rounds)]
    best = min(runs, key=lambda run: run["loading"]["longest_ms"])
    print(f"{path.name} in the window, best of {rounds}: {best['ready']:,} ready")
    print(f"  choice to verdicts {min(run['verdicts_s'] for run in runs):.2f} s", end=", ")
    print(f"all counted {min(run['counted_s'] for run in runs):.2f} s")
    for what in ("idle", "loading"):
        gaps = best[what]
        print(f"  {what}: 99.9 % of gaps <= {gaps['p999_ms']:.0f} ms", end=", ")
        print(f"longest {gaps['longest_ms']:.0f} ms (at most 50 and 100)")
    peak = max(run["peak_mb"] for run in runs)
    print(f"  peak of window and child together {peak:.0f} MB (at most 1536)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow-rows", type=int, default=0, help="0 is all of them")
    parser.add_argument("--keep", type=Path, help="a folder for the files, to use them again")
    asked = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        shared, inline, text = (
            folder / f"{asked.rows}{end}" for end in ("-shared.xlsx", "-inline.xlsx", ".csv")
        )
        small = folder / f"{SMALL}-shared.xlsx"
        if not shared.exists():
            write_workbook(shared, asked.rows, shared=True)
            write_workbook(inline, asked.rows, shared=False)
            write_csv(text, asked.rows)
        if not small.exists():
            write_workbook(small, SMALL, shared=True)
        own = compare_reading(shared, "calamine", asked.rounds, "at most 3")
        compare_reading(inline, "calamine", asked.rounds, "at most 3")
        compare_reading(text, "pandas_csv", asked.rounds, "at most 4")
        for path in (shared, text, small):
            watch(path, Path(temporary), asked.rounds)
        compare_slow(shared, own, asked.rows, asked.slow_rows)


if __name__ == "__main__":
    main()
