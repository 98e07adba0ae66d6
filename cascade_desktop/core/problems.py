"""What can be wrong with a draft or its rows: facts without sentences."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SenderEmpty:
    """No sender name was given."""


@dataclass(frozen=True, slots=True)
class TextEmpty:
    """The message has no text."""


@dataclass(frozen=True, slots=True)
class TextTooLong:
    """The text has more UTF-16 units than the service or the app takes."""

    units: int
    limit: int


@dataclass(frozen=True, slots=True)
class TextBroken:
    """The text holds half of a character, which cannot be sent."""


@dataclass(frozen=True, slots=True)
class ControlSyntax:
    """The text holds the service's own control syntax, such as ``%name=1%``."""

    found: str


@dataclass(frozen=True, slots=True)
class OptionCount:
    """A survey has too few or too many answers."""

    count: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class OptionEmpty:
    """A survey answer has no text; ``position`` counts from 1."""

    position: int


@dataclass(frozen=True, slots=True)
class OptionTwice:
    """Two survey answers are the same."""

    text: str


@dataclass(frozen=True, slots=True)
class OptionBroken:
    """A survey answer holds half of a character; ``position`` counts from 1."""

    position: int


@dataclass(frozen=True, slots=True)
class TimeToLiveRange:
    """The time to live lies outside what the kind of message allows."""

    ttl_s: int
    least_s: int
    most_s: int


@dataclass(frozen=True, slots=True)
class BraceMissing:
    """A placeholder was opened or closed only once; ``near`` is the text around it."""

    near: str


@dataclass(frozen=True, slots=True)
class PlaceholderEmpty:
    """A placeholder names nothing that can be looked up."""

    name: str


@dataclass(frozen=True, slots=True)
class PlaceholderUnknown:
    """No column has the name of a placeholder."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceholderAmbiguous:
    """Several columns could be meant by a placeholder."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZoneUnknown:
    """The time zone's name is not known."""

    zone: str


@dataclass(frozen=True, slots=True)
class TimeSkipped:
    """The clocks jump over this time; ``next_valid`` is the first that exists."""

    at: datetime
    next_valid: datetime


@dataclass(frozen=True, slots=True)
class TimeTwice:
    """The clocks go back over this time, so it happens twice; each with its offset."""

    first: datetime
    second: datetime


@dataclass(frozen=True, slots=True)
class TimePast:
    """The time to send has passed."""

    at: datetime


@dataclass(frozen=True, slots=True)
class TimeTooFar:
    """The time to send is further ahead than the service takes."""

    at: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class NobodyToSend:
    """No row of the list can get the message."""


@dataclass(frozen=True, slots=True)
class ValueMissing:
    """A row has no value for a placeholder that has no fallback."""

    name: str


@dataclass(frozen=True, slots=True)
class RowTextTooLong:
    """A row's finished text is too long."""

    units: int
    limit: int


@dataclass(frozen=True, slots=True)
class RowTextEmpty:
    """A row's finished text is empty."""


@dataclass(frozen=True, slots=True)
class RowTextBroken:
    """A row's finished text holds half of a character."""


@dataclass(frozen=True, slots=True)
class RowControlSyntax:
    """A row's finished text holds the service's control syntax."""

    found: str
    row: int


TextProblem = (
    TextEmpty
    | TextTooLong
    | TextBroken
    | ControlSyntax
    | BraceMissing
    | PlaceholderEmpty
    | PlaceholderUnknown
    | PlaceholderAmbiguous
)
TimeProblem = ZoneUnknown | TimeSkipped | TimeTwice | TimePast | TimeTooFar
RowProblem = ValueMissing | RowTextTooLong | RowTextEmpty | RowTextBroken
DraftProblem = (
    SenderEmpty
    | TextProblem
    | OptionCount
    | OptionEmpty
    | OptionTwice
    | OptionBroken
    | TimeToLiveRange
    | TimeProblem
    | NobodyToSend
    | RowControlSyntax
)


@dataclass(frozen=True, slots=True)
class SenderUnusual:
    """SMS may show another sender: more than 11 characters, or not just letters and digits."""

    sender: str


@dataclass(frozen=True, slots=True)
class ViberSkipped:
    """The text is over 1,000 units, so Viber will be skipped; ``people`` says for how many."""

    people: int


@dataclass(frozen=True, slots=True)
class TimeToLiveUnusual:
    """The time to live lies outside what the service recommends for this kind."""

    ttl_s: int
    least_s: int
    most_s: int


@dataclass(frozen=True, slots=True)
class OptionLong:
    """An answer is over the advised length and may be cut on a phone."""

    position: int
    units: int
    advised: int


@dataclass(frozen=True, slots=True)
class NoUnsubscribe:
    """Nothing in an advertising text says how to get no more of it."""


@dataclass(frozen=True, slots=True)
class NumbersShared:
    """Rows share a number but their messages differ: so many more go out, or do not."""

    count: int
    both: bool


Remark = (
    NumbersShared | SenderUnusual | ViberSkipped | TimeToLiveUnusual | OptionLong | NoUnsubscribe
)
