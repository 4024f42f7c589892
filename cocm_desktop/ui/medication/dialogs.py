"""Recording a medicine: added, its dose changed, how it is taken, stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.medication import (
    add_medication,
    change_dose,
    note_intake,
    stop_medication,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import DoseId, MedicationId, new_id
from cocm_desktop.domain.medication import (
    ROUTES,
    Adherence,
    DoseDraft,
    IntakeDraft,
    Medication,
    MedicationDraft,
    StopDraft,
)
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 580


class RouteField(QComboBox):
    """The usual ways to take a medicine; any other is typed."""

    def __init__(self, route: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.addItems(["", *ROUTES])
        self.setCurrentText(route)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MedicineDialog(PatientDialog):
    """A dialog about one medicine on the list, named under the patient."""

    def __init__(
        self, desk: Desk, subject: Subject, medication: Medication, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self.medication = medication
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        dose = medication.dose
        now = self.tr("%1 since %2").replace("%1", dose.words).replace("%2", long_date(dose.since))
        self.body.insertWidget(0, Label(medication.name, "strong", wraps=True))
        self.body.insertWidget(1, Label(now, "secondary", wraps=True))


class AddMedicineDialog(PatientDialog):
    draft_kind = "medicine"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id, self._dose_id = MedicationId(new_id()), DoseId(new_id())
        self.name = QLineEdit()
        self.dose = QLineEdit()
        self.dose.setPlaceholderText(self.tr("with its unit: 50 mg"))
        self.route = RouteField(ROUTES[0])
        self.frequency = QLineEdit()
        self.frequency.setPlaceholderText(self.tr("every morning, twice a day"))
        self.since = DateField(desk.today(), desk.today())
        self.prescriber = QLineEdit()
        self.is_other = QCheckBox(self.tr("&Other: not for mood, anxiety, sleep or attention"))
        self.note = NoteField(lines=2)
        self.fields = {
            "name": self.name,
            "dose": self.dose,
            "route": self.route,
            "frequency": self.frequency,
            "since": self.since,
            "prescriber": self.prescriber,
            "note": self.note,
        }
        self.set_words(self.tr("Add medicine"), self.tr("Add medicine"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Medicine"), self.name)
        self.form.add(self.tr("&Dose"), self.dose)
        self.form.add(self.tr("&Route"), self.route)
        self.form.add(self.tr("How o&ften"), self.frequency)
        self.form.add(self.tr("&Since"), self.since, self.tr("The day from which this dose holds."))
        self.form.add(self.tr("&Prescriber"), self.prescriber)
        self.form.addRow("", self.is_other)
        self.form.add(self.tr("&Note"), self.note)

    @override
    def typed(self) -> object:
        texts = (self.name, self.dose, self.frequency, self.since.entry, self.prescriber)
        rest = (self.route.currentText(), self.is_other.isChecked(), self.note.text())
        return (*(each.text() for each in texts), *rest)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = MedicationDraft(
            id=self._id,
            dose_id=self._dose_id,
            patient_id=self.subject.patient_id,
            name=self.name.text(),
            dose=self.dose.text(),
            since=self.since.day(),
            is_psychotropic=not self.is_other.isChecked(),
            note=self.note.text(),
            route=self.route.currentText(),
            frequency=self.frequency.text(),
            prescriber=self.prescriber.text(),
        )
        return partial(add_medication, draft=draft)


class ChangeDoseDialog(MedicineDialog):
    def __init__(
        self, desk: Desk, subject: Subject, medication: Medication, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, medication, parent=parent)
        self._dose_id = DoseId(new_id())
        self.dose = QLineEdit()
        self.route = RouteField(medication.dose.route)
        self.frequency = QLineEdit(medication.dose.frequency)
        self.since = DateField(desk.today(), desk.today())
        self.fields = {
            "dose": self.dose,
            "route": self.route,
            "frequency": self.frequency,
            "since": self.since,
        }
        self.set_words(self.tr("Change dose"), self.tr("Save new dose"))
        self.form.add(self.tr("New &dose"), self.dose)
        self.form.add(self.tr("&Route"), self.route)
        self.form.add(self.tr("How o&ften"), self.frequency)
        self.form.add(
            self.tr("&Since"), self.since, self.tr("The doses before it stay as history.")
        )

    @override
    def typed(self) -> object:
        texts = (self.dose, self.frequency, self.since.entry)
        return (*(each.text() for each in texts), self.route.currentText())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = DoseDraft(
            id=self._dose_id,
            medication_id=self.medication.id,
            dose=self.dose.text(),
            since=self.since.day(),
            route=self.route.currentText(),
            frequency=self.frequency.text(),
        )
        return partial(change_dose, draft=draft)


class IntakeDialog(MedicineDialog):
    """How it is taken and what it does that nobody wanted."""

    def __init__(
        self, desk: Desk, subject: Subject, medication: Medication, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, medication, parent=parent)
        self.adherence = ChoiceField(words_of(Adherence))
        self.side_effects = QLineEdit()
        self.side_effects.setPlaceholderText(self.tr("such as dry mouth; none"))
        self.noted_on = DateField(desk.today(), desk.today())
        self.fields = {
            "adherence": self.adherence,
            "side_effects": self.side_effects,
            "noted_on": self.noted_on,
        }
        self.set_words(self.tr("How it is taken"), self.tr("Save"))
        self.form.add(self.tr("&Taken"), self.adherence)
        self.form.add(self.tr("Side &effects"), self.side_effects)
        self.form.add(self.tr("T&old on"), self.noted_on)

    @override
    def typed(self) -> object:
        return self.adherence.choice(), self.side_effects.text(), self.noted_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = IntakeDraft(
            medication_id=self.medication.id,
            adherence=self.adherence.choice(),
            side_effects=self.side_effects.text(),
            noted_on=self.noted_on.day(),
        )
        return partial(note_intake, draft=draft)


class StopMedicineDialog(MedicineDialog):
    def __init__(
        self, desk: Desk, subject: Subject, medication: Medication, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, medication, parent=parent)
        self.stopped_on = DateField(desk.today(), desk.today())
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("such as side effects, no response, recovered"))
        self.response = QLineEdit()
        self.response.setPlaceholderText(self.tr("such as none, partial, full"))
        self.fields = {
            "stopped_on": self.stopped_on,
            "reason": self.reason,
            "response": self.response,
        }
        self.set_words(self.tr("Stop medicine"), self.tr("Stop medicine"))
        self.form.add(self.tr("&Stopped on"), self.stopped_on)
        self.form.add(self.tr("&Reason"), self.reason)
        self.form.add(self.tr("Res&ponse"), self.response)

    @override
    def typed(self) -> object:
        texts = (self.stopped_on.entry, self.reason, self.response)
        return tuple(each.text() for each in texts)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = StopDraft(
            medication_id=self.medication.id,
            stopped_on=self.stopped_on.day(),
            reason=self.reason.text(),
            response=self.response.text(),
        )
        return partial(stop_medication, draft=draft)
