"""The apology for a fault of the program: plain words, and details without patient data."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from cocm_desktop import __version__
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.fields import NoteField
from cocm_desktop.ui.widgets.labels import Label


class TroubleDialog(QDialog):
    """`details` name kinds of errors and places in the program, nothing that was entered."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A fault of the program"))
        self.details = f"CoCM Desktop {__version__}\n{details}"
        shown = NoteField(lines=6)
        shown.setPlainText(self.details)
        shown.setReadOnly(True)
        shown.setAccessibleName(self.tr("Details"))
        copy = Button(self.tr("Copy details"), "copy")
        go_on = PrimaryButton(self.tr("Go on"))
        buttons = QDialogButtonBox()
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(go_on, QDialogButtonBox.ButtonRole.AcceptRole)

        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(Label(self.tr("Sorry: the program made a mistake"), "section"))
        words = self.tr(
            "What you did last was not done. Everything saved before is safe. Please send the "
            "details to whoever looks after the program; they hold nothing about a patient. If "
            "it happens again, close the program and start it anew."
        )
        column.addWidget(Label(words, wraps=True))
        column.addWidget(shown)
        column.addWidget(buttons)
        self.setMinimumWidth(theme_of(self).px(520))

        copy.clicked.connect(self.copy_details)
        buttons.accepted.connect(self.accept)

    @Slot()
    def copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.details)


def show_trouble(details: str) -> None:
    """Show the apology when the program comes to rest; one at a time."""
    if QApplication.instance() is not None:
        QTimer.singleShot(0, lambda: _show(details))


def _show(details: str) -> None:
    open_already = [w for w in QApplication.topLevelWidgets() if isinstance(w, TroubleDialog)]
    if not open_already:
        dialog = TroubleDialog(details, QApplication.activeWindow())
        # Without a window to belong to, nothing else would keep it.
        dialog.finished.connect(lambda _result, kept=dialog: kept.deleteLater())
        dialog.open()
