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
