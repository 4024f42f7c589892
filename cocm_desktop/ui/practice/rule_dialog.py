"""Changing one clinical rule: what it becomes, from when, and whom it would concern today."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.settings import SettingLine, SettingPreview, change_setting
from cocm_desktop.actions.settings import preview_setting as preview
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.clinical_settings import SettingDraft
from cocm_desktop.domain.due import RuleCount
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import DateField, NoteField
from cocm_desktop.ui.widgets.form import beside
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

WIDTH = 640
MOST_RULES = 8
NUMBER_WIDTH = 90


class EffectCard(Card):
    """What a change would do today, by rule: shown before it is saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.words = Label("", "strong", wraps=True)
        self.table = Table(self.tr("Effect by rule"))
        self.model = RowsModel[RuleCount](
            (
                Column(self.tr("Rule"), lambda each: each.rule.id, width=64),
                Column(self.tr("What"), lambda each: each.rule.title, width=0),
                Column(self.tr("Now"), lambda each: each.before, right=True, width=70),
                Column(self.tr("Then"), lambda each: each.after, right=True, width=70),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=MOST_RULES)
        self.body.addWidget(self.words)
        self.body.addWidget(self.table)
        self.hide()

    def show_preview(self, shown: SettingPreview) -> None:
        setting, effect = shown.setting, shown.effect
        words = self.tr("%1 becomes %2. %3 would see something else due today.")
        words = words.replace("%1", setting.value_words(shown.before))
        words = words.replace("%2", setting.value_words(shown.after))
        self.words.setText(words.replace("%3", count_of(effect.patients_affected, "patient")))
        self.model.show_rows(effect.counts)
        self.table.setVisible(bool(effect.counts))
        self.show()


class ChangeRuleDialog(RecordDialog):
    """A threshold is saved only after its effect was seen; a text is saved at once."""

    def __init__(
        self, desk: Desk, line: SettingLine, *, value: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._line = line
        self._draft_id = new_id()
        self._seen: object = None
        self.value = self._field(value or str(line.value))
        self.valid_from = DateField(desk.today(), desk.today())
        self.effect = EffectCard()
        self._build()

    @override
    def typed(self) -> object:
        return (self._text(), self.valid_from.entry.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(change_setting, draft=self._draft())

    @property
    def is_seen(self) -> bool:
        """Whether the effect of what stands here now has been shown."""
        return self._line.setting.is_text or self._seen == self.typed()

    @Slot()
    @override
    def _save(self) -> None:
        if self.is_seen or self._unreadable():
            super()._save()
        else:
            asked = partial(preview, draft=self._draft())
            self.desk.read(asked, self._show_effect, failed=self._show)

    def _show_effect(self, shown: SettingPreview) -> None:
        self.problems.clear_problems()
        self.effect.show_preview(shown)
        self._seen = self.typed()
        self._offer()

    @Slot()
    def _offer(self) -> None:
        """Say what the button does: first show the effect, then save."""
        if not self.is_seen:
            self.effect.hide()
        self.save.setText(self.tr("Save rule") if self.is_seen else self.tr("Show the effect"))

    def _draft(self) -> SettingDraft:
        name, day = self._line.setting.name, self.valid_from.day()
        return SettingDraft(name, self._text(), day, self._draft_id)

    def type_value(self, text: str) -> None:
        """Put another value into the field."""
        if isinstance(self.value, QLineEdit):
            self.value.setText(text)
        else:
            self.value.setPlainText(text)

    def _text(self) -> str:
        return self.value.text()

    def _field(self, text: str) -> QLineEdit | NoteField:
        if self._line.setting.is_long_text:
            note = NoteField(lines=12)
            note.setPlainText(text)
            return note
        entry = QLineEdit(text)
        if not self._line.setting.is_text:
            entry.setMaximumWidth(theme_of(self).px(NUMBER_WIDTH))
        return entry

    def _build(self) -> None:
        setting = self._line.setting
        self.set_words(self.tr("Change rule"), self.tr("Save rule"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.fields = {"value": self.value, "valid_from": self.valid_from}
        self.body.insertWidget(0, Label(setting.title, "strong", wraps=True))
        source = self.tr("Source: %1").replace("%1", setting.source)
        self.body.insertWidget(1, Label(source, "secondary", wraps=True))
        if setting.is_text:
            self.form.add(self.tr("&Value"), self.value)
        else:
            limits = self.tr("%1 to %2 %3; the program comes with %4.")
            for mark, words in (
                ("%1", str(setting.lowest)), ("%2", str(setting.highest)),
                ("%3", setting.unit), ("%4", str(setting.default)),
            ):  # fmt: skip
                limits = limits.replace(mark, words)
            line = beside(self.value, Label(setting.unit, "secondary"))
            self.form.add(self.tr("&Value"), line, limits)
        self.form.add(self.tr("Holds &from"), self.valid_from)
        self.body.addWidget(self.effect)
        changed = self.value.textChanged
        changed.connect(self._offer)
        self.valid_from.changed.connect(self._offer)
        self._offer()
