import os
from pathlib import Path

import pytest
from shapes import DOCUMENTED, TELEGRAM_VIBER, Caller, batch_of, bent

from cascade_desktop.practice.books import FILE_NAME, Books, Entry, identify
from cascade_desktop.practice.server import PracticeServer


def entry(*tracking_ids: str) -> Entry:
    taken = tuple(bent(id=tracking_id) for tracking_id in tracking_ids)
    return Entry(1.0, "standard", 10, len(taken), ("X-Authorization-Key",), 1, 5, 200, "", taken)


def test_the_books_hold_every_field_of_every_message(caller: Caller):
    batch = DOCUMENTED["survey with options"] + DOCUMENTED["flash call without text"]
    receipts = caller.send(batch).json()
    told = caller.told("books")
    assert [
        {name: one[name] for name in sent} for one, sent in zip(told, batch, strict=True)
    ] == batch
    assert [one["messageId"] for one in told] == [one["messageId"] for one in receipts]


def test_a_repeated_id_is_taken_again_and_counted(caller: Caller):
    first = caller.send(batch_of(2)).json()
    again = caller.send(batch_of(1)).json()
    assert caller.told("counts") == {"batch-0": 2, "batch-1": 1}
    assert first[0]["messageId"] != again[0]["messageId"]
    assert [(one["id"], one["request"], one["count"]) for one in caller.told("books")] == [
        ("batch-0", 0, 2),
        ("batch-1", 0, 1),
        ("batch-0", 1, 2),
    ]


def test_every_post_is_told_with_its_size_and_never_its_key(caller: Caller):
    caller.send(batch_of(3), TELEGRAM_VIBER, **{"X-Tg-Bot-Key": "secret"})
    caller.send([bent(toPhone="0501112233")])
    told = caller.told("requests")
    first, second = told["requests"]
    assert (told["count"], told["taken"]) == (2, 3)
    assert (first["route"], first["size"], first["taken"], first["status"]) == (
        "tg-viber",
        3,
        3,
        200,
    )
    assert first["keys"] == ["X-Authorization-Key", "X-Tg-Bot-Key"]
    assert (second["taken"], second["status"], second["fault"]) == (0, 400, "INVALID_PHONE")
    assert "secret" not in str(told)


def test_the_books_outlive_the_service(tmp_path: Path):
    given_ids: list[str] = []
    for _ in range(2):
        with PracticeServer(tmp_path) as server:
            caller = Caller(server.base_url)
            with caller.http:
                given_ids += [one["messageId"] for one in caller.send(batch_of(2)).json()]
    with PracticeServer(tmp_path) as server:
        found = [server.books.find(message_id) for message_id in given_ids]
        assert server.books.counts() == {"batch-0": 2, "batch-1": 2}
    assert [one and (one.message["id"], one.request) for one in found] == [
        ("batch-0", 0),
        ("batch-1", 0),
        ("batch-0", 1),
        ("batch-1", 1),
    ]


@pytest.mark.parametrize("torn", [b'{"at":', b"", b'{"at": 1}\n', b"\xff\n"])
def test_a_torn_or_spoilt_line_loses_nothing_else(tmp_path: Path, torn: bytes):
    books = Books(tmp_path)
    books.write(entry("a", "b"))
    books.close()
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(torn)
    books = Books(tmp_path)
    number = books.next_request
    books.write(entry("c"))
    found = books.find(identify(number, 0, "c"))
    assert [one.message["id"] for one in books.messages()] == ["a", "b", "c"]
    assert found is not None
    books.close()


@pytest.mark.parametrize(
    "message_id",
    ["", "x", "z" * 36, identify(0, 1, "a"), identify(0, 0, "b"), identify(7, 0, "a")],
)
def test_an_id_that_was_never_given_is_not_found(tmp_path: Path, message_id: str):
    books = Books(tmp_path)
    books.write(entry("a"))
    assert books.find(message_id) is None
    books.close()


def test_forgetting_leaves_no_phone_on_the_disk(caller: Caller, server: PracticeServer):
    message_id = caller.send(batch_of(2)).json()[0]["messageId"]
    caller.status(message_id)
    caller.http.post("/practice/forget", json={}).raise_for_status()
    assert server.books.path.read_bytes() == b""
    assert caller.told("books") == []
    assert caller.status(message_id).status_code == 404


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_only_its_owner_may_read_the_books(server: PracticeServer):
    assert server.books.path.stat().st_mode & 0o077 == 0
