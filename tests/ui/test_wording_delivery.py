"""What is said of deliveries: how far it is known, what it took, how long asking takes."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from cascade_desktop.core.delivery import BillSum
from cascade_desktop.ui.wording_delivery import say_bill, say_cost, say_delivery, say_known


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


EUR = BillSum(1240, (("EUR", Decimal("62.05")),))


@pytest.mark.parametrize(
    ("known", "sent", "bill", "said"),
    [
        pytest.param(0, 50, BillSum(), "Delivery is known for 0 of 50 so far.", id="nothing yet"),
        pytest.param(
            50, 50, EUR, "Delivery is known for all 50. 1,240 SMS, 62.05 EUR.", id="everything"
        ),
        pytest.param(
            1000,
            100_000,
            BillSum(),
            "Delivery is known for 1,000 of 100,000 so far. SMSBAT answers ten questions a second:"
            " asking about the others takes about 3 hours, while this program is open.",
            id="it takes hours",
        ),
        pytest.param(
            0,
            3000,
            BillSum(),
            "Delivery is known for 0 of 3,000 so far. SMSBAT answers ten questions a second:"
            " asking about the others takes about 5 minutes, while this program is open.",
            id="it takes minutes",
        ),
    ],
)
def test_it_says_how_far_it_is_known(known: int, sent: int, bill: BillSum, said: str) -> None:
    assert say_known(known, sent, bill) == said


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        pytest.param(0.05, "0.05 EUR", id="cents"),
        pytest.param(0.1, "0.10 EUR", id="ten cents"),
        pytest.param(0.0375, "0.0375 EUR", id="parts of a cent"),
        pytest.param(Decimal(1200), "1,200.00 EUR", id="many"),
    ],
)
def test_money_is_written_out(cost: float | Decimal, said: str) -> None:
    assert say_cost(cost, "EUR") == said


def test_money_of_each_currency_stands_alone() -> None:
    bill = BillSum(0, (("", Decimal("1.5")), ("UAH", Decimal(20))))

    assert say_bill(bill) == "1.50, 20.00 UAH"


def test_a_word_that_nobody_documents_stays_as_it_came() -> None:
    assert [say_delivery(word) for word in ("processing", "read by all")] == [
        "On its way",
        "read by all",
    ]
