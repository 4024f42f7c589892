"""Comparing what stands in the foot of a paper with the audit of the file."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.anchors import AnchorAnswer, check_anchor, current_anchor
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.labels import Label


class PaperCheckDialog(FormDialog):
    """Stays open: several papers may be compared one after the other."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_words(self.tr("Check a paper"), self.tr("Compare"))
        words = self.tr(
            "Review packets, superbills and billing sheets bear the last entry of the audit in "
            "their foot. Type it from a paper that was out of reach: if this file holds the same "
            "entry, nothing before it was changed or cut off."
        )
        self.words = Label(words, "secondary", wraps=True)
        self.anchor = QLineEdit()
        self.anchor.setPlaceholderText("A:184223-9f3c1a2b")
        self.answer = Label("", wraps=True)
        self.now = Label("", "caption")
        self.cancel.setText(self.tr("Close"))
        self.body.insertWidget(0, self.words)
        self.form.add(self.tr("&Foot of the page"), self.anchor)
        self.body.addWidget(self.answer)
        self.body.addWidget(self.now)
        self.fields = {"anchor": self.anchor}
        self.answer.hide()
        desk.read(current_anchor, self._show_now)

    @override
    @Slot()
    def _save(self) -> None:
        self.problems.clear_problems()
        self.answer.hide()
        question = partial(check_anchor, typed=self.anchor.text())
        self.desk.read(question, self._show_answer, failed=self._show_problem)

    def _show_now(self, anchor: str) -> None:
        self.now.setText(self.tr("A paper printed now would bear %1").replace("%1", anchor))
        self.now.setVisible(bool(anchor))

    def _show_answer(self, answer: AnchorAnswer) -> None:
        self.answer.set_role("success" if answer.is_held else "due")
        self.answer.setText(answer.words)
        self.answer.show()

    def _show_problem(self, error: CocmError) -> None:
        self._show(error)
