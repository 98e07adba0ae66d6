"""Measure writing a text over many rows: see README.md beside this file.

python -m tests.benchmarks.composing [--rows N …] [--rounds N] [--screen]
"""

import argparse
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.million import ROWS, write_csv
from tests.benchmarks.sending import child

SIZES = (100_000, ROWS)
FIGURES_MS = {100_000: 300, ROWS: 3_000}


def tell(rows: int, runs: list[dict]) -> None:
    """Print what the rounds of one list took, gaps by their best round."""
    shown = [one for run in runs for one in run["shown_ms"]]
    keys = [one for run in runs for one in run["keys_ms"]]
    limit = FIGURES_MS.get(rows, 0)
    print(f"{rows:,} rows, three placeholders, {len(runs)} rounds: {runs[0]['people']:,} get it")
    print(f"  keystroke to all figures {median(shown):.0f} ms", end=", ")
    print(
        f"longest of {len(shown)} {max(shown):.0f} (at most {limit}); of these the thread", end=" "
    )
    print(f"{median(one for run in runs for one in run['counted_ms']):.0f} ms")
    print(f"  a column first inserted {max(run['inserted_ms'] for run in runs):.0f} ms")
    print(f"  the keystroke itself {median(keys):.1f} ms, longest of {len(keys)}", end=" ")
    print(f"{max(keys):.1f} (at most 16)")
    print(f"  counts begun while {len(runs[0]['keys_ms'])} keys were typed", end=": ")
    print(", ".join(f"{run['begun']} of which {run['ended']} ended" for run in runs))
    best = min(runs, key=lambda run: run["typing"]["longest_ms"])
    for what in ("idle", "typing"):
        gaps = best[what]
        print(f"  {what}: 99.9 % of {gaps['gaps']} gaps <= {gaps['p999_ms']:.0f} ms", end=", ")
        print(f"longest {gaps['longest_ms']:.0f} ms (at most 50 and 100)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--screen", action="store_true", help="on a display of xvfb-run")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        for rows in asked.rows:
            path = write_csv(Path(folder, f"{rows}.csv"), rows)
            tell(
                rows,
                [
                    child("composing_window", str(path), screen=asked.screen)
                    for _ in range(asked.rounds)
                ],
            )


if __name__ == "__main__":
    main()
