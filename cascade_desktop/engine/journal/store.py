"""Write and read campaigns: the intent before a request, its outcome after, totals with both."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cascade_desktop.core.campaign_file import Campaign, write_campaign
from cascade_desktop.core.confirmations import Given
from cascade_desktop.core.outcome import NO_WORDS, ServiceWords
from cascade_desktop.core.plan import Plan, tracking_id
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.states import CampaignState, Reason, Resolution, State
from cascade_desktop.engine.journal import batches, reading, stale, standing, stop_list, trials
from cascade_desktop.engine.journal.deleting import Deleting
from cascade_desktop.engine.journal.reader import JournalReader
from cascade_desktop.engine.journal.schema import (
    ROOM_BYTES,
    MovedJournalError,
    UnwritableJournalError,
    checkpoint,
    connect,
    identity,
    read,
    room_in,
)
from cascade_desktop.engine.journal.transaction import transaction
from cascade_desktop.engine.journal.values import Answered, Change, Gap, Settlement
from cascade_desktop.engine.journal.writing import (
    dump,
    dump_words,
    iso,
    message_rows,
    people_rows,
)
from cascade_desktop.engine.ledger import Ledger, MovedOnError

SPLIT_ALLOWED = "split_allowed"


def utc_now() -> datetime:
    """Return the wall clock in UTC."""
    return datetime.now(UTC)


class Journal(JournalReader):
    """The record of one data folder. Synchronous: the engine calls it from its one worker.

    ``state`` is this computer's state folder: with it every intent is entered in a ledger there
    too, and nothing leaves while the journal is not in step with that.
    """

    def __init__(
        self,
        folder: Path,
        *,
        readonly: bool = False,
        state: Path | None = None,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        room_bytes: int = ROOM_BYTES,
    ) -> None:
        super().__init__(connect(folder, readonly=readonly))
        self._folder = folder
        self._identity = identity(folder)
        self._ledger = Ledger(state, self._folder_id()) if state else None
        self.deleting = Deleting(self._db, folder, now)
        self.trials = trials.Trials(self._db, now)
        self._room_bytes = room_bytes
        self._now = now
        self._monotonic = monotonic

    def create(
        self,
        plan: Plan,
        campaign: Campaign,
        *,
        host: str,
        account: str,
        given: Iterable[Given] = (),
    ) -> str:
        """Record a plan, every imported row and what was confirmed before it may leave, at once.

        Returns the campaign's code.
        """
        table = plan.recipients.table
        count = len(table.row_numbers)
        head = (
            plan.code, plan.name, plan.draft.kind.value, write_campaign(campaign),
            plan.route.value, host, account, plan.id_stem, table.source.file,
            dump(table.names), plan.recipients.phone_column, self._stamp(),
            CampaignState.PAUSED.value, Reason.INTERRUPTED.value,
            len(plan.messages), count - len(plan.messages),
        )  # fmt: skip
        with transaction(self._db):
            key = self._db.execute(
                "INSERT INTO campaigns (code, name, kind, draft, route, host, account, id_stem,"
                " source, columns, phone_column, created_at, state, reason, ready, left_out)"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                head,
            ).lastrowid
            self._db.executemany("INSERT INTO people VALUES (?,?,?,?,?,?)", people_rows(key, plan))
            self._db.executemany(
                "INSERT INTO messages (campaign, row, idx, state, why, at) VALUES (?,?,?,?,?,?)",
                message_rows(key, plan),
            )
            self._db.executemany(
                "INSERT INTO confirmations VALUES (?,?,?,?,?)",
                ((key, one.question, one.words, one.answer, iso(one.at)) for one in given),
            )
        checkpoint(self._db)
        return plan.code

    def recover(self) -> int:
        """Make every message that was being sent unknown (R3); return how many there were.

        Campaigns that were running are paused as interrupted; a test asks for nothing more. Only
        the folder's one writer may call this.
        """
        moved = 0
        with transaction(self._db):
            held = self._db.execute("SELECT id FROM campaigns WHERE sending > 0").fetchall()
            for (key,) in held:
                moved += self._move(key, State.SENDING, State.UNKNOWN, Reason.INTERRUPTED)
            self._db.execute(
                "UPDATE campaigns SET state=?, reason=? WHERE state=?",
                (CampaignState.PAUSED, Reason.INTERRUPTED, CampaignState.RUNNING),
            )
            trials.settle_interrupted(self._db)
        return moved

    def interrupt(self, code: str) -> tuple[Change, ...]:
        """Make what is still being sent of a campaign unknown (R3); return what changed."""
        key = self._key(code)
        under_way = "SELECT row FROM messages WHERE campaign=? AND state='sending'"
        with transaction(self._db):
            rows = self._db.execute(under_way, (key,)).fetchall()
            self._move(key, State.SENDING, State.UNKNOWN, Reason.INTERRUPTED)
        why, now = Reason.INTERRUPTED.value, self._now()
        return tuple(Change(row, State.UNKNOWN, why, NO_WORDS, (), now) for (row,) in rows)

    def open_batch(
        self, code: str, numbers: Sequence[int], sha256: str, after: Answered | None = None
    ) -> int:
        """Commit the intent to send these messages before the first byte leaves (R1).

        ``after`` is what became of the batch before, recorded by the same commit (R2).

        Raises:
            ValueError: one of them may not be sent; nothing was changed.
            FrozenJournalError: the ledger knows of more than the journal, or of less.
            MovedJournalError: what it would write, nobody would find.
            UnwritableJournalError: nothing was changed either, or the disk is nearly full.
        """
        key, now = self._key(code), self._now()
        self._look_at_place()
        with transaction(self._db):
            batch = batches.note_intent(
                self._db, key, len(numbers), sha256, now=now, monotonic=self._monotonic()
            )
            if after is None:
                batches.write_intent(self._db, key, batch, numbers, iso(now))
            else:
                batches.hand_on(self._db, key, batch, numbers, after=after, now=now)
            mark = standing.advance(self._db, self._ledger) if self._ledger else ""
        self._enter(code, batch, mark, numbers)
        return batch

    def prepare(self, ids: Iterable[str]) -> None:
        """Do ahead what an intent to send the messages with these tracking ids will need."""
        with suppress(OSError):  # the intent will tell
            if self._ledger:
                self._ledger.prepare(ids)

    @read()
    def standing(self) -> Reason:
        """Tell whether anything may be sent from here: NONE, or why not."""
        return standing.standing(self._db, self._ledger) if self._ledger else Reason.NONE

    @read()
    def gap(self) -> Gap:
        """Return what a journal that is not in step lacks."""
        return standing.gap(self._db, self._ledger) if self._ledger else Gap()

    def accept_copy(self) -> int:
        """Go on with a journal that is not in step; return how many messages are unknown now.

        What waits in it and is known to have left is never sent again by itself.

        Raises:
            UnwritableJournalError: it, or the ledger, could not be written; nothing may be sent.
        """
        ledger = self._ledger
        if ledger is None:
            return 0
        try:
            with transaction(self._db):
                taken = standing.take_as_sent(self._db, ledger, self._now())
                for key, count in taken.items():
                    batches.count(self._db, key, State.READY, State.UNKNOWN, count)
                    self._db.execute(
                        "INSERT INTO trace VALUES (?,?,?,?)",
                        (key, self._stamp(), Reason.LEFT_BEFORE_COPY.value, count),
                    )
            ledger.append(standing.mark(self._db), ())
        except OSError as error:
            raise UnwritableJournalError(str(error)) from error
        return sum(taken.values())

    def settle(self, code: str, batch: int, outcome: Settlement) -> tuple[Change, ...]:
        """Record what became of a batch in one transaction (R2); return what changed."""
        key, now = self._key(code), self._now()
        with transaction(self._db):
            changes = batches.write_outcome(self._db, key, batch, outcome, now)
            batches.note_outcome(self._db, key, batch, outcome, now)
        return changes

    def accepted(self, code: str, numbers: Sequence[int]) -> tuple[Change, ...]:
        """Return those of these messages that were accepted, when their rows say so.

        Raises:
            UnwritableJournalError: it is on the disk, but the rows found no room yet.
        """
        key = self._key(code)
        with transaction(self._db):
            return reading.accepted(self._db, key, numbers)

    def leave_out_stopped(
        self, code: str, numbers: Sequence[int] | None = None
    ) -> tuple[Change, ...]:
        """Let no waiting message leave to a number that must not be messaged; return what changed.

        ``numbers`` keeps it to these messages of the plan and those between them.
        """
        key = self._key(code)
        with transaction(self._db):
            moved = stop_list.leave_out(self._db, key, numbers)
            for state in (State.LEFT_OUT, State.UNKNOWN):
                count = sum(left.state is state for left in moved)
                batches.count(self._db, key, State.READY, state, count)
        why = Verdict.STOPPED.value
        return tuple(
            Change(left.row, left.state, why, NO_WORDS, (), left.settled_at, left.resolution)
            for left in moved
        )

    def give_up_stale(
        self, code: str, numbers: Sequence[int], offered_before: datetime
    ) -> tuple[Change, ...]:
        """Let no message leave again that was offered before a moment; return what changed."""
        key = self._key(code)
        with transaction(self._db):
            changes = stale.give_up(self._db, key, numbers, iso(offered_before), self._now())
            for state in (State.REFUSED, State.UNKNOWN):
                count = sum(change.state is state for change in changes)
                batches.count(self._db, key, State.READY, state, count)
        return changes

    def set_state(
        self,
        code: str,
        state: CampaignState,
        reason: Reason = Reason.NONE,
        words: ServiceWords | None = None,
    ) -> None:
        """Record where a campaign stands and why."""
        with transaction(self._db):
            self._db.execute(
                "UPDATE campaigns SET state=?, reason=?, words=? WHERE id=?",
                (state.value, reason.value, dump_words(words or ServiceWords()), self._key(code)),
            )
        checkpoint(self._db)

    def resolve(self, code: str, choice: Resolution, expected: int) -> int:
        """Settle the undecided unknown messages as the operator chose; leave a trace.

        Re-sending makes them ready again under the same ids (R4, R5).

        Raises:
            ValueError: there are not exactly ``expected`` of them; nothing was changed.
        """
        key = self._key(code)
        undecided = "campaign=? AND state='unknown' AND resolution IS NULL"
        with transaction(self._db):
            changed = self._db.execute(
                f"UPDATE messages SET resolution=? WHERE {undecided}",  # noqa: S608
                (choice.value, key),
            ).rowcount
            if changed != expected:
                raise ValueError(changed)
            if not changed:
                return 0
            if choice is Resolution.RESENT:
                self._db.execute(
                    "UPDATE messages SET state='ready', why='', resends=resends+1, batch=NULL"
                    " WHERE campaign=? AND state='unknown' AND resolution='resent'",
                    (key,),
                )
                batches.count(self._db, key, State.UNKNOWN, State.READY, changed)
                self._db.execute(
                    "UPDATE campaigns SET state=?, reason=? WHERE id=?",
                    (CampaignState.PAUSED.value, Reason.OPERATOR_PAUSED.value, key),
                )
            self._db.execute(
                "INSERT INTO trace VALUES (?,?,?,?)", (key, self._stamp(), choice.value, changed)
            )
        return changed

    def remember_answer(self, host: str, account: str, question: str) -> None:
        """Keep an operator's one-time answer for an account."""
        with transaction(self._db):
            self._db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?,?,?,?)",
                (host, account, question, self._stamp()),
            )

    def _folder_id(self) -> str:
        try:
            with read():
                return standing.folder_id(self._db)
        except BaseException:
            self.close()
            raise

    def _look_at_place(self) -> None:
        """Let nothing leave whose intent would not be found again, or its outcome find no room."""
        if identity(self._folder) != self._identity:
            raise MovedJournalError
        try:
            room = room_in(self._folder)
        except OSError as error:
            raise UnwritableJournalError(str(error)) from error
        if room < self._room_bytes:
            raise UnwritableJournalError(self._folder.name)

    def _enter(self, code: str, batch: int, mark: str, numbers: Sequence[int]) -> None:
        """Enter a batch in the ledger, or take its intent back: then nothing may leave."""
        (stem,) = self._db.execute("SELECT id_stem FROM campaigns WHERE code=?", (code,)).fetchone()
        try:
            if self._ledger:
                self._ledger.append(mark, (tracking_id(stem, number) for number in numbers))
        except OSError as error:
            self.settle(code, batch, Settlement({}, State.READY, Reason.DISK_FULL))
            if isinstance(error, MovedOnError):
                raise standing.FrozenJournalError from error
            raise UnwritableJournalError(str(error)) from error

    def _move(self, key: int, old: State, new: State, why: Reason) -> int:
        moved = self._db.execute(
            "UPDATE messages SET state=?, why=?, settled_at=?,"
            " resolution=CASE WHEN ?='unknown' THEN NULL ELSE resolution END"
            " WHERE campaign=? AND state=?",
            (new.value, why.value, self._stamp(), new.value, key, old.value),
        ).rowcount
        batches.count(self._db, key, old, new, moved)
        return moved

    def _stamp(self) -> str:
        return iso(self._now())
