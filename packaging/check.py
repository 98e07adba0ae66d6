"""Run every check of the project, after setting up whatever is missing.

--fast leaves out journeys, types and coverage. Other arguments go to pytest: `check.py -k report`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from setup_environment import ROOT, SetupError, prepare, say

FAST = "--fast"


def main(arguments: list[str]) -> int:
    """Set up, run all the checks even after one failed, and return 0 when all passed."""
    try:
        python = prepare(for_checks=True)
        return run_checks(python, arguments)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run_checks(python: Path, arguments: list[str]) -> int:
    """Run the checks one after the other and say which failed."""
    failed = []
    for name, tool in checks(arguments):
        say(f"== {name}")
        began = time.monotonic()
        if run_tool(python, tool) != 0:
            failed.append(name)
        say(f"   {time.monotonic() - began:.1f} s")
    say("Failed: " + ", ".join(failed) + "." if failed else "All checks passed.")
    return 1 if failed else 0


def checks(arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Return the name of each check and the module with arguments that does it."""
    fast = FAST in arguments
    rest = [argument for argument in arguments if argument != FAST]
    tests = ["--ignore=tests/journeys"] if fast else ["--cov", "--cov-report=term:skip-covered"]
    found = [
        ("format", ["ruff", "format", "--check", "."]),
        ("lint", ["ruff", "check", "."]),
        ("types", ["basedpyright"]),
        ("tests", ["pytest", "-n", "auto", *tests, *rest]),
    ]
    return [check for check in found if not (fast and check[0] == "types")]


def run_tool(python: Path, tool: list[str]) -> int:
    """Run a Python module from the top of the project, windows off-screen."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    return subprocess.call([str(python), "-m", *tool], cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
