"""Recording that a payer confirmed its rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.rule_set import put_rule_set
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.own_rule_set import Confirmation, ListedRuleSet, RuleSetDraft
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import OwnRuleSetId, new_id
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog


class ConfirmRulesDialog(RecordDialog):
    def __init__(self, desk: Desk, listed: ListedRuleSet, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._id = OwnRuleSetId(new_id())
        self._rules = listed.rules
        self.confirmed_on = DateField(desk.today(), desk.today())
        self.note = QLineEdit()
        self.fields = {"confirmed_on": self.confirmed_on, "confirmed_note": self.note}
        self.set_words(self.tr("Confirm these rules"), self.tr("Record confirmation"))
        words = self.tr(
            "What is confirmed becomes the practice's own and stays as it is; bills say no longer "
            "that the rules of the payer are unverified."
        )
        self.body.insertWidget(0, Label(listed.rules.title, "strong", wraps=True))
        self.body.insertWidget(1, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Confirmed on"), self.confirmed_on)
        self.form.add(
            self.tr("&With whom"), self.note, self.tr("Who said so, or where it is written.")
        )

    @override
    def typed(self) -> object:
        return (self.confirmed_on.entry.text(), self.note.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        confirmation = Confirmation(self.confirmed_on.needed("confirmed_on"), self.note.text())
        return partial(put_rule_set, draft=RuleSetDraft(self._rules, confirmation, self._id))
