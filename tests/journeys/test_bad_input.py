"""What goes wrong is told in a plain sentence, nothing is lost, and the program goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.settings import Settings
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.program import Program


def workbook(path: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def unreadable(folder: Path) -> Path:
    path = folder / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 and then nothing of the kind")
    return path


def without_phones(folder: Path) -> Path:
    return workbook(folder / "names.xlsx", ("Name", "City"), ("Олена", "Київ"), ("Іван", "Львів"))


def empty(folder: Path) -> Path:
    path = folder / "empty.csv"
    path.write_bytes(b"")
    return path


def header_only(folder: Path) -> Path:
    return workbook(folder / "header.xlsx", ("Name", "Phone"))


FILES = [
    pytest.param(unreadable, id="unreadable"),
    pytest.param(without_phones, id="without phones"),
    pytest.param(empty, id="empty"),
    pytest.param(header_only, id="header only"),
    pytest.param(lambda folder: folder / "gone.xlsx", id="missing"),
]


@pytest.mark.parametrize("make", FILES)
def test_a_bad_file_is_told_and_a_good_one_still_opens(
    operator: Operator,
    tmp_path: Path,
    make: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
):
    told: list[str] = []
    compose = operator.window.compose
    show = compose.show_problem

    def show_and_note(sentence: str) -> None:
        told.append(sentence)
        show(sentence)

    monkeypatch.setattr(compose, "show_problem", show_and_note)

    operator.opens(make(tmp_path))

    assert len(told) == 1
    assert told[0].endswith((".", "?"))
    assert not any(word in told[0] for word in ("Error", "Traceback", "codec", "None"))
    operator.closes_sheets()
    operator.opens(workbook(tmp_path / "good.xlsx", ("Phone",), ("+380501112233",)))
    assert operator.recipients.counts.ready == 1


@pytest.fixture
def written(operator: Operator, tmp_path: Path) -> Operator:
    operator.opens(workbook(tmp_path / "good.xlsx", ("Phone",), ("+380501112233",)))
    operator.signs("MyBrand")
    return operator


def test_a_text_too_long_stops_with_what_to_do(written: Operator):
    written.writes("я" * 4_100)

    written.waits_until(lambda: written.is_stopped_by() == "Shorten the text by 4 characters.")
    assert not written.may_review()


def test_one_answer_stops_a_survey(written: Operator):
    written.chooses(Kind.SURVEY)
    written.signs("MyBrand")
    written.writes("Come back?")
    written.answers("Yes", "")

    written.waits_until(lambda: written.is_stopped_by() == "Write answer 2, or remove it.")
    assert not written.may_review()


def test_an_unknown_placeholder_stops_and_is_named(written: Operator):
    written.writes("Hello {Nmae}")

    written.waits_until(written.is_stopped_by)
    assert "Nmae" in written.is_stopped_by()


def go_live(keys: Keys) -> Callable[[Program], None]:
    def prepare(program: Program) -> None:
        program.settings.save(Settings(live=True))
        program.keys.hold(keys)

    return prepare


def send_one(operator: Operator, folder: Path):
    operator.opens(workbook(folder / "one.xlsx", ("Phone",), ("+380501112233",)))
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes("Hello")
    return operator.sends()


def test_a_wrong_key_is_told_and_nothing_is_lost(hire, tmp_path: Path):
    with PracticeServer(tmp_path / "service", keys={"right"}) as service:
        operator = hire(service.base_url, go_live(Keys("wrong")))

        head = send_one(operator, tmp_path)

        assert (head.state, head.reason) == (CampaignState.PAUSED, Reason.KEY_REFUSED)
        assert head.counts.ready == 1
        assert "key" in operator.told().lower()


def test_no_network_waits_then_pauses_and_nothing_is_lost(hire, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("CASCADE_DESKTOP_WAIT_SCALE", "0.005")
    operator = hire("http://127.0.0.1:9", go_live(Keys("right")))
    head = send_one(operator, tmp_path)

    assert (head.state, head.reason) == (CampaignState.PAUSED, Reason.NO_CONNECTION)
    assert head.counts.ready == 1
    assert operator.sees() == {"Waiting": 1}
