"""The four kinds of message as an operator drafts them, and what stops each."""

from dataclasses import dataclass
from enum import StrEnum

from cascade_desktop.core.problems import (
    ControlSyntax,
    DraftProblem,
    NoUnsubscribe,
    OptionBroken,
    OptionCount,
    OptionEmpty,
    OptionLong,
    OptionTwice,
    Remark,
    SenderEmpty,
    SenderUnusual,
    TextBroken,
    TextEmpty,
    TextTooLong,
    TimeToLiveRange,
    TimeToLiveUnusual,
)
from cascade_desktop.core.template import find_control_syntax, is_broken, parse
from cascade_desktop.core.text_length import count_units

TELEGRAM_UNITS = 4096
"""The longest text that any app takes; more stops sending (decisions.md)."""
VIBER_UNITS = 1000
"""Viber Business takes no more; beyond it Viber is skipped."""
SURVEY_UNITS = 85
"""The longest survey question, in UTF-16 units (cascade-api.md)."""
OPTIONS_LEAST, OPTIONS_MOST, OPTION_ADVISED = 2, 5, 30
SENDER_PLAIN = 11
"""An SMS sender has at most 11 letters and digits; anything else is a remark."""

_DAY_S = 86_400
_UNSUBSCRIBE = (
    "unsubscribe", "opt out", "opt-out", "відписа", "відмови", "не отримувати",
    "disiscri", "cancellati", "annulla", "revoc", "http", "stop", "стоп", "www.",
    "no more messages", "non ricevere",
)  # fmt: skip


class Kind(StrEnum):
    """What is sent; the values are the wire's ``messageType``."""

    TRANSACTION = "transaction"
    PROMO = "promo"
    SURVEY = "viber_survey"
    FLASHCALL = "flashcall"


ADVERTISING = (Kind.PROMO, Kind.SURVEY)
VIBER_KINDS = (Kind.TRANSACTION, Kind.PROMO)
"""Texts that Viber takes up to its own limit, and that go another way beyond it."""


class Route(StrEnum):
    """Which way messages go: the whole cascade, or Telegram and Viber first."""

    STANDARD = "standard"
    TG_VIBER = "tg-viber"


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds from ``least_s`` to ``most_s``, both allowed."""

    least_s: int
    most_s: int

    def __contains__(self, seconds: int) -> bool:
        return self.least_s <= seconds <= self.most_s


TTL_ALLOWED = {
    Kind.TRANSACTION: Span(1, 14 * _DAY_S),
    Kind.PROMO: Span(1, 14 * _DAY_S),
    Kind.SURVEY: Span(1, 14 * _DAY_S),
    Kind.FLASHCALL: Span(60, 300),
}
"""Only the flash call's range is documented; 14 days is Viber's own longest for the others."""

TTL_ADVISED = {
    Kind.TRANSACTION: Span(300, _DAY_S),
    Kind.PROMO: Span(_DAY_S, 3 * _DAY_S),
    Kind.SURVEY: Span(7 * _DAY_S, 7 * _DAY_S),
    Kind.FLASHCALL: Span(60, 300),
}
TTL_RECOMMENDED_S = {
    Kind.TRANSACTION: _DAY_S,
    Kind.PROMO: 2 * _DAY_S,
    Kind.SURVEY: 7 * _DAY_S,
    Kind.FLASHCALL: 300,
}
CODE_TTL_S = 600
"""The longest time to live that the documents recommend for a verification."""
TTL_CHOICES_S = {
    Kind.TRANSACTION: (300, 600, 3_600, 6 * 3_600, 12 * 3_600, _DAY_S),
    Kind.PROMO: (_DAY_S, 2 * _DAY_S, 3 * _DAY_S),
    Kind.SURVEY: (_DAY_S, 3 * _DAY_S, 7 * _DAY_S),
    Kind.FLASHCALL: (60, 120, 180, 300),
}


@dataclass(frozen=True, slots=True)
class Transaction:
    """A notice that somebody expects: an order, a visit, a payment."""

    sender: str
    text: str
    ttl_s: int | None = None

    kind = Kind.TRANSACTION

    def problems(self) -> tuple[DraftProblem, ...]:
        """Return everything that stops this notice from being sent."""
        return (*_sender(self.sender), *_text(self.text), *_ttl(self.kind, self.ttl_s))

    def remarks(self) -> tuple[Remark, ...]:
        """Return what is worth knowing and stops nothing."""
        return (*_sender_remarks(self.sender), *_ttl_remarks(self.kind, self.ttl_s))


@dataclass(frozen=True, slots=True)
class Promo:
    """Advertising: a sale, news."""

    sender: str
    text: str
    ttl_s: int | None = None

    kind = Kind.PROMO

    def problems(self) -> tuple[DraftProblem, ...]:
        """Return everything that stops this promotion from being sent."""
        return (*_sender(self.sender), *_text(self.text), *_ttl(self.kind, self.ttl_s))

    def remarks(self) -> tuple[Remark, ...]:
        """Return what is worth knowing and stops nothing."""
        folded = self.text.casefold()
        unfinished = folded.rstrip().endswith(":")
        told = any(word in folded for word in _UNSUBSCRIBE) and not unfinished
        silent = bool(self.text.strip()) and not told
        return (
            *_sender_remarks(self.sender),
            *((NoUnsubscribe(),) if silent else ()),
            *_ttl_remarks(self.kind, self.ttl_s),
        )


@dataclass(frozen=True, slots=True)
class Survey:
    """A Viber survey: a short question with two to five different answers."""

    sender: str
    text: str
    options: tuple[str, ...]
    ttl_s: int | None = None

    kind = Kind.SURVEY

    def problems(self) -> tuple[DraftProblem, ...]:
        """Return everything that stops this survey from being sent.

        >>> Survey("Shop", "Come back?", ("Yes",)).problems()
        (OptionCount(count=1, least=2, most=5),)
        """
        return (
            *_sender(self.sender),
            *_text(self.text, SURVEY_UNITS),
            *_options(self.options),
            *_ttl(self.kind, self.ttl_s),
        )

    def remarks(self) -> tuple[Remark, ...]:
        """Return what is worth knowing and stops nothing."""
        lengths = ((at, count_units(option)) for at, option in enumerate(self.options, 1))
        return (
            *_sender_remarks(self.sender),
            *(
                OptionLong(at, units, OPTION_ADVISED)
                for at, units in lengths
                if units > OPTION_ADVISED
            ),
            *_ttl_remarks(self.kind, self.ttl_s),
        )


@dataclass(frozen=True, slots=True)
class FlashCall:
    """A call that rings once and stops; an SMS may follow where it fails."""

    sender: str
    ttl_s: int | None = None
    fallback_text: str = ""

    kind = Kind.FLASHCALL

    def problems(self) -> tuple[DraftProblem, ...]:
        """Return everything that stops these calls from being made."""
        fallback = _text(self.fallback_text) if self.fallback_text.strip() else ()
        return (*_sender(self.sender), *fallback, *_ttl(self.kind, self.ttl_s))

    def remarks(self) -> tuple[Remark, ...]:
        """Return what is worth knowing and stops nothing."""
        return _sender_remarks(self.sender)


Draft = Transaction | Promo | Survey | FlashCall


def stale_after_s(draft: Draft) -> int | None:
    """Return how long an offered flash call or code makes sense; None where time matters less.

    A transaction is taken for a code when it lives no longer than codes do (cascade-api.md).
    """
    if isinstance(draft, FlashCall):
        return draft.ttl_s or TTL_RECOMMENDED_S[Kind.FLASHCALL]
    if isinstance(draft, Transaction) and draft.ttl_s and draft.ttl_s <= CODE_TTL_S:
        return draft.ttl_s
    return None


def text_of(draft: Draft) -> str:
    """Return the text that rows are filled into; for a flash call that of its SMS."""
    if isinstance(draft, FlashCall):
        return draft.fallback_text if draft.fallback_text.strip() else ""
    return draft.text


def limit_of(draft: Draft) -> int:
    """Return how many UTF-16 units a finished text of this draft may have."""
    return SURVEY_UNITS if isinstance(draft, Survey) else TELEGRAM_UNITS


def _sender(sender: str) -> tuple[DraftProblem, ...]:
    return () if sender.strip() and not is_broken(sender) else (SenderEmpty(),)


def _sender_remarks(sender: str) -> tuple[Remark, ...]:
    plain = sender.isascii() and sender.isalnum() and len(sender) <= SENDER_PLAIN
    return () if plain or not sender.strip() else (SenderUnusual(sender),)


def _text(text: str, limit: int = TELEGRAM_UNITS) -> tuple[DraftProblem, ...]:
    if not text.strip():
        return (TextEmpty(),)
    template = parse(text)
    found: list[DraftProblem] = list(template.problems)
    units = count_units(template.literal)
    if units > limit:
        found.append(TextTooLong(units, limit))
    if is_broken(text):
        found.append(TextBroken())
    if control := find_control_syntax(text):
        found.append(ControlSyntax(control))
    return tuple(found)


def _options(options: tuple[str, ...]) -> tuple[DraftProblem, ...]:
    found: list[DraftProblem] = []
    if not OPTIONS_LEAST <= len(options) <= OPTIONS_MOST:
        found.append(OptionCount(len(options), OPTIONS_LEAST, OPTIONS_MOST))
    seen: set[str] = set()
    for position, option in enumerate(options, 1):
        bare = option.strip()
        if not bare:
            found.append(OptionEmpty(position))
        elif is_broken(bare):
            found.append(OptionBroken(position))
        elif bare in seen:
            found.append(OptionTwice(bare))
        elif control := find_control_syntax(bare):
            found.append(ControlSyntax(control))
        seen.add(bare)
    return tuple(found)


def _ttl(kind: Kind, ttl_s: int | None) -> tuple[DraftProblem, ...]:
    allowed = TTL_ALLOWED[kind]
    if ttl_s is None or ttl_s in allowed:
        return ()
    return (TimeToLiveRange(ttl_s, allowed.least_s, allowed.most_s),)


def _ttl_remarks(kind: Kind, ttl_s: int | None) -> tuple[Remark, ...]:
    advised = TTL_ADVISED[kind]
    if ttl_s is None or ttl_s in advised or ttl_s not in TTL_ALLOWED[kind]:
        return ()
    return (TimeToLiveUnusual(ttl_s, advised.least_s, advised.most_s),)
