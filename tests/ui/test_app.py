"""What the window's face takes from a file manager."""

from pathlib import Path

import pytest

from cascade_desktop.app import _is_missing, _parse


@pytest.mark.parametrize(
    ("given", "path"),
    [
        pytest.param("people.csv", "{here}/people.csv", id="relative"),
        pytest.param("{here}/a b.csv", "{here}/a b.csv", id="absolute"),
        pytest.param("file://{here}/a%20%D1%8F.csv", "{here}/a я.csv", id="address"),
        pytest.param("{here}/100%25.csv", "{here}/100%25.csv", id="percent in a name"),
        pytest.param("https://example.org/a.csv", "{here}/https:/example.org/a.csv", id="web page"),
    ],
)
def test_a_list_is_named_by_a_path_or_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, path: str
) -> None:
    monkeypatch.chdir(tmp_path)

    files = _parse(["--data-dir", "x", given.format(here=tmp_path)]).files

    assert files == (Path(path.format(here=tmp_path)),)


def test_only_what_is_not_there_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()

    assert _is_missing(tmp_path / "b.csv")
    assert _is_missing(tmp_path / "a.csv" / "b.csv")
    assert not _is_missing(tmp_path / "a.csv")
    assert not _is_missing(tmp_path / ("x" * 300))
