"""What a long run is, and what it brings back."""

import importlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

HOME = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run measured, a line each, and every law that it saw broken."""

    told: tuple[str, ...]
    broken: tuple[str, ...] = ()


class NotHereError(Exception):
    """The run needs something that this computer has not; the message names it."""


class LongRun(Protocol):
    """A module of this folder that has a ``run``."""

    ROUNDS: int
    """How many rounds prove the issue's number."""
    SHORT_ROUNDS: int
    """How many the ordinary suite can spare a few seconds for; 0 keeps the run out of it."""
    run: Callable[[random.Random, int], Figures]


def run_names() -> tuple[str, ...]:
    """Return the names of all runs: the modules of this folder that define one."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return tuple(file.stem for file in files if "\ndef run(" in file.read_text(encoding="utf-8"))


def load(name: str) -> LongRun:
    """Return a run by its name."""
    return cast("LongRun", importlib.import_module(f"tests.long.{name}"))
