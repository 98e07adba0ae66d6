"""What the journal says of campaigns is what was written, of each its own."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from campaigns import NOON, got_since, make_plan

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.drafts import Route
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import Reason, Resolution, State
from cascade_desktop.engine.journal import reading
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import (
    Answered,
    Change,
    Counts,
    HandedOver,
    LastBatch,
    Settlement,
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", now=lambda: NOON, monotonic=lambda: 5.0)
    yield opened
    opened.close()


def creates(journal: Journal, people: int = 6, *, name: str = "Winter", **made: object) -> str:
    plan = make_plan(people, name=name, **made)  # type: ignore[arg-type]
    return journal.create(plan, Campaign(name, plan.draft), host="host", account="account")


def test_counts_add_up() -> None:
    counts = Counts(ready=1, sending=2, accepted=4, refused=8, unknown=16, left_out=32)
    assert (counts.rows, counts.planned, counts.done) == (63, 31, 28)


def test_an_answer_is_looked_for_in_its_own_campaign(journal: Journal) -> None:
    one, other = creates(journal), creates(journal, name="Other")
    for code, reason in ((one, Reason.CONFLICT), (other, Reason.SERVER_ERROR)):
        batch = journal.open_batch(code, (1,), "sha")
        journal.settle(code, batch, Settlement({}, State.UNKNOWN, reason))
    found = [
        journal.was_answered(code, reason)
        for code in (one, other)
        for reason in (Reason.CONFLICT, Reason.SERVER_ERROR, Reason.TOO_LARGE)
    ]
    assert found == [True, False, False, False, True, False]


def test_the_newest_campaign_comes_first(journal: Journal) -> None:
    codes = [creates(journal, name=name) for name in ("One", "Two", "Three")]
    assert [head.code for head in journal.heads()] == codes[::-1]


def test_a_waiting_message_tells_its_time_and_whether_it_left_before(journal: Journal) -> None:
    later = NOON + timedelta(days=1)
    code = creates(journal, 3, at=later)
    journal.settle(code, journal.open_batch(code, (2,), "sha"), Settlement({}, State.UNKNOWN))
    journal.resolve(code, Resolution.RESENT, 1)
    found = journal.next_waiting(code, 9)
    assert [(one.number, one.at, one.is_again) for one in found] == [
        (1, later, False),
        (2, later, True),
        (3, later, False),
    ]


def test_who_got_something_or_perhaps_did_is_known_from_that_moment_on(tmp_path: Path) -> None:
    at = [NOON]
    journal = Journal(tmp_path, now=lambda: at[0])
    code = creates(journal, 8)
    for numbers, rest in (((1,), State.REFUSED), ((2,), State.UNKNOWN)):
        journal.settle(code, journal.open_batch(code, numbers, "sha"), Settlement({}, rest))
    accepted = Settlement({3: ("m",)}, State.UNKNOWN)
    journal.settle(code, journal.open_batch(code, (3,), "sha"), accepted)
    phones = [row.phone for row in journal.entries(code)]
    since = [NOON - timedelta(seconds=1), NOON, NOON + timedelta(seconds=1)]
    assert [got_since(journal, phones, moment) for moment in since] == [2, 2, 0]
    assert got_since(journal, phones[:2], NOON) == 1
    journal.close()


def test_what_was_sent_is_told_with_its_text_and_the_moment_it_arrives(tmp_path: Path) -> None:
    later = NOON + timedelta(days=3)
    journal = Journal(tmp_path, now=lambda: NOON)
    now, then = creates(journal, 2), creates(journal, 2, name="Later", at=later)
    for code in (now, then):
        journal.settle(
            code, journal.open_batch(code, (1,), "sha"), Settlement({1: ("m",)}, State.READY)
        )
    journal.open_batch(now, (2,), "sha")
    rows = list(journal.entries(now))
    asked = NOON + timedelta(hours=1)

    assert list(journal.sent(NOON, asked)) == [
        (rows[0].phone, rows[0].text, NOON.isoformat()),
        (rows[1].phone, rows[1].text, asked.isoformat()),
        (rows[0].phone, rows[0].text, later.isoformat()),
    ]
    assert [sent.at for sent in journal.sent(later, asked)] == [
        asked.isoformat(),
        later.isoformat(),
    ]
    journal.close()


def test_all_that_was_sent_is_told_however_much_it_is(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("One", "Two"):
        code = creates(journal, 5, name=name)
        taken = dict.fromkeys(range(1, 6), ("m",))
        journal.settle(
            code, journal.open_batch(code, range(1, 6), "sha"), Settlement(taken, State.READY)
        )
    whole = list(journal.sent(NOON, NOON))
    pages = []
    for size in (1, 3, 10):
        monkeypatch.setattr(reading, "_SENT_PAGE", size)
        pages.append(list(journal.sent(NOON, NOON)))

    assert len(whole) == 10
    assert pages == [whole] * 3


def test_who_is_to_get_it_again_or_is_getting_it_now_is_asked_about(tmp_path: Path) -> None:
    at = [NOON]
    journal = Journal(tmp_path, now=lambda: at[0])
    code = creates(journal, 8)
    phones = [row.phone for row in journal.entries(code)]
    uncertain = Settlement({}, State.UNKNOWN)
    journal.settle(code, journal.open_batch(code, (1, 2), "sha"), uncertain)
    week = timedelta(days=7)

    journal.resolve(code, Resolution.RESENT, 2)
    again = [got_since(journal, phones, at - week) for at in (NOON + week, NOON + week * 2)]
    first = journal.open_batch(code, (1, 3), "sha")
    sending = got_since(journal, phones, NOON + week)
    answer = Answered(first, Settlement({1: ("m",), 3: ("n",)}, State.UNKNOWN))
    journal.open_batch(code, (4, 5, 6), "sha", answer)

    assert again == [2, 0]
    assert sending == 2
    assert got_since(journal, phones, NOON) == 6
    assert got_since(journal, phones[2:], NOON + week) == 4
    journal.close()


def test_what_was_offered_too_long_ago_is_given_up_and_nothing_else(tmp_path: Path) -> None:
    at = [NOON]
    journal = Journal(tmp_path, now=lambda: at[0])
    code, other = creates(journal, 7), creates(journal, 2, name="Other")
    lost = Settlement({}, State.UNKNOWN, Reason.NO_ANSWER, ServiceWords("C", "said"))
    back = Settlement({}, State.READY, Reason.SERVER_BUSY, ServiceWords("C", "said"))
    journal.settle(code, journal.open_batch(code, (1, 2), "sha"), lost)
    journal.resolve(code, Resolution.RESENT, 2)
    journal.settle(code, journal.open_batch(code, (3, 4), "sha"), back)
    journal.settle(other, journal.open_batch(other, (1, 2), "sha"), back)
    at[0] = NOON + timedelta(minutes=1)
    journal.settle(code, journal.open_batch(code, (5,), "sha"), back)
    journal.open_batch(code, (6,), "sha")

    changes = journal.give_up_stale(code, (2, 3, 5, 6, 7), at[0])

    why, words = Reason.TOO_OLD.value, ServiceWords()
    assert changes == (
        Change(1, State.UNKNOWN, why, words, (), at[0], Resolution.CLOSED),
        Change(2, State.REFUSED, why, words, (), at[0], None),
        Change(3, State.REFUSED, why, words, (), at[0], None),
    )
    found = list(journal.entries(code))
    assert [row.state.value for row in found] == [
        "ready", "unknown", "refused", "refused", "ready", "sending", "ready",
    ]  # fmt: skip
    kept = [(row.why, row.words, row.settled_at, row.resolution) for row in found[1:4]]
    assert kept == [(one.why, words, one.settled_at, one.resolution) for one in changes]
    assert journal.counts(code) == Counts(ready=3, sending=1, refused=2, unknown=1)
    assert journal.counts(other) == Counts(ready=2)
    journal.close()


def test_what_has_a_time_of_its_own_is_never_too_old(journal: Journal) -> None:
    code = creates(journal, 2, at=NOON + timedelta(days=1))
    journal.settle(code, journal.open_batch(code, (1, 2), "sha"), Settlement({}, State.READY))
    assert journal.give_up_stale(code, (1, 2), NOON + timedelta(days=2)) == ()


def test_the_batch_that_left_last_is_known_with_its_moment(tmp_path: Path) -> None:
    at = [NOON]
    journal = Journal(tmp_path, now=lambda: at[0])
    code, other = creates(journal), creates(journal, name="Other")
    assert journal.head(code).last_batch is None
    journal.settle(code, journal.open_batch(code, (1,), "sha"), Settlement({}, State.REFUSED))
    at[0] = NOON + timedelta(minutes=1)
    second = journal.open_batch(code, (2, 3), "sha")
    assert journal.head(code).last_batch == LastBatch(2, 2, at[0].isoformat())
    left_at, at[0] = at[0], NOON + timedelta(minutes=2)
    journal.settle(code, second, Settlement({}, State.REFUSED))
    assert journal.head(code).last_batch == LastBatch(2, 2, left_at.isoformat())
    assert journal.head(other).last_batch is None
    journal.close()


def test_of_uncertain_messages_it_is_known_when_they_were_handed_over(tmp_path: Path) -> None:
    at, lost = [NOON], Settlement({}, State.UNKNOWN, Reason.NO_ANSWER)
    with closing(Journal(tmp_path, now=lambda: at[0])) as journal:
        code = creates(journal, 4)
        for minute, numbers, before in (
            (0, (1, 2), None),
            (10, (3,), HandedOver(NOON, NOON)),
        ):
            at[0] = NOON + timedelta(minutes=minute)
            batch = journal.open_batch(code, numbers, "sha")
            assert journal.head(code).handed_over == before
            at[0] += timedelta(minutes=2)
            journal.settle(code, batch, lost)
        later = NOON + timedelta(minutes=10)
        assert journal.head(code).handed_over == HandedOver(NOON, later)
        journal.resolve(code, Resolution.CLOSED, 3)
        assert journal.head(code).handed_over is None


def test_of_each_campaign_only_its_own_rows_are_counted(journal: Journal) -> None:
    code, other = creates(journal, 4, wrong=2), creates(journal, 4, wrong=1, name="Other")
    lost = Settlement({}, State.UNKNOWN, Reason.NO_ANSWER)
    journal.settle(code, journal.open_batch(code, (1, 2, 3), "sha"), lost)
    journal.resolve(code, Resolution.MARKED_SENT, 3)
    journal.settle(other, journal.open_batch(other, (1, 2), "sha"), lost)
    heads = [journal.head(code), journal.head(other)]
    assert [(head.undecided, head.to_fix) for head in heads] == [(0, 2), (2, 1)]
    assert [head.counts.rows for head in heads] == [6, 5]
    assert [row.row for row in journal.entries(other)] == [0, 1, 2, 3, 4]
    found = [journal.next_waiting(each, 9) for each in (code, other)]
    assert [[one.number for one in waiting] for waiting in found] == [[4], [3, 4]]


def test_a_campaign_is_read_back_as_it_was_made(journal: Journal) -> None:
    plan = make_plan(2, name="Зима", at=NOON, route=Route.TG_VIBER)
    campaign = Campaign("Зима", plan.draft)
    head = journal.head(journal.create(plan, campaign, host="a.example", account="print"))
    assert (head.name, head.kind, head.route) == ("Зима", plan.draft.kind, Route.TG_VIBER)
    assert (head.host, head.account, head.id_stem) == ("a.example", "print", plan.id_stem)
    assert (head.source, head.columns, head.phone_column) == (
        "people.xlsx",
        ("Phone", "Name"),
        plan.recipients.phone_column,
    )
    assert (read_campaign(head.draft), head.created_at) == (campaign, NOON)
    row = next(journal.entries(head.code))
    assert (row.sheet_row, row.phone, row.cells, row.text) == (
        2,
        "+380501000000",
        ("+380501000000", "Person 0"),
        "Hello, Person 0!",
    )
    assert (row.number, row.at, row.settled_at, row.resolution) == (1, NOON, None, None)


def test_what_was_accepted_is_told_of_these_messages_of_this_campaign_alone(
    journal: Journal,
) -> None:
    code, other = creates(journal), creates(journal, 9, name="Other")
    for one, numbers in ((code, (1, 2, 3, 4, 5)), (other, tuple(range(1, 10)))):
        batch = journal.open_batch(one, numbers, "sha")
        taken = {number: (f"{one}-{number}",) for number in numbers if number != 3}
        journal.settle(one, batch, Settlement(taken, State.UNKNOWN, Reason.NO_ANSWER))
    told = journal.accepted(code, (2, 3, 4))
    assert [(change.row, change.state, change.message_ids) for change in told] == [
        (1, State.ACCEPTED, (f"{code}-2",)),
        (3, State.ACCEPTED, (f"{code}-4",)),
    ]


def test_a_file_that_is_held_by_others_is_not_called_damaged(
    journal: Journal, tmp_path: Path
) -> None:
    code = creates(journal)
    journal._db.execute("PRAGMA journal_mode=DELETE")
    with closing(Journal(tmp_path / "data", readonly=True)) as reader:
        journal._db.execute("BEGIN EXCLUSIVE")
        reader._db.execute("PRAGMA busy_timeout=1")
        with pytest.raises(UnwritableJournalError):
            reader.head(code)
        journal._db.execute("ROLLBACK")
