"""Prepare this folder for work: system packages, a virtual environment, the project in it.

Standard library only: it runs before anything is installed, on Linux, Windows and macOS. Up to
the check of the version it must be readable by any Python 3, hence the cautious syntax.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOG = ROOT / "build" / "setup.log"

# Left by a set-up that did not come to its end: what it made cannot be trusted.
UNFINISHED = VENV / "unfinished"

LEAST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11")

# What Qt needs on a bare Debian, and an emoji font; the text font is the program's own.
OFF_SCREEN_PACKAGES = (
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libfreetype6",
    "libfontconfig1",
    "libdbus-1-3",
    "fonts-noto-color-emoji",
)
DISPLAY_PACKAGES = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libwayland-cursor0",
    "libwayland-egl1",
)
TEST_PACKAGES = ("xvfb", "xauth")


class SetupError(Exception):
    """Tell in plain words why the set-up cannot go on."""


def prepare(*, for_checks: bool) -> Path:
    """Make the environment ready, quickly when it already is, and return its Python."""
    go_on_with_newer_python()
    install_system_packages(for_checks=for_checks)
    version = environment_version()
    if not version:
        create_environment()
        version = environment_version()
    if not is_ready(version, for_checks=for_checks):
        install_project(for_checks=for_checks)
        made_from = fingerprint(version, for_checks=for_checks)
        stamp(for_checks=for_checks).write_text(made_from, encoding="ascii")
    return venv_python()


def has_display() -> bool:
    """Return whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def go_on_with_newer_python() -> None:
    """Replace this process by a newer Python's when this one is too old (Ubuntu 22.04 has both)."""
    if sys.version_info >= LEAST_PYTHON:
        return
    newer = find_newer_python() or install_newer_python()
    if newer is None:
        have, least = (".".join(map(str, v[:2])) for v in (sys.version_info, LEAST_PYTHON))
        raise SetupError(
            f"Cascade Desktop needs Python {least} or newer; this is {have}. Install a newer"
            " Python (python.org, or your system's packages) and run this again with it."
        )
    sys.exit(subprocess.call([newer, *sys.argv]))


def find_newer_python() -> str | None:
    """Return the path of an installed Python that is new enough and really starts."""
    for path in filter(None, map(shutil.which, NEWER_PYTHONS)):
        if subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            return path
    return None


def install_newer_python() -> str | None:
    """Install a newer Python where the system's packages hold one."""
    if not has_apt():
        return None
    for name in NEWER_PYTHONS:
        query = ["apt-cache", "show", name]
        if subprocess.run(query, capture_output=True, check=False).returncode == 0:
            apt_install((name, f"{name}-venv"))
            return shutil.which(name)
    return None


def has_apt() -> bool:
    """Return whether this system installs packages with apt."""
    return all(map(shutil.which, ("apt-get", "apt-cache", "dpkg-query")))


def install_system_packages(*, for_checks: bool) -> None:
    """Install what Qt and the virtual environment need from the system, if anything is missing."""
    if not has_apt():
        if importlib.util.find_spec("ensurepip") is None:
            raise SetupError("This Python cannot make virtual environments: install its venv.")
        return
    missing = missing_packages(wanted_packages(for_checks=for_checks), installed_packages())
    if missing:
        apt_install(missing)


def wanted_packages(*, for_checks: bool) -> tuple[str, ...]:
    """Return the Debian packages that the work ahead needs."""
    wanted: list[str] = list(OFF_SCREEN_PACKAGES)
    if importlib.util.find_spec("ensurepip") is None:
        wanted.append("python{}.{}-venv".format(*sys.version_info[:2]))
    if has_display():
        wanted += DISPLAY_PACKAGES
    if for_checks:
        wanted += TEST_PACKAGES
    return tuple(wanted)


def installed_packages() -> str:
    """Return dpkg's list of what is installed and what that provides, a package a line."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Provides}\n"]
    return subprocess.run(query, stdout=subprocess.PIPE, text=True, check=False).stdout


def missing_packages(wanted: tuple[str, ...], listing: str) -> tuple[str, ...]:
    r"""Return the wanted packages that nothing installed is or provides.

    >>> missing_packages(("liba", "libb"), "installed\tlibat64\tliba (= 1), libz\n")
    ('libb',)
    """
    present = set()
    for line in listing.splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            present.add(package)
            present.update(name.split(" (")[0].strip() for name in provides.split(","))
    return tuple(name for name in wanted if name not in present)


def apt_install(packages: tuple[str, ...]) -> None:
    """Install Debian packages, through sudo when this is not root."""
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            raise SetupError(
                "Some system packages are missing. Ask an administrator to run:\n"
                "  apt-get install " + " ".join(packages)
            )
        apt.insert(0, "sudo")
    say("Installing system packages: " + " ".join(packages) + " ...")
    run_logged([*apt, "update"], "Reading the list of system packages")
    run_logged(
        [*apt, "install", "-y", "--no-install-recommends", *packages],
        "Installing the system packages",
    )


def venv_python() -> Path:
    """Return the path of the virtual environment's Python."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment_version() -> str:
    """Return the version of the virtual environment's Python, "" when it cannot be used."""
    if UNFINISHED.exists() or not venv_python().exists():
        return ""
    probe = (
        "import importlib.util as u, sys\n"
        f"print(*sys.version_info[:2]) if sys.version_info >= {LEAST_PYTHON}"
        " and u.find_spec('pip') else None"
    )
    command = [str(venv_python()), "-c", probe]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def create_environment() -> None:
    """Make the virtual environment afresh."""
    say("Creating the virtual environment in .venv ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    run_logged([sys.executable, "-m", "venv", str(VENV)], "Creating the virtual environment")
    UNFINISHED.unlink()


def install_project(*, for_checks: bool) -> None:
    """Install the project with what it depends on, and the tools for checks when asked."""
    say("Installing the Python packages into .venv (a few minutes the first time) ...")
    worked_before = any(stamp(for_checks=kind).is_file() for kind in (False, True))
    UNFINISHED.touch()
    pip = [str(venv_python()), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    tools = project_table()["dependency-groups"]["dev"] if for_checks else []
    try:
        run_logged([*pip, "-e", str(ROOT), *tools], "Installing the Python packages")
    except SetupError:
        if worked_before:  # pip takes back what it could not finish: what was there still works
            UNFINISHED.unlink()
        raise
    for old in (stamp(for_checks=False), stamp(for_checks=True)):
        old.unlink(missing_ok=True)
    UNFINISHED.unlink()


def project_table() -> dict:
    """Return pyproject.toml; pip's own --group needs pip 25.1, and Debian 12 brings 23."""
    import tomllib

    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def stamp(*, for_checks: bool) -> Path:
    """Return the file that says what the environment was made from."""
    return VENV / ("ready-for-checks" if for_checks else "ready-to-run")


def is_ready(version: str, *, for_checks: bool) -> bool:
    """Return whether a finished set-up of this very project did all that is needed."""
    kinds = (True,) if for_checks else (True, False)
    return any(
        stamp(for_checks=kind).is_file()
        and stamp(for_checks=kind).read_text("ascii") == fingerprint(version, for_checks=kind)
        for kind in kinds
    )


def fingerprint(version: str, *, for_checks: bool) -> str:
    """Return a digest of all that decides what is installed."""
    table = project_table()
    parts = [table["project"], table["build-system"], table["dependency-groups"]]
    facts = json.dumps([parts, for_checks, version, str(ROOT)], sort_keys=True)
    return hashlib.sha256(facts.encode()).hexdigest()


def run_logged(command: list[str], what: str) -> None:
    """Run a command with its output in the log, and name the log when it fails."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        code = subprocess.call(command, stdout=log, stderr=subprocess.STDOUT)
    if code != 0:
        raise SetupError(f"{what} did not work. Is this computer online? The log: {LOG}")
