"""Every fact about a file, a column or a phone has its sentence."""

import re

import pytest

from cascade_desktop.core.questions import Question, QuestionCode
from cascade_desktop.core.reading_problems import (
    AmbiguousPhone,
    DuplicateHeader,
    ErrorCell,
    FileFault,
    FileProblem,
    FractionInPhone,
    LetterInPhone,
    LineKind,
    MixedDigits,
    NoPhone,
    NoPhoneColumn,
    NoRows,
    NoSuchColumn,
    NotAPhone,
    NotCalculated,
    NotInUse,
    NotMobile,
    OddSign,
    PhonesGone,
    PlusInside,
    PlusNeeded,
    RoundedByExcel,
    SeveralPhoneColumns,
    ToFillIn,
    TooLong,
    TooShort,
    TwoPhones,
    UnknownCountryCode,
    WordsBesidePhone,
)
from cascade_desktop.core.recipients import Counts
from cascade_desktop.ui.wording_reading import Fact, country_name, say_question, say_reading

A, B = "+380501112233", "+380672223344"
FACTS: list[Fact] = [
    *(FileProblem(fault, "людей.xlsx", detail="PDF", count=3) for fault in FileFault),
    *(NotMobile(kind) for kind in LineKind),
    *(Question(code, 2, 5, ("UA", "IT")) for code in QuestionCode),
    *(
        NoRows(),
        NoPhoneColumn(),
        NoSuchColumn("X"),
        PhonesGone("Y"),
        DuplicateHeader("phone", (0, 3)),
    ),
    *(SeveralPhoneColumns((0, 1), ("a", "b")), NoPhone(), NotAPhone("x" * 99), LetterInPhone("д")),
    ToFillIn(),
    *(WordsBesidePhone(), WordsBesidePhone("+380501112233")),
    *(OddSign("#"), MixedDigits(), RoundedByExcel("3E+1"), FractionInPhone("1.5"), PlusInside()),
    *(TwoPhones(()), TwoPhones((A, B)), AmbiguousPhone((A, B)), PlusNeeded("+12025550123")),
    *(
        TooLong("+380", 9, 10),
        UnknownCountryCode("+999"),
        NotInUse("+380", "00"),
        ErrorCell("#N/A"),
    ),
    NotCalculated(),
]


@pytest.mark.parametrize("fact", FACTS, ids=repr)
def test_each_fact_has_a_sentence_for_a_person(fact: Fact) -> None:
    sentence = say_reading(fact)

    assert len(sentence) >= 15
    assert sentence.rstrip().endswith((".", "?"))
    assert "{" not in sentence
    assert not re.search(r"%L?n|\(\w+/\w+\)|\(e?s\)", sentence)


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (TooShort("+380", 9, 6), "Too short: after +380 a number has 9 digits, this has 6."),
        (
            RoundedByExcel("3.80501E+11"),
            (
                "Excel has rounded this number and the last digits are lost. Take it from the"
                " original list."
            ),
        ),
        (NotMobile(LineKind.LANDLINE), "A landline: it cannot get messages."),
        (NoPhone(), "No phone number."),
        (
            TwoPhones((A, B)),
            "Two numbers in one cell. Write one: +380 50 111 22 33 or +380 67 222 33 44.",
        ),
        (
            LetterInPhone("З", "3", A),
            "There is a letter З among the digits. Did you mean 3?",
        ),
    ],
)
def test_the_sentences_of_the_design_are_word_for_word(fact: Fact, sentence: str) -> None:
    assert say_reading(fact) == sentence


def test_a_protected_file_says_how_to_remove_the_password() -> None:
    assert "File → Info → Protect Workbook" in say_reading(FileProblem(FileFault.ENCRYPTED, "a"))


def test_counts_say_who_gets_it_and_who_does_not() -> None:
    all_ready = Counts(3, 3, 0, 0, 0, 0, 0, 0, 0)
    some = Counts(5, 3, 0, 2, 0, 0, 0, 0, 0)

    one = Counts(2, 1, 0, 1, 0, 0, 0, 0, 0)

    assert say_reading(all_ready) == "3 people will get it."
    assert say_reading(some) == "3 people will get it. 2 rows will not: see why."
    assert say_reading(one) == "1 person will get it. 1 row will not: see why."


def test_a_question_names_what_is_to_be_chosen() -> None:
    question = Question(QuestionCode.SEVERAL_SHEETS, 2, names=("Січень", "Лютий"))

    assert "“Січень”, “Лютий”" in say_question(question)


def test_columns_without_names_are_called_by_their_letters() -> None:
    assert "“C”, “Phone”" in say_reading(SeveralPhoneColumns((2, 0), ("", "Phone")))


def test_countries_have_names() -> None:
    assert country_name("XX") == "XX"
    assert country_name("IT") == "Italy"
