"""Settings, drafts, keys, the log and the environment: what is kept, where, and how privately."""

import logging
import sys
from pathlib import Path

import pytest

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.drafts import Kind, Promo
from cascade_desktop.core.proxy import SYSTEM_PROXY, Proxy, ProxyLogin, read_proxy
from cascade_desktop.core.target import Keys, KeyWrong
from cascade_desktop.engine.account import proxy_of
from cascade_desktop.engine.drafts_store import DraftsStore
from cascade_desktop.engine.environment import (
    ScaleWrong,
    data_root,
    keys_of,
    proxy_with_login,
    waits_for,
)
from cascade_desktop.engine.log import FILE_NAME, safe_trace, start_log, stop_log
from cascade_desktop.engine.settings import Settings, SettingsStore

PHONE, KEY = "+380501112233", "invented-key-1234"


PACES = [
    pytest.param(200, 200.0, id="usual"),
    pytest.param(0, None, id="no ceiling"),
    pytest.param(-5, None, id="nonsense"),
]


@pytest.mark.parametrize(("kept", "pace"), PACES)
def test_a_pace_of_nothing_means_no_ceiling(kept: int, pace: float | None):
    assert Settings(pace_per_s=kept).pace == pace


def test_settings_come_back_as_they_were_saved(tmp_path: Path):
    store = SettingsStore(tmp_path / "data")
    store.save(Settings(country="IT", sender="Shop", live=True, senders=("Shop", "Clinic")))

    assert SettingsStore(tmp_path / "data").load() == Settings(
        country="IT", sender="Shop", live=True, senders=("Shop", "Clinic")
    )


BROKEN = [
    pytest.param("", id="empty"),
    pytest.param("{", id="cut off"),
    pytest.param("[1]", id="no object"),
    pytest.param('{"live": "yes", "senders": "Shop", "later": 1}', id="wrong types"),
    pytest.param("[" * 120_000, id="too deep"),
    pytest.param('{"sent_before_days": 1000000, "keep_days": -1}', id="days that cannot be"),
    pytest.param('{"quiet_before_h": 24, "quiet_from_h": 0}', id="hours that cannot be"),
    pytest.param('{"pace_per_s": 10001}', id="faster than can be set"),
    pytest.param('{"currency": "\\ud83d", "senders": ["\\ud83d"]}', id="half a character"),
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_damaged_settings_file_counts_as_empty(tmp_path: Path, text: str):
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")

    assert SettingsStore(tmp_path).load() == Settings()


def test_a_draft_survives_for_each_kind(tmp_path: Path):
    store = DraftsStore(tmp_path)
    campaign = Campaign("Winter", Promo("Shop", "Вітаємо, {Ім’я}!", 172_800))
    store.save(campaign)

    assert store.load(Kind.PROMO) == campaign
    assert store.load(Kind.SURVEY) is None


def test_a_damaged_draft_is_no_draft(tmp_path: Path):
    store = DraftsStore(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "promo.cascade.json").write_bytes(b"\xff\xfe{")

    assert store.load(Kind.PROMO) is None


def test_a_draft_of_a_newer_version_is_kept_aside(tmp_path: Path):
    store = DraftsStore(tmp_path)
    (tmp_path / "drafts").mkdir()
    newer = '{"version": 2, "text": "precious"}'
    (tmp_path / "drafts" / "promo.cascade.json").write_text(newer, encoding="utf-8")

    store.save(Campaign("Winter", Promo("Shop", "Hi")))

    kept = tmp_path / "drafts" / "kept" / "promo.cascade.json"
    assert kept.read_text("utf-8") == newer
    assert store.load(Kind.PROMO) == Campaign("Winter", Promo("Shop", "Hi"))


def int_of(text: str) -> int:
    return int(text)


def test_the_log_is_private_and_names_nobody(tmp_path: Path):
    start_log(tmp_path)
    with pytest.raises(ValueError, match=KEY) as caught:
        int_of(f"{PHONE} {KEY}")
    logging.getLogger("cascade_desktop.somewhere").error("failed: %s", safe_trace(caught.value))
    stop_log()

    written = (tmp_path / FILE_NAME).read_text("utf-8")
    assert "ValueError at test_keeping.py" in written
    assert PHONE not in written
    assert KEY not in written
    if sys.platform != "win32":
        assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    start_log(tmp_path / "file")
    logging.getLogger("cascade_desktop.somewhere").error("unheard")
    stop_log()

    assert (tmp_path / "file").read_text("utf-8") == ""


def test_the_environment_says_where_data_lives(tmp_path: Path):
    assert data_root("", {"CASCADE_DESKTOP_DATA": str(tmp_path)}) == tmp_path
    assert data_root(str(tmp_path / "given"), {"CASCADE_DESKTOP_DATA": "x"}) == tmp_path / "given"
    assert data_root("", {}).name == "Cascade Desktop"


def test_keys_of_the_environment_are_stripped_and_checked():
    assert keys_of({"SMSBAT_API_KEY": f" {KEY}\n", "SMSBAT_TG_KEY": "t"}) == Keys(KEY, tg_key="t")
    assert keys_of({"SMSBAT_API_KEY": "кey"}) == KeyWrong(1)


SCALES = [
    pytest.param("0.5", True, 0.5, id="loopback"),
    pytest.param("0.5", False, 1.0, id="never on a real service"),
    pytest.param("", True, 1.0, id="none"),
]


@pytest.mark.parametrize(("text", "loopback", "scale"), SCALES)
def test_time_runs_otherwise_only_on_this_computer(text: str, loopback: bool, scale: float):
    waits = waits_for(is_loopback=loopback, environment={"CASCADE_DESKTOP_WAIT_SCALE": text})

    assert not isinstance(waits, ScaleWrong)
    assert waits.scale == scale


@pytest.mark.parametrize("text", ["0", "-1", "fast", "nan", "1e9"])
def test_a_scale_that_is_no_number_is_told(text: str):
    found = waits_for(is_loopback=True, environment={"CASCADE_DESKTOP_WAIT_SCALE": text})

    assert found == ScaleWrong(text)


PROXIES = [
    pytest.param("proxy.office:3128", ProxyLogin("office", "a:b"), id="by hand"),
    pytest.param("system", None, id="as the system has it"),
    pytest.param("none", None, id="none"),
]


@pytest.mark.parametrize(("named", "login"), PROXIES)
def test_a_proxy_that_is_named_takes_its_login_from_the_environment(named: str, login):
    proxy = read_proxy(named)
    assert isinstance(proxy, Proxy)

    found = proxy_with_login(proxy, {"CASCADE_DESKTOP_PROXY_LOGIN": "office:a:b"})

    assert found.login == login


def test_a_login_for_the_proxy_counts_only_where_it_was_typed_in():
    login = ProxyLogin("office", "invented-password")

    assert proxy_of(Settings(proxy="proxy.office:3128"), login).login == login
    assert proxy_of(Settings(proxy="none"), login).login is None
    assert proxy_of(Settings(proxy="nonsense/"), login) == SYSTEM_PROXY
