"""A service on loopback that names every message after 50 ms: python -m tests.benchmarks.answering.

Prints its address. A request a connection; nothing is kept.
"""

import asyncio
import re
import sys

ANSWER_S = 0.05
_ID = re.compile(rb'"id": ?"([^"]+)"')
_LENGTH = re.compile(rb"(?i)content-length: (\d+)")


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    assert length is not None
    body = await reader.readexactly(int(length[1]))
    ready = asyncio.get_running_loop().time() + ANSWER_S
    named = b",".join(
        b'{"messageId":"m-%b","trackinId":"%b"}' % (name, name) for name in _ID.findall(body)
    )
    await asyncio.sleep(ready - asyncio.get_running_loop().time())
    lines = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    writer.write(lines % (len(named) + 2) + b"Connection: close\r\n\r\n[" + named + b"]")
    await writer.drain()
    writer.close()


async def serve() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0, limit=1 << 20)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
