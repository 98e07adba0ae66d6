"""Campaigns are saved, opened, cloned, and kept as templates: by mouse and by keys alone."""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fingers import Keys
from operator_at_work import Operator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.drafts import Kind, text_of
from cascade_desktop.ui.campaigns_sheet import CampaignsSheet, NameSheet
from cascade_desktop.ui.message_dialog import MessageDialog

Hire = Callable[..., Operator]

PEOPLE = "Phone;Name\n+380501112233;Anna\n0501;Ivan\n+380501112255;Olha\n"
SALE = "Sale, {Name}!"
LONG_S = 30


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "winter.cascade.json"


def works(operator: Operator, people: Path) -> None:
    operator.opens(people)
    operator.program.lists.edit({3: "+380671112299"})
    operator.program.lists.leave_out([4], out=True)
    operator.waits_until(lambda: operator.recipients.choice.left_out)
    operator.chooses(Kind.PROMO)
    operator.signs("Shop")
    operator.writes(SALE)


def saves(operator: Operator, place: Path) -> None:
    operator.program.campaigns.save_to(place)
    operator.waits_until(lambda: shown(operator, MessageDialog))
    operator.closes_sheets()


def shown(operator: Operator, kind: type[QDialog]) -> list[QDialog]:
    return [sheet for sheet in operator.window.findChildren(kind) if sheet.isVisible()]


def sheet_of(operator: Operator) -> CampaignsSheet:
    operator.waits_until(lambda: shown(operator, CampaignsSheet))
    (sheet,) = shown(operator, CampaignsSheet)
    assert isinstance(sheet, CampaignsSheet)
    return sheet


def lines(sheet: CampaignsSheet) -> list[tuple[str, str]]:
    model = sheet.model
    return [
        (model.index(row, 0).data(), model.index(row, 2).data()) for row in range(model.rowCount())
    ]


def words(operator: Operator) -> str:
    return text_of(operator.form.draft)


def opens(operator: Operator, place: Path) -> None:
    """Drop a campaign file on the window and wait for its list."""
    seen = []
    operator.program.lists.changed.connect(seen.append)
    operator.window.file_dropped.emit(place)
    operator.waits_until(lambda: seen)


def test_a_campaign_is_saved_and_opened_with_its_list_by_keys_alone(
    operator: Operator, keys: Keys, people: Path, place: Path
) -> None:
    works(operator, people)
    control = Qt.KeyboardModifier.ControlModifier
    keys.press(Qt.Key.Key_S, control)
    keys.name_file(place)
    _leaves_sheet(operator, keys)
    assert place.exists()
    operator.writes("Something else")
    keys.press(Qt.Key.Key_S, control | Qt.KeyboardModifier.ShiftModifier)
    keys.name_file(place.with_name("other"))
    _leaves_sheet(operator, keys)

    operator.form.focus_first()
    link = operator.window.compose.message_card._link_button
    while QApplication.focusWidget() is not link:
        keys.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    keys.press(Qt.Key.Key_Space)
    sheet = sheet_of(operator)
    assert [name for name, _ in lines(sheet)] == ["other", "winter"]
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    operator.waits_until(lambda: words(operator) == SALE)

    assert json.loads(place.read_text("utf-8"))["recipients"]["file"] == "people.csv"
    if os.name != "nt":
        assert place.stat().st_mode & 0o777 == 0o600


def test_a_double_clicked_campaign_brings_its_list_and_its_decisions(
    hire: Hire, people: Path, place: Path, tmp_path: Path
) -> None:
    first = hire()
    works(first, people)
    saves(first, place)
    first.opens(_others(tmp_path))
    first.chooses(Kind.TRANSACTION)

    opens(first, place)

    assert first.window.compose.kind() is Kind.PROMO
    assert words(first) == SALE
    assert first.recipients.table.source.file == "people.csv"
    assert dict(first.recipients.choice.edits) == {3: "+380671112299"}
    assert first.recipients.choice.left_out == {4}
    assert first.window.compose.campaign(Kind.PROMO).name.startswith("Promo people")


def test_a_list_that_changed_is_told_and_what_was_decided_is_kept(
    operator: Operator, root: Path, people: Path, place: Path
) -> None:
    works(operator, people)
    saves(operator, place)
    people.write_text(PEOPLE.replace("Olha", "Oleh"), encoding="utf-8")

    opens(operator, place)

    notice = operator.window.compose.recipients_card.notice
    operator.waits_until(notice.isVisible)
    told = notice._words.html
    assert "people.csv” has changed since" in told
    assert "Corrections of 1 row were not applied: 3" in told
    assert dict(operator.recipients.choice.edits) == {}
    recent = root / "drafts" / "recent.json"
    operator.waits_until(lambda: "kept" in recent.read_text("utf-8"))
    operator.program.campaigns.show()
    assert "draft that was replaced" in [what for _, what in lines(sheet_of(operator))]


def test_a_list_that_is_gone_is_told_and_can_be_chosen(
    operator: Operator, keys: Keys, people: Path, place: Path
) -> None:
    works(operator, people)
    saves(operator, place)
    moved = people.rename(people.with_name("moved.csv"))

    operator.window.file_dropped.emit(place)
    operator.waits_until(lambda: shown(operator, MessageDialog))
    said = operator.reads()
    keys.press(Qt.Key.Key_Tab)
    (dialog,) = shown(operator, MessageDialog)
    button = next(b for b in dialog.findChildren(QAbstractButton) if "Choose" in b.text())
    operator.presses(button)
    seen = []
    operator.program.lists.changed.connect(seen.append)
    keys.name_file(moved)
    operator.waits_until(lambda: seen)

    assert f"{people.parent} has no “people.csv”" in said.replace("\u200b", "")
    assert dict(operator.recipients.choice.edits) == {3: "+380671112299"}
    assert words(operator) == SALE


BAD = [
    (b"", "is empty"),
    (b'{"version": 1, "type"', "not a campaign file"),
    (b'{"version": 9, "type": "promo"}', "newer version"),
    (b'{"version": 1, "type": "promo", "text": 5}', "must hold a text"),
    (b"\xff\xfe{\x00", "not a campaign file"),
    (b" " * ((16 << 20) + 1), "far too big"),
]


def test_what_is_no_campaign_is_told_and_the_draft_stays(
    operator: Operator, people: Path, tmp_path: Path
) -> None:
    works(operator, people)
    folder = tmp_path / "folder.cascade.json"
    folder.mkdir()
    cases = {folder: "is a folder", tmp_path / "gone.cascade.json": "is not there"}
    for number, (content, told) in enumerate(BAD):
        path = tmp_path / f"bad {number}.cascade.json"
        path.write_bytes(content)
        cases[path] = told

    for path, told in cases.items():
        operator.program.campaigns.open_file(path)
        operator.waits_until(lambda: shown(operator, MessageDialog))
        assert told in operator.reads(), path
        operator.closes_sheets()

    assert words(operator) == SALE
    assert operator.recipients.choice.left_out == {4}


def test_what_a_campaign_replaces_is_kept(operator: Operator, people: Path, place: Path) -> None:
    works(operator, people)
    saves(operator, place)
    operator.writes("Not saved yet, {Name}")

    opens(operator, place)
    operator.program.campaigns.show()
    sheet = sheet_of(operator)
    row = [what for _, what in lines(sheet)].index("draft that was replaced")
    sheet.table.selectRow(row)
    operator.presses(sheet.open_button)
    operator.waits_until(lambda: words(operator) == "Not saved yet, {Name}")

    assert dict(operator.recipients.choice.edits) == {3: "+380671112299"}


def test_nothing_is_opened_where_what_was_typed_cannot_be_kept(
    operator: Operator, people: Path, place: Path
) -> None:
    works(operator, people)
    saves(operator, place)
    operator.writes("Precious, {Name}")
    kept = operator.program.autosave.store.kept
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("a file where the folder should be", encoding="utf-8")

    operator.program.campaigns.open_file(place)
    operator.waits_until(lambda: shown(operator, MessageDialog))

    assert "could not be kept" in operator.reads()
    assert words(operator) == "Precious, {Name}"


def test_decisions_about_rows_are_kept_where_a_campaign_has_others(
    operator: Operator, people: Path, place: Path
) -> None:
    works(operator, people)
    saves(operator, place)
    saved = json.loads(place.read_text("utf-8"))
    place.write_text(json.dumps({**saved, "edits": {}, "left_out": []}), encoding="utf-8")

    opens(operator, place)

    kept = [read_campaign(file.read_text("utf-8")) for file in kept_in(operator)]
    assert [one.left_out for one in kept if isinstance(one, Campaign)] == [(4,)]


def kept_in(operator: Operator) -> list[Path]:
    return list(operator.program.autosave.store.kept.glob("*.json"))


def test_a_template_is_kept_used_renamed_and_deleted_by_mouse(
    operator: Operator, people: Path
) -> None:
    works(operator, people)
    link = operator.window.compose.message_card._link_button
    operator.presses(link)
    operator.presses(sheet_of(operator).template_button)
    _names(operator, "Winter sale")
    sheet = sheet_of(operator)
    assert lines(sheet) == [("Winter sale", "template")]
    operator.presses(sheet.rename_button)
    _names(operator, "Spring sale")
    assert lines(sheet_of(operator)) == [("Spring sale", "template")]
    operator.closes_sheets()
    operator.writes("")

    operator.presses(link)
    operator.presses(sheet_of(operator).open_button)
    operator.waits_until(lambda: words(operator) == SALE)
    assert operator.recipients.choice.left_out == {4}
    operator.presses(link)
    operator.presses(sheet_of(operator).remove_button)
    operator.waits_until(lambda: shown(operator, MessageDialog))
    (dialog,) = shown(operator, MessageDialog)
    operator.presses(next(b for b in dialog.findChildren(QAbstractButton) if "Delete" in b.text()))

    assert lines(sheet_of(operator)) == []


def test_a_campaign_is_cloned_from_the_history_with_its_list(
    operator: Operator, people: Path, tmp_path: Path
) -> None:
    works(operator, people)
    operator.chooses(Kind.TRANSACTION)
    operator.signs("Shop")
    operator.writes("Order, {Name}")
    operator.sends()
    operator.writes("Another text")
    operator.opens(_others(tmp_path))
    operator.window.show_page("history")
    history = operator.window.history
    operator.waits_until(lambda: history.model.rowCount() == 1)
    history.table.selectRow(0)
    seen = []
    operator.program.lists.changed.connect(seen.append)

    operator.presses(history.clone_button)
    operator.waits_until(lambda: seen)

    assert words(operator) == "Order, {Name}"
    assert operator.recipients.table.source.file == "people.csv"
    assert dict(operator.recipients.choice.edits) == {3: "+380671112299"}
    assert operator.window.page() is operator.window.compose


def test_the_command_line_reads_what_the_window_saved(
    operator: Operator, people: Path, place: Path
) -> None:
    works(operator, people)
    saves(operator, place)

    found = read_campaign(place.read_text("utf-8"))

    assert isinstance(found, Campaign)
    assert (dict(found.edits), found.left_out) == ({3: "+380671112299"}, (4,))
    assert found.recipients.file == "people.csv"


def _leaves_sheet(operator: Operator, keys: Keys) -> None:
    operator.waits_until(lambda: shown(operator, MessageDialog))
    operator.waits_until(lambda: isinstance(QApplication.activeWindow(), MessageDialog))
    keys.press(Qt.Key.Key_Escape)
    operator.window.activateWindow()
    operator.waits_until(lambda: QApplication.activeWindow() is operator.window)


def _names(operator: Operator, name: str) -> None:
    operator.waits_until(lambda: shown(operator, NameSheet))
    (sheet,) = shown(operator, NameSheet)
    assert isinstance(sheet, NameSheet)
    sheet.name_edit.setText(name)
    operator.presses(sheet.keep_button)


def _others(folder: Path) -> Path:
    path = folder / "others.csv"
    path.write_text("Phone;Name\n+380931112200;New\n", encoding="utf-8")
    return path


STOPPED = "This campaign is for “people.csv”, which is not open."


def test_a_campaign_waits_for_its_own_list_while_that_is_read(
    operator: Operator, people: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    works(operator, people)
    saves(operator, place)
    operator.opens(_others(tmp_path))
    reading, go_on = _slow(operator, monkeypatch)
    operator.writes("Mine")

    operator.window.file_dropped.emit(place)
    operator.waits_until(reading.is_set)
    composed = []
    operator.program.drafts.composed.connect(composed.append)
    operator.program.drafts.touch()
    operator.waits_until(lambda: composed)
    operator.program.review_flow.open()
    operator.program.trial_flow.open()
    stopped = operator.is_stopped_by()
    may_review = operator.may_review()
    bar = operator.window.compose.action_bar
    may_try = bar.test_button.isEnabled()
    while_read = (operator.recipients.table.source.file, operator.program.drafts.current)
    go_on.set()
    operator.waits_until(lambda: operator.recipients.table.source.file == "people.csv")
    operator.waits_until(operator.may_review)

    assert composed[0] is None
    assert while_read == ("others.csv", None)
    assert (stopped, may_review, may_try) == (
        "The list of this campaign is still being read.",
        False,
        False,
    )
    assert operator.program.review_flow.dialog is None
    assert operator.program.trial_flow.dialog is None
    assert operator.is_stopped_by() == ""


def test_a_campaign_without_its_list_leaves_only_when_another_is_wanted(
    operator: Operator, people: Path, place: Path, tmp_path: Path
) -> None:
    works(operator, people)
    saves(operator, place)
    operator.opens(_others(tmp_path))
    people.rename(people.with_name("moved.csv"))

    operator.window.file_dropped.emit(place)
    operator.waits_until(lambda: shown(operator, MessageDialog))
    operator.closes_sheets()
    notice = operator.window.compose.recipients_card.awaited_notice
    operator.waits_until(notice.isVisible)
    held = operator.is_stopped_by()
    before = place.read_text("utf-8")
    operator.writes("Sale again, {Name}!")
    operator.program.campaigns.save()
    operator.waits_until(lambda: place.read_text("utf-8") != before)
    kept = _but_text(place.read_text("utf-8"))
    notice.link_clicked.emit("instead")
    operator.waits_until(operator.may_review)

    assert held == STOPPED
    assert "Use “others.csv” instead" in notice._words.html
    assert kept == _but_text(before)
    assert not notice.isVisible()
    assert operator.is_stopped_by() == ""
    assert operator.program.autosave.campaign().left_out == ()


def test_a_campaign_whose_reading_was_cancelled_waits_for_its_list(
    operator: Operator, people: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    works(operator, people)
    saves(operator, place)
    operator.opens(_others(tmp_path))
    reading, go_on = _slow(operator, monkeypatch)
    operator.window.file_dropped.emit(place)
    operator.waits_until(reading.is_set)

    card = operator.window.compose.recipients_card
    operator.presses(card.reading_panel.cancel_button)
    go_on.set()
    operator.waits_until(card.awaited_notice.isVisible)
    held = operator.is_stopped_by()
    operator.chooses(Kind.TRANSACTION)
    elsewhere = operator.is_stopped_by()
    operator.chooses(Kind.PROMO)
    again = operator.is_stopped_by()
    opens(operator, people)

    assert (held, again) == (STOPPED, STOPPED)
    assert elsewhere != STOPPED
    assert operator.recipients.choice.left_out == {4}
    assert operator.is_stopped_by() == ""


def test_a_campaign_without_a_list_takes_nothing_from_one_that_waits(
    operator: Operator, people: Path, place: Path, tmp_path: Path
) -> None:
    works(operator, people)
    saves(operator, place)
    bare = tmp_path / "bare.cascade.json"
    body = json.loads(place.read_text("utf-8"))
    for name in ("recipients", "edits", "left_out", "name"):
        body.pop(name)
    bare.write_text(json.dumps({**body, "text": "Another, {Name}"}), encoding="utf-8")
    operator.opens(_others(tmp_path))
    people.unlink()
    operator.window.file_dropped.emit(place)
    operator.waits_until(lambda: shown(operator, MessageDialog))
    operator.closes_sheets()

    operator.window.file_dropped.emit(bare)
    operator.waits_until(lambda: words(operator) == "Another, {Name}")
    operator.waits_until(operator.may_review)
    found = operator.program.autosave.campaign()

    assert Path(found.recipients.file).name == "others.csv"
    assert (dict(found.edits), found.left_out) == ({}, ())


def test_the_choice_of_a_list_is_for_the_campaign_that_asked(
    operator: Operator, people: Path, place: Path, tmp_path: Path
) -> None:
    works(operator, people)
    saves(operator, place)
    operator.opens(_others(tmp_path))
    moved = people.rename(people.with_name("moved.csv"))
    operator.window.file_dropped.emit(place)
    operator.waits_until(lambda: shown(operator, MessageDialog))
    operator.closes_sheets()
    returns = operator.program.autosave.returns
    asked = returns.awaited
    assert asked is not None

    returns.use_shown()
    returns.find(moved, asked)

    assert operator.program.lists.reading is None
    assert operator.program.autosave.campaign().edits == {}


def _slow(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> tuple[threading.Event, threading.Event]:
    """Let the next list be read only when it is told to go on."""
    reading, go_on = threading.Event(), threading.Event()
    reader = operator.program.lists._reader
    read = reader.read

    def wait(*arguments: Any, **named: Any) -> Any:
        reading.set()
        assert go_on.wait(LONG_S)
        return read(*arguments, **named)

    monkeypatch.setattr(reader, "read", wait)
    return reading, go_on


def _but_text(campaign: str) -> dict[str, Any]:
    """Return everything that a campaign file says of its list, and its name."""
    body = json.loads(campaign)
    return {name: body[name] for name in ("name", "recipients", "edits", "left_out", "country")}
