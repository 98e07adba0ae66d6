import pytest
from campaigns import target_of

from cascade_desktop.core.proxy import NO_PROXY, SYSTEM_PROXY, Proxy, ProxyLogin, read_proxy
from cascade_desktop.engine.proxy import Gateway, SystemProxies, UnusableProxyError, gateway_to

VENDOR = target_of("https://restapi.smsbat.com")


def system(address: str = "http://office:3128", *, name: str = "https") -> SystemProxies:
    return SystemProxies(lambda: {name: address}, lambda host: host == "near.example")


def manual(text: str) -> Proxy:
    proxy = read_proxy(text)
    assert isinstance(proxy, Proxy)
    return proxy


@pytest.mark.parametrize(
    ("proxy", "asked", "expected"),
    [
        pytest.param(SYSTEM_PROXY, system(), Gateway("office", 3128), id="of the system"),
        pytest.param(SYSTEM_PROXY, system(name="all"), Gateway("office", 3128), id="for all"),
        pytest.param(SYSTEM_PROXY, system("office:8080"), Gateway("office", 8080), id="bare"),
        pytest.param(SYSTEM_PROXY, system("http://office"), Gateway("office", 80), id="no port"),
        pytest.param(
            SYSTEM_PROXY,
            system("http://me:p%40ss@office:1"),
            Gateway("office", 1, ProxyLogin("me", "p@ss")),
            id="with a login",
        ),
        pytest.param(SYSTEM_PROXY, system(name="ftp"), None, id="none for https"),
        pytest.param(NO_PROXY, system(), None, id="none wanted"),
        pytest.param(manual("mine:1"), system(), Gateway("mine", 1), id="typed in"),
    ],
)
def test_the_way_is_what_was_chosen(
    proxy: Proxy, asked: SystemProxies, expected: Gateway | None
) -> None:
    assert gateway_to(VENDOR, proxy, asked) == expected


def test_a_host_that_the_system_excepts_is_reached_directly() -> None:
    assert gateway_to(target_of("https://near.example"), SYSTEM_PROXY, system()) is None


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "https://localhost:9", "http://[::1]:9", "https://127.0.0.1"]
)
@pytest.mark.parametrize("proxy", [SYSTEM_PROXY, manual("mine:1")], ids=["system", "manual"])
def test_this_computer_is_never_reached_through_a_proxy(url: str, proxy: Proxy) -> None:
    assert gateway_to(target_of(url), proxy, system()) is None


@pytest.mark.parametrize("address", ["socks5://office:1", "http://[bad", "http://:3"])
def test_a_proxy_of_another_kind_is_not_passed_over_in_silence(address: str) -> None:
    with pytest.raises(UnusableProxyError):
        gateway_to(VENDOR, SYSTEM_PROXY, system(address))


def test_the_system_is_asked_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://office:3128")
    monkeypatch.setenv("no_proxy", "smsbat.com")
    assert gateway_to(target_of("https://example.org"), SYSTEM_PROXY) == Gateway("office", 3128)
    assert gateway_to(VENDOR, SYSTEM_PROXY) is None
