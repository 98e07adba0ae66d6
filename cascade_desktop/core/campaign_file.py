"""A campaign as a file (``.cascade.json``): read, checked field by field, written."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, assert_never, cast

from cascade_desktop.core.composition import Duplicates
from cascade_desktop.core.drafts import (
    Draft,
    FlashCall,
    Kind,
    Promo,
    Route,
    Survey,
    Transaction,
)
from cascade_desktop.core.numbering import code_of
from cascade_desktop.core.template import is_broken

VERSION = 1
YEARS = range(2, 9999)
"""At the ends of the calendar a zone or a spread has no room."""
SPREAD_MOST_H = 24 * 30
ROW_MOST = 10**9
NEAR = 0.7
"""How alike a name must be to be suggested, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class NotACampaign:
    """The text is not a campaign: no JSON, or not an object."""


@dataclass(frozen=True, slots=True)
class NewerCampaign:
    """The campaign was written by a newer version of this program."""

    version: int


@dataclass(frozen=True, slots=True)
class FieldUnknown:
    """A field has a name that means nothing; ``meant`` is the nearest known one, or ""."""

    name: str
    meant: str


@dataclass(frozen=True, slots=True)
class FieldMissing:
    """A field that every campaign needs is not there."""

    name: str


@dataclass(frozen=True, slots=True)
class FieldWrong:
    """A field holds what it cannot hold; ``wanted`` is a stable word for what it can."""

    name: str
    wanted: str
    allowed: tuple[str, ...] = ()


FileProblem = NotACampaign | NewerCampaign | FieldUnknown | FieldMissing | FieldWrong


@dataclass(frozen=True, slots=True)
class ListRef:
    """Which list of recipients a campaign means, and how it was read."""

    file: str = ""
    sha256: str = ""
    sheet: str = ""
    header_row: int | None = None
    phone_column: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What an operator sets for one campaign, as the file holds it."""

    name: str
    draft: Draft
    route: Route = Route.STANDARD
    schedule: str = ""
    """A local clock time such as ``2026-11-26T10:00``, perhaps with an offset; "" is now."""
    zone: str = ""
    country: str = "UA"
    spread_hours: float = 0
    recipients: ListRef = ListRef()
    edits: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """Sheet row → the phone typed in its place."""
    left_out: tuple[int, ...] = ()
    """Sheet rows that the operator left out."""
    include_hidden: bool = False
    """Whether rows that are hidden in the sheet get it too."""
    duplicates: Duplicates | None = None
    """The answer where rows share a number but their messages differ; None is as proposed."""


def read_campaign(text: str) -> Campaign | tuple[FileProblem, ...]:
    """Read a campaign file's text; every unknown or wrong field is one problem."""
    try:
        parsed: object = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return (NotACampaign(),)
    if not isinstance(parsed, dict):
        return (NotACampaign(),)
    reader = _Reader(cast("dict[str, Any]", parsed))
    version = reader.whole("version", None, 1, 10**9)
    if version is not None and version > VERSION:
        return (NewerCampaign(version),)
    campaign = _build(reader)
    reader.finish()
    return campaign if not reader.problems else tuple(dict.fromkeys(reader.problems))


def write_campaign(campaign: Campaign) -> str:
    """Write a campaign so that `read_campaign` gives the same one back."""
    draft = campaign.draft
    body: dict[str, Any] = {
        "version": VERSION,
        "name": campaign.name,
        "type": draft.kind.value,
        "sender": draft.sender,
    }
    if isinstance(draft, FlashCall):
        body["fallback_text"] = draft.fallback_text
    else:
        body["text"] = draft.text
    if isinstance(draft, Survey):
        body["options"] = list(draft.options)
    if draft.ttl_s is not None:
        body["ttl"] = draft.ttl_s
    optional = {
        "schedule": campaign.schedule,
        "zone": campaign.zone,
        "spread_hours": campaign.spread_hours,
        "edits": {str(row): cell for row, cell in campaign.edits.items()},
        "left_out": list(campaign.left_out),
        "include_hidden": campaign.include_hidden,
        "duplicates": campaign.duplicates,
        "recipients": _list_fields(campaign.recipients),
    }
    body |= {"route": campaign.route.value, "country": campaign.country}
    body |= {name: value for name, value in optional.items() if value}
    written = json.dumps(body, ensure_ascii=False, indent=2)
    if is_broken(written):  # only an escape can carry half of a character into a UTF-8 file
        written = json.dumps(body, indent=2)
    return written + "\n"


def _list_fields(ref: ListRef) -> dict[str, Any]:
    fields = {
        "file": ref.file,
        "sha256": ref.sha256,
        "sheet": ref.sheet,
        "header_row": ref.header_row,
        "phone_column": ref.phone_column,
    }
    return {name: value for name, value in fields.items() if value}


def _build(reader: "_Reader") -> Campaign:
    said = reader.choice("type", None, tuple(kind.value for kind in Kind))
    kind = Kind(said or Kind.PROMO)
    text = reader.text("text", "")
    fallback = reader.text("fallback_text", "")
    options = reader.texts("options")
    if kind is Kind.FLASHCALL and text:
        reader.wrong("text", "absent_for_flashcall")
    if said and kind is not Kind.FLASHCALL and fallback:
        reader.wrong("fallback_text", "only_for_flashcall")
    if said and kind is not Kind.SURVEY and options:
        reader.wrong("options", "only_for_survey")
    sender = reader.text("sender", None)
    ttl_s = reader.whole("ttl", 0, 1, 10**9) or None
    return Campaign(
        name=reader.word("name", ""),
        draft=_draft(kind, sender, text, options, ttl_s, fallback),
        route=Route(reader.choice("route", "standard", tuple(route.value for route in Route))),
        schedule=reader.time("schedule"),
        zone=reader.word("zone", ""),
        country=reader.country("country", "UA"),
        spread_hours=reader.number("spread_hours", 0, SPREAD_MOST_H),
        recipients=_read_list(reader),
        edits=reader.edits("edits"),
        left_out=reader.wholes("left_out"),
        include_hidden=reader.truth("include_hidden"),
        duplicates=reader.duplicates("duplicates"),
    )


def _draft(  # noqa: PLR0917
    kind: Kind,
    sender: str,
    text: str,
    options: tuple[str, ...],
    ttl_s: int | None,
    fallback_text: str,
) -> Draft:
    match kind:
        case Kind.TRANSACTION:
            return Transaction(sender, text, ttl_s)
        case Kind.PROMO:
            return Promo(sender, text, ttl_s)
        case Kind.SURVEY:
            return Survey(sender, text, options, ttl_s)
        case Kind.FLASHCALL:
            return FlashCall(sender, ttl_s, fallback_text)
    assert_never(kind)


def _read_list(reader: "_Reader") -> ListRef:
    value = reader.take("recipients", {})
    if not isinstance(value, dict):
        reader.wrong("recipients", "object")
        return ListRef()
    inner = _Reader(cast("dict[str, Any]", value), "recipients.")
    ref = ListRef(
        file=inner.word("file", ""),
        sha256=inner.word("sha256", ""),
        sheet=inner.word("sheet", ""),
        header_row=inner.whole("header_row", 0, 0, 1_048_576) or None,
        phone_column=inner.word("phone_column", ""),
    )
    inner.finish()
    reader.problems.extend(inner.problems)
    return ref


class _Reader:
    """Takes typed fields from a JSON object and collects what is wrong with them."""

    def __init__(self, body: dict[str, Any], prefix: str = "") -> None:
        self._body = body
        self._prefix = prefix
        self._known: list[str] = []
        self.problems: list[FileProblem] = []

    def take(self, name: str, default: object) -> object:
        self._known.append(name)
        value = self._body.get(name)
        if value is None and default is None:
            self.problems.append(FieldMissing(self._prefix + name))
        return default if value is None else value

    def wrong(self, name: str, wanted: str, allowed: tuple[str, ...] = ()) -> None:
        self.problems.append(FieldWrong(self._prefix + name, wanted, allowed))

    def word(self, name: str, default: str | None) -> str:
        """Take a text that is stored and looked up: half characters are wrong here."""
        value = self.text(name, default)
        if is_broken(value) or ("\0" in value and name == "file"):
            self.wrong(name, "text")
            return default or ""
        return value

    def text(self, name: str, default: str | None) -> str:
        value = self.take(name, default)
        if isinstance(value, str):
            return value
        if value is not None:
            self.wrong(name, "text")
        return default or ""

    def choice(self, name: str, default: str | None, allowed: tuple[str, ...]) -> str:
        value = self.take(name, default)
        if isinstance(value, str) and value in allowed:
            return value
        if value is not None:
            self.wrong(name, "one_of", allowed)
        return default or ""

    def duplicates(self, name: str) -> Duplicates | None:
        value = self.take(name, "")
        if isinstance(value, str) and value in set(Duplicates):
            return Duplicates(value)
        if value != "":
            self.wrong(name, "one_of", tuple(choice.value for choice in Duplicates))
        return None

    def country(self, name: str, default: str) -> str:
        value = self.take(name, default)
        if isinstance(value, str) and code_of(value.upper()):
            return value.upper()
        self.wrong(name, "country")
        return default

    def whole(self, name: str, default: int | None, least: int, most: int) -> int | None:
        value = self.take(name, default)
        if isinstance(value, int) and not isinstance(value, bool):
            if least <= value <= most or value == default:
                return value
        elif value is None:
            return None
        self.wrong(name, "whole_number")
        return default

    def number(self, name: str, least: float, most: float) -> float:
        value = self.take(name, least)
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and least <= value <= most
        ):
            return value
        self.wrong(name, "hours")
        return least

    def time(self, name: str) -> str:
        value = self.text(name, "")
        if not value:
            return ""
        try:
            year = datetime.fromisoformat(value).year
        except ValueError:
            year = 0
        if year not in YEARS:
            self.wrong(name, "local_time")
            return ""
        return value

    def truth(self, name: str) -> bool:
        value = self.take(name, default=False)
        if not isinstance(value, bool):
            self.wrong(name, "yes_or_no")
        return value is True

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.take(name, [])
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        if all(isinstance(item, str) for item in items):
            return tuple(str(item) for item in items)
        self.wrong(name, "list_of_texts")
        return ()

    def wholes(self, name: str) -> tuple[int, ...]:
        value = self.take(name, [])
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        if all(type(item) is int and 1 <= item <= ROW_MOST for item in items):
            return tuple(cast("list[int]", items))
        self.wrong(name, "list_of_rows")
        return ()

    def edits(self, name: str) -> Mapping[int, str]:
        value = self.take(name, {})
        items = cast("dict[str, object]", value).items() if isinstance(value, dict) else None
        if items is not None and all(
            _is_row(row) and isinstance(cell, str) and not is_broken(cell) for row, cell in items
        ):
            return MappingProxyType({int(row): str(cell) for row, cell in items})
        self.wrong(name, "rows_and_phones")
        return MappingProxyType({})

    def finish(self) -> None:
        """Add a problem for every field that nobody took."""
        for name in self._body:
            if name not in self._known:
                near = difflib.get_close_matches(name.lower(), self._known, 1, NEAR)
                self.problems.append(FieldUnknown(self._prefix + name, near[0] if near else ""))


def _is_row(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len(str(ROW_MOST))
