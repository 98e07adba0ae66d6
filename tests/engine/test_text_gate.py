"""Text that is no list is refused before it is in memory."""

import tracemalloc
from pathlib import Path

import pytest

from cascade_desktop.core.reading_problems import FileFault
from cascade_desktop.engine.tables.text_gate import LARGEST_FILE, text_bytes
from cascade_desktop.engine.tables.unreadable import UnreadableFileError

START = "Телефон;Ім’я\n+380501112233;Оля\n".encode()
BIG = 64_000_000


def fault_of(path: Path) -> FileFault:
    with pytest.raises(UnreadableFileError) as raised:
        text_bytes(path)
    return raised.value.problem.fault


@pytest.mark.parametrize(
    ("sign", "fault"),
    [
        pytest.param(b"a", FileFault.TOO_BIG, id="a word without an end"),
        pytest.param(b";", FileFault.TOO_BIG, id="cells without an end"),
        pytest.param(b'"', FileFault.TOO_BIG, id="quotes without an end"),
        pytest.param(b"\n", FileFault.TOO_BIG, id="empty lines"),
        pytest.param(b"\r", FileFault.TOO_BIG, id="empty lines of an old Mac"),
        pytest.param(b"+380501112233\r\n", FileFault.TOO_BIG, id="more people than rows"),
        pytest.param(b'"1"\n', FileFault.TOO_BIG, id="more people in quotes"),
        pytest.param(b"\0", FileFault.CORRUPT, id="torn by a power cut"),
    ],
)
def test_an_endless_text_is_refused_without_being_read(
    tmp_path: Path, sign: bytes, fault: FileFault
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(START + sign * (BIG // len(sign)))
    tracemalloc.start()
    try:
        assert fault_of(path) is fault
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < BIG // 4


def test_a_file_of_gigabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(START)
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)

    assert fault_of(path) is FileFault.TOO_BIG


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sep=;\n" + "1;2\n" * 1_048_576, id="every row of a sheet"),
        pytest.param('"two\nlines";1\n' * 600_000, id="cells of two lines"),
        pytest.param("+380501112233\x00;Оля\x00\n" * 10, id="a stray zero byte"),
        pytest.param("\n".join(["x" * 1_500_000] * 3), id="long lines"),
    ],
)
def test_a_long_list_is_no_endless_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())

    assert text_bytes(path) == text.encode()
    path.write_bytes(text.encode("utf-16"))
    assert text_bytes(path) == text.encode("utf-16")
