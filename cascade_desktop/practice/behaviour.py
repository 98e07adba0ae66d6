"""How the practice service misbehaves on request, so that trouble can be tried on purpose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from cascade_desktop.practice.rules import Fault, Message

_LONGEST = 10**9


class On(StrEnum):
    """Which requests a behaviour is for."""

    SEND = "send"
    STATUS = "status"


class Answer(StrEnum):
    """What the answer looks like."""

    HONEST = "honest"
    """Receipts with a 2xx status, an error body with any other."""
    RECEIPTS = "receipts"
    """Receipts, whatever the status says."""
    EMPTY_LIST = "empty_list"
    MISSING = "missing"
    """Receipts for the first half only."""
    FOREIGN = "foreign"
    """Receipts for tracking ids that nobody sent."""
    MIXED = "mixed"
    """Every receipt, and a foreign one beside them."""
    TWICE = "twice"
    """The first receipt a second time, with another message id."""
    NULL_IDS = "null_ids"
    OBJECT = "object"
    """JSON of another shape."""
    NAN = "nan"
    GARBLED = "garbled"
    """JSON cut short in a complete answer."""
    BAD_UTF8 = "bad_utf8"
    NO_BODY = "no_body"
    PAGE = "page"
    """The sign-in page of a Wi-Fi portal."""
    HUGE = "huge"
    """Honest receipts that unpack to over 8 MB."""
    LYING_GZIP = "lying_gzip"
    CUT = "cut"
    """The connection ends in the middle of the answer."""
    DROP = "drop"
    """The connection ends before the first byte of the answer."""


class Naming(StrEnum):
    """How a refusal names what was wrong."""

    FIELD = "field"
    """The documented body: code, message and field."""
    PATH = "path"
    """Problem details with the place in the array, such as $[3].toPhone."""
    NOTHING = "nothing"
    """A code, and no word on which message or field."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How to treat a request; the default is a service that works."""

    requests: int | None = None
    """How many requests it lasts; None until it is changed."""
    on: On = On.SEND
    delay_s: float = 0.0
    """Wait between booking and answering."""
    status: int | None = None
    """Answer with this status; None with the one that is due."""
    answer: Answer = Answer.HONEST
    book: bool | None = None
    """Take the messages; None as the status says: 2xx takes them, also when the answer is lost.

    With refuse_phones, true takes the others although the answer refuses the whole array.
    """
    retry_after_s: int | None = None
    retry_after_as_date: bool = False
    headers: Mapping[str, str] | None = None
    refuse_phones: tuple[str, ...] = ()
    """Phones, or how they begin, that are refused with INVALID_PHONE."""
    naming: Naming = Naming.FIELD
    most_messages: int | None = None
    """Answer larger arrays with 413."""
    shuffle: bool = False
    """Give the receipts in another order than the request's."""

    def refusal(self, batch: Sequence[Message]) -> Fault | None:
        """Return why this behaviour refuses a batch that keeps all the rules."""
        if self.most_messages is not None and len(batch) > self.most_messages:
            return Fault("PAYLOAD_TOO_LARGE", f"At most {self.most_messages} messages", status=413)
        for index, message in enumerate(batch):
            if self.refuses(message):
                words = f"Invalid phone number: {message['toPhone']}"
                return Fault("INVALID_PHONE", words, "toPhone", index)
        return None

    def refuses(self, message: Message) -> bool:
        """Tell whether this one message is among those to refuse."""
        # An empty tuple of beginnings matches nothing.
        phone: str = message["toPhone"]
        return phone.startswith(self.refuse_phones)


HONEST = Behaviour()


class Script:
    """Behaviours in the order they take turns; when all are used up the service works again."""

    def __init__(self, behaviours: Sequence[Behaviour] = ()) -> None:
        self._left = list(behaviours)

    @property
    def left(self) -> tuple[Behaviour, ...]:
        """What is still to come."""
        return tuple(self._left)

    def play(self, behaviours: Sequence[Behaviour]) -> None:
        """Replace whatever was to come; nothing means: work again."""
        self._left = list(behaviours)

    def take(self, on: On) -> Behaviour:
        """Return the behaviour for a request that has just come, and count it."""
        left = self._left  # another thread may play a new script meanwhile
        for place, behaviour in enumerate(left):
            if behaviour.on is on:
                if behaviour.requests == 1:
                    del left[place]
                elif behaviour.requests is not None:
                    left[place] = replace(behaviour, requests=behaviour.requests - 1)
                return behaviour
        return HONEST


def read_script(value: Any) -> tuple[Behaviour, ...]:
    """Read one behaviour, or a list of them, from JSON; raises ValueError with what is wrong.

    >>> read_script({"status": 429, "retry_after_s": 2, "requests": 1})[0].status
    429
    """
    return tuple(_read(item) for item in (value if isinstance(value, list) else [value]))


def _read(value: Any) -> Behaviour:
    given = _expect(value, isinstance(value, dict), "a JSON object")
    unknown = given.keys() - _READERS.keys()
    if unknown:
        raise ValueError(f"a behaviour has no {', '.join(sorted(unknown))}")
    return Behaviour(**{name: _READERS[name](found) for name, found in given.items()})


def _whole(least: int, most: int) -> Callable[[Any], int | None]:
    def read(found: Any) -> int | None:
        fits = found is None or (type(found) is int and least <= found <= most)
        return _expect(found, fits, f"nothing, or a whole number from {least} to {most}")

    return read


def _flag(found: Any) -> bool:
    return _expect(found, isinstance(found, bool), "true or false")


def _seconds(found: Any) -> float:
    return _expect(found, type(found) in {int, float} and 0 <= found <= _LONGEST, "seconds")


def _texts(found: Any) -> tuple[str, ...]:
    fits = isinstance(found, list) and all(isinstance(item, str) for item in found)
    return tuple(_expect(found, fits, "a list of texts"))


def _header_lines(found: Any) -> dict[str, str]:
    fits = isinstance(found, dict) and all(isinstance(item, str) for item in found.values())
    return _expect(found, fits, "an object of texts")


def _expect(found: Any, fits: bool, expected: str) -> Any:
    if not fits:
        raise ValueError(f"{found!r} is not {expected}")
    return found


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "requests": _whole(1, _LONGEST),
    "on": On,
    "delay_s": _seconds,
    "status": _whole(200, 599),
    "answer": Answer,
    "book": lambda found: None if found is None else _flag(found),
    "retry_after_s": _whole(0, _LONGEST),
    "retry_after_as_date": _flag,
    "headers": lambda found: None if found is None else _header_lines(found),
    "refuse_phones": _texts,
    "naming": Naming,
    "most_messages": _whole(1, _LONGEST),
    "shuffle": _flag,
}
