from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cascade_desktop.core.reading_problems import AmbiguousPhone, TooShort
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.stop_dates import read_moment
from cascade_desktop.core.stop_list import REASON_LONGEST, Stopped, tidy_reason
from cascade_desktop.core.stop_reading import (
    StopReading,
    UnreadDate,
    questions_of,
    read_stop_list,
)
from cascade_desktop.core.table import Source, Table

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OLENA, IVAN = "+380501112233", "+380671112233"


def read(
    names: tuple[str, ...],
    *rows: tuple[str, ...],
    hidden: frozenset[int] = frozenset(),
    kind: str = "xlsx",
) -> StopReading:
    columns = tuple(zip(*rows, strict=True))
    source = Source("list.xlsx", kind, header_row=1)
    table = Table(source, names, columns, range(2, len(rows) + 2), hidden_rows=hidden)
    found = read_recipients(table, Choice(include_hidden=True))
    assert isinstance(found, Recipients)
    return read_stop_list(found, NOW)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("Phone", "Added (UTC)", "Reason"), id="as exported"),
        pytest.param(("Телефон", "Дата", "Причина"), id="Ukrainian"),
        pytest.param(("Номер", "Додано", "Коментар"), id="Ukrainian, other words"),
        pytest.param(("Telefono", "Data", "Motivo"), id="Italian"),
        pytest.param(("Telefon", "Datum", "Grund"), id="German"),
        pytest.param(("Telefon", "Data dodania", "Powód"), id="Polish"),
        pytest.param(("Телефон", "Дата добавления", "Примечание"), id="Russian"),
    ],
)
def test_dates_and_reasons_are_found_by_their_names(names: tuple[str, ...]) -> None:
    found = read(names, ("050 111 22 33", "01.02.2026", "asked  by phone"))
    at = datetime(2026, 2, 1, 12, tzinfo=UTC)
    assert found == StopReading((Stopped(OLENA, at, "asked by phone"),))


def test_a_birthday_is_not_a_date_of_this_list() -> None:
    found = read(("Телефон", "Дата народження"), (OLENA, "01.02.1980"))
    assert found.entries == (Stopped(OLENA, NOW),)


@pytest.mark.parametrize(
    ("names", "row"),
    [
        pytest.param(("", "", ""), (OLENA, "23.11.2026", "Відписався"), id="no names"),
        pytest.param(("Unsubscribed", "Mobile", "Status"), ("", OLENA, "opt-out"), id="app"),
        pytest.param(
            ("MSISDN", "Timestamp", "Note"), (OLENA, "2026-11-23 12:00", "stop"), id="log"
        ),
        pytest.param(("Телефон", "Відписка", "Статус"), (OLENA, "23.11.26", "просив"), id="crm"),
        pytest.param(
            ("Numero", "Registrato", "Esito"), (OLENA, "23/11/2026", "disiscritto"), id="it"
        ),
        pytest.param(("Phone", "When", "Comment"), (OLENA, "Nov 23, 2026", "asked"), id="words"),
    ],
)
def test_foreign_lists_are_understood_by_their_cells(
    names: tuple[str, ...], row: tuple[str, ...]
) -> None:
    cells = tuple(cell or "23 листопада 2026 р." for cell in row)
    found = read(names, cells)
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert found == StopReading((Stopped(OLENA, at, row[-1]),))


def test_a_date_about_stopping_counts_before_any_other() -> None:
    row = ("01.02.2020", OLENA, "03.04.2026")
    found = read(("Дата замовлення", "Телефон", "Дата відписки"), row)
    assert found.entries[0].added_at == datetime(2026, 4, 3, 12, tzinfo=UTC)


def test_birthdays_without_a_name_are_not_taken_for_dates() -> None:
    found = read(("", ""), (OLENA, "01.02.1980"), (IVAN, "03.04.2015"))
    assert {entry.added_at for entry in found.entries} == {NOW}


def test_the_names_of_people_are_no_reasons() -> None:
    found = read(("Phone", "Name"), (OLENA, "Олена"), (IVAN, "Іван"))
    assert {entry.reason for entry in found.entries} == {""}


def test_american_dates_are_read_alike_in_a_whole_column() -> None:
    found = read(("Phone", "Date"), (OLENA, "11/05/2026"), (IVAN, "11/23/2026"))
    assert [entry.added_at.month for entry in found.entries] == [11, 11]


def test_nothing_that_cannot_be_read_is_dropped_silently() -> None:
    found = read(("Phone", "Date"), (OLENA, "soon"), ("12345", ""), ("", ""), (IVAN, ""))
    assert [entry.phone for entry in found.entries] == [OLENA, IVAN]
    assert [(row.row, type(row.problem)) for row in found.unread] == [(3, TooShort)]
    assert found.undated == (UnreadDate(2, "soon"),)
    assert found.entries[0].added_at == NOW


def test_hidden_rows_and_the_same_number_twice_count_too() -> None:
    found = read(("Phone",), (OLENA,), (IVAN,), (OLENA,), hidden=frozenset({3}))
    assert [entry.phone for entry in found.entries] == [OLENA, IVAN, OLENA]


def test_both_numbers_of_a_cell_go_on_the_list() -> None:
    found = read(("Phone",), ("0501112233; 0671112233",), ("0501112234",))
    assert [entry.phone for entry in found.entries] == [OLENA, IVAN, "+380501112234"]
    assert found.unread == ()


def test_the_bad_one_of_two_numbers_is_told() -> None:
    found = read(("Phone",), ("0501112233; 0671112233; 0501112",), (OLENA,))
    assert [entry.phone for entry in found.entries] == [OLENA, IVAN, OLENA]
    assert [row.row for row in found.unread] == [2]


def test_a_number_that_may_be_two_peoples_is_told_and_not_guessed() -> None:
    table = Table(Source("a", header_row=1), ("Phone",), (("3331234567", OLENA),), range(2, 4))
    found = read_recipients(table, Choice(country="IT", include_hidden=True))
    assert isinstance(found, Recipients)
    reading = read_stop_list(found, NOW)
    ambiguous = [row for row in reading.unread if isinstance(row.problem, AmbiguousPhone)]
    assert len(reading.entries) + len(ambiguous) == 2


@pytest.mark.parametrize(
    ("cell", "kind", "reason"),
    [
        pytest.param("'=1+1", "csv", "=1+1", id="guarded in text"),
        pytest.param("''quoted'", "csv", "'quoted'", id="quoted in text"),
        pytest.param("'quoted'", "csv", "'quoted'", id="a plain quotation mark"),
        pytest.param("'=1+1", "xlsx", "'=1+1", id="as it is in a workbook"),
    ],
)
def test_a_guarded_reason_is_read_as_it_was(cell: str, kind: str, reason: str) -> None:
    assert read(("Phone", "Reason"), (OLENA, cell), kind=kind).entries[0].reason == reason


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23 10:15:16", (2026, 11, 23, 10, 15, 16)),
        ("2026-11-23T10:15:16+02:00", (2026, 11, 23, 8, 15, 16)),
        ("2026-11-23T10:15:16Z", (2026, 11, 23, 10, 15, 16)),
        ("2026-11-23 10:15 UTC", (2026, 11, 23, 10, 15)),
        ("2026/11/23", (2026, 11, 23, 12)),
        ("23.11.2026", (2026, 11, 23, 12)),
        ("3.2.26", (2026, 2, 3, 12)),
        ("23/11/2026, 9:05", (2026, 11, 23, 9, 5)),
        ("11/23/2026", (2026, 11, 23, 12)),
        ("31.02.2026", None),
        ("0001-01-01T00:00:00+09:00", None),
        ("2026-11-23 25:00", None),
        ("23.11.2026 р.", (2026, 11, 23, 12)),
        ("23 листопада 2026 р., 10:15", (2026, 11, 23, 10, 15)),
        ("23 ноября 2026 г.", (2026, 11, 23, 12)),
        ("23 nov. 2026", (2026, 11, 23, 12)),
        ("Nov 23, 2026, 9:05 PM", (2026, 11, 23, 21, 5)),
        ("23-Nov-26", (2026, 11, 23, 12)),
        ("3 März 2026", (2026, 3, 3, 12)),
        ("3 października 2026", (2026, 10, 3, 12)),
        ("11/23/2026 12:05 AM", (2026, 11, 23, 0, 5)),
        ("23 Foo 2026", None),
        ("46349", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_the_usual_forms(text: str, moment: tuple[int, ...] | None) -> None:
    expected = datetime(*moment, tzinfo=UTC) if moment else None  # type: ignore[arg-type,misc]
    assert read_moment(text) == expected


@given(st.text())
def test_no_text_harms_the_reading_of_dates_and_reasons(text: str) -> None:
    moment = read_moment(text)
    assert moment is None or moment.tzinfo is UTC
    tidy = tidy_reason(text)
    assert tidy == tidy_reason(tidy)
    assert len(tidy) <= REASON_LONGEST
    assert tidy.isprintable()


def test_a_list_with_two_sheets_of_phones_is_asked_about_but_not_hidden_rows() -> None:
    source = Source("a.xlsx", "xlsx", phone_sheets=("A", "B"), header_row=1)
    phones = ("+393331234567", "+393331234568")
    table = Table(source, ("Phone",), (phones,), range(2, 4), hidden_rows=frozenset({2}))
    found = read_recipients(table, Choice())
    assert [asked.code.value for asked in questions_of(table, found)] == ["SEVERAL_SHEETS"]
