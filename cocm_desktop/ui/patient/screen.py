"""The patient list of those who see no registry: find, add, refer, take consent, key a form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.patient import read_patient
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.listed_patient import ListedPatient, Program, found
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOT_RECORDED, count_of, short_date
from cocm_desktop.ui.charges.coverage_dialog import CoverageDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.episode.refer_dialog import ReferDialog
from cocm_desktop.ui.letters.letters_dialog import LettersDialog
from cocm_desktop.ui.letters.mail_dialog import MailDialog
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.patient.merge_dialog import MergeDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient_papers.actions import DayPaperActions
from cocm_desktop.ui.patient_papers.papers_dialog import PatientPapersDialog
from cocm_desktop.ui.safety.form import open_form
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.tasks.marks_dialog import MarksDialog
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class PatientListScreen(Screen):
    """Names and ways to reach people; no score, no note, no minute."""

    topics = Topic.PATIENT | Topic.EPISODE
    help_page = "registry"
    can_narrow = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._everyone: tuple[ListedPatient, ...] = ()
        self._find = ""
        self.table = Table(self.tr("Patients"))
        self.model: RowsModel[ListedPatient] = RowsModel(self._columns(), self)
        self.add = self._action(self.tr("New patient"), "Ctrl+N", Permission.CHANGE_PATIENT)
        self.change = self._action(self.tr("Change details"), "F2", Permission.CHANGE_PATIENT)
        self.merge = self._action(
            self.tr("Merge with another record"), "", Permission.MERGE_PATIENTS
        )
        self.coverage = self._action(self.tr("Coverage"), "", Permission.RECORD_COVERAGE)
        self.marks = self._action(self.tr("Marks"), "", Permission.WORK_ON_TASKS)
        self.letters = self._action(self.tr("Letters"), "Ctrl+L", Permission.WRITE_LETTER)
        self.mail = self._action(
            self.tr("Labels for everybody shown…"), "", Permission.WRITE_LETTER
        )
        self.measure = self._action(self.tr("Record measure"), "Ctrl+M", Permission.RECORD_MEASURE)
        self.papers = self._action(self.tr("Forms"), "Ctrl+Shift+H", Permission.PRINT_FORMS)
        self.day_papers = DayPaperActions(self.desk, self)
        self.refer = self._action(self.tr("Refer"), "", Permission.TAKE_IN)
        self.consent = self._action(self.tr("Record consent"), "Ctrl+Shift+E", Permission.TAKE_IN)
        choices = [(each, each.value) for each in Program]
        self.program = ChoiceField[Program | None]([(None, self.tr("Everyone")), *choices])
        self.program.setAccessibleName(self.tr("Program"))
        self._subtitle = Label("", "secondary")
        self._nobody = EmptyState("users", self.tr("No patients yet"))
        self._none_match = EmptyState("search", self.tr("No patient matches"))
        self._pages = QStackedWidget()
        self._build()

        self.add.triggered.connect(self._add)
        self.change.triggered.connect(self._change)
        self.measure.triggered.connect(self._measure)
        self.marks.triggered.connect(self._show_marks)
        self.letters.triggered.connect(self._show_letters)
        self.mail.triggered.connect(self._mail)
        self.papers.triggered.connect(self._show_papers)
        self.coverage.triggered.connect(self._show_coverage)
        self.merge.triggered.connect(self._merge)
        self.refer.triggered.connect(self._refer)
        self.consent.triggered.connect(self._consent)
        self.program.currentIndexChanged.connect(self._arrange)
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        self.table.doubleClicked.connect(self._open_usual)

    @override
    def read_again(self) -> None:
        self.desk.read(read_listing, self._show)

    @override
    def narrow(self, words: str) -> None:
        self._find = words
        self._arrange()

    @override
    def take_focus(self) -> None:
        self.table.setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        return (
            self.add,
            self.refer,
            self.consent,
            self.change,
            self.coverage,
            self.marks,
            self.letters,
            self.mail,
            self.papers,
            self.measure,
            self.merge,
            *self.day_papers.all,
        )

    def _columns(self) -> tuple[Column[ListedPatient], ...]:
        return (
            Column(self.tr("Patient"), lambda each: each.name, width=280),
            Column(self.tr("Born"), lambda each: each.born_on, short_date, width=110),
            Column(self.tr("Age"), lambda each: each.age, right=True, width=60),
            Column(self.tr("MRN"), lambda each: each.mrn or NOT_RECORDED, width=130),
            Column(self.tr("Phone"), lambda each: each.phone or NOT_RECORDED, width=170),
            Column(self.tr("Program"), lambda each: each.program.value, width=120),
            Column(self.tr("Marks"), lambda each: ", ".join(each.marks), width=0),
        )

    def _action(self, words: str, keys: str, permission: Permission) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setVisible(self.desk.may(permission))
        self.addAction(action)
        return action

    def _build(self) -> None:
        head, tools = QHBoxLayout(), FlowLayout(gap=8)
        head.setSpacing(8)
        head.addWidget(Label(self.tr("Patients"), "title"))
        head.addWidget(self._subtitle)
        head.addStretch(1)
        printing = Button(self.tr("Day list"), "printer")
        head.addWidget(self._button(printing, self.day_papers.day_list))
        head.addWidget(self._button(PrimaryButton(self.add.text(), "user-plus"), self.add))
        tools.addWidget(self.program)
        offered = (self.refer, self.consent, self.measure, self.change, self.coverage)
        for action in (*offered, self.letters, self.papers):
            tools.addWidget(self._button(Button(action.text()), action))
        self.table.set_rows_model(self.model)
        for page in (self.table, self._none_match, self._nobody):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self._pages, 1)

    def _button(self, button: QPushButton, action: QAction) -> QPushButton:
        """Let a button do what the action does, where this person may do it at all."""
        button.clicked.connect(action.trigger)
        button.setVisible(action.isVisible())
        action.enabledChanged.connect(button.setEnabled)
        return button

    def _show(self, patients: tuple[ListedPatient, ...]) -> None:
        self._everyone = patients
        self._subtitle.setText(count_of(len(patients), "patient"))
        self.counted.emit(len(patients))
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        chosen = self._chosen
        rows = found(self._everyone, self._find, program=self.program.choice())
        self.model.show_rows(rows)
        kept = [n for n, row in enumerate(rows) if chosen and row.patient_id == chosen.patient_id]
        self.table.select_row(kept[0] if kept else 0)
        empty = self._none_match if self._everyone else self._nobody
        self._pages.setCurrentWidget(self.table if rows else empty)
        words = self.tr("Showing %1 of %2 · by name").replace("%1", f"{len(rows):,}")
        self.status_changed.emit(words.replace("%2", count_of(len(self._everyone), "patient")))
        self._offer()

    @property
    def _chosen(self) -> ListedPatient | None:
        return self.model.row_at(self.table.currentIndex())

    @Slot(QModelIndex, QModelIndex)
    def _follow(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._offer()

    def _offer(self) -> None:
        chosen = self._chosen
        of_one = (self.change, self.coverage, self.marks, self.letters, self.mail, self.papers)
        for action in (*of_one, self.merge):
            action.setEnabled(chosen is not None)
        self.measure.setEnabled(chosen is not None and chosen.episode_id is not None)
        self.refer.setEnabled(chosen is not None and chosen.program.may_be_referred)
        self.consent.setEnabled(chosen is not None and chosen.program.may_consent)

    @Slot()
    def _add(self) -> None:
        PatientDetailsDialog(self.desk, parent=self).open()

    @Slot()
    def _open_usual(self) -> None:
        """Open the details; for whoever may not change them, the coverage."""
        if self.change.isVisible():
            self._change()
        elif self.coverage.isVisible():
            self._show_coverage()

    @Slot()
    def _change(self) -> None:
        if self._chosen is None:
            return

        def show(patient: Patient) -> None:
            PatientDetailsDialog(self.desk, patient, parent=self).open()

        self.desk.read(partial(read_patient, patient_id=self._chosen.patient_id), show)

    @Slot()
    def _merge(self) -> None:
        if self._chosen is not None:
            MergeDialog(self.desk, Subject.of_listed(self._chosen), self).open()

    @Slot()
    def _show_coverage(self) -> None:
        if self._chosen is not None:
            CoverageDialog(self.desk, Subject.of_listed(self._chosen), self).open()

    @Slot()
    def _show_marks(self) -> None:
        if self._chosen is not None:
            MarksDialog(self.desk, Subject.of_listed(self._chosen), self).open()

    @Slot()
    def _show_letters(self) -> None:
        if self._chosen is not None:
            LettersDialog(self.desk, Subject.of_listed(self._chosen), self).open()

    @Slot()
    def _show_papers(self) -> None:
        if self._chosen is not None:
            PatientPapersDialog(self.desk, Subject.of_listed(self._chosen), self).open()

    @Slot()
    def _mail(self) -> None:
        MailDialog(self.desk, [each.patient_id for each in self.model.rows], self).open()

    @Slot()
    def _refer(self) -> None:
        if self._chosen is not None:
            ReferDialog(self.desk, Subject.of_listed(self._chosen), self).open()

    @Slot()
    def _consent(self) -> None:
        if self._chosen is not None:
            EnrollDialog(self.desk, Subject.of_listed(self._chosen), self).open()

    @Slot()
    def _measure(self) -> None:
        if self._chosen is not None:
            open_form(self.desk, Subject.of_listed(self._chosen), self)
