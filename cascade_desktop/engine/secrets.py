"""Keys and passwords in the system's own key store; without one, for this session only."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from threading import Thread
from typing import Any, TypeVar

from cascade_desktop.core.proxy import ProxyLogin
from cascade_desktop.core.target import Keys, KeyWrong, read_keys
from cascade_desktop.engine.log import safe_trace

PATIENCE_S = 30.0
"""A locked store asks the operator for its password meanwhile."""
_SERVICE = "Cascade Desktop"
_PROXY = "proxy"
_LOCAL = "local machine"
T = TypeVar("T")
_log = logging.getLogger(__name__)


class Vault:
    """The system's key store, asked in a thread of its own: it may be locked, slow or absent.

    Key stores fail in many ways, and not all of them by keyring's own exceptions: whatever goes
    wrong means that nothing is kept.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s

    async def read(self, name: str) -> str:
        """Return what was kept under a name; empty when there is nothing, or no store."""
        return await self._ask(lambda: _store().get_password(_SERVICE, name) or "", "")

    async def write(self, name: str, text: str) -> bool:
        """Keep a text; False when it will be gone with this session."""

        def keep() -> bool:
            store = _store()
            store.set_password(_SERVICE, name, text)
            return store.get_password(_SERVICE, name) == text  # some stores only pretend

        return await self._ask(keep, otherwise=False)

    async def remove(self, name: str) -> bool:
        """Delete what was kept; False when it may still be there."""

        def drop() -> bool:
            store = _store()
            if store.get_password(_SERVICE, name) is not None:
                store.delete_password(_SERVICE, name)
            return store.get_password(_SERVICE, name) is None

        return await self._ask(drop, otherwise=False)

    async def _ask(self, call: Callable[[], T], otherwise: T) -> T:
        answer: Future[T] = Future()
        Thread(target=_answer, args=(call, answer), name="key store", daemon=True).start()
        asked: Awaitable[T] = asyncio.wrap_future(answer)
        try:
            return await asyncio.wait_for(asked, self._patience_s)
        except TimeoutError:
            _log.warning("the key store does not answer")
        except Exception as error:
            _log.warning("no key store: %s", safe_trace(error))
        return otherwise


class KeyStore:
    """Keeps the keys of one account, and the login for the office's proxy."""

    def __init__(self, account: str = "default", vault: Vault | None = None) -> None:
        self._account = account
        self._vault = vault or Vault()
        self.keys = Keys()
        """What is known now; the store itself is only asked by `load`."""
        self.proxy_login: ProxyLogin | None = None
        self.is_kept = False
        """Whether the keys will still be there at the next start."""

    async def load(self) -> Keys:
        """Return the keys that were saved, or none; those of this session come first."""
        if not self.keys:
            parts = _parts(await self._vault.read(self._account), 3)
            keys = read_keys(*parts)
            if not self.keys and not isinstance(keys, KeyWrong):
                self.keys, self.is_kept = keys, bool(keys)
        return self.keys

    async def load_proxy_login(self) -> ProxyLogin | None:
        """Return the login for the proxy that was saved, or none."""
        if self.proxy_login is None:
            user, password = _parts(await self._vault.read(_PROXY), 2)
            if user and self.proxy_login is None:
                self.proxy_login = ProxyLogin(user, password)
        return self.proxy_login

    def hold(self, keys: Keys) -> None:
        """Use keys for this session only."""
        self.keys, self.is_kept = keys, False

    async def save(self, keys: Keys) -> bool:
        """Keep the keys; False when they will be gone with this session."""
        self.hold(keys)
        text = json.dumps([keys.api_key, keys.viber_token, keys.tg_key])
        self.is_kept = await self._vault.write(self._account, text)
        return self.is_kept

    async def save_proxy_login(self, login: ProxyLogin | None) -> bool:
        """Keep the login for the proxy, or forget it; False when that did not work."""
        self.proxy_login = login
        if login is None:
            return await self._vault.remove(_PROXY)
        return await self._vault.write(_PROXY, json.dumps([login.user, login.password]))

    async def forget(self) -> bool:
        """Delete the keys from the store and from memory; False when the store may have them."""
        self.hold(Keys())
        return await self._vault.remove(self._account)


def _parts(text: str, count: int) -> list[str]:
    """Return the texts that were kept together; empty ones where it is something else."""
    try:
        parts = json.loads(text) if text else []
    except ValueError:
        parts = []
    fits = isinstance(parts, list) and len(parts) == count
    return parts if fits and all(isinstance(part, str) for part in parts) else [""] * count


def _store() -> Any:
    """Return the system's store; on Windows what is kept must not roam to other computers."""
    import keyring

    store: Any = keyring.get_keyring()
    for part in (store, *getattr(store, "backends", ())):
        if hasattr(type(part), "persist"):
            part.persist = _LOCAL
    return store


def _answer(call: Callable[[], T], answer: "Future[T]") -> None:
    try:
        found = call()
    except Exception as error:
        with suppress(InvalidStateError):  # nobody waits any more
            answer.set_exception(error)
        return
    with suppress(InvalidStateError):
        answer.set_result(found)
