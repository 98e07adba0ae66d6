"""The laws I1-I7 of sending-policy.md, each a check of the journal against what others know."""

from collections import Counter
from dataclasses import dataclass, field, replace

from screen import Screen, counts_of, report_lines

from cascade_desktop.core.plan import Message, Plan, tracking_id
from cascade_desktop.core.states import CampaignState, Reason, State
from cascade_desktop.engine.journal.store import Journal
from cascade_desktop.engine.journal.values import Counts, Entry
from cascade_desktop.engine.sending import Ending

LARGEST_BATCH = 100
"""No campaign of the machine has twenty clean batches, after which they would grow."""


@dataclass
class Known:
    """A campaign as the operator agreed to it, and what happened to it since."""

    plan: Plan
    screen: Screen
    resent: "Counter[str]" = field(default_factory=Counter)
    """How often the operator confirmed that an id may leave again."""
    interruptions: int = 0
    was_late: bool = False

    @property
    def code(self) -> str:
        return self.plan.code

    @property
    def rows(self) -> int:
        return len(self.plan.recipients.table)

    @property
    def messages(self) -> dict[str, Message]:
        """Return what was agreed, by tracking id."""
        return {tracking_id(self.plan.id_stem, one.index): one for one in self.plan.messages}

    def ids(self, entries: list[Entry], *states: State) -> set[str]:
        """Return the ids, as agreed, of the rows in these states."""
        rows = {entry.row for entry in entries if entry.state in states}
        return {name for name, message in self.messages.items() if message.row in rows}


def check_campaign(known: Known, journal: Journal, taken: "Counter[str]") -> None:
    """Hold one campaign to all laws."""
    entries = list(journal.entries(known.code))
    each_row_is_in_one_state_and_all_add_up(known, journal, entries)
    nobody_is_sent_to_twice_and_nobody_is_lost(known, entries, taken)
    little_is_unknown(known, entries)
    everybody_says_the_same(known, journal, entries)


def each_row_is_in_one_state_and_all_add_up(
    known: Known, journal: Journal, entries: list[Entry]
) -> None:
    """I2 and I6."""
    assert [entry.row for entry in entries] == list(range(known.rows))
    counted = Counter(entry.state.value for entry in entries)
    head = journal.head(known.code)
    assert head.counts == journal.counts(known.code) == Counts(**counted)
    assert head.counts.rows == known.rows
    undecided = [e for e in entries if e.state is State.UNKNOWN and e.resolution is None]
    assert head.undecided == len(undecided)


def nobody_is_sent_to_twice_and_nobody_is_lost(
    known: Known, entries: list[Entry], taken: "Counter[str]"
) -> None:
    """I1, I3 and I4; who is left out was never sent to, and an id has one person for ever."""
    planned = known.messages
    mine = {name: count for name, count in taken.items() if name in planned}
    assert all(count <= 1 + known.resent[name] for name, count in mine.items())
    assert known.ids(entries, State.ACCEPTED) <= mine.keys()
    untaken = known.ids(entries, State.READY, State.REFUSED)
    assert all(mine.get(name, 0) <= known.resent[name] for name in untaken)
    assert not known.ids(entries, State.LEFT_OUT) & mine.keys()
    assert known.ids(entries, State.REFUSED) <= planned.keys()
    for entry in entries:
        if entry.number is not None:
            message = planned[tracking_id(known.plan.id_stem, entry.number)]
            assert (message.row, message.phone, message.text) == (
                entry.row,
                entry.phone,
                entry.text,
            )


def little_is_unknown(known: Known, entries: list[Entry]) -> None:
    """I5."""
    unknown = sum(entry.state is State.UNKNOWN for entry in entries)
    assert unknown <= known.interruptions * min(LARGEST_BATCH, known.rows)


def everybody_says_the_same(known: Known, journal: Journal, entries: list[Entry]) -> None:
    """I7: screen, journal and report."""
    head = journal.head(known.code)
    assert known.screen.counts() == counts_of(head.counts)
    pairs = zip(known.screen.lines(), report_lines(head, entries), strict=True)
    differing = [(shown, written) for shown, written in pairs if shown != written]
    assert not differing, differing[:3]


def check_ending(known: Known, journal: Journal, ending: Ending) -> None:
    """Hold the end of a run to the journal: it is told why, and nothing is under way."""
    head = journal.head(known.code)
    assert ending.counts == head.counts
    if ending.reason is not Reason.DISK_FULL:
        words = replace(ending.words, item=None)  # a place in a batch that is gone
        assert (ending.state, ending.reason, words) == (head.state, head.reason, head.words)
        assert head.counts.sending == 0
    match ending.state:
        case CampaignState.FINISHED:
            assert head.counts.ready == 0
        case CampaignState.PAUSED | CampaignState.STOPPED:
            assert ending.reason is not Reason.NONE
        case CampaignState.RUNNING:
            raise AssertionError(ending)


def undecided_ids(known: Known, journal: Journal) -> set[str]:
    """Return the ids that the operator is asked about."""
    entries = [entry for entry in journal.entries(known.code) if entry.resolution is None]
    return known.ids(entries, State.UNKNOWN)
