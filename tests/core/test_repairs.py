"""Rows of one kind are mended together only where each can mean one number."""

from cascade_desktop.core.reading_problems import AmbiguousPhone
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.repairs import Repair, find_repairs
from cascade_desktop.core.table import Source, Table


def read(*phones: str, country: str = "UA") -> Recipients:
    table = Table(Source("a.xlsx"), ("Phone",), (phones,), range(2, 2 + len(phones)))
    found = read_recipients(table, Choice(country=country, phone_column=0))
    assert isinstance(found, Recipients)
    return found


def test_letters_that_look_like_digits_are_one_kind() -> None:
    found = find_repairs(read("+38O501112233", "0501234567", "05О1112244", "05Ж1112244"))

    assert found == {Repair.LETTER: {2: "+380501112233", 4: "+380501112244"}}


def test_numbers_that_need_their_country_are_another() -> None:
    found = find_repairs(read("2125550123", "+12125550124", country="US"))

    assert found == {Repair.PLUS: {2: "+12125550123"}}


def test_words_beside_a_number_are_a_third() -> None:
    found = find_repairs(read("+380501112233 Олена", "Іван 0501112244", "Ніна"))

    assert found == {Repair.WORDS: {2: "+380501112233", 3: "+380501112244"}}


def test_what_a_person_must_choose_is_never_among_them() -> None:
    people = read("050 111 22 33 / 067 444 55 66", "393331112233", "380501112233", "044 1234567")

    assert find_repairs(people) == {}
    assert not any(isinstance(why, AmbiguousPhone) for why in find_repairs(people).values())


def test_a_repair_mends_its_row() -> None:
    people = read("+38O501112233", "+38O501112244")

    mended = read_recipients(people.table, Choice(edits=find_repairs(people)[Repair.LETTER]))

    assert isinstance(mended, Recipients)
    assert mended.phones == ("+380501112233", "+380501112244")
