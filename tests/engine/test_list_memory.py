"""How lists were read the last time, remembered by their shape."""

import json
import threading
from pathlib import Path

import pytest

from cascade_desktop.core.table import Source, Table
from cascade_desktop.core.understanding import Columns, Understanding, find_columns, shape_of
from cascade_desktop.engine.list_memory import FILE_NAME, MOST, ListMemory
from cascade_desktop.engine.list_opening import Opened, open_list
from cascade_desktop.engine.tables.child import WarmReader

KNOWN = Understanding("Моб.", "UA", header_row=2)
NAMES = ("Хто", "Телефон", "Моб.")


def table(names: tuple[str, ...] = NAMES, phone: str = "0501112233") -> Table:
    columns = tuple((phone if name == "Моб." else "x",) for name in names)
    return Table(Source("x.csv", "csv"), names, columns, (2,))


def test_what_was_chosen_is_found_again_after_a_restart(tmp_path: Path) -> None:
    ListMemory(tmp_path / "new").remember("shape", KNOWN)

    assert ListMemory(tmp_path / "new").recall("shape") == KNOWN


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="cut off"),
        pytest.param("[]", id="a list"),
        pytest.param('{"shape": 3}', id="no entry"),
        pytest.param('{"shape": {"phone_column": 3, "country": "UA"}}', id="no text"),
        pytest.param('{"shape": {"phone_column": "a"}}', id="field missing"),
        pytest.param("[" * 100_000, id="too deep"),
        pytest.param(" " * (2 << 20), id="too large"),
    ],
)
def test_a_damaged_memory_is_forgotten_without_fuss(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    memory = ListMemory(tmp_path)

    assert memory.recall("shape") is None
    memory.remember("shape", KNOWN)
    assert memory.recall("shape") == KNOWN


def test_only_the_newest_shapes_are_kept(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path)
    old = {str(n): {"phone_column": "a", "country": "UA"} for n in range(MOST)}
    entry = {"sheet": "", "header_row": None, "encoding": "", "separator": "", "consent_column": ""}
    (tmp_path / FILE_NAME).write_text(json.dumps({n: e | entry for n, e in old.items()}))

    memory.remember("0", KNOWN)
    memory.remember("new", KNOWN)

    assert memory.recall("1") is None
    assert memory.recall("0") == memory.recall("new") == KNOWN


def test_nothing_of_the_list_but_its_chosen_columns_is_kept(tmp_path: Path) -> None:
    memory = ListMemory(tmp_path)
    memory.remember(shape_of(table()), KNOWN)

    kept = (tmp_path / FILE_NAME).read_text(encoding="utf-8")

    assert "Моб." in kept
    assert "Хто" not in kept
    assert "0501112233" not in kept


def test_a_shape_is_its_kind_and_names_however_they_are_written_or_ordered() -> None:
    assert shape_of(table()) == shape_of(table(("МОБ", "хто ", "телефон")))
    assert shape_of(table()) != shape_of(table((*NAMES, "Ще")))
    assert shape_of(table(("", ""))) == ""


@pytest.mark.parametrize(
    ("names", "phone", "found"),
    [
        pytest.param(NAMES, "0501112233", Columns(2, None), id="as it was"),
        pytest.param(("Моб.", "Хто"), "0501112233", Columns(0, None), id="moved"),
        pytest.param(("Хто",), "0501112233", None, id="column gone"),
        pytest.param(NAMES, "немає", None, id="no phones in it"),
        pytest.param(("Моб.", "моб"), "0501112233", None, id="two of them"),
    ],
)
def test_a_memory_that_does_not_fit_is_not_used(
    names: tuple[str, ...], phone: str, found: Columns | None
) -> None:
    assert find_columns(KNOWN, table(names, phone)) == found


def test_a_consent_column_that_is_gone_ends_the_memory() -> None:
    known = Understanding("Моб.", "UA", consent_column="Згода")

    assert find_columns(known, table()) is None
    assert find_columns(known, table((*NAMES, "Згода"))) == Columns(2, 3)


def opened(folder: Path, text: str, known: Understanding | None) -> Opened:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    memory, reader = ListMemory(folder), WarmReader()
    try:
        first = open_list(reader, memory, path, "UA", cancelled=threading.Event())
        if known is not None:
            memory.remember(first.shape, known)
        return open_list(reader, memory, path, "IT", cancelled=threading.Event())
    finally:
        reader.close()


TWO = "Телефон,Моб.\nстарий,новий\n0501112233,0672223344\n"


def test_a_file_is_read_as_one_of_its_shape_was(tmp_path: Path) -> None:
    found = opened(tmp_path, TWO, Understanding("новий", "UA", header_row=2))

    assert found.columns == Columns(1, None)
    assert (found.table.source.header_row, found.country) == (2, "UA")


def test_a_memory_that_makes_it_worse_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    found = opened(tmp_path, TWO, Understanding("новий", "UA", sheet="Лист", header_row=77))

    assert found.columns is None
    assert (found.table.source.header_row, found.country) == (1, "IT")
