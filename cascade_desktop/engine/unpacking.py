"""Unpack an answer within a limit: a bomb is stopped while it is unpacked, not after."""

import zlib

PACKING = "gzip"
"""What the client asks for besides plain answers, and all that it unpacks."""
_GZIP_BITS = zlib.MAX_WBITS | 16


class NotUnpackedError(Exception):
    """An answer is not packed as it says, or too large."""


class Unpacker:
    """Takes an answer's bytes as they arrive, and keeps no more than ``most`` of them unpacked.

    Raises NotUnpackedError, when it is made, for a Content-Encoding that nobody asked for.
    """

    def __init__(self, encoding: str, most: int) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", PACKING, f"x-{PACKING}"):
            raise NotUnpackedError
        self._zlib = zlib.decompressobj(_GZIP_BITS) if name.endswith(PACKING) else None
        self._left = self._left_packed = most
        self._parts: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Take more.

        Raises:
            NotUnpackedError: it is broken, goes on after its end, or is too much.
        """
        self._left_packed -= len(data)
        found = data if self._zlib is None else self._unpack(self._zlib, data)
        self._left -= len(found)
        if self._left < 0 or self._left_packed < 0:
            raise NotUnpackedError
        self._parts.append(found)

    def whole(self) -> bytes:
        """Return all of it.

        Raises:
            NotUnpackedError: it ended too early.
        """
        if self._zlib is not None and not self._zlib.eof:
            raise NotUnpackedError
        return b"".join(self._parts)

    def _unpack(self, packed: "zlib._Decompress", data: bytes) -> bytes:
        try:
            found = packed.decompress(data, self._left + 1)
        except zlib.error:
            raise NotUnpackedError from None
        if packed.unused_data:
            raise NotUnpackedError
        return found
