"""The sentences about files, columns and phones: the thing, the place, and the remedy."""

from typing import assert_never

from PySide6.QtCore import QLocale

from cascade_desktop.core.consent import ConsentCounts
from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.questions import Question, QuestionCode
from cascade_desktop.core.reading_problems import (
    AmbiguousPhone,
    ColumnProblem,
    DuplicateHeader,
    ErrorCell,
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
    PhoneProblem,
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
from cascade_desktop.core.table import column_letter
from cascade_desktop.ui.wording_files import say_doubtful_row, say_file
from cascade_desktop.ui.wording_plurals import translate

Fact = FileProblem | ColumnProblem | PhoneProblem | Question | Counts


def say_reading(fact: Fact) -> str:
    """Tell the operator what was read, what is wrong, and what to do about it."""
    match fact:
        case FileProblem():
            return say_file(fact)
        case NoRows() | NoPhoneColumn() | NoSuchColumn() | PhonesGone():
            return _say_no_column(fact)
        case DuplicateHeader() | SeveralPhoneColumns():
            return _say_columns(fact)
        case Question():
            return say_question(fact)
        case Counts():
            return say_counts(fact)
        case _:
            return say_phone(fact)


def say_counts(counts: Counts) -> str:
    """Tell in one line who will get a message and who will not."""
    ready = counts.ready
    others = counts.rows - ready
    said = translate("wording", "%Ln (person/people) will get it.", None, ready)
    if not others:
        return said
    rest = translate("wording", "%Ln row(s) will not: see why.", None, others)
    return f"{said} {rest}"


def say_question(question: Question) -> str:
    """Ask what a person must decide before the list is used."""
    names = ", ".join(f"“{name}”" for name in question.names)
    count = question.count
    match question.code:
        case QuestionCode.DUPLICATE_HEADER:
            text = translate(
                "wording", "Several columns are called “{name}”. Which holds the phones?"
            )
            return text.format(name=question.names[0])
        case QuestionCode.TWO_PHONE_COLUMNS:
            text = translate(
                "wording", "Several columns may hold phones: {names}. Which should be used?"
            )
            return text.format(names=names)
        case QuestionCode.SEVERAL_SHEETS:
            text = translate(
                "wording", "Several sheets hold phones: {names}. Which should be used?"
            )
            return text.format(names=names)
        case QuestionCode.HEADER_ROW:
            return say_doubtful_row(question.count, question.total, names)
        case QuestionCode.HIDDEN_ROWS:
            return translate(
                "wording",
                "%Ln row(s) (is/are) hidden in the file. Leave (it/them) out, or include"
                " (it/them)?",
                None,
                count,
            )
        case _:
            return _ask_about_phones(question)


def say_phone(problem: PhoneProblem) -> str:
    """Tell why a phone cannot be used."""
    match problem:
        case NoPhone():
            return translate("wording", "No phone number.")
        case NotAPhone(cell):
            return translate("wording", "“{cell}” is not a phone number.").format(cell=_cut(cell))
        case LetterInPhone() | WordsBesidePhone() | OddSign() | MixedDigits() | PlusInside():
            return _say_sign(problem)
        case RoundedByExcel() | FractionInPhone() | ErrorCell() | NotCalculated() | ToFillIn():
            return _say_cell(problem)
        case TwoPhones() | AmbiguousPhone() | PlusNeeded():
            return _say_choice(problem)
        case TooShort() | TooLong() | UnknownCountryCode() | NotInUse():
            return _say_digits(problem)
        case NotMobile(kind):
            return _say_kind(kind)
    assert_never(problem)


def say_encoding(encoding: str) -> str:
    """Name a way of writing letters by where it comes from."""
    match encoding.lower():
        case "cp1251":
            return translate("wording", "Windows, Cyrillic")
        case "koi8-u" | "koi8-r":
            return translate("wording", "old e-mail programs, Cyrillic")
        case "cp866":
            return translate("wording", "old DOS programs, Cyrillic")
        case "mac-cyrillic":
            return translate("wording", "old Macs, Cyrillic")
        case "iso-8859-5":
            return translate("wording", "old servers, Cyrillic")
        case _:
            return _say_latin(encoding.lower())


def say_separator(separator: str) -> str:
    """Name what stands between the cells of a text file."""
    match separator:
        case ";":
            return translate("wording", "semicolons  ;")
        case ",":
            return translate("wording", "commas  ,")
        case "\t":
            return translate("wording", "tabs")
        case "|":
            return translate("wording", "upright lines  |")
        case "" | "\x1f":
            return translate("wording", "nothing: there is one column")
        case _:
            return translate("wording", "the sign {sign}").format(sign=separator)


def say_consent(counts: ConsentCounts | None) -> str:
    """Tell what a column says about who agreed; without counts, what it is taken for."""
    number, said = QLocale().toString, ""
    if counts is not None:
        text = translate("wording", "Yes: {yes}. No: {no}. Nothing, or neither: {nothing}.")
        yes, no, nothing = number(counts.yes), number(counts.no), number(counts.nothing)
        said = text.format(yes=yes, no=no, nothing=nothing) + " "
    words = translate("wording", "Only those who say yes get Promo and Survey messages.")
    return said + words


def say_list_kept() -> str:
    """Tell why some of its rows are not saved over a list."""
    return translate(
        "wording",
        "They would replace the list that is open, and the other rows would be lost. Choose"
        " another name.",
    )


def country_name(country: str) -> str:
    """Name a country in the language of the screen."""
    territory = QLocale.codeToTerritory(country)
    if territory == QLocale.Country.AnyTerritory:
        return country
    return QLocale.territoryToString(territory)


def _say_latin(encoding: str) -> str:
    match encoding:
        case "cp1252":
            return translate("wording", "Windows, Western Europe")
        case "cp1250":
            return translate("wording", "Windows, Central Europe")
        case "iso-8859-15" | "iso-8859-1":
            return translate("wording", "old servers, Western Europe")
        case "iso-8859-2":
            return translate("wording", "old servers, Central Europe")
        case "mac-roman":
            return translate("wording", "old Macs, Western Europe")
        case _:
            return translate("wording", "all alphabets")


def _say_no_column(problem: NoRows | NoPhoneColumn | NoSuchColumn | PhonesGone) -> str:
    match problem:
        case NoRows():
            return translate("wording", "There is nobody in this list: no rows below the names.")
        case NoPhoneColumn():
            return translate(
                "wording",
                "No column with phones was found. Choose the column that holds them, or name it"
                " “phone” in the file.",
            )
        case NoSuchColumn(column):
            text = translate("wording", "There is no column “{column}” in this list.")
            return text.format(column=column)
        case PhonesGone(name):
            text = translate(
                "wording",
                "Last time the phones were in “{column}”, which has none now. Choose again.",
            )
            return text.format(column=name)
    assert_never(problem)


def _say_columns(problem: DuplicateHeader | SeveralPhoneColumns) -> str:
    match problem:
        case DuplicateHeader(name, _):
            code, names = QuestionCode.DUPLICATE_HEADER, (name,)
        case SeveralPhoneColumns(columns, names):
            code = QuestionCode.TWO_PHONE_COLUMNS
            names = tuple(
                name or column_letter(at) for at, name in zip(columns, names, strict=True)
            )
    return say_question(Question(code, names=names))


def _ask_about_phones(question: Question) -> str:
    countries = ", ".join(country_name(name) for name in question.names)
    count = question.count
    match question.code:
        case QuestionCode.OTHER_COUNTRY:
            text = translate(
                "wording",
                "These numbers read better as those of another country: {country}. Use it?",
            )
            return text.format(country=country_name(question.names[-1]))
        case QuestionCode.FOREIGN_COUNTRIES:
            text = translate(
                "wording", "Most of these numbers are abroad ({countries}). Is this the right list?"
            )
            return text.format(countries=countries)
        case QuestionCode.TWO_PHONES:
            return translate(
                "wording",
                "%Ln cell(s) (holds/hold) several numbers. Choose one in each; until then nobody"
                " there gets it.",
                None,
                count,
            )
        case _:
            return translate(
                "wording",
                "%Ln number(s) may belong to two countries. Choose; until then nobody there gets"
                " it.",
                None,
                count,
            )


def _say_sign(
    problem: LetterInPhone | WordsBesidePhone | OddSign | MixedDigits | PlusInside,
) -> str:
    match problem:
        case LetterInPhone(letter, digit, suggestion) if suggestion:
            text = translate(
                "wording", "There is a letter {letter} among the digits. Did you mean {digit}?"
            )
            return text.format(letter=letter, digit=digit)
        case LetterInPhone(letter):
            text = translate(
                "wording", "There is a letter {letter} among the digits. Write digits only."
            )
            return text.format(letter=letter)
        case WordsBesidePhone(suggestion) if suggestion:
            return translate("wording", "There are words beside the number. Use the number alone?")
        case WordsBesidePhone():
            return translate("wording", "There are words beside the number. Write digits only.")
        case OddSign(sign):
            text = translate("wording", "The sign {sign} does not belong in a phone number.")
            return text.format(sign=sign)
        case MixedDigits():
            return translate(
                "wording", "The digits come from two alphabets. Type the number again."
            )
        case PlusInside():
            return translate("wording", "There is a + in the middle. It belongs at the beginning.")
    assert_never(problem)


def _say_cell(
    problem: RoundedByExcel | FractionInPhone | ErrorCell | NotCalculated | ToFillIn,
) -> str:
    match problem:
        case ToFillIn():
            return translate("wording", "This is the row of the example: write your own.")
        case RoundedByExcel():
            return translate(
                "wording",
                "Excel has rounded this number and the last digits are lost. Take it from the"
                " original list.",
            )
        case FractionInPhone():
            return translate("wording", "This number has decimals, a phone has none.")
        case ErrorCell(cell):
            text = translate("wording", "The file shows an error here ({cell}) instead of a phone.")
            return text.format(cell=_cut(cell))
        case NotCalculated():
            return translate(
                "wording",
                "A formula that was never calculated. Open the file in Excel, save it once and"
                " choose it again.",
            )
    assert_never(problem)


def _say_choice(problem: TwoPhones | AmbiguousPhone | PlusNeeded) -> str:
    match problem:
        case TwoPhones(phones):
            shown = _either(phones)
            if not shown:
                return translate("wording", "Several numbers in one cell. Write one of them.")
            return translate("wording", "Two numbers in one cell. Write one: {phones}.").format(
                phones=shown
            )
        case AmbiguousPhone(phones):
            text = translate("wording", "This may be two different numbers: {phones}. Choose one.")
            return text.format(phones=_either(phones))
        case PlusNeeded(phone):
            text = translate(
                "wording",
                "In this country a number does not show whether it is a mobile. If it is, write it"
                " as {phone}.",
            )
            return text.format(phone=show_phone(phone))
    assert_never(problem)


def _say_digits(problem: TooShort | TooLong | UnknownCountryCode | NotInUse) -> str:
    match problem:
        case TooShort(code, needs, has):
            text = translate(
                "wording", "Too short: after {code} a number has {needs} digits, this has {has}."
            )
            return text.format(code=code, needs=needs, has=has)
        case TooLong(code, needs, has):
            text = translate(
                "wording", "Too long: after {code} a number has {needs} digits, this has {has}."
            )
            return text.format(code=code, needs=needs, has=has)
        case UnknownCountryCode(code):
            text = translate("wording", "No country's numbers begin with {code}.")
            return text.format(code=code)
        case NotInUse(code, start):
            text = translate("wording", "No mobile number begins with {start}.")
            return text.format(start=f"{code} {start}".strip())
    assert_never(problem)


def _say_kind(kind: LineKind) -> str:
    match kind:
        case LineKind.LANDLINE:
            return translate("wording", "A landline: it cannot get messages.")
        case LineKind.PREMIUM | LineKind.SHARED_COST:
            return translate("wording", "A number that costs its callers money, not a mobile.")
        case LineKind.TOLL_FREE:
            return translate("wording", "A free hotline number, not a mobile.")
        case LineKind.SATELLITE:
            return translate("wording", "A satellite phone: it cannot get these messages.")
        case LineKind.INTERNET:
            return translate("wording", "An internet phone: it cannot get messages.")
        case LineKind.PERSONAL | LineKind.COMPANY:
            return translate("wording", "A forwarding number of a company, not a mobile.")
        case LineKind.PAGER | LineKind.VOICEMAIL:
            return translate("wording", "A pager or a voicemail box, not a mobile.")
    assert_never(kind)


def _either(phones: tuple[str, ...]) -> str:
    return translate("wording", " or ").join(show_phone(phone) for phone in phones)


def _cut(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
