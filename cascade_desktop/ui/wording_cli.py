"""The sentences of the command line alone; those it shares with the window live beside."""

from collections.abc import Sequence
from typing import assert_never

from cascade_desktop.core.confirmations import Confirmation
from cascade_desktop.core.preparation import Prepared
from cascade_desktop.core.questions import Question, QuestionCode
from cascade_desktop.core.states import CampaignState
from cascade_desktop.core.target import KeyWrong, UrlFault, UrlWrong
from cascade_desktop.engine.journal.values import Counts, Head
from cascade_desktop.ui.wording_plurals import translate


def say_url(problem: UrlWrong) -> str:
    """Tell why a service address cannot be used."""
    match problem.fault:
        case UrlFault.NOT_A_URL:
            return translate("wording", "This is not a web address. It looks like https://….")
        case UrlFault.NOT_HTTPS:
            return translate(
                "wording",
                "The service address must begin with https://. Plain http:// is for this computer"
                " only (127.0.0.1).",
            )
        case UrlFault.HAS_EXTRAS:
            return translate(
                "wording",
                "Give the service address alone: no user name, no “?” and no “#” in it.",
            )
        case UrlFault.NOT_ASCII:
            return translate(
                "wording", "The service address holds letters that web addresses do not have."
            )
    assert_never(problem.fault)


def say_key(problem: KeyWrong) -> str:
    """Tell which character of a key cannot be in a key."""
    return translate(
        "wording",
        "Character {position} of the key is not one that a key can have. Copy the key again from"
        " your SMSBAT account.",
    ).format(position=problem.position)


def say_no_key() -> str:
    """Tell that there is no key, and the two ways on."""
    return translate(
        "wording",
        "There is no key. Put your SMSBAT key into SMSBAT_API_KEY, or add --practice to try"
        " without sending anything.",
    )


def say_file_missing(path: str) -> str:
    """Tell that a file cannot be opened."""
    return translate("wording", "“{path}” cannot be opened. Check the name and the folder.").format(
        path=path
    )


def say_no_list() -> str:
    """Tell that no list of recipients was named."""
    return translate("wording", "The campaign names no list of recipients. Add --recipients FILE.")


def say_file_changed(name: str, dropped: Sequence[str]) -> str:
    """Tell that a list is not the one that the campaign was made for, and what does not hold."""
    begin = translate("wording", "“{name}” has changed since the campaign was saved.")
    end = translate("wording", "Look at it, then add --accept FILE_CHANGED to use it as it is now.")
    return " ".join((begin.format(name=name), *dropped, end))


def say_not_about(name: str, dropped: Sequence[str]) -> str:
    """Tell that a campaign's decisions about rows were for another list than the one in use."""
    begin = translate("wording", "In “{name}” the campaign's decisions about rows do not hold.")
    return " ".join((begin.format(name=name), *dropped))


def say_way_on(question: Question, sheet: str) -> str:
    """Tell how a question about a list is answered; ``sheet`` is the one that was read."""
    code = question.code
    match code:
        case QuestionCode.DUPLICATE_HEADER | QuestionCode.TWO_PHONE_COLUMNS:
            text = translate("wording", "Add --phone-column C; --accept {code} takes the first.")
        case QuestionCode.SEVERAL_SHEETS:
            text = translate("wording", "Add --sheet NAME; --accept {code} takes “{sheet}”.")
        case QuestionCode.HIDDEN_ROWS | QuestionCode.TWO_PHONES | QuestionCode.AMBIGUOUS_NUMBERS:
            text = translate("wording", "--accept {code} leaves these rows out.")
        case QuestionCode.HEADER_ROW if question.total:
            text = translate(
                "wording", "Add --header-row 0 if it is; --accept {code} leaves it out."
            )
        case QuestionCode.HEADER_ROW:
            text = translate(
                "wording",
                "Add --header-row {row} if it is not; --accept {code} takes it for a person.",
            )
        case QuestionCode.OTHER_COUNTRY:
            text = translate("wording", "Add --country {other}; --accept {code} keeps {country}.")
        case QuestionCode.FOREIGN_COUNTRIES:
            text = translate("wording", "If it is, add --accept {code}.")
        case _:
            assert_never(code)
    country, other = question.names[0] if question.names else "", question.names[-1:]
    return text.format(
        code=code.value, sheet=sheet, country=country, other="".join(other), row=question.count
    )


def say_not_accepted(text: str, known: Sequence[str]) -> str:
    """Tell which codes a question can have."""
    return translate(
        "wording",
        "“{text}” is not a question that --accept answers. It answers {known}. The review's own"
        " questions are answered by --yes.",
    ).format(text=text, known=", ".join(known))


def say_no_column(named: str, names: Sequence[str]) -> str:
    """Tell that a column is not there, and which are."""
    return translate("wording", "There is no column “{named}”. The columns are: {names}.").format(
        named=named, names=", ".join(name for name in names if name)
    )


def say_no_country(text: str) -> str:
    """Tell that a country is not one."""
    return translate(
        "wording", "“{text}” is not a country. Write its two letters, such as UA."
    ).format(text=text)


def say_not_whole(text: str, least: int, most: int) -> str:
    """Tell which numbers an option takes."""
    return translate("wording", "“{text}” is not a whole number from {least} to {most}.").format(
        text=text, least=least, most=most
    )


def say_port_taken(port: int) -> str:
    """Tell that the practice service cannot listen on a port."""
    return translate(
        "wording",
        "Port {port} cannot be used: another program has it, or you may not open it. Choose"
        " another --port.",
    ).format(port=port)


def say_row(row: int, why: str) -> str:
    """Tell why a row of the list gets nothing."""
    return translate("wording", "Row {row}: {why}").format(row=row, why=why)


def say_no_campaign(named: str) -> str:
    """Tell that no campaign has this code."""
    return translate(
        "wording",
        "There is no campaign “{named}”. “cascade-desktop history” lists the campaigns and their"
        " codes.",
    ).format(named=named)


def say_scale(text: str) -> str:
    """Tell that the wait scale is no number."""
    return translate(
        "wording", "CASCADE_DESKTOP_WAIT_SCALE must be a number above 0, not “{text}”."
    ).format(text=text)


def say_busy() -> str:
    """Tell that another process sends from this folder."""
    return translate(
        "wording",
        "Cascade Desktop is already running with this data folder. Close it first, or use"
        " another --data-dir.",
    )


def say_would_overwrite(name: str) -> str:
    """Tell that a report would take the place of what it is made from."""
    return translate(
        "wording", "The report would replace “{name}”. Give the report another name."
    ).format(name=name)


def say_already_open() -> str:
    """Tell a person at a screen that the program is open already."""
    return translate("wording", "Cascade Desktop is already open. Look for its window.")


def say_in_front() -> str:
    """Tell that the window that was open already is what was asked for."""
    return translate("wording", "Cascade Desktop is open already; its window is in front now.")


def say_newer_journal() -> str:
    """Tell that the journal is from a newer version."""
    return translate(
        "wording",
        "The campaigns in this data folder were written by a newer version of Cascade Desktop."
        " Install that version; nothing was changed.",
    )


def say_folder_unusable() -> str:
    """Tell that the data folder cannot be written."""
    return translate(
        "wording",
        "The data folder cannot be written. Check that the disk has room and that you may write"
        " there, or use another --data-dir.",
    )


def say_not_printed() -> str:
    """Tell that the answer could not be written where it was to go."""
    return translate(
        "wording",
        "The answer could not be written where you sent it. Check that the disk has room.",
    )


def say_fault(where: str) -> str:
    """Tell that the program itself failed."""
    return translate(
        "wording",
        "Something went wrong inside the program ({where}). Nothing is sent twice because of it:"
        " “cascade-desktop history” shows what left.",
    ).format(where=where)


def say_nothing_to_settle(expected: int) -> str:
    """Tell how many messages are uncertain when another number was confirmed."""
    if not expected:
        return translate("wording", "No message of this campaign is uncertain.")
    return translate(
        "wording",
        "%n message(s) of this campaign (is/are) uncertain. To send (it/them) again, add --resend"
        " --may-arrive-twice %n.",
        None,
        expected,
    )


def say_settled(count: int) -> str:
    """Tell how many uncertain messages were settled."""
    return translate("wording", "%n uncertain message(s) (is/are) settled.", None, count)


def say_resent(count: int, code: str) -> str:
    """Tell how to send the settled messages again."""
    text = translate(
        "wording",
        "%n message(s) may leave again. To send (it/them): cascade-desktop resume {code}",
        None,
        count,
    )
    return text.format(code=code)


def say_confirmation(question: Confirmation, prepared: Prepared, earlier: str = "") -> str:
    """Ask a question of the review; ``--yes`` answers it. ``earlier`` says who got something."""
    count = len(prepared.composition.per_person())
    quiet = prepared.quiet[0] if prepared.quiet else None
    match question:
        case Confirmation.AGREEMENT:
            text = translate(
                "wording",
                "(Has/Have) (this/these) %n (person/people) agreed to get advertising?",
                None,
                count,
            )
        case Confirmation.QUIET_HOURS:
            text = translate(
                "wording",
                "It would be {time} in {country}: outside {first}:00-{last}:00. Send all the same?",
            )
        case Confirmation.NOT_CALLED_BACK:
            text = translate(
                "wording",
                "SMSBAT takes these messages now and sends them later. They cannot be called back"
                " after that. Go on?",
            )
        case Confirmation.SENT_BEFORE:
            text = translate("wording", "{earlier} Go on?")
        case Confirmation.LARGE_NUMBER:
            text = translate(
                "wording", "%n real (person/people) will get this. Go on?", None, count
            )
        case _:
            assert_never(question)
    asked = text.format(
        time=quiet.local.strftime("%H:%M") if quiet else "",
        country=quiet.country if quiet else "",
        first=prepared.hours.first,
        last=prepared.hours.last,
        earlier=earlier,
    )
    return asked + " " + translate("wording", "(--yes answers yes.)")


def say_yes_or_no() -> str:
    """Tell a person at a terminal how to answer."""
    return translate("wording", "Type yes or no, then Enter:")


def say_ending(code: str, state: CampaignState, counts: Counts) -> str:
    """Sum up a run."""
    match state:
        case CampaignState.FINISHED:
            text = translate("wording", "Campaign {code} is finished.")
        case CampaignState.STOPPED:
            text = translate("wording", "Campaign {code} was stopped.")
        case CampaignState.PAUSED | CampaignState.RUNNING:
            text = translate("wording", "Campaign {code} is paused.")
        case _:
            assert_never(state)
    return text.format(code=code) + " " + say_counts(counts)


def say_counts(counts: Counts) -> str:
    """Say where the rows of a campaign stand; what is being sent does not wait."""
    if counts.sending:
        text = translate(
            "wording",
            "{sent} sent, {not_sent} not sent, {uncertain} uncertain, {sending} being sent,"
            " {waiting} waiting, {left_out} not included.",
        )
    else:
        text = translate(
            "wording",
            "{sent} sent, {not_sent} not sent, {uncertain} uncertain, {waiting} waiting,"
            " {left_out} not included.",
        )
    return text.format(
        sent=counts.accepted,
        not_sent=counts.refused,
        uncertain=counts.unknown,
        sending=counts.sending,
        waiting=counts.ready,
        left_out=counts.left_out,
    )


def say_head(head: Head, *, practice: bool) -> str:
    """Say what a campaign was, on one line."""
    stamp = translate("wording", "PRACTICE") + "  " if practice else ""
    when = head.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{head.code}  {when}  {stamp}{head.name}: {say_counts(head.counts)}"


def say_no_history() -> str:
    """Tell that there are no campaigns."""
    return translate("wording", "There are no campaigns yet.")


def say_report_written(path: str) -> str:
    """Tell where a report is."""
    return translate("wording", "The report is in {path}").format(path=path)


def say_demo_done(folder: str, report: str, sent: int, rows: int) -> str:
    """Tell what the demonstration did and where its pictures are."""
    return translate(
        "wording",
        "Practised with the sample list: {sent} messages were taken by the practice service on this"
        " computer, and the report “{report}” holds all {rows} rows.\nThe pictures of each screen"
        " and the report are in {folder}",
    ).format(folder=folder, report=report, sent=sent, rows=rows)


def say_demo_failed(step: str) -> str:
    """Tell at which step the demonstration ended."""
    return translate(
        "wording", "The demonstration did not get past the step “{step}”. Please report this."
    ).format(step=step)


def say_unsound_qt() -> str:
    """Tell that this PySide6 cannot run on this Python."""
    return translate(
        "wording",
        "This version of PySide6 crashes on Python 3.11. Run packaging/start.py, which installs"
        " the right one, or use Python 3.12 or newer.",
    )
