"""A service that was busy for a while: the campaign pauses, says so, and goes on by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState, Reason, Resolution
from cascade_desktop.engine import comeback
from cascade_desktop.engine.environment import data_folder
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.program import Program
from cascade_desktop.ui.stop_dialog import StopDialog

BUSY = [Behaviour(requests=1, status=408) for _ in range(3)]


@pytest.fixture
def busy(hire: Callable[..., Operator], root: Path, tmp_path: Path) -> Operator:
    """Put an operator with a list and a text before a service that says 408 three times."""

    def prepare(program: Program) -> None:
        folder = data_folder(root, practice=True) / "service"
        folder.mkdir(parents=True)
        program._practice = PracticeServer(folder, behaviour=BUSY)
        program._practice.start()

    path = tmp_path / "people.csv"
    path.write_text("Phone\n+380501112233\n+380501112234\n", encoding="utf-8")
    operator = hire(prepare=prepare)
    operator.opens(path)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    return operator


def test_a_paused_campaign_goes_on_when_the_service_answers(
    busy: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comeback, "ASK_EVERY_S", 10.0)
    ended = []
    busy.desk.ended.connect(ended.append)

    paused = busy.sends()
    busy.waits_until(lambda: "goes on by itself" in busy.told())
    busy.waits_until(lambda: ended[-1].state is CampaignState.FINISHED)

    assert paused.state is CampaignState.PAUSED
    assert busy.sees() == {"Sent": 2}


def test_who_continues_first_is_not_overtaken(busy: Operator) -> None:
    busy.sends()
    busy.waits_until(lambda: "goes on by itself" in busy.told())

    assert busy.continues().state is CampaignState.FINISHED
    assert not busy.window.results.notice.isVisible()
    assert busy.sees() == {"Sent": 2}


def test_pause_keeps_it_waiting(busy: Operator) -> None:
    busy.sends()
    busy.waits_until(lambda: "goes on by itself" in busy.told())
    title = busy.window.results.title_line
    busy.waits_until(lambda: not any(guard.fresh for guard in title.guards))
    busy.presses(title.pause_button)

    assert "goes on by itself" not in busy.told()
    assert title.pause_button.isHidden()
    assert busy.desk._comeback is None
    assert busy.continues().state is CampaignState.FINISHED


def test_stop_ends_it_for_good_and_offers_no_stop_again(busy: Operator) -> None:
    busy.sends()
    busy.waits_until(lambda: "goes on by itself" in busy.told())
    title = busy.window.results.title_line
    busy.waits_until(lambda: not any(guard.fresh for guard in title.guards))
    busy.presses(title.stop_button)
    waits_no_more = "goes on by itself" not in busy.told()
    (dialog,) = busy.window.findChildren(StopDialog)
    busy.presses(dialog.stop_button)
    busy.waits_until(lambda: "You stopped it" in busy.told())

    assert waits_no_more
    assert title.stop_button.isHidden()
    assert busy.continues().state is CampaignState.FINISHED


def test_looking_at_a_campaign_anew_keeps_it_waiting(busy: Operator) -> None:
    busy.sends()
    busy.waits_until(lambda: "goes on by itself" in busy.told())
    busy.desk.show(busy.desk.code)
    busy.waits_until(lambda: "goes on by itself" not in busy.told())

    assert busy.desk._comeback is None


def test_a_full_disk_is_told_to_who_decides(
    busy: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise UnwritableJournalError

    told = []
    busy.desk.refused.connect(told.append)
    busy.sends()
    monkeypatch.setattr(busy.desk._space.journal, "resolve", full)
    busy.desk.decide(Resolution.CLOSED, 1)
    busy.waits_until(lambda: told)

    assert told == [Reason.DISK_FULL]


def test_closing_waits_no_more(busy: Operator) -> None:
    busy.sends()
    busy.waits_until(lambda: "goes on by itself" in busy.told())

    busy.leaves()

    assert busy.failures == []
