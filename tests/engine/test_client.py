import asyncio
import gzip
import json
import socket
import time
import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest
from certificates import self_signed
from fault_server import TINY_WINDOW, Act, End, FaultServer, http, receipts, says

from cascade_desktop.core.drafts import Route
from cascade_desktop.core.outcome import Answer
from cascade_desktop.core.proxy import NO_PROXY, Proxy, read_proxy
from cascade_desktop.core.states import Reason
from cascade_desktop.core.target import Keys, Target, read_target
from cascade_desktop.engine.client import (
    ANSWER_MOST_BYTES,
    Client,
    ClientError,
    KeyCheck,
    NoAnswerError,
    NotSentError,
    StopError,
)
from cascade_desktop.engine.waits import Waits

T = TypeVar("T")
SECRET = "top-secret-key"
KEYS = Keys(SECRET, "viber-secret", "telegram-secret")
SMALL, LARGE = 1_000, 1_000_000


def target(url: str) -> Target:
    found = read_target(url)
    assert isinstance(found, Target)
    return found


def batch(size: int) -> bytes:
    return json.dumps([{"id": "one", "text": "x" * size}, {"id": "two", "text": ""}]).encode()


def talk(
    url: str,
    do: Callable[[Client], Awaitable[T]],
    *,
    deadline_s: float = 20.0,
    waits: Waits | None = None,
    proxy: Proxy = NO_PROXY,
) -> T:
    async def go() -> T:
        client = Client(target(url), KEYS, waits=waits, deadline_s=deadline_s, proxy=proxy)
        try:
            return await do(client)
        finally:
            await client.aclose()

    return asyncio.run(go())


def send(
    url: str, size: int = SMALL, *, deadline_s: float = 20.0, waits: Waits | None = None
) -> Answer:
    return talk(
        url,
        lambda client: client.send(Route.STANDARD, batch(size)),
        deadline_s=deadline_s,
        waits=waits,
    )


def proxy_at(server: FaultServer) -> Proxy:
    proxy = read_proxy(server.url)
    assert isinstance(proxy, Proxy)
    return proxy


@contextmanager
def closed_port() -> Iterator[str]:
    """Keep a port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


class TestWhatBreaksWhere:
    @pytest.mark.parametrize(
        ("act", "size", "error"),
        [
            pytest.param(Act(reads=0, answer=None), LARGE, NotSentError, id="after the head"),
            pytest.param(
                Act(reads=0, answer=None, end=End.RESET), LARGE, NotSentError, id="reset at head"
            ),
            pytest.param(Act(reads=0.5, answer=None), LARGE, NotSentError, id="in the body"),
            pytest.param(
                Act(reads=0.5, answer=None, end=End.RESET), LARGE, NotSentError, id="reset in body"
            ),
            pytest.param(
                Act(reads=0.5, end=End.SILENCE), LARGE, NotSentError, id="body stuck half way"
            ),
            pytest.param(Act(answer=None), SMALL, NoAnswerError, id="small, after the body"),
            pytest.param(Act(answer=None), LARGE, NoAnswerError, id="after the body"),
            pytest.param(
                Act(answer=None, end=End.RESET), SMALL, NoAnswerError, id="small, reset after body"
            ),
            pytest.param(
                Act(answer=None, end=End.RESET), LARGE, NoAnswerError, id="reset after the body"
            ),
            pytest.param(Act(end=End.SILENCE), SMALL, NoAnswerError, id="small, never answers"),
            pytest.param(Act(end=End.SILENCE), LARGE, NoAnswerError, id="never answers"),
            pytest.param(Act(answer=b"HTTP/1.1 200"), SMALL, NoAnswerError, id="half a status"),
            pytest.param(
                Act(answer=b"\x15\x03\x01\x00\x02\x02\x0a"), SMALL, NoAnswerError, id="garbage"
            ),
            pytest.param(
                Act(answer=http(200, b"[{", length=500)), SMALL, NoAnswerError, id="truncated"
            ),
            pytest.param(
                Act(answer=http(200, b"[]", length=5), end=End.RESET),
                SMALL,
                NoAnswerError,
                id="reset in the answer",
            ),
        ],
    )
    def test_only_a_body_that_cannot_have_arrived_whole_is_not_sent(
        self, act: Act, size: int, error: type[ClientError]
    ) -> None:
        with FaultServer(window=TINY_WINDOW) as server:
            server.plays(act)
            with pytest.raises(ClientError) as caught:
                send(server.url, size, deadline_s=1.0)
            server.wait_for(lambda: len(server.requests) == 1 or error is NotSentError)
        assert type(caught.value) is error
        assert error is NoAnswerError or not server.taken

    def test_a_small_body_that_is_half_read_is_never_called_taken(self) -> None:
        with FaultServer() as server:
            server.plays(Act(reads=0.5, answer=None))
            with pytest.raises((NotSentError, NoAnswerError)):
                send(server.url)

    def test_a_connection_that_is_reset_at_once_is_never_called_unanswered(self) -> None:
        with FaultServer(window=TINY_WINDOW) as server:
            server.plays(Act(reads=-1, end=End.RESET))
            with pytest.raises(NotSentError):
                send(server.url, LARGE)

    def test_a_closed_port_is_no_connection(self) -> None:
        with closed_port() as url, pytest.raises(NotSentError) as caught:
            send(url)
        assert caught.value.reason is Reason.NO_CONNECTION

    def test_a_service_that_takes_no_connection_is_given_up_in_time(self) -> None:
        with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
            address = full.getsockname()
            queue = [socket.socket() for _ in range(4)]
            for waiting in queue:
                waiting.setblocking(False)
                waiting.connect_ex(address)
            with pytest.raises(NotSentError) as caught:
                send(f"http://127.0.0.1:{address[1]}", waits=Waits(scale=0.02))
            for waiting in queue:
                waiting.close()
        assert caught.value.reason is Reason.NO_CONNECTION

    def test_an_early_answer_counts_though_the_body_was_never_read(self) -> None:
        with FaultServer() as server:
            server.plays(Act(reads=0, answer=http(401, b"{}"), end=End.LINGER))
            assert send(server.url).status == 401


class TestWhatIsPrivate:
    def test_a_certificate_that_nobody_vouches_for_stops(self) -> None:
        with FaultServer(tls=self_signed()) as server, pytest.raises(StopError) as caught:
            send(server.url)
        assert caught.value.reason is Reason.NOT_PRIVATE
        assert not server.requests

    def test_a_service_without_tls_behind_https_is_no_connection(self, server: FaultServer) -> None:
        server.plays(Act(reads=-1, answer=None))
        with pytest.raises(NotSentError):
            send(server.url.replace("http:", "https:"))
        assert not server.requests

    @pytest.mark.parametrize(
        ("status", "error", "reason"),
        [
            pytest.param(407, StopError, Reason.PROXY_LOGIN, id="asks for a login"),
            pytest.param(502, NotSentError, Reason.PROXY_DOWN, id="cannot reach the service"),
        ],
    )
    def test_a_proxy_that_does_not_connect_has_sent_nothing(
        self, server: FaultServer, status: int, error: type[ClientError], reason: Reason
    ) -> None:
        server.default = says(status)
        with pytest.raises(error) as caught:
            talk(
                "https://restapi.smsbat.com",
                lambda client: client.send(Route.STANDARD, batch(SMALL)),
                proxy=proxy_at(server),
            )
        assert caught.value.reason is reason
        assert SECRET not in str(server.requests)

    @pytest.mark.parametrize("act", [Act(answer=None), Act(answer=b"?"), Act(reads=-1)])
    def test_keys_are_in_no_text_of_a_failure(self, server: FaultServer, act: Act) -> None:
        server.plays(act)
        with pytest.raises(ClientError) as caught:
            send(server.url)
        told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
        assert not any(key in told for key in KEYS.headers.values())

    def test_keys_are_in_no_repr(self, server: FaultServer) -> None:
        async def show(client: Client) -> str:
            await asyncio.sleep(0)
            return f"{client!r} {client.keys!r} {client.target!r}"

        assert "secret" not in talk(server.url, show)

    def test_a_redirect_is_handed_back_and_the_other_host_hears_nothing(
        self, server: FaultServer
    ) -> None:
        with FaultServer() as other:
            server.default = says(307, b"", f"Location: {other.url}/api")
            assert send(server.url).status == 307
            assert other.connections == 0

    def test_proxies_of_the_environment_are_not_obeyed(
        self, server: FaultServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with FaultServer() as proxy:
            for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
                monkeypatch.setenv(name, proxy.url)
            assert send(server.url).status == 200
            assert proxy.connections == 0


class TestWhatGoesOut:
    def test_a_request_is_plain_json_with_every_key(self, server: FaultServer) -> None:
        send(server.url)
        (request,) = server.requests
        assert request.path == "/api/CascadeMessage/send_message/async"
        assert request.body == batch(SMALL)
        assert request.headers["content-type"] == "application/json"
        assert request.headers["x-authorization-key"] == SECRET
        assert request.headers["x-viber-auth-token"] == "viber-secret"
        assert request.headers["x-tg-bot-key"] == "telegram-secret"
        assert "transfer-encoding" not in request.headers

    def test_the_other_route_has_its_own_path(self, server: FaultServer) -> None:
        talk(server.url + "/gate/", lambda client: client.send(Route.TG_VIBER, b"[]"))
        assert server.requests[0].path == "/gate/api/CascadeMessage/send_message/tg-viber/async"

    def test_every_request_has_a_connection_of_its_own(self, server: FaultServer) -> None:
        async def thrice(client: Client) -> None:
            for _ in range(3):
                await client.send(Route.STANDARD, batch(SMALL))

        talk(server.url, thrice)
        assert len({request.port for request in server.requests}) == 3

    def test_it_is_told_when_nothing_is_left_but_to_wait(self, server: FaultServer) -> None:
        server.plays(Act(end=End.SILENCE))

        async def leaves(client: Client) -> bool:
            has_left = asyncio.Event()
            sending = asyncio.ensure_future(client.send(Route.STANDARD, batch(SMALL), has_left))
            await has_left.wait()
            sending.cancel()
            return has_left.is_set() and not sending.done()

        assert talk(server.url, leaves)

    def test_a_large_body_arrives_as_it_was(self, server: FaultServer) -> None:
        send(server.url, 5 * LARGE)
        assert server.requests[0].body == batch(5 * LARGE)


class TestTime:
    def test_an_answer_that_drips_for_ever_ends_at_the_deadline(self, server: FaultServer) -> None:
        server.default = Act(drip_s=0.1)
        began = time.monotonic()
        with pytest.raises(NoAnswerError):
            send(server.url, deadline_s=0.4)
        assert time.monotonic() - began < 3

    def test_the_deadline_does_not_count_time_asleep(self, server: FaultServer) -> None:
        server.default = Act(drip_s=0.002)
        woken = iter(range(0, 1_000_000, 100))
        waits = Waits(monotonic=lambda: float(next(woken)))
        answer = talk(
            server.url,
            lambda client: client.send(Route.STANDARD, batch(SMALL)),
            deadline_s=90.0,
            waits=waits,
        )
        assert answer.status == 200

    def test_a_cancelled_request_hangs_up(self, server: FaultServer) -> None:
        server.default = Act(end=End.SILENCE)

        async def give_up(client: Client) -> None:
            task = asyncio.ensure_future(client.send(Route.STANDARD, batch(SMALL)))
            await asyncio.to_thread(server.wait_for, lambda: len(server.requests) == 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        talk(server.url, give_up)


class TestWhatComesBack:
    def test_an_answer_carries_what_the_rules_need(self, server: FaultServer) -> None:
        server.default = says(429, b"{}", "Retry-After: 7", "Date: Mon, 23 Nov 2026 10:00:00 GMT")
        assert send(server.url) == Answer(
            429, "application/json", b"{}", "7", "Mon, 23 Nov 2026 10:00:00 GMT"
        )

    @pytest.mark.parametrize(
        "act",
        [
            pytest.param(says(200, b" " * (ANSWER_MOST_BYTES + 1)), id="plain"),
            pytest.param(
                says(200, gzip.compress(b" " * (9 * 1024**2)), "Content-Encoding: gzip"),
                id="packed",
            ),
            pytest.param(says(200, b"[]", "Content-Encoding: gzip"), id="not packed as it says"),
        ],
    )
    def test_a_body_that_cannot_be_taken_whole_is_none(self, server: FaultServer, act: Act) -> None:
        server.default = act
        answer = send(server.url)
        assert (answer.status, answer.body) == (200, None)

    def test_a_body_of_the_largest_size_is_taken(self, server: FaultServer) -> None:
        server.default = says(200, b" " * ANSWER_MOST_BYTES)
        assert len(send(server.url).body or b"") == ANSWER_MOST_BYTES

    def test_a_packed_answer_is_unpacked(self, server: FaultServer) -> None:
        server.default = says(200, gzip.compress(b"[]"), "Content-Encoding: gzip")
        assert send(server.url).body == b"[]"

    @pytest.mark.parametrize(
        ("act", "verdict"),
        [
            pytest.param(says(401), KeyCheck(is_wrong=True, is_right=False), id="refused"),
            pytest.param(says(200, b"{}"), KeyCheck(is_wrong=False, is_right=True), id="known"),
            pytest.param(says(404), KeyCheck(is_wrong=False, is_right=True), id="not found"),
            pytest.param(says(500), KeyCheck(is_wrong=False, is_right=False), id="server error"),
            pytest.param(Act(answer=None), KeyCheck(False, False, Reason.NO_ANSWER), id="broken"),
        ],
    )
    def test_keys_are_checked_without_sending(
        self, server: FaultServer, act: Act, verdict: KeyCheck
    ) -> None:
        server.default = act
        assert talk(server.url, lambda client: client.check_keys()) == verdict
        assert server.requests[0].method == "GET"

    def test_an_honest_answer_names_every_message(self, server: FaultServer) -> None:
        answer = send(server.url)
        assert answer.body == receipts(server.requests[0]).partition(b"\r\n\r\n")[2]
