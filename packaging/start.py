"""Open Cascade Desktop ready to work in Practice, after setting up whatever is missing.

Without a display the program does its whole job off-screen instead. Arguments go to the program.
"""

from __future__ import annotations

import os
import subprocess
import sys

from setup_environment import ROOT, SetupError, has_display, prepare, say

NO_DISPLAY = (
    "There is no display here, so the program works off-screen: it opens the sample list,"
    " writes a promo, reviews it, sends it in practice and saves the results."
)
DEMO = ROOT / "build" / "demo"


def main(arguments: list[str]) -> int:
    """Set up and run the program; return its exit code."""
    try:
        python = prepare(for_checks=False)
        program = [str(python), "-m", "cascade_desktop"]
        if arguments or has_display():
            return subprocess.call([*program, *arguments])
        say(NO_DISPLAY)
        DEMO.mkdir(parents=True, exist_ok=True)
        off_screen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        own = ["--data-dir", str(DEMO / "data"), "--state-dir", str(DEMO / "state")]
        return subprocess.call([*program, "--demo", str(DEMO), *own], env=off_screen)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
