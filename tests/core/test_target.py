import dataclasses

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cascade_desktop.core.target import (
    DEFAULT_URL,
    Keys,
    KeyWrong,
    Target,
    UrlFault,
    UrlWrong,
    read_keys,
    read_target,
)

SECRET = "kS93-secret"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param(
            DEFAULT_URL,
            Target(DEFAULT_URL, "restapi.smsbat.com", is_loopback=False, is_vendor=True),
            id="the vendor's",
        ),
        pytest.param(
            "  https://SMSBAT.com/ ",
            Target("https://SMSBAT.com", "smsbat.com", is_loopback=False, is_vendor=True),
            id="blanks, capitals and a slash",
        ),
        pytest.param(
            "https://gate.example.com:8443/eu",
            Target(
                "https://gate.example.com:8443/eu",
                "gate.example.com",
                is_loopback=False,
                is_vendor=False,
            ),
            id="another host, port and path",
        ),
        pytest.param(
            "http://127.0.0.1:8080",
            Target("http://127.0.0.1:8080", "127.0.0.1", is_loopback=True, is_vendor=False),
            id="this computer",
        ),
        pytest.param(
            "http://localhost",
            Target("http://localhost", "localhost", is_loopback=True, is_vendor=False),
            id="this computer by name",
        ),
        pytest.param(
            "http://[::1]:9",
            Target("http://[::1]:9", "::1", is_loopback=True, is_vendor=False),
            id="this computer, IPv6",
        ),
        pytest.param(
            "https://notsmsbat.com",
            Target("https://notsmsbat.com", "notsmsbat.com", is_loopback=False, is_vendor=False),
            id="a name that ends like the vendor's",
        ),
    ],
)
def test_an_address_is_read(text: str, target: Target) -> None:
    assert read_target(text) == target


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", UrlFault.NOT_A_URL),
        ("smsbat.com", UrlFault.NOT_A_URL),
        ("ftp://smsbat.com", UrlFault.NOT_A_URL),
        ("https://", UrlFault.NOT_A_URL),
        ("https://[::1", UrlFault.NOT_A_URL),
        ("https://smsbat.com:99999", UrlFault.NOT_A_URL),
        ("https://smsbat.com:0", UrlFault.NOT_A_URL),
        ("https://sms bat.com", UrlFault.NOT_A_URL),
        ("https://smsbat..com", UrlFault.NOT_A_URL),
        ("https://.smsbat.com", UrlFault.NOT_A_URL),
        ("https://smsbat.com.", UrlFault.NOT_A_URL),
        (f"https://{'a' * 64}.com", UrlFault.NOT_A_URL),
        (f"https://{'.'.join(['a' * 60] * 5)}", UrlFault.NOT_A_URL),
        ("https://999.1.1.1", UrlFault.NOT_A_URL),
        ("https://1.2.3", UrlFault.NOT_A_URL),
        ("https://[1::g]", UrlFault.NOT_A_URL),
        ("https://[fe80::1%25eth0]", UrlFault.NOT_A_URL),
        ("https://sms\nbat.com", UrlFault.NOT_A_URL),
        ("https://smsbat.com/a\tb", UrlFault.NOT_A_URL),
        ("https://evil.com\\.smsbat.com", UrlFault.NOT_A_URL),
        ("https://evil.com%2esmsbat.com", UrlFault.NOT_A_URL),
        ("http://smsbat.com", UrlFault.NOT_HTTPS),
        ("http://127.0.0.2", UrlFault.NOT_HTTPS),
        ("http://127.1", UrlFault.NOT_A_URL),
        ("http://localhost.evil.com", UrlFault.NOT_HTTPS),
        ("http://192.168.0.1", UrlFault.NOT_HTTPS),
        ("https://me@smsbat.com", UrlFault.HAS_EXTRAS),
        ("https://@smsbat.com", UrlFault.HAS_EXTRAS),
        ("https://smsbat.com:x@evil.com", UrlFault.HAS_EXTRAS),
        ("https://smsbat.com?key=1", UrlFault.HAS_EXTRAS),
        ("https://smsbat.com/?", UrlFault.HAS_EXTRAS),
        ("https://smsbat.com#top", UrlFault.HAS_EXTRAS),
        ("https://смсбат.com", UrlFault.NOT_ASCII),
        ("https://smsbаt.com", UrlFault.NOT_ASCII),
        ("https://xn--a.example", UrlFault.NOT_ASCII),
        ("https://www.XN--smsbt-6nf.com", UrlFault.NOT_ASCII),
    ],
)
def test_an_address_that_cannot_be_trusted_is_told(text: str, fault: UrlFault) -> None:
    assert read_target(text) == UrlWrong(fault)


HOSTLY = st.text(st.sampled_from("abz.:/@[]\\%?# \t09-_~|^`{}<>\"'!$&()*+,;="), max_size=24)


@given(st.sampled_from(["https://", "http://", "https:", "HTTPS://", ""]), HOSTLY | st.text())
@example("https://", "a:")
@example("https://", "[::1]a")
@example("http://", "localhost:0")
def test_the_client_goes_to_the_host_that_was_checked(scheme: str, rest: str) -> None:
    target = read_target(scheme + rest)
    if isinstance(target, Target):
        url = httpx.URL(target.url)
        assert url.host == target.host
        assert (url.scheme, url.userinfo, url.query, url.fragment) in {
            ("https", b"", b"", ""),
            ("http", b"", b"", ""),
        }
        httpx.AsyncClient(base_url=target.url, transport=httpx.MockTransport(lambda _: None))  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    ("given_keys", "read"),
    [
        pytest.param((" abc ", "", ""), Keys("abc"), id="blanks around"),
        pytest.param(("", "v", "t"), Keys("", "v", "t"), id="no API key"),
        pytest.param(("", "", ""), Keys(), id="none"),
        pytest.param(("a b", "", ""), KeyWrong(2), id="a blank inside"),
        pytest.param(("", "ключ", ""), KeyWrong(1), id="Cyrillic"),
        pytest.param(("ab\r\nX: y", "", ""), KeyWrong(3), id="a line break"),
        pytest.param(("", "", "ok\x7f"), KeyWrong(3), id="a control character"),
    ],
)
def test_keys_are_stripped_and_checked(given_keys: tuple[str, str, str], read: object) -> None:
    assert read_keys(*given_keys) == read


def test_keys_are_never_shown() -> None:
    keys = Keys(SECRET, "viber-" + SECRET, "tg-" + SECRET)
    assert SECRET not in f"{keys} {keys!r} {(keys,)!r} {keys.fingerprint}"
    assert repr(Keys()) == "Keys(none)"


def test_only_keys_that_are_set_are_sent() -> None:
    assert Keys("a", "", "c").headers == {"X-Authorization-Key": "a", "X-Tg-Bot-Key": "c"}
    assert not Keys()
    assert Keys("", "v")


def test_a_fingerprint_tells_accounts_apart() -> None:
    different = [Keys("a"), Keys("b"), Keys("", "a"), Keys("a", "b"), Keys("ab"), Keys("", "", "a")]
    assert len({keys.fingerprint for keys in different}) == len(different)
    assert Keys("a").fingerprint == dataclasses.replace(Keys("a")).fingerprint
    assert Keys().fingerprint == ""
