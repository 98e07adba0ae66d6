"""What the program remembers between runs: a JSON file, written whole or not at all."""

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from cascade_desktop.core.prices import Prices, read_prices
from cascade_desktop.core.template import is_broken
from cascade_desktop.engine.batching import PACE_PER_S
from cascade_desktop.engine.private import make_private

FILE_NAME = "settings.json"
KEEP_DAYS = 90
SPANS = {
    "pace_per_s": range(10_001),
    "keep_days": range(3_651),
    "sent_before_days": range(91),
    "quiet_before_h": range(24),
    "quiet_from_h": range(1, 25),
}
"""What each number may be; any other counts as missing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator set once."""

    base_url: str = ""
    country: str = ""
    sender: str = ""
    live: bool = False
    """Whether messages go to real people; a new installation practises."""
    senders: tuple[str, ...] = ()
    """Sender names that were used, the latest first."""
    proxy: str = ""
    """As `core.proxy.read_proxy` takes it, without its login; empty is as the system has it."""
    pace_per_s: int = int(PACE_PER_S)
    """The most messages that leave in a second; 0 for no ceiling."""
    keep_days: int = KEEP_DAYS
    """How long names, phones and texts stay after a campaign ended or was stopped; 0 for good."""
    trusted_hosts: tuple[str, ...] = ()
    """Hosts beside SMSBAT's own that the operator said everything may go to."""
    currency: str = ""
    prices: tuple[str, ...] = ()
    """What an SMS part costs, as `core.prices.write_prices` writes it: decimals, not fractions."""
    sent_before_days: int = 7
    """Whoever got a message within so many days is told of in the review; 0 for nobody."""
    quiet_before_h: int = 9
    quiet_from_h: int = 20
    """Outside these hours, where the recipient is, the review asks."""

    @property
    def pace(self) -> float | None:
        """Return the ceiling as the sender takes it."""
        return float(self.pace_per_s) if self.pace_per_s > 0 else None

    @property
    def own_prices(self) -> Prices:
        """Return what the operator pays for SMS."""
        return read_prices(self.currency, self.prices)


class SettingsStore:
    """Keeps the settings in a folder; a file that cannot be read counts as empty."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._unsaved: Settings | None = None

    def load(self) -> Settings:
        """Return what was saved; fields that are missing or wrong have their default.

        What could not be written counts all the same until the program ends.
        """
        if self._unsaved is not None:
            return self._unsaved
        try:
            saved = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return Settings()
        return replace(Settings(), **_known(saved)) if isinstance(saved, dict) else Settings()

    def save(self, settings: Settings) -> None:
        """Write the settings beside the old ones, then in their place.

        Raises:
            OSError: the folder cannot be written; they count until the program ends.
        """
        self._unsaved = settings
        make_private(self._path.parent)
        write_whole(self._path, json.dumps(asdict(settings), ensure_ascii=False, indent=2))
        self._unsaved = None


def write_whole(path: Path, text: str) -> None:
    """Write a small text file so that a crash leaves the old one or the new one, never half.

    Raises:
        OSError: it cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _known(saved: dict[str, Any]) -> dict[str, Any]:
    """Return the fields whose values can be."""
    found: dict[str, Any] = {}
    for field in fields(Settings):
        value, default = saved.get(field.name), field.default
        if isinstance(default, tuple) and isinstance(value, list):
            found[field.name] = tuple(item for item in value if _is_text(item))
        elif type(value) is type(default) and _may_be(field.name, value):
            found[field.name] = value
    return found


def _may_be(name: str, value: object) -> bool:
    return _is_text(value) if isinstance(value, str) else name not in SPANS or value in SPANS[name]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not is_broken(value)
