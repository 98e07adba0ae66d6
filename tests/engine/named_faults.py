"""Every line of the event table at every stage, by name, with what may be claimed after it.

An outcome is a word (accepted, unknown, partly, again, stops, halves, refused) with its reason;
`fault_world` tells how it is observed. Services are plain here; TLS and proxies have their own
table in `named_private_faults`.
"""

import gzip
import json
import zlib

from tests.engine.fault_server import Act, End, Request, http, names, receipts, says
from tests.engine.fault_world import Fault, Start, World

MB = 1024 * 1024
UNKNOWN = ("unknown NO_ANSWER",)
SLOW = ("again SLOW_CONNECTION",)
STRANGE = ("unknown STRANGE_ANSWER, stops",)
ACCEPTED = ("accepted",)
BUSY = ("again SERVER_BUSY",)
TOO_FAST = ("again TOO_FAST",)
LARGE_ANSWER = 9 * MB
HTML = "text/html; charset=utf-8"
PORTAL = b"<html>Sign in to the Wi-Fi</html>"
DATE = "Date: Mon, 23 Nov 2026 10:00:00 GMT"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"


def half(request: Request) -> bytes:
    """Name every second message."""
    return names(*request.ids[::2])


def with_foreign(request: Request) -> bytes:
    """Name all, and one that is not ours."""
    return names(*request.ids, "not-ours")


def twice(request: Request) -> bytes:
    """Name everything twice, under two message ids."""
    ids = request.ids
    named = [{"messageId": f"m{at}-{name}", "trackinId": name} for at in "12" for name in ids]
    return http(200, json.dumps(named).encode())


def null_ids(request: Request) -> bytes:
    """Name everything, without message ids."""
    return http(
        200, json.dumps([{"messageId": None, "trackinId": i} for i in request.ids]).encode()
    )


def body_of(request: Request) -> bytes:
    """Return the body of an honest answer."""
    return receipts(request).partition(b"\r\n\r\n")[2]


def packed(request: Request) -> bytes:
    """Answer honestly, packed."""
    return http(200, gzip.compress(body_of(request)), "Content-Encoding: gzip")


def old(request: Request) -> bytes:
    """Answer as HTTP/1.0 did: the end is where the connection ends."""
    return b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body_of(request)


def chunked(request: Request) -> bytes:
    """Answer honestly, in chunks."""
    body = body_of(request)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def cut(made: bytes, left_out: int) -> bytes:
    """Break an answer off before its end."""
    return made[:-left_out]


def answered(name: str, answer: object, *expects: str, **more: object) -> Fault:
    """Return a fault in the answer to a batch that was read whole and taken."""
    return Fault(f"answer: {name}", expects, Act(answer=answer), **more)  # type: ignore[arg-type]


def status(code: int, *expects: str, header: str = "", alone: tuple[str, ...] = ()) -> Fault:
    """Return a refusal; nothing of the batch is taken."""
    act = says(code, b'{"error": {"code": "NO", "message": "No"}}', *filter(None, [header]))
    name = f"status: {code}" + (f", {header}" if header else "")
    return Fault(name, expects, act, alone=alone)


def maybe(code: int, *, takes: bool) -> Fault:
    """Return a status that leaves open whether the batch was taken."""
    reason = "CONFLICT" if code == 409 else "SERVER_ERROR"
    name = f"status: {code}, {'taken' if takes else 'not taken'}"
    return Fault(name, (f"unknown {reason}",), Act(answer=http(code, b"{}"), takes=takes))


def early(code: int, reads: float, end: End, *expects: str, header: str = "") -> Fault:
    """Return an answer that comes while the body is still on its way."""
    stage = "before the body" if not reads else "in the body"
    how = {End.CLOSE: "then closed", End.LINGER: "then silent", End.DRAIN: "then drained"}[end]
    # A reset may destroy the answer on its way; then the body provably was not out.
    broken = SLOW if end is End.CLOSE else ()
    return Fault(
        f"{stage}: {code}, {how}",
        (*expects, *broken),
        Act(reads, http(code, b"{}", *filter(None, [header])), end, takes=False),
        small=UNKNOWN if end is End.CLOSE else (),
        alone=("refused", *broken) if code == 413 else (),
    )


def redirected(code: int) -> Fault:
    """Return a redirect to another server, which must never hear of it."""

    def act(world: World) -> Act:
        return says(code, b"", f"Location: {world.other.url}/api")

    return Fault(f"redirect: {code} to another server", ("stops REDIRECTED",), act)


CONNECTING = (
    Fault("connect: refused", ("again NO_CONNECTION",), start=Start.REFUSED),
    Fault("connect: nobody takes the call", ("again NO_CONNECTION",), start=Start.FULL),
    Fault("connect: no such name", ("again NO_CONNECTION",), start=Start.NAMELESS),
    Fault(
        "connect: reset at once",
        (*SLOW, "again NO_CONNECTION"),
        Act(reads=-1, end=End.RESET),
        small=UNKNOWN,
    ),
    Fault("connect: closed at once", SLOW, Act(reads=-1), small=UNKNOWN),
    Fault("connect: silent", SLOW, Act(reads=-1, end=End.SILENCE), small=UNKNOWN),
)
BEFORE_THE_BODY = (
    Fault("before the body: closed", SLOW, Act(reads=0, answer=None), small=UNKNOWN),
    Fault("before the body: reset", SLOW, Act(reads=0, answer=None, end=End.RESET), small=UNKNOWN),
    Fault("before the body: silent", SLOW, Act(reads=0, end=End.SILENCE), small=UNKNOWN),
    *(
        early(code, 0, end, *expects, header=header)
        for end in (End.CLOSE, End.LINGER, End.DRAIN)
        for code, expects, header in (
            (302, ("stops REDIRECTED",), "Location: http://127.0.0.1:1/"),
            (400, ("stops BATCH_REFUSED",), ""),
            (401, ("stops KEY_REFUSED",), ""),
            (413, ("halves",), ""),
            (429, TOO_FAST, "Retry-After: 2"),
            (500, ("unknown SERVER_ERROR",), ""),
            (503, BUSY, "Retry-After: 2"),
        )
    ),
    Fault("before the body: 100 Continue", ACCEPTED, Act(early=CONTINUE)),
    Fault("before the body: 103 Early Hints", ACCEPTED, Act(early=HINTS)),
    Fault("before the body: 100 two hundred times", ACCEPTED, Act(early=CONTINUE * 200)),
    Fault("before the body: half a 103", ACCEPTED, Act(early=HINTS[:20], answer=lambda r: HINTS[20:] + receipts(r))),
    Fault("before the body: garbage", SLOW, Act(reads=0, answer=b"\x15\x03\x01\x00\x02\x02\x28" * 3), small=UNKNOWN),
    Fault("before the body: half a status", SLOW, Act(reads=0, answer=b"HTTP/1.1 50"), small=UNKNOWN),
    Fault("before the body: deaf, reads on", SLOW, Act(reads=1, answer=None, end=End.DEAF), small=UNKNOWN),
)  # fmt: skip
IN_THE_BODY = (
    Fault("in the body: closed", SLOW, Act(reads=0.5, answer=None), small=UNKNOWN),
    Fault("in the body: reset", SLOW, Act(reads=0.5, answer=None, end=End.RESET), small=UNKNOWN),
    Fault("in the body: stuck", SLOW, Act(reads=0.5, end=End.SILENCE), small=UNKNOWN),
    Fault("in the body: reset near its end", (*SLOW, *UNKNOWN), Act(reads=0.9, answer=None, end=End.RESET)),
    Fault("in the body: closed near its end", (*SLOW, *UNKNOWN), Act(reads=0.9, answer=None)),
    *(
        early(code, 0.5, end, *expects, header=header)
        for end in (End.CLOSE, End.LINGER, End.DRAIN)
        for code, expects, header in (
            (413, ("halves",), ""),
            (500, ("unknown SERVER_ERROR",), ""),
            (503, BUSY, "Retry-After: 2"),
        )
    ),
)  # fmt: skip
AFTER_THE_BODY = (
    *(
        Fault(
            f"after the body: {name}, {'taken' if takes else 'not taken'}",
            UNKNOWN,
            Act(answer=None, end=end, takes=takes),
        )
        for name, end in (("closed", End.CLOSE), ("reset", End.RESET), ("silent", End.SILENCE))
        for takes in (True, False)
    ),
)
IN_THE_HEADERS = (
    answered("half a status", b"HTTP/1.1 20", *UNKNOWN),
    answered("half its headers", b"HTTP/1.1 200 OK\r\nContent-Type: appl", *UNKNOWN),
    answered("garbage", b"\x00\x01garbage that is no HTTP at all\r\n\r\n", *UNKNOWN),
    answered("a TLS alert", b"\x15\x03\x01\x00\x02\x02\x0a", *UNKNOWN),
    answered("an SSH banner", b"SSH-2.0-OpenSSH_9.2\r\n", *UNKNOWN),
    answered("HTTP/2 without being asked", b"\x00\x00\x12\x04" + b"\x00" * 23, *UNKNOWN),
    answered("a status that is no number", b"HTTP/1.1 abc OK\r\n\r\n", *UNKNOWN),
    answered("a status below 100", b"HTTP/1.1 042 OK\r\n\r\n", *UNKNOWN),
    answered("a header line of 200 KB", http(200, b"[]", "X-Long: " + "x" * 200_000), *UNKNOWN),
    answered("ten thousand headers", http(200, b"[]", *[f"X-{n}: some words here" for n in range(10_000)]), *UNKNOWN),
    answered("a header without a colon", b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n[]", *UNKNOWN),
    answered("a negative length", http(200, b"[]", length=-2), *UNKNOWN),
    answered("two lengths", http(200, b"[]", "Content-Length: 7"), *UNKNOWN),
    answered("101, another protocol", b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", *UNKNOWN),
    Fault("answer: reset in its headers", UNKNOWN, Act(answer=b"HTTP/1.1 200 OK\r\nConte", end=End.RESET)),
    answered("endless 103", HINTS * 400, *UNKNOWN),
)  # fmt: skip
IN_THE_ANSWER = (
    answered("truncated", http(200, b"[{", length=900), *UNKNOWN),
    answered("a length that is too short", http(200, b'[{"a": 1}]', length=5), *STRANGE),
    answered("garbage after its end", lambda r: receipts(r) + b"HTTP/1.1 500 garbage", *ACCEPTED),
    answered("chunked", chunked, *ACCEPTED),
    answered("chunks cut short", lambda r: cut(chunked(r), 9), *UNKNOWN),
    answered("chunks of garbage", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]", *UNKNOWN),
    answered("HTTP/1.0 without a length", old, *ACCEPTED),
    answered("HTTP/1.0, cut", lambda r: cut(old(r), 4), *STRANGE),
    answered("packed", packed, *ACCEPTED),
    answered("not packed as it says", lambda r: http(200, body_of(r), "Content-Encoding: gzip"), *STRANGE),
    answered("packed, cut", lambda r: http(200, gzip.compress(body_of(r))[:-6], "Content-Encoding: gzip"), *STRANGE),
    answered("packed, garbage after", lambda r: http(200, gzip.compress(body_of(r)) + b"x", "Content-Encoding: gzip"), *STRANGE),
    answered("packed by deflate, unasked", lambda r: http(200, zlib.compress(body_of(r)), "Content-Encoding: deflate"), *STRANGE),
    answered("packed by br, unasked", lambda r: http(200, body_of(r), "Content-Encoding: br"), *STRANGE),
    answered("packed twice", lambda r: http(200, gzip.compress(gzip.compress(body_of(r))), "Content-Encoding: gzip, gzip"), *STRANGE),
    answered("a bomb", http(200, gzip.compress(b" " * 64 * MB, 1), "Content-Encoding: gzip"), *STRANGE),
    answered("9 MB", http(200, b" " * LARGE_ANSWER), *STRANGE),
    Fault("answer: 9 MB in a refusal", ("stops KEY_REFUSED",), says(401, b" " * LARGE_ANSWER)),
    answered("UTF-8 with a mark", lambda r: http(200, b"\xef\xbb\xbf" + body_of(r)), *ACCEPTED),
    answered("bad UTF-8", http(200, b'[{"trackinId": "\xff"}]'), *STRANGE),
    answered("NaN", http(200, b"[NaN]"), *STRANGE),
    answered("bad JSON", http(200, b"[{]"), *STRANGE),
    answered("very deep JSON", http(200, b"[" * 100_000), *STRANGE),
    answered("an object", http(200, b'{"ok": true}'), *STRANGE),
    answered("a number", http(200, b"42"), *STRANGE),
    answered("nothing", http(200), *STRANGE),
    answered("204", b"HTTP/1.1 204 No Content\r\n\r\n", *STRANGE),
    answered("an empty list", http(200, b"[]"), "unknown NOT_NAMED"),
    answered("only foreign ids", names("not-ours"), "unknown NOT_NAMED"),
    answered("a foreign id too", with_foreign, *ACCEPTED),
    answered("null ids", null_ids, "unknown NOT_NAMED"),
    answered("half named", half, "partly NOT_NAMED", alone=ACCEPTED),
    answered("all named twice", twice, *ACCEPTED),
    answered("201", lambda r: names(*r.ids, status=201), *ACCEPTED),
    answered("202", lambda r: names(*r.ids, status=202), *ACCEPTED),
    answered("500 that names all", lambda r: names(*r.ids, status=500), *ACCEPTED),
    answered("400 that names all", lambda r: names(*r.ids, status=400), *ACCEPTED),
    answered("a portal's page, 200", http(200, PORTAL, content_type=HTML), "unknown WEB_PAGE, stops"),
    answered("a portal's page, 403", http(403, PORTAL, content_type=HTML), "unknown WEB_PAGE, stops"),
    answered("a portal's page, 511", http(511, PORTAL, content_type=HTML), "unknown SERVER_ERROR"),
    Fault("answer: reset inside", UNKNOWN, Act(answer=http(200, b"[]", length=5), end=End.RESET)),
    Fault("answer: silent inside", UNKNOWN, Act(answer=http(200, b"[", length=900), end=End.LINGER)),
    Fault("answer: drips past the deadline", UNKNOWN, Act(drip_s=0.02)),
)  # fmt: skip
STATUSES = (
    *(status(code, "stops REDIRECTED") for code in (300, 304, 305)),
    status(400, "stops BATCH_REFUSED"),
    status(401, "stops KEY_REFUSED"),
    *(status(code, "stops NO_RIGHTS") for code in (402, 403)),
    *(status(code, "stops WRONG_ADDRESS") for code in (404, 405, 410, 415, 451, 501)),
    *(status(code, "stops OTHER_REFUSAL") for code in (406, 407, 411, 418, 431, 499)),
    *(status(code, *BUSY) for code in (408, 421, 425)),
    status(413, "halves", alone=("refused",)),
    status(422, "stops BATCH_REFUSED"),
    status(429, *TOO_FAST),
    status(429, *TOO_FAST, header="Retry-After: 3"),
    status(429, *TOO_FAST, header=f"Retry-After: Mon, 23 Nov 2026 10:00:09 GMT\r\n{DATE}"),
    status(429, *TOO_FAST, header="Retry-After: soon"),
    *(status(code, *BUSY) for code in (521, 523, 525, 530)),
    status(503, *BUSY, header="Retry-After: 3"),
    *(maybe(code, takes=takes) for code in (409, 500, 502, 503, 504, 520, 522, 524, 599) for takes in (True, False)),
    *(Fault(f"status: {code}", STRANGE, Act(answer=http(code, b"{}"))) for code in (600, 999)),
    *(redirected(code) for code in (301, 302, 303, 307, 308)),
)  # fmt: skip

FAULTS = (
    *CONNECTING,
    *BEFORE_THE_BODY,
    *IN_THE_BODY,
    *AFTER_THE_BODY,
    *IN_THE_HEADERS,
    *IN_THE_ANSWER,
    *STATUSES,
)
