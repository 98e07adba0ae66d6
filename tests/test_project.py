"""Hold the project's top level and its dependencies to what was agreed."""

import importlib
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {"README.md", "cascade_desktop", "packaging", "pyproject.toml", "resources", "tests"}

# Made by tools, never committed.
MADE = {"build", "dist"}

# A home, a temporary or a work folder of one machine, on any system; chroots' ones are general.
MACHINE_PATH = re.compile(r"/(?:home|Users|work)/(?!trial/)\w|[A-Z]:\\\\?Users\\|/root/")
TEXTS = {".py", ".md", ".toml", ".sh", ".json", ".qss", ".ts", ".ini", ".cfg", ""}


# What is asked for by name only, or for a Python older than ours.
NEVER = re.compile(r"""extra ==|python(_full)?_version < ['"]3\.(\d|10|11)['"]""")
REQUIREMENT = re.compile(r'"([A-Za-z][\w.-]*[<>=!~][^"]*)",(?:\s*#.*)?')


def unexplained(text: str) -> list[str]:
    """Return the requirements of pyproject.toml that stand under no comment of their list.

    One comment may speak of some requirements in a row that belong together.
    """
    found, explained = [], 0
    for line in map(str.strip, text.splitlines()):
        if line.startswith("#"):
            explained = 4
        elif match := REQUIREMENT.fullmatch(line):
            explained -= 1
            found += [match[1]] if explained < 0 else []
        else:
            explained = 0
    return found


def own_files() -> Iterator[Path]:
    """Yield the project's own text files."""
    for name in {*TOP_LEVEL, ".ci", ".editorconfig", ".gitattributes", ".gitignore"}:
        top = ROOT / name
        for file in top.rglob("*") if top.is_dir() else [top]:
            if file.is_file() and file.suffix in TEXTS and "__pycache__" not in file.parts:
                yield file


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    found = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}

    assert {name for name in found - MADE if not name.endswith(".egg-info")} == TOP_LEVEL


def test_every_dependency_has_its_reason() -> None:
    assert unexplained((ROOT / "pyproject.toml").read_text(encoding="utf-8")) == []


def test_a_dependency_without_a_reason_is_found() -> None:
    text = 'dependencies = [\n    "httpx>=0.28",\n    # Tables.\n    "pandas>=2",\n]\n'

    assert unexplained(text) == ["httpx>=0.28"]


def test_no_file_names_a_place_on_one_machine() -> None:
    named = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in own_files()
        if file != Path(__file__).resolve()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]

    assert named == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        pytest.param("/home/olha/people.xlsx", True, id="linux"),
        pytest.param("/Users/olha/people.xlsx", True, id="macos"),
        pytest.param(r"C:\Users\Olha", True, id="windows"),
        pytest.param("/usr/share/fonts", False, id="the same everywhere"),
        pytest.param("build/demo", False, id="relative"),
    ],
)
def test_a_machine_path_is_told_from_others(line: str, named: bool) -> None:
    assert bool(MACHINE_PATH.search(line)) is named


@pytest.mark.parametrize(
    "name", ["resources/LICENSE", "resources/NOTICES.md", "resources/CHANGELOG.md", ".ci/run"]
)
def test_what_the_project_promises_to_carry_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 100


def test_the_notices_name_every_package_that_the_program_stands_on() -> None:
    notices = letters((ROOT / "resources" / "NOTICES.md").read_text(encoding="utf-8"))

    assert (
        sorted(name for name in required("cascade-desktop") if letters(name) not in notices) == []
    )


def letters(text: str) -> str:
    """Return a text's letters and digits alone: names are spelled in many ways."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def required(name: str, found: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return what a package needs on any system, and what those need in turn."""
    try:
        lines = requires(name) or []
    except PackageNotFoundError:  # it belongs to another system
        return found
    for line in lines:
        plain = re.match(r"[\w.-]+", line)
        if plain and plain[0] not in found and not NEVER.search(line):
            found = required(plain[0], found | {plain[0]})
    return found


def test_the_changelog_tells_of_the_version_that_is_built() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    changelog = (ROOT / "resources" / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == table["project"]["version"]


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Load the set-up as its commands do, with a virtual environment of the test's own."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    module = importlib.import_module("setup_environment")
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "UNFINISHED", tmp_path / "unfinished")
    return module


def test_a_package_that_was_renamed_counts_as_installed(setup: Any) -> None:
    listing = (
        "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80), other\n"
        "config-files\tlibgl1\t\n"
        "installed\tlibegl1\t\n"
    )

    missing = setup.missing_packages(("libglib2.0-0", "libgl1", "libegl1"), listing)

    assert missing == ("libgl1",)


def test_an_environment_for_checks_also_runs_the_program_but_not_the_reverse(setup: Any) -> None:
    made_from = setup.fingerprint("3 11", for_checks=False)
    setup.stamp(for_checks=False).write_text(made_from)
    assert setup.is_ready("3 11", for_checks=False)
    assert not setup.is_ready("3 11", for_checks=True)

    setup.stamp(for_checks=False).unlink()
    setup.stamp(for_checks=True).write_text(setup.fingerprint("3 11", for_checks=True))
    assert setup.is_ready("3 11", for_checks=False)
    assert not setup.is_ready("3 12", for_checks=False)


@pytest.mark.parametrize(
    ("worked_before", "usable"),
    [pytest.param(True, True, id="that worked"), pytest.param(False, False, id="never finished")],
)
def test_packages_that_cannot_be_installed_spoil_no_environment(
    setup: Any, monkeypatch: pytest.MonkeyPatch, worked_before: bool, usable: bool
) -> None:
    def fail(_command: list[str], what: str) -> None:
        raise setup.SetupError(what)

    monkeypatch.setattr(setup, "run_logged", fail)
    if worked_before:
        setup.stamp(for_checks=False).write_text(setup.fingerprint("3 11", for_checks=False))

    with pytest.raises(setup.SetupError):
        setup.install_project(for_checks=True)

    assert setup.UNFINISHED.exists() is not usable
    assert setup.is_ready("3 11", for_checks=False) is usable


def test_an_environment_half_made_cannot_be_used(
    setup: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "VENV", Path(sys.prefix))
    assert setup.environment_version() != ""

    setup.UNFINISHED.touch()
    assert setup.environment_version() == ""
