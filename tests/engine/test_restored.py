"""A data folder put back from a copy, or brought from another computer, sends nothing twice."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from campaigns import NOON, Desk, make_plan
from fault_server import FaultServer

from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.standing import FrozenJournalError, folder_id
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Counts, Gap, Settlement
from cascade_desktop.engine.ledger import Ledger, make_mark


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASCADE_DESKTOP_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def put_back(copy: Path, data: Path) -> None:
    shutil.rmtree(data)
    shutil.copytree(copy, data)


def send_after_a_copy(data: Path, server: FaultServer, people: int = 30) -> str:
    """Copy a folder before a campaign leaves, send it, and put the copy back."""
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(people))
    shutil.copytree(data, data.with_name("copy"))
    with Desk(data, server.url) as desk:
        assert desk.sends(code).state is CampaignState.FINISHED
    put_back(data.with_name("copy"), data)
    return code


def test_a_copy_older_than_what_was_sent_sends_nothing_and_says_so(
    data: Path, state: Path, server: FaultServer
) -> None:
    code = send_after_a_copy(data, server)
    with Desk(data, server.url) as desk:
        ending = desk.sends(code)
        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.OLDER_COPY)
        assert desk.work.journal.gap().left == 30
        assert ending.counts == Counts(ready=30)
    assert max(server.taken.values()) == 1


def test_a_copy_that_was_confirmed_makes_what_left_uncertain_and_sends_the_rest(
    data: Path, state: Path, server: FaultServer
) -> None:
    code = send_after_a_copy(data, server)
    with Desk(data, server.url) as desk:
        other = desk.creates(make_plan(5, name="Other"))
        assert desk.work.journal.accept_copy() == 30
        assert [desk.sends(one).state for one in (code, other)] == [CampaignState.FINISHED] * 2
        assert desk.work.journal.counts(code) == Counts(unknown=30)
        assert desk.work.journal.head(code).undecided == 30
        assert {row.why for row in desk.rows(code)} == {Reason.LEFT_BEFORE_COPY}
        trace = desk.work.journal._db.execute("SELECT what, count FROM trace").fetchall()
        assert trace == [(Reason.LEFT_BEFORE_COPY, 30)]
        assert desk.work.journal.counts(other) == Counts(accepted=5)
    assert (len(server.taken), max(server.taken.values())) == (35, 1)
    with Desk(data, server.url) as desk:
        assert desk.work.journal.standing() is Reason.NONE


def test_after_a_confirmed_copy_only_the_operator_sends_again(
    data: Path, state: Path, server: FaultServer
) -> None:
    code = send_after_a_copy(data, server)
    with Desk(data, server.url) as desk:
        desk.work.journal.accept_copy()
        desk.work.journal.resolve(code, Resolution.RESENT, 30)
        assert desk.sends(code).counts == Counts(accepted=30)
    assert set(server.taken.values()) == {2}


def test_a_copy_made_in_the_middle_sends_what_had_not_left(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(300))
        desk.sends(code, lambda sender, progress: sender.pause() if progress.batch == 1 else None)
        shutil.copytree(data, data.with_name("copy"))
        desk.sends(code, lambda sender, progress: sender.pause() if progress.batch == 3 else None)
    left = len(server.taken)
    put_back(data.with_name("copy"), data)
    with Desk(data, server.url) as desk:
        assert desk.sends(code).reason is Reason.OLDER_COPY
        assert desk.work.journal.accept_copy() == left - 10
        counts = desk.sends(code).counts
    assert counts == Counts(accepted=10 + 300 - left, unknown=left - 10)
    assert (len(server.taken), max(server.taken.values())) == (300, 1)


def test_a_folder_from_another_computer_waits_for_a_word(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(12))
    shutil.rmtree(state)
    with Desk(data, server.url) as desk:
        assert desk.sends(code).reason is Reason.UNKNOWN_FOLDER
        assert desk.work.journal.gap() == Gap(untold=12)
        assert desk.work.journal.accept_copy() == 0
        assert desk.sends(code).counts == Counts(accepted=12)
    with Desk(data, server.url) as desk:
        assert desk.work.journal.standing() is Reason.NONE


def test_a_new_folder_is_entered_without_a_word(
    data: Path, state: Path, server: FaultServer
) -> None:
    for name in ("One", "Two"):
        with Desk(data, server.url) as desk:
            assert desk.sends(desk.creates(make_plan(3, name=name))).counts.accepted == 3


def test_both_of_two_computers_that_sent_from_one_folder_are_told(
    data: Path, state: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_after_a_copy(data, server)
    monkeypatch.setenv("CASCADE_DESKTOP_STATE", str(state.with_name("another")))
    with Desk(data, server.url) as desk:
        desk.work.journal.accept_copy()
        desk.sends(desk.creates(make_plan(2, name="Elsewhere")))
    monkeypatch.setenv("CASCADE_DESKTOP_STATE", str(state))
    with Desk(data, server.url) as desk:
        assert desk.work.journal.standing() is Reason.UNKNOWN_FOLDER
        assert desk.work.journal.gap() == Gap(left=30)
        assert desk.work.journal.accept_copy() == 30


def test_a_crash_between_intent_and_ledger_is_no_older_copy(data: Path, state: Path) -> None:
    with Desk(data, "http://127.0.0.1:9") as desk:
        code = desk.creates(make_plan(12))
        desk.work.journal.open_batch(code, (1,), "sha")
        ledger = next(state.rglob("*.txt")).read_bytes()
        desk.work.journal.open_batch(code, (2, 3), "sha")
    next(state.rglob("*.txt")).write_bytes(ledger)
    with Desk(data, "http://127.0.0.1:9") as desk:
        assert desk.work.journal.standing() is Reason.NONE
        assert desk.work.journal.counts(code) == Counts(ready=9, unknown=3)
        desk.work.journal.open_batch(code, (4,), "sha")
    with Desk(data, "http://127.0.0.1:9") as desk:
        assert desk.work.journal.standing() is Reason.NONE


def test_a_ledger_that_cannot_be_written_takes_the_intent_back(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(12))
        next(state.rglob("*.txt")).unlink()
        next(state.rglob("*.key")).unlink()
        (state / "ledger").rmdir()
        (state / "ledger").touch()
        assert desk.sends(code).reason is Reason.STATE_UNWRITABLE
        with pytest.raises(UnwritableJournalError, match="ledger"):
            desk.work.journal.open_batch(code, (1, 2), "sha")
        assert desk.work.journal.counts(code) == Counts(ready=12)
    assert not server.taken


def test_a_journal_from_before_the_ledger_waits_for_a_word(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(12))
        desk.sends(code, lambda sender, _: sender.pause())
        journal: Journal = desk.work.journal
        journal._db.executescript(
            "DROP TABLE folder; DROP TABLE leaving;"
            "DROP TABLE trials; DROP TABLE trial_numbers; DROP TABLE confirmations;"
            "ALTER TABLE messages DROP COLUMN offered_at; PRAGMA user_version=3;"
        )
    with Desk(data, server.url) as desk:
        assert desk.sends(code).reason is Reason.UNKNOWN_FOLDER
        desk.work.journal.accept_copy()
        assert desk.sends(code).state is CampaignState.FINISHED
        assert desk.ids(code, State.ACCEPTED) == server.taken.keys()


def test_a_journal_from_before_the_ledger_in_which_nothing_waits_is_entered_without_a_word(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        desk.sends(desk.creates(make_plan(3)))
        journal: Journal = desk.work.journal
        journal._db.executescript(
            "DROP TABLE folder; DROP TABLE leaving;"
            "DROP TABLE trials; DROP TABLE trial_numbers; DROP TABLE confirmations;"
            "ALTER TABLE messages DROP COLUMN offered_at; PRAGMA user_version=3;"
        )
    with Desk(data, server.url) as desk:
        assert desk.work.journal.standing() is Reason.NONE
        assert desk.sends(desk.creates(make_plan(2, name="Next"))).counts.accepted == 2


@pytest.mark.parametrize("suffix", ["txt", "key"])
def test_a_ledger_that_is_no_file_is_told_before_anything_leaves(
    data: Path, state: Path, server: FaultServer, suffix: str
) -> None:
    with Desk(data, server.url) as desk:
        first = desk.creates(make_plan(12))
        desk.sends(first, lambda sender, _: sender.pause())
        file = next(state.rglob(f"*.{suffix}"))
        file.unlink()
        file.mkdir()
        before = len(server.taken)
        assert desk.sends(first).reason is Reason.STATE_UNWRITABLE
    assert len(server.taken) == before


@pytest.mark.parametrize("spoil", [
    pytest.param(shutil.rmtree, id="gone"),
    pytest.param(lambda state: next(state.rglob("*.txt")).write_bytes(b""), id="emptied"),
    pytest.param(lambda state: next(state.rglob("*.txt")).write_bytes(b"\0" * 99), id="rubbish"),
])  # fmt: skip
def test_a_lost_ledger_loses_no_campaign(
    data: Path, state: Path, server: FaultServer, spoil: Callable[[Path], None]
) -> None:
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(30))
        desk.sends(code, lambda sender, _: sender.pause())
    spoil(state)
    with Desk(data, server.url) as desk:
        assert desk.sends(code).reason is Reason.UNKNOWN_FOLDER
        desk.work.journal.accept_copy()
        assert desk.sends(code).counts == Counts(accepted=30)
    assert max(server.taken.values()) == 1


def test_two_copies_at_work_at_once_send_nothing_twice(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(30))
    shutil.copytree(data, data.with_name("twin"))
    with Desk(data, server.url) as desk, Desk(data.with_name("twin"), server.url) as twin:
        assert twin.work.journal.standing() is Reason.NONE
        assert desk.sends(code).state is CampaignState.FINISHED

        ending = twin.sends(code)

        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.OLDER_COPY)
        assert (ending.counts, twin.work.journal.gap().left) == (Counts(ready=30), 30)
    assert max(server.taken.values()) == 1


def test_what_left_elsewhere_in_the_middle_of_a_run_pauses_it(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(30))
        name = folder_id(desk.work.journal._db)
        ending = desk.sends(code, lambda *_: Ledger(state, name).append(make_mark(), ()))
        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.OLDER_COPY)
        assert ending.counts == Counts(accepted=10, ready=20)


def test_what_left_again_after_the_copy_is_asked_about_anew(data: Path, state: Path) -> None:
    at = [NOON]
    journal = Journal(data, state=state, now=lambda: at[0])
    journal.standing()
    plans = [make_plan(3, name=name) for name in ("One", "Two", "Three")]
    codes = [
        journal.create(plan, Campaign(plan.name, plan.draft), host="host", account="account")
        for plan in plans
    ]
    lost = Settlement({}, State.UNKNOWN, Reason.NO_ANSWER, ServiceWords("CODE", "said"))
    journal.settle(codes[0], journal.open_batch(codes[0], (1, 2), "sha"), lost)
    journal.resolve(codes[0], Resolution.RESENT, 2)
    journal.close()
    shutil.copytree(data, data.with_name("copy"))
    journal = Journal(data, state=state, now=lambda: at[0])
    for code, numbers in ((codes[0], (1, 2)), (codes[1], (3,))):
        journal.open_batch(code, numbers, "sha")
    journal.close()
    put_back(data.with_name("copy"), data)
    at[0] = NOON + timedelta(hours=1)
    journal = Journal(data, state=state, now=lambda: at[0])
    assert (journal.standing(), journal.gap().left) == (Reason.OLDER_COPY, 3)

    assert journal.accept_copy() == 3

    assert [journal.head(code).undecided for code in codes] == [2, 1, 0]
    rows = list(journal.entries(codes[0]))
    assert [(row.state, row.why, row.words, row.settled_at) for row in rows[:2]] == [
        (State.UNKNOWN, Reason.LEFT_BEFORE_COPY.value, ServiceWords(), at[0])
    ] * 2
    assert [row.state for row in journal.entries(codes[1])] == [
        State.READY,
        State.READY,
        State.UNKNOWN,
    ]
    assert journal.counts(codes[1]) == Counts(ready=2, unknown=1)
    assert (journal.standing(), journal.gap().left) == (Reason.NONE, 0)
    journal.close()


def test_a_ledger_that_cannot_be_read_lets_nothing_leave(data: Path, state: Path) -> None:
    journal = Journal(data, state=state)
    journal.standing()
    plan = make_plan(3)
    code = journal.create(plan, Campaign("Winter", plan.draft), host="host", account="account")
    journal.close()
    ledger = next(state.rglob("*.txt"))
    ledger.unlink()
    ledger.mkdir()
    journal = Journal(data, state=state)
    assert (journal.standing(), journal.gap().left) == (Reason.STATE_UNWRITABLE, 0)
    with pytest.raises(UnwritableJournalError):
        journal.open_batch(code, (1,), "sha")
    assert journal.counts(code) == Counts(ready=3)
    journal.close()


def test_every_folder_has_a_ledger_of_its_own(data: Path, state: Path) -> None:
    for folder in (data, data.with_name("other")):
        journal = Journal(folder, state=state)
        assert journal.standing() is Reason.NONE
        journal.close()
    names = [path.stem for path in state.rglob("*.txt")]
    assert (len(names), {len(name) for name in names}) == (2, {32})


def test_nothing_leaves_where_the_ledger_knows_nothing_or_more(data: Path, state: Path) -> None:
    journal, twin = Journal(data, state=state), Journal(data, state=state)
    plan = make_plan(6)
    code = journal.create(plan, Campaign("Winter", plan.draft), host="host", account="account")
    with pytest.raises(FrozenJournalError):
        journal.open_batch(code, (1,), "sha")  # nobody said that this folder is known here
    assert journal.accept_copy() == 0
    journal.open_batch(code, (1,), "sha")
    Ledger(state, folder_id(twin._db)).append(make_mark(), ())
    with pytest.raises(FrozenJournalError):
        journal.open_batch(code, (2,), "sha")
    assert journal.counts(code) == Counts(ready=5, sending=1)
    journal.close()
    twin.close()


@pytest.mark.parametrize(
    ("spoils", "reason"),
    [
        pytest.param("DELETE FROM campaigns", Reason.NONE, id="none is left"),
        pytest.param("UPDATE campaigns SET ready=0", Reason.UNKNOWN_FOLDER, id="it had a ledger"),
        pytest.param(
            "UPDATE folder SET before=''; UPDATE campaigns SET ready=0",
            Reason.NONE,
            id="all are over and no ledger was there",
        ),
        pytest.param("UPDATE folder SET before=''", Reason.UNKNOWN_FOLDER, id="some wait"),
    ],
)
def test_without_its_ledger_a_folder_asks_only_where_something_may_leave(
    data: Path, state: Path, spoils: str, reason: Reason
) -> None:
    journal = Journal(data, state=state)
    journal.standing()
    plan = make_plan(3)
    code = journal.create(plan, Campaign("Winter", plan.draft), host="host", account="account")
    journal.settle(code, journal.open_batch(code, (1,), "sha"), Settlement({}, State.REFUSED))
    journal._db.executescript(f"PRAGMA foreign_keys=OFF; {spoils}")
    journal.close()
    shutil.rmtree(state)
    journal = Journal(data, state=state)
    assert journal.standing() is reason
    journal.close()


@pytest.mark.parametrize(("cut", "untold"), [
    pytest.param(0, 0, id="whole"),
    pytest.param(1, 0, id="its last line end is missing"),
    pytest.param(30, 2, id="torn in a hash"),
])  # fmt: skip
def test_a_torn_ledger_is_not_said_to_know(
    data: Path, state: Path, server: FaultServer, cut: int, untold: int
) -> None:
    send_after_a_copy(data, server)
    file = next(state.rglob("*.txt"))
    file.write_bytes(file.read_bytes()[: file.stat().st_size - cut])
    with Desk(data, server.url) as desk:
        assert desk.work.journal.standing() is Reason.OLDER_COPY
        assert desk.work.journal.gap().untold == untold


def test_a_ledger_that_goes_while_sending_is_no_older_copy(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        code = desk.creates(make_plan(300))
        ending = desk.sends(code, lambda *_: shutil.rmtree(state, ignore_errors=True))
        assert (ending.state, ending.reason) == (CampaignState.PAUSED, Reason.UNKNOWN_FOLDER)
        assert desk.work.journal.gap() == Gap(untold=ending.counts.ready)


def test_a_journal_whose_neighbours_were_deleted_is_an_older_copy(
    data: Path, state: Path, tmp_path: Path
) -> None:
    journal = Journal(data, state=state)
    journal.standing()
    plan = make_plan(12)
    code = journal.create(plan, Campaign("Winter", plan.draft), host="host", account="account")
    journal.set_state(code, CampaignState.RUNNING)
    journal.open_batch(code, tuple(range(1, 11)), "sha")
    left = tmp_path / "left"
    left.mkdir()
    shutil.copyfile(data / "journal.db", left / "journal.db")  # as a power cut would leave it
    journal.close()

    journal = Journal(left, state=state)

    assert (journal.standing(), journal.gap()) == (Reason.OLDER_COPY, Gap(left=10))
    assert journal.accept_copy() == 10
    assert journal.counts(code) == Counts(ready=2, unknown=10)
    journal.close()


def missed(data: Path, state: Path) -> int:
    """Ask as a command does that only reads."""
    with closing(Journal(data, readonly=True)) as reader:
        return reader.overtaken(state)


def test_who_only_reads_a_copy_learns_how_many_left_since(
    data: Path, state: Path, server: FaultServer
) -> None:
    send_after_a_copy(data, server)
    assert missed(data, state) == 30


def test_who_reads_what_is_in_step_misses_nothing(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        desk.sends(desk.creates(make_plan(12)))
    assert missed(data, state) == 0


def test_a_computer_that_knows_nothing_of_a_folder_calls_nothing_missed(
    data: Path, state: Path, server: FaultServer
) -> None:
    send_after_a_copy(data, server)
    shutil.rmtree(state)
    assert missed(data, state) == 0
    (state / "ledger").parent.mkdir()
    (state / "ledger").write_text("a file where the folder should be")
    assert missed(data, state) == 0


def test_a_ledger_that_knows_none_of_its_marks_calls_nothing_missed(
    data: Path, state: Path, server: FaultServer
) -> None:
    send_after_a_copy(data, server)
    with closing(Journal(data, readonly=True)) as reader:
        own = folder_id(reader._db)
    shutil.rmtree(state)
    Ledger(state, own).append(make_mark(), ["another-computer-000001"])
    assert missed(data, state) == 0


def test_who_reads_while_another_program_sends_misses_nothing(
    data: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, look = make_plan(12), Ledger.last
    with closing(Journal(data, state=state)) as journal:
        assert journal.standing() is Reason.NONE
        code = journal.create(plan, Campaign("Winter", plan.draft), host="h", account="a")

        def look_when_it_has_left(ledger: Ledger) -> str:
            monkeypatch.setattr(Ledger, "last", look)
            journal.open_batch(code, tuple(range(1, 13)), "sha")
            return look(ledger)

        monkeypatch.setattr(Ledger, "last", look_when_it_has_left)
        assert missed(data, state) == 0
        assert journal.counts(code) == Counts(sending=12)


def test_a_file_from_before_the_ledger_misses_nothing(
    data: Path, state: Path, server: FaultServer
) -> None:
    with Desk(data, server.url) as desk:
        desk.sends(desk.creates(make_plan(3)))
        desk.work.journal._db.executescript(
            "DROP TABLE folder; DROP TABLE leaving;"
            "DROP TABLE trials; DROP TABLE trial_numbers; DROP TABLE confirmations;"
            "ALTER TABLE messages DROP COLUMN offered_at; PRAGMA user_version=3;"
        )
    assert missed(data, state) == 0
