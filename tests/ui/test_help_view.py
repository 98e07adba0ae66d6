"""The guide inside the program: it is there, with every picture that it shows."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from cascade_desktop.engine.resources import resource
from cascade_desktop.ui.help_view import ABOVE_HEADING_PX, HelpView

PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def test_every_picture_of_the_guide_is_shown(qtbot: QtBot) -> None:
    guide = resource("help/guide.md").read_text("utf-8")
    view = HelpView()
    qtbot.addWidget(view)

    shown = PICTURE.findall(guide)

    assert shown
    for words, path in shown:
        kind = QTextDocument.ResourceType.ImageResource
        found = view.browser.loadResource(int(kind.value), QUrl(path))
        assert words
        assert not QImage.fromData(found).isNull(), path


@pytest.mark.parametrize("width", [520, 900])
def test_pictures_are_no_wider_than_the_window(qtbot: QtBot, width: int) -> None:
    view = HelpView()
    qtbot.addWidget(view)
    view.resize(width, 600)
    view.show()

    assert view.browser.document().size().width() <= view.browser.viewport().width()
    assert not view.browser.horizontalScrollBar().isVisible()


def test_headings_have_air_above_them(qtbot: QtBot) -> None:
    view = HelpView()
    qtbot.addWidget(view)

    block = view.browser.document().firstBlock()

    assert block.blockFormat().headingLevel() == 1
    assert block.blockFormat().topMargin() == ABOVE_HEADING_PX


def test_the_guide_is_read_as_a_page_with_headings(qtbot: QtBot) -> None:
    view = HelpView()
    qtbot.addWidget(view)

    title = view.browser.document().firstBlock()

    assert title.blockFormat().headingLevel() == 1
    assert "![" not in view.browser.toPlainText()
