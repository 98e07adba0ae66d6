"""Whatever happens in whatever order, the totals are the rows (I6) and nothing goes back."""

import shutil
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

from campaigns import make_plan
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.states import Reason, Resolution, State
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Counts, Settlement

PEOPLE, WRONG = 8, 2
RESTS = st.sampled_from([State.READY, State.REFUSED, State.UNKNOWN])


class JournalMachine(RuleBasedStateMachine):
    """Create, open, settle, crash, resolve, in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        self.journal = Journal(self.folder)
        self.codes: list[str] = []
        self.open: list[tuple[str, int, tuple[int, ...]]] = []
        self.final: dict[tuple[str, int | None], State] = {}

    @precondition(lambda self: len(self.codes) < 3)
    @rule()
    def create(self) -> None:
        plan = make_plan(PEOPLE, wrong=WRONG, name=f"Number {len(self.codes)}")
        campaign = Campaign(plan.name, plan.draft)
        self.codes.append(self.journal.create(plan, campaign, host="h", account="a"))

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), most=st.integers(1, PEOPLE))
    def send(self, data: st.DataObject, most: int) -> None:
        code = data.draw(st.sampled_from(self.codes))
        numbers = tuple(one.number for one in self.journal.next_waiting(code, most))
        if numbers:
            self.open.append((code, self.journal.open_batch(code, numbers, "sha"), numbers))

    @precondition(lambda self: self.open)
    @rule(data=st.data(), rest=RESTS)
    def settle(self, data: st.DataObject, rest: State) -> None:
        code, batch, numbers = self.open.pop()
        named = data.draw(st.sets(st.sampled_from(numbers)))
        outcome = Settlement(dict.fromkeys(named, ("m",)), rest, Reason.NO_ANSWER)
        changes = self.journal.settle(code, batch, outcome)
        assert Counter(change.state for change in changes)[State.ACCEPTED] == len(named)

    @rule()
    def crash_and_restart(self) -> None:
        expected = sum(len(numbers) for *_, numbers in self.open)
        self.journal.close()
        self.journal = Journal(self.folder)
        assert self.journal.recover() == expected
        self.open.clear()

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), choice=st.sampled_from(Resolution))
    def resolve(self, data: st.DataObject, choice: Resolution) -> None:
        code = data.draw(st.sampled_from(self.codes))
        undecided = self.journal.head(code).undecided
        assert self.journal.resolve(code, choice, undecided) == undecided

    @invariant()
    def the_totals_are_the_rows(self) -> None:
        for head in self.journal.heads():
            rows = list(self.journal.entries(head.code))
            assert head.counts == Counts(**Counter(row.state.value for row in rows))
            assert len(rows) == head.counts.rows == PEOPLE + WRONG
            assert head.undecided == sum(
                row.state is State.UNKNOWN and row.resolution is None for row in rows
            )

    @invariant()
    def what_is_accepted_or_refused_stays_so(self) -> None:
        for code in self.codes:
            for row in self.journal.entries(code):
                assert self.final.get((code, row.number), row.state) is row.state
                if row.state in (State.ACCEPTED, State.REFUSED):
                    self.final[code, row.number] = row.state

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder)


TestJournalLaws = JournalMachine.TestCase
TestJournalLaws.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, derandomize=True
)
