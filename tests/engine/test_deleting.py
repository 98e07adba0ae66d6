"""What is deleted is in no file of the data and the state folder any more, and the totals stay."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from campaigns import NOON, make_plan

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.drafts import Draft, FlashCall, Promo, Survey, Transaction
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.journal.copies import (
    StoppedError,
    copies,
    copy_journal,
    drop_copies,
    is_due,
    made_at,
)
from cascade_desktop.engine.journal.deleting import BeingSentError
from cascade_desktop.engine.journal.schema import FILE_NAME, ROOM_BYTES, UnwritableJournalError
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Counts, Settlement

PHONE, NAME, TEXT = "+380501000003", "Person 3", "Hello, Person 3!"
WORDS = ServiceWords("BAD", f"No such phone {PHONE}", "toPhone")


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    opened = Journal(tmp_path / "data", state=tmp_path / "state", now=clock)
    opened.standing()
    yield opened
    opened.close()


def sends(journal: Journal, *, name: str = "Winter", people: int = 6) -> str:
    """Record a campaign and settle it: two refused with words, one uncertain, the rest accepted."""
    plan = make_plan(people, wrong=1, name=name)
    campaign = Campaign(name, plan.draft, edits={5: PHONE, 7: "+380501000005"}, left_out=(9,))
    code = journal.create(plan, campaign, host="host", account="account")
    refused = Settlement({}, State.REFUSED, Reason.BATCH_REFUSED, WORDS)
    journal.settle(code, journal.open_batch(code, (3, 4), "sha"), refused)
    unknown = Settlement({5: ("m-5",)}, State.UNKNOWN, Reason.NO_ANSWER)
    journal.settle(code, journal.open_batch(code, (5, 6), "sha"), unknown)
    return code


def creates(journal: Journal, name: str, people: int = 2) -> str:
    plan = make_plan(people, name=name)
    return journal.create(plan, Campaign(name, plan.draft), host="host", account="account")


def places(tmp_path: Path, *words: str) -> list[str]:
    """Return every file in which one of these words stands, anywhere in its bytes."""
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    return [f"{path.name}: {word}" for path in files for word in words
            if word.encode() in path.read_bytes()]  # fmt: skip


DELETIONS = [
    pytest.param(lambda journal, code: journal.deleting.campaign(code), id="campaign"),
    pytest.param(lambda journal, code: journal.deleting.people(code), id="people"),
    pytest.param(lambda journal, code: journal.deleting.number(PHONE), id="number"),
]


@pytest.mark.parametrize("deletes", DELETIONS)
def test_no_file_holds_what_was_deleted(
    journal: Journal, tmp_path: Path, deletes: Callable[[Journal, str], object]
) -> None:
    code = sends(journal)
    for days in (2, 1):
        copy_journal(tmp_path / "data", NOON - timedelta(days=days))
    assert len(places(tmp_path, PHONE, NAME, TEXT)) >= 3 * 3

    deletes(journal, code)

    assert places(tmp_path, PHONE, NAME, TEXT) == []
    assert len(copies(tmp_path / "data")) == 1
    assert not journal.deleting.is_pending()


def test_the_totals_stay_and_every_row_with_its_outcome(journal: Journal) -> None:
    code = sends(journal)
    journal.deleting.people(code)
    head = journal.head(code)
    rows = list(journal.entries(code))
    assert head.counts == Counts(accepted=1, refused=2, unknown=1, left_out=3)
    assert (head.undecided, head.to_fix) == (0, 0)
    assert head.counts == Counts(**Counter(row.state.value for row in rows))
    assert {(row.phone, row.text, row.cells) for row in rows} == {("", "", ("", ""))}
    assert journal.next_waiting(code, 10) == ()
    assert "edits" not in json.loads(head.draft)


DRAFTS = [
    pytest.param(Transaction("Shop", "Dear Oles"), Transaction("Shop", ""), id="transaction"),
    pytest.param(Promo("Shop", "Dear Oles"), Promo("Shop", ""), id="promo"),
    pytest.param(
        Survey("Shop", "Dear Oles?", ("Oles", "Ivan")), Survey("Shop", "", ()), id="survey"
    ),
    pytest.param(FlashCall("Shop", fallback_text="Dear Oles"), FlashCall("Shop"), id="flashcall"),
]


@pytest.mark.parametrize(("draft", "wordless"), DRAFTS)
def test_with_its_people_the_text_of_a_campaign_goes_too(
    journal: Journal, tmp_path: Path, draft: Draft, wordless: Draft
) -> None:
    plan = make_plan(1)
    code = journal.create(plan, Campaign("Winter", draft), host="host", account="account")
    journal.deleting.people(code)
    kept = read_campaign(journal.head(code).draft)
    assert isinstance(kept, Campaign)
    assert kept.draft == wordless
    assert places(tmp_path, "Oles") == []


def test_what_was_to_leave_again_is_uncertain_and_not_left_out(journal: Journal) -> None:
    code = sends(journal)
    journal.resolve(code, Resolution.RESENT, 1)
    journal.deleting.people(code)
    assert journal.counts(code) == Counts(accepted=1, refused=2, unknown=1, left_out=3)


def test_a_number_goes_however_it_is_spelt_and_nobody_else(journal: Journal) -> None:
    code, other = sends(journal), sends(journal, name="Other")
    journal._db.execute(
        "UPDATE people SET cells=? WHERE row=0 AND campaign=2", ('["050 100-00-03","Zoe"]',)
    )
    found = journal.deleting.find(PHONE)
    assert [(row.code, row.row) for row in found] == [(other, 0), (other, 3), (code, 3)]
    assert journal.deleting.number(PHONE) == 3
    assert journal.deleting.find(PHONE) == ()
    assert journal.deleting.number(PHONE) == 0
    phones = [row.phone for row in journal.entries(other)]
    assert phones == [
        "",
        "+380501000001",
        "+380501000002",
        "",
        "+380501000004",
        "+380501000005",
        "",
    ]
    assert journal.counts(other) == Counts(ready=1, accepted=1, refused=2, unknown=1, left_out=2)
    assert '"5"' not in journal.head(code).draft
    assert '"7"' in journal.head(code).draft


def test_the_list_of_those_not_to_message_stays(journal: Journal) -> None:
    from cascade_desktop.core.stop_list import Stopped

    journal.stop_list.add([Stopped(PHONE, NOON, "asked")])
    code = sends(journal)
    journal.deleting.number(PHONE)
    journal.deleting.campaign(code)
    assert journal.stop_list.phones() == {PHONE}


def test_nothing_is_deleted_of_a_campaign_that_is_being_sent(journal: Journal) -> None:
    code = sends(journal)
    journal.open_batch(code, (1,), "sha")
    for delete in (journal.deleting.campaign, journal.deleting.people):
        with pytest.raises(BeingSentError):
            delete(code)
    with pytest.raises(KeyError):
        journal.deleting.people("NOSUCH")
    assert next(journal.entries(code)).phone
    assert not journal.deleting.is_pending()  # or the next start would drop the daily copies


class TestRetention:
    def ended(self, journal: Journal, name: str) -> str:
        code = sends(journal, name=name)
        journal.settle(code, journal.open_batch(code, (1, 2), "sha"),
                       Settlement({1: ("m",), 2: ("n",)}, State.UNKNOWN))  # fmt: skip
        journal.resolve(code, Resolution.CLOSED, 1)
        journal.set_state(code, CampaignState.FINISHED)
        return code

    def has_people(self, journal: Journal, code: str) -> bool:
        return any(row.phone for row in journal.entries(code))

    def test_people_of_old_campaigns_go_once(self, journal: Journal, clock: Clock) -> None:
        old = self.ended(journal, "Old")
        clock.at += timedelta(days=60)
        young = self.ended(journal, "Young")
        clock.at += timedelta(days=31)
        assert journal.deleting.older_than(0) == 0
        assert journal.deleting.older_than(92) == 0
        assert journal.deleting.older_than(90) == 1
        assert journal.deleting.older_than(90) == 0
        assert (self.has_people(journal, old), self.has_people(journal, young)) == (False, True)
        assert journal.counts(old) == Counts(accepted=3, refused=2, unknown=1, left_out=1)

    def test_what_waits_or_is_uncertain_stays_unless_it_was_stopped(
        self, journal: Journal, clock: Clock
    ) -> None:
        undecided = sends(journal, name="Undecided")
        waiting, stopped = sends(journal, name="Waiting"), sends(journal, name="Stopped")
        for code in (waiting, stopped):
            journal.resolve(code, Resolution.MARKED_SENT, 1)
        journal.set_state(stopped, CampaignState.STOPPED, Reason.OPERATOR_STOPPED)
        journal.set_state(waiting, CampaignState.PAUSED)
        clock.at += timedelta(days=400)
        assert journal.deleting.older_than(90) == 1
        kept = [self.has_people(journal, code) for code in (undecided, waiting, stopped)]
        assert kept == [True, True, False]

    def test_a_campaign_counts_from_its_last_batch(self, journal: Journal, clock: Clock) -> None:
        code = sends(journal)
        journal.resolve(code, Resolution.CLOSED, 1)
        clock.at += timedelta(days=80)
        journal.settle(code, journal.open_batch(code, (1, 2), "sha"),
                       Settlement({1: ("m",), 2: ("n",)}, State.UNKNOWN))  # fmt: skip
        clock.at += timedelta(days=20)
        assert journal.deleting.older_than(90) == 0


def test_a_deletion_that_was_cut_short_is_finished_with_the_next(
    journal: Journal, tmp_path: Path
) -> None:
    code = sends(journal)
    reader = Journal(tmp_path / "data", readonly=True)
    reader._db.execute("PRAGMA busy_timeout=1")
    journal._db.execute("PRAGMA busy_timeout=1")
    pages = reader._db.execute("SELECT * FROM people")
    pages.fetchone()
    with pytest.raises(UnwritableJournalError):
        journal.deleting.people(code)
    assert journal.deleting.is_pending()
    pages.close()
    reader.close()
    assert journal.deleting.older_than(90) == 0
    assert not journal.deleting.is_pending()
    assert places(tmp_path, PHONE, NAME, TEXT) == []


class TestCopies:
    def test_a_week_of_them_is_kept_private_and_whole(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        code = sends(journal)
        for day in range(9):
            copy_journal(tmp_path / "data", NOON + timedelta(days=day))
        kept = copies(tmp_path / "data")
        assert (len(kept), kept[0].name) == (7, "journal-2026-12-01-120000.db")
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept)
        assert kept[0].parent.stat().st_mode & 0o777 == 0o700
        (tmp_path / "back").mkdir()
        shutil.copy(kept[-1], tmp_path / "back" / FILE_NAME)
        again = Journal(tmp_path / "back")
        assert (again.is_sound(), again.counts(code)) == (True, journal.counts(code))
        again.close()

    def test_a_writer_is_not_held_up_nor_seen(
        self, journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cascade_desktop.engine.journal.copies._PAGES", 1)
        code = sends(journal)
        written: list[int] = []

        def write() -> bool:
            if not written:
                written.append(journal.open_batch(code, (1,), "sha"))
            return False

        copy = copy_journal(tmp_path / "data", NOON, write)
        (tmp_path / "back").mkdir()
        shutil.copy(copy, tmp_path / "back" / FILE_NAME)
        again = Journal(tmp_path / "back")
        assert (written, again.counts(code).sending) == ([3], 0)
        again.close()


class TestWhoseTimeHasCome:
    """What keeps a campaign's people keeps nobody else's."""

    def settled(self, journal: Journal, name: str) -> str:
        code = sends(journal, name=name)
        journal.resolve(code, Resolution.CLOSED, 1)
        journal.set_state(code, CampaignState.STOPPED, Reason.OPERATOR_STOPPED)
        return code

    def kept(self, journal: Journal, *codes: str) -> list[bool]:
        return [any(row.phone for row in journal.entries(code)) for code in codes]

    def test_one_that_is_forgotten_uncertain_or_young_keeps_no_other(
        self, journal: Journal, clock: Clock
    ) -> None:
        forgotten, old = self.settled(journal, "Forgotten"), self.settled(journal, "Old")
        uncertain = sends(journal, name="Uncertain")
        journal.set_state(uncertain, CampaignState.STOPPED)
        journal.deleting.people(forgotten)
        clock.at += timedelta(days=91)
        young = self.settled(journal, "Young")
        assert journal.deleting.older_than(90) == 1
        assert self.kept(journal, forgotten, old, uncertain, young) == [False, False, True, True]

    def test_one_that_is_being_sent_stays(self, journal: Journal, clock: Clock) -> None:
        code = self.settled(journal, "Sending")
        journal.open_batch(code, (1, 2), "sha")
        clock.at += timedelta(days=91)
        assert journal.deleting.older_than(90) == 0
        assert self.kept(journal, code) == [True]

    def test_one_that_never_began_counts_from_the_day_it_was_made(
        self, journal: Journal, clock: Clock
    ) -> None:
        plan = make_plan(2)
        code = journal.create(plan, Campaign("W", plan.draft), host="host", account="account")
        journal.set_state(code, CampaignState.STOPPED)
        clock.at += timedelta(days=89)
        assert journal.deleting.older_than(90) == 0
        clock.at += timedelta(days=2)
        assert journal.deleting.older_than(90) == 1
        assert self.kept(journal, code) == [False]

    def test_what_is_being_deleted_for_the_first_time_is_told_by_its_day(
        self, journal: Journal
    ) -> None:
        code = self.settled(journal, "Old")
        journal.deleting.people(code)
        trace = journal._db.execute("SELECT what, at, count FROM trace").fetchall()
        assert trace[-1] == ("forgotten", NOON.isoformat(), 0)


def test_of_a_number_only_its_rows_change_and_only_what_names_it(journal: Journal) -> None:
    code = sends(journal)
    named = "UPDATE messages SET why=? WHERE row=6"
    journal._db.execute(named, ('["like", "+380 50 100-00-01"]',))
    before = list(journal.entries(code))
    assert journal.deleting.number("+380501000001") == 1
    after = list(journal.entries(code))
    changed = [one.row for one, now in zip(before, after, strict=True) if one != now]
    assert changed == [1, 6]
    assert after[6].why == "to_fix"
    row = after[1]
    assert (row.phone, row.cells, row.text, row.state, row.why, row.number) == (
        "", ("", ""), "", State.LEFT_OUT, "left_out", None,
    )  # fmt: skip
    assert journal.counts(code) == Counts(ready=1, accepted=1, refused=2, unknown=1, left_out=2)
    draft = json.loads(journal.head(code).draft)
    assert (set(draft["edits"]), draft["left_out"]) == ({"5", "7"}, [9])


def test_what_an_uncertain_one_was_is_settled_and_a_decision_stays(journal: Journal) -> None:
    code = sends(journal)
    journal.resolve(code, Resolution.MARKED_SENT, 1)
    journal.deleting.people(code)
    found = {row.row: (row.state, row.resolution, row.message_ids) for row in journal.entries(code)}
    assert found[5] == (State.UNKNOWN, Resolution.MARKED_SENT, ())
    assert found[4] == (State.ACCEPTED, None, ())
    assert found[0] == (State.LEFT_OUT, None, ())


def test_nobody_is_asked_about_who_was_deleted(journal: Journal) -> None:
    code = sends(journal)
    journal.deleting.people(code)
    later = NOON + timedelta(days=9)
    assert journal.deliveries.due("host", "account", later, 10) == ()


def test_the_mark_of_a_deletion_is_private_and_one_that_cannot_be_set_deletes_nothing(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = sends(journal)
    modes: list[int] = []
    touch = Path.touch

    def note(path: Path, mode: int = 0o666) -> None:
        touch(path, mode)
        modes.append(path.stat().st_mode & 0o777)

    monkeypatch.setattr(Path, "touch", note)
    journal.deleting.people(code)
    assert modes == [0o600]
    other = sends(journal, name="Other")
    monkeypatch.setattr(Path, "touch", lambda *_, **__: (tmp_path / "none" / "mark").write_text(""))
    with pytest.raises(UnwritableJournalError):
        journal.deleting.people(other)
    assert next(journal.entries(other)).phone
    assert not journal.deleting.is_pending()


@pytest.mark.parametrize("deletes", DELETIONS[1:])
def test_nothing_tells_any_more_what_the_batches_held(
    journal: Journal, deletes: Callable[[Journal, str], object]
) -> None:
    code = sends(journal)
    other = creates(journal, "Other")
    journal.open_batch(other, (1,), "sha")
    journal.settle(other, 1, Settlement({}, State.REFUSED))
    deletes(journal, code)
    digests = "SELECT sha256 FROM batches WHERE campaign=? ORDER BY batch"
    found = [journal._db.execute(digests, (key,)).fetchall() for key in (1, 2)]
    assert found == [[("",), ("",)], [("sha",)]]


def test_a_day_is_the_shortest_time_to_keep_people(journal: Journal, clock: Clock) -> None:
    code = creates(journal, "Short")
    journal.set_state(code, CampaignState.STOPPED)
    clock.at += timedelta(hours=23)
    assert journal.deleting.older_than(1) == 0
    clock.at += timedelta(hours=2)
    assert journal.deleting.older_than(-1) == 0
    assert journal.deleting.older_than(1) == 1


def test_what_was_deleted_takes_no_room(journal: Journal) -> None:
    codes = [creates(journal, name, 300) for name in ("One", "Two")]
    journal.deleting.campaign(codes[0])
    assert journal._db.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_of_a_later_versions_draft_only_what_names_nobody_stays(journal: Journal) -> None:
    code = sends(journal)
    later = {"version": 99, "type": "promo", "edits": {"5": PHONE}, "new": [PHONE], "ttl": 60}
    for draft in (json.dumps(later), PHONE):
        journal._db.execute("UPDATE campaigns SET draft=?", (draft,))
        journal.deleting.people(code)
        assert PHONE not in journal.head(code).draft
    journal._db.execute("UPDATE campaigns SET draft=?", (json.dumps(later),))
    journal.deleting.number(PHONE)
    journal.deleting.people(code)
    assert json.loads(journal.head(code).draft) == {"version": 99, "type": "promo", "ttl": 60}


class TestACopy:
    @pytest.mark.parametrize(("lacks", "made"), [(0, 1), (1, 0)])
    def test_one_is_made_where_it_leaves_room_for_a_batch(
        self, journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        lacks: int, made: int,
    ) -> None:  # fmt: skip
        (pages,) = journal._db.execute("PRAGMA page_count").fetchone()
        room = shutil.disk_usage(tmp_path)._replace(free=pages * 4096 + ROOM_BYTES - lacks)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
        with suppress(UnwritableJournalError):
            copy_journal(tmp_path / "data", NOON)
        assert len(copies(tmp_path / "data")) == made

    def test_the_day_of_a_copy_is_its_name_and_others_have_none(self, tmp_path: Path) -> None:
        assert made_at(tmp_path / "journal-2026-11-23-120000.db") == NOON
        assert made_at(tmp_path / "journal-old.db") is None

    @pytest.mark.parametrize(
        ("age", "due"),
        [
            pytest.param(timedelta(0), False, id="just made"),
            pytest.param(timedelta(hours=23, minutes=59), False, id="not a day old"),
            pytest.param(timedelta(days=1), True, id="a day old"),
            pytest.param(timedelta(seconds=-1), True, id="from a clock that was wrong"),
        ],
    )
    @pytest.mark.usefixtures("journal")
    def test_one_is_due_a_day_after_the_latest(
        self, tmp_path: Path, age: timedelta, *, due: bool
    ) -> None:
        assert is_due(tmp_path / "data", NOON)
        copy_journal(tmp_path / "data", NOON)
        (tmp_path / "data" / "copies" / "journal-mine.db").touch()
        assert is_due(tmp_path / "data", NOON + age) == due

    def test_a_program_that_ends_leaves_no_half_of_one(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        sends(journal)
        with pytest.raises(StoppedError):
            copy_journal(tmp_path / "data", NOON, lambda: True)
        assert list((tmp_path / "data" / "copies").iterdir()) == []

    @pytest.mark.usefixtures("journal")
    def test_a_folder_that_cannot_take_one_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "data" / "copies").touch()
        with pytest.raises(UnwritableJournalError):
            copy_journal(tmp_path / "data", NOON)
        with pytest.raises(UnwritableJournalError):
            copy_journal(tmp_path / "nowhere", NOON)

    def test_one_is_a_file_of_its_own_that_needs_no_other(
        self, journal: Journal, tmp_path: Path
    ) -> None:
        sends(journal)
        copy = copy_journal(tmp_path / "data", NOON)
        assert [path.name for path in copy.parent.iterdir()] == [copy.name]
        assert copy.read_bytes()[18:20] == b"\1\1"  # SQLite's: written without a write-ahead log

    def test_one_that_cannot_be_deleted_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "data" / "copies" / "journal-2026-01-01-120000.db").mkdir(parents=True)
        with pytest.raises(UnwritableJournalError):
            drop_copies(tmp_path / "data", 0)


def test_a_number_is_found_without_its_country_and_its_zero(journal: Journal) -> None:
    code = sends(journal)
    journal._db.execute("UPDATE people SET cells=? WHERE row=0", ('["(50) 100-00-03","Zoe"]',))
    assert [(row.code, row.row) for row in journal.deleting.find(PHONE)] == [(code, 0), (code, 3)]


def test_a_deletion_that_an_earlier_version_left_unfinished_is_known_of(
    journal: Journal, tmp_path: Path
) -> None:
    (tmp_path / "data" / "deleting").touch()
    assert journal.deleting.is_pending()
