import pytest

from cascade_desktop.core.owners import OWNERS, Owner, owner
from cascade_desktop.core.states import Reason


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
def test_somebody_must_act_on_every_reason(reason: Reason) -> None:
    assert owner(reason) in Owner


def test_nobody_must_act_on_no_reason() -> None:
    assert owner(Reason.NONE) is None
    assert len(OWNERS) == len(Reason) - 1
