"""Which columns of a list stand beside a phone."""

import pytest

from cascade_desktop.ui.own_columns import own_columns


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(("№", "Телефон", "Місто", "Ім’я"), ["Ім’я", "Місто"], id="counter first"),
        pytest.param(("Код", "Телефон", "ПІБ"), ["ПІБ", "Код"], id="initials"),
        pytest.param(("#", "Phone", "Full name"), ["Full name"], id="nothing but a name"),
        pytest.param(("Lp.", "Telefon", "Imię", "Nazwisko"), ["Imię", "Nazwisko"], id="Polish"),
        pytest.param(("Id", "Tel", "Città", "Cognome", "Nome"), ["Cognome", "Nome"], id="Italian"),
        pytest.param(("№ п/п", "Tel", "Ім'я клієнта"), ["Ім'я клієнта"], id="apostrophe"),
        pytest.param(("Customer ID", "Tel", "City"), ["Customer ID", "City"], id="not a name"),
        pytest.param(("ID", "Tel"), ["ID"], id="nothing else"),
        pytest.param(("", "Tel"), [], id="none"),
    ],
)
def test_names_come_before_the_rest_and_counters_never(
    names: tuple[str, ...], expected: list[str]
) -> None:
    assert [names[at] for at in own_columns(names, 1)] == expected


def test_a_column_that_counts_makes_room_whatever_its_name() -> None:
    columns = (("1", "2", "3", "4"), ("", "", "", ""), ("A", "B", "C", "D"), ("7", "8", "8", "9"))

    assert own_columns(("Клієнт №", "Tel", "Місто", "Бонус"), 1, columns) == (2, 3)
    assert own_columns(("Рядок", "Tel", "Місто", "Бонус"), 1, columns) == (2, 3)
