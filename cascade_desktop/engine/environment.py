"""What the environment says: where data lives, which keys, how fast time runs for tests."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cascade_desktop.core.proxy import Proxy, ProxyMode
from cascade_desktop.core.target import (
    DEFAULT_URL,
    Keys,
    KeyWrong,
    Target,
    UrlWrong,
    read_keys,
    read_target,
)
from cascade_desktop.engine.waits import Waits

DATA, STATE = "CASCADE_DESKTOP_DATA", "CASCADE_DESKTOP_STATE"
WAIT_SCALE = "CASCADE_DESKTOP_WAIT_SCALE"
API_KEY, VIBER_TOKEN, TG_KEY = "SMSBAT_API_KEY", "SMSBAT_VIBER_TOKEN", "SMSBAT_TG_KEY"
PROXY_LOGIN = "CASCADE_DESKTOP_PROXY_LOGIN"
"""NAME:PASSWORD; others could read it in a command."""
_PROGRAM = "Cascade Desktop"


@dataclass(frozen=True, slots=True)
class ScaleWrong:
    """The wait scale is not a number above 0, to 1000."""

    text: str


def data_root(given: str = "", environment: Mapping[str, str] = os.environ) -> Path:
    """Return the data folder: as given, of the environment, or the system's usual place."""
    named = given or environment.get(DATA, "")
    if named:
        return _folder(named)
    from platformdirs import user_data_path

    return user_data_path(_PROGRAM, appauthor=False)


def state_root(given: str = "", environment: Mapping[str, str] = os.environ) -> Path:
    """Return this computer's own folder of what was sent: given, of the environment, or usual.

    It must not travel with the data folder, or a copy of both would know of nothing.
    """
    named = given or environment.get(STATE, "")
    if named:
        return _folder(named)
    from platformdirs import user_state_path

    return user_state_path(_PROGRAM, appauthor=False)


def _folder(named: str) -> Path:
    with suppress(RuntimeError):  # "~somebody" is nobody here: then it is a plain name
        return Path(named).expanduser().absolute()
    return Path(named).absolute()


def data_folder(root: Path, *, practice: bool) -> Path:
    """Return the folder of practice or of live campaigns; they live apart (decisions.md)."""
    return root / ("practice" if practice else "live")


def keys_of(environment: Mapping[str, str] = os.environ) -> Keys | KeyWrong:
    """Return the keys that the environment holds."""
    return read_keys(*(environment.get(name, "") for name in (API_KEY, VIBER_TOKEN, TG_KEY)))


def proxy_with_login(proxy: Proxy, environment: Mapping[str, str] = os.environ) -> Proxy:
    """Return a proxy that was named by hand with the login that the environment holds for it."""
    user, _, password = environment.get(PROXY_LOGIN, "").partition(":")
    return proxy.with_login(user, password) if proxy.mode is ProxyMode.MANUAL else proxy


def target_of(url: str = "") -> Target | UrlWrong:
    """Return the service at an address, or the vendor's own."""
    return read_target(url or DEFAULT_URL)


def waits_for(
    *, is_loopback: bool, environment: Mapping[str, str] = os.environ
) -> Waits | ScaleWrong:
    """Return how time runs; only against loopback may it run otherwise (decisions.md)."""
    text = environment.get(WAIT_SCALE, "")
    if not text or not is_loopback:
        return Waits()
    try:
        scale = float(text)
    except ValueError:
        return ScaleWrong(text)
    return Waits(scale=scale) if 0 < scale <= 1000 else ScaleWrong(text)  # noqa: PLR2004
