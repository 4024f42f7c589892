"""Fields for passwords: hidden or shown, with words about what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.common_passwords import load_common_passwords
from cocm_desktop.domain import password as passwords
from cocm_desktop.domain.password_strength import (
    guessing_words,
    seconds_to_guess,
    strength_bits,
)
from cocm_desktop.errors import Problem
from cocm_desktop.ui.widgets.buttons import IconButton
from cocm_desktop.ui.widgets.labels import Label


class PasswordEntry(QLineEdit):
    """The line itself. Pasting is allowed: password safes paste."""

    caps_lock_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(passwords.LONGEST + 1)
        self.look = IconButton("", "eye", self)
        self.look.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._turn(shown=False)
        self.look.clicked.connect(self._change_look)

    @Slot()
    def _change_look(self) -> None:
        self._turn(shown=self.echoMode() is QLineEdit.EchoMode.Password)

    def _turn(self, *, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.look.show_icon("eye-off" if shown else "eye")
        name = self.tr("Hide password") if shown else self.tr("Show password")
        self.look.setToolTip(name)
        self.look.setAccessibleName(name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) == 1 and typed.isalpha():
            with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_seen.emit(typed.isupper() != with_shift)
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.look.sizeHint().boundedTo(QSize(self.height(), self.height()))
        self.look.resize(size)
        self.look.move(self.width() - size.width() - 3, (self.height() - size.height()) // 2)
        self.setTextMargins(0, 0, size.width(), 0)


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
        return self._problem() is None

    @Slot()
    def judge(self) -> None:
        """Say what is wrong with what is typed."""
        found = self._problem()
        if not self.text():
            words = self.tr(
                "At least %n characters: four or five words that do not belong together "
                "are strong and easy to keep.", "", passwords.SHORTEST,
            )  # fmt: skip
            self._say(words, "caption")
        elif found is not None:
            self._say(found.message, "caption_due")
        else:
            bits = strength_bits(self.text(), load_common_passwords())
            words = self.tr("Strong enough. A thief of the file would guess for %1.")
            words = words.replace("%1", guessing_words(seconds_to_guess(bits)))
            self._say(words, "caption_good")

    def _problem(self) -> Problem | None:
        common = load_common_passwords()
        found = passwords.problems(self.text(), context=self._context(), common=common)
        return next(found, None)

    def _say(self, words: str, role: str) -> None:
        self.verdict.setText(words)
        self.verdict.set_role(role)
        self.entry.setAccessibleDescription(words)
