"""The main job done by the program itself, for a person on a server."""

import subprocess
import sys
from pathlib import Path

from command_line import environment
from openpyxl import load_workbook


def test_the_demonstration_ends_with_pictures_and_a_report(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "cascade_desktop", "--demo", str(tmp_path / "demo")],
        env=environment(tmp_path / "data", scale="0.02", key=""),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "demo").glob("*.png"))) == 6
    (report,) = (tmp_path / "demo").glob("PRACTICE*.xlsx")
    assert load_workbook(report).worksheets[0].max_row == 25
    assert str(tmp_path / "demo") in done.stdout
