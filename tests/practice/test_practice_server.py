import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from shapes import STANDARD, Caller, batch_of, bent

from cascade_desktop.practice.behaviour import Behaviour
from cascade_desktop.practice.books import Books
from cascade_desktop.practice.server import PracticeServer

FOREGROUND = (
    "import sys; from pathlib import Path; from cascade_desktop.practice.server import serve; "
    "serve(Path(sys.argv[1]), int(sys.argv[2]))"
)


def foreground(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-W", "error", "-c", FOREGROUND, str(folder), "0"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_starting_twice_is_starting_once(tmp_path: Path):
    server = PracticeServer(tmp_path)
    assert server.start() == server.start()
    server.stop()
    server.stop()
    assert "practice" not in threads()


def test_a_stopped_service_answers_nobody_and_can_start_again(tmp_path: Path):
    server = PracticeServer(tmp_path)
    address = server.start()
    server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(address, trust_env=False)
    with server:
        assert httpx.get(f"{server.base_url}/practice/books", trust_env=False).json() == []
    with pytest.raises(RuntimeError):
        _ = server.base_url


def test_a_port_in_use_is_told_at_once(tmp_path: Path):
    with PracticeServer(tmp_path / "a") as first:
        port = int(first.base_url.rsplit(":", 1)[1])
        with pytest.raises(OSError, match=r"in use|10048|10013"):
            PracticeServer(tmp_path / "b", port=port).start()


def test_a_folder_that_cannot_be_is_told_at_once(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError):  # noqa: PT011 - its words are the system's
        PracticeServer(tmp_path / "file" / "practice").start()


def test_it_listens_on_loopback_alone(tmp_path: Path):
    with PracticeServer(tmp_path) as server:
        port = int(server.base_url.rsplit(":", 1)[1])
        assert server.base_url == f"http://127.0.0.1:{port}"
        with socket.socket() as other:
            other.settimeout(1)
            assert other.connect_ex(("127.0.0.2", port)) != 0


def test_stopping_does_not_wait_for_an_answer_that_is_held_back(tmp_path: Path):
    server = PracticeServer(tmp_path, behaviour=Behaviour(delay_s=60))
    caller = Caller(server.start())
    with caller.http, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(caller.send, batch_of(1))
        while not server.books.counts() and not answer.done():
            time.sleep(0.01)
        server.stop()
        with pytest.raises(httpx.RemoteProtocolError):
            answer.result()


def test_ten_thousand_messages_are_all_taken(tmp_path: Path):
    with PracticeServer(tmp_path) as server:
        caller = Caller(server.base_url)
        with caller.http:
            batches = [batch_of(1000, start) for start in range(0, 10_000, 1000)]
            codes = {caller.send(batch).status_code for batch in batches}
        assert codes == {200}
        assert len(server.books.counts()) == 10_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_in_the_foreground_it_ends_cleanly(tmp_path: Path, number: signal.Signals):
    with foreground(tmp_path) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert httpx.get(f"{address}/practice/books", trust_env=False).json() == []
        process.send_signal(number)
        rest, complaints = process.communicate(timeout=20)
    assert (process.returncode, rest, complaints) == (0, "", "")


def test_what_was_answered_for_survives_a_kill(tmp_path: Path):
    with foreground(tmp_path) as process:
        assert process.stdout is not None
        caller = Caller(process.stdout.readline().strip())
        with caller.http:
            receipts = caller.send(batch_of(1000)).json()
        process.kill()
        process.communicate(timeout=20)
    books = Books(tmp_path)
    assert all(books.find(receipt["messageId"]) for receipt in receipts)
    books.close()


def test_a_client_that_leaves_in_mid_request_does_no_harm(tmp_path: Path, caplog):
    with PracticeServer(tmp_path) as server:
        port = int(server.base_url.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as half:
            head = f"POST {STANDARD} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999\r\n\r\n["
            half.sendall(head.encode())
        caller = Caller(server.base_url)
        with caller.http:
            assert caller.send([bent()]).status_code == 200
        assert sum(server.books.counts().values()) == 1
    assert not caplog.records
