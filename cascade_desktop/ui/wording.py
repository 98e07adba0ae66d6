"""The one place for sentences: what the window, the command line and the report say to people.

The sentences live by theme in the ``wording_*`` modules; `wording_plurals` says how numbers pick
their words. Every sentence is plain, says what to do first, and names no code, class or codec.
"""

from typing import assert_never

from cascade_desktop.core.campaign_file import (
    FieldMissing,
    FieldUnknown,
    FieldWrong,
    FileProblem,
    NewerCampaign,
    NotACampaign,
)
from cascade_desktop.ui.wording_drafts import say, say_duration, say_kind, say_remark, say_row
from cascade_desktop.ui.wording_plurals import translate
from cascade_desktop.ui.wording_reasons import say_reason
from cascade_desktop.ui.wording_sending import (
    say_left_out,
    say_report_problem,
    say_service,
    say_state,
)

__all__ = [
    "say",
    "say_duration",
    "say_file",
    "say_kind",
    "say_left_out",
    "say_reason",
    "say_remark",
    "say_report_problem",
    "say_row",
    "say_service",
    "say_state",
    "translate",
]


def say_file(problem: FileProblem) -> str:
    """Tell what is wrong with a campaign file; its fields are named as they stand in it."""
    match problem:
        case NotACampaign():
            return translate(
                "wording", "This is not a campaign file. Choose one that was saved as a campaign."
            )
        case NewerCampaign():
            return translate(
                "wording",
                "The campaign was saved by a newer version of this program. Install that version.",
            )
        case FieldUnknown(name, meant) if meant:
            text = translate("wording", "There is no field “{name}”. Did you mean “{meant}”?")
            return text.format(name=name, meant=meant)
        case FieldUnknown(name):
            text = translate("wording", "There is no field “{name}”. Remove it.")
            return text.format(name=name)
        case FieldMissing(name):
            text = translate("wording", "The field “{name}” is missing. Add it.")
            return text.format(name=name)
        case FieldWrong():
            return _say_wrong(problem)
    assert_never(problem)


def _say_wrong(problem: FieldWrong) -> str:
    allowed = ", ".join(f"“{word}”" for word in problem.allowed)
    return _wanted(problem.wanted).format(name=problem.name, allowed=allowed)


def _wanted(wanted: str) -> str:
    sentences = {
        "text": translate("wording", "The field “{name}” must hold a text in quotation marks."),
        "one_of": translate("wording", "The field “{name}” must be one of {allowed}."),
        "country": translate(
            "wording", "The field “{name}” must be a country's two letters, such as “UA”."
        ),
        "whole_number": translate("wording", "The field “{name}” must be a whole number."),
        "yes_or_no": translate("wording", "The field “{name}” must be true or false."),
        "hours": translate("wording", "The field “{name}” must be a number of hours, 0 to 720."),
        "local_time": translate(
            "wording", "The field “{name}” must be a time such as “2026-11-26T10:00”."
        ),
        "list_of_texts": translate("wording", "The field “{name}” must be a list of texts."),
        "list_of_rows": translate(
            "wording", "The field “{name}” must be a list of row numbers, such as [3, 9]."
        ),
        "rows_and_phones": translate(
            "wording", "The field “{name}” must give a phone for each row it names."
        ),
        "object": translate("wording", "The field “{name}” must be a group of fields in braces."),
        "absent_for_flashcall": translate(
            "wording", "A flash call has no “{name}”. Use “fallback_text” for its SMS."
        ),
        "only_for_flashcall": translate("wording", "Only a flash call can have “{name}”."),
        "only_for_survey": translate("wording", "Only a survey can have “{name}”."),
    }
    return sentences[wanted]


def say_failure(name: str) -> str:
    """Tell that the program itself failed while its window goes on."""
    text = translate(
        "wording",
        "Something went wrong inside the program ({name}). Nothing is sent twice because of it:"
        " Results and History show what left.",
    )
    return text.format(name=name)
