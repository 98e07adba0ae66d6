"""What a time zone is found by: its own name, its country's names, and its city's in Cyrillic."""

from collections.abc import Iterator
from zoneinfo import available_timezones

from PySide6.QtCore import (
    QAbstractItemModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimeZone,
)
from PySide6.QtWidgets import QCompleter

from cascade_desktop.ui.wording_times import RENAMED

SOUGHT_ROLE = int(Qt.ItemDataRole.UserRole)
"""Holds all that a zone is found by."""

CITIES = {
    "Europe/Kyiv": "Київ Киев Львів Одеса Харків Дніпро",
    "Europe/Warsaw": "Варшава Краків",
    "Europe/Rome": "Рим Мілан",
    "Europe/Berlin": "Берлін",
    "Europe/Paris": "Париж",
    "Europe/Madrid": "Мадрид Барселона",
    "Europe/London": "Лондон",
    "Europe/Prague": "Прага",
    "Europe/Vienna": "Відень",
    "Europe/Bucharest": "Бухарест",
    "Europe/Chisinau": "Кишинів",
    "Europe/Vilnius": "Вільнюс",
    "Europe/Istanbul": "Стамбул",
    "Asia/Tbilisi": "Тбілісі",
    "Asia/Almaty": "Алмати",
    "America/New_York": "Нью-Йорк",
}


def zone_names() -> list[str]:
    """Return the zones of today; a name that was replaced stands for no place of its own."""
    known = available_timezones()
    return sorted(zone for zone in known if RENAMED.get(zone) not in known)


def sought_by(zone: str) -> str:
    """Return all that a zone is found by, each in a line."""
    return "\n".join(dict.fromkeys(_names(zone)))


def _names(zone: str) -> Iterator[str]:
    yield zone
    yield zone.replace("_", " ")
    yield from CITIES.get(zone, "").split()
    country = QTimeZone(zone.encode()).territory()
    if country != QLocale.Country.AnyTerritory:
        yield QLocale.territoryToString(country)
        locale = QLocale(QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, country)
        yield locale.nativeTerritoryName()


class ZoneCompleter(QCompleter):
    """Offers the zones that are found by what is typed, and writes their names."""

    def __init__(self, zones: QAbstractItemModel, parent: QObject) -> None:
        super().__init__(zones, parent)
        self.setCompletionRole(SOUGHT_ROLE)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return what is written into the field for a zone that is chosen."""
        return str(index.data(int(Qt.ItemDataRole.DisplayRole)))
