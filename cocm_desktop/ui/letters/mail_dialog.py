"""Envelopes and labels: for one patient or for several at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.mailing import MailPaper, print_envelopes, print_labels
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.mailing import LABELS_A_SHEET
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperDialog, PaperRequest
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import NumberField
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.labels import Label

NUMBER_WIDTH = 76


class MailDialog(FormDialog):
    """Says for how many it is; the paper says who was left out, and why."""

    def __init__(
        self, desk: Desk, patient_ids: Sequence[PatientId], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._patient_ids = tuple(patient_ids)
        self.labels = QRadioButton(self.tr("&Labels, Avery 5160 (30 on a sheet)"))
        self.envelopes = QRadioButton(self.tr("&Envelopes, number 10"))
        self.start = NumberField()
        self.without_name = QCheckBox(self.tr("Leave the practice's &name off"))
        self._build()
        self.labels.toggled.connect(self._offer)
        self._offer()

    def _build(self) -> None:
        self.set_words(self.tr("Envelopes and labels"), self.tr("Preview"))
        count = count_of(len(self._patient_ids), "patient")
        words = self.tr("For %1. Whoever has no address on file is named and left out.")
        self.body.insertWidget(0, Label(words.replace("%1", count), "secondary", wraps=True))
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        for button in (self.labels, self.envelopes):
            column.addWidget(button)
        both.setFocusProxy(self.labels)
        self.labels.setChecked(len(self._patient_ids) > 1)
        self.envelopes.setChecked(len(self._patient_ids) == 1)
        self.start.setRange(1, LABELS_A_SHEET)
        self.start.setFixedWidth(theme_of(self).px(NUMBER_WIDTH))
        self.form.add(self.tr("Print"), both)
        hint = self.tr("Counted from the left, row by row: a sheet may be begun")
        self.form.add(self.tr("&First free label"), self.start, hint)
        self.form.addRow(Label(""), self.without_name)
        self.fields = {"start": self.start}

    @Slot()
    def _offer(self) -> None:
        self.start.setEnabled(self.labels.isChecked())
        self.without_name.setEnabled(self.envelopes.isChecked())

    @Slot()
    @override
    def _save(self) -> None:
        self._set_busy(busy=True)
        self.desk.read(self._make(), self._show_paper, failed=self._show)

    def _make(self) -> partial[MailPaper]:
        ids = self._patient_ids
        if self.labels.isChecked():
            return partial(print_labels, patient_ids=ids, start=self.start.value())
        names = not self.without_name.isChecked()
        return partial(print_envelopes, patient_ids=ids, names_practice=names)

    def _show_paper(self, made: MailPaper) -> None:
        make = self._make()

        def again(workspace: Workspace) -> Paper:
            return make(workspace).paper

        is_labels = self.labels.isChecked()
        title = self.tr("Labels") if is_labels else self.tr("Envelopes")
        name = "labels" if is_labels else "envelopes"
        words = made.mailing.notice_words
        request = PaperRequest(again, title, f"{name}-{self.desk.today()}", words)
        window = self.parentWidget()
        self._set_busy(busy=False)
        self.accept()
        PaperDialog(self.desk, request, made.paper, parent=window).open()
