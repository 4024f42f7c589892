"""What the practice charges for a code, from which day on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.actions.practice import read_fees, record_fee, void_fee
from cocm_desktop.domain.money import read_cents
from cocm_desktop.domain.superbill import Fee, fee_on
from cocm_desktop.domain.wording import dollars, long_date, short_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.tasks.dialogs import BecauseDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import DangerButton, PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField
from cocm_desktop.ui.widgets.form import Form, Page
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class FeesPage(Page):
    """The charges of today and of earlier days, and a form for a new one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._fees: Sequence[Fee] = ()
        codes = load_tables().codes
        self._codes = {
            each.code: each.label for each in codes.codes if codes.is_valid(each.code, desk.today())
        }
        self.table = Table(self.tr("Charges"))
        self.model = RowsModel[Fee](
            (
                Column(self.tr("Code"), lambda fee: fee.code, width=90),
                Column(self.tr("Service"), self._label, width=0),
                Column(self.tr("Charge"), lambda fee: fee.cents, dollars, right=True, width=110),
                Column(self.tr("Valid from"), lambda fee: fee.valid_from, short_date, width=110),
                Column(self.tr("Now"), self._now_words, width=90),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=10)
        self.void = DangerButton(self.tr("Withdraw…"))
        self.code = ChoiceField([(code, f"{code}  {label}") for code, label in self._codes.items()])
        self.code.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.code.setMinimumContentsLength(40)
        self.charge = QLineEdit()
        self.charge.setPlaceholderText("$0.00")
        self.valid_from = DateField(desk.today(), desk.today())
        self.problems = ProblemLabel()
        self.save = PrimaryButton(self.tr("Record charge"))
        self._build()

        self.save.clicked.connect(self._save)
        for line in (self.charge, self.valid_from.entry):
            line.returnPressed.connect(self._save)
        self.void.clicked.connect(self._ask_to_void)

    def read_again(self) -> None:
        self._desk.read(read_fees, self.show_fees)

    def show_fees(self, fees: Sequence[Fee]) -> None:
        self._fees = fees
        order = {code: number for number, code in enumerate(self._codes)}
        rows = sorted(fees, key=lambda fee: fee.valid_from, reverse=True)
        self.model.show_rows(sorted(rows, key=lambda fee: order.get(fee.code, len(order))))
        self.table.select_row(0)
        self.void.setVisible(bool(fees))
        self._none.setVisible(not fees)
        self.table.setVisible(bool(fees))

    def _now_words(self, fee: Fee) -> str:
        today = self._desk.today()
        if fee.valid_from > today:
            return self.tr("Later")
        return self.tr("Valid") if fee_on(self._fees, fee.code, today) == fee.cents else ""

    def _label(self, fee: Fee) -> str:
        return self._codes.get(fee.code) or load_tables().codes.label(fee.code)

    def _build(self) -> None:
        listed = Card(self.tr("Charges"))
        words = self.tr(
            "No charge is recorded yet. Superbills leave the amounts open until there is one."
        )
        self._none = Label(words, "secondary", wraps=True)
        listed.body.addWidget(self._none)
        listed.body.addWidget(self.table)
        listed.body.addWidget(self.void, 0, Qt.AlignmentFlag.AlignLeft)
        self.table.hide()
        self.void.hide()

        new = Card(self.tr("A new charge"))
        words = self.tr(
            "A superbill takes the charge that is valid on its day of service, so what you "
            "record here changes no earlier month."
        )
        new.body.addWidget(Label(words, "secondary", wraps=True))
        form = Form()
        form.add(self.tr("&Code"), self.code)
        self.charge.setMaximumWidth(theme_of(self).px(124))
        form.add(self.tr("Cha&rge"), self.charge)
        form.add(self.tr("Vali&d from"), self.valid_from)
        new.body.addLayout(form)
        new.body.addWidget(self.problems)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        new.body.addLayout(buttons)
        self.body.addWidget(listed)
        self.body.addWidget(new)
        self.body.addStretch(1)

    @Slot()
    def _save(self) -> None:
        try:
            day = self.valid_from.needed("valid_from")
            cents = read_cents(self.charge.text())
            if cents is None:
                words = self.tr("Type the charge, such as $121.50.")
                raise Refused(Problem("cents", words))  # noqa: TRY301  shown like a rule's refusal
        except Refused as refusal:
            self._show_refusal(refusal)
            return
        action = partial(record_fee, code=self.code.choice(), cents=cents, valid_from=day)
        self._desk.do(action, done=self._saved, refused=self._show_refusal)

    @Slot()
    def _ask_to_void(self) -> None:
        fee = self.model.row_at(self.table.currentIndex())
        if fee is None:
            return
        words = self.tr("%1, %2 from %3. Superbills that were issued keep it.")
        for mark, said in (
            ("%1", fee.code), ("%2", dollars(fee.cents)), ("%3", long_date(fee.valid_from))
        ):  # fmt: skip
            words = words.replace(mark, said)
        BecauseDialog(
            self._desk,
            words,
            lambda workspace, reason: void_fee(workspace, fee.id, reason=reason),
            title=self.tr("Withdraw charge"),
            parent=self,
        ).open()

    def _saved(self) -> None:
        self.problems.clear_problems()
        self.charge.clear()
        self._desk.told.emit(self.tr("The charge is recorded."))

    def _show_refusal(self, refusal: Refused) -> None:
        fields = {"code": self.code, "cents": self.charge, "valid_from": self.valid_from}
        self.problems.show_error(refusal, fields)
