"""Set up what all tests share: a screen that nobody sees, and data that is nobody's."""

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def no_real_account(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep the tests away from real keys, real data and real proxies."""
    for name in ("SMSBAT_API_KEY", "SMSBAT_VIBER_TOKEN", "SMSBAT_TG_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASCADE_DESKTOP_DATA", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setenv("CASCADE_DESKTOP_STATE", str(tmp_path_factory.mktemp("state")))
