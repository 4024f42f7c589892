"""A new patient, or other details of one; who may be the same is shown beside as you type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.importing import find_duplicates
from cocm_desktop.actions.patient import add_patient, change_patient
from cocm_desktop.actions.payer import read_payer_names
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.duplicate import Duplicate
from cocm_desktop.domain.ids import PatientId, new_id
from cocm_desktop.domain.patient import Coverage, Patient, PatientDraft, Reach, Sex
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.announce import announce
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

SETTLED_MS = 250
SIDE_WIDTH = 300
MOST_SHOWN = 5


class DuplicatePanel(Card):
    """Patients on file who may be the one being typed, the likeliest first."""

    patient_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, opens_charts: bool = True) -> None:
        super().__init__("", parent)
        self._opens_charts = opens_charts
        self.heading = Label("", "strong", wraps=True)
        self.body.addWidget(self.heading)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self.show_found(())

    def show_found(self, found: Sequence[Duplicate]) -> None:
        empty(self._list)
        if not found:
            self.heading.setText(self.tr("Nobody alike is on file"))
            return
        words = self.tr("Already on file? %n may be the same.", "", len(found))
        if words != self.heading.text():
            announce(self, words)
        self.heading.setText(words)
        for duplicate in found[:MOST_SHOWN]:
            self._list.addWidget(self._entry(duplicate))

    def _entry(self, duplicate: Duplicate) -> QFrame:
        entry = QFrame()
        entry.setProperty("role", "note")
        column = QVBoxLayout(entry)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(2)
        key = duplicate.key
        born = self.tr("Born %1").replace("%1", long_date(key.born_on))
        mrn = self.tr("MRN %1").replace("%1", key.mrn) if key.mrn else ""
        name = key.words.partition(", born ")[0]
        column.addWidget(Label(name, "strong", wraps=True))
        column.addWidget(Label(" · ".join(filter(None, (born, mrn))), wraps=True))
        column.addWidget(Label(duplicate.likeness.value, "caption", wraps=True))
        if self._opens_charts:
            look = LinkButton(self.tr("Open chart"))
            look.setAccessibleName(self.tr("Open the chart of %1").replace("%1", name))
            look.clicked.connect(partial(self.patient_wanted.emit, key.id))
            column.addWidget(look)
        return entry


class PatientDetailsDialog(RecordDialog):
    """Family name, given name and birth are needed; all else may come later."""

    draft_kind = "patient"

    def __init__(
        self, desk: Desk, patient: Patient | None = None, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._patient = patient
        self.patient_id = patient.id if patient else PatientId(new_id())
        self.entries = {name: QLineEdit() for name in _TEXTS}
        self.born_on = DateField(desk.today(), past=True)
        self.sex = ChoiceField(words_of(Sex))
        self.sex.choose(Sex.UNKNOWN)
        self.duplicates = DuplicatePanel(opens_charts=desk.may(Permission.SEE_CHART))
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self.fields = {**self.entries, "born_on": self.born_on}
        self._name()
        self._build()
        if patient is not None:
            self._fill(patient)

        self._settled.timeout.connect(self.look_for_duplicates)
        self.born_on.changed.connect(self._settled.start)
        for name in _TELLING:
            self.entries[name].textEdited.connect(self._settled.start)
        self.duplicates.patient_wanted.connect(self._open_other)

    @override
    def draft_subjects(self) -> tuple[str, str]:
        patient_id = self._patient.id if self._patient else ""
        return patient_id, patient_id

    @override
    def open(self) -> None:
        self.desk.read(read_payer_names, self.offer_payers)
        super().open()

    def offer_payers(self, names: Sequence[str]) -> None:
        """Offer the payers that are set up; any other can be typed."""
        found = QCompleter(list(names), self)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        self.entries["payer"].setCompleter(found)

    @override
    def typed(self) -> object:
        texts = tuple(entry.text() for entry in self.entries.values())
        return (*texts, self.born_on.entry.text(), self.sex.choice())

    def draft(self) -> PatientDraft:
        text = {name: entry.text() for name, entry in self.entries.items()}
        return PatientDraft(
            id=self.patient_id,
            born_on=self.born_on.day(),
            sex=self.sex.choice(),
            reach=Reach(**{name: text.pop(name) for name in _REACH}),
            coverage=Coverage(**{name: text.pop(name) for name in _COVERAGE}),
            **text,
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = self.draft()
        if self._patient is None:
            return partial(add_patient, draft=draft)
        return partial(change_patient, draft=draft, version=self._patient.version)

    @Slot()
    def look_for_duplicates(self) -> None:
        """Ask who on file is like what is typed. It never stops the typing."""
        draft = self.draft()
        if not draft.last_name.strip() and not draft.mrn.strip():
            self.duplicates.show_found(())
            return
        self.desk.read(partial(find_duplicates, draft=draft), self.duplicates.show_found)

    def _name(self) -> None:
        if self._patient is None:
            self.set_words(self.tr("New patient"), self.tr("Add patient"))
        else:
            self.set_words(self.tr("Change details"), self.tr("Save details"))

    def _build(self) -> None:
        self.form.add(self.tr("&Family name"), self.entries["last_name"])
        self.form.add(self.tr("&Given name"), self.entries["first_name"])
        self.form.add(self.tr("Preferred name"), self.entries["preferred_name"])
        self.form.add(self.tr("&Born on"), self.born_on)
        self.form.add(self.tr("&Sex"), self.sex)
        self.form.add(self.tr("&MRN"), self.entries["mrn"])
        self.form.add(self.tr("&Phone"), self.entries["phone"])
        self.form.add(self.tr("&Language"), self.entries["language"])
        self.form.add(self.tr("&Address"), self.entries["address"])
        self.form.add(self.tr("City, state, ZIP"), self._town())
        self.form.add(self.tr("Pa&yer"), self.entries["payer"])
        self.form.add(self.tr("Member &ID"), self.entries["member_id"])
        self.form.add(self.tr("Practi&tioner"), self.entries["treating_practitioner"])
        self.duplicates.setFixedWidth(theme_of(self).px(SIDE_WIDTH))
        self.body.removeItem(self.form)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addLayout(self.form, 1)
        beside.addWidget(self.duplicates)
        self.body.addLayout(beside, 1)
        self.setMinimumWidth(theme_of(self).px(820))

    def _town(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        widths = {"city": 0, "state": 56, "postal_code": 92}
        names = (self.tr("City"), self.tr("State"), self.tr("ZIP"))
        for (name, width), words in zip(widths.items(), names, strict=True):
            entry = self.entries[name]
            entry.setAccessibleName(words)
            entry.setPlaceholderText(words)
            if width:
                entry.setFixedWidth(theme_of(self).px(width))
            row.addWidget(entry, 0 if width else 1)
        holder.setFocusProxy(self.entries["city"])
        return holder

    def _fill(self, patient: Patient) -> None:
        values = {name: getattr(patient, name) for name in _OWN}
        values |= {name: getattr(patient.reach, name) for name in _REACH}
        values |= {name: getattr(patient.coverage, name) for name in _COVERAGE}
        for name, value in values.items():
            self.entries[name].setText(value)
        self.born_on.set_day(patient.born_on)
        self.sex.choose(patient.sex)

    @Slot(str)
    def _open_other(self, patient_id: str) -> None:
        """Leave for the chart of a patient on file; what was typed here is not kept."""
        self.forget()
        self.reject()
        self.desk.patient_wanted.emit(patient_id)


_OWN = (
    "last_name",
    "first_name",
    "middle_name",
    "preferred_name",
    "mrn",
    "treating_practitioner",
)
_REACH = ("phone", "email", "address", "city", "state", "postal_code", "language")
_COVERAGE = ("payer", "member_id", "group_number")
_TEXTS = (*_OWN, *_REACH, *_COVERAGE)
_TELLING = ("last_name", "first_name", "preferred_name", "mrn", "phone")
