import gzip
import tracemalloc
import zlib

import pytest

from cascade_desktop.engine.unpacking import NotUnpackedError, Unpacker

MB = 1024 * 1024
PIECE = 64 * 1024


def unpack(data: bytes, encoding: str = "gzip", most: int = MB, piece: int = PIECE) -> bytes:
    unpacker = Unpacker(encoding, most)
    for at in range(0, len(data), piece):
        unpacker.feed(data[at : at + piece])
    return unpacker.whole()


@pytest.mark.parametrize("piece", [1, 7, PIECE])
@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZip "])
def test_what_is_packed_comes_back(encoding: str, piece: int) -> None:
    assert unpack(gzip.compress(b"[1, 2]"), encoding, piece=piece) == b"[1, 2]"


@pytest.mark.parametrize("encoding", ["", "identity"])
def test_what_is_not_packed_stays_as_it_is(encoding: str) -> None:
    assert unpack(b"x" * MB, encoding) == b"x" * MB


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(b"[]", "gzip", id="not packed"),
        pytest.param(b"", "gzip", id="empty"),
        pytest.param(gzip.compress(b"[]")[:-1], "gzip", id="cut"),
        pytest.param(gzip.compress(b"[]") + b"x", "gzip", id="goes on"),
        pytest.param(gzip.compress(b"[]") * 2, "gzip", id="two of them"),
        pytest.param(gzip.compress(b"[]")[:-8] + b"\0" * 8, "gzip", id="wrong sum"),
        pytest.param(zlib.compress(b"[]"), "deflate", id="deflate"),
        pytest.param(b"[]", "br", id="brotli"),
        pytest.param(gzip.compress(gzip.compress(b"[]")), "gzip, gzip", id="twice"),
        pytest.param(b" " * (MB + 1), "", id="too large"),
        pytest.param(gzip.compress(b" " * (MB + 1)), "gzip", id="too large when unpacked"),
        pytest.param(gzip.compress(b"")[:10] + b"\0\0\0\xff\xff" * MB, "gzip", id="endless"),
    ],
)  # fmt: skip
def test_what_lies_or_is_too_much_is_refused(data: bytes, encoding: str) -> None:
    with pytest.raises(NotUnpackedError):
        unpack(data, encoding)


def test_a_bomb_takes_little_memory() -> None:
    bomb = gzip.compress(b" " * (64 * MB), 1)
    tracemalloc.start()
    with pytest.raises(NotUnpackedError):
        unpack(bomb, most=8 * MB)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * MB
