"""Who is on the way, what came of it, what was decided: each change meets its own rows alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from campaigns import NOON, make_plan

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Answered, Counts, Settlement

LOST = Settlement({}, State.UNKNOWN, Reason.NO_ANSWER)


class Clock:
    """A clock that stands until somebody sets it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", now=clock)
    yield opened
    opened.close()


def creates(journal: Journal, name: str = "Winter", *, wrong: int = 0) -> str:
    plan = make_plan(6, wrong=wrong, name=name)
    return journal.create(plan, Campaign(name, plan.draft), host="host", account="account")


def states(journal: Journal, code: str) -> list[State]:
    return [entry.state for entry in journal.entries(code)]


def test_what_becomes_of_a_batch_changes_no_other(journal: Journal) -> None:
    one, other = creates(journal, "One"), creates(journal, "Other")
    for code in (one, other):
        assert [journal.open_batch(code, (1, 2), "sha"), journal.open_batch(code, (3,), "sha")] == [
            1,
            2,
        ]
    journal.settle(one, 1, Settlement({1: ("m",)}, State.UNKNOWN, Reason.NO_ANSWER))
    assert (
        states(journal, one) == [State.ACCEPTED, State.UNKNOWN, State.SENDING] + [State.READY] * 3
    )
    assert states(journal, other) == [State.SENDING] * 3 + [State.READY] * 3
    batches = "SELECT batch, rest, reason FROM batches ORDER BY campaign, batch"
    assert journal._db.execute(batches).fetchall() == [
        (1, "unknown", "NO_ANSWER"), (2, None, None), (1, None, None), (2, None, None)
    ]  # fmt: skip


def test_an_intent_that_is_refused_says_how_many_could_leave(journal: Journal) -> None:
    code = creates(journal)
    with pytest.raises(ValueError, match=r"^batch 1: 1 of 2 messages are ready$"):
        journal.open_batch(code, (6, 7), "sha")


def test_what_is_handed_on_keeps_the_moments_of_each_batch(journal: Journal, clock: Clock) -> None:
    code = creates(journal)
    journal.open_batch(code, (1, 2), "first")
    clock.now += timedelta(minutes=1)
    outcome = Settlement({1: ("m-1",), 2: ("m-2",)}, State.UNKNOWN)
    journal.open_batch(code, (3,), "second", Answered(1, outcome))
    settled = "SELECT settled_at, rest, reason FROM batches"
    later = clock.now.isoformat()
    assert journal._db.execute(settled).fetchall() == [(later, "unknown", ""), (None, None, None)]
    clock.now += timedelta(minutes=1)
    journal.remember_answer("host", "account", "anything")
    assert [entry.settled_at for entry in journal.entries(code)][:3] == [
        NOON + timedelta(minutes=1), NOON + timedelta(minutes=1), None
    ]  # fmt: skip
    offered = "SELECT offered_at FROM messages WHERE idx < 4 ORDER BY idx"
    assert journal._db.execute(offered).fetchall() == [(NOON.isoformat(),)] * 2 + [(later,)]


def test_who_got_nothing_has_no_text(journal: Journal) -> None:
    code = creates(journal, wrong=1)
    assert [entry.text for entry in journal.entries(code)][5:] == ["Hello, Person 5!", ""]


@pytest.mark.parametrize("how", ["a restart", "an interrupted run"])
def test_what_was_cut_off_says_so(journal: Journal, how: str) -> None:
    other, code = creates(journal, "Other"), creates(journal)
    for one in (other, code):
        journal.set_state(one, CampaignState.RUNNING)
    journal.open_batch(code, (1, 2), "sha")
    if how == "a restart":
        assert journal.recover() == 2
        head = journal.head(code)
        assert (head.state, head.reason) == (CampaignState.PAUSED, Reason.INTERRUPTED)
    else:
        changes = journal.interrupt(code)
        assert [(one.row, one.state, one.why) for one in changes] == [
            (row, State.UNKNOWN, Reason.INTERRUPTED) for row in (0, 1)
        ]
    rows = list(journal.entries(code))[:3]
    assert [(one.state, one.why, one.settled_at) for one in rows] == [
        (State.UNKNOWN, Reason.INTERRUPTED, NOON)] * 2 + [(State.READY, "", None)
    ]  # fmt: skip
    assert states(journal, other) == [State.READY] * 6


def test_who_left_again_and_was_cut_off_is_asked_about_again(journal: Journal) -> None:
    code = creates(journal)
    journal.settle(code, journal.open_batch(code, (1, 2), "sha"), LOST)
    journal.resolve(code, Resolution.RESENT, 2)
    journal.open_batch(code, (1, 2), "sha")
    assert journal.recover() == 2
    assert journal.head(code).undecided == 2


def test_only_those_leave_again_about_whom_that_was_decided(journal: Journal) -> None:
    code, other = creates(journal), creates(journal, "Other")
    journal.settle(other, journal.open_batch(other, (1, 2), "sha"), LOST)
    journal.settle(code, journal.open_batch(code, (1, 2), "sha"), LOST)
    journal.resolve(code, Resolution.CLOSED, 2)
    journal.settle(code, journal.open_batch(code, (3, 4), "sha"), LOST)
    journal.resolve(code, Resolution.RESENT, 2)
    half = Settlement({3: ("m",)}, State.UNKNOWN, Reason.NO_ANSWER)
    journal.settle(code, journal.open_batch(code, (3, 4), "sha"), half)
    for one in (code, other):
        journal.set_state(one, CampaignState.FINISHED)

    assert journal.resolve(code, Resolution.RESENT, 1) == 1

    assert states(journal, code) == [State.UNKNOWN] * 2 + [State.ACCEPTED] + [State.READY] * 3
    assert journal.counts(code) == Counts(ready=3, accepted=1, unknown=2)
    assert [one.number for one in journal.next_waiting(code, 9) if one.is_again] == [4]
    assert states(journal, other) == [State.UNKNOWN] * 2 + [State.READY] * 4
    heads = {head.code: (head.state, head.reason, head.undecided) for head in journal.heads()}
    assert heads == {
        code: (CampaignState.PAUSED, Reason.OPERATOR_PAUSED, 0),
        other: (CampaignState.FINISHED, Reason.NONE, 2),
    }


def test_a_decision_about_nobody_changes_nothing(journal: Journal) -> None:
    code = creates(journal)
    journal.set_state(code, CampaignState.FINISHED)
    assert journal.resolve(code, Resolution.RESENT, 0) == 0
    assert journal.head(code).state is CampaignState.FINISHED
    assert journal._db.execute("SELECT * FROM trace").fetchall() == []


def test_a_journal_without_a_ledger_is_in_step_with_itself(journal: Journal) -> None:
    assert (journal.standing(), journal.gap().left, journal.accept_copy()) == (
        Reason.NONE,
        0,
        0,
    )
