"""A lean process that sends a campaign while every call of its that leaves a trace is watched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.engine.workspace import Workspace
from tests.engine.campaigns import KEYS, make_plan, target_of
from tests.long.figures import HOME, NotHereError

CHILD = HOME / "tests" / "engine" / "killed_child.py"
SOURCE = Path(__file__).with_name("shim.c")


@contextmanager
def built_shim() -> Iterator[Path]:
    """Yield the library that stands before the calls of a process."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        raise NotHereError("it needs Linux and a C compiler (apt-get install gcc)")
    with TemporaryDirectory() as folder:
        library = Path(folder) / "shim.so"
        command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"]
        subprocess.run(command, check=True)
        yield library


def prepare(folder: Path, url: str, people: int) -> str:
    """Record a campaign in a folder; return its code."""
    plan = make_plan(people)
    campaign = Campaign(plan.name, plan.draft, route=plan.route)
    space = Workspace(folder / "data", state=folder / "state")
    try:
        host, account = target_of(url).host, KEYS.fingerprint
        return space.journal.create(plan, campaign, host=host, account=account)
    finally:
        space.close()


def send(folder: Path, url: str, code: str, **shim: str) -> tuple[int, str]:
    """Let a process send the campaign; return how it ended and what it said."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(HOME),
        "CASCADE_DESKTOP_STATE": str(folder / "state"),
        **shim,
    }
    done = subprocess.run(
        [sys.executable, str(CHILD), str(folder / "data"), url, code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
