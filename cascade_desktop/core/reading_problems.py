"""Name everything that can be wrong with a file, its columns and its phones; facts, no words."""

from dataclasses import dataclass
from enum import StrEnum


class FileFault(StrEnum):
    """Tell why a file cannot be read; the values are the stable codes of `check --json`."""

    MISSING = "MISSING"
    IS_FOLDER = "IS_FOLDER"
    NO_PERMISSION = "NO_PERMISSION"
    IN_USE = "IN_USE"
    CANNOT_READ = "CANNOT_READ"
    STILL_WRITTEN = "STILL_WRITTEN"
    EMPTY_FILE = "EMPTY_FILE"
    LOCK_FILE = "LOCK_FILE"
    NOT_A_SPREADSHEET = "NOT_A_SPREADSHEET"
    HTML_TABLE = "HTML_TABLE"
    XML_TABLE = "XML_TABLE"
    ENCRYPTED = "ENCRYPTED"
    CORRUPT = "CORRUPT"
    UNSAFE_FILE = "UNSAFE_FILE"
    TOO_BIG = "TOO_BIG"
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS"
    TOO_MUCH_PASTED = "TOO_MUCH_PASTED"
    NO_ROWS = "NO_ROWS"
    NO_SUCH_SHEET = "NO_SUCH_SHEET"
    WRONG_ENCODING = "WRONG_ENCODING"
    TOO_SLOW = "TOO_SLOW"
    READER_FAILED = "READER_FAILED"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Say why a file gave no table."""

    fault: FileFault
    file: str = ""
    detail: str = ""
    """What the sentence names besides the file: a sheet, a cell, an encoding, a kind of file."""
    count: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class NoRows:
    """There is nobody below the column names."""


@dataclass(frozen=True, slots=True)
class NoPhoneColumn:
    """No column looks like phones."""


@dataclass(frozen=True, slots=True)
class SeveralPhoneColumns:
    """Several columns look like phones; the operator chooses, best first."""

    columns: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuplicateHeader:
    """Several phone columns have the same name."""

    name: str
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoSuchColumn:
    """The column asked for is not in the table."""

    column: str


@dataclass(frozen=True, slots=True)
class PhonesGone:
    """The column that the operator chose the last time holds no phones now."""

    name: str


ColumnProblem = (
    NoRows | NoPhoneColumn | SeveralPhoneColumns | DuplicateHeader | NoSuchColumn | PhonesGone
)


class LineKind(StrEnum):
    """Tell what a number is when it is not a mobile."""

    LANDLINE = "landline"
    PREMIUM = "premium"
    TOLL_FREE = "toll_free"
    SATELLITE = "satellite"
    SHARED_COST = "shared_cost"
    INTERNET = "internet"
    PERSONAL = "personal"
    PAGER = "pager"
    COMPANY = "company"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True, slots=True)
class NoPhone:
    """The cell is empty."""


@dataclass(frozen=True, slots=True)
class NotAPhone:
    """The cell holds words, not a number."""

    cell: str


@dataclass(frozen=True, slots=True)
class ToFillIn:
    """The cell only shows how a phone is to be written: +380 __ ___ __ __."""


@dataclass(frozen=True, slots=True)
class LetterInPhone:
    """A letter stands among the digits; `suggestion` is what it reads as with `digit` instead."""

    letter: str
    digit: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class WordsBesidePhone:
    """Words stand beside the digits; `suggestion` is the one number among them, or ""."""

    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class OddSign:
    """A sign that no phone number has stands among the digits."""

    sign: str


@dataclass(frozen=True, slots=True)
class MixedDigits:
    """The digits come from different scripts."""


@dataclass(frozen=True, slots=True)
class RoundedByExcel:
    """The number was written as 3.80501E+11: its last digits are lost."""

    cell: str


@dataclass(frozen=True, slots=True)
class FractionInPhone:
    """The number has decimals."""

    cell: str


@dataclass(frozen=True, slots=True)
class PlusInside:
    """A plus stands in the middle of the digits."""


@dataclass(frozen=True, slots=True)
class TwoPhones:
    """The cell holds several numbers; `phones` are those that can get messages."""

    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmbiguousPhone:
    """The digits are a mobile of two countries; only a person can say which."""

    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlusNeeded:
    """This country's numbers do not tell mobiles from landlines: accepted when written with +."""

    phone: str


@dataclass(frozen=True, slots=True)
class TooShort:
    """After the country's code there are fewer digits than a mobile number has."""

    code: str
    needs: int
    has: int


@dataclass(frozen=True, slots=True)
class TooLong:
    """After the country's code there are more digits than a mobile number has."""

    code: str
    needs: int
    has: int


@dataclass(frozen=True, slots=True)
class UnknownCountryCode:
    """No country has this code."""

    code: str


@dataclass(frozen=True, slots=True)
class NotInUse:
    """The length is right, but no number of this country begins like this."""

    code: str
    start: str


@dataclass(frozen=True, slots=True)
class NotMobile:
    """The number exists, but it cannot get messages."""

    kind: LineKind


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """The cell shows an error such as #N/A."""

    cell: str


@dataclass(frozen=True, slots=True)
class NotCalculated:
    """The cell holds a formula that was never calculated."""


PhoneProblem = (
    NoPhone
    | NotAPhone
    | ToFillIn
    | LetterInPhone
    | WordsBesidePhone
    | OddSign
    | MixedDigits
    | RoundedByExcel
    | FractionInPhone
    | PlusInside
    | TwoPhones
    | AmbiguousPhone
    | PlusNeeded
    | TooShort
    | TooLong
    | UnknownCountryCode
    | NotInUse
    | NotMobile
    | ErrorCell
    | NotCalculated
)
