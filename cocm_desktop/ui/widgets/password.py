"""Fields for passwords: hidden or shown, with words about what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain import password as passwords
from cocm_desktop.ui.icons import USUAL_SIZE, icon
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

_NEW_LOOK = {QEvent.Type.PaletteChange, QEvent.Type.FontChange}


class PasswordEntry(QLineEdit):
    """The line itself. Pasting is allowed: password safes paste."""

    caps_lock_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(passwords.LONGEST + 1)
        self._show = QAction(self)
        self._show.setCheckable(True)
        self.addAction(self._show, QLineEdit.ActionPosition.TrailingPosition)
        self._draw()
        self._show.toggled.connect(self._turn)

    @Slot(bool)
    def _turn(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._draw()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) == 1 and typed.isalpha():
            with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_seen.emit(typed.isupper() != with_shift)
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _NEW_LOOK:
            self._draw()

    def _draw(self) -> None:
        theme = theme_of(self)
        shown = self._show.isChecked()
        name = "eye-off" if shown else "eye"
        self._show.setIcon(icon(name, theme.palette.secondary, size=theme.px(USUAL_SIZE)))
        self._show.setToolTip(self.tr("Hide password") if shown else self.tr("Show password"))
        self._show.setText(self._show.toolTip())


class PasswordField(QWidget):
    """A password that exists already, with a warning while Caps Lock is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = PasswordEntry()
        self.caps = Label(self.tr("Caps Lock is on."), "due")
        self.caps.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self.entry)
        self.column.addWidget(self.caps)
        self.setFocusProxy(self.entry)
        self.entry.caps_lock_seen.connect(self.caps.setVisible)

    def text(self) -> str:
        return self.entry.text()

    def clear(self) -> None:
        self.entry.clear()

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.entry.setAccessibleName(name)


class NewPasswordField(PasswordField):
    """A password being chosen: words under it say what is still wrong, or that it will do.

    `context` gives the names that an outsider would try, as they stand at that moment.
    """

    def __init__(self, context: Callable[[], Iterable[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.verdict = Label(wraps=True)
        self.column.addWidget(self.verdict)
        self.entry.textChanged.connect(self.judge)
        self.judge()

    def is_good(self) -> bool:
        return not tuple(passwords.problems(self.text(), context=self._context()))

    @Slot()
    def judge(self) -> None:
        """Say what is wrong with what is typed."""
        found = next(passwords.problems(self.text(), context=self._context()), None)
        if not self.text():
            words = self.tr(
                "At least %n characters: four or five words that do not belong together "
                "are strong and easy to keep.", "", passwords.SHORTEST,
            )  # fmt: skip
            self._say(words, "caption")
        elif found is not None:
            self._say(found.message, "caption_due")
        else:
            self._say(self.tr("Strong enough."), "caption_good")

    def _say(self, words: str, role: str) -> None:
        self.verdict.set_role(role)
        self.verdict.setText(words)
        self.entry.setAccessibleDescription(words)
