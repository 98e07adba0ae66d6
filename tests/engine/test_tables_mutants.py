"""Damage good files at random: a table or a problem comes out, never a traceback."""

import io
import os
import random
import re
import zipfile
from pathlib import Path

import pytest
from workbooks import MAIN, row, sheet, text, write_ods, write_xlsx

from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.engine.tables.reading import read_table
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

MUTANTS = int(os.environ.get("CASCADE_DESKTOP_MUTANTS", "120"))
"""Of each kind; the long run takes 500."""
PHONES = ("+380501112233", "0672223344", "380933334455")


def good_files(folder: Path) -> list[Path]:
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
    book = sheet(head, *rows, shared, after=merged)
    return [
        write_xlsx(folder / "a.xlsx", book, strings=strings, formats=["0.00"]),
        write_ods(folder / "a.ods", f'<table:table table:name="S">{cells}</table:table>'),
        csv,
        old,
    ]


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
    """Drop, repeat or swap tags, and put odd values into attributes."""
    pieces = re.split(r"(<[^>]*>)", part)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(pieces))
        match dice.randrange(5):
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
            case _:
                pieces[place] += dice.choice(["<x>", "</c>", "&bad;", "\x01", "<!DOCTYPE a>"])
    return "".join(pieces)


def with_damaged_part(data: bytes, dice: random.Random) -> bytes:
    """Damage one XML part of a zipped document and zip it again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    name = dice.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    parts[name] = damaged_markup(parts[name].decode(), dice).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for place, part in parts.items():
            archive.writestr(place, part)
    return out.getvalue()


def phones_in(path: Path) -> list[str]:
    """Return the phones that would get a message."""
    try:
        table = read_table(path)
    except UnreadableFileError:
        return []
    found = read_recipients(table, Choice())
    return [found.phones[row] for row in found.ready] if isinstance(found, Recipients) else []


@pytest.mark.parametrize("kind", range(4), ids=["xlsx", "ods", "csv", "old csv"])
def test_damaged_bytes_never_break_the_reader(tmp_path: Path, kind: int) -> None:
    dice = random.Random(kind)
    good = good_files(tmp_path)[kind]
    data = good.read_bytes()
    mutant = good.with_stem("mutant")

    for _ in range(MUTANTS):
        mutant.write_bytes(damaged_bytes(data, dice))
        phones = phones_in(mutant)
        assert all(phone.startswith("+") for phone in phones)


@pytest.mark.parametrize("kind", range(2), ids=["xlsx", "ods"])
def test_damaged_markup_never_makes_a_phone(tmp_path: Path, kind: int) -> None:
    dice = random.Random(kind)
    good = good_files(tmp_path)[kind]
    data = good.read_bytes()
    mutant = good.with_stem("mutant")
    real = {"+380501112233", "+380672223344", "+380933334455"}

    for _ in range(MUTANTS):
        mutant.write_bytes(with_damaged_part(data, dice))
        assert set(phones_in(mutant)) <= real
