import pytest

from cascade_desktop.core.pasted import table_from_text

ONE, TWO = "0501112233", "0671112233"
CASES = [
    pytest.param("050 111 22 33", [("050 111 22 33",)], id="one number"),
    pytest.param("0501112233\n0671112233\n", [("0501112233",), ("0671112233",)], id="lines"),
    pytest.param("0501112233, 0671112233", [("0501112233",), ("0671112233",)], id="commas"),
    pytest.param("0501112233;\r\n\r\n0671112233", [("0501112233",), ("0671112233",)], id="mixed"),
    pytest.param("A\t0501112233\nB\t067", [("A", "0501112233"), ("B", "067")], id="cells"),
    pytest.param('"A\nB"\t0501112233', [("A\nB", "0501112233")], id="a line break in a cell"),
    pytest.param("A\t0501112233\nB", [("A", "0501112233"), ("B", "")], id="ragged"),
    pytest.param(f'{ONE}\t"A\n{TWO}\tB\n', [(ONE, '"A'), (TWO, "B")], id="a quotation mark alone"),
    pytest.param(f'"A\t{ONE}\n"B\t{TWO}', [('"A', ONE), ('"B', TWO)], id="two of them"),
    pytest.param(f'{ONE}\t"A ""B"""', [(ONE, 'A "B"')], id="quotation marks in quotes"),
    pytest.param(f"{ONE}\t\r\n\t{TWO}\t", [(ONE, "", ""), ("", TWO, "")], id="empty cells"),
    pytest.param(f"{ONE}\t" + "y" * 200_000, [(ONE, "y" * 200_000)], id="a cell without an end"),
    pytest.param("", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_every_pasted_cell_has_its_place(text: str, rows: list[tuple[str, ...]]):
    table = table_from_text(text, "typed")

    assert [table.row(index) for index in range(len(table))] == rows
    assert tuple(table.row_numbers) == tuple(range(1, len(rows) + 1))


def test_pasted_names_of_columns_are_names():
    table = table_from_text("Name\tPhone\nA\t0501112233\nB\t0671112233", "pasted")

    assert table.names == ("Name", "Phone")
    assert tuple(table.row_numbers) == (2, 3)
    assert table.source.header_row == 1
