"""From a file to an exported report, through the real window and a real socket, for each kind."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.engine.journal.schema import DamagedJournalError

PEOPLE = (
    ("Name", "Phone", "Code"),
    ("Олена", "+380501112233", "A-1"),
    ("Іван", "067 111 22 33", "A-2"),
    ("Marco", "+39 333 111 2233", "A-3"),
    ("Ніна", "12", "A-4"),
    ("Олена", "0501112233", "A-1"),
)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in PEOPLE:
        sheet.append(row)
    path = tmp_path / "клієнти.xlsx"
    book.save(path)
    return path


def books(root: Path) -> list[dict]:
    """Return what the practice service has in its books, a message each."""
    lines = (root / "practice" / "service" / "books.jsonl").read_text("utf-8").splitlines()
    return [message for line in lines for message in json.loads(line)["taken"]]


def write_transaction(operator: Operator) -> None:
    operator.chooses(Kind.TRANSACTION)
    operator.writes("{Name}, your order {Code} is here.")


def write_promo(operator: Operator) -> None:
    operator.chooses(Kind.PROMO)
    operator.writes("Вітаємо, {Name}! Код {Code} https://shop.example/z")


def write_survey(operator: Operator) -> None:
    operator.chooses(Kind.SURVEY)
    operator.writes("{Name}, how was it?💛")
    operator.answers("Good", "So so", "Bad")


def write_flashcall(operator: Operator) -> None:
    operator.chooses(Kind.FLASHCALL)


KINDS = [
    pytest.param(write_transaction, "Олена, your order A-1 is here.", id="transaction"),
    pytest.param(write_promo, "Вітаємо, Олена! Код A-1 https://shop.example/z", id="promo"),
    pytest.param(write_survey, "Олена, how was it?💛", id="survey"),
    pytest.param(write_flashcall, None, id="flash call"),
]


@pytest.mark.parametrize(("write", "text"), KINDS)
def test_a_campaign_goes_from_the_file_to_the_report(
    operator: Operator,
    people: Path,
    root: Path,
    tmp_path: Path,
    write: Callable[[Operator], None],
    text: str | None,
):
    operator.opens(people)
    write(operator)
    operator.signs("MyBrand")

    head = operator.sends()

    assert head.state is CampaignState.FINISHED
    assert operator.sees() == {"Sent": 3, "Not included": 2}
    sent = books(root)
    assert [message["toPhone"] for message in sent] == [
        "+380501112233",
        "+380671112233",
        "+393331112233",
    ]
    assert sent[0].get("text") == text
    report = tmp_path / "report.xlsx"
    operator.saves_report(report)
    rows = list(load_workbook(report).worksheets[0].iter_rows(values_only=True))
    assert [row[:3] for row in rows] == list(PEOPLE)
    assert [row[5] for row in rows[1:]] == [
        "Sent",
        "Sent",
        "Sent",
        "Not included",
        "Not included",
    ]


def test_undo_takes_everything_back_before_the_first_byte(
    operator: Operator, people: Path, root: Path
):
    operator.opens(people)
    write_promo(operator)
    operator.signs("MyBrand")
    ticks = []
    operator.desk.undo_ticked.connect(ticks.append)
    undone = []
    operator.desk.undone.connect(lambda: undone.append(1))

    operator.agrees()
    operator.waits_until(lambda: ticks)
    operator.presses(operator.window.results.undo_strip.undo_button)
    operator.waits_until(lambda: undone)

    assert not (root / "practice" / "service" / "books.jsonl").read_bytes()
    assert operator.window.page() is operator.window.compose
    assert operator.form.text_field.text.startswith("Вітаємо")


def test_undo_counts_as_long_as_it_is_offered(operator: Operator, people: Path, root: Path):
    operator.opens(people)
    write_promo(operator)
    operator.signs("MyBrand")
    space, asked, undone = operator.desk._space, [], []
    may_send = space.may_send

    async def undo_at_the_last_look() -> Reason:
        asked.append(1)
        if len(asked) > 1:
            operator.presses(operator.window.results.undo_strip.undo_button)
        return await may_send()

    space.may_send = undo_at_the_last_look
    operator.desk.undone.connect(lambda: undone.append(1))
    operator.agrees()
    operator.waits_until(lambda: undone)

    assert not (root / "practice" / "service" / "books.jsonl").read_bytes()
    assert operator.window.page() is operator.window.compose


def test_where_nothing_may_leave_any_more_nothing_is_offered_to_undo(
    operator: Operator, people: Path
):
    operator.opens(people)
    write_promo(operator)
    operator.signs("MyBrand")
    answers = [Reason.STATE_UNWRITABLE, Reason.NONE]

    async def may_send() -> Reason:
        return answers.pop()

    operator.desk._space.may_send = may_send
    operator.agrees()
    line = operator.window.results.title_line
    operator.waits_until(line.continue_button.isVisible)

    assert operator.window.results.undo_strip.isHidden()
    operator.closes_sheets()


def test_a_record_that_breaks_while_sending_is_told_and_ends_the_campaign(
    operator: Operator, people: Path, monkeypatch: pytest.MonkeyPatch
):
    operator.opens(people)
    write_promo(operator)
    operator.signs("MyBrand")
    journal = operator.desk._space.journal

    def break_down(*_: object) -> None:
        monkeypatch.setattr(journal, "head", broken)
        raise DamagedJournalError

    def broken(*_: object) -> None:
        raise DamagedJournalError

    monkeypatch.setattr(journal, "open_batch", break_down)
    head = operator.sends()
    operator.waits_until(lambda: operator.failures)

    assert (head.state, head.reason) == (CampaignState.PAUSED, Reason.DAMAGED_DATA)
    assert not operator.window.results.title_line.pause_button.isVisible()
    assert isinstance(operator.failures.pop(), DamagedJournalError)
    operator.closes_sheets()


def test_stop_ends_after_the_batch_and_continue_sends_the_rest(
    operator: Operator, tmp_path: Path, root: Path
):
    path = tmp_path / "many.csv"
    rows = "\n".join(f"+38050{1000000 + n};N{n}" for n in range(300))
    path.write_text("Phone;Name\n" + rows, encoding="utf-8")
    operator.opens(path)
    write_promo_for_names(operator)
    desk = operator.desk
    stopping = desk.settled.connect(desk.stop)

    head = operator.sends()

    assert head.state is CampaignState.STOPPED
    assert 0 < head.counts.accepted < 300
    assert operator.sees() == {"Sent": head.counts.accepted, "Waiting": head.counts.ready}
    desk.settled.disconnect(stopping)
    assert operator.continues().state is CampaignState.FINISHED
    assert operator.sees() == {"Sent": 300}
    assert len({message["id"] for message in books(root)}) == len(books(root)) == 300


def write_promo_for_names(operator: Operator) -> None:
    operator.chooses(Kind.TRANSACTION)
    operator.writes("Hello, {Name}")
    operator.signs("MyBrand")


def test_a_repaired_row_is_sent_after_all(operator: Operator, people: Path, root: Path):
    operator.opens(people)
    write_promo_for_names(operator)
    operator.waits_until(operator.may_review)
    changed = []
    operator.program.lists.changed.connect(changed.append)

    operator.window.recipients.edited.emit(5, "0631112233")
    operator.waits_until(lambda: changed)
    head = operator.sends()

    assert head.counts.accepted == 4
    assert "+380631112233" in [message["toPhone"] for message in books(root)]
