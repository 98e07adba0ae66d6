"""One person's message in pieces, for the phone, and as plain text."""

from cascade_desktop.core.drafts import Draft, text_of
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.template import Template, bind, parse
from cascade_desktop.ui.widgets.phone_preview import Piece


def message_pieces(draft: Draft, recipients: Recipients | None, row: int | None) -> list[Piece]:
    """Return a person's message, their own values marked; without anybody, as it is written."""
    template = parse(text_of(draft))
    if recipients is None or row is None:
        return [_as_written(piece) for piece in template.pieces]
    return _filled(template, recipients, row)


def plain_text(pieces: list[Piece]) -> str:
    """Return a message as it will be sent."""
    return "".join(piece.text for piece in pieces)


def _filled(template: Template, recipients: Recipients, row: int) -> list[Piece]:
    """Fill a person's values in; what no column or fallback fills stays as it is written."""
    bound, _ = bind(template, recipients.table.names)
    columns = iter(bound.columns)
    pieces: list[Piece] = []
    for piece in template.pieces:
        if isinstance(piece, str):
            pieces.append(Piece(piece))
            continue
        at = next(columns)
        cell = recipients.table.columns[at][row] if at >= 0 else ""
        if cell.strip():
            is_link = cell.startswith(("https://", "http://"))  # its colour tells it apart
            pieces.append(Piece(cell, is_value=not is_link))
        elif at >= 0 and piece.fallback is not None:
            pieces.append(Piece(piece.fallback))
        else:
            pieces.append(_as_written(piece))
    return pieces


def _as_written(piece: object) -> Piece:
    return Piece(piece) if isinstance(piece, str) else Piece(f"{{{getattr(piece, 'name', '')}}}")
