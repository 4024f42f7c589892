"""As which service a patient's month is billed, and to which of its payers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.month_choice import ReadChoice, choose
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import PayerId
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.ui.billing.mending import subject_of
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 600


class ServiceDialog(PatientDialog):
    """A payer is asked for only where the month has more than one."""

    def __init__(
        self, desk: Desk, bill: Superbill, choice: ReadChoice, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject_of(bill, desk), parent)
        self._bill = bill
        self.service = ChoiceField[Line]((each, self.tr(each.value)) for each in Line)
        self.payer = ChoiceField[PayerId | None](
            ((None, self.tr("The payer of the last days")), *choice.payers)
        )
        self.fields = {"line": self.service, "payer_id": self.payer}
        self.set_words(self.tr("Service and payer"), self.tr("Save"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.service.choose(choice.line)
        self.payer.choose(choice.payer_id)
        hint = self.tr("From %1 on, until another is chosen. Earlier months stay as they are.")
        self.form.add(self.tr("&Service"), self.service, hint.replace("%1", str(bill.month)))
        if len(choice.payers) > 1:
            about = self.tr("Only the minutes of its own days count.")
            self.form.add(self.tr("&Payer of %1").replace("%1", str(bill.month)), self.payer, about)
        for share in bill.other_payers:
            self.body.addWidget(Label(share.words, "secondary", wraps=True))
        self.body.addStretch(1)

    @override
    def typed(self) -> object:
        return self.service.choice(), self.payer.choice()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(
            choose,
            patient_id=self._bill.patient.id,
            month=self._bill.month,
            line=self.service.choice(),
            payer_id=self.payer.choice(),
        )
