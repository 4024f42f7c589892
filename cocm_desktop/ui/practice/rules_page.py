"""Settings: every threshold of the clinical rules, whose rule it is, who changed it and when."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.settings import ReadSettings, SettingLine, read_settings
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.clinical_settings import SettingChange
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.practice.rule_dialog import ChangeRuleDialog
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class RulesPage(QWidget):
    """Everybody of the team reads them; who may change the practice may change them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: ReadSettings | None = None
        self._wanted = ""
        self.table = Table(self.tr("Clinical rules"))
        self.model = RowsModel[SettingLine](
            (
                Column(self.tr("Setting"), self._title, width=0, hint=self._title),
                Column(self.tr("Value"), self._value, width=110),
                Column(self.tr("Default"), self._default, width=90),
                Column(self.tr("Valid from"), self._since, short_date, width=104),
                Column(self.tr("Changed by"), lambda each: each.by, width=140),
            ),
            self,
        )
        self.name = Label("", "strong", wraps=True)
        self.about = Label("", "secondary", wraps=True)
        self.past = Label("", wraps=True)
        self.change = Button(self.tr("Change"), "edit")
        self.reset = Button(self.tr("Use the default"))
        self._build()

        self.table.set_rows_model(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.doubleClicked.connect(self._change)
        self.change.clicked.connect(self._change)
        self.reset.clicked.connect(self._reset)
        desk.changed.connect(self._note_change)

    def read_again(self) -> None:
        self._desk.read(read_settings, self.show_settings)

    def show_settings(self, read: ReadSettings) -> None:
        chosen = self._wanted or self._chosen_name()
        self._read, self._wanted = read, ""
        self.model.show_rows(read.lines)
        names = [line.setting.name for line in read.lines]
        self.table.select_row(names.index(chosen) if chosen in names else 0)
        self._show_chosen(self.table.currentIndex())

    def show_setting(self, name: str) -> None:
        """Bring one setting into view, once they have been read."""
        self._wanted = name
        if self._read is not None:
            self.show_settings(self._read)
        self.table.setFocus()

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & Topic.SETTINGS and self._read is not None:
            self.read_again()

    @property
    def chosen(self) -> SettingLine | None:
        return self.model.row_at(self.table.currentIndex())

    def _chosen_name(self) -> str:
        return self.chosen.setting.name if self.chosen else ""

    @staticmethod
    def _title(line: SettingLine) -> str:
        return line.setting.title

    @staticmethod
    def _value(line: SettingLine) -> str:
        return " ".join(line.setting.value_words(line.value).split())

    @staticmethod
    def _default(line: SettingLine) -> str:
        return line.setting.value_words(line.setting.default)

    @staticmethod
    def _since(line: SettingLine) -> object:
        return line.change.valid_from if line.change else None

    @Slot(QModelIndex)
    def _show_chosen(self, _current: object) -> None:
        line = self.chosen
        if line is None or self._read is None:
            return
        self.name.setText(line.setting.title)
        source = self.tr("Source: %1").replace("%1", line.setting.source)
        value = line.setting.value_words(line.value)
        now = self.tr("Now: %1").replace("%1", value)
        if line.later is not None:
            then = self.tr("from %1: %2").replace("%1", long_date(line.later.valid_from))
            later = line.setting.value_words(line.setting.read(line.later.value))
            now = f"{now}; {then.replace('%2', later)}"
        self.about.setText(f"{now}\n{source}")
        changes = self._read.changes_of(line.setting.name)
        lines = [self._past_words(change, self._read.staff_names[by]) for change, by in changes]
        unchanged = self.tr("Never changed: as the program comes.")
        self.past.setText("\n".join(reversed(lines)) or unchanged)
        self.reset.setEnabled(not line.is_default)

    def _past_words(self, change: SettingChange, by: str) -> str:
        setting = next(each.setting for each in self.model.rows if each.setting.name == change.name)
        words = self.tr("%1 from %2, changed by %3 on %4")
        value = setting.value_words(setting.read(change.value))
        made_on = change.made_at.astimezone(self._desk.now().tzinfo) if change.made_at else None
        for mark, said in (
            ("%1", value),
            ("%2", long_date(change.valid_from)),
            ("%3", by),
            ("%4", long_date(made_on.date()) if made_on else ""),
        ):
            words = words.replace(mark, said)
        return words

    def _build(self) -> None:
        words = self.tr(
            "Each rule names its patients by these thresholds. A change holds from its day on and "
            "shows first whom it would concern."
        )
        card = Card()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name, 1)
        head.addWidget(self.reset)
        head.addWidget(self.change)
        card.body.addLayout(head)
        card.body.addWidget(self.about)
        card.body.addWidget(self.past)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addWidget(self.table, 1)
        column.addWidget(card)
        for button in (self.change, self.reset):
            button.setVisible(self._desk.may(Permission.CHANGE_PRACTICE))

    @Slot()
    def _change(self) -> None:
        if self.chosen is not None and self._desk.may(Permission.CHANGE_PRACTICE):
            ChangeRuleDialog(self._desk, self.chosen, parent=self).open()

    @Slot()
    def _reset(self) -> None:
        if self.chosen is not None:
            default = str(self.chosen.setting.default)
            ChangeRuleDialog(self._desk, self.chosen, value=default, parent=self).open()
