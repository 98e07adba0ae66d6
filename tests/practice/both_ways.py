"""Drafts and messages of every kind, put before the composer and the strict service alike."""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import Draft, FlashCall, Promo, Survey, Transaction, text_of
from cascade_desktop.core.plan import CODE_BYTES, make_code, tracking_id
from cascade_desktop.core.preparation import Prepared, prepare
from cascade_desktop.core.problems import ControlSyntax, DraftProblem, RowControlSyntax
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Source, Table
from cascade_desktop.core.wire import WireMessage, encode_batch
from tests.practice.shapes import KEY, NOW, STANDARD, Caller

AT = datetime.fromtimestamp(NOW, UTC)
PROTECTIVE = (ControlSyntax, RowControlSyntax)
"""What PRODUCT.md stops although the service may take it: its own control syntax, which it only
knows in small letters and looks for in no answer. (A placeholder that is not resolved never gets
that far: braces of a text are written as plain ones.)"""

WORDS = (
    *("Hi ", "Привіт ", "💛", "€", "{", "}", "%", "%name=1%", "%URL=2%", "%name=", "1%", "\n"),
    *(" ", "\u00a0", "\u2009", "\ud83d", "\0", "x" * 84, "x" * 1000, "x" * 4095, "💛" * 42),
)
PLACED = ("{Name}", "{Name|friend}", "{name|}", "{Town}", "{}", "{{", "}}")
CELLS = ("", " ", "Олена", "💛", "1", "%name=1%", "\ud83d", "x" * 85, "y" * 4096, "{Town}")
TTLS = (None, 0, 1, 59, 60, 300, 301, 86_400, 14 * 86_400, 14 * 86_400 + 1)
MINUTES = (None, 3, 24 * 60, 30 * 24 * 60, 30 * 24 * 60 + 1)

senders = st.one_of(
    st.just("Shop"), st.sampled_from((" Shop ", "", "  ", "Магазин №1", "💛", "\ud83d"))
)
ttls = st.one_of(st.just(None), st.sampled_from(TTLS))
answers = st.one_of(
    st.just(["Так", "Ні"]),
    st.lists(
        st.sampled_from(("Так", "Ні", "1", " Так ", "", " ", "%name=1%", "💛", "\ud83d", "x" * 40)),
        max_size=6,
    ),
)


def texts(*more: str) -> st.SearchStrategy[str]:
    """Return short texts, and some at the edges of what is allowed."""
    return st.lists(st.sampled_from((*WORDS, *more)), max_size=4).map("".join)


drafts = st.one_of(
    st.builds(Transaction, senders, texts(*PLACED), ttls),
    st.builds(Promo, senders, texts(*PLACED), ttls),
    st.builds(Survey, senders, texts(*PLACED), answers.map(tuple), ttls),
    st.builds(FlashCall, senders, ttls, texts(*PLACED)),
)
campaigns = st.builds(
    lambda draft, minutes, hours: Campaign(
        "Акція", draft, schedule=_local(minutes), zone="UTC", spread_hours=hours
    ),
    drafts,
    st.sampled_from(MINUTES),
    st.sampled_from((0, 0, 2)),
)
cells = st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(CELLS)), min_size=1, max_size=4)


def _local(minutes: int | None) -> str:
    if minutes is None:
        return ""
    at = AT.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    return at.strftime("%Y-%m-%dT%H:%M")


def listed(values: list[tuple[str, str]]) -> Recipients:
    """Read a list of people with these cells."""
    phones = tuple(f"+38050111{number:04d}" for number in range(len(values)))
    names, towns = zip(*values, strict=True)
    table = Table(
        Source("a.csv"),
        ("Phone", "Name", "Town"),
        (phones, names, towns),
        range(2, 2 + len(phones)),
    )
    found = read_recipients(table, Choice(phone_column=0))
    assert isinstance(found, Recipients)
    return found


def refused_though_let_through(
    caller: Caller, campaign: Campaign, values: list[tuple[str, str]]
) -> str:
    """Send what the composer lets through; return what the service has against it."""
    prepared = prepare(campaign, listed(values), AT)
    if prepared.problems:
        return ""
    answer = caller.http.post(
        STANDARD, content=_body(prepared), headers={**KEY, "Content-Type": "application/json"}
    )
    return "" if answer.status_code == 200 else answer.text


def _body(prepared: Prepared) -> bytes:
    plan = prepared.plan(make_code(secrets.token_bytes(CODE_BYTES)))
    return encode_batch(
        plan.draft,
        (
            WireMessage(tracking_id(plan.id_stem, one.index), one.phone, one.text, one.at)
            for one in plan.messages
        ),
    )


@st.composite
def messages(draw: st.DrawFn) -> dict[str, Any]:
    """Return a message as anybody might send it to the service."""
    kind = draw(st.sampled_from(("transaction", "promo", "viber_survey", "flashcall")))
    message: dict[str, Any] = {
        "id": f"m-{secrets.token_hex(8)}",
        "fromName": draw(senders),
        "toPhone": "+380501112233",
        "messageType": kind,
    }
    if kind != "flashcall":
        message["text"] = draw(texts())
    elif draw(st.booleans()):
        message["fallback"] = {"messageType": "transaction", "text": draw(texts())}
    if kind == "viber_survey":
        message["surveyOptions"] = draw(answers)
    if (ttl := draw(ttls)) is not None:
        message["ttl"] = ttl
    if minutes := draw(st.sampled_from(MINUTES)):
        message["scheduledSent"] = _local(minutes) + ":00Z"
    return message


def stopped_though_accepted(caller: Caller, message: Mapping[str, Any]) -> tuple[DraftProblem, ...]:
    """Compose what the service accepts; return what stops it, but for what protects people."""
    try:
        body = json.dumps([message], ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return ()
    headers = {**KEY, "Content-Type": "application/json"}
    if caller.http.post(STANDARD, content=body, headers=headers).status_code != 200:
        return ()
    schedule = str(message.get("scheduledSent", "")).removesuffix(":00Z")
    campaign = Campaign("", _draft(message), schedule=schedule, zone="UTC")
    found = prepare(campaign, listed([("", "")]), AT)
    problems = tuple(one for one in found.problems if not isinstance(one, PROTECTIVE))
    if not found.problems:
        fallback = message.get("fallback", {"text": ""})
        assert found.composition.texts == (message.get("text", fallback["text"]),)
    return problems


def _draft(message: Mapping[str, Any]) -> Draft:
    """Return the draft of which a message would be made."""
    sender, ttl = message["fromName"], message.get("ttl")
    text = message.get("text", message.get("fallback", {"text": ""})["text"])
    plain = text.replace("{", "{{").replace("}", "}}")
    match message["messageType"]:
        case "transaction":
            draft: Draft = Transaction(sender, plain, ttl)
        case "promo":
            draft = Promo(sender, plain, ttl)
        case "viber_survey":
            draft = Survey(sender, plain, tuple(message["surveyOptions"]), ttl)
        case _:
            draft = FlashCall(sender, ttl, plain)
    assert text_of(draft) in (plain, "")
    return draft
