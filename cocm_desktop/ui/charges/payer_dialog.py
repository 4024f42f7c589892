"""Setting up a payer, changing one, and giving one to the patients who name it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.payer import Payers, add_payer, change_payer, cover_named
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.coverage_draft import NamedPayer
from cocm_desktop.domain.billing.payer import ClaimFiling, Payer
from cocm_desktop.domain.billing.payer_draft import (
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_DAYS_TO_FILE,
    PayerDraft,
    RuleChoice,
)
from cocm_desktop.domain.billing.rule_set import Program
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import PayerId, new_id
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

WIDTH = 640
USUAL_FILING = {
    Program.MEDICARE: ClaimFiling.MEDICARE_B,
    Program.MEDICARE_ADVANTAGE: ClaimFiling.MEDICARE_ADVANTAGE,
    Program.MEDICAID: ClaimFiling.MEDICAID,
    Program.COMMERCIAL: ClaimFiling.COMMERCIAL,
    Program.SELF_PAY: ClaimFiling.SELF_PAY,
}


class PayerDialog(RecordDialog):
    """Collects a PayerDraft. With a payer it changes that one; `name` is offered for a new one."""

    def __init__(
        self,
        desk: Desk,
        rules: Sequence[RuleChoice],
        *,
        payer: Payer | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._payer = payer
        self._id = payer.id if payer else PayerId(new_id())
        self._rules = tuple(rules)
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME + 1)
        self.rule_set = ChoiceField([("", self.tr("Choose…")), *map(_rule_words, rules)])
        self.filing = ChoiceField(words_of(ClaimFiling))
        self.filing.choose(ClaimFiling.COMMERCIAL)
        self.number = QLineEdit()
        self.phone = QLineEdit()
        self.days_to_file = QLineEdit()
        self.days_to_file.setValidator(QIntValidator(0, MOST_DAYS_TO_FILE, self))
        self.days_to_file.setMaximumWidth(theme_of(self).px(124))
        self.confirmed_on = DateField(desk.today(), past=True)
        self.confirmed_note = QLineEdit()
        self.confirmed_note.setMaxLength(LONGEST_NOTE)
        self.registered_on = DateField(desk.today(), past=True)
        if payer is not None:
            self._show_payer(payer)
        self._build()
        self.rule_set.activated.connect(self._follow_rules)

    @override
    def typed(self) -> object:
        return self._draft(), self.confirmed_on.entry.text(), self.registered_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = self._draft()
        if self._payer is None:
            return partial(add_payer, draft=draft)
        return partial(change_payer, draft=draft, version=self._payer.version)

    def _draft(self) -> PayerDraft:
        return PayerDraft(
            name=self.name.text(),
            rule_set=self.rule_set.choice(),
            filing=self.filing.choice(),
            payer_number=self.number.text(),
            phone=self.phone.text(),
            days_to_file=int(self.days_to_file.text() or 0) or None,
            confirmed_on=self.confirmed_on.day(),
            confirmed_note=self.confirmed_note.text(),
            registered_on=self.registered_on.day(),
            active=self._payer.active if self._payer else True,
            id=self._id,
        )

    def _show_payer(self, payer: Payer) -> None:
        if payer.rule_set not in {rule.id for rule in self._rules}:
            gone = (payer.rule_set, payer.rule_set)
            self.rule_set.offer([*map(_rule_words, self._rules), gone])
        self.name.setText(payer.name)
        self.rule_set.choose(payer.rule_set)
        self.filing.choose(payer.filing)
        self.number.setText(payer.payer_number)
        self.phone.setText(payer.phone)
        self.days_to_file.setText(str(payer.days_to_file or ""))
        self.confirmed_on.set_day(payer.confirmed_on)
        self.confirmed_note.setText(payer.confirmed_note)
        self.registered_on.set_day(payer.registered_on)

    @Slot(int)
    def _follow_rules(self, _row: int) -> None:
        """Offer the kind of claim that usually goes with the rules; a person may choose another."""
        chosen = self.rule_set.choice()
        program = next((rule.program for rule in self._rules if rule.id == chosen), None)
        if program is not None:
            self.filing.choose(USUAL_FILING[program])

    def _build(self) -> None:
        title = self.tr("Change payer") if self._payer else self.tr("New payer")
        self.set_words(title, self.tr("Save payer"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Name"), self.name)
        hint = self.tr("By which codes and minutes are worked out; the list names its sources.")
        self.form.add(self.tr("&Rules"), self.rule_set, hint)
        self.form.add(self.tr("Filed &as"), self.filing)
        hint = self.tr("From the clearinghouse's list; it stands on every claim.")
        self.form.add(self.tr("Payer &id"), self.number, hint)
        self.form.add(self.tr("&Phone"), self.phone)
        hint = self.tr("Empty: as the rules say.")
        self.form.add(self.tr("&Days to file"), self.days_to_file, hint)
        hint = self.tr("Until rules and rates are confirmed, every month carries a warning.")
        self.form.add(self.tr("&Confirmed on"), self.confirmed_on, hint)
        hint = self.tr("With whom, and the reference of the call.")
        self.form.add(self.tr("How c&onfirmed"), self.confirmed_note, hint)
        hint = self.tr("Day of the approval or attestation, where the payer asks for one.")
        self.form.add(self.tr("Re&gistered on"), self.registered_on, hint)
        self.fields = {
            "name": self.name,
            "rule_set": self.rule_set,
            "filing": self.filing,
            "payer_number": self.number,
            "days_to_file": self.days_to_file,
            "confirmed_on": self.confirmed_on,
            "confirmed_note": self.confirmed_note,
            "registered_on": self.registered_on,
        }


class CoverNamedDialog(RecordDialog):
    """Gives a payer to all who name it, with the member id of their details."""

    def __init__(
        self, desk: Desk, named: NamedPayer, read: Payers, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._named = named
        self.payer = ChoiceField([(payer.id, payer.name) for payer in read.payers if payer.active])
        if named.payer is not None:
            self.payer.choose(named.payer.id)
        self.first_on = DateField(desk.today())
        self.fields = {"payer_id": self.payer, "first_on": self.first_on}
        self.set_words(self.tr("Cover patients"), self.tr("Cover patients"))
        words = self.tr("%1 without coverage on file: payer “%2”.")
        words = words.replace("%1", count_of(len(named.patients), "patient"))
        self.body.insertWidget(0, Label(words.replace("%2", named.words), "strong", wraps=True))
        if named.without_member_id:
            left = self.tr("%1 without a member id: left as they are, for the front desk.")
            counted = count_of(named.without_member_id, "patient")
            self.body.insertWidget(1, Label(left.replace("%1", counted), "secondary", wraps=True))
        self.form.add(self.tr("&Payer"), self.payer)
        hint = self.tr("Empty: always.")
        self.form.add(self.tr("Covered &from"), self.first_on, hint)

    @override
    def typed(self) -> object:
        return self.first_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(
            cover_named,
            words=self._named.words,
            payer_id=self.payer.choice(),
            first_on=self.first_on.day(),
        )


def _rule_words(rule: RuleChoice) -> tuple[str, str]:
    return rule.id, f"{rule.title}  ({rule.program.value})"
