"""Send and resume campaigns from the command line; `cli` parses, this does."""

import argparse
import asyncio
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cascade_desktop.cli_folder import (
    folder_unusable,
    open_workspace,
    read_journal,
    refuse_frozen,
)
from cascade_desktop.cli_list import list_path, load_recipients
from cascade_desktop.cli_output import (
    CommandEndError,
    print_last_json,
    print_line,
    print_sentence,
    unusable,
)
from cascade_desktop.cli_telling import Teller
from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.confirmations import Given, Hours
from cascade_desktop.core.exit_codes import INCOMPLETE, NEEDS_SOMEBODY, OK, UNUSABLE
from cascade_desktop.core.plan import CODE_BYTES, make_code
from cascade_desktop.core.preparation import Prepared, prepare, renew
from cascade_desktop.core.recipients import Recipients
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.core.target import KeyWrong, UrlWrong
from cascade_desktop.engine.account import Account, practice_account
from cascade_desktop.engine.campaign_files import Unreadable, read_file
from cascade_desktop.engine.environment import (
    ScaleWrong,
    data_folder,
    data_root,
    keys_of,
    proxy_with_login,
    target_of,
    waits_for,
)
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.power import Power
from cascade_desktop.engine.private import make_private
from cascade_desktop.engine.sending import Ending
from cascade_desktop.engine.sending_log import run_logged
from cascade_desktop.engine.settings import SettingsStore
from cascade_desktop.engine.tables.report import ReportNotWrittenError
from cascade_desktop.engine.tables.saving import report_problem, save_report
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.ui import wording, wording_cli
from cascade_desktop.ui.campaign_report import report_of, report_titles
from cascade_desktop.ui.review_desk import Looked, look
from cascade_desktop.ui.wording_campaigns import say_unreadable
from cascade_desktop.ui.wording_review import say_cost, say_got_any, say_got_same

_SERVICE_CODE = re.compile("[A-Z][A-Z_]{1,39}")
_YES = ("y", "yes", "так", "si", "sì")


@contextmanager
def account_of(arguments: argparse.Namespace, *, need_keys: bool = True) -> Iterator[Account]:
    """Yield the account that the arguments and the environment mean; practice runs meanwhile."""
    root = data_root(arguments.data_dir)
    if arguments.practice:
        with _start_practice(data_folder(root, practice=True) / "service") as server:
            account = practice_account(root, server.base_url, _waits(is_loopback=True))
            yield replace(account, pace_per_s=arguments.pace or None)
        return
    target = target_of(arguments.base_url)
    if isinstance(target, UrlWrong):
        raise unusable(wording_cli.say_url(target))
    keys = keys_of()
    if isinstance(keys, KeyWrong):
        raise unusable(wording_cli.say_key(keys))
    if not keys and need_keys:
        raise unusable(wording_cli.say_no_key())
    folder = data_folder(root, practice=False)
    waits = _waits(is_loopback=target.is_loopback)
    proxy, pace = proxy_with_login(arguments.proxy), arguments.pace or None
    yield Account(folder, target, keys, waits, practice=False, proxy=proxy, pace_per_s=pace)


def send(arguments: argparse.Namespace) -> int:
    """Send a campaign file."""
    campaign = load_campaign(arguments.campaign)
    _refuse_overwriting(arguments.report, Path(arguments.campaign), list_path(arguments, campaign))
    refuse_report(arguments.report)
    with ExitStack() as stack:
        account = stack.enter_context(account_of(arguments))
        recipients = load_recipients(arguments, campaign)
        campaign = _as_laid(campaign, recipients)
        prepared = prepare(campaign, recipients, account.waits.now())
        if prepared.problems:
            raise unusable(*(wording.say(problem) for problem in prepared.problems))
        space = stack.enter_context(open_workspace(arguments, account.folder, account.waits))
        refuse_frozen(arguments, space)
        given = confirm(arguments, prepared, account, space)
        code = space.journal.create(
            prepared.plan(make_code(secrets.token_bytes(CODE_BYTES))),
            campaign,
            host=account.target.host,
            account=account.keys.fingerprint,
            given=given,
        )
        return run(arguments, space, account, code)


def resume(arguments: argparse.Namespace) -> int:
    """Go on with a campaign; what was accepted or is uncertain does not leave again."""
    place_campaign(arguments)
    refuse_report(arguments.report, arguments.head.source)
    with (
        account_of(arguments) as account,
        open_workspace(arguments, account.folder, account.waits) as space,
    ):
        refuse_frozen(arguments, space)
        return run(arguments, space, account, arguments.id)


def run(arguments: argparse.Namespace, space: Workspace, account: Account, code: str) -> int:
    """Send what is ready, tell how it went, write the report that was asked for."""
    with _counted(arguments, space, code):
        if Reason.BATCH_REFUSED.value in arguments.accept:
            space.journal.remember_answer(
                account.target.host, account.keys.fingerprint, SPLIT_ALLOWED
            )
        ending = asyncio.run(_send(space, account, code, arguments))
        head = space.journal.head(code)
    exit_code = tell_ending(arguments, head, ending)
    arguments.tells_last = False
    if arguments.report:
        # What was sent is sent: a report that fails must not look like input to try again.
        save(space.journal, head, arguments.report, account.practice, exit_code=NEEDS_SOMEBODY)
    return exit_code


def refuse_report(path: str, source: str = "") -> None:
    """End the command before anything is sent when its report could not be written."""
    problem = report_problem(Path(path), report_titles(), source) if path else None
    if problem is not None:
        raise unusable(wording.say_report_problem(problem))


def save(
    journal: Journal, head: Head, path: str, practice: bool, *, exit_code: int = UNUSABLE
) -> None:
    """Write a campaign's results, or end the command with a sentence and this exit code."""
    try:
        save_report(Path(path), report_of(head, journal.entries(head.code), practice))
    except ReportNotWrittenError as error:
        raise CommandEndError(exit_code, wording.say_report_problem(error.problem)) from None


def load_campaign(path: str) -> Campaign:
    """Read a campaign file, or end the command with a sentence for each thing wrong."""
    found = read_file(Path(path).absolute())
    if isinstance(found, Unreadable):
        told = [wording.say_file(problem) for problem in found.problems]
        raise unusable(*(told or (say_unreadable(found),)))
    return found


def confirm(
    arguments: argparse.Namespace, prepared: Prepared, account: Account, space: Workspace
) -> tuple[Given, ...]:
    """Get a yes to each of the review's questions: ``--yes``, a terminal, or nobody.

    Returns what was asked and answered, to be kept with the campaign.
    """
    settings, now = SettingsStore(data_root(arguments.data_dir)).load(), account.waits.now()
    prepared = renew(prepared, now, Hours(settings.quiet_before_h, settings.quiet_from_h))
    # What was practised never counts as sent before.
    looked = look(prepared, None, None if account.practice else space.folder, settings, now)
    before = looked.earlier.any.people
    asked = {
        question: wording_cli.say_confirmation(question, prepared, _say_earlier(looked, now))
        for question in prepared.confirmations(live=not account.practice, sent_before=before)
    }
    cost = () if looked.cost is None or account.practice else (say_cost(looked.cost),)
    if asked and not arguments.yes and (sys.stdin is None or not sys.stdin.isatty()):
        first = next(iter(asked)).value
        raise CommandEndError(NEEDS_SOMEBODY, *cost, *asked.values(), code=first)
    for words in () if arguments.yes else cost:
        print_sentence(words)
    for question, words in () if arguments.yes else asked.items():
        print_sentence(words)
        print_sentence(wording_cli.say_yes_or_no())
        if sys.stdin.readline().strip().casefold() not in _YES:
            raise CommandEndError(NEEDS_SOMEBODY, code=question.value)
    answer, at = "--yes" if arguments.yes else "yes", account.waits.now()
    return tuple(Given(question.value, words, answer, at) for question, words in asked.items())


def _as_laid(campaign: Campaign, recipients: Recipients) -> Campaign:
    """Return a campaign without decisions about rows of another list, which nobody needs kept."""
    choice = recipients.choice
    return replace(campaign, edits=choice.edits, left_out=tuple(sorted(choice.left_out)))


def _say_earlier(looked: Looked, now: datetime) -> str:
    """Say who got something before, and who the very text that they would get now."""
    today, found = now.astimezone().date(), looked.earlier
    words: list[str] = []
    if found.same.people < found.any.people:
        words.append(say_got_any(found.any, today, looked.days, practice=False))
    if found.same.people:
        words.append(say_got_same(found.same, today, looked.days, practice=False))
    return " ".join(words)


def place_campaign(arguments: argparse.Namespace) -> None:
    """Find out whether the campaign that was named is a practice one; end the command if none."""
    code = arguments.id.strip().upper()
    for practice in (True,) if arguments.practice else (False, True):
        heads = read_journal(arguments, lambda journal: journal.heads(), (), practice=practice)
        found = next((head for head in heads if head.code == code), None)
        if found is not None:
            arguments.id, arguments.practice, arguments.head = code, practice, found
            return
    raise unusable(wording_cli.say_no_campaign(arguments.id))


def tell_ending(arguments: argparse.Namespace, head: Head, ending: Ending) -> int:
    """Print how a run ended and return the exit code."""
    if arguments.json:
        print_last_json(ending.campaign, ending.state, ending.reason.value, ending.counts)
    else:
        print_line(wording_cli.say_ending(ending.campaign, ending.state, ending.counts))
    if ending.state is not CampaignState.FINISHED:
        print_sentence(wording.say_reason(ending.reason))
        if _SERVICE_CODE.fullmatch(ending.words.code):
            # Not its message, which may repeat a phone or a text; the report has it whole.
            print_sentence(wording.say_service(replace(ending.words, message="")))
        return NEEDS_SOMEBODY
    counts = ending.counts
    return INCOMPLETE if counts.refused or counts.unknown or head.to_fix else OK


@contextmanager
def _counted(arguments: argparse.Namespace, space: Workspace, code: str) -> Iterator[None]:
    """Note where a campaign stands when its run breaks off, for the last line."""
    try:
        yield
    except BaseException:
        arguments.head = space.journal.head(code)
        raise


def _start_practice(folder: Path) -> PracticeServer:
    server = PracticeServer(folder)
    try:
        make_private(folder)
        server.start()
    except OSError as error:
        raise folder_unusable() from error
    return server


async def _send(
    space: Workspace, account: Account, code: str, arguments: argparse.Namespace
) -> Ending:
    client = space.client(account.target, account.keys, account.proxy)
    sender = space.sender(client, pace_per_s=account.pace_per_s)
    teller = Teller(code, account.waits, as_json=arguments.json)
    loop = asyncio.get_running_loop()

    def pause() -> None:
        sender.pause()
        teller.interrupted(under_way=sender.under_way)

    try:
        with arguments.interrupts.handed_to(lambda: loop.call_soon_threadsafe(pause)):
            async with Power().awake(sender), teller.looking(lambda: sender.under_way):
                return await run_logged(sender, code, teller.tell)
    finally:
        await client.aclose()


def _refuse_overwriting(report: str, *kept: Path) -> None:
    """End the command when its report would take the place of what it is made from."""
    if not report or not Path(report).exists():
        return
    for path in kept:
        if path.exists() and Path(report).samefile(path):
            raise unusable(wording_cli.say_would_overwrite(path.name))


def _waits(*, is_loopback: bool) -> Waits:
    waits = waits_for(is_loopback=is_loopback)
    if isinstance(waits, ScaleWrong):
        raise unusable(wording_cli.say_scale(waits.text))
    return waits
