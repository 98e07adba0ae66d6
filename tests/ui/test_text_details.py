"""What Details tell and offer, below the sentence that counts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from cascade_desktop.core.sms_summary import summarise_sms
from cascade_desktop.core.spelling_offers import Cost, Spelling, SpellingOffer
from cascade_desktop.core.text_facts import look_closely
from cascade_desktop.ui import theme
from cascade_desktop.ui.compose.sms_count import SmsCount
from cascade_desktop.ui.wording_plurals import EnglishPlurals

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXTS = ["<ї> “Sale”", "plain text", *("x" * 60 for _ in range(3)), "💛" * 501]
OFFER = SpellingOffer(
    spelling=Spelling.BARE,
    text="Sale",
    changed=(("“Sale”", '"Sale"'),),
    left_out=("🌟", "\ufe0f"),
    people=3,
    before=Cost(common=2, total=6, unicode_people=3),
    after=Cost(common=1, total=4, unicode_people=1),
)


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    if not qapp.styleSheet():
        theme.apply(qapp, theme.Scheme.LIGHT)
    yield
    qapp.removeTranslator(plurals)
    QLocale.setDefault(before)


@pytest.fixture
def count(qapp: QApplication) -> Iterator[SmsCount]:
    part = SmsCount()
    part.resize(580, 400)
    part.show()
    part.show_summary(TEXTS, summarise_sms(TEXTS))
    yield part
    part.close()
    delete(part)


def facts(count: SmsCount) -> list[str]:
    return [words.html for words in count.details.facts]


def test_details_are_closed_until_they_are_wanted(count: SmsCount) -> None:
    spy = QSignalSpy(count.opened)
    seen = [count.details.isVisible()]

    count.sentence.link_clicked.emit("details")
    seen.append(count.details.isVisible())
    count.sentence.link_clicked.emit("details")
    seen.append(count.details.isVisible())

    assert (seen, spy.count()) == ([False, True, False], 1)


def test_the_chart_says_its_figures_in_words(count: SmsCount) -> None:
    count.sentence.link_clicked.emit("details")

    assert count.details.chart.accessibleDescription() == "1 SMS: 5 people; 16 SMS: 1 person"
    assert facts(count)[0] == "21"


def test_everything_is_told_once_it_is_counted(count: SmsCount) -> None:
    count.sentence.link_clicked.emit("details")

    count.details.show_details(look_closely(TEXTS, 1), ())

    total, lengths, alphabet, limits, forcing = facts(count)
    assert total.startswith("21; more than 1 for 1 person")
    assert lengths.startswith("10 to 1,002")
    assert "67 in each of several, 2 people" in alphabet
    assert "153 in each of several, 4 people" in alphabet
    assert "Viber 1,000: 1 person over" in limits
    assert limits.endswith("RCS 3,072, Telegram 4,096: everybody fits")
    assert forcing == "<b>“ ” 💛</b> in 1 message, letters: <b>ї</b>"


def test_who_is_over_a_limit_is_a_click_away(count: SmsCount) -> None:
    count.sentence.link_clicked.emit("details")
    count.details.show_details(look_closely(TEXTS, 1), ())
    wanted = QSignalSpy(count.details.people_wanted)

    count.details.facts[3].link_clicked.emit("viber")

    assert wanted.at(0)[0].positions == (5,)


def test_a_spelling_is_offered_with_what_it_changes_and_saves(count: SmsCount) -> None:
    count.sentence.link_clicked.emit("details")
    wanted = QSignalSpy(count.details.spelling_wanted)

    count.details.show_details(None, (OFFER,))
    box = count.details.offers.boxes[0]
    box.buttons[0].click()

    assert box.words.html == (
        "“Sale” → <b>&quot;Sale&quot;</b><br>Without 🌟<br>"
        '<span class="muted">2 SMS per person now, 1 then. 2 SMS fewer in all. 1 message stays'
        " Unicode: what is inserted needs it.</span>"
    )
    assert wanted.at(0) == ["bare"]
