"""A window in a process of its own that is typed into until it is killed: python FILE MODE LIST."""

import asyncio
import json
import sys
import time
from pathlib import Path

from PySide6.QtGui import QTextCursor
from qasync import QEventLoop
from window_child import until

from cascade_desktop.app import make_application
from cascade_desktop.core.drafts import Kind
from cascade_desktop.engine.environment import data_root
from cascade_desktop.program import Program

SIGN_S = 0.02


async def type_on(program: Program, path: Path) -> None:
    """Open the list once, decide about its rows, then type for ever; say when and how much."""
    compose, lists = program.window.compose, program.lists
    if lists.recipients is None and not lists.reading:
        lists.open(path)
        await until(lambda: lists.recipients)
        lists.edit({3: "+380671112299"})
        lists.leave_out([4], out=True)
    await until(lambda: lists.recipients is not None and lists.recipients.choice.left_out)
    compose.choose_kind(Kind.SURVEY)
    edit = compose.message_card.forms[Kind.SURVEY].text_field.edit
    edit.moveCursor(QTextCursor.MoveOperation.End)
    while True:
        edit.insertPlainText(str(len(edit.toPlainText()) % 10))
        print(time.monotonic(), len(edit.toPlainText()), flush=True)
        await asyncio.sleep(SIGN_S)


async def tell(program: Program) -> None:
    """Say what the window shows by itself after the start."""
    compose, lists = program.window.compose, program.lists
    await until(lambda: lists.recipients)
    assert lists.recipients is not None
    choice = lists.recipients.choice
    shown = {
        "kind": compose.kind().value,
        "text": compose.message_card.form.text_field.text,
        "edits": {str(row): cell for row, cell in choice.edits.items()},
        "left_out": sorted(choice.left_out),
    }
    print(json.dumps(shown), flush=True)


async def work(mode: str, path: Path) -> None:
    program = Program(data_root())
    program.window.show()
    await program.open()
    await (type_on(program, path) if mode == "type" else tell(program))
    await program.close()


def main() -> None:
    loop = QEventLoop(make_application())
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(work(sys.argv[1], Path(sys.argv[2])))


if __name__ == "__main__":
    main()
