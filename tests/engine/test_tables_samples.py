"""Hold the reader to what must come out of the sample files."""

import json
from pathlib import Path
from typing import Any

import pytest

from cascade_desktop.core.recipients import Choice, read_recipients
from cascade_desktop.engine.tables.check import check_report
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.ui.wording_reading import say_reading

SAMPLES = Path(__file__).parents[1] / "spreadsheets"
MANIFEST: dict[str, dict[str, Any]] = json.loads((SAMPLES / "manifest.json").read_text("utf-8"))
NOT_FOR_PEOPLE = ("Traceback", "Error:", "Exception", "NoneType", "codec", "BadZip", "zlib", "XML")


def check(path: Path, country: str) -> dict[str, Any]:
    """Do what `check --json` does, without the processes."""
    try:
        table = read_table(path, ReadChoice(country=country))
    except UnreadableFileError as error:
        return check_report(error.problem, None, say_reading)
    found = read_recipients(table, Choice(country=country))
    return check_report(table, found, say_reading, country=country)


@pytest.mark.parametrize("name", MANIFEST)
def test_each_sample_gives_what_it_must(name: str) -> None:
    wanted = MANIFEST[name]

    report = check(SAMPLES / name, wanted.get("region", "UA"))

    if report["status"] != wanted["expect"] and report["status"] in wanted.get("also", ()):
        wanted = {"expect": report["status"], "phones": wanted.get("also_phones")}
    assert report["status"] == wanted["expect"]
    if wanted["expect"] != "rows":
        assert report["code"] == wanted.get("code", report["code"])
    if wanted.get("phones") is not None:
        assert report["phones"] == wanted["phones"]
    assert len(report["invalid"]) == wanted.get("invalid", len(report["invalid"]))


@pytest.mark.parametrize("name", [name for name, m in MANIFEST.items() if "texts" in m])
def test_texts_come_out_exactly(name: str) -> None:
    report = check(SAMPLES / name, "UA")

    for column, texts in MANIFEST[name]["texts"].items():
        assert report["values"][column][: len(texts)] == texts


@pytest.mark.parametrize("name", MANIFEST)
def test_every_sentence_is_for_a_person(name: str) -> None:
    report = check(SAMPLES / name, "UA")

    sentences = [report["message"], *(row["reason"] for row in report["invalid"])]
    assert all(len(sentence) >= 15 for sentence in sentences)
    assert not any(word in sentence for sentence in sentences for word in NOT_FOR_PEOPLE)
