"""Keys live in the system's key store, or for this session only; a slow store freezes nobody."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend

from cascade_desktop.core.proxy import ProxyLogin
from cascade_desktop.core.target import Keys
from cascade_desktop.engine.secrets import KeyStore, Vault

KEY = "invented-key-1234"
LOGIN = ProxyLogin("office", "invented-password")


class MemoryKeyring(KeyringBackend):
    """A key store as a desktop has one."""

    priority = 1  # type: ignore[assignment]
    persist = "enterprise"

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.fails: Callable[[], object] = lambda: None
        self.pretends = False

    def get_password(self, service: str, username: str) -> str | None:
        self.fails()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.fails()
        if not self.pretends:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.fails()
        del self.kept[service, username]


@pytest.fixture
def key_store() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def load() -> Keys:
    return asyncio.run(KeyStore().load())


def test_keys_are_kept_in_the_systems_store(key_store: MemoryKeyring):
    store = KeyStore()
    assert asyncio.run(store.save(Keys(KEY, tg_key="bot")))

    assert store.is_kept
    assert load() == Keys(KEY, tg_key="bot")


def test_what_is_kept_on_windows_does_not_roam(key_store: MemoryKeyring):
    asyncio.run(KeyStore().save(Keys(KEY)))

    assert key_store.persist == "local machine"


def refuse() -> None:
    raise OSError(f"no store for {KEY}")


def test_without_a_store_keys_live_for_the_session(key_store: MemoryKeyring, caplog):
    key_store.fails = refuse
    store = KeyStore()

    with caplog.at_level(logging.DEBUG):
        assert not asyncio.run(store.save(Keys(KEY)))

    assert asyncio.run(store.load()) == Keys(KEY)
    assert not store.is_kept
    assert load() == Keys()
    assert KEY not in caplog.text


def test_a_store_that_takes_everything_and_keeps_nothing_is_none(key_store: MemoryKeyring):
    key_store.pretends = True

    assert not asyncio.run(KeyStore().save(Keys(KEY)))


def test_a_store_that_is_locked_is_not_waited_for_for_ever(key_store: MemoryKeyring):
    opened = threading.Event()
    key_store.fails = lambda: opened.wait(60)

    async def ask() -> tuple[Keys, int]:
        """Count what else the loop does meanwhile."""
        turns = 0
        asked = asyncio.ensure_future(KeyStore(vault=Vault(patience_s=0.2)).load())
        while not asked.done():
            turns += 1
            await asyncio.sleep(0.01)
        return await asked, turns

    keys, turns = asyncio.run(ask())
    opened.set()

    assert keys == Keys()
    assert turns > 2


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("{", id="cut off"),
        pytest.param('["a"]', id="too few"),
        pytest.param("[1, 2, 3]", id="no texts"),
        pytest.param('["ключ", "", ""]', id="letters no key has"),
    ],
)
def test_what_no_key_store_of_ours_wrote_is_no_key(key_store: MemoryKeyring, kept: str):
    key_store.kept["Cascade Desktop", "default"] = kept

    assert load() == Keys()


def test_a_key_is_removed_when_that_is_wanted(key_store: MemoryKeyring):
    store = KeyStore()
    asyncio.run(store.save(Keys(KEY)))

    assert asyncio.run(store.forget())
    assert asyncio.run(store.forget())

    assert not store.keys
    assert key_store.kept == {}


def test_a_key_that_could_not_be_removed_is_told(key_store: MemoryKeyring):
    store = KeyStore()
    asyncio.run(store.save(Keys(KEY)))
    key_store.fails = refuse

    assert not asyncio.run(store.forget())
    assert not store.keys


def test_the_login_for_the_proxy_is_kept_apart_from_the_keys(key_store: MemoryKeyring):
    asyncio.run(KeyStore().save(Keys(KEY)))
    asyncio.run(KeyStore().save_proxy_login(LOGIN))
    found = asyncio.run(KeyStore().load_proxy_login())
    asyncio.run(KeyStore().save_proxy_login(None))

    assert found == LOGIN
    assert asyncio.run(KeyStore().load_proxy_login()) is None
    assert load() == Keys(KEY)


def test_a_login_that_was_typed_meanwhile_stays(key_store: MemoryKeyring):
    asyncio.run(KeyStore().save_proxy_login(ProxyLogin("old", "invented-password")))
    store = KeyStore()
    opened = threading.Event()
    key_store.fails = lambda: opened.wait(60)

    async def type_meanwhile() -> ProxyLogin | None:
        asked = asyncio.ensure_future(store.load_proxy_login())
        await asyncio.sleep(0)
        store.proxy_login = LOGIN
        opened.set()
        return await asked

    assert asyncio.run(type_meanwhile()) == LOGIN


@pytest.mark.parametrize("secret", [Keys(KEY), LOGIN])
def test_secrets_are_masked_wherever_they_are_shown(secret: object):
    assert "invented" not in f"{secret!r} {secret}"
