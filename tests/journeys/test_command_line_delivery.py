"""What was delivered, asked from the command line: one round, nothing sent, JSON or a sentence."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from command_line import campaign, people, run

from cascade_desktop.practice.behaviour import Behaviour, On
from cascade_desktop.practice.server import PracticeServer

FINAL = {"delivered", "undeliverable", "permanenterror"}


@pytest.mark.parametrize("status", [pytest.param(None, id="told"), pytest.param(401, id="refused")])
def test_one_round_tells_what_was_delivered_and_sends_nothing(
    tmp_path: Path, status: int | None
) -> None:
    data, ahead_s = tmp_path / "data", [0.0]
    listed = people(tmp_path / "people.xlsx", 25)
    file = campaign(tmp_path / "campaign.json", type="transaction", text="Hello", ttl=3600)
    with PracticeServer(tmp_path / "service", clock=lambda: time.time() + ahead_s[0]) as service:
        url = ("--base-url", service.base_url)
        ran = run(data, "send", file, "--recipients", listed, *url, "--json", "--yes")
        code = ran.lines[-1]["campaign"]
        ahead_s[0] = 60.0
        (journal,) = data.rglob("journal.db")
        with closing(sqlite3.connect(journal)) as db, db:
            db.execute("UPDATE messages SET ask_at=1")
        service.behave(Behaviour(on=On.STATUS, status=status) if status else Behaviour())

        asked = run(data, "delivery", code, *url, "--json")
        books = len(list(service.books.messages()))

    assert asked.lines, asked.err
    (told,) = asked.lines
    known = sum(count for word, count in told["delivery"].items() if word in FINAL)
    assert (asked.exit_code, known) == ((4, 0) if status else (0, 25)), asked.err
    assert told["end"] == ("not_allowed" if status else "done")
    assert books == 25
