"""The sentences about a data folder from which nothing may be sent until somebody confirms it."""

from cascade_desktop.core.states import Reason
from cascade_desktop.engine.journal.values import Gap, Head
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reasons import say_reason


def say_damaged_journal(copy: str = "") -> str:
    """Tell that the journal cannot be read, and which copy there is to go back to."""
    if not copy:
        return translate(
            "wording",
            "The record of campaigns in this data folder is damaged and was left as it is. Ask your"
            " administrator to restore the folder from a copy, or use another --data-dir.",
        )
    return translate(
        "wording",
        "The record of campaigns in this data folder is damaged and was left as it is. Its latest"
        " copy is {copy}. Ask your administrator to put that in the place of journal.db; Help tells"
        " how. Nobody gets anything twice.",
    ).format(copy=copy)


def say_not_a_folder(path: str) -> str:
    """Tell that a file stands where the data folder should be."""
    return translate(
        "wording", "“{path}” is not a folder. Give the data folder with --data-dir."
    ).format(path=path)


def say_left_since(count: int) -> str:
    """Tell how many messages left after a copy was made; "" when none is known of."""
    if not count:
        return ""
    return translate("wording", "After it was made, %n message(s) left this computer.", None, count)


def say_untold(count: int) -> str:
    """Tell how many may get it twice because nothing tells whether they got it."""
    return translate(
        "wording",
        "This computer has no full record of what left from this folder. If it was also sent from"
        " another copy, up to %Ln (person/people) may get it twice.",
        None,
        count,
    )


def say_going_on(gap: Gap) -> str:
    """Tell what it means to go on with a copy."""
    if gap.untold:
        return say_untold(gap.untold)
    return translate(
        "wording",
        "What this computer has sent does not leave again by itself: it becomes uncertain, for you"
        " to decide.",
    )


def say_read_from_copy(left: int) -> str:
    """Tell that what is read is older than what was sent."""
    text = translate(
        "wording", "{why} {left} Who waits in this copy may have got the message already."
    )
    return text.format(why=say_reason(Reason.OLDER_COPY), left=say_left_since(left))


def say_go_on_with_copy(why: Reason, gap: Gap) -> str:
    """Tell why nothing may be sent from here, and what it means to go on all the same."""
    text = translate(
        "wording",
        "{why} {left}\n\nWas it put back by mistake? Close the program and ask your administrator"
        " for the newest copy.\n\nIf you go on: {then}",
    )
    return text.format(why=say_reason(why), left=say_left_since(gap.left), then=say_going_on(gap))


def say_accept_copy(why: Reason, gap: Gap) -> str:
    """Tell how the command line confirms a copy, and what that does."""
    text = translate("wording", "{left} To go on with it, add --accept {code}. {then}")
    left, then = say_left_since(gap.left), say_going_on(gap)
    return text.format(left=left, code=why.value, then=then).strip()


def say_copy_accepted(unknown: int, gap: Gap) -> str:
    """Tell what became of the waiting messages of a copy that was confirmed."""
    if gap.untold:
        words = translate("wording", "Confirmed. {untold}").format(untold=say_untold(gap.untold))
        return f"{words} {_say_taken(unknown)}".strip()
    if not unknown:
        return translate("wording", "Confirmed. Nothing that waits here had left this computer.")
    words = translate("wording", "Confirmed. {taken}")
    return words.format(taken=_say_taken(unknown))


def _say_taken(unknown: int) -> str:
    if not unknown:
        return ""
    return translate(
        "wording",
        "%n message(s) that waited here had left already: now uncertain, not sent again by"
        " (itself/themselves).",
        None,
        unknown,
    )


def say_left_live(head: Head) -> str:
    """Tell of a live campaign that is not finished while nobody is live, and how to get to it."""
    words = [translate("wording", "Your live campaign “{name}” is not finished.")]
    waiting, uncertain = head.counts.ready, head.undecided + head.counts.sending
    if waiting:
        words.append(translate("wording", "%Ln message(s) (waits/wait).", None, waiting))
    if uncertain:
        words.append(translate("wording", "%Ln message(s) (is/are) uncertain.", None, uncertain))
    words.append(translate("wording", "It opens as soon as you are live again."))
    return " ".join(words).replace("{name}", head.name)


def say_kept(days: int) -> str:
    """Tell how long the people of a campaign stay on this computer."""
    if days <= 0:
        return translate("wording", "Names and phones stay here until you delete them.")
    return translate(
        "wording",
        "Names, phones and texts are deleted here %n day(s) after a campaign ended or was stopped;"
        " what is paused or uncertain stays until you decide. The totals stay.",
        None,
        days,
    )


def say_deleted(code: str, *, people_only: bool) -> str:
    """Tell what of a campaign was deleted."""
    if people_only:
        return translate(
            "wording", "The names, phones and texts of campaign {code} are deleted."
        ).format(code=code)
    return translate("wording", "Campaign {code} is deleted.").format(code=code)


def say_not_deleted() -> str:
    """Tell that a deletion did not reach every file."""
    return translate(
        "wording",
        "Not everything could be deleted: the disk is full, or another program reads the campaigns."
        " Make room, close other windows of this program, and delete again.",
    )
