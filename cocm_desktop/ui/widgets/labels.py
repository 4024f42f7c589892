"""Text: titles, captions, icons, problems, and the message of an empty screen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.errors import CocmError, Refused
from cocm_desktop.ui.icons import USUAL_SIZE, icon_pixmap
from cocm_desktop.ui.theme import theme_of


class Label(QLabel):
    """Plain words, never markup. `role` is one of the roles of the style sheet."""

    def __init__(
        self, text: str = "", role: str = "", parent: QWidget | None = None, *, wraps: bool = False
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if role:
            self.setProperty("role", role)

    def set_role(self, role: str) -> None:
        """Change how the label looks."""
        if role == self.property("role"):
            return
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()


class IconLabel(QLabel):
    """An icon beside text, in a colour of the palette."""

    def __init__(
        self, name: str, colour: str = "secondary", parent: QWidget | None = None, *, size: int = 0
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._colour = colour
        self._size = size or USUAL_SIZE
        self._draw()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._draw()

    def _draw(self) -> None:
        theme = theme_of(self)
        colour = getattr(theme.palette, self._colour)
        self.setPixmap(icon_pixmap(self._name, colour, size=theme.px(self._size)))


class ProblemLabel(Label):
    """What is wrong with a form, in words; hidden while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "problem", parent, wraps=True)
        self._marked: list[QWidget] = []
        self.hide()

    def show_error(self, error: CocmError, fields: Mapping[str, QWidget] | None = None) -> None:
        """Show every problem, mark its field, and put the cursor into the first one.

        `fields` names the widget of each field that the rules may complain about.
        """
        self.clear_problems()
        problems = error.problems if isinstance(error, Refused) else ()
        self.setText("\n".join(problem.message for problem in problems) or str(error))
        self.setAccessibleName(self.text())
        self.show()
        for problem in problems:
            field = (fields or {}).get(problem.field)
            if field is not None:
                self._mark(field, wrong=True)
                self._marked.append(field)
        if self._marked:
            self._marked[0].setFocus()

    def clear_problems(self) -> None:
        for field in self._marked:
            self._mark(field, wrong=False)
        self._marked = []
        self.clear()
        self.hide()

    @staticmethod
    def _mark(field: QWidget, *, wrong: bool) -> None:
        inner = field.focusProxy() or field
        inner.setProperty("problem", wrong)
        inner.style().unpolish(inner)
        inner.style().polish(inner)


class Card(QFrame):
    """A white area with a thin border and, if given, a title. Fill it through `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 14)
        self.body.setSpacing(8)
        if title:
            self.body.addWidget(Label(title, "strong"))


class Line(QFrame):
    """A thin line between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "line")


class EmptyState(QWidget):
    """What an empty screen says: one sentence, why, and what to do about it."""

    def __init__(
        self, icon_name: str, title: str, *, words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = Label(title, "section", wraps=True)
        self.words = Label(words, "secondary", wraps=True)
        self.words.setVisible(bool(words))
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)

        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        picture = IconLabel(icon_name, "control", size=40)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addLayout(self._actions)
        column.addStretch(3)

    def add_action(self, button: QWidget) -> None:
        """Offer a way on: the first one is usually a PrimaryButton."""
        if self._actions.count() == 0:
            self._actions.addStretch(1)
        else:
            self._actions.takeAt(self._actions.count() - 1)
        self._actions.addWidget(button)
        self._actions.addStretch(1)

    def say(self, title: str, words: str = "") -> None:
        """Put other words in place."""
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))


class ElidingLabel(QLabel):
    """One line that is cut with an ellipsis where room is short; the tooltip has it whole.

    `whole` is told in the tooltip even where the line is not cut: what the line is short for.
    """

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(40)
        if role:
            self.setProperty("role", role)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setToolTip(self.whole or (self.text() if shown != self.text() else ""))
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), shown)
        painter.end()
