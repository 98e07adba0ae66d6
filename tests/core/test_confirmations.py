from datetime import UTC, datetime

import pytest

from cascade_desktop.core.confirmations import Confirmation, Quiet, needed, quiet_hours
from cascade_desktop.core.drafts import Kind

KYIV, MILAN, LISBON = "+380501112233", "+393331112233", "+351912345678"
NIGHT = Quiet("UA", datetime(2026, 11, 26, 23, 0, tzinfo=UTC))

ASKED = [
    pytest.param(Kind.TRANSACTION, 1, {}, (), id="a notice asks nothing"),
    pytest.param(Kind.PROMO, 1, {}, (Confirmation.AGREEMENT,), id="advertising"),
    pytest.param(Kind.SURVEY, 1, {}, (Confirmation.AGREEMENT,), id="survey"),
    pytest.param(Kind.FLASHCALL, 1, {}, (), id="flash call"),
    pytest.param(Kind.TRANSACTION, 1, {"quiet": (NIGHT,)}, (), id="a notice at night is a remark"),
    pytest.param(
        Kind.FLASHCALL, 1, {"quiet": (NIGHT,)}, (Confirmation.QUIET_HOURS,), id="a call at night"
    ),
    pytest.param(
        Kind.TRANSACTION, 1, {"scheduled": True}, (Confirmation.NOT_CALLED_BACK,), id="scheduled"
    ),
    pytest.param(Kind.TRANSACTION, 10_000, {}, (), id="ten thousand"),
    pytest.param(Kind.TRANSACTION, 10_001, {}, (Confirmation.LARGE_NUMBER,), id="more"),
    pytest.param(Kind.TRANSACTION, 10_001, {"live": False}, (), id="more in practice"),
]


@pytest.mark.parametrize(("kind", "people", "changes", "asked"), ASKED)
def test_only_what_applies_is_asked(kind: Kind, people: int, changes: dict, asked: tuple):
    given = {"scheduled": False, "quiet": (), "live": True, **changes}

    assert needed(kind, people, **given) == asked


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, tzinfo=UTC)


HOURS = [
    pytest.param(at(6, 59), ("UA", "IT"), id="8:59 in Kyiv, 7:59 in Milan"),
    pytest.param(at(7), ("IT",), id="9:00 in Kyiv, 8:00 in Milan"),
    pytest.param(at(8), (), id="10:00 and 9:00"),
    pytest.param(at(17, 59), (), id="19:59 and 18:59"),
    pytest.param(at(18), ("UA",), id="20:00 in Kyiv, 19:00 in Milan"),
]


@pytest.mark.parametrize(("moment", "quiet"), HOURS)
def test_quiet_hours_are_those_of_the_recipients_country(moment: datetime, quiet: tuple):
    found = quiet_hours([("UA", KYIV), ("IT", MILAN)], [moment])

    assert tuple(item.country for item in found) == quiet


def test_a_country_with_two_zones_is_quiet_where_one_of_them_is():
    found = quiet_hours([("PT", LISBON)], [at(9)])

    assert [(item.country, item.local.hour) for item in found] == [("PT", 8)]


def test_a_spread_is_quiet_where_its_end_is():
    assert quiet_hours([("UA", KYIV)], [at(10), at(20)])[0].local.hour == 22
