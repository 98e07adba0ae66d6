"""Ask from the command line what became of a campaign's accepted messages; never sends."""

import argparse
import asyncio
from datetime import datetime, timedelta

from cascade_desktop.cli_campaign import account_of, place_campaign
from cascade_desktop.cli_folder import open_workspace
from cascade_desktop.cli_output import print_json, print_line, print_sentence
from cascade_desktop.core.delivery import FINAL
from cascade_desktop.core.exit_codes import NEEDS_SOMEBODY, OK
from cascade_desktop.engine.account import Account
from cascade_desktop.engine.journal.deliveries import Tally
from cascade_desktop.engine.tracker import Halt, Tracker
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.ui.wording_delivery import say_known, say_not_told

ONE_ROUND = timedelta(seconds=10)
"""What is due so soon is waited for: a message may be asked about some seconds after it left."""


def delivery(arguments: argparse.Namespace) -> int:
    """Ask what was delivered, and tell; with --watch until the end of every message is known."""
    place_campaign(arguments)
    with (
        account_of(arguments) as account,
        open_workspace(arguments, account.folder, account.waits) as space,
    ):
        until = None if arguments.watch else space.waits.now() + ONE_ROUND
        halt = asyncio.run(_ask(space, account, arguments.id, until))
        tally = space.journal.deliveries.tally(arguments.id)
    _tell(arguments, tally, halt)
    return OK if halt is Halt.DONE else NEEDS_SOMEBODY


async def _ask(space: Workspace, account: Account, code: str, until: datetime | None) -> Halt:
    client = space.client(account.target, account.keys, account.proxy)
    try:
        tracker = Tracker(space.journal, client, space.worker, waits=space.waits)
        return await tracker.run(code, until)
    finally:
        await client.aclose()


def _tell(arguments: argparse.Namespace, tally: Tally, halt: Halt) -> None:
    if arguments.json:
        costs = {currency: str(cost) for currency, cost in tally.bill.costs}
        told = {word or "unknown": count for word, count in tally.count_of.items()}
        print_json(
            {
                "campaign": arguments.id,
                "delivery": told,
                "parts": tally.bill.parts,
                "cost": costs,
                "end": halt.value,
            }
        )
        return
    sent = sum(tally.count_of.values())
    known = sum(count for word, count in tally.count_of.items() if word in FINAL)
    print_line(say_known(known, sent, tally.bill))
    if halt is Halt.NOT_TOLD:
        print_sentence(say_not_told())
