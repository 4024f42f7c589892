"""The chart's tab of medicines and problems: diagnoses, what is and was taken, the past."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.actions.diagnosis import make_primary, void_diagnosis
from cocm_desktop.actions.medication import void_medication, void_past_trial
from cocm_desktop.domain.diagnosis import ListedDiagnosis
from cocm_desktop.domain.medication import Medication, PastTrial
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOT_RECORDED, NOTHING, long_date, short_date
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.background.part import BackgroundPart
from cocm_desktop.ui.chart.section import Section
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.diagnosis.dialog import AddDiagnosisDialog, DiagnosisStatusDialog
from cocm_desktop.ui.medication.dialogs import (
    AddMedicineDialog,
    ChangeDoseDialog,
    IntakeDialog,
    MedicineDialog,
    StopMedicineDialog,
)
from cocm_desktop.ui.medication.past_dialogs import AllergiesDialog, PastTrialDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.widgets.buttons import Button, DangerButton, LinkButton
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.table import Column

R = TypeVar("R")


class MedsAndProblemsPage(QScrollArea):
    """Current and past are never mixed. Nothing here advises; it says what was recorded."""

    void_wanted = Signal(object)  # Voidable

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chart: Chart | None = None
        self._may_record = desk.may(Permission.RECORD_TREATMENT)
        self._may_void = desk.may(Permission.VOID_RECORD)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.allergies = Label("", wraps=True)
        self.change_allergies = LinkButton(self.tr("Change"))
        self.change_allergies.setVisible(self._may_record)
        self.diagnoses = self._diagnoses()
        self.current = self._current()
        self.stopped = self._stopped()
        self.trials = self._trials()
        self.background = BackgroundPart(desk)
        self._build()

        self.change_allergies.clicked.connect(self._change_allergies)
        self.background.void_wanted.connect(self.void_wanted)

    def show_page(self, page: ChartPage) -> None:
        chart = page.chart
        self._chart = chart
        self.allergies.setText(chart.facts.allergies)
        self.diagnoses.setVisible(chart.episode is not None)
        self.diagnoses.show_rows(self._diagnosis_columns(), chart.facts.diagnoses)
        self.current.show_rows(self._current_columns(), chart.current_medications)
        self.stopped.show_rows(self._stopped_columns(), chart.stopped_medications)
        self.trials.show_rows(self._trial_columns(), chart.facts.past_trials)
        self.stopped.setVisible(bool(chart.stopped_medications))
        self.background.show_chart(chart)

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(self.tr("Allergies"), "strong"))
        line.addWidget(self.allergies, 1)
        line.addWidget(self.change_allergies)
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(line)
        for section in (self.diagnoses, self.current, self.stopped, self.trials):
            column.addWidget(section)
        column.addWidget(self.background)
        column.addStretch(1)
        self.setWidget(inner)

    # ------------------------------------------------------------------------------ the sections

    def _diagnoses(self) -> Section[ListedDiagnosis]:
        section: Section[ListedDiagnosis] = Section(
            self.tr("Diagnoses"),
            self.tr("No diagnosis is recorded. Papers then name none."),
            describe=self._about_diagnosis,
        )
        is_shown = self._may_record
        section.offer(
            Button(self.tr("Add diagnosis"), "plus"), self._add_diagnosis, is_shown=is_shown
        )
        section.offer_for_row(
            Button(self.tr("Make primary")),
            self._make_primary,
            when=lambda each: each.status.is_current and not each.is_primary,
            is_shown=is_shown,
        )
        section.offer_for_row(Button(self.tr("Status")), self._note_status, is_shown=is_shown)
        self._offer_void(section, self._voidable_diagnosis)
        return section

    def _current(self) -> Section[Medication]:
        section: Section[Medication] = Section(
            self.tr("Medicines now"),
            self.tr("No medicine is recorded. Record what the patient takes, with its dose."),
            describe=self._about_medicine,
        )
        is_shown = self._may_record
        section.offer(
            Button(self.tr("Add medicine"), "plus"), self._add_medicine, is_shown=is_shown
        )
        for words, dialog in (
            (self.tr("Change dose"), ChangeDoseDialog),
            (self.tr("How it is taken"), IntakeDialog),
            (self.tr("Stop"), StopMedicineDialog),
        ):
            section.offer_for_row(
                Button(words), partial(self._open_for_medicine, dialog), is_shown=is_shown
            )
        self._offer_void(section, self._voidable_medicine)
        return section

    def _stopped(self) -> Section[Medication]:
        section: Section[Medication] = Section(
            self.tr("Stopped medicines"), "", describe=self._about_medicine
        )
        self._offer_void(section, self._voidable_medicine)
        return section

    def _trials(self) -> Section[PastTrial]:
        section: Section[PastTrial] = Section(
            self.tr("Past trials"),
            self.tr("None recorded. What was tried before, and why it ended, saves a trial."),
        )
        add = Button(self.tr("Add past trial"), "plus")
        section.offer(add, self._add_trial, is_shown=self._may_record)
        self._offer_void(section, self._voidable_trial)
        return section

    def _offer_void(self, section: Section[R], voidable: Callable[[R], Voidable]) -> None:
        section.offer_for_row(
            DangerButton(self.tr("Void")),
            lambda row: self.void_wanted.emit(voidable(row)),
            is_shown=self._may_void,
        )

    # ------------------------------------------------------------------------------- the columns

    def _diagnosis_columns(self) -> list[Column[ListedDiagnosis]]:
        return [
            Column(self.tr("Code"), lambda each: each.diagnosis.code, width=92),
            Column(self.tr("Diagnosis"), lambda each: each.diagnosis.title, width=0),
            Column(self.tr("Status"), self._status_words, width=210),
            Column(self.tr("Noted"), lambda each: each.diagnosis.noted_on, short_date, width=96),
        ]

    def _current_columns(self) -> list[Column[Medication]]:
        return [
            Column(self.tr("Medicine"), lambda m: m.name, width=140),
            Column(self.tr("Dose"), lambda m: m.dose.words, width=180),
            Column(self.tr("Started"), lambda m: m.started_on, short_date, width=96),
            Column(self.tr("Weeks at dose"), self._weeks, right=True, width=104),
            Column(self.tr("Taken, side effects"), self._intake_words, width=0),
        ]

    def _stopped_columns(self) -> list[Column[Medication]]:
        return [
            Column(self.tr("Medicine"), lambda m: m.name, width=140),
            Column(self.tr("Last dose"), lambda m: m.dose.words, width=180),
            Column(self.tr("Stopped"), lambda m: m.stopped_on, short_date, width=96),
            Column(self.tr("Response"), lambda m: m.response or NOTHING, width=104),
            Column(self.tr("Why stopped"), lambda m: m.stop_reason, width=0),
        ]

    def _trial_columns(self) -> list[Column[PastTrial]]:
        return [
            Column(self.tr("Medicine"), lambda t: t.name, width=140),
            Column(self.tr("Highest dose"), lambda t: t.highest_dose or NOTHING, width=120),
            Column(self.tr("Taken"), lambda t: t.taken or NOTHING, width=150),
            Column(self.tr("Response"), lambda t: t.response or NOTHING, width=104),
            Column(self.tr("Why stopped"), lambda t: t.stop_reason or NOTHING, width=0),
        ]

    def _status_words(self, each: ListedDiagnosis) -> str:
        primary = self.tr(", primary") if each.is_primary else ""
        return f"{each.status_words}{primary}"

    def _about_diagnosis(self, each: ListedDiagnosis) -> str:
        onset = self.tr("Onset: %1").replace("%1", each.onset or NOT_RECORDED)
        return f"{each.words}\n{onset} · {each.source.value}"

    def _weeks(self, medication: Medication) -> int:
        return medication.weeks_at_dose(self._desk.today())

    @staticmethod
    def _intake_words(medication: Medication) -> str:
        return medication.intake.words if medication.intake else NOTHING

    def _about_medicine(self, medication: Medication) -> str:
        """Say its route and prescriber, every dose with its day, then what was told and noted."""
        prescriber = medication.prescriber or NOT_RECORDED
        by = self.tr("Prescriber: %1").replace("%1", prescriber)
        route = self.tr("Route: %1").replace("%1", medication.dose.route or NOT_RECORDED)
        doses = (f"{dose.words} ({long_date(dose.since)})" for dose in medication.doses)
        lines = [f"{route} · {by}", self.tr("Doses: %1").replace("%1", "  →  ".join(doses))]
        if medication.intake:
            told = self.tr("Told on %1: %2").replace("%1", long_date(medication.intake.noted_on))
            lines.append(told.replace("%2", medication.intake.words))
        if medication.note:
            lines.append(medication.note)
        return "\n".join(lines)

    # ------------------------------------------------------------------------------- what is done

    def _subject(self) -> Subject | None:
        return Subject.of_row(self._chart.row) if self._chart else None

    def _add_diagnosis(self) -> None:
        subject = self._subject()
        if subject and subject.episode_id:
            AddDiagnosisDialog(self._desk, subject, subject.episode_id, parent=self).open()

    def _note_status(self, listed: ListedDiagnosis) -> None:
        if subject := self._subject():
            DiagnosisStatusDialog(self._desk, subject, listed, parent=self).open()

    def _make_primary(self, listed: ListedDiagnosis) -> None:
        self._desk.do(
            partial(make_primary, diagnosis_id=listed.id), done=_nothing, refused=self._tell
        )

    def _tell(self, refusal: CocmError) -> None:
        self._desk.tell(refusal)

    def _add_medicine(self) -> None:
        if subject := self._subject():
            AddMedicineDialog(self._desk, subject, parent=self).open()

    def _add_trial(self) -> None:
        if subject := self._subject():
            PastTrialDialog(self._desk, subject, parent=self).open()

    def _open_for_medicine(self, dialog: type[MedicineDialog], medication: Medication) -> None:
        if subject := self._subject():
            dialog(self._desk, subject, medication, parent=self).open()

    @Slot()
    def _change_allergies(self) -> None:
        subject = self._subject()
        if subject and self._chart:
            known = self._chart.facts.allergies
            AllergiesDialog(self._desk, subject, known, parent=self).open()

    def _voidable_diagnosis(self, listed: ListedDiagnosis) -> Voidable:
        also = self.tr("Papers then name the next one first.") if listed.is_primary else ""
        return Voidable(
            listed.words,
            also,
            lambda workspace, reason: void_diagnosis(workspace, listed.id, reason=reason),
        )

    def _voidable_medicine(self, medication: Medication) -> Voidable:
        return Voidable(
            f"{medication.name}, {medication.dose.words}",
            self.tr("All its doses go with it. To end a medicine that was taken, stop it."),
            lambda workspace, reason: void_medication(workspace, medication.id, reason=reason),
        )

    @staticmethod
    def _voidable_trial(trial: PastTrial) -> Voidable:
        return Voidable(
            ", ".join(filter(None, (trial.name, trial.highest_dose, trial.taken))),
            "",
            lambda workspace, reason: void_past_trial(workspace, trial.id, reason=reason),
        )


def _nothing() -> None:
    """Do nothing more: the chart reads itself again."""
