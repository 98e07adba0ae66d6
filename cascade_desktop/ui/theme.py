"""Every colour, size and font of the window: tokens, and the one call that applies them."""

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from cascade_desktop.engine.resources import resource
from cascade_desktop.ui.theme_sheet import style_sheet

BODY_PX = 15
SMALL_PX = 14  # nothing on the screen is smaller
FAMILIES = ("Inter", "Noto Color Emoji", "Segoe UI Emoji", "Apple Color Emoji")
FONT_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
ICON_SIZES_PX = (16, 18, 20, 24, 32, 40, 48, 64)
PROGRAM_ICON = "cascade-desktop.svg"
PROGRAM_ICON_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
MARGIN_PX = 18
GAP_PX = 14

_SCHEME_PROPERTY = "cascadeScheme"


class Scheme(StrEnum):
    """The two looks of the window."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme by what they are for; `#rrggbb`, or `#aarrggbb` for veils."""

    page: str  # behind the cards
    panel: str  # cards, header, bottom bar
    inset: str  # quiet boxes inside a card
    field: str  # where one types
    line: str
    field_line: str
    hover: str  # a row or quiet button under the pointer
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_faded: str  # a main button that cannot be pressed yet
    on_accent: str
    accent_soft: str
    ok: str
    ok_soft: str
    ok_bar: str
    danger: str
    danger_soft: str
    danger_bar: str
    uncertain: str
    uncertain_soft: str
    uncertain_bar: str
    amber: str
    amber_soft: str
    survey: str  # a survey's answer buttons in Viber
    on_survey: str
    phone: str  # the drawn phone's frame
    phone_edge: str
    screen: str
    screen_telegram: str
    screen_rcs: str
    screen_sms: str
    bubble: str
    bubble_rcs: str
    bubble_sms: str
    veil: str  # over the window while a sheet is open
    shadow: str


LIGHT = Tokens(
    page="#f5f6f9",
    panel="#ffffff",
    inset="#f5f6f9",
    field="#ffffff",
    line="#dfe3ea",
    field_line="#ccd3dd",
    hover="#eef1f6",
    text="#1b2330",
    muted="#5c6779",
    disabled="#9aa3b0",
    accent="#2457d6",
    accent_hover="#1d49b8",
    accent_pressed="#183d9b",
    accent_faded="#90aaea",
    on_accent="#ffffff",
    accent_soft="#e9effd",
    ok="#13703e",
    ok_soft="#e5f4ec",
    ok_bar="#2f9e63",
    danger="#b3261e",
    danger_soft="#fce9e7",
    danger_bar="#d5534b",
    uncertain="#6b3fa0",
    uncertain_soft="#f1eafa",
    uncertain_bar="#8659c4",
    amber="#8a5200",
    amber_soft="#fdf1dc",
    survey="#6a55e8",
    on_survey="#ffffff",
    phone="#1b2330",
    phone_edge="#1b2330",
    screen="#eef0f4",
    screen_telegram="#dfeaf3",
    screen_rcs="#f7f9fc",
    screen_sms="#ffffff",
    bubble="#ffffff",
    bubble_rcs="#e3ebfb",
    bubble_sms="#e9ebf0",
    veil="#73141822",
    shadow="#1c101828",
)

DARK = Tokens(
    page="#14181f",
    panel="#1d232c",
    inset="#14181f",
    field="#161b22",
    line="#343d4a",
    field_line="#46515f",
    hover="#262e39",
    text="#e8ecf2",
    muted="#a3adbb",
    disabled="#667080",
    accent="#86a8ff",
    accent_hover="#9fbaff",
    accent_pressed="#b5caff",
    accent_faded="#4b5d8c",
    on_accent="#0d1526",
    accent_soft="#26345a",
    ok="#6fd19c",
    ok_soft="#173527",
    ok_bar="#2f9e63",
    danger="#ff9c93",
    danger_soft="#45211f",
    danger_bar="#d5534b",
    uncertain="#cbb0f2",
    uncertain_soft="#33264a",
    uncertain_bar="#8659c4",
    amber="#f2c57c",
    amber_soft="#3c2f16",
    survey="#6a55e8",
    on_survey="#ffffff",
    phone="#0b0e13",
    phone_edge="#343d4a",
    screen="#11151b",
    screen_telegram="#0f1b26",
    screen_rcs="#12161d",
    screen_sms="#0c0f14",
    bubble="#1d232c",
    bubble_rcs="#22304f",
    bubble_sms="#262c36",
    veil="#a0080a0e",
    shadow="#50000000",
)

# Every text colour beside every background it is laid on; the tests hold each to 4.5:1.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "muted", "accent") for ground in ("page", "panel")),
    *((text, ground) for text in ("text", "muted", "accent") for ground in ("inset", "field")),
    *((text, "hover") for text in ("text", "muted", "accent", "danger")),
    *((text, ground) for text in ("text", "muted") for ground in ("screen", "screen_telegram")),
    *((text, ground) for text in ("text", "muted") for ground in ("screen_rcs", "screen_sms")),
    *((text, bubble) for text in ("text", "muted", "accent") for bubble in ("bubble",)),
    *((text, bubble) for text in ("text", "muted", "accent") for bubble in ("bubble_rcs",)),
    *((text, bubble) for text in ("text", "muted", "accent") for bubble in ("bubble_sms",)),
    *(("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")),
    *((tone, "panel") for tone in ("ok", "danger", "uncertain", "amber")),
    *((tone, f"{tone}_soft") for tone in ("ok", "danger", "uncertain", "amber", "accent")),
    ("text", "accent_soft"),
    ("text", "amber_soft"),
    ("accent", "amber_soft"),
    ("danger", "field"),
    ("text", "line"),  # the stripes of practice
    ("on_survey", "survey"),
)


def tokens() -> Tokens:
    """Return the colours of the scheme that was applied last; light before any was."""
    return LIGHT if current_scheme() is Scheme.LIGHT else DARK


def current_scheme() -> Scheme:
    """Return the scheme that was applied last; it is kept by the application object."""
    app = QGuiApplication.instance()
    kept = app.property(_SCHEME_PROPERTY) if app is not None else None
    return Scheme(kept) if kept else Scheme.LIGHT


def system_scheme() -> Scheme:
    """Return what the system prefers; light where it does not say."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def colour(token: str) -> QColor:
    """Return a token of the current scheme, ready to paint with."""
    return QColor(getattr(tokens(), token))


def apply(app: QApplication, scheme: Scheme) -> None:
    """Give the whole program its look; call again to change it while it runs."""
    app.setProperty(_SCHEME_PROPERTY, scheme.value)
    fusion = QStyleFactory.create("Fusion")
    if app.style().name() != "fusion" and fusion is not None:
        app.setStyle(fusion)
    if not QFontDatabase.hasFamily(FAMILIES[0]):
        _load_fonts()
    app.setFont(ui_font())
    app.setPalette(_palette(tokens()))
    colours = {field.name: getattr(tokens(), field.name) for field in fields(Tokens)}
    app.setStyleSheet(style_sheet(colours, scheme.value, resource("icons")))


def ui_font(
    size_px: int = BODY_PX,
    weight: QFont.Weight = QFont.Weight.Normal,
    *,
    tabular: bool = False,
) -> QFont:
    """Return the bundled font with emoji to fall back on; tabular digits line up in columns."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(size_px)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def icon(name: str, ink: str = "text") -> QIcon:
    """Return a shipped icon in a token's colour, greyed where its button is disabled.

    It has the colours of now: whoever shows it asks again on a palette change, as
    `widgets.buttons` do.
    """
    made = QIcon()
    for size_px in ICON_SIZES_PX:
        made.addPixmap(icon_pixmap(name, ink, size_px))
        made.addPixmap(icon_pixmap(name, "disabled", size_px), QIcon.Mode.Disabled)
    return made


def icon_pixmap(name: str, token: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """Return one shipped icon, drawn at a size for a screen of this pixel ratio."""
    key = f"{name} {colour(token).name()} {size_px} {ratio}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(QSize(size_px, size_px) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_icon(painter, QRectF(0, 0, size_px, size_px), name, colour(token))
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


def draw_icon(
    painter: QPainter, rect: QRectF, name: str, ink: QColor, *, stroke: float = 2.0
) -> None:
    """Draw a shipped icon in any colour; small ones want a thicker stroke."""
    svg = _svg(name).replace(b"currentColor", ink.name().encode())
    svg = svg.replace(b'stroke-width="2"', b'stroke-width="%.1f"' % stroke)
    QSvgRenderer(QByteArray(svg)).render(painter, rect)


def program_icon() -> QIcon:
    """Return the program's own icon, in every size that systems ask for."""
    renderer = QSvgRenderer(str(resource(PROGRAM_ICON)))
    made = QIcon()
    for size_px in PROGRAM_ICON_SIZES_PX:
        pixmap = QPixmap(size_px, size_px)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size_px, size_px))
        painter.end()
        made.addPixmap(pixmap)
    return made


def mark(widget: QWidget, **properties: str | bool) -> None:
    """Set properties the style sheet selects by, such as role and tone, and restyle."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


@cache
def _svg(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


def _load_fonts() -> None:
    for file in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{file}")))


def _palette(look: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, token in (
        (role.Window, look.page),
        (role.WindowText, look.text),
        (role.Base, look.field),
        (role.AlternateBase, look.inset),
        (role.Text, look.text),
        (role.PlaceholderText, look.muted),
        (role.Button, look.panel),
        (role.ButtonText, look.text),
        (role.BrightText, look.on_accent),
        (role.Highlight, look.accent),
        (role.HighlightedText, look.on_accent),
        (role.Accent, look.accent),
        (role.Link, look.accent),
        (role.LinkVisited, look.accent),
        (role.ToolTipBase, look.text),
        (role.ToolTipText, look.panel),
        (role.Light, look.panel),
        (role.Midlight, look.hover),
        (role.Mid, look.line),
        (role.Dark, look.field_line),
        (role.Shadow, look.field_line),
    ):
        palette.setColor(which, QColor(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.disabled))
    return palette
