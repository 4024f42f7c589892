"""What happened outside collaborative care and decides a month: visits, services, stays, death."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.outside_care import (
    read_visit_outlook,
    record_death,
    record_other_service,
    record_stay,
    record_visit,
)
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import (
    LONGEST_PLACE,
    DeathDraft,
    OtherServiceDraft,
    StayDraft,
    VisitDraft,
)
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import DeathId, OtherServiceId, StaffId, StayId, VisitId, new_id
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.people import RoleField
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 620
LONGEST_CODE = 5


class _CareDialog(PatientDialog):
    """A code, a day and who did it. `treats` is offered first."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        *,
        treats: StaffId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._treats = treats
        self.code = QLineEdit()
        self.code.setMaxLength(LONGEST_CODE)
        self.code.setMaximumWidth(theme_of(self).px(110))
        self.day = DateField(desk.today())
        self.practitioner = RoleField(Role.TREATING_PRACTITIONER, self.tr("Somebody else"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))

    @override
    def open(self) -> None:
        super().open()
        self.desk.read(read_staff, self._offer_staff)

    @override
    def typed(self) -> object:
        return self.code.text(), self.day.entry.text(), self.practitioner.choice()

    def _offer_staff(self, members: Sequence[StaffMember]) -> None:
        is_touched = self.is_touched
        self.practitioner.offer_members(members)
        self.practitioner.choose(self._treats)
        if not is_touched:
            self.forget()


class VisitDialog(_CareDialog):
    """The visit that began the service, or the day on which a new patient was last seen."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        *,
        treats: StaffId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, treats=treats, parent=parent)
        self._id = VisitId(new_id())
        self.is_face_to_face = QCheckBox(self.tr("&Face to face"))
        self.is_about_cocm = QCheckBox(self.tr("Collaborative care was disc&ussed"))
        self.outlook = Label("", "due", wraps=True)
        self.fields = {
            "made_on": self.day,
            "code": self.code,
            "practitioner_id": self.practitioner,
        }
        self.set_words(self.tr("Record visit"), self.tr("Record visit"))
        about = self.tr(
            "A patient who is new, or was not seen for a year, needs a visit with the billing "
            "practitioner on or before the first day of collaborative care."
        )
        self.body.insertWidget(0, Label(about, "secondary", wraps=True))
        self.form.add(self.tr("&Date"), self.day)
        hint = self.tr("As it was billed, such as 99214 or G0439. Without one: last seen that day.")
        self.form.add(self.tr("&Code"), self.code, hint)
        self.form.add(self.tr("&Practitioner"), self.practitioner)
        self.form.addRow(Label(""), self.is_face_to_face)
        self.form.addRow(Label(""), self.is_about_cocm)
        self.form.addRow(Label(""), self.outlook)
        self._show_outlook("")
        self.code.textChanged.connect(self._look)
        self.practitioner.currentIndexChanged.connect(self._look)
        for box in (self.is_face_to_face, self.is_about_cocm):
            box.toggled.connect(self._look)

    @override
    def typed(self) -> object:
        return super().typed(), self.is_face_to_face.isChecked(), self.is_about_cocm.isChecked()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(record_visit, draft=self.draft())

    def draft(self) -> VisitDraft:
        return VisitDraft(
            id=self._id,
            patient_id=self.subject.patient_id,
            made_on=self.day.day(),
            code=self.code.text(),
            practitioner_id=self.practitioner.choice(),
            is_face_to_face=self.is_face_to_face.isChecked(),
            is_about_cocm=self.is_about_cocm.isChecked(),
        )

    @Slot()
    def _look(self) -> None:
        """Ask at once whether what is typed can begin the service."""
        self.desk.read(partial(read_visit_outlook, draft=self.draft()), self._show_outlook)

    def _show_outlook(self, words: str) -> None:
        self.outlook.setText(words)
        self.form.setRowVisible(self.outlook, bool(words))


class OtherServiceDialog(_CareDialog):
    """A service of the month that is billed beside collaborative care."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        *,
        treats: StaffId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, treats=treats, parent=parent)
        self._id = OtherServiceId(new_id())
        self.fields = {"code": self.code, "served_on": self.day}
        self.set_words(self.tr("Record other service"), self.tr("Record service"))
        about = self.tr(
            "What else is billed for this patient may stop a code or be refused beside it: "
            "96127, 99495, the base codes of advanced primary care management, G0678."
        )
        self.body.insertWidget(0, Label(about, "secondary", wraps=True))
        self.form.add(self.tr("&Date"), self.day)
        self.form.add(self.tr("&Code"), self.code)
        self.form.add(self.tr("&Practitioner"), self.practitioner)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = OtherServiceDraft(
            id=self._id,
            patient_id=self.subject.patient_id,
            code=self.code.text(),
            served_on=self.day.day(),
            practitioner_id=self.practitioner.choice(),
        )
        return partial(record_other_service, draft=draft)


class StayDialog(PatientDialog):
    """A stay in a hospital or nursing facility."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = StayId(new_id())
        self.first = DateField(desk.today())
        self.last = DateField(desk.today())
        self.place = QLineEdit()
        self.place.setMaxLength(LONGEST_PLACE)
        self.fields = {"first_on": self.first, "last_on": self.last, "place": self.place}
        self.set_words(self.tr("Record stay"), self.tr("Record stay"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        about = self.tr(
            "Time within a stay is counted and pointed out: whoever bills decides about it."
        )
        self.body.insertWidget(0, Label(about, "secondary", wraps=True))
        self.form.add(self.tr("&First day"), self.first)
        self.form.add(self.tr("&Last day"), self.last, self.tr("Empty while it goes on."))
        self.form.add(self.tr("&Where"), self.place)

    @override
    def typed(self) -> object:
        return self.first.entry.text(), self.last.entry.text(), self.place.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = StayDraft(
            id=self._id,
            patient_id=self.subject.patient_id,
            first_on=self.first.day(),
            last_on=self.last.day(),
            place=self.place.text(),
        )
        return partial(record_stay, draft=draft)


class DeathDialog(PatientDialog):
    """The day on which the patient died."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = DeathId(new_id())
        self.day = DateField(desk.today())
        self.fields = {"died_on": self.day}
        self.set_words(self.tr("Record day of death"), self.tr("Record death"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        about = self.tr(
            "Nothing is billed after this day. An open episode stays open until somebody closes "
            "it; the window then proposes this day and the reason."
        )
        self.body.insertWidget(0, Label(about, "secondary", wraps=True))
        self.form.add(self.tr("&Died on"), self.day)

    @override
    def typed(self) -> object:
        return self.day.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = DeathDraft(self.subject.patient_id, self.day.day(), self._id)
        return partial(record_death, draft=draft)
