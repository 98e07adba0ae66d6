"""Where messages go and with which keys: checked before anything is opened."""

import hashlib
import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from cascade_desktop.core.hosts import is_host

DEFAULT_URL = "https://restapi.smsbat.com"
_LOOPBACK_NAME = "localhost"
_VENDOR = "smsbat.com"
_IN_DISGUISE = "xn--"
"""How a label begins that stands for other letters: those of no service, but of its doubles."""
_FINGERPRINT_LENGTH = 12


class UrlFault(StrEnum):
    """What is wrong with a service address."""

    NOT_A_URL = "NOT_A_URL"
    NOT_HTTPS = "NOT_HTTPS"
    HAS_EXTRAS = "HAS_EXTRAS"
    NOT_ASCII = "NOT_ASCII"


@dataclass(frozen=True, slots=True)
class UrlWrong:
    """The service's address cannot be used."""

    fault: UrlFault


@dataclass(frozen=True, slots=True)
class KeyWrong:
    """A key holds a character that no key has; ``position`` counts from 1."""

    position: int


@dataclass(frozen=True, slots=True)
class Target:
    """The service that a campaign goes to."""

    url: str
    host: str
    is_loopback: bool
    is_vendor: bool


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """An account's keys; at least one is needed. Never shown: not in ``repr`` either."""

    api_key: str = ""
    viber_token: str = ""
    tg_key: str = ""

    def __repr__(self) -> str:
        return f"Keys({self.fingerprint or 'none'})"

    def __bool__(self) -> bool:
        return bool(self.api_key or self.viber_token or self.tg_key)

    @property
    def fingerprint(self) -> str:
        """Return a short hash that tells two accounts apart and tells nothing else."""
        if not self:
            return ""
        joined = f"cascade-desktop\0{self.api_key}\0{self.viber_token}\0{self.tg_key}"
        return hashlib.sha256(joined.encode()).hexdigest()[:_FINGERPRINT_LENGTH]

    @property
    def headers(self) -> dict[str, str]:
        """Return the header of each key that is set (cascade-api.md)."""
        named = {
            "X-Authorization-Key": self.api_key,
            "X-Viber-Auth-Token": self.viber_token,
            "X-Tg-Bot-Key": self.tg_key,
        }
        return {name: key for name, key in named.items() if key}


def read_keys(api_key: str = "", viber_token: str = "", tg_key: str = "") -> Keys | KeyWrong:
    """Strip the blanks around keys and refuse characters that no key has.

    >>> read_keys("abc і")
    KeyWrong(position=4)
    """
    stripped = [key.strip() for key in (api_key, viber_token, tg_key)]
    for key in stripped:
        for position, char in enumerate(key, 1):
            if not "!" <= char <= "~":
                return KeyWrong(position)
    return Keys(*stripped)


def read_target(url: str) -> Target | UrlWrong:
    """Check a service address: https, or plain http to this computer only.

    >>> read_target("http://example.com")
    UrlWrong(fault=<UrlFault.NOT_HTTPS: 'NOT_HTTPS'>)
    """
    text = url.strip().rstrip("/")
    if not text.isascii():
        return UrlWrong(UrlFault.NOT_ASCII)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return UrlWrong(UrlFault.NOT_A_URL)
    if parts.scheme not in ("http", "https") or not _is_printable(text):
        return UrlWrong(UrlFault.NOT_A_URL)
    if parts.username is not None or parts.query or parts.fragment or "?" in text or "#" in text:
        return UrlWrong(UrlFault.HAS_EXTRAS)
    if not is_host(host) or port == 0 or parts.netloc.lower() not in _spellings(host, port):
        return UrlWrong(UrlFault.NOT_A_URL)
    if any(label.startswith(_IN_DISGUISE) for label in host.split(".")):
        return UrlWrong(UrlFault.NOT_ASCII)
    loopback = _is_loopback(host)
    if parts.scheme == "http" and not loopback:
        return UrlWrong(UrlFault.NOT_HTTPS)
    vendor = host == _VENDOR or host.endswith("." + _VENDOR)
    return Target(text, host, is_loopback=loopback, is_vendor=vendor)


def _is_printable(text: str) -> bool:
    return all("!" <= char <= "~" for char in text)


def _spellings(host: str, port: int | None) -> tuple[str, str]:
    """Return what may stand before the path, so that no two readers see two hosts in it."""
    name = f"[{host}]" if ":" in host else host
    return (name, f"{name}:") if port is None else (f"{name}:{port}", "")


def _is_loopback(host: str) -> bool:
    if host == _LOOPBACK_NAME:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address in (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1"))
