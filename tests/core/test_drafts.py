"""The four kinds of message: what stops each, and what is only worth knowing."""

import pytest

from cascade_desktop.core.drafts import (
    TTL_ADVISED,
    TTL_ALLOWED,
    TTL_CHOICES_S,
    TTL_RECOMMENDED_S,
    Draft,
    FlashCall,
    Kind,
    Promo,
    Survey,
    Transaction,
    limit_of,
    text_of,
)
from cascade_desktop.core.problems import (
    BraceMissing,
    ControlSyntax,
    DraftProblem,
    NoUnsubscribe,
    OptionBroken,
    OptionCount,
    OptionEmpty,
    OptionLong,
    OptionTwice,
    Remark,
    SenderEmpty,
    SenderUnusual,
    TextBroken,
    TextEmpty,
    TextTooLong,
    TimeToLiveRange,
    TimeToLiveUnusual,
)

DAY = 86_400
HALF = "\ud83d"
SOUND = (
    Transaction("Clinic", "Your visit is at {Time}.", 3600),
    Promo("MyBrand", "Sale! Unsubscribe: https://example.com/u", 2 * DAY),
    Survey("MyBrand", "Would you come again?", ("Yes", "No"), 7 * DAY),
    FlashCall("MyBrand", 60),
    FlashCall("MyBrand", None, "We could not reach you"),
)


@pytest.mark.parametrize("draft", SOUND, ids=lambda draft: f"{draft.kind.value}")
def test_a_sound_draft_has_nothing_to_say(draft: Draft) -> None:
    assert draft.problems() == ()
    assert draft.remarks() == ()


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        pytest.param(Transaction("", "Hi"), (SenderEmpty(),), id="no sender"),
        pytest.param(Promo(" ", "Hi"), (SenderEmpty(),), id="blank sender"),
        pytest.param(Transaction("My" + HALF, "Hi"), (SenderEmpty(),), id="half a sender"),
        pytest.param(Transaction("A", ""), (TextEmpty(),), id="no text"),
        pytest.param(Promo("A", " \n\t"), (TextEmpty(),), id="blank text"),
        pytest.param(Survey("A", "", ("1", "2")), (TextEmpty(),), id="no question"),
        pytest.param(Promo("A", "x" * 4096), (), id="4,096 units"),
        pytest.param(Promo("A", "x" * 4097), (TextTooLong(4097, 4096),), id="4,097 units"),
        pytest.param(Survey("A", "x" * 83 + "💛", ("1", "2")), (), id="a question of 85 units"),
        pytest.param(
            Survey("A", "x" * 84 + "💛", ("1", "2")), (TextTooLong(86, 85),), id="86 units"
        ),
        pytest.param(
            Survey("A", "x" * 80 + "{A long name of a column}", ("1", "2")),
            (),
            id="a placeholder's name is not sent",
        ),
        pytest.param(Promo("A", "Hi " + HALF), (TextBroken(),), id="half a character"),
        pytest.param(Promo("A", "Hi %name=1%"), (ControlSyntax("%name=1%"),), id="control syntax"),
        pytest.param(Promo("A", "Hi {Name"), (BraceMissing("Hi {Name"),), id="a brace too few"),
        pytest.param(
            Promo("", "{" + "x" * 4097 + HALF + "%url=1%"),
            (
                SenderEmpty(),
                BraceMissing("{" + "x" * 11),
                TextTooLong(4106, 4096),
                TextBroken(),
                ControlSyntax("%url=1%"),
            ),
            id="everything at once",
        ),
        pytest.param(FlashCall("A", None, "  "), (), id="a blank fallback is none"),
        pytest.param(
            FlashCall("A", None, "%url=1%"), (ControlSyntax("%url=1%"),), id="the fallback's text"
        ),
        pytest.param(FlashCall(""), (SenderEmpty(),), id="a call from nobody"),
    ],
)
def test_what_stops_a_draft_is_named(draft: Draft, problems: tuple[DraftProblem, ...]) -> None:
    assert draft.problems() == problems


@pytest.mark.parametrize(
    ("options", "problems"),
    [
        pytest.param(("Yes", "No"), (), id="two"),
        pytest.param(("1", "2", "3", "4", "5"), (), id="five"),
        pytest.param((), (OptionCount(0, 2, 5),), id="none"),
        pytest.param(("Yes",), (OptionCount(1, 2, 5),), id="one"),
        pytest.param(("1", "2", "3", "4", "5", "6"), (OptionCount(6, 2, 5),), id="six"),
        pytest.param(("Yes", " "), (OptionEmpty(2),), id="an empty one"),
        pytest.param(("", ""), (OptionEmpty(1), OptionEmpty(2)), id="two empty ones"),
        pytest.param(("Yes", "Yes "), (OptionTwice("Yes"),), id="the same but for a blank"),
        pytest.param(("Yes", "yes"), (), id="case tells them apart"),
        pytest.param(("Yes", HALF), (OptionBroken(2),), id="half a character"),
        pytest.param(("Yes", "%url=1%"), (ControlSyntax("%url=1%"),), id="control syntax"),
        pytest.param(("{Yes}", "{"), (), id="braces are letters here"),
    ],
)
def test_a_survey_has_two_to_five_different_answers(
    options: tuple[str, ...], problems: tuple[DraftProblem, ...]
) -> None:
    assert Survey("A", "Come back?", options).problems() == problems


@pytest.mark.parametrize(
    ("draft", "remarks"),
    [
        pytest.param(Transaction("MyBrand2026", "Hi"), (), id="eleven letters and digits"),
        pytest.param(
            Transaction("MyBrand20261", "Hi"), (SenderUnusual("MyBrand20261"),), id="twelve"
        ),
        pytest.param(Transaction("My Brand", "Hi"), (SenderUnusual("My Brand"),), id="a blank"),
        pytest.param(FlashCall("Бренд"), (SenderUnusual("Бренд"),), id="Cyrillic"),
        pytest.param(Transaction(" ", "Hi"), (), id="an empty sender is a problem, not a remark"),
        pytest.param(Promo("A", "Sale!"), (NoUnsubscribe(),), id="no way out"),
        pytest.param(Promo("A", " "), (), id="no text has no way out either"),
        pytest.param(Promo("A", "Sale! ВІДПИСАТИСЬ: …"), (), id="a way out in Ukrainian"),
        pytest.param(
            Promo("A", "Sale! No more messages: "), (NoUnsubscribe(),), id="a way out to be named"
        ),
        pytest.param(Promo("A", "Sale! No more messages: 0800 123"), (), id="a number"),
        pytest.param(Transaction("A", "Hi", 60), (TimeToLiveUnusual(60, 300, DAY),), id="short"),
        pytest.param(
            Survey("A", "?", ("1", "2"), DAY),
            (TimeToLiveUnusual(DAY, 7 * DAY, 7 * DAY),),
            id="a day for a survey",
        ),
        pytest.param(
            Survey("A", "?", ("x" * 30, "x" * 29 + "💛")),
            (OptionLong(2, 31, 30),),
            id="an answer over 30 units",
        ),
        pytest.param(Promo("A", "http", 99 * DAY), (), id="a forbidden time is no remark as well"),
    ],
)
def test_what_is_worth_knowing_is_remarked(draft: Draft, remarks: tuple[Remark, ...]) -> None:
    assert draft.remarks() == remarks


@pytest.mark.parametrize(
    ("draft", "stops"),
    [
        (FlashCall("A", 59), True),
        (FlashCall("A", 60), False),
        (FlashCall("A", 300), False),
        (FlashCall("A", 301), True),
        (Transaction("A", "Hi", 0), True),
        (Transaction("A", "Hi", 1), False),
        (Promo("A", "Hi", 14 * DAY), False),
        (Survey("A", "?", ("1", "2"), 14 * DAY + 1), True),
    ],
)
def test_a_time_to_live_outside_its_range_stops(draft: Draft, *, stops: bool) -> None:
    allowed = TTL_ALLOWED[draft.kind]

    assert draft.ttl_s is not None
    problem = TimeToLiveRange(draft.ttl_s, allowed.least_s, allowed.most_s)
    assert draft.problems() == ((problem,) if stops else ())


@pytest.mark.parametrize("kind", list(Kind))
def test_the_recommended_time_to_live_is_offered_and_passes_silently(kind: Kind) -> None:
    recommended = TTL_RECOMMENDED_S[kind]

    assert recommended in TTL_CHOICES_S[kind]
    assert recommended in TTL_ADVISED[kind]
    assert all(choice in TTL_ALLOWED[kind] for choice in TTL_CHOICES_S[kind])


def test_a_flash_calls_text_is_that_of_its_sms() -> None:
    assert [text_of(draft) for draft in SOUND[1:]] == [
        "Sale! Unsubscribe: https://example.com/u",
        "Would you come again?",
        "",
        "We could not reach you",
    ]
    assert text_of(FlashCall("A", None, " \n")) == ""


def test_only_a_question_has_to_be_short() -> None:
    assert [limit_of(draft) for draft in SOUND] == [4096, 4096, 85, 4096, 4096]
