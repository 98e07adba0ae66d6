"""Faults of TLS and of proxies, by name; see `named_faults`."""

from dataclasses import replace

from tests.engine.certificates import curious, expired, self_signed, wrong_host
from tests.engine.fault_server import Act, End, http, receipts, says
from tests.engine.fault_world import Fault, Road, Start
from tests.engine.named_faults import ACCEPTED, FAULTS, SLOW, STRANGE, UNKNOWN, body_of, old

NOT_PRIVATE = ("stops NOT_PRIVATE",)
NO_CONNECTION = ("again NO_CONNECTION",)
PROXY_DOWN = ("again PROXY_DOWN",)
ALERT = b"\x15\x03\x03\x00\x02\x02\x28"
PLAIN_400 = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
LOGIN = b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n'


def tls(name: str, expects: tuple[str, ...], act: Act, small: tuple[str, ...] = ()) -> Fault:
    """Return a fault of a service that is reached by TLS."""
    return Fault(f"tls: {name}", expects, act, small=small, road=Road.TLS)


def proxy(name: str, expects: tuple[str, ...], act: Act, small: tuple[str, ...] = ()) -> Fault:
    """Return a fault of a proxy, or of the service behind it."""
    return Fault(f"proxy: {name}", expects, act, small=small, road=Road.TUNNEL)


def refuses(status: str) -> Act:
    """Refuse a tunnel."""
    return Act(tunnel=f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())


HANDSHAKES = (
    ("self-signed", NOT_PRIVATE, Act(handshake=self_signed())),
    ("wrong host", NOT_PRIVATE, Act(handshake=wrong_host())),
    ("expired", NOT_PRIVATE, Act(handshake=expired())),
    ("handshake broken off", NO_CONNECTION, Act(handshake=b"")),
    ("handshake reset", NO_CONNECTION, Act(handshake=b"", end=End.RESET)),
    ("handshake silent", NO_CONNECTION, Act(handshake=b"", end=End.SILENCE)),
    ("handshake refused", NO_CONNECTION, Act(handshake=ALERT)),
    ("handshake of garbage", NO_CONNECTION, Act(handshake=b"\x16\x03\x03\xff\xff" + b"x" * 400)),
    ("plain http instead", NO_CONNECTION, Act(handshake=PLAIN_400)),
)
TLS = (
    *(tls(*fault) for fault in HANDSHAKES),
    Fault("tls: connect refused", NO_CONNECTION, start=Start.REFUSED, road=Road.TLS),
    tls("asks for a certificate", (*SLOW, *NO_CONNECTION), Act(handshake=curious()), UNKNOWN),
    tls("as it should be", ACCEPTED, Act()),
    tls("no length, no farewell", ACCEPTED, Act(answer=old)),
    tls("no length, no farewell, cut", STRANGE, Act(answer=lambda r: old(r)[:-4])),
    tls("closed before the body", SLOW, Act(reads=0, answer=None), UNKNOWN),
    tls("reset in the body", SLOW, Act(reads=0.5, answer=None, end=End.RESET), UNKNOWN),
    tls("stuck in the body", SLOW, Act(reads=0.5, end=End.SILENCE), UNKNOWN),
    tls("closed after the body", UNKNOWN, Act(answer=None)),
    tls("reset after the body", UNKNOWN, Act(answer=None, end=End.RESET)),
    tls("silent after the body", UNKNOWN, Act(end=End.SILENCE)),
    tls("truncated", UNKNOWN, Act(answer=http(200, b"[{", length=900))),
    tls("401 before the body", ("stops KEY_REFUSED",), Act(reads=0, answer=http(401), end=End.LINGER)),
    tls("500 after the body", ("unknown SERVER_ERROR",), Act(answer=http(500))),
    tls("garbage after its end", ACCEPTED, Act(answer=lambda r: receipts(r) + body_of(r))),
)  # fmt: skip
PROXY = (
    Fault("proxy: refused", PROXY_DOWN, start=Start.REFUSED, road=Road.TUNNEL),
    proxy("asks for a login", ("stops PROXY_LOGIN",), Act(tunnel=LOGIN)),
    *(proxy(f"says {text}", PROXY_DOWN, refuses(text)) for text in ("500 Oops", "502 Bad Gateway", "503 407 later", "504 Slow")),
    *(proxy(f"says {text}", ("stops PROXY_DOWN",), refuses(text)) for text in ("302 Sign in", "400 Bad", "403 Forbidden", "405 No CONNECT")),
    proxy("closes without a word", PROXY_DOWN, Act(tunnel=None)),
    proxy("resets without a word", PROXY_DOWN, Act(tunnel=None, end=End.RESET)),
    proxy("never answers", PROXY_DOWN, Act(tunnel=None, end=End.SILENCE)),
    proxy("half an answer", PROXY_DOWN, Act(tunnel=b"HTTP/1.1 20")),
    proxy("half an answer, then silent", PROXY_DOWN, Act(tunnel=b"HTTP/1.1 20", end=End.SILENCE)),
    proxy("garbage", PROXY_DOWN, Act(tunnel=b"SSH-2.0-OpenSSH_9.2\r\n\r\n")),
    proxy("a header line of 200 KB", PROXY_DOWN, Act(tunnel=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000)),
    *(
        proxy(f"tunnel, {name}", expects if expects == NOT_PRIVATE else PROXY_DOWN, act)
        for name, expects, act in HANDSHAKES
    ),
    proxy("tunnel, as it should be", ACCEPTED, Act()),
    proxy("tunnel, closed before the body", SLOW, Act(reads=0, answer=None), UNKNOWN),
    proxy("tunnel, reset in the body", SLOW, Act(reads=0.5, answer=None, end=End.RESET), UNKNOWN),
    proxy("tunnel, closed after the body", UNKNOWN, Act(answer=None)),
    proxy("tunnel, silent after the body", UNKNOWN, Act(end=End.SILENCE)),
    proxy("tunnel, 401", ("stops KEY_REFUSED",), says(401)),
    proxy("tunnel, 407 from the service", ("stops OTHER_REFUSAL",), says(407)),
    proxy("tunnel, 502", ("unknown SERVER_ERROR",), Act(answer=http(502))),
    proxy("tunnel, 307", ("stops REDIRECTED",), says(307, b"", "Location: http://127.0.0.1:1/")),
)  # fmt: skip

ALL = (*FAULTS, *TLS, *PROXY)
ELSEWHERE = tuple(
    replace(fault, name=f"{fault.name} ({road.name.lower()})", road=road)
    for road in (Road.TLS, Road.TUNNEL)
    for fault in FAULTS
    if fault.start is Start.USUAL and not fault.name.startswith("connect")
)
"""The plain faults again, inside TLS and inside a tunnel."""
