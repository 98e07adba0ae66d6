"""Find the proxy that leads to a service: what the operator chose, and what the system says."""

import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from cascade_desktop.core.hosts import is_host
from cascade_desktop.core.proxy import Proxy, ProxyLogin, ProxyMode
from cascade_desktop.core.target import Target

_USUAL_PORT = 80


class UnusableProxyError(Exception):
    """The system names a proxy of a kind that this program does not speak (SOCKS)."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """An HTTP proxy that opens tunnels."""

    host: str
    port: int
    login: ProxyLogin | None = None


@dataclass(frozen=True, slots=True)
class SystemProxies:
    """What the system says: Windows' and macOS' settings, elsewhere the environment.

    Both questions may take long (Windows looks names up), so never ask in the loop.
    """

    proxies: Callable[[], Mapping[str, str]] = urllib.request.getproxies
    is_bypassed: Callable[[str], bool | int] = urllib.request.proxy_bypass


def gateway_to(target: Target, proxy: Proxy, system: SystemProxies | None = None) -> Gateway | None:
    """Return the proxy on the way to a service, or None; never one to this computer itself.

    So plain http, which only leads to loopback, never meets a proxy: there are tunnels only.

    Raises:
        UnusableProxyError: the system names a proxy that is not an HTTP one.
    """
    if target.is_loopback or proxy.mode is ProxyMode.NONE:
        return None
    if proxy.mode is ProxyMode.MANUAL:
        return Gateway(proxy.host, proxy.port, proxy.login)
    asked = system or SystemProxies()
    named = asked.proxies()
    address = named.get("https") or named.get("all") or ""
    if not address or asked.is_bypassed(target.host):
        return None
    return _read(address)


def _read(address: str) -> Gateway:
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        host, port = parts.hostname or "", parts.port or _USUAL_PORT
    except ValueError:
        raise UnusableProxyError from None
    if parts.scheme != "http" or not is_host(host.removesuffix(".")):
        raise UnusableProxyError
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Gateway(host, port, ProxyLogin(user, password) if user else None)
