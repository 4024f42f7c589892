"""Recording that a payer covers a patient, changing it, and what the payer answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.coverage import (
    ReadCoverage,
    change_coverage,
    record_coverage,
    record_eligibility,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.coverage_draft import RANK_WORDS, CoverageDraft
from cocm_desktop.domain.billing.eligibility import EligibilityDraft
from cocm_desktop.domain.billing.payer import Insured, PatientCoverage, Relation
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import CoverageId, EligibilityId, new_id
from cocm_desktop.domain.money import read_cents
from cocm_desktop.domain.patient import Sex
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.form import Form, beside
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 720
INSURED_TEXTS = ("last_name", "first_name", "address", "city", "state", "postal_code")


class InsuredFields(QWidget):
    """The person who holds the policy, where that is not the patient."""

    def __init__(self, desk: Desk, insured: Insured | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        shown = insured or Insured("", "")
        self.lines = {name: QLineEdit(getattr(shown, name)) for name in INSURED_TEXTS}
        self.born_on = DateField(desk.today(), shown.born_on, past=True)
        self.sex = ChoiceField(words_of(Sex))
        self.sex.choose(shown.sex)
        names = {
            "last_name": self.tr("Family name"),
            "first_name": self.tr("Given name"),
            "address": self.tr("Street"),
            "city": self.tr("City"),
            "state": self.tr("State"),
            "postal_code": self.tr("ZIP code"),
        }
        form = Form()
        for name in INSURED_TEXTS[:2]:
            form.add(names[name], self.lines[name])
        form.add(self.tr("Born"), self.born_on)
        form.add(self.tr("Sex"), self.sex)
        for name in INSURED_TEXTS[2:]:
            form.add(names[name], self.lines[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(self.tr("Insured person"), "strong"))
        column.addLayout(form)

    def insured(self) -> Insured:
        typed = {name: line.text() for name, line in self.lines.items()}
        return Insured(**typed, born_on=self.born_on.day(), sex=self.sex.choice())

    def fields(self) -> dict[str, QWidget]:
        lines = {f"insured_{name}": line for name, line in self.lines.items()}
        return {**lines, "insured_born_on": self.born_on}


class CoverageFormDialog(PatientDialog):
    """Collects a CoverageDraft. With a coverage it changes that one."""

    draft_kind = "coverage"

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        read: ReadCoverage,
        *,
        coverage: PatientCoverage | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._coverage = coverage
        self._id = coverage.id if coverage else CoverageId(new_id())
        shown = coverage or _offered(read)
        payers = [payer for payer in read.payers if payer.active or payer.id == shown.payer_id]
        self.payer = ChoiceField([(payer.id, payer.name) for payer in payers])
        self.payer.choose(shown.payer_id)
        self.member_id = QLineEdit(shown.member_id)
        self.group_number = QLineEdit(shown.group_number)
        self.rank = ChoiceField(list(RANK_WORDS.items()))
        self.rank.choose(shown.rank)
        self.first_on = DateField(desk.today(), shown.first_on)
        self.last_on = DateField(desk.today(), shown.last_on)
        self.authorization = QLineEdit(shown.authorization)
        self.authorization.setMinimumWidth(theme_of(self).px(200))
        self.authorized_last_on = DateField(desk.today(), shown.authorized_last_on)
        self.relation = ChoiceField(words_of(Relation))
        self.relation.choose(shown.relation)
        self.insured = InsuredFields(desk, shown.insured)
        self._build()
        self.relation.currentIndexChanged.connect(self._follow_relation)
        self._follow_relation()

    @override
    def draft_subjects(self) -> tuple[str, str]:
        record_id = self._coverage.id if self._coverage else self.subject.patient_id
        return record_id, self.subject.patient_id

    @override
    def typed(self) -> object:
        dates = (self.first_on, self.last_on, self.authorized_last_on)
        return replace(self._draft(), id=self._id), *(field.entry.text() for field in dates)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        if self._coverage is None:
            return partial(record_coverage, draft=self._draft())
        return partial(change_coverage, draft=self._draft(), version=self._coverage.version)

    def _draft(self) -> CoverageDraft:
        relation = self.relation.choice()
        return CoverageDraft(
            patient_id=self.subject.patient_id,
            payer_id=self.payer.choice(),
            member_id=self.member_id.text(),
            group_number=self.group_number.text(),
            first_on=self.first_on.day(),
            last_on=self.last_on.day(),
            rank=self.rank.choice(),
            relation=relation,
            insured=None if relation is Relation.SELF else self.insured.insured(),
            authorization=self.authorization.text(),
            authorized_last_on=self.authorized_last_on.day(),
            id=self._id,
        )

    @Slot()
    def _follow_relation(self) -> None:
        self.insured.setVisible(self.relation.choice() is not Relation.SELF)

    def _build(self) -> None:
        title = self.tr("Change coverage") if self._coverage else self.tr("Add coverage")
        self.set_words(title, self.tr("Save coverage"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Payer"), self.payer)
        self.form.add(self.tr("&Member id"), self.member_id)
        self.form.add(self.tr("&Group number"), self.group_number)
        self.form.add(self.tr("Pa&ys"), self.rank)
        days = beside(self.first_on, Label(self.tr("to")), self.last_on)
        self.form.add(self.tr("&Covered from"), days, self.tr("Empty: always, and without an end."))
        self.last_on.entry.setAccessibleName(self.tr("Covered to"))
        approved = beside(self.authorization, Label(self.tr("to")), self.authorized_last_on)
        hint = self.tr("Number and last day of a prior authorization, if the payer asks for one.")
        self.form.add(self.tr("&Authorization"), approved, hint)
        self.authorized_last_on.entry.setAccessibleName(self.tr("Authorized to"))
        hint = self.tr("Of the patient to the person who holds the policy.")
        self.form.add(self.tr("&Relation"), self.relation, hint)
        self.body.addWidget(self.insured)
        self.fields = {
            "payer_id": self.payer,
            "member_id": self.member_id,
            "group_number": self.group_number,
            "rank": self.rank,
            "first_on": self.first_on,
            "last_on": self.last_on,
            "authorization": self.authorization,
            "authorized_last_on": self.authorized_last_on,
            "relation": self.relation,
            **self.insured.fields(),
        }


def _offered(read: ReadCoverage) -> CoverageDraft:
    """Give what is offered for new coverage: what the patient's details say, where that fits."""
    intake = read.patient.coverage
    payer_id = read.named or read.offered[0].id
    rank = min(len({each.rank for each in read.coverage}) + 1, len(RANK_WORDS))
    if read.coverage:
        return CoverageDraft(read.patient.id, payer_id, "", rank=rank)
    return CoverageDraft(read.patient.id, payer_id, intake.member_id, intake.group_number)


class EligibilityDialog(PatientDialog):
    """What a payer answered when it was asked; who saves it is the one who asked."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        coverage: PatientCoverage,
        *,
        payer_name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._coverage = coverage
        self._id = EligibilityId(new_id())
        self.checked_on = DateField(desk.today(), desk.today(), past=True)
        self.is_active = ChoiceField(((True, self.tr("Active")), (False, self.tr("Not active"))))
        self.plan = QLineEdit()
        self.copay = QLineEdit()
        self.copay.setPlaceholderText("$0.00")
        self.copay.setMaximumWidth(theme_of(self).px(124))
        covers: Sequence[tuple[bool | None, str]] = (
            (None, self.tr("Not said")),
            (True, self.tr("Yes")),
            (False, self.tr("No")),
        )
        self.covers_cocm = ChoiceField(covers)
        self.reference_number = QLineEdit()
        self.set_words(self.tr("Ask the payer"), self.tr("Save answer"))
        self.body.insertWidget(0, Label(payer_name, "strong", wraps=True))
        self.form.add(self.tr("&Asked on"), self.checked_on)
        self.form.add(self.tr("&Coverage is"), self.is_active)
        self.form.add(self.tr("&Plan"), self.plan)
        self.form.add(self.tr("Copa&y"), self.copay)
        self.form.add(self.tr("Covers C&oCM"), self.covers_cocm)
        self.form.add(self.tr("&Reference"), self.reference_number, self.tr("Number of the call."))
        self.fields = {
            "checked_on": self.checked_on,
            "plan": self.plan,
            "copay_cents": self.copay,
            "reference_number": self.reference_number,
        }

    @override
    def typed(self) -> object:
        texts = (self.plan.text(), self.copay.text(), self.reference_number.text())
        choices = (self.is_active.choice(), self.covers_cocm.choice())
        return self.checked_on.entry.text(), *texts, *choices

    @override
    def action(self) -> Callable[[Workspace], Change]:
        cents = read_cents(self.copay.text()) if self.copay.text().strip() else None
        if self.copay.text().strip() and cents is None:
            raise Refused(Problem("copay_cents", self.tr("Type the copay, such as $25.00.")))
        draft = EligibilityDraft(
            coverage_id=self._coverage.id,
            checked_on=self.checked_on.day(),
            is_active=self.is_active.choice(),
            plan=self.plan.text(),
            copay_cents=cents,
            covers_cocm=self.covers_cocm.choice(),
            reference_number=self.reference_number.text(),
            id=self._id,
        )
        return partial(record_eligibility, draft=draft)
