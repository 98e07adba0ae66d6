"""Look at what an .xls says beside its cells, whole and damaged."""

import random
import struct
from pathlib import Path

from cascade_desktop.engine.tables.xls_layout import read_xls_layout

WRITTEN = (Path(__file__).parents[1] / "spreadsheets" / "own" / "people.xls").read_bytes()
COLUMN = struct.pack("<HHHH", 0x7D, 12, 1, 1)
MERGED = struct.pack("<HHH4H", 0xE5, 10, 1, 1, 3, 1, 1)


def with_record_of_row(row: int, record: bytes) -> bytes:
    """Write a record over the one of a row."""
    at = WRITTEN.find(b"\x08\x02\x10\x00" + struct.pack("<H", row))
    rest = 20 - len(record) - 4
    return WRITTEN[:at] + record + struct.pack("<HH", 0, rest) + bytes(rest) + WRITTEN[at + 20 :]


def test_a_sheet_tells_its_size_and_hides_nothing() -> None:
    sheet = read_xls_layout(WRITTEN).sheets[0]

    assert (sheet.area, sheet.hidden_rows, sheet.hidden_columns, sheet.merged) == (
        16,
        set(),
        [],
        [],
    )


def test_a_hidden_column_is_told() -> None:
    record = COLUMN + struct.pack("<HHHH", 2000, 0, 1, 0)[:8]

    assert read_xls_layout(with_record_of_row(3, record)).sheets[0].hidden_columns == [(1, 2)]


def test_merged_cells_are_told() -> None:
    assert read_xls_layout(with_record_of_row(3, MERGED)).sheets[0].merged == [(1, 2, 4)]


def test_a_damaged_file_tells_nothing_and_ends() -> None:
    dice = random.Random(4)

    for _ in range(300):
        mutant = bytearray(WRITTEN)
        for _ in range(dice.randint(1, 9)):
            mutant[dice.randrange(len(mutant))] = dice.randrange(256)
        assert read_xls_layout(bytes(mutant[: dice.randrange(len(mutant))])).active >= 0
