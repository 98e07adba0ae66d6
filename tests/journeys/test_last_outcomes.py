"""What is left to show when a campaign ends comes in portions: the window breathes in between."""

from itertools import pairwise
from pathlib import Path

import pytest
from operator_at_work import Operator
from PySide6.QtCore import QTimer

from cascade_desktop.core.drafts import Kind
from cascade_desktop.ui import campaign_desk


def test_the_window_turns_between_the_last_outcomes(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(campaign_desk, "DRAIN_MS", 3_600_000)  # all of them are left to the end
    monkeypatch.setattr(campaign_desk, "DRAIN_MOST", 1)
    path = tmp_path / "some.csv"
    path.write_text("Phone\n" + "\n".join(f"+38050{1000000 + n}" for n in range(200)), "utf-8")
    operator.opens(path)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    seen: list[str] = []
    turning = QTimer(operator.window)
    turning.timeout.connect(lambda: seen.append("turn"))
    operator.desk.began.connect(lambda _: turning.start(0))
    operator.desk.settled.connect(lambda _: seen.append("settled"))
    operator.desk.ended.connect(lambda _: seen.append("ended"))

    head = operator.sends()

    turning.stop()
    told = [one for one in seen[seen.index("settled") :] if one != "turn"]
    assert (head.counts.accepted, len(told) > 2, told[-1]) == (200, True, "ended")
    assert operator.sees() == {"Sent": 200}
    assert not any(pair == ("settled", "settled") for pair in pairwise(seen))
