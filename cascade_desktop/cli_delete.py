"""Delete a campaign, or its people, so that no file of the data folder keeps them."""

import argparse

from cascade_desktop.cli_campaign import place_campaign
from cascade_desktop.cli_folder import open_workspace
from cascade_desktop.cli_output import CommandEndError, print_json, print_line
from cascade_desktop.core.campaign_file import Campaign, read_campaign
from cascade_desktop.core.exit_codes import NEEDS_SOMEBODY, OK
from cascade_desktop.core.states import Reason
from cascade_desktop.engine.drafts_store import DraftsStore
from cascade_desktop.engine.environment import data_folder, data_root
from cascade_desktop.engine.journal.schema import UnwritableJournalError
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.practice.books import forget_messages
from cascade_desktop.ui import wording_folder


def delete(arguments: argparse.Namespace) -> int:
    """Delete a campaign for good, or with --people-only its names, phones and texts."""
    place_campaign(arguments)
    code = arguments.head.code
    folder = data_folder(data_root(arguments.data_dir), practice=arguments.practice)
    with open_workspace(arguments, folder) as space:
        deleting = space.journal.deleting
        try:
            (deleting.people if arguments.people_only else deleting.campaign)(code)
            DraftsStore(data_root(arguments.data_dir)).forget_people(_list_of(arguments.head))
            if arguments.practice:
                forget_messages(folder / "service", f"{arguments.head.id_stem}-")
        except (OSError, UnwritableJournalError):
            sentence = wording_folder.say_not_deleted()
            full = Reason.DISK_FULL.value
            raise CommandEndError(NEEDS_SOMEBODY, sentence, code=full) from None
    if arguments.json:
        print_json({"campaign": code, "people_only": arguments.people_only})
    else:
        print_line(wording_folder.say_deleted(code, people_only=arguments.people_only))
    return OK


def _list_of(head: Head) -> str:
    """Return the sum of the list that a campaign was made from; "" where it is not known."""
    campaign = read_campaign(head.draft)
    return campaign.recipients.sha256 if isinstance(campaign, Campaign) else ""
