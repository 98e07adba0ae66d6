"""The command line's arguments, its help, and what check tells of a list."""

from pathlib import Path

import pytest
from command_line import campaign, people, run, sent

from cascade_desktop.__main__ import names_command
from cascade_desktop.practice.server import PracticeServer

MIXED = """Name;Phone;Work
Олена;050 111 22 33;
Іван;12345;
Ольга;+380501112233;
Петро;067 111 22 33;
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "mixed.csv"
    path.write_text(MIXED, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "is_command"),
    [
        pytest.param(["check", "a.xlsx"], True, id="command"),
        pytest.param(["--data-dir", "d", "--json", "history"], True, id="after options"),
        pytest.param(["--data-dir", "check"], False, id="a value named like one"),
        pytest.param(["--data-dir=check"], False, id="a value joined"),
        pytest.param(["people.xlsx"], False, id="a list for the window"),
        pytest.param(["people.xlsx", "check"], False, id="not the first"),
        pytest.param([], False, id="nothing"),
    ],
)
def test_a_command_is_the_first_thing_that_is_no_option(arguments: list[str], is_command: bool):
    assert names_command(arguments) == is_command


@pytest.mark.parametrize(
    "arguments", [["-h"], ["--help"], ["people.xlsx", "-h"], ["--data-dir", "check", "--help"]]
)
def test_help_names_the_commands(root: Path, arguments: list[str]):
    ran = run(root, *arguments)

    assert ran.exit_code == 0
    assert all(word in ran.out for word in ("check", "resolve", "practice", "--demo"))


def test_the_version_is_told(root: Path):
    ran = run(root, "--version")

    assert (ran.exit_code, ran.err) == (0, "")
    assert ran.out.startswith("cascade-desktop ")


def test_check_tells_each_row_that_gets_nothing(root: Path, mixed: Path):
    ran = run(root, "check", mixed)

    assert ran.exit_code == 0
    assert ran.out.splitlines() == [
        "2 people will get it. 2 rows will not: see why.",
        "Row 3: Too short: after +380 a number has 9 digits, this has 5.",
        "Row 4: Same number twice: it gets one message.",
    ]


def test_check_answers_in_json(root: Path, mixed: Path):
    ran = run(root, "check", mixed, "--json", "--country", "ua", "--phone-column", "B")

    (told,) = ran.lines
    assert (ran.exit_code, told["status"], told["code"]) == (0, "rows", "OK")
    assert told["phones"] == ["+380501112233", "+380671112233"]
    assert [row["row"] for row in told["invalid"]] == [3]
    assert told["understood"]["phone_column"] == "Phone"
    assert told["rss_mb"] > 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(("--phone-column", "Zed"), "NO_SUCH_COLUMN", id="column"),
        pytest.param(("--header-row", "0", "--phone-column", "2"), "OK", id="no header"),
    ],
)
def test_check_takes_selectors(root: Path, mixed: Path, arguments: tuple[str, ...], code: str):
    plain = run(root, "check", mixed, *arguments)
    told = run(root, "check", mixed, *arguments, "--json")

    assert (told.exit_code, told.lines[0]["code"]) == (0, code)
    assert plain.exit_code == (0 if code == "OK" else 2)
    assert told.lines[0]["message"] in plain.out


def test_check_names_the_sheet_that_is_missing(root: Path, tmp_path: Path):
    listed = people(tmp_path / "people.xlsx", 3)

    there = run(root, "check", listed, "--sheet", "Лист1", "--json")
    missing = run(root, "check", listed, "--sheet", "Nowhere", "--json")

    assert there.lines[0]["understood"]["sheet"] == "Лист1"
    assert (missing.exit_code, missing.lines[0]["status"]) == (0, "error")
    assert "Nowhere" in missing.lines[0]["message"]


@pytest.mark.parametrize("command", ["check", "send"])
@pytest.mark.parametrize("country", ["ZZ", "UKR", "380"])
def test_a_country_that_is_none_is_refused(root: Path, mixed: Path, command: str, country: str):
    ran = run(root, command, mixed, "--country", country)

    assert ran.exit_code == 2
    assert f"“{country}” is not a country" in ran.err


def test_a_country_may_be_written_small(
    service: PracticeServer, root: Path, tmp_path: Path, mixed: Path
):
    file = campaign(tmp_path / "c.json", type="transaction", text="Order")
    ran = run(root, "send", file, "--recipients", mixed, "--country", "ua",
              "--base-url", service.base_url)  # fmt: skip

    assert ran.exit_code == 3, ran.err
    assert {message["toPhone"] for message in sent(service)} == {"+380501112233", "+380671112233"}
