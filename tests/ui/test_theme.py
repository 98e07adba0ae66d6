import re
from dataclasses import fields

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QLabel

from cascade_desktop.engine.resources import resource
from cascade_desktop.ui import theme
from cascade_desktop.ui.theme import DARK, LIGHT, TEXT_PAIRS, Scheme, Tokens
from cascade_desktop.ui.theme_sheet import style_sheet
from cascade_desktop.ui.widgets.buttons import SecondaryButton

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LOOKS = (pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark"))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    read = QColor(colour)
    parts = (read.redF(), read.greenF(), read.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_of(picture) -> set[str]:
    image = picture.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_stands_out_from_what_it_is_laid_on(look, text, ground):
    assert contrast(getattr(look, text), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
def test_every_token_is_a_colour(look):
    assert all(QColor(getattr(look, field.name)).isValid() for field in fields(Tokens))


@pytest.mark.parametrize(("look", "name"), [(LIGHT, "light"), (DARK, "dark")])
@pytest.mark.parametrize(
    ("file", "token"),
    [
        ("check", "on_accent"),
        ("minus", "on_accent"),
        ("chevron-up", "muted"),
        ("chevron-down", "muted"),
        ("chevron-left", "muted"),
        ("chevron-right", "muted"),
    ],
)
def test_pictures_of_the_sheet_have_the_colours_of_the_tokens(look, name, file, token):
    svg = resource(f"icons/sheet-{file}-{name}.svg").read_text()
    assert f'stroke="{getattr(look, token)}"' in svg


def test_the_sheet_uses_no_text_under_14_px_and_only_pictures_that_exist():
    colours = {field.name: getattr(LIGHT, field.name) for field in fields(Tokens)}
    sheet = style_sheet(colours, "light", resource("icons"))
    assert min(int(size) for size in re.findall(r"font-size: (\d+)px", sheet)) >= 14
    assert all(
        resource("icons").joinpath(one).is_file() for one in re.findall(r"icons/(.+?)\"", sheet)
    )


def test_the_bundled_font_is_used_and_has_cyrillic(qapp):
    theme.apply(qapp, Scheme.LIGHT)
    assert QFontDatabase.hasFamily("Inter")
    assert QFontDatabase.WritingSystem.Cyrillic in QFontDatabase.writingSystems("Inter")
    assert QFontInfo(qapp.font()).family() == "Inter"


@pytest.mark.parametrize("file", theme.FONT_FILES)
def test_every_weight_has_the_letters_of_our_languages(qapp, file):
    font = QRawFont(str(resource(f"fonts/{file}")), theme.BODY_PX)
    missing = [
        letter for letter in "ЇїЄєҐґІіЩщ’№…àèéìòù€₴" if not font.supportsCharacter(ord(letter))
    ]
    assert missing == []


def test_tabular_digits_are_equally_wide(qapp):
    theme.apply(qapp, Scheme.LIGHT)
    metrics = QFontMetrics(theme.ui_font(tabular=True))
    assert metrics.horizontalAdvance("1111111111") == metrics.horizontalAdvance("8888888888")


def test_changing_the_theme_while_it_runs_recolours_text_and_icons(qapp, qtbot):
    theme.apply(qapp, Scheme.LIGHT)
    label = QLabel("words")
    button = SecondaryButton("Save", icon_name="save")
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    label.show()
    button.show()
    theme.apply(qapp, Scheme.DARK)
    qtbot.waitUntil(lambda: DARK.text in ink_of(button.icon().pixmap(QSize(48, 48))))
    assert label.palette().windowText().color().name() == DARK.text
    theme.apply(qapp, Scheme.LIGHT)
    qtbot.waitUntil(lambda: LIGHT.text in ink_of(button.icon().pixmap(QSize(48, 48))))
    assert label.palette().windowText().color().name() == LIGHT.text


def test_every_shipped_icon_can_be_drawn_in_a_token_colour(qapp):
    theme.apply(qapp, Scheme.LIGHT)
    names = [file.stem for file in sorted(resource("icons").glob("*.svg"))]
    plain = [name for name in names if not name.startswith("sheet-")]
    assert len(plain) >= 25
    for name in plain:
        assert LIGHT.accent in ink_of(theme.icon_pixmap(name, "accent", 48)), name


def test_licences_lie_beside_the_font_and_the_icons():
    assert "SIL OPEN FONT LICENSE" in resource("fonts/OFL.txt").read_text()
    assert "ISC License" in resource("icons/LUCIDE.txt").read_text()


def test_the_application_remembers_its_scheme(qapp: QApplication):
    theme.apply(qapp, Scheme.DARK)
    assert theme.current_scheme() is Scheme.DARK
    theme.apply(qapp, Scheme.LIGHT)
    assert theme.tokens() is LIGHT


def test_the_program_has_an_icon_in_every_size_that_systems_ask_for(qapp: QApplication) -> None:
    sizes = {size.width() for size in theme.program_icon().availableSizes()}
    picture = theme.program_icon().pixmap(16, 16).toImage()

    assert {16, 32, 48, 256} <= sizes
    assert picture.pixelColor(8, 8).alpha() > 0
