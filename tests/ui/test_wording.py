"""The sentences: one for every problem, plain, with a next step, and countable."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject

from cascade_desktop.core import campaign_file as files
from cascade_desktop.core import problems as facts
from cascade_desktop.core.drafts import Kind
from cascade_desktop.core.facts import encode_fact, kinds_of
from cascade_desktop.core.outcome import ServiceWords
from cascade_desktop.core.reading_problems import LineKind, NoPhone, NotMobile, TooShort
from cascade_desktop.core.recipients import Verdict
from cascade_desktop.core.report import ReportProblem
from cascade_desktop.core.states import Delivery, Reason, State
from cascade_desktop.ui import wording
from cascade_desktop.ui.wording_plurals import EnglishPlurals, pick_english

KYIV_SUMMER, KYIV_WINTER = timezone(timedelta(hours=3)), timezone(timedelta(hours=2))
UI = Path(wording.__file__).parent
PACKAGE = UI.parent

DRAFT = {
    facts.SenderEmpty(): "Write who the message is from.",
    facts.TextEmpty(): "Write the message.",
    facts.TextTooLong(4103, 4096): "Shorten the text by 7 characters.",
    facts.TextTooLong(4097, 4096): "Shorten the text by 1 character.",
    facts.TextTooLong(91, 85): "Shorten the question by 6 characters.",
    facts.TextBroken(): "A character in the text is damaged. Type that place again.",
    facts.ControlSyntax("%name=1%"): "Remove “%name=1%”: SMSBAT would replace it, perhaps with"
    " another customer's data.",
    facts.RowControlSyntax("%url=1%", 17): "Remove “%url=1%” from row 17 of your list: SMSBAT would"
    " replace it, perhaps with another customer's data.",
    facts.OptionCount(1, 2, 5): "Add 1 answer.",
    facts.OptionCount(0, 2, 5): "Add 2 answers.",
    facts.OptionCount(6, 2, 5): "Remove 1 answer.",
    facts.OptionEmpty(2): "Write answer 2, or remove it.",
    facts.OptionTwice("Yes"): "Two answers are “Yes”. Change one of them.",
    facts.OptionBroken(3): "A character in answer 3 is damaged. Type the answer again.",
    facts.TimeToLiveRange(600, 60, 300): "Keep trying for at least 1 minute and at most 5 minutes:"
    " choose again.",
    facts.BraceMissing("Hi {Name"): "A brace is missing near “Hi {Name”. Write { } around a"
    " column's name, or double the brace to show it.",
    facts.PlaceholderEmpty(""): "Write a column's name in {}.",
    facts.PlaceholderUnknown("City", ("Name", "Phone")): "Your list has no column “City”. Choose"
    " one of those it has: Name, Phone.",
    facts.PlaceholderUnknown("City", ()): "Your list has no column names, so {City} cannot be"
    " filled in. Remove it.",
    facts.PlaceholderAmbiguous("name", ("Name", "NAME")): "“name” can mean several columns: Name,"
    " NAME. Rename them in your list so that they differ.",
    facts.ZoneUnknown("Kyiv"): "There is no time zone “Kyiv”. Choose one such as Europe/Kyiv.",
    facts.TimeSkipped(
        datetime(2026, 3, 29, 3, 30),  # noqa: DTZ001
        datetime(2026, 3, 29, 4, 0, tzinfo=KYIV_SUMMER),
    ): "The clocks go forward on 29 March, so 03:30 does not exist. Choose 04:00 or later.",
    facts.TimeTwice(
        datetime(2026, 10, 25, 3, 30, tzinfo=KYIV_SUMMER),
        datetime(2026, 10, 25, 3, 30, tzinfo=KYIV_WINTER),
    ): "The clocks go back on 25 October, so 03:30 comes twice. Choose the first (UTC+03:00) or the"
    " second (UTC+02:00).",
    facts.TimePast(datetime(2026, 1, 1, tzinfo=UTC)): "The time to send has passed. Choose a later"
    " one.",
    facts.TimeTooFar(
        datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 1, 31, tzinfo=UTC)
    ): "SMSBAT takes messages at most 30 days ahead. Choose an earlier time.",
    facts.NobodyToSend(): "Nobody can get this message yet. See why.",
}
ROW = {
    facts.ValueMissing(
        "Name"
    ): "No value for “Name”. Fill it in, or write {Name|…} in the message.",
    facts.RowTextTooLong(86, 85): "With this row's values the text is 1 character too long."
    " Shorten them.",
    facts.RowTextEmpty(): "With this row's values the text is empty. Fill them in in your list.",
    facts.RowTextBroken(): "A character in this row is damaged. Type the value again in your list.",
}
REMARK = {
    facts.SenderUnusual("My Brand"): "SMS may show another sender than “My Brand”: only names of"
    " up to 11 Latin letters and digits stay as they are. In Italy a name must be registered.",
    facts.ViberSkipped(1): "Too long for Viber for 1 person: they get it in another app or by SMS.",
    facts.ViberSkipped(23): "Too long for Viber for 23 people: they get it in another app or by"
    " SMS.",
    facts.NumbersShared(1, both=True): "1 row repeats a number with another message: that number"
    " gets each of them.",
    facts.NumbersShared(3, both=False): "3 rows repeat a number with another message: that number"
    " gets only the first.",
    facts.TimeToLiveUnusual(86_400, 604_800, 604_800): "SMSBAT recommends to keep trying for"
    " 7 days, not 1 day.",
    facts.TimeToLiveUnusual(60, 300, 86_400): "SMSBAT recommends to keep trying for 5 minutes to"
    " 1 day, not 1 minute.",
    facts.OptionLong(2, 31, 30): "Answer 2 has 31 characters: a phone may cut it.",
    facts.NoUnsubscribe(): "Nothing says how to get no more of these. Add a link, or a number to"
    " call.",
}
FILE = {
    files.NotACampaign(): "This is not a campaign file. Choose one that was saved as a campaign.",
    files.NewerCampaign(2): "The campaign was saved by a newer version of this program. Install"
    " that version.",
    files.FieldUnknown("shedule", "schedule"): "There is no field “shedule”. Did you mean"
    " “schedule”?",
    files.FieldUnknown("colour", ""): "There is no field “colour”. Remove it.",
    files.FieldMissing("sender"): "The field “sender” is missing. Add it.",
    files.FieldWrong("route", "one_of", ("standard", "tg-viber")): "The field “route” must be one"
    " of “standard”, “tg-viber”.",
}
WANTED = sorted(
    set(re.findall(r'(?:wrong\("?\w+"?, |^\s+)"(\w+)"(?:\)|, allowed\))',
        Path(files.__file__).read_text("utf-8"), re.MULTILINE))
)  # fmt: skip
SHOUTED = re.compile(r"\b[A-Z]+_[A-Z_]+\b|\b[a-z]+_[a-z]+\b")


@pytest.fixture(autouse=True)
def _plain_numbers() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(("problem", "sentence"), DRAFT.items(), ids=repr)
def test_what_stops_a_draft_is_said(problem: facts.DraftProblem, sentence: str) -> None:
    assert wording.say(problem) == sentence


@pytest.mark.parametrize(("problem", "sentence"), ROW.items(), ids=repr)
def test_what_stops_a_row_is_said(problem: facts.RowProblem, sentence: str) -> None:
    assert wording.say_row(problem) == sentence


@pytest.mark.parametrize(("remark", "sentence"), REMARK.items(), ids=repr)
def test_a_remark_is_said(remark: facts.Remark, sentence: str) -> None:
    assert wording.say_remark(remark) == sentence


@pytest.mark.parametrize(("problem", "sentence"), FILE.items(), ids=repr)
def test_what_is_wrong_with_a_campaign_file_is_said(
    problem: files.FileProblem, sentence: str
) -> None:
    assert wording.say_file(problem) == sentence


def test_nothing_is_left_without_a_sentence() -> None:
    assert {type(problem) for problem in DRAFT} == set(kinds_of(facts.DraftProblem))
    assert {type(problem) for problem in ROW} == set(kinds_of(facts.RowProblem))
    assert {type(remark) for remark in REMARK} == set(kinds_of(facts.Remark))
    assert {type(problem) for problem in FILE} == set(kinds_of(files.FileProblem))


def test_a_survey_without_a_text_needs_a_question() -> None:
    assert wording.say(facts.TextEmpty(), Kind.SURVEY) == "Write the question."


def test_every_wish_of_a_campaign_file_has_words() -> None:
    assert len(WANTED) == 14
    for wanted in WANTED:
        said = wording.say_file(files.FieldWrong("edits", wanted, ("a",)))
        assert "“edits”" in said
        assert said.endswith(".")


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
def test_every_reason_is_a_plain_sentence(reason: Reason) -> None:
    said = wording.say_reason(reason)

    assert said[0].isupper()
    assert said[-1] in ".?"
    assert not SHOUTED.search(said)


def test_no_reason_is_said_with_no_words() -> None:
    assert wording.say_reason(Reason.NONE) == ""


def test_reasons_differ() -> None:
    assert len({wording.say_reason(reason) for reason in Reason}) == len(Reason)


INVALID = "SMSBAT says the number is not valid. Correct it in your list."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(ServiceWords("INVALID_PHONE", "Invalid", "toPhone"), INVALID, id="documented"),
        pytest.param(ServiceWords("INVALID_PHONE"), INVALID, id="only the code"),
        pytest.param(ServiceWords(message="Bad format", field="toPhone"), INVALID, id="field"),
        pytest.param(
            ServiceWords("BLOCKED", "On the stop list.", "toPhone"),
            "SMSBAT says: “On the stop list”. Ask SMSBAT what to change.",
            id="another fault of a phone",
        ),
        pytest.param(
            ServiceWords("X", "Not registered", "fromName"),
            "SMSBAT did not accept the sender name: “Not registered”. Choose another, or ask"
            " SMSBAT.",
            id="sender",
        ),
        pytest.param(
            ServiceWords("X", "Too\nlong", "text"),
            "SMSBAT did not accept the text: “Too long”. Change it and send again.",
            id="text",
        ),
        pytest.param(
            ServiceWords("X", "In the past", "scheduledSent"),
            "SMSBAT did not accept the time: “In the past”. Choose another time.",
            id="time",
        ),
        pytest.param(
            ServiceWords(message="{0} %n (s)"),
            "SMSBAT says: “{0} %n (s)”. Ask SMSBAT what to change.",
            id="words that look like ours",
        ),
        pytest.param(
            ServiceWords("NO_MONEY"),
            "SMSBAT says: “NO_MONEY”. Ask SMSBAT what to change.",
            id="only an unknown code",
        ),
        pytest.param(
            ServiceWords(field="text"),
            "SMSBAT refused it and did not say why. Ask SMSBAT.",
            id="no words",
        ),
    ],
)
def test_what_the_service_said_is_told(words: ServiceWords, sentence: str) -> None:
    assert wording.say_service(words) == sentence


@pytest.mark.parametrize(
    ("state", "delivery", "word"),
    [
        (State.READY, "", "Waiting"),
        (State.SENDING, "", "Sending"),
        (State.ACCEPTED, "", "Sent"),
        (State.ACCEPTED, Delivery.SCHEDULED, "Sent"),
        (State.ACCEPTED, Delivery.PROCESSING, "Sent"),
        (State.ACCEPTED, "a word of tomorrow", "Sent"),
        (State.ACCEPTED, Delivery.DELIVERED, "Delivered"),
        (State.ACCEPTED, Delivery.UNDELIVERABLE, "Not delivered"),
        (State.ACCEPTED, Delivery.PERMANENT_ERROR, "Not delivered"),
        (State.REFUSED, "", "Not sent"),
        (State.UNKNOWN, "", "Uncertain"),
        (State.LEFT_OUT, "", "Not included"),
    ],
)
def test_a_state_has_one_word_on_every_screen(state: State, delivery: str, word: str) -> None:
    assert wording.say_state(state, delivery) == word


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("duplicate", "Same number twice: it gets one message."),
        ("stopped", "On your “Do not message” list."),
        ("left_out", "Left out by you."),
        (encode_fact(facts.ValueMissing("Ім’я")), wording.say_row(facts.ValueMissing("Ім’я"))),
        (encode_fact(NoPhone()), "No phone number."),
        (encode_fact(NotMobile(LineKind.LANDLINE)), "A landline: it cannot get messages."),
        (
            encode_fact(TooShort("+380", 9, 6)),
            "Too short: after +380 a number has 9 digits, this has 6.",
        ),
        ("a code of tomorrow", "Not included."),
        (
            '["RefusedElsewhere",36]',
            "The same number in row 36 says no to getting advertising.",
        ),
        ('["OfTomorrow",1]', "Not included."),
    ],
)
def test_a_row_that_is_left_out_says_why(code: str, sentence: str) -> None:
    assert wording.say_left_out(code) == sentence


def test_every_verdict_report_problem_and_kind_has_its_own_words() -> None:
    assert len({wording.say_left_out(verdict) for verdict in Verdict}) == len(Verdict)
    problems = {wording.say_report_problem(problem) for problem in ReportProblem}
    assert len(problems) == len(ReportProblem)
    assert [wording.say_kind(kind) for kind in Kind] == [
        "Transaction",
        "Promo",
        "Survey",
        "Flash call",
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (90, "1 minute 30 seconds"),
        (300, "5 minutes"),
        (3_600, "1 hour"),
        (3_601, "1 hour"),
        (129_600, "1 day 12 hours"),
        (172_800, "2 days"),
        (86_400 * 1_500, "1,500 days"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(seconds: int, words: str) -> None:
    assert wording.say_duration(seconds) == words


def test_what_people_typed_is_quoted_short_and_never_read_as_ours() -> None:
    said = wording.say_row(facts.ValueMissing("{0} %n " + "x" * 99))

    assert "“{0} %n " in said
    assert len(said) < 160


def test_a_long_list_of_columns_is_cut() -> None:
    columns = tuple(f"C{at}" for at in range(99))

    assert wording.say(facts.PlaceholderUnknown("x", columns)).endswith("C7 ….")


@pytest.mark.parametrize(
    ("text", "n", "said"),
    [
        ("%n row(s)", 1, "%n row"),
        ("%n row(s)", 0, "%n rows"),
        ("%n box(es)", 2, "%n boxes"),
        ("%n box(es)", 1, "%n box"),
        ("%n (person/people) (is/are) here", 1, "%n person is here"),
        ("%n (person/people) (is/are) here", 5, "%n people are here"),
        ("%n (of them)", 2, "%n (of them)"),
    ],
)
def test_english_forms_are_picked(text: str, n: int, said: str) -> None:
    assert pick_english(text, n) == said


def test_widgets_get_english_forms_too(qapp: QCoreApplication) -> None:
    plurals = EnglishPlurals()
    qapp.installTranslator(plurals)
    try:
        assert QObject().tr("%n row(s)", "", 1) == "1 row"
        assert QObject().tr("%n row(s)", "", 3) == "3 rows"
        assert QObject().tr("row(s)") == "row(s)"
        assert wording.translate("wording", "%n row(s)", None, 2) == "2 rows"
    finally:
        qapp.removeTranslator(plurals)


def said_in(path: Path) -> Iterator[tuple[ast.Call, str, list[ast.expr]]]:
    """Yield each sentence of a file: the call, what it calls, its arguments from the text on."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="translate"), args=[_, *arguments]):
                yield node, "translate", arguments
            case ast.Call(func=ast.Attribute(attr="tr"), args=arguments):
                yield node, "tr", arguments


def test_the_translators_tool_finds_every_sentence(tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    assert tool is not None
    command = [tool, "-extensions", "py", str(PACKAGE), "-ts", str(tmp_path / "all.ts")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    found = {
        (Path(str(place.get("filename"))).name, message.findtext("source"))
        for message in ET.parse(tmp_path / "all.ts").iter("message")  # noqa: S314
        for place in message.iter("location")
    }

    said = {
        (path.name, ast.literal_eval(arguments[0]))
        for path in PACKAGE.rglob("*.py")
        for _, _, arguments in said_in(path)
    }

    assert len(said) > 500
    assert said - found == set()


@pytest.mark.parametrize("path", sorted(UI.glob("wording*.py")), ids=lambda path: path.stem)
def test_every_sentence_is_written_as_it_can_be_translated(path: Path) -> None:
    for call, name, (text, *rest) in said_in(path):
        words = ast.literal_eval(text)
        assert name == "translate"
        assert not call.keywords
        assert ast.literal_eval(call.args[0]) == "wording"
        assert ("%n" in words or "%Ln" in words) == (len(rest) == 2), words
        assert len(rest) != 2 or isinstance(rest[1], ast.Name), words
        assert len(rest) == 2 or not re.search(r"\((e?s|\w+/\w+)\)", words), words


def test_all_wording_speaks_through_the_one_that_knows_plurals() -> None:
    for path in UI.glob("wording*.py"):
        if path.stem != "wording_plurals":
            assert "QCoreApplication" not in path.read_text("utf-8"), path.name
