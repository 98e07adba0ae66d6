"""Let anything happen at a desk in any order, and hold the laws I1-I7 after every step.

Each round is a day at an office of `tests/engine/sending_machine.py`: up to thirty steps among
import, edit, send, pause, kill, restart, sleep, re-send, delete and more, while the service, the
disk and the clocks misbehave. A third of the days are spent with the practice service.
"""

import os
import random
import sys
import traceback

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.long.figures import HOME, Figures

ROUNDS, SHORT_ROUNDS = 600, 12
STEPS = 30
NOBODY_LOOKS = "offscreen"


def run(dice: random.Random, rounds: int) -> Figures:
    """Live through so many days; a broken law comes with the shortest way to it."""
    os.environ.setdefault("QT_QPA_PLATFORM", NOBODY_LOOKS)
    sys.path.append(str(HOME / "tests" / "engine"))
    from tests.engine.sending_machine import Office, PracticeOffice

    broken: list[str] = []
    for office, days in ((Office, rounds - rounds // 3), (PracticeOffice, rounds // 3)):
        broken += _live(office, days, dice.getrandbits(32))
    steps = f"{Office.steps + PracticeOffice.steps:,} steps, {Office.batches:,} batches"
    return Figures(told=(f"{rounds} days, {steps}",), broken=tuple(broken))


def _live(office: type[RuleBasedStateMachine], days: int, number: int) -> list[str]:
    form = settings(
        max_examples=days,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
    )
    try:
        run_state_machine_as_test(seed(number)(office), settings=form)
    except (AssertionError, ExceptionGroup) as error:
        return ["\n".join(traceback.format_exception(error))]
    return []
