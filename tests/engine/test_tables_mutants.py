"""Damage good files at random: a table or a problem comes out, never a traceback."""

import io
import os
import random
import re
import shutil
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from workbooks import MAIN, row, sheet, text, write_ods, write_xlsx

from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.engine.tables.child import read_in_child
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

MUTANTS = int(os.environ.get("CASCADE_DESKTOP_MUTANTS", "30"))
"""Of each of ten kinds: `CASCADE_DESKTOP_MUTANTS=200 pytest tests/engine/test_tables_mutants.py`
is the long run of 2,000."""
LONGEST_S = 10.0
KEPT = Path(__file__).parents[1] / "spreadsheets" / "own"
PHONES = ("+380501112233", "0672223344", "380933334455")


def good_files(folder: Path) -> dict[str, Path]:
    """Write a file of each kind."""
    head = row(1, "phone", "name", "sum")
    rows = [
        row(n, phone, "Олена", f'<c r="C{n}" s="1"><v>{n}.5</v></c>')
        for n, phone in enumerate(PHONES, 2)
    ]
    strings = f'<sst xmlns="{MAIN}"><si><t>{PHONES[0]}</t></si></sst>'
    merged = '<mergeCells><mergeCell ref="B2:B4"/></mergeCells>'
    shared = row(5, '<c r="A5" t="s"><v>0</v></c>', text("B5", "x"))
    cells = "".join(
        f"<table:table-row><table:table-cell><text:p>{phone}</text:p></table:table-cell>"
        "</table:table-row>"
        for phone in ("phone", *PHONES)
    )
    lines = "phone;name\r\n" + "".join(f'{phone};"Ґанна ""Ї"" {phone}"\r\n' for phone in PHONES)
    csv = folder / "a.csv"
    csv.write_bytes(lines.encode())
    old = folder / "b.csv"
    old.write_bytes(lines.encode("cp1251"))
    tabbed = folder / "c.tsv"
    tabbed.write_bytes(lines.replace(";", "\t").encode("utf-16"))
    book = sheet(head, *rows, shared, before="<cols><col min='3' max='3'/></cols>", after=merged)
    macros = {"xl/vbaProject.bin": "x"}
    return {
        "xlsx": write_xlsx(folder / "a.xlsx", book, formats=["0.00"], strings=strings),
        "xlsm": write_xlsx(
            folder / "a.xlsm", book, formats=["0.00"], strings=strings, extra=macros
        ),
        "ods": write_ods(folder / "a.ods", f'<table:table table:name="S">{cells}</table:table>'),
        "csv": csv,
        "old csv": old,
        "tsv": tabbed,
        **{kind: Path(shutil.copy(KEPT / f"people.{kind}", folder)) for kind in ("xls", "xlsb")},
    }


def damaged_bytes(data: bytes, dice: random.Random) -> bytes:
    """Flip, drop, repeat or cut bytes."""
    mutant = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(max(1, len(mutant)))
        match dice.randrange(4):
            case 0:
                mutant[place : place + 1] = bytes([dice.randrange(256)])
            case 1:
                del mutant[place : place + dice.randint(1, 20)]
            case 2:
                mutant[place:place] = mutant[place : place + dice.randint(1, 40)]
            case _:
                mutant = mutant[: max(1, place)] if dice.random() < 0.2 else mutant
    return bytes(mutant)


def damaged_markup(part: str, dice: random.Random) -> str:
    """Drop, repeat or swap tags, break references, put odd values into attributes."""
    pieces = re.split(r"(<[^>]*>)", part)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(pieces))
        match dice.randrange(7):
            case 0:
                pieces[place] = ""
            case 1:
                pieces[place] *= 2
            case 2:
                other = dice.randrange(len(pieces))
                pieces[place], pieces[other] = pieces[other], pieces[place]
            case 3:
                odd = dice.choice(["-1", "", "99999999999", "A0", "NaN", "１", "1e9", "&#0;"])
                pieces[place] = re.sub(r'"[^"]*"', f'"{odd}"', pieces[place], count=1)
            case 4:
                pieces[place] = re.sub(r"rId[0-9]+|[A-Z]+(?=[0-9])", "rId9", pieces[place])
            case 5:
                pieces[place] = _swapped(pieces[place])
            case _:
                pieces[place] += dice.choice(["<x>", "</c>", "&bad;", "\x01", "<!DOCTYPE a>"])
    return "".join(pieces)


def _swapped(tag: str) -> str:
    """Swap the values of a tag's first two attributes."""
    return re.sub(r'("[^"]*")(.*?)("[^"]*")', r"\3\2\1", tag, count=1, flags=re.DOTALL)


def with_damaged_part(data: bytes, dice: random.Random) -> bytes:
    """Damage one XML part of a zipped document and zip it again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    name = dice.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    encoding = dice.choice(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1251"])
    damaged = damaged_markup(parts[name].decode(), dice)
    parts[name] = damaged.encode(encoding, "replace")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for place, part in parts.items():
            archive.writestr(place, part)
    return out.getvalue()


def phones_in(path: Path, kind: str) -> list[str]:
    """Return the phones that would get a message; what calamine reads is read in a child."""
    began = time.monotonic()
    try:
        table = (read_in_child if kind in {"xls", "xlsb"} else read_table)(path)
    except UnreadableFileError:
        return []
    finally:
        assert time.monotonic() - began < LONGEST_S
    found = read_recipients(table, Choice())
    return [found.phones[row] for row in found.ready] if isinstance(found, Recipients) else []


def holds(data: bytes, phone: str) -> bool:
    """Tell whether a file's bytes hold a phone: as text, marks and tags aside, or as a number."""
    if phone[1:] in REAL:
        return True
    parts = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(info) for info in archive.infolist()]
    numbers = [float(phone[at:]) for at in (1, 3, 4)]
    if any(struct.pack("<d", number) in part for part in parts for number in numbers):
        return True
    plain = [re.sub(rb"<[^>]*>|[^0-9]", b"", part) for part in parts]
    return any(phone[4:].encode() in part for part in plain)


def mutate_and_read(good: Path, kind: str, damage: Callable[[bytes, random.Random], bytes]) -> None:
    """Damage a file again and again; every phone read must be in the damaged file."""
    dice = random.Random(kind)
    data = good.read_bytes()
    mutant = good.with_stem("mutant")
    for _ in range(MUTANTS if kind not in {"xls", "xlsb"} or MUTANTS > 100 else MUTANTS // 6):
        damaged = damage(data, dice)
        mutant.write_bytes(damaged)
        assert [phone for phone in phones_in(mutant, kind) if not holds(damaged, phone)] == []


REAL = {"380501112233", "380672223344", "380933334455"}
BYTES = ("xlsx", "ods", "csv", "old csv", "tsv", "xls", "xlsb")


@pytest.mark.parametrize("kind", BYTES)
def test_damaged_bytes_never_break_the_reader(tmp_path: Path, kind: str) -> None:
    mutate_and_read(good_files(tmp_path)[kind], kind, damaged_bytes)


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "ods"])
def test_damaged_markup_never_makes_a_phone(tmp_path: Path, kind: str) -> None:
    mutate_and_read(good_files(tmp_path)[kind], kind, with_damaged_part)
