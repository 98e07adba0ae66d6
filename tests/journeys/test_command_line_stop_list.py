"""The “Do not message” list without a window: kept, shared, and obeyed by every live campaign."""

from pathlib import Path

import pytest
from command_line import campaign, kill, people, read_batch, run, sent, start, wait_until
from openpyxl import load_workbook

from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.practice.server import PracticeServer

TEXT = {"type": "transaction", "text": "Hello"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def phone_of(n: int) -> str:
    return f"+38050{1000000 + n}"


def test_numbers_are_added_listed_and_taken_off(data: Path):
    added = run(data, "stop-list", "add", "050 111 22 33", "+380671112233", "--reason", "asked")
    listed = run(data, "stop-list", "list", "--json")
    removed = run(data, "stop-list", "remove", "+380671112233")
    left = run(data, "stop-list", "list")

    assert (added.exit_code, added.out) == (0, "2 numbers added.\n")
    assert {(line["phone"], line["reason"]) for line in listed.lines} == {
        ("+380501112233", "asked"),
        ("+380671112233", "asked"),
    }
    assert (removed.exit_code, removed.out) == (0, "1 number taken off the list.\n")
    assert left.out.startswith("+380 50 111 22 33  ")
    assert left.out.endswith("  asked\n")


def test_what_is_no_number_is_told(data: Path):
    some = run(data, "stop-list", "add", "12345", "0501112233")
    none = run(data, "stop-list", "add", "12345", "--json")
    gone = run(data, "stop-list", "remove", "0671112233")

    assert (some.exit_code, some.out) == (3, "1 number added.\n")
    assert some.err == "“12345”: Too short: after +380 a number has 9 digits, this has 5.\n"
    assert none.exit_code == 2
    assert none.lines[0]["unread"][0]["cell"] == "12345"
    assert (gone.exit_code, gone.err) == (3, "1 was not on the list.\n")
    assert run(data, "stop-list", "list", "--practice").out == "Nobody is on the list.\n"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_two_computers_share_a_list(data: Path, tmp_path: Path, suffix: str):
    file = tmp_path / f"list{suffix}"
    run(data, "stop-list", "add", "0501112233", "--reason", "=asked; twice")

    written = run(data, "stop-list", "export", file)
    taken = run(tmp_path / "other", "stop-list", "import", file, "--json")

    assert written.exit_code == 0
    assert taken.lines == [{"added": 1, "known": 0, "unread": [], "undated": []}]
    mine, theirs = (
        run(where, "stop-list", "list", "--json") for where in (data, tmp_path / "other")
    )
    assert mine.lines == theirs.lines


def test_an_import_tells_each_row_that_it_could_not_read(data: Path, tmp_path: Path):
    file = tmp_path / "asked.csv"
    file.write_text("Phone;Date\n0501112233;soon\n12345;\n0501112233;\n", encoding="utf-8")

    ran = run(data, "stop-list", "import", file)

    assert (ran.exit_code, ran.out) == (3, "1 number added.\n")
    assert ran.err.splitlines() == [
        "Row 3: “12345”. Too short: after +380 a number has 9 digits, this has 5.",
        "1 date could not be read; this counts from today:",
        "Row 2: “soon” is not a date.",
    ]


def test_an_import_asks_where_two_readings_are_likely(data: Path, tmp_path: Path):
    file = tmp_path / "two.csv"
    file.write_text("Phone 1;Phone 2\n0501112233;0671112233\n", encoding="utf-8")

    asked = run(data, "stop-list", "import", file)
    chosen = run(data, "stop-list", "import", file, "--phone-column", "B")
    accepted = run(data, "stop-list", "import", file, "--accept", "TWO_PHONE_COLUMNS")

    assert asked.exit_code == 4
    assert (chosen.out, accepted.out) == ("1 number added.\n", "1 number added.\n")


@pytest.mark.parametrize("content", ["Name\nОлена\n", "", "Phone\nnobody\n"])
def test_a_file_without_a_number_changes_nothing(data: Path, tmp_path: Path, content: str):
    file = tmp_path / "none.csv"
    file.write_text(content, encoding="utf-8")

    ran = run(data, "stop-list", "import", file)

    assert ran.exit_code == 2
    assert len(ran.err.strip()) > 10
    assert run(data, "stop-list", "list", "--json").lines == []


def test_check_counts_who_is_on_the_list(data: Path, tmp_path: Path):
    listed = people(tmp_path / "people.xlsx", 3)
    run(data, "stop-list", "add", phone_of(1))

    told = run(data, "check", listed, "--json").lines[0]
    said = run(data, "check", listed)

    assert (told["counts"]["stopped"], told["counts"]["ready"]) == (1, 2)
    assert told["phones"] == [phone_of(0), phone_of(2)]
    assert "Row 3: On your “Do not message” list." in said.out
    elsewhere = run(data, "check", listed, "--json", "--data-dir", tmp_path / "other")
    assert elsewhere.lines[0]["counts"]["stopped"] == 0


def test_a_live_campaign_leaves_them_out_and_the_report_tells_it(
    service: PracticeServer, data: Path, tmp_path: Path
):
    listed, report = people(tmp_path / "people.xlsx", 4), tmp_path / "report.xlsx"
    file = campaign(tmp_path / "c.json", **TEXT)
    run(data, "stop-list", "add", phone_of(0), phone_of(3))

    ran = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url,
              "--json", "--report", report)  # fmt: skip

    assert ran.exit_code == 0, ran.err
    assert {key: n for key, n in ran.lines[-1]["counts"].items() if n} == {
        "accepted": 2,
        "left_out": 2,
    }
    assert {message["toPhone"] for message in sent(service)} == {phone_of(1), phone_of(2)}
    removed = list(load_workbook(report).worksheets[2].iter_rows(values_only=True))
    assert [row[-1] for row in removed[1:]] == ["On your “Do not message” list."] * 2


def test_practice_neither_obeys_nor_changes_the_real_list(data: Path, tmp_path: Path):
    listed = people(tmp_path / "people.xlsx", 3)
    file = campaign(tmp_path / "c.json", **TEXT)
    run(data, "stop-list", "add", phone_of(0))
    run(data, "stop-list", "add", phone_of(1), "--practice")

    ran = run(data, "send", file, "--recipients", listed, "--practice", "--json", key="")

    assert ran.lines[-1]["counts"]["accepted"] == 2
    assert ran.lines[-1]["counts"]["left_out"] == 1
    assert [line["phone"] for line in run(data, "stop-list", "list", "--json").lines] == [
        phone_of(0)
    ]


def test_resume_leaves_out_who_asked_meanwhile(service: PracticeServer, data: Path, tmp_path: Path):
    service.behave(Behaviour(requests=2), Behaviour(delay_s=600))
    listed = people(tmp_path / "people.xlsx", 300)
    file = campaign(tmp_path / "c.json", **TEXT)
    process = start(data, "send", file, "--recipients", listed, "--base-url", service.base_url,
                    "--json")  # fmt: skip
    first = [read_batch(process) for _ in range(2)]
    wait_until(lambda: len(sent(service)) > first[1]["counts"]["accepted"])
    kill(process)
    service.behave()
    run(data, "stop-list", "add", phone_of(0), phone_of(298), phone_of(299))

    resumed = run(data, "resume", first[0]["campaign"], "--base-url", service.base_url, "--json")

    counts = resumed.lines[-1]["counts"]
    assert counts["left_out"] == 2
    assert sum(counts.values()) == 300
    assert counts["ready"] == counts["sending"] == 0
    phones = {message["toPhone"] for message in sent(service)}
    assert phone_of(0) in phones
    assert not {phone_of(298), phone_of(299)} & phones
