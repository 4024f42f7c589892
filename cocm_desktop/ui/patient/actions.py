"""What can be done with one patient: the same actions on the registry and on the chart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.patient import read_patient
from cocm_desktop.domain.due import closing_proposal
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.episode_phase import NEXT_PHASES
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.audit.patient_dialog import PatientAuditDialog
from cocm_desktop.ui.billing.records_dialog import RecordsDialog
from cocm_desktop.ui.case_review.dialog import RecordReviewDialog
from cocm_desktop.ui.case_review.keying.dialog import KeyRepliesDialog
from cocm_desktop.ui.charges.coverage_dialog import CoverageDialog
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.contact.flag_dialog import ClearFlagDialog, FlagForReviewDialog
from cocm_desktop.ui.contact.time_dialog import RecordTimeDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.due.why import WhyDialog
from cocm_desktop.ui.episode.close_dialog import CloseEpisodeDialog
from cocm_desktop.ui.episode.course_dialog import FollowUpDialog
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.episode.phase_dialog import ChangePhaseDialog
from cocm_desktop.ui.episode.refer_dialog import ReferDialog
from cocm_desktop.ui.episode.reopen_dialog import ReopenDialog
from cocm_desktop.ui.episode.start_dialog import StartTreatmentDialog
from cocm_desktop.ui.letters.letters_dialog import LettersDialog
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.patient.merge_dialog import MergeDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient_papers.papers_dialog import PatientPapersDialog
from cocm_desktop.ui.privacy.dialog import PrivacyDialog
from cocm_desktop.ui.safety.form import open_form
from cocm_desktop.ui.safety.open_dialog import OpenSafetyTaskDialog
from cocm_desktop.ui.sealed.notes_dialog import SealedNotesDialog
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.tasks.marks_dialog import MarksDialog


class PatientActions(QObject):
    """Follows the row that is selected; what a person may not do is not offered."""

    added = Signal(str)
    """A PatientId, before any screen has read the new patient."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._row: RegistryRow | None = None
        self.add = self._action(self.tr("New patient"), "Ctrl+N", Permission.CHANGE_PATIENT)
        self.contact = self._action(self.tr("Record contact"), "Ctrl+D", Permission.RECORD_CONTACT)
        self.measure = self._action(self.tr("Record measure"), "Ctrl+M", Permission.RECORD_MEASURE)
        self.time = self._action(self.tr("Record time"), "Ctrl+Shift+T", Permission.RECORD_TIME)
        self.flag = self._action(self.tr("Flag for review"), "Ctrl+R", Permission.FLAG_FOR_REVIEW)
        self.clear_flag = self._action(
            self.tr("Clear the question"), "", Permission.FLAG_FOR_REVIEW
        )
        self.refer = self._action(self.tr("Refer"), "", Permission.TAKE_IN)
        self.enroll = self._action(self.tr("Enroll"), "Ctrl+Shift+E", Permission.TAKE_IN)
        self.start = self._action(self.tr("Start treatment"), "", Permission.ENROLL)
        self.phase = self._action(self.tr("Change phase"), "", Permission.ENROLL)
        self.follow_up = self._action(self.tr("Target and pace"), "", Permission.ENROLL)
        self.close = self._action(self.tr("Close episode"), "", Permission.ENROLL)
        self.reopen = self._action(self.tr("Take closing back"), "", Permission.ENROLL)
        self.review = self._action(
            self.tr("Record review"), "Ctrl+Shift+R", Permission.RECORD_REVIEW
        )
        self.reply = self._action(self.tr("Key a reply from paper"), "", Permission.RECORD_REVIEW)
        self.why = self._action(self.tr("Why is this here?"), "Ctrl+Y", Permission.SEE_REGISTRY)
        self.task = self._action(self.tr("New task"), "", Permission.WORK_ON_TASKS)
        self.marks = self._action(self.tr("Marks"), "", Permission.WORK_ON_TASKS)
        self.safety = self._action(self.tr("Open a safety task"), "", Permission.CLOSE_SAFETY_TASK)
        self.change = self._action(self.tr("Change details"), "F2", Permission.CHANGE_PATIENT)
        self.records = self._action(
            self.tr("Consent, visits and stays"), "", Permission.RECORD_VISIT
        )
        self.letters = self._action(self.tr("Letters"), "Ctrl+L", Permission.WRITE_LETTER)
        self.papers = self._action(
            self.tr("Forms and summary"), "Ctrl+Shift+H", Permission.PRINT_FORMS
        )
        self.privacy = self._action(self.tr("Privacy"), "", Permission.RELEASE_RECORDS)
        self.sealed = self._action(self.tr("Sealed notes"), "", Permission.KEEP_SEALED_NOTES)
        self.coverage = self._action(self.tr("Coverage"), "", Permission.RECORD_COVERAGE)
        self.merge = self._action(
            self.tr("Merge with another record"), "", Permission.MERGE_PATIENTS
        )
        self.audit = self._action(self.tr("Who looked at this record"), "", Permission.SEE_AUDIT)
        self._connect()
        self.follow(None)

    @property
    def subject(self) -> Subject | None:
        """The patient who is selected."""
        return Subject.of_row(self._row) if self._row else None

    @property
    def of_one(self) -> tuple[QAction, ...]:
        """The actions about the selected patient, in the order of a menu."""
        return (
            self.contact,
            self.measure,
            self.time,
            self.flag,
            self.clear_flag,
            self.review,
            self.reply,
            self.why,
            self.refer,
            self.enroll,
            self.start,
            self.phase,
            self.follow_up,
            self.close,
            self.reopen,
            self.safety,
            self.task,
            self.marks,
            self.letters,
            self.papers,
            self.sealed,
            self.privacy,
            self.change,
            self.coverage,
            self.records,
            self.merge,
            self.audit,
        )

    @property
    def all(self) -> tuple[QAction, ...]:
        return (self.add, *self.of_one)

    def follow(self, row: RegistryRow | None) -> None:
        """Offer what is possible for this patient now."""
        self._row = row
        is_open = row is not None and row.is_open
        is_referred = row is not None and row.status is not None and row.status.is_referral
        for action in (self.contact, self.time, self.close, self.follow_up):
            action.setEnabled(is_open or is_referred)
        for action in (self.flag, self.review):
            action.setEnabled(is_open)
        self.why.setEnabled(row is not None)
        self.refer.setEnabled(row is not None and not is_open and not is_referred)
        for action in (self.measure, self.safety, self.reply):
            action.setEnabled(row is not None and row.episode_id is not None)
        self.clear_flag.setEnabled(row is not None and bool(row.question))
        self.enroll.setEnabled(row is not None and not row.is_open)
        self.start.setEnabled(row is not None and row.status is EpisodeStatus.CONSENTED)
        self.phase.setEnabled(row is not None and row.status in NEXT_PHASES)
        self.reopen.setEnabled(row is not None and row.status is EpisodeStatus.CLOSED)
        for action in (
            self.task,
            self.marks,
            self.letters,
            self.papers,
            self.sealed,
            self.privacy,
            self.change,
            self.coverage,
            self.records,
            self.merge,
            self.audit,
        ):
            action.setEnabled(row is not None)

    def _action(self, words: str, keys: str, permission: Permission) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setVisible(self._desk.may(permission))
        self._window.addAction(action)
        return action

    def _connect(self) -> None:
        self.add.triggered.connect(self._add_patient)
        self.contact.triggered.connect(self._record_contact)
        self.measure.triggered.connect(self._record_measure)
        self.time.triggered.connect(self._record_time)
        self.flag.triggered.connect(self._flag)
        self.clear_flag.triggered.connect(self._clear_flag)
        self.review.triggered.connect(self._record_review)
        self.reply.triggered.connect(self._key_reply)
        self.why.triggered.connect(self._say_why)
        self.refer.triggered.connect(self._refer)
        self.enroll.triggered.connect(self._enroll)
        self.start.triggered.connect(self._start)
        self.phase.triggered.connect(self._change_phase)
        self.follow_up.triggered.connect(self._follow_up)
        self.close.triggered.connect(self._close)
        self.reopen.triggered.connect(self._reopen)
        self.task.triggered.connect(self._add_task)
        self.marks.triggered.connect(self._show_marks)
        self.safety.triggered.connect(self._open_safety_task)
        self.change.triggered.connect(self._change)
        self.letters.triggered.connect(self._show_letters)
        self.papers.triggered.connect(self._show_papers)
        self.sealed.triggered.connect(self._show_sealed)
        self.privacy.triggered.connect(self._show_privacy)
        self.coverage.triggered.connect(self._show_coverage)
        self.records.triggered.connect(self._show_records)
        self.merge.triggered.connect(self._merge)
        self.audit.triggered.connect(self._show_audit)

    @Slot()
    def _add_patient(self) -> None:
        dialog = PatientDetailsDialog(self._desk, parent=self._window)
        dialog.stored.connect(partial(self.added.emit, dialog.patient_id))
        dialog.open()

    @Slot()
    def _record_contact(self) -> None:
        self._open(RecordContactDialog)

    @Slot()
    def _record_measure(self) -> None:
        if self._row is not None:
            open_form(self._desk, Subject.of_row(self._row), self._window)

    @Slot()
    def _open_safety_task(self) -> None:
        self._open(OpenSafetyTaskDialog)

    @Slot()
    def _record_time(self) -> None:
        self._open(RecordTimeDialog)

    @Slot()
    def _add_task(self) -> None:
        if self._row is not None:
            NewTaskDialog(self._desk, self._window, subject=Subject.of_row(self._row)).open()

    @Slot()
    def _show_records(self) -> None:
        if self._row is not None:
            subject = Subject.of_row(self._row)
            RecordsDialog(self._desk, subject, parent=self._window).open()

    @Slot()
    def _show_sealed(self) -> None:
        if self.subject is not None:
            SealedNotesDialog(self._desk, self.subject, self._window).open()

    @Slot()
    def _show_privacy(self) -> None:
        self._open(PrivacyDialog)

    @Slot()
    def _show_audit(self) -> None:
        self._open(PatientAuditDialog)

    @Slot()
    def _show_letters(self) -> None:
        self._open(LettersDialog)

    @Slot()
    def _show_papers(self) -> None:
        self._open(PatientPapersDialog)

    @Slot()
    def _show_coverage(self) -> None:
        self._open(CoverageDialog)

    @Slot()
    def _show_marks(self) -> None:
        self._open(MarksDialog)

    @Slot()
    def _clear_flag(self) -> None:
        self._open(ClearFlagDialog)

    @Slot()
    def _record_review(self) -> None:
        self._open(RecordReviewDialog)

    @Slot()
    def _key_reply(self) -> None:
        if self._row is not None:
            of = self._row.episode_id
            KeyRepliesDialog(self._desk, self._window, episode_id=of).open()

    @Slot()
    def _say_why(self) -> None:
        if self._row is not None:
            WhyDialog(self._desk, self._row, self._window).open()

    @Slot()
    def _refer(self) -> None:
        self._open(ReferDialog)

    @Slot()
    def _enroll(self) -> None:
        self._open(EnrollDialog)

    @Slot()
    def _flag(self) -> None:
        if self._row is not None:
            subject = Subject.of_row(self._row)
            asked = self._row.question
            FlagForReviewDialog(self._desk, subject, self._window, asked=asked).open()

    def _open(self, dialog: Callable[[Desk, Subject, QWidget], QDialog]) -> None:
        if self._row is not None:
            dialog(self._desk, Subject.of_row(self._row), self._window).open()

    @Slot()
    def _start(self) -> None:
        self._open_with_episode(StartTreatmentDialog)

    @Slot()
    def _change_phase(self) -> None:
        self._open_with_episode(ChangePhaseDialog)

    @Slot()
    def _follow_up(self) -> None:
        self._open_with_episode(FollowUpDialog)

    @Slot()
    def _reopen(self) -> None:
        self._open_with_episode(ReopenDialog)

    @Slot()
    def _close(self) -> None:
        if self._row is not None:
            proposal = closing_proposal(self._row)
            self._open_with_episode(partial(CloseEpisodeDialog, proposal=proposal))

    def _open_with_episode(self, dialog: Callable[..., QDialog]) -> None:
        """Read the episode as it is now: the dialog changes that version and no other."""
        if self._row is None:
            return
        subject, window = Subject.of_row(self._row), self._window

        def show(chart: Chart) -> None:
            if chart.episode is not None:
                dialog(self._desk, subject, chart.episode, parent=window).open()

        self._desk.read(partial(read_chart, patient_id=subject.patient_id), show)

    @Slot()
    def _merge(self) -> None:
        self._open(MergeDialog)

    @Slot()
    def _change(self) -> None:
        if self._row is None:
            return

        def show(patient: Patient) -> None:
            PatientDetailsDialog(self._desk, patient, parent=self._window).open()

        self._desk.read(partial(read_patient, patient_id=self._row.patient_id), show)
