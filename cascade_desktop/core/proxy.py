"""How requests leave the office: by the system's proxy, by one that was typed in, or by none."""

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from cascade_desktop.core.hosts import is_host

_SYSTEM, _NONE = "system", "none"


class ProxyMode(StrEnum):
    """Who says which proxy to use."""

    SYSTEM = "system"
    NONE = "none"
    MANUAL = "manual"


class ProxyFault(StrEnum):
    """What is wrong with a proxy's address."""

    NOT_AN_ADDRESS = "NOT_AN_ADDRESS"
    NO_PORT = "NO_PORT"
    HAS_LOGIN = "HAS_LOGIN"
    """Name and password have fields of their own: they belong in the key store."""


@dataclass(frozen=True, slots=True)
class ProxyWrong:
    """The proxy's address cannot be used."""

    fault: ProxyFault


@dataclass(frozen=True, slots=True, repr=False)
class ProxyLogin:
    """Name and password for a proxy; kept in the system's key store, never shown."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "ProxyLogin(…)"


@dataclass(frozen=True, slots=True)
class Proxy:
    """The operator's choice; ``host``, ``port`` and ``login`` count for a manual proxy only.

    The settings keep ``text``; the login goes to the key store, as the account's keys do::

        proxy = read_proxy(settings.proxy)          # "system", "none" or "host:port"
        proxy = proxy.with_login(user, password)    # from the key store, if there is one
        Client(target, keys, proxy=proxy)
    """

    mode: ProxyMode = ProxyMode.SYSTEM
    host: str = ""
    port: int = 0
    login: ProxyLogin | None = None

    @property
    def text(self) -> str:
        """Return what the settings keep and `read_proxy` reads; never the login."""
        if self.mode is not ProxyMode.MANUAL:
            return self.mode.value
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def with_login(self, user: str, password: str) -> "Proxy":
        """Return the same proxy with a login; an empty name means none."""
        return replace(self, login=ProxyLogin(user, password) if user else None)


SYSTEM_PROXY = Proxy()
NO_PROXY = Proxy(ProxyMode.NONE)


def read_proxy(text: str) -> Proxy | ProxyWrong:
    """Read ``system``, ``none`` or the address of a proxy; empty means the system's.

    >>> read_proxy("proxy.office:3128").text
    'proxy.office:3128'
    >>> read_proxy("proxy.office")
    ProxyWrong(fault=<ProxyFault.NO_PORT: 'NO_PORT'>)
    """
    given = text.strip()
    if given.lower() in ("", _SYSTEM):
        return SYSTEM_PROXY
    if given.lower() == _NONE:
        return NO_PROXY
    return _manual(given)


def _manual(given: str) -> Proxy | ProxyWrong:
    try:
        parts = urlsplit(given if "://" in given else f"http://{given}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ProxyWrong(ProxyFault.NOT_AN_ADDRESS)
    if parts.username is not None:
        return ProxyWrong(ProxyFault.HAS_LOGIN)
    extras = parts.query or parts.fragment or parts.path not in ("", "/")
    if parts.scheme != "http" or extras or not is_host(host):
        return ProxyWrong(ProxyFault.NOT_AN_ADDRESS)
    if not port:
        return ProxyWrong(ProxyFault.NO_PORT)
    return Proxy(ProxyMode.MANUAL, host, port)
