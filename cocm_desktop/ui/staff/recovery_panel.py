"""The recovery code: shown, printed or saved, and two groups of it typed back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSaveFile, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cocm_desktop.domain.recovery_code import GROUP_LENGTH, GROUPS, RecoveryCode
from cocm_desktop.ui.paper.printing import print_paper
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import Label

FILE_NAME = "CoCM Desktop recovery code.pdf"


class RecoveryPanel(QWidget):
    """Complete when the person has typed two groups from their paper.

    `sheet` makes the PDF of the code.
    """

    changed = Signal()

    def __init__(
        self,
        code: RecoveryCode,
        sheet: Callable[[Callable[[bytes], object]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._code = code
        self._sheet = sheet
        self.asked = sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), 2))
        self.entries = {number: QLineEdit() for number in self.asked}
        self.said = Label(wraps=True)
        self.print_it = Button(self.tr("Print…"), "printer")
        self.save_it = Button(self.tr("Save as PDF…"), "device-floppy")
        self._build()

        for entry in self.entries.values():
            entry.textChanged.connect(self._show_state)
        self.print_it.clicked.connect(lambda: self._sheet(self._print))
        self.save_it.clicked.connect(lambda: self._sheet(self._ask_where))

    def is_complete(self) -> bool:
        """Tell whether both groups are typed as they stand on the paper."""
        return all(self._code.has_group(n, entry.text()) for n, entry in self.entries.items())

    def _build(self) -> None:
        theme = theme_of(self)
        shown = QFrame()
        shown.setProperty("role", "note")
        row = QHBoxLayout(shown)
        row.setContentsMargins(14, 12, 14, 12)
        code = Label(str(self._code), "code")
        code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        code.setAccessibleName(" ".join(self._code.groups))
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        row.addWidget(code)
        buttons = QHBoxLayout()
        for button in (self.print_it, self.save_it):
            buttons.addWidget(button)
        buttons.addStretch(1)
        typed = QHBoxLayout()
        typed.setSpacing(8)
        for number, entry in self.entries.items():
            name = self.tr("Group %1").replace("%1", str(number))
            entry.setAccessibleName(name)
            entry.setMaxLength(GROUP_LENGTH + 4)
            entry.setFixedWidth(theme.px(96))
            typed.addWidget(Label(name, "secondary"))
            typed.addWidget(entry)
            typed.addSpacing(12)
        typed.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(shown)
        column.addLayout(buttons)
        words = self.tr("When you have it on paper, type two of its groups from there.")
        column.addWidget(Label(words, wraps=True))
        column.addLayout(typed)
        column.addWidget(self.said)

    @Slot()
    def _show_state(self) -> None:
        full = [(n, e.text()) for n, e in self.entries.items() if len(e.text()) >= GROUP_LENGTH]
        wrong = [number for number, text in full if not self._code.has_group(number, text)]
        if self.is_complete():
            self.said.set_role("success")
            self.said.setText(self.tr("Both groups are right."))
        elif wrong:
            self.said.set_role("problem")
            words = self.tr("Group %1 does not fit. Compare it with the paper.")
            self.said.setText(words.replace("%1", str(wrong[0])))
        else:
            self.said.clear()
        self.changed.emit()

    def _print(self, sheet: bytes) -> None:
        print_paper(sheet, self, failed=self._tell_not_printed)

    @Slot()
    def _tell_not_printed(self) -> None:
        words = self.tr("The printer did not answer. Check it and print again, or save the PDF.")
        self.said.set_role("problem")
        self.said.setText(words)

    def _ask_where(self, sheet: bytes) -> None:
        dialog = QFileDialog(self, self.tr("Save the recovery code"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(lambda name: self.keep(sheet, Path(name)))
        dialog.open()

    def keep(self, sheet: bytes, file: Path) -> None:
        """Write the sheet to a file, whole or not at all."""
        target = QSaveFile(str(file))
        written = target.open(QSaveFile.OpenModeFlag.WriteOnly)
        kept = written and target.write(sheet) == len(sheet) and target.commit()
        self.said.set_role("success" if kept else "problem")
        if kept:
            words = self.tr("Saved. Print it, then remove the file: whoever has it can come in.")
        else:
            words = self.tr("The file could not be written. Choose another place, or print.")
        self.said.setText(words)
