"""The merges of the practice, the newest first, and taking one back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.actions.merge import read_merges, undo_merge
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.patient_merge import PatientMerge
from cocm_desktop.domain.wording import count_of, long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.room import open_at

WIDTH, HEIGHT = 680, 420


class UndoMergeDialog(RecordDialog):
    def __init__(self, desk: Desk, merge: PatientMerge, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._merge = merge
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        self.set_words(self.tr("Undo merge"), self.tr("Undo merge"))
        words = self.tr(
            "%1 is a record of its own again, with everything that was moved and with what was "
            "added to its episodes since."
        )
        self.body.insertWidget(0, Label(words.replace("%1", merge.other), wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(undo_merge, merge_id=self._merge.id, reason=self.reason.text())


class MergesDialog(QDialog):
    """Each with until when it can be undone; those undone stay in the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.undo_buttons: list[Button] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Merged records"))
        open_at(self, WIDTH, HEIGHT)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        scroll = FormScroll()
        scroll.body.addLayout(self._list)
        scroll.body.addStretch(1)
        buttons = QDialogButtonBox()
        close = Button(self.tr("Close"))
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("Merged records"), "section"))
        column.addWidget(scroll, 1)
        column.addWidget(buttons)
        desk.changed.connect(self._note_change)

    @override
    def open(self) -> None:
        self._read()
        super().open()

    @Slot(object)
    def _note_change(self, _change: Change) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._desk.read(read_merges, self._show)

    def _show(self, merges: tuple[PatientMerge, ...]) -> None:
        empty(self._list)
        self.undo_buttons = []
        for merge in merges:
            self._list.addWidget(self._entry(merge))
        if not merges:
            words = self.tr("Two records of one patient are merged from the patient's menu.")
            self._list.addWidget(EmptyState("users", self.tr("No merges yet"), words=words))

    def _entry(self, merge: PatientMerge) -> QFrame:
        entry = QFrame()
        entry.setProperty("role", "note")
        row = QHBoxLayout(entry)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        mrn = self.tr(", MRN %1").replace("%1", merge.other_mrn) if merge.other_mrn else ""
        title = self.tr("%1 was merged into %2").replace("%1", f"{merge.other}{mrn}")
        words.addWidget(Label(title.replace("%2", merge.survivor), "strong", wraps=True))
        words.addWidget(Label(self._facts(merge), "secondary", wraps=True))
        row.addLayout(words, 1)
        if merge.undo_problem(self._desk.today()) is None:
            undo = Button(self.tr("Undo"))
            undo.setAccessibleName(self.tr("Undo the merge of %1").replace("%1", merge.other))
            undo.clicked.connect(partial(self._undo, merge))
            self.undo_buttons.append(undo)
            row.addWidget(undo, 0, Qt.AlignmentFlag.AlignVCenter)
        return entry

    def _facts(self, merge: PatientMerge) -> str:
        day = long_date(merge.merged_at.date())
        facts = [
            f"{day}, {merge.merged_by}",
            count_of(merge.moved, "record moved", "records moved"),
        ]
        if merge.undone_at is not None:
            undone = self.tr("undone %1")
            facts.append(undone.replace("%1", long_date(merge.undone_at.date())))
        else:
            until = self.tr("can be undone until %1")
            facts.append(until.replace("%1", long_date(merge.undo_until)))
        return " · ".join(facts)

    @Slot(object)
    def _undo(self, merge: PatientMerge, *_checked: bool) -> None:
        UndoMergeDialog(self._desk, merge, self).open()
