"""Show the phones that were typed by hand where the message could not go to them."""

from collections.abc import Iterable, Iterator

from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.engine.journal.values import Entry, Head


def with_typed_phones(head: Head, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield rows with what was typed in the phone's cell, where that is no number either.

    The journal keeps the list's own cells, and beside them the numbers that can be sent to.
    """
    campaign = read_campaign(head.draft)
    edits = campaign.edits if isinstance(campaign, Campaign) else {}
    for entry in entries:
        typed = edits.get(entry.sheet_row)
        if typed is None or entry.phone:
            yield entry
        else:
            at = head.phone_column
            cells = (*entry.cells[:at], typed, *entry.cells[at + 1 :])
            yield entry._replace(cells=cells)
