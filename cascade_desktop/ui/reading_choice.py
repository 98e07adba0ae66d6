"""What the operator says about how to read a list."""

from dataclasses import dataclass, replace

from cascade_desktop.core.table import Source
from cascade_desktop.engine.tables.grid import ReadChoice

TYPED = "typed"
DELIMITED = frozenset({"csv", "tsv", "txt"})
ONE_COLUMN = "\x1f"
"""As a separator: a sign that stands in no file."""
LOOK_ROWS = 300
"""So many rows are read for a look at a list before it is read whole."""


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """How a list shall be read; of the file, None leaves it as it is."""

    sheet: str | None
    header_row: int | None
    """The sheet's own number of the row with the column names; 0 for "there is none"."""
    phone_column: int | None
    country: str
    encoding: str | None = None
    separator: str | None = None
    consent_column: int | None = None
    """None where the list does not say who agreed."""

    @property
    def reads_again(self) -> bool:
        """Tell whether the file must be read again."""
        told = (self.sheet, self.header_row, self.encoding, self.separator)
        return any(part is not None for part in told)

    def over(self, how: ReadChoice) -> ReadChoice:
        """Return the way to read a file that was read in another way before."""
        row = how.header_row if self.sheet is None else None
        return replace(
            how,
            sheet=how.sheet if self.sheet is None else self.sheet,
            header_row=row if self.header_row is None else self.header_row,
            encoding=how.encoding if self.encoding is None else self.encoding,
            separator=how.separator if self.separator is None else self.separator,
            country=self.country,
        )


def may_be_misread(source: Source) -> bool:
    """Tell whether a file's letters could be others: Unicode is proven by its own rules."""
    return source.kind in DELIMITED and (
        bool(source.encodings) or not source.encoding.startswith("utf")
    )
