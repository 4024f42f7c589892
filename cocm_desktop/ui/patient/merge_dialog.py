"""Merging another record into that of the patient: side by side, what moves, typed to confirm."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.merge import merge_patients, preview_merge
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import PatientId, PatientMergeId, new_id
from cocm_desktop.domain.listed_patient import ListedPatient
from cocm_desktop.domain.patient_merge import (
    FIELDS,
    UNDO_DAYS,
    MergeDraft,
    MergePreview,
    confirmation_of,
    field_words,
    merged,
)
from cocm_desktop.domain.wording import NOT_RECORDED, long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.tasks.fields import PatientField
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.form import Form
from cocm_desktop.ui.widgets.labels import Card, Label

WIDTH = 860


class Sides(Card):
    """The fields in which two records differ, each with the choice of one of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        self.body.addLayout(self.grid)

    def taken(self) -> frozenset[str]:
        return frozenset(name for name, (_, other) in self.choices.items() if other.isChecked())

    def show_preview(self, preview: MergePreview, *, picked: Callable[[], object]) -> None:
        empty(self.grid)
        self.choices = {}
        heads = ("", self.tr("This record stays"), self.tr("Other record"))
        for column, words in enumerate(heads):
            self.grid.addWidget(Label(words, "strong"), 0, column)
        for row, name in enumerate(preview.differing, start=1):
            self._add_field(row, name, preview)
            self.choices[name][1].toggled.connect(picked)
        same = self.tr("All other details are the same in both.")
        self.grid.addWidget(Label(same, "caption"), len(preview.differing) + 1, 0, 1, 3)

    def _add_field(self, row: int, name: str, preview: MergePreview) -> None:
        """Add one field. What only the other record has is taken, unless somebody says not."""
        self.grid.addWidget(Label(self.tr(FIELDS[name]), "field"), row, 0)
        group = QButtonGroup(self)
        buttons = []
        sides = (preview.survivor.patient, preview.other.patient)
        for column, (patient, head) in enumerate(
            zip(sides, (self.tr("this record"), self.tr("other record")), strict=True), start=1
        ):
            button = QRadioButton(field_words(patient, name) or NOT_RECORDED)
            # However long an address is, the dialog stays as wide as it is.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setToolTip(button.text())
            button.setAccessibleName(f"{self.tr(FIELDS[name])}, {head}: {button.text()}")
            group.addButton(button)
            buttons.append(button)
            self.grid.addWidget(button, row, column)
        mine, other = buttons
        (other if name in preview.offered else mine).setChecked(True)
        self.choices[name] = (mine, other)


class MergeDialog(PatientDialog):
    """The record it is opened from stays. Nothing is merged before the MRN is typed."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._merge_id = PatientMergeId(new_id())
        self._preview: MergePreview | None = None
        self.other = PatientField()
        self.sides = Sides()
        self.effect = Label("", wraps=True)
        self.against = Label("", "problem", wraps=True)
        self.same_person = QCheckBox()
        self.confirmation = QLineEdit()
        self.asked = Label("", wraps=True)
        self.confirm_row = QWidget()
        self.fields = {
            "other": self.other,
            "is_birth_confirmed": self.same_person,
            "typed": self.confirmation,
        }
        self.set_words(self.tr("Merge records"), self.tr("Merge"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build()
        self._show_parts(shown=False)
        self.other.textChanged.connect(self._choose)

    @override
    def open(self) -> None:
        self.desk.read(read_listing, self._offer)
        super().open()

    @override
    def typed(self) -> object:
        return self.other.text(), self.sides.taken(), self.confirmation.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        other_id = self.other.patient_id()
        if other_id is None or self._preview is None:
            raise Refused(Problem("other", self.tr("Choose the other record of this patient.")))
        draft = MergeDraft(
            survivor_id=self.subject.patient_id,
            other_id=other_id,
            take=self.sides.taken(),
            typed=self.confirmation.text(),
            is_birth_confirmed=self.same_person.isChecked(),
            id=self._merge_id,
        )
        return partial(merge_patients, draft=draft)

    def _build(self) -> None:
        words = self.tr(
            "Everything of the other record moves to this one: episodes, measures, contacts, time, "
            "safety tasks, medicines, plans, tasks and superbills. For %1 days it can be undone."
        ).replace("%1", str(UNDO_DAYS))
        self.other.setPlaceholderText(self.tr("Type part of a name, date of birth or MRN"))
        self.form.add(self.tr("&Other record"), self.other, words)
        self.body.addWidget(self.sides)
        for each in (self.effect, self.against, self.same_person):
            self.body.addWidget(each)
        self.body.addWidget(self.asked)
        form = Form(self.confirm_row)
        form.add(self.tr("Con&firmation"), self.confirmation)
        self.body.addWidget(self.confirm_row)
        self.body.addStretch(1)

    def _show_parts(self, *, shown: bool) -> None:
        for part in (self.sides, self.effect, self.asked, self.confirm_row):
            part.setVisible(shown)
        self.against.setVisible(shown and bool(self.against.text()))
        self.same_person.setVisible(
            shown and self._preview is not None and self._preview.differs_in_birth
        )

    def _offer(self, patients: tuple[ListedPatient, ...]) -> None:
        own = self.subject.patient_id
        self.other.offer(each for each in patients if each.patient_id != own)

    @Slot()
    def _choose(self) -> None:
        """Read both records as soon as one is chosen; while typing nothing is said."""
        try:
            other_id = self.other.patient_id()
        except Refused:
            other_id = None
        if other_id is None:
            self._preview = None
            self._show_parts(shown=False)
        else:
            self._read(other_id)

    def _read(self, other_id: PatientId) -> None:
        asked = partial(preview_merge, survivor_id=self.subject.patient_id, other_id=other_id)
        self.desk.read(asked, self._show_preview, failed=self._show)

    def _show_preview(self, preview: MergePreview) -> None:
        self._preview = preview
        self.sides.show_preview(preview, picked=self._ask)
        moving = "; ".join(each.words for each in preview.moving)
        lines = [self.tr("Moves: %1.").replace("%1", moving or self.tr("nothing")), *preview.notes]
        self.effect.setText("\n".join(lines))
        self.against.setText("\n".join(problem.message for problem in preview.problems))
        birth = long_date(preview.other.patient.born_on)
        words = self.tr("The dates of birth differ (%1). Both records are of one &patient.")
        self.same_person.setText(words.replace("%1", birth))
        self._show_parts(shown=True)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        """Say what has to be typed for the fields as they are chosen now."""
        if self._preview is not None:
            mine, other = self._preview.survivor.patient, self._preview.other.patient
            survivor = merged(mine, other, self.sides.taken())
            what = self.tr("MRN") if survivor.mrn else self.tr("family name")
            words = self.tr("To confirm, type the %1 of the record that stays: %2")
            asked = words.replace("%1", what).replace("%2", confirmation_of(survivor))
            self.asked.setText(asked)
            self.confirmation.setAccessibleDescription(asked)
