"""Ten thousand people through the real window and a real socket, down to every cell and text."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from openpyxl import Workbook, load_workbook
from operator_at_work import Operator

from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.states import CampaignState

PEOPLE = 10_000
NAMES = ("Оксана", "Іван", "Марія", "Їжак", "Ґалаґан", "Софія")
CITIES = ("Київ", "Львів", "Одеса", "Кам’янець-Подільський")
COLUMNS = ("Ім’я", "Телефон", "Код", "Місто")
TEXT = "Вітаємо, {Ім’я}! Замовлення {Код} чекає: {Місто}."
BROKEN, TWICE = 100, 250  # one row in so many has no phone, or is the one before it again


def person(n: int) -> tuple[str, str, str, str]:
    if n % TWICE == 12:
        return person(n - 1)
    phone = "немає" if n % BROKEN == 7 else f"+38050{1_000_000 + n}"
    return NAMES[n % len(NAMES)], phone, f"З-{n}", CITIES[n % len(CITIES)]


EVERYBODY = [person(n) for n in range(PEOPLE)]
LEFT_OUT = {n for n in range(PEOPLE) if n % BROKEN == 7 or n % TWICE == 12}


def workbook(path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Лист1")
    sheet.append(COLUMNS)
    for cells in EVERYBODY:
        sheet.append(cells)
    book.save(path)
    return path


def booked(root: Path) -> Iterator[dict]:
    with (root / "practice" / "service" / "books.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield from json.loads(line)["taken"]


def test_ten_thousand_people_get_their_own_text_once(
    operator: Operator, tmp_path: Path, root: Path
):
    operator.opens(workbook(tmp_path / "клієнти.xlsx"))
    operator.chooses(Kind.TRANSACTION)
    operator.signs("MyBrand")
    operator.writes(TEXT)

    head = operator.sends()

    sent = PEOPLE - len(LEFT_OUT)
    assert head.state is CampaignState.FINISHED
    assert +Counter(asdict(head.counts)) == {"accepted": sent, "left_out": len(LEFT_OUT)}
    operator.waits_until(lambda: sum(operator.sees().values()) == PEOPLE)
    assert operator.sees() == {"Sent": sent, "Not included": len(LEFT_OUT)}
    messages = list(booked(root))
    assert [(message["toPhone"], message["text"]) for message in messages] == [
        (phone, f"Вітаємо, {name}! Замовлення {code} чекає: {city}.")
        for n, (name, phone, code, city) in enumerate(EVERYBODY)
        if n not in LEFT_OUT
    ]
    assert len({message["id"] for message in messages}) == sent

    report = tmp_path / "звіт.xlsx"
    operator.saves_report(report)

    with closing(load_workbook(report, read_only=True)) as book:
        first, *rows = book.worksheets[0].iter_rows(values_only=True)
    outcome = first.index("Outcome")
    assert first[: len(COLUMNS)] == COLUMNS
    assert [row[: len(COLUMNS)] for row in rows] == EVERYBODY
    assert [row[outcome] for row in rows] == [
        "Not included" if n in LEFT_OUT else "Sent" for n in range(PEOPLE)
    ]
