"""Buttons that say what they do. One primary button a screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from typing_extensions import override

from cocm_desktop.ui.icons import USUAL_SIZE, icon
from cocm_desktop.ui.theme import theme_of

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NEW_LOOK = {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}


class Button(QPushButton):
    """An ordinary button, with an icon where a name of one is given.

    Enter presses the button that the cursor is on, not the one that Enter presses elsewhere.
    """

    kind = ""
    _ink = "text"

    def __init__(self, text: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setText(text)
        self.setProperty("kind", self.kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._draw_icon()

    @override
    def setText(self, text: str) -> None:
        # Qt leaves 4 px between icon and text, too little beside letters of this size.
        super().setText(f" {text}" if self._icon_name else text)
        self.setAccessibleName(text.replace("&", ""))

    def be_primary(self, *, yes: bool) -> None:
        """Look like what the screen is for at the moment. Only for a button without an icon."""
        self.setProperty("kind", PrimaryButton.kind if yes else self.kind)
        self.style().unpolish(self)
        self.style().polish(self)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _NEW_LOOK:
            self._draw_icon()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def _draw_icon(self) -> None:
        if not self._icon_name:
            return
        theme = theme_of(self)
        size = theme.px(USUAL_SIZE)
        ink = getattr(theme.palette, self._ink)
        self.setIconSize(QSize(size, size))
        self.setIcon(icon(self._icon_name, ink, size=size, disabled=theme.palette.disabled))


class PrimaryButton(Button):
    """What this screen is for. Enter presses it."""

    kind = "primary"
    _ink = "on_primary"

    def __init__(self, text: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon_name, parent)
        self.setAutoDefault(True)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Tell the dialog anew: one that heard it before it had the button forgets it by Tab."""
        super().showEvent(event)
        if self.isDefault():
            self.setDefault(False)
            self.setDefault(True)


class DangerButton(Button):
    """Takes something away. Never the default."""

    kind = "danger"
    _ink = "error"


class LinkButton(Button):
    """A quiet way to somewhere else, in the middle of text."""

    kind = "link"
    _ink = "primary"


class IconButton(QToolButton):
    """A button with a picture only: its name is its tooltip and its accessible name."""

    def __init__(self, name: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._draw_icon()

    def show_icon(self, icon_name: str) -> None:
        self._icon_name = icon_name
        self._draw_icon()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _NEW_LOOK:
            self._draw_icon()

    def _draw_icon(self) -> None:
        theme = theme_of(self)
        size = theme.px(USUAL_SIZE)
        self.setIconSize(QSize(size, size))
        colours = theme.palette
        self.setIcon(icon(self._icon_name, colours.secondary, size=size, disabled=colours.disabled))
