"""What others are told while a batch is on its way, or after the program was killed with one."""

import json
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from campaigns import NOON, make_plan

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.states import State
from cascade_desktop.engine.environment import data_folder
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Answered, Settlement

FIRST, SECOND = (1, 2, 3), (4, 5)


def tells(root: Path, *arguments: str | Path) -> str:
    """Run a command that only reads; return what it printed."""
    command = [sys.executable, "-m", "cascade_desktop", *map(str, arguments)]
    at = ["--data-dir", str(root)]
    return subprocess.run([*command, *at], capture_output=True, check=True, text=True).stdout


def leaves(root: Path, *, is_handed_on: bool) -> str:
    """Leave a campaign of six and a wrong one, killed while some of them were being sent."""
    with closing(Journal(data_folder(root, practice=False), now=lambda: NOON)) as journal:
        plan = make_plan(6, wrong=1)
        code = journal.create(plan, Campaign(plan.name, plan.draft), host="h", account="a")
        batch = journal.open_batch(code, FIRST, "first")
        if is_handed_on:
            taken = {number: (f"m-{number}",) for number in FIRST}
            after = Answered(batch, Settlement(taken, State.UNKNOWN))
            journal.open_batch(code, SECOND, "second", after)
    return code


@pytest.mark.parametrize(
    ("is_handed_on", "sending", "waiting"),
    [pytest.param(False, 3, 3, id="a batch"), pytest.param(True, 5, 1, id="two, one answered")],
)
def test_who_is_being_sent_to_waits_in_no_account_of_it(
    tmp_path: Path, is_handed_on: bool, sending: int, waiting: int
) -> None:
    data_folder(tmp_path, practice=False).mkdir(parents=True)
    code = leaves(tmp_path, is_handed_on=is_handed_on)

    history = tells(tmp_path, "history")
    counts = json.loads(tells(tmp_path, "history", "--json"))["counts"]
    tells(tmp_path, "report", code, tmp_path / "report.xlsx")
    with closing(openpyxl.load_workbook(tmp_path / "report.xlsx")) as book:
        title, *rows = book["Results"].values
        summary = {str(line): number for line, number in book["Summary"].values}

    outcomes = Counter(str(row[title.index("Outcome")]) for row in rows)
    assert f"0 uncertain, {sending} being sent, {waiting} waiting, 1 not included" in history
    assert (counts["sending"], counts["ready"], counts["left_out"]) == (sending, waiting, 1)
    assert outcomes == {"Sending": sending, "Waiting": waiting, "Not included": 1}
    assert {word: summary[word] for word in outcomes} == outcomes
    assert sum(outcomes.values()) == summary["Rows imported"] == 7
