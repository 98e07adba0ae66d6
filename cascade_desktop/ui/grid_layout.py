"""How the filters above a grid behave where the window is narrow."""

from PySide6.QtWidgets import QSizePolicy

from cascade_desktop.ui.widgets.segmented import Segmented


def let_wrap(segments: Segmented) -> None:
    """Let filters take a second line; a fixed height would cut it off."""
    policy = segments.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    segments.setSizePolicy(policy)
