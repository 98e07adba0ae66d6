import pytest

from cascade_desktop.core.proxy import (
    NO_PROXY,
    SYSTEM_PROXY,
    Proxy,
    ProxyFault,
    ProxyLogin,
    ProxyMode,
    ProxyWrong,
    read_proxy,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", SYSTEM_PROXY, id="nothing"),
        pytest.param(" System ", SYSTEM_PROXY, id="system"),
        pytest.param("none", NO_PROXY, id="none"),
        pytest.param("proxy.office:3128", Proxy(ProxyMode.MANUAL, "proxy.office", 3128), id="name"),
        pytest.param("http://10.0.0.1:80/", Proxy(ProxyMode.MANUAL, "10.0.0.1", 80), id="url"),
        pytest.param("[fd00::1]:8080", Proxy(ProxyMode.MANUAL, "fd00::1", 8080), id="six"),
    ],
)
def test_a_choice_is_read_and_written_alike(text: str, expected: Proxy) -> None:
    assert read_proxy(text) == expected
    assert read_proxy(expected.text) == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("proxy.office", ProxyFault.NO_PORT, id="no port"),
        pytest.param("proxy.office:0", ProxyFault.NO_PORT, id="port 0"),
        pytest.param("proxy:99999", ProxyFault.NOT_AN_ADDRESS, id="port too large"),
        pytest.param("[::1", ProxyFault.NOT_AN_ADDRESS, id="half a bracket"),
        pytest.param(":3128", ProxyFault.NOT_AN_ADDRESS, id="no host"),
        pytest.param("проксі:3128", ProxyFault.NOT_AN_ADDRESS, id="Cyrillic"),
        pytest.param("pro xy:3128", ProxyFault.NOT_AN_ADDRESS, id="blank"),
        pytest.param("proxy..office:3128", ProxyFault.NOT_AN_ADDRESS, id="two dots"),
        pytest.param(f"{'a' * 64}.office:3128", ProxyFault.NOT_AN_ADDRESS, id="long part"),
        pytest.param("socks5://proxy:1080", ProxyFault.NOT_AN_ADDRESS, id="socks"),
        pytest.param("https://proxy:3128", ProxyFault.NOT_AN_ADDRESS, id="https"),
        pytest.param("http://proxy:3128/pac", ProxyFault.NOT_AN_ADDRESS, id="path"),
        pytest.param("http://proxy:3128?a", ProxyFault.NOT_AN_ADDRESS, id="query"),
        pytest.param("me:word@proxy:3128", ProxyFault.HAS_LOGIN, id="login"),
    ],
)
def test_what_is_no_proxy_is_told(text: str, fault: ProxyFault) -> None:
    assert read_proxy(text) == ProxyWrong(fault)


def test_a_login_is_in_no_text() -> None:
    proxy = Proxy(ProxyMode.MANUAL, "proxy", 3128).with_login("me", "secret")
    assert proxy.login == ProxyLogin("me", "secret")
    assert "secret" not in f"{proxy!r} {proxy.text}"
    assert proxy.with_login("", "").login is None
