"""What a service may do wrong, by name, for tests that draw from it."""

from fault_server import Act, End, Request, http, names, says

from cascade_desktop.practice.behaviour import Answer, Behaviour


def half(request: Request) -> bytes:
    return names(*request.ids[::2])


def with_foreign(request: Request) -> bytes:
    return names(*request.ids, "not-ours")


FAULTS = {
    "honest": Act(),
    "drop before the head": Act(reads=-1),
    "drop in the body": Act(reads=0.5, answer=None, end=End.RESET),
    "drop after the body": Act(answer=None),
    "reset after the body": Act(answer=None, end=End.RESET),
    "drop, not taken": Act(answer=None, takes=False),
    "silence": Act(end=End.SILENCE),
    "garbage": Act(answer=b"\x00\x01garbage"),
    "truncated": Act(answer=http(200, b"[{", length=900)),
    "half named": Act(answer=half),
    "a foreign one too": Act(answer=with_foreign),
    "only foreign": Act(answer=names("not-ours")),
    "empty list": Act(answer=http(200, b"[]")),
    "an object": Act(answer=http(200, b'{"ok": true}')),
    "a web page": Act(answer=http(200, b"<html>", content_type="text/html")),
    "500, taken": Act(answer=http(500)),
    "502, not taken": says(502),
    "409, taken": Act(answer=http(409)),
    "500 with receipts": Act(answer=lambda request: names(*request.ids, status=500)),
    "503, come back": says(503, b"", "Retry-After: 1"),
    "429": says(429, b"", "Retry-After: 2"),
    "408": says(408),
    "400": says(400, b'{"error": {"code": "BAD", "field": "toPhone"}}'),
    "422 with a place": says(422, b'{"errors": {"$[2].toPhone": ["Wrong"]}}'),
    "413": says(413),
    "401": says(401),
    "302": says(302, b"", "Location: http://127.0.0.1:1/"),
}

BEHAVIOURS = {
    **{
        kind.value: Behaviour(requests=1, answer=kind) for kind in Answer if kind is not Answer.HUGE
    },
    **{
        str(code): Behaviour(requests=1, status=code)
        for code in (201, 400, 401, 404, 413, 422, 429, 521)
    },
    **{
        f"{code}, {'taken' if book else 'not taken'}": Behaviour(requests=1, status=code, book=book)
        for code in (409, 500, 502, 504)
        for book in (True, False)
    },
    "503, come back": Behaviour(requests=1, status=503, retry_after_s=5),
    "two phones refused": Behaviour(requests=1, refuse_phones=("+380501000007", "+380501000040")),
    "shuffled": Behaviour(requests=1, shuffle=True),
}
