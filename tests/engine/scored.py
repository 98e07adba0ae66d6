"""Check a file as `check --json` does, and judge the answer as a manifest wants it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cascade_desktop.core.recipients import Choice, read_recipients
from cascade_desktop.engine.tables.check import check_report
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.ui.wording_reading import say_reading

NOT_FOR_PEOPLE = ("Traceback", "Error:", "Exception", "NoneType", "codec", "BadZip", "zlib", "XML")


def check(path: Path, country: str) -> dict[str, Any]:
    """Do what `check --json` does, without the processes."""
    try:
        table = read_table(path, ReadChoice(country=country))
    except UnreadableFileError as error:
        return check_report(error.problem, None, say_reading)
    found = read_recipients(table, Choice(country=country))
    return check_report(table, found, say_reading, country=country)


def faults(report: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """Return all that is not as the manifest wants it."""
    found = _faults_of_sentences(report)
    status = report["status"]
    if status != wanted["expect"] and status in wanted.get("also", ()):
        phones = wanted.get("also_phones", report["phones"])
        return found if report["phones"] == phones else [*found, f"phones {report['phones'][:3]}"]
    if status != wanted["expect"] or report["code"] != wanted.get("code", report["code"]):
        rows = status == wanted["expect"] == "rows"
        found += [] if rows else [f"{status} {report['code']}: {report['message']}"]
    if wanted.get("phones") is not None and report["phones"] != wanted["phones"]:
        found.append(f"phones {report['phones'][:3]}")
    if len(report["invalid"]) != wanted.get("invalid", len(report["invalid"])):
        found.append(f"invalid {report['invalid'][:3]}")
    values, counts = report.get("values", {}), report.get("counts", {})
    for column, texts in wanted.get("texts", {}).items():
        if values.get(column, [])[: len(texts)] != texts:
            found.append(f"{column} {values.get(column, [])[: len(texts)]}")
    wrong = [name for name, count in wanted.get("counts", {}).items() if counts.get(name) != count]
    return found + [f"{name} {counts.get(name)}" for name in wrong]


def _faults_of_sentences(report: Mapping[str, Any]) -> list[str]:
    sentences = [report["message"], *(row["reason"] for row in report["invalid"])]
    return [
        f"not for people: {sentence[:80]}"
        for sentence in sentences
        if not 15 <= len(sentence) <= 400 or any(word in sentence for word in NOT_FOR_PEOPLE)
    ]
