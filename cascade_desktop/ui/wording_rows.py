"""What became of a row of a list, in words: for its line on the screen and for a saved file."""

from dataclasses import dataclass

from cascade_desktop.core.composition import Composition
from cascade_desktop.core.consent import RefusedElsewhere
from cascade_desktop.core.numbering import show_phone
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.ui.recipient_groups_model import CODE, GROUPS, Codes, Flags, Group
from cascade_desktop.ui.wording import say_left_out, say_row
from cascade_desktop.ui.wording_drafts import say_refused
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reading import say_reading
from cascade_desktop.ui.wording_recipients import say_in_grid


@dataclass(frozen=True, slots=True, eq=False)
class RowWords:
    """Says it of every row as the list stands now; nothing of it changes, so any thread may ask."""

    recipients: Recipients
    composition: Composition | None
    codes: Codes
    """Each row's group."""
    repaired: Flags
    kept: Flags
    """Whether a row only kept its place after a decision about it."""
    compares: bool
    """Whether rows that get a message are told apart from others with the same number."""

    def briefly(self, place: int) -> str:
        """Say why a row gets no message, or what was done to it, where room is scarce."""
        match GROUPS[self.codes[place]]:
            case Group.TO_FIX:
                return self._problem(place)
            case Group.DUPLICATE:
                return self._double(place)
            case Group.READY:
                return self._ready(place)
            case Group.NO_CONSENT:
                return self._unagreed(place)
            case group:
                return say_left_out(group.value)

    def whole(self, place: int) -> str:
        """Say all there is to say about a row, where there is room for it."""
        problem = self.recipients.problems.get(place)
        if problem is not None and self.codes[place] == CODE[Group.TO_FIX]:
            return say_reading(problem)
        return self.briefly(place)

    def _problem(self, place: int) -> str:
        if (problem := self.recipients.problems.get(place)) is not None:
            return say_in_grid(problem)
        fault = self.composition.faults.get(place) if self.composition else None
        return say_row(fault) if fault is not None else ""

    def _ready(self, place: int) -> str:
        """Say what was done to a row that will get it; nothing where nothing was."""
        if self.compares:
            return self._shared(place)
        found = self.recipients
        phone = show_phone(found.phones[place])
        before = found.table.columns[found.phone_column][place].strip()
        if self.repaired[place] and not before:
            return translate("wording", "You wrote {after}").format(after=phone)
        if self.repaired[place]:
            words = translate("wording", "Corrected: {before} → {after}")
            return words.format(before=before, after=phone)
        return translate("wording", "Taken back: will get it") if self.kept[place] else ""

    def _unagreed(self, place: int) -> str:
        who = self.composition.unagreed.get(place, place) if self.composition else place
        if who == place:
            return say_left_out(Group.NO_CONSENT.value)
        return say_refused(RefusedElsewhere(self.recipients.table.row_numbers[who]))

    def _double(self, place: int) -> str:
        doubles = self.composition.doubles if self.composition else {}
        twin = doubles.get(place, self.recipients.duplicate_of.get(place, place))
        words = translate("wording", "The same number as in row {row}, which gets it")
        return self._beside(words, place, twin)

    def _shared(self, place: int) -> str:
        """Say what sets a row's message apart from the others that its number gets."""
        twin = self.recipients.duplicate_of.get(place, place)
        if twin == place:
            words = translate("wording", "The first row with this number: it gets the message")
        else:
            words = translate("wording", "Its own message; the same number as row {row}")
        return self._beside(words, place, twin)

    def _beside(self, words: str, place: int, twin: int) -> str:
        """Add the values of the message that differ between two rows."""
        columns = self.composition.columns if self.composition else ()
        table = self.recipients.table
        values = [
            translate("wording", "{column}: “{here}”, not “{there}”").format(
                column=table.names[at],
                here=table.columns[at][place],
                there=table.columns[at][twin],
            )
            for at in columns
            if table.columns[at][place] != table.columns[at][twin]
        ]
        said = words.format(row=table.row_numbers[twin])
        return f"{said} ({'; '.join(values)})" if values else said
