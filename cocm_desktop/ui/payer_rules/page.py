"""Every payer's rules with their source and state, and the practice's own among them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cocm_desktop.actions.rule_set import RuleSetList, read_rule_sets, withdraw_rule_set
from cocm_desktop.domain.billing.own_rule_set import ListedRuleSet
from cocm_desktop.domain.billing.rule_words import rule_lines
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.text import fold
from cocm_desktop.ui.chart.list_page import FullText
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.payer_rules.confirm_dialog import ConfirmRulesDialog
from cocm_desktop.ui.payer_rules.edit_dialog import EditRulesDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table
from cocm_desktop.ui.widgets.withdraw_dialog import WithdrawDialog

LEAST_DETAIL, DETAIL_HEIGHT, TABLE_HEIGHT = 56, 116, 110


class PayerRulesPage(QWidget):
    """Whoever sees bills may read them; whoever may change the practice writes its own."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: RuleSetList | None = None
        self.find_field = QLineEdit()
        self.find_field.setPlaceholderText(self.tr("Find by name, payer or state"))
        self.find_field.setAccessibleName(self.tr("Find a rule set"))
        self.find_field.setClearButtonEnabled(True)
        self.find_field.setFixedWidth(theme_of(self).px(260))
        self.only_open = QCheckBox(self.tr("Only what is to be &confirmed"))
        self.new = Button(self.tr("New rule set…"), "plus")
        self.change = Button(self.tr("Change…"), "edit")
        self.confirm = Button(self.tr("Confirm…"), "check")
        self.withdraw = DangerButton(self.tr("Withdraw…"))
        self.table = Table(self.tr("Rules of payers"))
        self.model = RowsModel[ListedRuleSet](self._columns(), self)
        self.table.set_rows_model(self.model)
        self.detail_title = Label("", "strong", wraps=True)
        self.detail = FullText()
        self._build()

        self.find_field.textChanged.connect(self._show_found)
        self.only_open.toggled.connect(self._show_found)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.model.modelReset.connect(self._show_chosen)
        self.table.doubleClicked.connect(self._change)
        self.new.clicked.connect(self._write)
        self.change.clicked.connect(self._change)
        self.confirm.clicked.connect(self._confirm)
        self.withdraw.clicked.connect(self._withdraw)
        desk.changed.connect(self._note_change)

    def read_again(self) -> None:
        self._desk.read(read_rule_sets, self.show_rule_sets)

    def show_rule_sets(self, read: RuleSetList) -> None:
        chosen = self.chosen.rules.id if self.chosen else ""
        self._read = read
        self._show_found()
        names = [each.rules.id for each in self.model.rows]
        self.table.select_row(names.index(chosen) if chosen in names else 0)

    @property
    def chosen(self) -> ListedRuleSet | None:
        return self.model.row_at(self.table.currentIndex())

    def _columns(self) -> tuple[Column[ListedRuleSet], ...]:
        return (
            Column(self.tr("Name"), lambda each: each.rules.id, width=136),
            Column(
                self.tr("Whose rules"),
                lambda each: each.rules.title,
                width=0,
                hint=lambda each: each.rules.title,
            ),
            Column(self.tr("Days of service"), lambda each: each.valid_words, width=190),
            Column(self.tr("From"), lambda each: each.origin_words, width=76),
            Column(
                self.tr("State"),
                lambda each: each.state_words,
                width=166,
                hint=lambda each: each.state_words,
            ),
        )

    def _build(self) -> None:
        theme = theme_of(self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.find_field)
        top.addWidget(self.only_open)
        top.addStretch(1)
        top.addWidget(self.new)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.detail_title, 1)
        for button in (self.change, self.confirm, self.withdraw):
            head.addWidget(button)
        for button in (self.new, self.change, self.confirm, self.withdraw):
            button.setVisible(self._desk.may(Permission.SET_UP_CHARGES))
        words = self.tr(
            "Bills are worked out by the rules that hold on their day of service. The practice's "
            "own come before the program's; bills that were issued keep theirs."
        )
        self.table.setMinimumHeight(theme.px(TABLE_HEIGHT))
        self.detail.setMinimumHeight(theme.px(LEAST_DETAIL))
        self.detail.setMaximumHeight(theme.px(DETAIL_HEIGHT))
        card = Card()
        card.body.addLayout(head)
        card.body.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addWidget(self.table, 1)
        column.addWidget(card)

    @Slot()
    def _show_found(self) -> None:
        if self._read is None:
            return
        words = fold(self.find_field.text()).split()
        found = [
            each
            for each in self._read.rule_sets
            if (each.is_open or not self.only_open.isChecked())
            and all(word in fold(f"{each.rules.id} {each.rules.title}") for word in words)
        ]
        self.model.show_rows(found)
        self.table.select_row(0)

    @Slot()
    def _show_chosen(self) -> None:
        chosen = self.chosen
        for button in (self.change, self.confirm):
            button.setEnabled(chosen is not None)
        self.withdraw.setEnabled(chosen is not None and chosen.own is not None)
        self.detail_title.setText(chosen.rules.title if chosen else "")
        self.detail.setPlainText("\n".join(rule_lines(chosen)) if chosen else "")

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & Topic.SETTINGS and self._read is not None:
            self.read_again()

    @Slot()
    def _write(self) -> None:
        if self._read is not None:
            EditRulesDialog(self._desk, parent=self).open()

    @Slot(QModelIndex)
    def _change(self) -> None:
        if self.chosen is not None and self._desk.may(Permission.SET_UP_CHARGES):
            EditRulesDialog(self._desk, self.chosen.rules, parent=self).open()

    @Slot()
    def _confirm(self) -> None:
        if self.chosen is not None:
            ConfirmRulesDialog(self._desk, self.chosen, self).open()

    @Slot()
    def _withdraw(self) -> None:
        if self.chosen is None or self.chosen.own is None:
            return
        words = self.tr(
            "Months are worked out by the program's rules of that name again, if it has any. "
            "Bills that were issued stay as they are."
        )
        own_id = self.chosen.own.id
        WithdrawDialog(
            self._desk,
            self.tr("Withdraw %1").replace("%1", self.chosen.rules.id),
            words,
            withdrawing=lambda reason: partial(withdraw_rule_set, own_id=own_id, reason=reason),
            parent=self,
        ).open()
