"""The sentences of a command while it sends."""

from cascade_desktop.engine.journal.values import Counts
from cascade_desktop.ui.wording_plurals import translate


def say_progress(counts: Counts) -> str:
    """Say how far a campaign is; what is bad only where there is some."""
    parts = [translate("wording", "{count} sent").replace("{count}", f"{counts.accepted:,}")]
    if counts.refused:
        words = translate("wording", "{count} not sent")
        parts.append(words.replace("{count}", f"{counts.refused:,}"))
    if counts.unknown:
        words = translate("wording", "{count} uncertain")
        parts.append(words.replace("{count}", f"{counts.unknown:,}"))
    return translate("wording", "{done} of {all} done: {parts}").format(
        done=f"{counts.done:,}", all=f"{counts.planned:,}", parts=", ".join(parts)
    )


def say_interrupted(*, nothing_left: bool) -> str:
    """Tell that a command was broken off, and what that means for its messages."""
    if nothing_left:
        return translate("wording", "Interrupted before anything was sent.")
    return translate(
        "wording", "Interrupted. “cascade-desktop history” shows what left and what waits."
    )


def say_again_changes_nothing() -> str:
    """Tell that who presses Ctrl-C once more need not."""
    return translate("wording", "Ctrl-C again changes nothing.")
