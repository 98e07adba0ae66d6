import asyncio
import itertools
import json
import ssl
import traceback
from pathlib import Path

import httpcore
import pytest
from campaigns import target_of
from certificates import HOST, good, self_signed, trusted
from fault_server import ESTABLISHED, TINY_WINDOW, Act, End, FaultServer, http, receipts, says

from cascade_desktop.core.drafts import Route
from cascade_desktop.core.outcome import Answer
from cascade_desktop.core.proxy import NO_PROXY, SYSTEM_PROXY, Proxy, ProxyMode
from cascade_desktop.core.states import Reason
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.client import (
    CHECK_S,
    OPENING_S,
    Client,
    ClientError,
    KeyCheck,
    NoAnswerError,
    NotSentError,
    StopError,
    _Trail,
)
from cascade_desktop.engine.waits import Waits

SECRET = "top-secret-key"
BATCH = json.dumps([{"id": "one"}, {"id": "two"}]).encode()
LARGE = BATCH.ljust(1_000_000)
ROADS = ("plain", "tls", "tunnel")


def send(
    url: str,
    body: bytes = BATCH,
    *,
    keys: Keys | None = None,
    proxy: Proxy = NO_PROXY,
    trust: ssl.SSLContext | None = None,
    deadline_s: float = 20.0,
) -> Answer:
    async def go() -> Answer:
        client = Client(
            target_of(url), keys or Keys(SECRET), proxy=proxy, trust=trust, deadline_s=deadline_s
        )
        try:
            return await client.send(Route.STANDARD, body)
        finally:
            await client.aclose()

    return asyncio.run(go())


def send_by(road: str, server: FaultServer, body: bytes) -> Answer:
    if road == "tunnel":
        return send(f"https://{HOST}", body, proxy=manual(server), trust=trusted())
    return send(server.url, body, trust=None if road == "plain" else trusted())


def manual(server: FaultServer) -> Proxy:
    return Proxy(ProxyMode.MANUAL, "127.0.0.1", server.port)


def server_on(road: str, act: Act) -> FaultServer:
    tls = None if road == "plain" else good()
    return FaultServer(default=act, window=TINY_WINDOW, tls=tls, proxy=road == "tunnel")


class TestTwoWitnesses:
    def test_a_request_without_a_trace_is_never_called_unsent(self) -> None:
        assert not _Trail(BATCH).is_unsent

    def test_the_last_byte_leaves_apart_and_ends_the_proof(self) -> None:
        async def go() -> None:
            trail = _Trail(LARGE)
            await trail.note("connection.connect_tcp.started", {})
            given = b""
            async for piece in trail.pieces():
                given += piece
                assert trail.is_unsent == (len(given) < len(LARGE))
            assert given == LARGE

        asyncio.run(go())

    def test_a_request_without_a_body_may_be_whole_with_its_first_byte(self) -> None:
        trail = _Trail(b"")
        question = httpcore.Request("GET", "https://service.example/")
        asyncio.run(trail.note("http11.send_request_headers.started", {"request": question}))
        assert not trail.is_unsent

    @pytest.mark.parametrize("road", ROADS)
    def test_what_goes_well_arrives_whole(self, road: str) -> None:
        with server_on(road, Act()) as server:
            assert send_by(road, server, LARGE).status == 200
        assert server.requests[0].body == LARGE


class TestAnswersThatComeEarly:
    @pytest.mark.parametrize("end", [End.DRAIN, End.LINGER])
    @pytest.mark.parametrize("road", ROADS)
    def test_a_refusal_is_heard_though_the_body_is_not_out(self, road: str, end: End) -> None:
        with server_on(road, Act(reads=0, answer=http(413, b"{}"), end=end)) as server:
            answer = send_by(road, server, LARGE)
        assert (answer.status, answer.body) == (413, b"{}")

    @pytest.mark.parametrize("road", ROADS)
    def test_an_interim_answer_changes_nothing(self, road: str) -> None:
        interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        with server_on(road, Act(early=interim)) as server:
            assert send_by(road, server, LARGE).status == 200
        assert server.requests[0].is_whole

    def test_interim_answers_without_end_are_given_up(self) -> None:
        endless = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 5_000
        server = server_on("plain", Act(reads=0, early=endless, answer=None))
        with server, pytest.raises(NotSentError):
            send_by("plain", server, LARGE)
        assert not server.taken

    @pytest.mark.parametrize("road", ROADS)
    def test_who_says_that_no_answer_will_come_is_not_given_the_rest(self, road: str) -> None:
        server = server_on(road, Act(answer=None, end=End.DEAF))
        with server, pytest.raises(NotSentError):
            send_by(road, server, LARGE)
        assert not server.taken


class TestTheWayThroughAProxy:
    def test_the_proxy_hears_the_host_and_its_own_login_and_nothing_else(self) -> None:
        with server_on("tunnel", Act()) as server:
            proxy = manual(server).with_login("me", "p:wörd")
            assert send(f"https://{HOST}", proxy=proxy, trust=trusted()).status == 200
        (head,) = server.tunnels
        assert head.startswith(f"CONNECT {HOST}:443 ")
        assert "Proxy-Authorization: Basic bWU6cDp3w7ZyZA==\r\n" in head
        assert SECRET not in head

    def test_the_service_never_sees_the_login(self) -> None:
        with server_on("tunnel", Act()) as server:
            proxy = manual(server).with_login("me", "word")
            send(f"https://{HOST}", proxy=proxy, trust=trusted())
        assert "proxy-authorization" not in server.requests[0].headers

    def test_the_system_s_proxy_is_asked_anew_for_every_request(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def twice(first: str, second: str) -> int:
            client = Client(
                target_of(f"https://{HOST}"), Keys("k"), proxy=SYSTEM_PROXY, trust=trusted()
            )
            monkeypatch.setenv("https_proxy", first)
            with pytest.raises(NotSentError) as caught:
                await client.send(Route.STANDARD, BATCH)
            assert caught.value.reason is Reason.PROXY_DOWN
            monkeypatch.setenv("https_proxy", second)
            answer = await client.send(Route.STANDARD, BATCH)
            await client.aclose()
            return answer.status

        with (
            server_on("tunnel", Act()) as server,
            FaultServer(listening=False) as dead,
        ):
            assert asyncio.run(twice(dead.url, server.url)) == 200

    def test_a_proxy_of_another_kind_is_never_passed_over(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:1")
        with pytest.raises(StopError) as caught:
            send(f"https://{HOST}", proxy=SYSTEM_PROXY)
        assert caught.value.reason is Reason.PROXY_DOWN

    def test_an_answer_to_the_tunnel_may_come_in_pieces(self) -> None:
        with server_on("tunnel", Act(tunnel=ESTABLISHED)) as server:
            assert send_by("tunnel", server, BATCH).body == _said(server)


def _said(server: FaultServer) -> bytes:
    return receipts(server.requests[0]).partition(b"\r\n\r\n")[2]


class TestTimeToOpen:
    @pytest.mark.parametrize(
        "act",
        [
            pytest.param(Act(tunnel=None, end=End.SILENCE), id="a proxy that never answers"),
            pytest.param(Act(handshake=b"", end=End.SILENCE), id="a silent handshake"),
        ],
    )
    def test_a_way_that_does_not_open_is_given_up_long_before_the_deadline(self, act: Act) -> None:
        ticks = iter(range(1_000_000))

        async def go(server: FaultServer) -> None:
            client = Client(
                target_of(f"https://{HOST}"),
                Keys("k"),
                proxy=manual(server),
                trust=trusted(),
                waits=Waits(scale=0.1, monotonic=lambda: next(ticks) * 0.49),
                deadline_s=1_000_000.0,
            )
            await client.send(Route.STANDARD, BATCH)

        with server_on("tunnel", act) as server, pytest.raises(NotSentError) as caught:
            asyncio.run(go(server))
        assert caught.value.reason is Reason.PROXY_DOWN
        assert OPENING_S <= next(ticks) * 4.9 <= OPENING_S + 10


class TestKeysAreToldNobody:
    @pytest.mark.parametrize(
        "key", ["top-secret ", "top-secret-ключ", "top-secret\r\nX-More: 1", "top\x00secret"]
    )
    def test_a_key_that_could_break_a_header_reaches_nobody(
        self, server: FaultServer, key: str
    ) -> None:
        with pytest.raises(StopError) as caught:
            send(server.url, keys=Keys(key))
        assert caught.value.reason is Reason.KEY_REFUSED
        assert server.connections == 0
        assert "secret" not in "".join(traceback.format_exception(caught.value))

    def test_such_a_key_cannot_be_checked_either(self, server: FaultServer) -> None:
        client = Client(target_of(server.url), Keys("ключ"))
        found = asyncio.run(client.check_keys())
        assert found == KeyCheck(is_wrong=False, is_right=False, reason=Reason.KEY_REFUSED)
        assert server.connections == 0

    def test_a_check_gives_a_silent_service_up_long_before_a_batch_would(
        self, server: FaultServer
    ) -> None:
        server.default = Act(end=End.SILENCE)
        ticks = itertools.count()
        waits = Waits(scale=0.1, monotonic=lambda: next(ticks) * 0.49)
        client = Client(target_of(server.url), Keys(SECRET), waits=waits)
        found = asyncio.run(client.check_keys())
        assert found == KeyCheck(is_wrong=False, is_right=False, reason=Reason.NO_ANSWER)
        assert CHECK_S <= next(ticks) * 4.9 <= CHECK_S + 15

    @pytest.mark.parametrize(
        ("act", "kind"),
        [
            pytest.param(Act(answer=None), NoAnswerError, id="closed"),
            pytest.param(Act(answer=b"garbage\r\n\r\n"), NoAnswerError, id="garbage"),
            pytest.param(Act(end=End.SILENCE), NoAnswerError, id="silent"),
            pytest.param(Act(handshake=self_signed()), StopError, id="self-signed"),
            pytest.param(Act(handshake=b"?"), NotSentError, id="no handshake"),
            pytest.param(Act(tunnel=None), NotSentError, id="no tunnel"),
            pytest.param(Act(tunnel=http(407)), StopError, id="login"),
        ],
    )
    def test_a_failure_drags_no_other_with_it(self, act: Act, kind: type[ClientError]) -> None:
        with server_on("tunnel", act) as server, pytest.raises(kind) as caught:
            send(
                f"https://{HOST}",
                proxy=manual(server),
                trust=trusted(),
                deadline_s=20.0 if act.end is not End.SILENCE else 0.3,
            )
        assert caught.value.__context__ is None
        assert caught.value.__cause__ is None
        assert caught.value.args == (caught.value.reason.value,)


class TestWhatCannotBeOpened:
    @pytest.mark.parametrize("kind", ["garbage", "missing", "folder"])
    def test_trust_that_cannot_be_read_is_told_and_not_raised(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
    ) -> None:
        path = tmp_path / "trust.pem"
        if kind == "garbage":
            path.write_text("no certificate")
        elif kind == "folder":
            path.mkdir()
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        with server_on("tls", Act()) as server, pytest.raises(StopError) as caught:
            send(server.url)
        assert caught.value.reason is Reason.NOT_PRIVATE
        assert not server.requests

    def test_a_system_without_tls_is_told_and_not_raised(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(protocol: int) -> ssl.SSLContext:
            raise ssl.SSLError(protocol)

        monkeypatch.setattr("truststore.SSLContext", broken)
        with pytest.raises(StopError) as caught:
            send(f"https://{HOST}")
        assert caught.value.reason is Reason.NOT_PRIVATE

    def test_a_redirect_stays_inside_its_tunnel(self) -> None:
        with FaultServer() as other:
            moved = says(308, b"", f"Location: {other.url}/api")
            with server_on("tunnel", moved) as server:
                assert send_by("tunnel", server, BATCH).status == 308
        assert (other.connections, len(server.tunnels)) == (0, 1)
