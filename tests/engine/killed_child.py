"""A process that sends a campaign and expects to be killed: FOLDER URL CODE."""

import asyncio
import sys
from pathlib import Path

from campaigns import KEYS, target_of

from cascade_desktop.engine.workspace import Workspace


async def send(work: Workspace, url: str, code: str) -> None:
    """Send until finished, as the program does."""
    client = work.client(target_of(url), KEYS)
    ending = await work.sender(client, pace_per_s=None).run(code, lambda _: None)
    await client.aclose()
    print(ending.state.value)


if __name__ == "__main__":
    workspace = Workspace(Path(sys.argv[1]))
    asyncio.run(send(workspace, sys.argv[2], sys.argv[3]))
    workspace.close()
