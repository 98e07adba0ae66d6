"""The list of a campaign on the command line: found, read, its questions answered or accepted."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cascade_desktop.cli_arguments import FILE_CHANGED
from cascade_desktop.cli_folder import stopped_phones
from cascade_desktop.cli_output import CommandEndError, print_sentence, unusable
from cascade_desktop.core.campaign_file import Campaign
from cascade_desktop.core.columns import resolve_column
from cascade_desktop.core.decisions import RowDecisions, bare, is_about
from cascade_desktop.core.exit_codes import NEEDS_SOMEBODY
from cascade_desktop.core.questions import Question, find_questions, proposed
from cascade_desktop.core.recipients import Choice, Recipients, read_recipients
from cascade_desktop.core.table import Table
from cascade_desktop.engine.tables.child import read_in_child
from cascade_desktop.engine.tables.grid import ReadChoice
from cascade_desktop.engine.tables.unreadable import UnreadableFileError
from cascade_desktop.ui import wording_cli, wording_reading
from cascade_desktop.ui.wording_campaigns import say_dropped


class _Asked(NamedTuple):
    """A question before sending, and the code by which its proposal is accepted."""

    code: str
    words: str


def list_path(arguments: argparse.Namespace, campaign: Campaign) -> Path:
    """Return where the list is: as the arguments say, or the campaign."""
    if arguments.recipients:
        return Path(arguments.recipients)
    if not campaign.recipients.file:
        raise unusable(wording_cli.say_no_list())
    return Path(campaign.recipients.file)


def load_recipients(arguments: argparse.Namespace, campaign: Campaign) -> Recipients:
    """Read the list that a campaign or its arguments name, asking where two readings are likely."""
    ref = campaign.recipients
    path = list_path(arguments, campaign)
    choice = ReadChoice(
        sheet=arguments.sheet or ref.sheet or None,
        header_row=arguments.header_row if arguments.header_row is not None else ref.header_row,
        country=arguments.country or campaign.country,
    )
    table = load_table(path, choice)
    people = Choice(
        country=choice.country,
        phone_column=column_of(table, arguments.phone_column or ref.phone_column),
        stopped=stopped_phones(arguments, practice=arguments.practice),
    )
    people = _decided(campaign, table, people)
    dropped = say_dropped(
        campaign.edits.keys() - people.edits.keys(), {*campaign.left_out} - people.left_out
    )
    is_changed = ref.sha256 and ref.sha256.lower() != table.source.sha256
    asked = (
        (_Asked(FILE_CHANGED, wording_cli.say_file_changed(path.name, dropped)),)
        if is_changed and not arguments.recipients
        else ()
    )
    found = _answered(arguments, table, people, asked)
    if dropped:
        print_sentence(wording_cli.say_not_about(path.name, dropped))
    return found


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


def _decided(campaign: Campaign, table: Table, people: Choice) -> Choice:
    """Lay what a campaign decided about rows over a list of which these are the rows."""
    if not is_about(campaign.recipients, table.source):
        return bare(people)
    made_in = campaign.recipients.phone_column
    column = column_of(table, made_in) if made_in else people.phone_column
    decided = RowDecisions(
        column, frozenset(campaign.left_out), campaign.edits, campaign.include_hidden
    )
    return decided.over(people)[0]


def _answered(
    arguments: argparse.Namespace, table: Table, people: Choice, asked: Sequence[_Asked]
) -> Recipients:
    """Return the verdicts, once every question is answered or accepted; all are told at once."""
    found = read_recipients(table, people)
    questions = find_questions(table, found)
    if not isinstance(found, Recipients):
        likely = proposed(found, table, people.country)
        if likely is None:
            raise unusable(wording_reading.say_reading(found))
        again = read_recipients(table, replace(people, phone_column=likely.phone_column))
        found = again if isinstance(again, Recipients) else likely
        questions = (*questions, *find_questions(table, found))
    _refuse_open(arguments, (*asked, *(_ask(question, table) for question in questions)))
    return found


def _ask(question: Question, table: Table) -> _Asked:
    words = wording_reading.say_reading(question)
    way = wording_cli.say_way_on(question, table.source.sheet)
    return _Asked(question.code.value, f"{words} {way}")


def _refuse_open(arguments: argparse.Namespace, asked: Sequence[_Asked]) -> None:
    """End the command with the questions that nobody has accepted the proposal for."""
    left = [one for one in asked if one.code not in arguments.accept]
    if left:
        sentences = (one.words for one in left)
        raise CommandEndError(NEEDS_SOMEBODY, *sentences, code=left[0].code)
