"""Where a campaign goes: the practice service on this computer, or the real one."""

from dataclasses import dataclass, replace
from pathlib import Path

from cascade_desktop.core.proxy import SYSTEM_PROXY, Proxy, ProxyLogin, ProxyMode, read_proxy
from cascade_desktop.core.target import Keys, Target
from cascade_desktop.engine.batching import PACE_PER_S
from cascade_desktop.engine.environment import data_folder
from cascade_desktop.engine.settings import Settings
from cascade_desktop.engine.waits import Waits

PRACTICE_HOST = "practice"
"""What a practice campaign has for a host: its port is another one every time."""
PRACTICE_KEYS = Keys("practice")
"""The practice service takes any key."""


@dataclass(frozen=True, slots=True)
class Account:
    """A service, the keys for it, and the folder of its campaigns."""

    folder: Path
    target: Target
    keys: Keys
    waits: Waits
    practice: bool
    proxy: Proxy = SYSTEM_PROXY
    pace_per_s: float | None = PACE_PER_S


def practice_account(root: Path, url: str, waits: Waits) -> Account:
    """Return the account of the practice service that listens at ``url``."""
    target = Target(url, PRACTICE_HOST, is_loopback=True, is_vendor=False)
    return Account(data_folder(root, practice=True), target, PRACTICE_KEYS, waits, practice=True)


def proxy_of(settings: Settings, login: ProxyLogin | None) -> Proxy:
    """Return the proxy of the settings, with its login where it was typed in by hand."""
    proxy = read_proxy(settings.proxy)
    if not isinstance(proxy, Proxy):
        return SYSTEM_PROXY
    by_hand = proxy.mode is ProxyMode.MANUAL and login is not None
    return replace(proxy, login=login) if by_hand else proxy
