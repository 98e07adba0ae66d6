"""Tell a host's name or address, in the letters of the wire, from what nobody can connect to."""

import ipaddress
import re

_LONGEST = 253
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")


def is_host(host: str) -> bool:
    """Tell whether this names a host, in lower case, or is an address.

    >>> is_host("smsbat.com"), is_host("::1"), is_host("a..b"), is_host("127.1")
    (True, True, False, False)
    """
    labels = host.split(".")
    if ":" in host or labels[-1].isdecimal():
        return _is_address(host)
    return len(host) <= _LONGEST and all(_LABEL.fullmatch(label) for label in labels)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return "%" not in host
