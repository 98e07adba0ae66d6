"""Send and resume campaigns from the command line; `cli` parses, this does."""

import argparse
import asyncio
import hashlib
import secrets
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from cascade_desktop.cli_folder import (
    folder_unusable,
    open_workspace,
    read_journal,
    stopped_phones,
)
from cascade_desktop.cli_output import (
    CommandEndError,
    print_json,
    print_last_json,
    print_line,
    print_sentence,
    unusable,
)
from cascade_desktop.core.campaign_file import Campaign, NotACampaign, read_campaign
from cascade_desktop.core.columns import resolve_column
from cascade_desktop.core.exit_codes import INCOMPLETE, NEEDS_SOMEBODY, OK, UNUSABLE
from cascade_desktop.core.plan import CODE_BYTES, make_code
from cascade_desktop.core.preparation import Prepared, prepare
from cascade_desktop.core.questions import Question, find_questions, proposed
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.states import CampaignState, Reason
from cascade_desktop.core.table import Table
from cascade_desktop.core.target import KeyWrong, UrlWrong
from cascade_desktop.engine.account import Account, practice_account
from cascade_desktop.engine.environment import (
    ScaleWrong,
    data_folder,
    data_root,
    keys_of,
    target_of,
    waits_for,
)
from cascade_desktop.engine.journal.store import SPLIT_ALLOWED, Journal
from cascade_desktop.engine.journal.values import Head
from cascade_desktop.engine.sender import Ending, Progress
from cascade_desktop.engine.tables.child import read_in_child
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.report import (
    ReportNotWrittenError,
    save_report,
    target_problem,
)
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.engine.waits import Waits
from cascade_desktop.engine.workspace import Workspace
from cascade_desktop.practice.server import PracticeServer
from cascade_desktop.ui import wording, wording_cli, wording_reading
from cascade_desktop.ui.campaign_report import report_of

FILE_CHANGED = "FILE_CHANGED"
LARGEST_CAMPAIGN = 16 << 20
"""A campaign file is a few kilobytes; nothing much larger is read into memory."""
LARGEST_LIST = 1 << 30
_YES = ("y", "yes", "так", "si", "sì")


@contextmanager
def account_of(arguments: argparse.Namespace, *, need_keys: bool = True) -> Iterator[Account]:
    """Yield the account that the arguments and the environment mean; practice runs meanwhile."""
    root = data_root(arguments.data_dir)
    if arguments.practice:
        with _start_practice(data_folder(root, practice=True) / "service") as server:
            yield practice_account(root, server.base_url, _waits(is_loopback=True))
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
    yield Account(folder, target, keys, _waits(is_loopback=target.is_loopback), practice=False)


def send(arguments: argparse.Namespace) -> int:
    """Send a campaign file."""
    refuse_report(arguments.report)
    campaign = load_campaign(arguments.campaign)
    with ExitStack() as stack:
        account = stack.enter_context(account_of(arguments))
        recipients = load_recipients(arguments, campaign)
        _refuse_overwriting(
            arguments.report, Path(arguments.campaign), list_path(arguments, campaign)
        )
        prepared = prepare(campaign, recipients, account.waits.now())
        if prepared.problems:
            raise unusable(*(wording.say(problem) for problem in prepared.problems))
        confirm(arguments, prepared, live=not account.practice)
        space = stack.enter_context(open_workspace(account.folder, account.waits))
        code = space.journal.create(
            prepared.plan(make_code(secrets.token_bytes(CODE_BYTES))),
            campaign,
            host=account.target.host,
            account=account.keys.fingerprint,
        )
        return run(arguments, space, account, code)


def resume(arguments: argparse.Namespace) -> int:
    """Go on with a campaign; what was accepted or is uncertain does not leave again."""
    refuse_report(arguments.report)
    place_campaign(arguments)
    with (
        account_of(arguments) as account,
        open_workspace(account.folder, account.waits) as space,
    ):
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


def refuse_report(path: str) -> None:
    """End the command before anything is sent when its report could not be written."""
    problem = target_problem(Path(path)) if path else None
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
    try:
        if not _is_plain_file(Path(path), LARGEST_CAMPAIGN):
            raise unusable(wording.say_file(NotACampaign()))
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise unusable(wording.say_file(NotACampaign())) from None
    except (OSError, ValueError):
        raise unusable(wording_cli.say_file_missing(path)) from None
    found = read_campaign(text)
    if not isinstance(found, Campaign):
        raise unusable(*(wording.say_file(problem) for problem in found))
    return found


def list_path(arguments: argparse.Namespace, campaign: Campaign) -> Path:
    """Return where the list is: as the arguments say, or beside the campaign file."""
    if arguments.recipients:
        return Path(arguments.recipients)
    if not campaign.recipients.file:
        raise unusable(wording_cli.say_no_list())
    return Path(arguments.campaign).parent / campaign.recipients.file


def load_recipients(arguments: argparse.Namespace, campaign: Campaign) -> Recipients:
    """Read the list that a campaign or its arguments name, asking where two readings are likely."""
    ref = campaign.recipients
    path = list_path(arguments, campaign)
    if not arguments.recipients:
        _refuse_changed(arguments, path, ref.sha256)
    choice = ReadChoice(
        sheet=arguments.sheet or ref.sheet or None,
        header_row=arguments.header_row if arguments.header_row is not None else ref.header_row,
        country=arguments.country or campaign.country,
    )
    table = load_table(path, choice)
    people = Choice(
        country=choice.country,
        phone_column=column_of(table, arguments.phone_column or ref.phone_column),
        left_out=frozenset(campaign.left_out),
        edits=campaign.edits,
        include_hidden=campaign.include_hidden,
        stopped=stopped_phones(arguments, practice=arguments.practice),
    )
    return _answered(arguments, table, people)


def load_table(path: Path, choice: ReadChoice) -> Table:
    """Read a list in the child process, or end the command with a sentence."""
    try:
        return read_in_child(path, choice)
    except UnreadableFileError as error:
        raise unusable(wording_reading.say_reading(error.problem)) from None


def column_of(table: Table, named: str) -> int | None:
    """Return the column that an operator named: by its name, its letter or its number."""
    if not named:
        return None
    found = resolve_column(table, named)
    if found is None:
        raise unusable(wording_cli.say_no_column(named, table.names))
    return found


def confirm(arguments: argparse.Namespace, prepared: Prepared, *, live: bool) -> None:
    """Get a yes to each of the review's questions: ``--yes``, a terminal, or nobody."""
    if arguments.yes:
        return
    for question in prepared.confirmations(live=live):
        words = wording_cli.say_confirmation(question, prepared)
        if sys.stdin is None or not sys.stdin.isatty():
            raise CommandEndError(NEEDS_SOMEBODY, words, code=question.value)
        print_sentence(words)
        print_sentence(wording_cli.say_yes_or_no())
        if sys.stdin.readline().strip().casefold() not in _YES:
            raise CommandEndError(NEEDS_SOMEBODY, code=question.value)


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
        if ending.words.message:
            print_sentence(wording.say_service(ending.words))
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
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        server.start()
    except OSError as error:
        raise folder_unusable() from error
    return server


async def _send(
    space: Workspace, account: Account, code: str, arguments: argparse.Namespace
) -> Ending:
    client = space.client(account.target, account.keys)
    sender = space.sender(client)
    loop = asyncio.get_running_loop()
    try:
        with arguments.interrupts.handed_to(lambda: loop.call_soon_threadsafe(sender.pause)):
            return await sender.run(code, _teller(arguments))
    finally:
        await client.aclose()


def _teller(arguments: argparse.Namespace) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        if progress.waiting_s and not arguments.json:
            reason = wording.say_reason(progress.reason)
            print_sentence(wording_cli.say_waiting(reason, progress.waiting_s))
        elif not progress.waiting_s and arguments.json:
            counts = asdict(progress.counts)
            print_json({"campaign": progress.campaign, "batch": progress.batch, "counts": counts})

    return tell


def _answered(arguments: argparse.Namespace, table: Table, people: Choice) -> Recipients:
    """Return the verdicts, once every question of the list is answered or accepted."""
    found = read_recipients(table, people)
    if not isinstance(found, Recipients):
        _refuse_open(arguments, find_questions(table, found))
        likely = proposed(found, table, people.country)
        if likely is None:
            raise unusable(wording_reading.say_reading(found))
        again = read_recipients(table, replace(people, phone_column=likely.phone_column))
        found = again if isinstance(again, Recipients) else likely
    _refuse_open(arguments, find_questions(table, found))
    return found


def _refuse_open(arguments: argparse.Namespace, questions: Sequence[Question]) -> None:
    """End the command at the first question that nobody has accepted the proposal for."""
    for question in questions:
        if question.code.value not in arguments.accept:
            words = wording_reading.say_reading(question)
            raise CommandEndError(NEEDS_SOMEBODY, words, code=question.code.value)


def _is_plain_file(path: Path, largest: int) -> bool:
    """Tell whether a path is a file of a sane size: no pipe, no device, nothing without an end."""
    about = path.stat()
    return stat.S_ISREG(about.st_mode) and about.st_size <= largest


def _refuse_overwriting(report: str, *kept: Path) -> None:
    """End the command when its report would take the place of what it is made from."""
    if not report or not Path(report).exists():
        return
    for path in kept:
        if path.exists() and Path(report).samefile(path):
            raise unusable(wording_cli.say_would_overwrite(path.name))


def _refuse_changed(arguments: argparse.Namespace, path: Path, sha256: str) -> None:
    if not sha256 or FILE_CHANGED in arguments.accept:
        return
    try:
        if not _is_plain_file(path, LARGEST_LIST):
            return  # the reader says what is wrong with it
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return
    if found != sha256.lower():
        raise CommandEndError(
            NEEDS_SOMEBODY, wording_cli.say_file_changed(path.name), code=FILE_CHANGED
        )


def _waits(*, is_loopback: bool) -> Waits:
    waits = waits_for(is_loopback=is_loopback)
    if isinstance(waits, ScaleWrong):
        raise unusable(wording_cli.say_scale(waits.text))
    return waits
