"""How large a window opens: as it likes, but never larger than the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cocm_desktop.ui.theme import theme_of

SCREEN_SHARE = 0.94


def open_at(window: QWidget, width: int, height: int) -> None:
    """Give a window a size in pixels at the usual text size, as far as the screen has room."""
    theme = theme_of(window)
    room = window.screen().availableGeometry().size() * SCREEN_SHARE
    window.resize(min(theme.px(width), room.width()), min(theme.px(height), room.height()))


def grow_to_fit(window: QWidget) -> None:
    """Be as high as what it holds, as far as the screen has room; never smaller than it is."""
    layout = window.layout()
    if layout is None:
        return
    layout.activate()
    wanted = layout.totalHeightForWidth(window.width())
    room = window.screen().availableGeometry().size() * SCREEN_SHARE
    window.resize(window.width(), min(max(wanted, window.height()), room.height()))
