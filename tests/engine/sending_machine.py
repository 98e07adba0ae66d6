"""A desk where anything may happen in any order; the laws I1-I7 hold after every step.

No rule asks what came before and no draw depends on it: what cannot be done is not done. So the
same choices always mean the same rules, however slow the machine is on which sockets work.
"""

import json
import random
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from campaigns import NOON, Desk, FakeTime, Watch
from fault_server import Request
from frail_worker import FrailWorker, Killed, Trouble
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from office_days import DRAFTS, PEOPLE, RUNS, SILENCE, WRONG, Run, Wish, interruptions, make_list
from screen import Screen, counts_of
from sending_laws import LARGEST_BATCH, Known, check_campaign, check_ending, undecided_ids
from service_books import Practice, RawSockets, Service

from cascade_desktop.core.composition import compose
from cascade_desktop.core.plan import Message, Plan, build_plan, make_code
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.schedule import SOONEST
from cascade_desktop.core.states import CampaignState, Reason, Resolution
from cascade_desktop.core.stop_list import Stopped
from cascade_desktop.engine.client import Client
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.engine.sender import Sender
from cascade_desktop.engine.sending import Ending, Progress

MOST_CAMPAIGNS = 3
IMPATIENT_S, PATIENT_S = 0.25, 20.0
WHOLE_SECONDS = timedelta(seconds=1)
"""How exactly a Date header tells the time."""


class Office(RuleBasedStateMachine):
    """An operator at a desk, a service that plays faults, a clock, a disk."""

    service: Service
    steps = 0
    batches = 0

    @initialize(people=PEOPLE, seed=st.integers(0, 999), hand_on_from=st.sampled_from([1, 100]))
    def opens(self, people: int, seed: int, hand_on_from: int) -> None:
        self.hand_on_from = hand_on_from
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.time = FakeTime()
        self.skew = timedelta(0)
        self.broken: list[str] = []
        self.stopped: set[str] = set()
        self.campaigns: list[Known] = []
        self.made = 0
        self.was_told_time = False
        self.requests_in_run = 0
        self.service = self._serve()
        self.deadline_s = PATIENT_S
        self._opens_again()
        self.imports(people, seed)
        self.starts(0, 0)

    def _serve(self) -> Service:
        return RawSockets(self.stack, self._their_clock, self._witness)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.desk.work.close()
            self.stack.close()

    @rule(people=PEOPLE, seed=st.integers(0, 999))
    def imports(self, people: int, seed: int) -> None:
        """Take in a list with doubles, wrong rows and odd names."""
        self.table = make_list(people, random.Random(seed))
        self.choice = Choice()

    @rule(row=st.integers(0, 229), phone=st.sampled_from([*WRONG, "+380501000001"]))
    def edits(self, row: int, phone: str) -> None:
        number = self.table.row_numbers[row % len(self.table)]
        self.choice = replace(self.choice, edits={**self.choice.edits, number: phone})

    @rule(row=st.integers(0, 229))
    def leaves_out(self, row: int) -> None:
        number = self.table.row_numbers[row % len(self.table)]
        self.choice = replace(self.choice, left_out=self.choice.left_out | {number})

    @rule(row=st.integers(0, 40))
    def puts_on_the_list(self, row: int) -> None:
        """Put a number on the “Do not message” list."""
        phone = f"+38050{1_000_000 + row}"
        self.desk.work.journal.stop_list.add([Stopped(phone, self._clock())])
        self.stopped.add(phone)

    @rule(draft=st.integers(0, 2), ahead_min=st.sampled_from([0, 0, 3, 60, 60 * 24]))
    def starts(self, draft: int, ahead_min: int) -> None:
        """Agree to a campaign in the review."""
        plan = self._plan(draft, ahead_min) if len(self.campaigns) < MOST_CAMPAIGNS else None
        if plan is not None:
            self.desk.creates(plan)
            self.campaigns.append(Known(plan, self._screen(plan.code)))

    @rule(runs=st.lists(RUNS, min_size=1, max_size=4))
    def sends(self, runs: list[Run]) -> None:
        """Start, continue or resume campaigns."""
        for run in runs:
            if (known := self._with_something_to_send(run.campaign)) is not None:
                self._sends(known, run)
                self.laws_hold()

    @rule(runs=st.lists(RUNS, min_size=1, max_size=4))
    def sends_more(self, runs: list[Run]) -> None:
        """Send more often than anything else."""
        self.sends(runs)

    @rule()
    def restarts(self) -> None:
        """End the program in order and start it again."""
        self.desk.work.close()
        self._opens_again()

    @rule(seconds=st.sampled_from([1.0, 61.0, 1_900.0, 100_000.0]))
    def sleeps(self, seconds: float) -> None:
        """Close the lid for a while."""
        self.time.at += seconds

    @rule(seconds=st.integers(-7_200, 7_200))
    def skews(self, seconds: int) -> None:
        """Let the clock of the service go wrong, or ours."""
        self.skew = timedelta(seconds=seconds)

    @rule()
    def allows_splitting(self) -> None:
        desk = self.desk
        self._journal.remember_answer(desk.target.host, desk.keys.fingerprint, SPLIT_ALLOWED)

    @rule(
        campaign=st.integers(0, 2),
        choice=st.sampled_from(Resolution),
        off=st.sampled_from([0, 0, 0, 1, -1]),
    )
    def decides(self, campaign: int, choice: Resolution, off: int) -> None:
        """Answer the box of uncertain messages, for the count that it showed or another."""
        if not self.campaigns:
            return
        known = self.campaigns[campaign % len(self.campaigns)]
        asked = undecided_ids(known, self._journal)
        if off:
            with pytest.raises(ValueError, match=str(len(asked))):
                self._journal.resolve(known.code, choice, len(asked) + off)
            return
        assert self._journal.resolve(known.code, choice, len(asked)) == len(asked)
        known.resent.update(asked if choice is Resolution.RESENT else ())
        known.screen = self._screen(known.code)

    @rule(campaign=st.integers(0, 2))
    def deletes(self, campaign: int) -> None:
        """Delete a campaign and its people, unless it is the only one."""
        if len(self.campaigns) > 1:
            self._journal.deleting.undone(self.campaigns.pop(campaign % len(self.campaigns)).code)

    @invariant()
    def laws_hold(self) -> None:
        type(self).steps += 1
        assert self.broken == []
        taken = self.service.taken()
        for known in self.campaigns:
            check_campaign(known, self._journal, taken)

    @property
    def _journal(self) -> Journal:
        return self.desk.work.journal

    def _clock(self) -> datetime:
        return NOON + timedelta(seconds=self.time.at)

    def _their_clock(self) -> datetime:
        self.was_told_time = True
        return self._clock() + self.skew

    def _screen(self, code: str) -> Screen:
        return Screen(self._journal.head(code), self._journal.entries(code))

    def _plan(self, draft: int, ahead_min: int) -> Plan | None:
        choice = replace(self.choice, stopped=self._journal.stop_list.phones())
        recipients = read_recipients(self.table, choice)
        if not isinstance(recipients, Recipients):
            return None
        composition = compose(DRAFTS[draft], recipients)
        if composition.problems:
            return None
        self.made += 1
        at = self._clock() + timedelta(minutes=ahead_min) if ahead_min else None
        code = make_code(self.made.to_bytes(5, "big"))
        return build_plan(DRAFTS[draft], composition, name="Winter", code=code, at=at)

    def _with_something_to_send(self, number: int) -> Known | None:
        """Return a campaign that is not at its end; begin another where all are."""
        waiting = [one for one in self.campaigns if self._journal.counts(one.code).ready]
        if not waiting:
            if len(self.campaigns) == MOST_CAMPAIGNS:
                self.deletes(number)
            self.starts(number, 0)
            waiting = self.campaigns[-1:]
        return waiting[number % len(waiting)] if waiting else None

    def _sends(self, known: Known, run: Run) -> None:
        faults = [self.service.names[fault % len(self.service.names)] for fault in run.faults]
        known.interruptions += interruptions(run, faults)
        self.service.plays(*faults)
        self.requests_in_run, self.was_told_time = 0, False
        self.deadline_s = IMPATIENT_S if SILENCE in faults else PATIENT_S
        before = self._journal.counts(known.code)
        try:
            ending = self._run(known, run)
        except Killed:
            self._comes_back()
            return
        check_ending(known, self._journal, ending)
        if not faults and run.wish is Wish.NONE and run.frailty.trouble is Trouble.NONE:
            self._all_went_well(known, before, ending)

    def _run(self, known: Known, run: Run) -> Ending:
        work = self.desk.work
        frail, steady = FrailWorker(work.journal, run.frailty), work.worker
        work.worker = frail
        try:
            return self.desk.sends(known.code, self._watch(known, run))
        finally:
            frail.mend()
            frail.close()
            work.worker = steady

    def _watch(self, known: Known, run: Run) -> Watch:
        """Show what is reported, hold it to the journal, and do what the operator wishes."""
        reports = 0

        def note(sender: Sender, progress: Progress) -> None:
            nonlocal reports
            reports += 1
            type(self).batches += bool(progress.batch)
            known.screen.takes(progress)
            assert known.screen.counts() == counts_of(progress.counts)
            assert counts_of(progress.counts) == counts_of(self._journal.counts(known.code))
            if reports == run.wish_at:
                self._wishes(sender, run.wish)

        return note

    def _wishes(self, sender: Sender, wish: Wish) -> None:
        match wish:
            case Wish.PAUSE:
                sender.pause()
            case Wish.STOP:
                sender.stop()
            case Wish.STOP_LIST:
                self.puts_on_the_list(29)
            case Wish.SLEEP:
                self.time.at += 3_600.0
            case Wish.NONE:
                pass

    def _all_went_well(self, known: Known, before: Counts, ending: Ending) -> None:
        """Nothing that leaves a fault-free run is lost, and nothing stays behind."""
        if ending.reason is Reason.SCHEDULE_PASSED:
            assert known.plan.messages[0].at is not None
            return
        assert ending.state is CampaignState.FINISHED
        if not self.stopped:
            after = ending.counts
            assert (after.unknown, after.refused) == (
                before.unknown + before.sending,
                before.refused,
            )

    def _comes_back(self) -> None:
        """Abandon everything where it stood, as a killed process does, and start again."""
        work = self.desk.work
        work._check.stop()
        for worker in (work._checker, work.worker):
            worker.close()
        work.journal._db.close()
        work._lock.release()
        self._opens_again()

    def _opens_again(self) -> None:
        self.desk = Desk(
            self.folder / "data",
            self.service.url,
            time=self.time,
            client=lambda to, keys: Client(to, keys, deadline_s=self.deadline_s),
            state=self.folder / "state",
            hand_on_from=self.hand_on_from,
        )
        for known in self.campaigns:
            known.screen = self._screen(known.code)

    def _witness(self, request: Request) -> None:
        """Hold a batch to the rules at the moment at which the service has it."""
        if request.is_whole:
            try:
                self._examine(request)
            except AssertionError as error:
                self.broken.append(f"{error}")

    def _examine(self, request: Request) -> None:
        batch = json.loads(request.body)
        planned = {}
        for known in self.campaigns:
            planned |= known.messages
        for one in batch:
            message = planned[one["id"]]
            assert one["toPhone"] == message.phone, "another person"
            assert message.text in (one.get("text", one.get("fallback", {}).get("text"))), "text"
            assert one["toPhone"] not in self.stopped, "on the list"
            assert not self._is_late(message), "too late"
        assert len(batch) <= (LARGEST_BATCH if self.requests_in_run else 10), "no canary"
        self.requests_in_run += 1
        with closing(sqlite3.connect(self.folder / "data" / "journal.db")) as other:
            intent = "SELECT sha256, size FROM batches WHERE settled_at IS NULL"
            assert (sha256(request.body).hexdigest(), len(batch)) in other.execute(
                intent
            ).fetchall()
            (sending,) = other.execute(
                "SELECT SUM(sending) + (SELECT COALESCE(SUM(last-first+1), 0) FROM leaving)"
                " FROM campaigns"
            ).fetchone()
            assert sending >= len(batch), "no intent"

    def _is_late(self, message: Message) -> bool:
        if message.at is None:
            return False
        now = self._clock() + (self.skew if self.was_told_time else timedelta(0))
        return not message.at - now >= SOONEST - WHOLE_SECONDS


class PracticeOffice(Office):
    """The same with the practice service, which is stricter and books what it takes by itself."""

    def _serve(self) -> Service:
        return Practice(self.stack, self._their_clock, self.folder / "service")
