"""The one style sheet, written in tokens; widgets are chosen by their `role` and `tone`."""

from collections.abc import Mapping
from pathlib import Path
from string import Template


def style_sheet(colours: Mapping[str, str], scheme: str, icons: Path) -> str:
    """Return the style sheet of one scheme; a token it does not know raises KeyError."""
    return Template(_SHEET).substitute(colours, scheme=scheme, icons=icons.as_posix())


_SHEET = """
QWidget { color: $text; }
QMainWindow, QWidget[role="page"], QScrollArea[role="page"] { background: $page; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QToolTip {
    background: $text; color: $panel; border: none; padding: 6px 9px; font-size: 14px;
}

QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; font-size: 14px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="brand"] { font-size: 16px; font-weight: 700; }
QLabel[role="card-title"] { font-weight: 700; }
QLabel[role="field-label"] { font-weight: 600; }
QLabel[role="page-title"] { font-size: 19px; font-weight: 700; }
QLabel[role="sheet-title"] { font-size: 21px; font-weight: 700; }
QLabel[role="hero-title"] { font-size: 26px; font-weight: 700; }
QLabel[role="big-number"] { font-size: 32px; font-weight: 700; }
QLabel[role="tile-number"] { font-size: 28px; font-weight: 700; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="uncertain"] { color: $uncertain; }
QLabel[tone="amber"] { color: $amber; }
QLabel[tone="muted"] { color: $muted; }

QLabel[role="answer"] { color: $on_survey; }

QFrame[role="header"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[role="footer"] { background: $panel; border: none; border-top: 1px solid $line; }
QFrame[role="card"] { background: $panel; border: 1px solid $line; border-radius: 12px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="notice"] { background: $inset; border: 1px solid $line; border-radius: 9px; }
QFrame[role="notice"][tone="amber"] { background: $amber_soft; border-color: $amber_soft; }
QFrame[role="notice"][tone="danger"] { background: $danger_soft; border-color: $danger_soft; }
QFrame[role="notice"][tone="ok"] { background: $ok_soft; border-color: $ok_soft; }
QFrame[role="notice"][tone="amber"] QLabel { color: $amber; }
QFrame[role="notice"][tone="danger"] QLabel { color: $danger; }
QFrame[role="notice"][tone="ok"] QLabel { color: $ok; }

QPushButton {
    outline: none;
    background: $panel; color: $text; border: 1px solid $line; border-radius: 9px;
    padding: 0 17px; min-height: 41px; font-weight: 600;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $disabled; }
QPushButton[small="true"] { min-height: 31px; padding: 0 11px; font-weight: 500; }
QPushButton[square="true"] { min-width: 31px; max-width: 31px; padding: 0; }
QPushButton[role="danger"] { color: $danger; }
QPushButton[role="danger"]:disabled { color: $disabled; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[role="primary"]:disabled {
    background: $accent_faded; border-color: $accent_faded; color: $on_accent;
}
QPushButton[role="primary"][big="true"] { min-height: 49px; padding: 0 26px; font-size: 17px; }
QPushButton[role="primary"][practice="true"] {
    background: transparent; color: $accent; border: 1px solid $accent;
}
QPushButton[role="primary"][practice="true"]:disabled {
    color: $accent_faded; border-color: $accent_faded;
}
QPushButton[role="link"] {
    background: transparent; border: none; padding: 0 2px; min-height: 22px; min-width: 0;
    color: $accent; font-weight: 500; text-align: left;
}
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:pressed { color: $accent_hover; }
QPushButton[role="link"]:disabled { color: $disabled; }
QPushButton[role="quiet"] { background: transparent; border: none; min-height: 31px; padding: 0; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="chip"] {
    background: $accent_soft; border: 1px solid $accent_soft; color: $accent; border-radius: 7px;
    padding: 0 10px; min-height: 27px; font-size: 14px;
}
QPushButton[role="chip"]:hover { border-color: $accent; }

QFrame[role="popup"] { background: $panel; border: 1px solid $field_line; }
QPushButton[role="emoji"] {
    background: transparent; border: 1px solid transparent; border-radius: 7px; padding: 0;
    min-height: 0; font-size: 20px;
}
QPushButton[role="emoji"]:focus { background: $accent_soft; border-color: $accent; }

QFrame[role="segments"] { background: $inset; border: none; border-radius: 9px; }
QPushButton[role="segment"] {
    background: transparent; border: 1px solid transparent; border-radius: 7px; color: $muted;
    padding: 0 13px; min-height: 29px; font-weight: 500; font-size: 14px;
}
QPushButton[role="segment"][large="true"] { font-size: 15px; }
QPushButton[role="segment"]:hover { color: $text; }
QPushButton[role="segment"]:checked {
    background: $panel; color: $text; border-color: $line; border-bottom-color: $field_line;
}
QPushButton[role="switch"] {
    background: $inset; border: none; border-radius: 7px; color: $muted; padding: 0 6px;
    min-height: 33px; font-size: 14px;
}
QPushButton[role="switch"]:hover { background: $hover; }
QPushButton[role="switch"]:checked { background: $accent_soft; color: $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $field; color: $text; border: 1px solid $field_line; border-radius: 8px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $muted;
}
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 37px; padding: 0 11px; }
QAbstractSpinBox { max-height: 37px; }
QAbstractSpinBox:focus { max-height: 35px; }
QLineEdit[small="true"], QComboBox[small="true"] { min-height: 29px; padding: 0 8px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding: 0 10px; min-height: 35px;
}
QLineEdit[small="true"]:focus { padding: 0 7px; min-height: 27px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 5px 7px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    background: transparent; border: none; padding: 0; min-height: 0;
}
QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus {
    border: none; padding: 0; min-height: 0;
}
QLineEdit[tone="danger"], QPlainTextEdit[tone="danger"], QTextEdit[tone="danger"] {
    border-color: $danger;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    background: $inset; color: $disabled; border-color: $line;
}
QComboBox::drop-down, QDateTimeEdit::drop-down {
    subcontrol-origin: padding; subcontrol-position: center right; width: 30px; border: none;
}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {
    image: url("$icons/sheet-chevron-down-$scheme.svg"); width: 18px; height: 18px;
}
QComboBox QAbstractItemView {
    background: $panel; border: 1px solid $field_line; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 32px; padding: 0 8px; border-radius: 6px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 24px; border: none; }
QAbstractSpinBox::up-arrow {
    image: url("$icons/sheet-chevron-up-$scheme.svg"); width: 14px; height: 14px;
}
QAbstractSpinBox::down-arrow {
    image: url("$icons/sheet-chevron-down-$scheme.svg"); width: 14px; height: 14px;
}

QCheckBox, QRadioButton { spacing: 9px; min-height: 22px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid $muted; background: $field; border-radius: 5px;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border: 2px solid $accent; width: 14px; height: 14px;
}
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent;
    image: url("$icons/sheet-check-$scheme.svg");
}
QCheckBox::indicator:indeterminate {
    background: $accent; border-color: $accent;
    image: url("$icons/sheet-minus-$scheme.svg");
}
QRadioButton::indicator:checked {
    border: 5px solid $accent; width: 8px; height: 8px; background: $on_accent;
}
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QTableView, QTreeView, QListView {
    background: $panel; border: none; color: $text; outline: none; gridline-color: $line;
    selection-background-color: $accent_soft; selection-color: $text;
}
QListView::item:selected { background: $accent_soft; color: $text; }
QListView::item { min-height: 34px; padding: 0 10px; border-radius: 6px; }
QListView::item:hover { background: $hover; }
QListView[role="popup"] {
    background: $panel; border: 1px solid $field_line; border-radius: 9px; padding: 4px;
}
QListView[role="popup"]::item { min-height: 32px; }
QListView[role="popup"]::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    background: $panel; color: $muted; font-size: 14px; font-weight: 600; padding: 0 11px;
    min-height: 37px; border: none; border-top: 1px solid $line; border-bottom: 1px solid $line;
}
QHeaderView::section:hover { color: $text; background: $hover; }
QHeaderView::up-arrow {
    image: url("$icons/sheet-chevron-up-$scheme.svg"); width: 14px; height: 14px;
    subcontrol-position: center right; right: 6px;
}
QHeaderView::down-arrow {
    image: url("$icons/sheet-chevron-down-$scheme.svg"); width: 14px; height: 14px;
    subcontrol-position: center right; right: 6px;
}
QTableCornerButton::section { background: $panel; border: none; }

QMenuBar { background: $panel; border-bottom: 1px solid $line; }
QMenuBar::item { background: transparent; padding: 6px 10px; border-radius: 6px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 8px 26px 8px 14px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $field_line; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar {
    background: $line; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
}
QProgressBar::chunk { background: $ok_bar; border-radius: 4px; }

QCalendarWidget { background: $panel; border: 1px solid $field_line; }
QCalendarWidget QWidget { background: $panel; alternate-background-color: $inset; }
QCalendarWidget QToolButton {
    color: $text; background: transparent; border: none; border-radius: 6px; padding: 6px;
    font-weight: 600;
}
QCalendarWidget QToolButton:hover { background: $hover; }
QCalendarWidget #qt_calendar_prevmonth {
    qproperty-icon: url("$icons/sheet-chevron-left-$scheme.svg");
}
QCalendarWidget #qt_calendar_nextmonth {
    qproperty-icon: url("$icons/sheet-chevron-right-$scheme.svg");
}
QCalendarWidget QAbstractItemView {
    background: $panel; color: $text; selection-background-color: $accent;
    selection-color: $on_accent;
}
QCalendarWidget QAbstractItemView:disabled { color: $disabled; }
"""
