"""Who agreed to get advertising."""

import pytest

from cascade_desktop.core.composition import compose, without_message
from cascade_desktop.core.consent import (
    Consent,
    ConsentCounts,
    Unheeded,
    count_consent,
    find_consent_column,
    find_unheeded,
    read_consent,
)
from cascade_desktop.core.drafts import Draft, FlashCall, Promo, Survey, Transaction
from cascade_desktop.core.plan import left_out
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table

PHONES = ("0501112233", "0672223344", "0933334455", "0994445566")


def table(name: str, cells: tuple[str, ...], phones: tuple[str, ...] = PHONES) -> Table:
    rows = range(2, 2 + len(cells))
    return Table(Source("x"), ("Телефон", name), (phones[: len(cells)], cells), rows)


def read(cells: tuple[str, ...], phones: tuple[str, ...] = PHONES) -> Recipients:
    found = read_recipients(table("Згода", cells, phones), Choice(phone_column=0, consent_column=1))
    assert isinstance(found, Recipients)
    return found


@pytest.mark.parametrize(
    "cell",
    [
        *("так", "Так.", " ТАК ", "Sì", "si", "yes", "Y", "tak", "Ja", "да", "1", "TRUE", "true"),
        *("✓", "✔️", "x", "X", "Х", "+", "ІСТИНА", "VERO", "Prawda", "wahr", "Згодна", "sí"),
        *("opt-in", "“так”", "Zgadzam się", "einverstanden", "s\u00ec", "si\u0300"),
    ],
)
def test_yes_is_said_in_six_languages_or_by_a_sign(cell: str) -> None:
    assert read_consent(cell) is Consent.YES


@pytest.mark.parametrize(
    "cell", ["ні", "No", "nie", "Nein", "нет", "0", "FALSE", "відмова", "не згоден", "brak zgody"]
)
def test_no_is_said_in_six_languages(cell: str) -> None:
    assert read_consent(cell) is Consent.NO


@pytest.mark.parametrize(
    "cell",
    ["", " ", "?", "-", "maybe", "так, але не SMS", "01.02.2026", "2", "☐", "sim", "jain", "yesno"],
)
def test_anything_else_says_nothing(cell: str) -> None:
    assert read_consent(cell) is Consent.NOTHING


@pytest.mark.parametrize(
    "name",
    [
        *("Згода", "згода на розсилку", "ДОЗВІЛ", "Consent", "marketing_consent", "Opt-in"),
        *("Consenso privacy", "Zgoda marketingowa", "Einwilligung", "Согласие", "RODO", "DSGVO"),
        *("Einverstanden", "Newsletter", "Autorizzazione", "I agree"),
    ],
)
def test_a_column_is_offered_by_its_name(name: str) -> None:
    assert find_consent_column(table(name, ("так", "", "ні"))) == 1


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        pytest.param("Оплачено", ("так", "ні"), id="another question"),
        pytest.param("Дата згоди", ("01.02.2026", "03.02.2026"), id="dates"),
        pytest.param("Згода", ("", ""), id="nothing in it"),
        pytest.param("Opt-out", ("yes", "no"), id="means the contrary"),
        pytest.param("Відмова від розсилки", ("так", ""), id="a refusal"),
        pytest.param("Unsubscribed from newsletter", ("no", "no"), id="unsubscribed"),
        pytest.param("Widerruf der Einwilligung", ("ja",), id="withdrawn"),
        pytest.param("Dissenso al consenso revocato", ("si",), id="revoked"),
    ],
)
def test_a_column_that_does_not_say_it_is_not_offered(name: str, cells: tuple[str, ...]) -> None:
    assert find_consent_column(table(name, cells)) is None


def test_what_a_column_says_is_counted() -> None:
    assert count_consent(table("Згода", ("так", "", "ні", "?")), 1) == ConsentCounts(1, 1, 2)


@pytest.mark.parametrize(
    ("draft", "rows"),
    [
        pytest.param(Promo("Shop", "Sale"), (0,), id="promo"),
        pytest.param(Survey("Shop", "Well?", ("Yes", "No")), (0,), id="survey"),
        pytest.param(Transaction("Shop", "Ready"), (0, 1, 2, 3), id="transaction"),
        pytest.param(FlashCall("Shop"), (0, 1, 2, 3), id="flash call"),
    ],
)
def test_only_advertising_needs_consent(draft: Draft, rows: tuple[int, ...]) -> None:
    composition = compose(draft, read(("так", "ні", "", "?")))

    assert composition.rows == rows
    assert len(composition.unagreed) == 4 - len(rows)


def test_every_row_left_out_says_so_and_the_sum_stays_the_file() -> None:
    composition = compose(Promo("Shop", "Hello, {Згода}"), read(("так", "ні", "", "1")))

    reasons = left_out(composition)

    assert reasons == {1: "no_consent", 2: "no_consent"}
    assert len(composition.rows) + len(reasons) == 4


def test_a_number_that_says_no_anywhere_has_said_no() -> None:
    composition = compose(Promo("Shop", "Sale"), read(("так", "ні"), (PHONES[0], PHONES[0])))

    assert composition.rows == ()
    assert composition.unagreed == {0: 1, 1: 1}
    assert left_out(composition) == {0: '["RefusedElsewhere",3]', 1: "no_consent"}


def test_the_row_that_says_yes_stands_in_for_one_that_says_nothing() -> None:
    composition = compose(Promo("Shop", "Sale"), read(("", "так"), (PHONES[0], PHONES[0])))

    assert composition.rows == (1,)
    assert left_out(composition) == {0: "no_consent"}


def test_who_is_reached_follows_the_list_while_the_text_is_wrong() -> None:
    phones = (PHONES[0], PHONES[0], PHONES[1], PHONES[2], PHONES[2])
    found = read(("", "так", "ні", "так", "так"), phones)
    composition = compose(Promo("Shop", ""), found)

    reach = without_message(composition)

    assert (composition.rows, composition.unagreed) == ((), {0: 0, 2: 2})
    assert (reach.rows, dict(reach.doubles)) == ((1, 3), {4: 3})
    assert reach.by_country == (("UA", 2),)


@pytest.mark.parametrize(
    ("cells", "phones", "people"),
    [
        pytest.param(("так", "ні", "", "?"), PHONES, 3, id="no, and nothing"),
        pytest.param(("", "так"), (PHONES[0], PHONES[0]), 0, id="a later row says yes"),
        pytest.param(("так", "ні"), (PHONES[0], PHONES[0]), 1, id="a later row says no"),
        pytest.param(("так", "так"), PHONES[:2], 0, id="all agreed"),
    ],
)
def test_those_who_get_it_without_a_yes_are_counted(
    cells: tuple[str, ...], phones: tuple[str, ...], people: int
) -> None:
    found = read_recipients(table("Згода", cells, phones), Choice(phone_column=0))
    assert isinstance(found, Recipients)

    unheeded = find_unheeded(found, compose(Promo("Shop", "Sale"), found).rows)

    assert unheeded == (Unheeded(1, people) if people else None)


def test_a_column_that_is_used_is_heeded() -> None:
    found = read(("так", "ні"))

    assert find_unheeded(found, found.ready) is None


def test_nobody_is_left_out_while_no_column_is_named() -> None:
    found = read_recipients(table("Згода", ("ні", "")), Choice(phone_column=0))
    assert isinstance(found, Recipients)

    assert compose(Promo("Shop", "Sale"), found).rows == (0, 1)
