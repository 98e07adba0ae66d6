"""The command line where things are asked, named wrongly or break off: sentences and codes."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import (
    PROGRAM,
    campaign,
    environment,
    interrupt,
    people,
    read_batch,
    read_line,
    run,
    sent,
    start,
    wait_until,
)
from openpyxl import Workbook

from cascade_desktop.engine.journal.schema import VERSION
from cascade_desktop.engine.lock import FolderLock
from cascade_desktop.engine.settings import Settings, SettingsStore
from cascade_desktop.practice.behaviour import Answer, Behaviour
from cascade_desktop.practice.server import PracticeServer

NO_COUNTS = dict.fromkeys(("ready", "sending", "accepted", "refused", "unknown", "left_out"), 0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return campaign(tmp_path / "campaign.json", type="transaction", text="Order")


def test_practice_serves_alone_until_interrupted(root: Path):
    process = start(root, "practice", "--port", "0")
    url = read_line(process).strip()

    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(f"{url}/nothing", timeout=20)
    answered.value.close()
    interrupt(process)

    assert answered.value.code == 404
    assert process.returncode == 0


def test_a_port_in_use_is_told(root: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run(root, "practice", "--port", str(port))

    assert ran.exit_code == 2
    assert f"Port {port} cannot be used" in ran.err


@pytest.mark.parametrize(("flag", "resolution"), [
    ("--close", "closed"), ("--marked-sent", "marked_sent"),
])  # fmt: skip
def test_uncertain_messages_are_settled(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path, flag: str, resolution: str
):
    service.behave(Behaviour(requests=1, book=True, answer=Answer.DROP))
    listed = people(tmp_path / "people.xlsx", 3)
    first = run(root, "send", file, "--recipients", listed, "--base-url", service.base_url,
                "--json")  # fmt: skip
    last = first.lines[-1]
    unknown = last["counts"]["unknown"]

    settled = run(root, "resolve", last["campaign"], flag, "--json")

    assert unknown > 0
    assert settled.lines == [
        {"campaign": last["campaign"], "resolution": resolution, "count": unknown}
    ]
    (head,) = run(root, "history", "--json").lines
    assert (head["undecided"], head["counts"]["unknown"]) == (0, unknown)


@pytest.mark.parametrize("by", ["SIGINT", "SIGHUP"], ids=["ctrl-c", "terminal-closed"])
def test_an_interrupt_finishes_the_batch_and_pauses(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path, by: str
):
    service.behave(Behaviour(requests=1), Behaviour(delay_s=0.5))
    listed = people(tmp_path / "people.xlsx", 2_000)
    process = start(root, "send", file, "--recipients", listed, "--base-url", service.base_url,
                    "--json")  # fmt: skip
    settled = read_batch(process)["counts"]["accepted"]
    wait_until(lambda: len(sent(service)) > settled)

    last = interrupt(process, by)[-1]

    assert process.returncode == 4
    assert (last["state"], last["reason"]) == ("paused", "OPERATOR_PAUSED")
    assert last["counts"]["accepted"] == len(sent(service))
    assert last["counts"]["ready"] == 2_000 - len(sent(service)) > 0


def test_a_wait_is_told_in_a_line_of_its_own(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    service.behave(Behaviour(requests=1, status=429, retry_after_s=2))
    listed = people(tmp_path / "people.xlsx", 3)

    ran = run(root, "send", file, "--recipients", listed, "--base-url", service.base_url,
              "--json")  # fmt: skip

    waits = [line for line in ran.lines if "waiting_s" in line]
    code = ran.lines[-1]["campaign"]
    assert waits == [{"campaign": code, "waiting_s": 2.0, "reason": "TOO_FAST"}]
    assert ran.lines[-1]["counts"]["accepted"] == 3


def test_two_likely_columns_are_asked_about_until_accepted(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    listed = tmp_path / "two.csv"
    listed.write_text("Phone 1;Phone 2\n+380501112233;+380671112233\n", encoding="utf-8")
    send = ("send", file, "--recipients", listed, "--base-url", service.base_url, "--json")

    asked = run(root, *send)
    accepted = run(root, *send, "--accept", "TWO_PHONE_COLUMNS")
    chosen = run(root, *send, "--phone-column", "Phone 2")

    assert asked.exit_code == 4
    assert asked.lines == [
        {"campaign": "", "state": "paused", "reason": "TWO_PHONE_COLUMNS", "counts": NO_COUNTS}
    ]
    assert (accepted.exit_code, chosen.exit_code) == (0, 0)
    assert [message["toPhone"] for message in sent(service)] == ["+380501112233", "+380671112233"]


def test_all_questions_are_told_at_once_with_the_way_on(
    service: PracticeServer, root: Path, tmp_path: Path
):
    book = Workbook()
    for name in ("May", "June"):
        sheet = book.create_sheet(name)
        for row in ("Phone", "+380501112233", "+380671112233", "0501112244; 0671112244"):
            sheet.append([row])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "people.xlsx")
    ref = {"file": "people.xlsx", "sha256": "0" * 64}
    file = campaign(tmp_path / "c.json", type="transaction", text="Order", recipients=ref)
    send = ("send", file, "--base-url", service.base_url, "--json")

    asked = run(root, *send)
    answered = run(root, *send, "--accept", "file_changed", "--sheet", "June",
                   "--accept", "TWO_PHONES")  # fmt: skip

    assert (asked.exit_code, asked.lines[-1]["reason"]) == (4, "FILE_CHANGED")
    changed, sheets, phones = asked.err.strip().splitlines()
    assert "add --accept FILE_CHANGED" in changed
    assert sheets.endswith("Add --sheet NAME; --accept SEVERAL_SHEETS takes “May”.")
    assert phones.endswith("--accept TWO_PHONES leaves these rows out.")
    assert (answered.exit_code, len(sent(service))) == (3, 2)


def test_an_unknown_code_to_accept_is_refused_with_those_known(root: Path, file: Path):
    ran = run(root, "send", file, "--practice", "--accept", "TWO_FONES")

    assert ran.exit_code == 2
    assert "“TWO_FONES” is not a question" in ran.err
    assert "TWO_PHONES" in ran.err
    assert "BATCH_REFUSED" in ran.err


def test_all_that_the_review_asks_is_told_at_once(
    service: PracticeServer, root: Path, tmp_path: Path
):
    listed = people(tmp_path / "people.xlsx", 1)
    at = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%dT12:00}"
    promo = {"type": "promo", "text": "Sale", "schedule": at, "zone": "Europe/Kyiv"}
    file = campaign(tmp_path / "promo.json", **promo)

    ran = run(root, "send", file, "--recipients", listed, "--base-url", service.base_url)

    agreed, called_back = ran.err.strip().splitlines()
    assert ran.exit_code == 4
    assert agreed.endswith("agreed to get advertising? (--yes answers yes.)")
    assert "called back" in called_back


def test_what_it_costs_at_most_is_told_before_the_questions(
    service: PracticeServer, root: Path, tmp_path: Path
):
    SettingsStore(root).save(Settings(currency="UAH", prices=("UA 0.85",)))
    file = campaign(tmp_path / "promo.json", type="promo", text="Sale")
    listed = people(tmp_path / "people.xlsx", 3)

    ran = run(root, "send", file, "--recipients", listed, "--base-url", service.base_url)

    assert ran.exit_code == 4
    assert ran.err.startswith("At most about 2.55 UAH if all went by SMS.")
    assert "agreed to get advertising?" in ran.err


def test_people_who_got_something_lately_are_asked_about(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    listed = people(tmp_path / "people.xlsx", 3)
    send = ("send", file, "--recipients", listed, "--base-url", service.base_url, "--json")
    run(root, *send)

    again = run(root, *send)
    wanted = run(root, *send, "--yes")

    assert (again.exit_code, again.lines[-1]["reason"]) == (4, "CONFIRM_SENT_BEFORE")
    assert again.err.startswith("3 of them got this very text ")
    assert "Go on? (--yes answers yes.)" in again.err
    assert (wanted.exit_code, len(sent(service))) == (0, 6)


def test_what_was_practised_does_not_count_as_sent_before(root: Path, tmp_path: Path, file: Path):
    listed = people(tmp_path / "people.xlsx", 3)

    ran = [run(root, "send", file, "--recipients", listed, "--practice") for _ in range(2)]

    assert [one.exit_code for one in ran] == [0, 0]


def test_a_list_that_changed_is_asked_about(service: PracticeServer, root: Path, tmp_path: Path):
    people(tmp_path / "people.xlsx", 2)
    ref = {"file": "people.xlsx", "sha256": "0" * 64}
    file = campaign(tmp_path / "c.json", type="transaction", text="Order", recipients=ref)
    send = ("send", file, "--base-url", service.base_url, "--json")

    asked = run(root, *send)
    accepted = run(root, *send, "--accept", "FILE_CHANGED")

    assert (asked.exit_code, asked.lines[-1]["reason"]) == (4, "FILE_CHANGED")
    assert (accepted.exit_code, len(sent(service))) == (0, 2)


def test_a_folder_in_use_is_told_with_where_the_campaign_stands(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    listed = people(tmp_path / "people.xlsx", 3)
    target = ("--base-url", service.base_url, "--json")
    done = run(root, "send", file, "--recipients", listed, *target).lines[-1]

    with FolderLock(root / "live"):
        another = run(root, "send", file, "--recipients", listed, *target)
        again = run(root, "resume", done["campaign"], *target)
        listing = run(root, "history", "--json")

    assert (another.exit_code, another.lines[-1]["reason"]) == (4, "BUSY_ELSEWHERE")
    assert again.exit_code == 4
    assert again.lines == [{**done, "reason": "BUSY_ELSEWHERE"}]
    assert [line["campaign"] for line in listing.lines] == [done["campaign"]]


def test_another_account_may_not_resume(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    listed = people(tmp_path / "people.xlsx", 3)
    target = ("--base-url", service.base_url, "--json")
    done = run(root, "send", file, "--recipients", listed, *target).lines[-1]

    ran = run(root, "resume", done["campaign"], *target, key="another-key")

    assert ran.exit_code == 4
    assert ran.lines == [{**done, "reason": "OTHER_TARGET"}]
    assert len(sent(service)) == 3


def make_newer(folder: Path) -> None:
    folder.mkdir(parents=True)
    with sqlite3.connect(folder / "journal.db") as journal:
        journal.execute("PRAGMA user_version=99")
    journal.close()


def make_damaged(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "journal.db").write_bytes(b"This is no database. " * 500)


def make_unreadable(folder: Path) -> None:
    """Leave the file's head as it is and spoil what describes its tables."""
    folder.mkdir(parents=True)
    with sqlite3.connect(folder / "journal.db") as journal:
        journal.execute("CREATE TABLE campaigns (id INTEGER)")
        journal.execute(f"PRAGMA user_version={VERSION}")
    journal.close()
    path = folder / "journal.db"
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE", b"CREXTE TABLE"))


def make_a_file(folder: Path) -> None:
    folder.parent.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(make_newer, "newer version", id="newer"),
        pytest.param(make_damaged, "is damaged", id="damaged"),
        pytest.param(make_unreadable, "is damaged", id="spoilt inside"),
        pytest.param(make_a_file, "is not a folder", id="no folder"),
    ],
)
def test_a_data_folder_that_cannot_be_used_is_told(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path, spoil, words: str
):
    spoil(root / "live")
    listed = people(tmp_path / "people.xlsx", 1)

    ran = run(root, "send", file, "--recipients", listed, "--base-url", service.base_url)

    assert ran.exit_code == 2
    assert words in ran.err
    assert sent(service) == []


def test_a_record_that_somebody_edited_is_told_as_damaged(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    listed = people(tmp_path / "people.xlsx", 1)
    target = ("--base-url", service.base_url, "--json")
    (code,) = {line["campaign"] for line in run(root, "send", file, "--recipients", listed,
                                                *target).lines}  # fmt: skip
    with sqlite3.connect(root / "live" / "journal.db") as journal:
        journal.execute("UPDATE campaigns SET state='edited'")
    journal.close()

    for command in (("history",), ("resume", code, *target)):
        ran = run(root, *command)
        assert (ran.exit_code, "is damaged" in ran.err) == (2, True)


@pytest.mark.parametrize("name", ["gone/report.xlsx", "report.pdf", "report"])
def test_a_report_that_cannot_be_written_is_told_before_anything_is_sent(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path, name: str
):
    listed = people(tmp_path / "people.xlsx", 1)

    ran = run(root, "send", file, "--recipients", listed, "--base-url", service.base_url,
              "--report", tmp_path / name)  # fmt: skip

    assert ran.exit_code == 2
    assert ran.err.strip().endswith(".")
    assert sent(service) == []


def test_a_report_with_another_ending_is_refused(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    listed = people(tmp_path / "people.xlsx", 1)
    done = run(root, "send", file, "--recipients", listed, "--base-url", service.base_url, "--json")

    ran = run(root, "report", done.lines[-1]["campaign"], tmp_path / "report.pdf")

    assert (ran.exit_code, ran.err.strip()) == (
        2,
        "A report's name ends in .xlsx or .csv. Choose such a name.",
    )
    assert not (tmp_path / "report.pdf").exists()


def test_a_report_that_fails_late_leaves_the_last_line_and_is_not_for_trying_again(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    (tmp_path / "reports").mkdir()
    service.behave(Behaviour(delay_s=0.5))
    listed = people(tmp_path / "people.xlsx", 3)
    process = start(root, "send", file, "--recipients", listed, "--base-url", service.base_url,
                    "--json", "--report", tmp_path / "reports" / "report.csv")  # fmt: skip
    wait_until(lambda: len(sent(service)) > 0)
    shutil.rmtree(tmp_path / "reports")
    out, _ = process.communicate(timeout=60)

    last = json.loads(out.splitlines()[-1])
    assert process.returncode == 4
    assert (last["state"], last["counts"]["accepted"]) == ("finished", 3)


def test_a_fault_of_ours_still_says_where_the_campaign_stands(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    listed = people(tmp_path / "people.xlsx", 3)
    target = ("--base-url", service.base_url, "--json")
    done = run(root, "send", file, "--recipients", listed, *target).lines[-1]
    with sqlite3.connect(root / "live" / "journal.db") as journal:
        journal.execute(
            "CREATE TRIGGER odd BEFORE UPDATE OF state ON campaigns"
            " BEGIN SELECT RAISE(ABORT, 'odd'); END"
        )
    journal.close()

    ran = run(root, "resume", done["campaign"], *target)

    assert ran.exit_code == 1
    assert "Something went wrong" in ran.err
    assert ran.lines == [{**done, "reason": "INTERRUPTED"}]


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Return a keyboard and the terminal that it types into."""
    try:
        keyboard, terminal = os.openpty()
    except (AttributeError, OSError):  # Windows; a bare room without /dev/pts
        pytest.skip("this system has no terminals to give")
    yield keyboard, terminal
    os.close(keyboard)
    os.close(terminal)


@pytest.mark.parametrize(
    ("typed", "exit_code"), [(b"yes\n", 0), ("так\n".encode(), 0), (b"no\n", 4), (b"\x04", 4)]
)
def test_a_terminal_is_asked_what_the_review_asks(
    service: PracticeServer, root: Path, tmp_path: Path, terminal: tuple[int, int], typed: bytes,
    exit_code: int,
):  # fmt: skip
    listed = people(tmp_path / "people.xlsx", 1)
    file = campaign(tmp_path / "promo.json", type="promo", text="Sale", ttl=172_800)
    os.write(terminal[0], typed * 3)
    arguments = ("send", file, "--recipients", listed, "--base-url", service.base_url, "--json")

    ran = run(root, *arguments, stdin=terminal[1])

    assert ran.exit_code == exit_code
    assert "agreed to get advertising?" in ran.err
    assert len(sent(service)) == (0 if exit_code else 1)
    assert ran.lines[-1]["reason"] == ("CONFIRM_AGREEMENT" if exit_code else "")


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise on Windows")
def test_a_reader_that_has_seen_enough_does_not_end_the_campaign(
    service: PracticeServer, root: Path, tmp_path: Path, file: Path
):
    listed = people(tmp_path / "people.xlsx", 400)
    process = start(root, "send", file, "--recipients", listed, "--base-url", service.base_url,
                    "--json")  # fmt: skip
    read_line(process)
    assert process.stdout is not None
    process.stdout.close()
    process.wait(timeout=60)

    assert process.returncode == 0
    assert len(sent(service)) == 400


@pytest.mark.parametrize("command", ["history", "report"])
def test_a_data_folder_that_is_a_file_is_told(root: Path, tmp_path: Path, command: str):
    listed = people(tmp_path / "people.xlsx", 1)
    named = () if command == "history" else ("ZIMA", tmp_path / "report.csv")

    ran = run(root, command, *named, "--data-dir", listed)

    assert (ran.exit_code, ran.out) == (2, "")
    assert f"“{listed}” is not a folder" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to try")
@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["words", "json"])
@pytest.mark.parametrize("command", ["history", "check"])
def test_an_answer_that_nothing_takes_is_no_success(
    service: PracticeServer,
    root: Path,
    tmp_path: Path,
    file: Path,
    command: str,
    as_json: tuple[str, ...],
):
    listed = people(tmp_path / "people.xlsx", 1)
    send = ("send", file, "--recipients", listed, "--base-url", service.base_url)
    with Path("/dev/full").open("w") as full:
        sends, asks = (
            subprocess.run(
                [*PROGRAM, *map(str, arguments), *as_json],
                env=environment(root),
                stdout=full,
                stderr=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
                check=False,
                text=True,
                encoding="utf-8",
            )
            for arguments in (send, (command, *((listed,) if command == "check" else ())))
        )

    assert (sends.returncode, len(sent(service))) == (0, 1)
    assert asks.returncode == 4
    assert "could not be written" in asks.stderr
