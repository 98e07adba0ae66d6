"""What a day at an office of `sending_machine` is made of: lists, and times of sending."""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from campaigns import PROMO
from frail_worker import Frailty, Trouble
from hypothesis import strategies as st

from cascade_desktop.core.drafts import FlashCall, Transaction
from cascade_desktop.core.table import Source, Table

DRAFTS = (
    PROMO,
    Transaction("MyBrand", "Order of {Name} is ready", None),
    FlashCall("MyBrand", 120, "Code for {Name}"),
)
WRONG = ("call me", "", "12", "+3805011", "0440000000000", "+380501112233 +380501112244")
NAMES = ("Ada", "Олена", "Zoë 🎉", "", '"=1+1"', "Person")
WRONG_SHARE = 0.15
SILENCE = "silence"


class Wish(Enum):
    """What the operator does while a campaign is under way."""

    NONE = auto()
    PAUSE = auto()
    STOP = auto()
    STOP_LIST = auto()
    SLEEP = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """One time that a campaign is sent, and what goes wrong meanwhile."""

    campaign: int
    faults: tuple[int, ...]
    wish: Wish
    wish_at: int
    frailty: Frailty


FRAILTIES = st.just(Frailty()) | st.builds(
    Frailty, st.sampled_from(Trouble), st.integers(1, 40), st.integers(1, 12)
)
PEOPLE = st.integers(1, 30) | st.sampled_from([120, 230])
RUNS = st.builds(
    Run,
    st.integers(0, 2),
    st.lists(st.integers(0, 99), max_size=6).map(tuple),
    st.sampled_from(Wish),
    st.integers(1, 12),
    FRAILTIES,
)


def make_list(people: int, dice: random.Random) -> Table:
    """Return a list with doubles, wrong rows, several spellings and odd names."""
    phones, names = [], []
    for _ in range(people):
        number = 1_000_000 + dice.randrange(people * 3 // 2 + 1)
        spelt = dice.choice((f"+38050{number}", f"050{number}", f"38 050 {number}"))
        phones.append(dice.choice(WRONG) if dice.random() < WRONG_SHARE else spelt)
        names.append(dice.choice(NAMES))
    source = Source("people.xlsx", "xlsx", "List", ("List",), 1, "", "", "")
    return Table(source, ("Phone", "Name"), (phones, names), range(2, people + 2))


def interruptions(run: Run, faults: Sequence[str]) -> int:
    """Return how many batches may be left unknown by what goes wrong in a run."""
    if SILENCE in faults:
        return sys.maxsize
    return len(faults) + (run.frailty.trouble is not Trouble.NONE)
