"""Choosing a setting of billing, and from which day on it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.billing_settings import BillingSettingLine, change_billing_setting
from cocm_desktop.actions.charge_setup import ReadSetUp, read_set_up
from cocm_desktop.actions.table_loading import find_localities
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.locality import Locality
from cocm_desktop.domain.billing.setting_list import BillingSettingDraft
from cocm_desktop.domain.billing.taxonomy import GROUPS, PEOPLE, taxonomy_words
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import new_id
from cocm_desktop.ui.charges.place_card import PlaceCard
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

LOCALITY, PLACE = "locality", "place_of_service"


class ChangeBillingSettingDialog(RecordDialog):
    """A month is billed by what held on its days: the first of this month is offered."""

    def __init__(self, desk: Desk, line: BillingSettingLine, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._line = line
        self._draft_id = new_id()
        self.value = self._field()
        self.valid_from = DateField(desk.today(), desk.today().replace(day=1))
        self.fields = {"value": self.value, "valid_from": self.valid_from}
        self.set_words(self.tr("Change setting"), self.tr("Save setting"))
        setting = line.setting
        self.body.insertWidget(0, Label(setting.title, "strong", wraps=True))
        self.body.insertWidget(1, Label(setting.source, "secondary", wraps=True))
        self._national = self.tr("National amounts")
        hint = self.tr("Load Medicare's GPCI file first: Settings, Rates and codes.")
        self.form.add(self.tr("&Value"), self.value, hint if setting.name == LOCALITY else "")
        hint = self.tr("Months before this day keep what held then.")
        self.form.add(self.tr("Holds &from"), self.valid_from, hint)

    @override
    def open(self) -> None:
        if self._line.setting.name == LOCALITY:
            self.desk.read(find_localities, self.offer_localities)
        if self._line.setting.name == PLACE:
            self.desk.read(read_set_up, self.show_money)
        super().open()

    def show_money(self, read: ReadSetUp) -> None:
        """Say what the place that is chosen means in money, and go on saying it."""
        card = PlaceCard()
        self.body.addWidget(card)

        def show() -> None:
            card.show_amounts(replace(read.place, place=self.text))

        if isinstance(self.value, ChoiceField):
            self.value.currentIndexChanged.connect(show)
        show()

    def offer_localities(self, localities: Sequence[Locality]) -> None:
        """Offer those that were loaded, and the one that holds now."""
        if isinstance(self.value, ChoiceField):
            named = {self._line.value: self._line.words} | {
                each.key: each.words for each in localities
            }
            named = {"": self._national} | named | {"": self._national}
            self.value.offer(named.items())
            self.value.choose(self._line.value)
            self.forget()

    @override
    def typed(self) -> object:
        return self.text, self.valid_from.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        name, day = self._line.setting.name, self.valid_from.day()
        draft = BillingSettingDraft(name, self.text, day, self._draft_id)
        return partial(change_billing_setting, draft=draft)

    @property
    def text(self) -> str:
        if isinstance(self.value, TaxonomyField):
            return self.value.code()
        return self.value.text() if isinstance(self.value, QLineEdit) else self.value.choice()

    def _field(self) -> QLineEdit | ChoiceField[str]:
        setting, value = self._line.setting, self._line.value
        if setting.choices:
            field = ChoiceField(list(setting.choices.items()))
            field.choose(value)
            return field
        if setting.name == LOCALITY:
            return ChoiceField([(value, value)])
        if setting.name == "group_taxonomy":
            return TaxonomyField(value)
        line = QLineEdit(value)
        line.setMaxLength(setting.longest)
        return line


class TaxonomyField(ChoiceField[str]):
    """The usual taxonomy codes with their names; any other can be typed."""

    def __init__(self, code: str = "", parent: QWidget | None = None) -> None:
        codes = ("", *PEOPLE, *GROUPS)
        super().__init__([(each, taxonomy_words(each)) for each in codes], parent)
        self.setEditable(True)
        self.setInsertPolicy(self.InsertPolicy.NoInsert)
        self.setEditText(taxonomy_words(code))

    def code(self) -> str:
        """Give the code that is chosen or typed."""
        words = self.currentText().split()
        return words[0].upper() if words else ""
