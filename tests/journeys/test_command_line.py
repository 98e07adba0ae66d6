"""The engine without a window: exit codes, JSON lines, sentences; against a real service."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from command_line import campaign, kill, people, read_batch, run, sent, start, wait_until
from openpyxl import load_workbook

from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.practice.server import PracticeServer

STATES = {"ready", "sending", "accepted", "refused", "unknown", "left_out"}
DRAFTS = {
    "transaction": {"type": "transaction", "text": "Order {Код}", "ttl": 3600},
    "promo": {"type": "promo", "text": "Вітаємо, {Ім’я}!", "ttl": 172800, "route": "tg-viber"},
    "viber_survey": {"type": "viber_survey", "text": "How was it?", "options": ["Good", "Bad"]},
    "flashcall": {"type": "flashcall", "ttl": 120, "fallback_text": "We called you, {Ім’я}"},
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.mark.parametrize("kind", DRAFTS)
def test_each_kind_is_accepted_without_a_single_refusal(
    service: PracticeServer, data: Path, tmp_path: Path, kind: str
):
    listed = people(tmp_path / "people.xlsx", 25)
    file = campaign(tmp_path / "campaign.json", **DRAFTS[kind])

    ran = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url,
              "--json", "--yes")  # fmt: skip

    assert ran.exit_code == 0, ran.err
    assert {entry.status for _, entry in service.books.entries()} == {200}
    last = ran.lines[-1]
    assert last["state"] == "finished"
    assert set(last["counts"]) == STATES
    assert last["counts"]["accepted"] == 25
    assert {message["messageType"] for message in sent(service)} == {kind}


def test_a_schedule_goes_as_utc_with_z(service: PracticeServer, data: Path, tmp_path: Path):
    at = datetime.now(ZoneInfo("Europe/Kyiv")).replace(microsecond=0) + timedelta(days=3)
    listed = people(tmp_path / "people.xlsx", 1)
    file = campaign(
        tmp_path / "campaign.json",
        **DRAFTS["promo"],
        schedule=at.replace(tzinfo=None).isoformat(),
        zone="Europe/Kyiv",
    )

    ran = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url, "--yes")

    assert ran.exit_code == 0, ran.err
    (message,) = sent(service)
    assert message["scheduledSent"] == at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_ten_thousand_people_get_their_own_texts(
    service: PracticeServer, data: Path, tmp_path: Path
):
    listed = people(tmp_path / "people.xlsx", 10_000)
    text = "Вітаємо, {Ім’я}! Код {Код}, {Місто}"
    file = campaign(tmp_path / "campaign.json", type="promo", text=text)
    report = tmp_path / "report.xlsx"

    ran = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url,
              "--json", "--yes", "--report", report, scale="0.02")  # fmt: skip

    assert ran.exit_code == 0, ran.err
    assert ran.lines[-1]["counts"]["accepted"] == 10_000
    texts = {message["toPhone"]: message["text"] for message in sent(service)}
    assert texts == {
        f"+38050{1000000 + n}": f"Вітаємо, Олена-{n}! Код ZYMA-{n}, Київ" for n in range(10_000)
    }
    book = load_workbook(report)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[:3] for row in rows[1:]] == [
        (f"Олена-{n}", f"+38050{1000000 + n}", f"ZYMA-{n}") for n in range(10_000)
    ]


def test_a_killed_campaign_is_resumed_and_nobody_gets_it_twice(
    service: PracticeServer, data: Path, tmp_path: Path
):
    service.behave(Behaviour(requests=2), Behaviour(delay_s=600))
    listed = people(tmp_path / "people.xlsx", 400)
    file = campaign(tmp_path / "campaign.json", **DRAFTS["transaction"])
    arguments = ("send", file, "--recipients", listed, "--base-url", service.base_url, "--json")
    process = start(data, *arguments)
    lines = [read_batch(process) for _ in range(2)]
    settled = lines[1]["counts"]["accepted"]
    wait_until(lambda: len(sent(service)) > settled)
    kill(process)
    in_flight = len(sent(service)) - settled
    service.behave()
    code = lines[0]["campaign"]

    resumed = run(data, "resume", code, "--base-url", service.base_url, "--json")

    counts = resumed.lines[-1]["counts"]
    booked = Counter(message["id"] for message in sent(service))
    assert resumed.exit_code == 3
    assert set(booked.values()) == {1}
    assert len(booked) == 400
    assert counts["unknown"] == in_flight > 0
    assert counts["accepted"] == 400 - in_flight
    assert counts["ready"] == counts["sending"] == 0
    settle_and_resend(service, data, code, in_flight)


def settle_and_resend(service: PracticeServer, data: Path, code: str, unknown: int) -> None:
    wrong = run(data, "resolve", code, "--resend", "--may-arrive-twice", str(unknown + 1))
    assert wrong.exit_code == 2
    assert str(unknown) in wrong.err
    settled = run(data, "resolve", code, "--resend", "--may-arrive-twice", str(unknown))
    assert settled.exit_code == 0
    again = run(data, "resume", code, "--base-url", service.base_url, "--json")
    assert again.exit_code == 0
    booked = Counter(message["id"] for message in sent(service))
    assert Counter(booked.values()) == {1: 400 - unknown, 2: unknown}


SENTENCES = [
    pytest.param("gone.xlsx", {}, 2, id="missing list"),
    pytest.param("empty.csv", {}, 2, id="empty list"),
    pytest.param("names.csv", {}, 2, id="no phones"),
    pytest.param("good.csv", {"text": "я" * 4_097}, 2, id="text too long"),
    pytest.param("good.csv", {"type": "viber_survey", "options": ["One"]}, 2, id="one answer"),
    pytest.param("good.csv", {"text": "Hi {Nmae}"}, 2, id="unknown placeholder"),
    pytest.param("good.csv", {"sender": " "}, 2, id="no sender"),
    pytest.param("good.csv", {"colour": "red"}, 2, id="unknown field"),
    pytest.param("good.csv", {"schedule": "2020-01-01T10:00", "zone": "Europe/Kyiv"}, 2, id="past"),
    pytest.param("good.csv", {"version": 99}, 2, id="newer version"),
]


@pytest.mark.parametrize(("name", "fields", "exit_code"), SENTENCES)
def test_unusable_input_is_told_in_a_sentence(
    service: PracticeServer, data: Path, tmp_path: Path, name: str, fields: dict, exit_code: int
):
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "names.csv").write_text("Name\nОлена\nІван\n", encoding="utf-8")
    (tmp_path / "good.csv").write_text("Name,Phone\nA,+380501112233\n", encoding="utf-8")
    file = campaign(tmp_path / "c.json", **{"type": "transaction", "text": "Hello", **fields})

    ran = run(data, "send", file, "--recipients", tmp_path / name,
              "--base-url", service.base_url, "--yes")  # fmt: skip

    assert ran.exit_code == exit_code
    assert len(ran.err.strip()) > 10
    assert not any(word in ran.err for word in ("Error", "Exception", "codec"))
    assert sent(service) == []


def test_without_a_key_nothing_is_sent(service: PracticeServer, data: Path, tmp_path: Path):
    listed = people(tmp_path / "people.xlsx", 1)
    file = campaign(tmp_path / "c.json", **DRAFTS["transaction"])

    ran = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url, key="")

    assert ran.exit_code == 2
    assert "SMSBAT_API_KEY" in ran.err


def test_advertising_needs_a_yes_where_nobody_can_be_asked(
    service: PracticeServer, data: Path, tmp_path: Path
):
    listed = people(tmp_path / "people.xlsx", 1)
    file = campaign(tmp_path / "c.json", **DRAFTS["promo"])

    ran = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url, "--json")

    assert ran.exit_code == 4
    assert ran.lines[-1]["reason"] == "CONFIRM_AGREEMENT"
    assert sent(service) == []


def test_a_wrong_key_pauses_with_everything_still_to_send(data: Path, tmp_path: Path):
    listed = people(tmp_path / "people.xlsx", 3)
    file = campaign(tmp_path / "c.json", **DRAFTS["transaction"])
    with PracticeServer(tmp_path / "strict", keys={"another"}) as service:
        ran = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url,
                  "--json")  # fmt: skip

    assert ran.exit_code == 4
    assert ran.lines[-1]["reason"] == "KEY_REFUSED"
    assert ran.lines[-1]["counts"]["ready"] == 3


def test_no_network_pauses_with_everything_still_to_send(data: Path, tmp_path: Path):
    listed = people(tmp_path / "people.xlsx", 3)
    file = campaign(tmp_path / "c.json", **DRAFTS["transaction"])

    ran = run(data, "send", file, "--recipients", listed, "--base-url", "http://127.0.0.1:9",
              "--json", scale="0.002")  # fmt: skip

    assert ran.exit_code == 4
    assert ran.lines[-1]["reason"] == "NO_CONNECTION"
    assert ran.lines[-1]["counts"]["ready"] == 3
    assert "connection" in ran.err.lower()


def test_a_refused_batch_asks_once_then_goes_on_without_the_bad_one(
    service: PracticeServer, data: Path, tmp_path: Path
):
    service.behave(Behaviour(refuse_phones=("+380501000003",)))
    listed = people(tmp_path / "people.xlsx", 30)
    file = campaign(tmp_path / "c.json", **DRAFTS["transaction"])
    target = ("--base-url", service.base_url, "--json")

    asked = run(data, "send", file, "--recipients", listed, *target)
    code = asked.lines[-1]["campaign"]
    going_on = run(data, "resume", code, *target, "--accept", "BATCH_REFUSED")

    assert (asked.exit_code, asked.lines[-1]["reason"]) == (4, "BATCH_REFUSED")
    assert going_on.exit_code == 3
    counts = going_on.lines[-1]["counts"]
    assert (counts["accepted"], counts["refused"]) == (29, 1)


def test_history_and_reports_are_there_without_a_window(
    service: PracticeServer, data: Path, tmp_path: Path
):
    listed = people(tmp_path / "people.xlsx", 3)
    file = campaign(tmp_path / "c.json", **DRAFTS["transaction"])
    sent = run(data, "send", file, "--recipients", listed, "--base-url", service.base_url, "--json")
    code = sent.lines[-1]["campaign"]

    listing = run(data, "history", "--json")
    report = run(data, "report", code, tmp_path / "report.csv")

    assert [line["campaign"] for line in listing.lines] == [code]
    assert report.exit_code == 0
    text = (tmp_path / "report.csv").read_text("utf-8-sig")
    assert text.count("+38050") >= 3


def test_a_damaged_or_foreign_id_is_a_sentence(data: Path):
    ran = run(data, "report", "NOSUCH", "report.xlsx")

    assert ran.exit_code == 2
    assert "NOSUCH" in ran.err


def test_practice_needs_no_account_and_lists_apart(data: Path, tmp_path: Path):
    listed = people(tmp_path / "people.xlsx", 3)
    file = campaign(tmp_path / "c.json", **DRAFTS["transaction"])

    ran = run(data, "--json", "send", file, "--recipients", listed, "--practice", key="")
    listing = run(data, "history", "--json", key="")

    assert ran.exit_code == 0, ran.err
    assert [(line["practice"], line["counts"]["accepted"]) for line in listing.lines] == [(True, 3)]
    assert not (data / "live").exists()
