"""Why is this here? Each rule that names a patient, with inputs, threshold and source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cocm_desktop.domain.due import due_soon
from cocm_desktop.domain.due_item import DueItem
from cocm_desktop.domain.follow_up import Urgency
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.buttons import Button, LinkButton
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.room import open_at

WIDTH, HEIGHT = 620, 460
ROLES = {Urgency.OVERDUE: "overdue", Urgency.TODAY: "due", Urgency.LATER: "secondary"}


class WhyCard(Card):
    """One rule: its name and number, when it is due, what it saw, whose threshold it has."""

    rule_wanted = Signal(str)
    """The name of the setting that decides the rule."""

    def __init__(
        self, item: DueItem, today: date, *, may_change: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(f"{item.rule.title} ({item.rule.id})", "strong"))
        head.addStretch(1)
        head.addWidget(Label(item.due_words(today), ROLES[item.urgency(today)]))
        self.body.addLayout(head)
        self.body.addWidget(Label(item.words, wraps=True))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        facts = QVBoxLayout()
        facts.setSpacing(2)
        for words in filter(None, (item.threshold, self._source(item))):
            facts.addWidget(Label(words, "caption", wraps=True))
        foot.addLayout(facts, 1)
        self.change = LinkButton(self.tr("Change rule"))
        self.change.setVisible(may_change and bool(item.rule.settings))
        foot.addWidget(self.change)
        self.body.addLayout(foot)
        self.setAccessibleName(f"{item.rule.title}: {item.why}")

        if item.rule.settings:
            self.change.clicked.connect(partial(self.rule_wanted.emit, item.rule.settings[0]))

    def _source(self, item: DueItem) -> str:
        return self.tr("Source: %1").replace("%1", item.rule.cited)


class WhyPanel(QWidget):
    """The cards of one patient, to be put wherever something is said to be due."""

    rule_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_items(self, items: Sequence[DueItem], today: date, *, may_change: bool) -> None:
        """Show these items in place of what was shown."""
        empty(self._column)
        for item in items:
            card = WhyCard(item, today, may_change=may_change)
            card.rule_wanted.connect(self.rule_wanted)
            self._column.addWidget(card)
        if not items:
            words = self.tr("No rule names this patient now or in the next seven days.")
            self._column.addWidget(Label(words, "secondary", wraps=True))
        self._column.addStretch(1)


class WhyDialog(QDialog):
    """What is due for one patient now or soon. A link leads to the rule, for who may change it."""

    def __init__(self, desk: Desk, row: RegistryRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(self.tr("Why is this here?"))
        self.panel = WhyPanel()
        self.items = due_soon(row)
        may_change = desk.may(Permission.CHANGE_PRACTICE)
        self.panel.show_items(self.items, row.today, may_change=may_change)
        self.done_button = Button(self.tr("Close"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.done_button, QDialogButtonBox.ButtonRole.RejectRole)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.panel)
        area.setAccessibleName(self.windowTitle())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), "section"))
        column.addWidget(PatientStrip(Subject.of_row(row)))
        column.addWidget(area, 1)
        column.addWidget(buttons)
        open_at(self, WIDTH, HEIGHT)

        buttons.rejected.connect(self.reject)
        self.panel.rule_wanted.connect(self._go_to_rule)

    @Slot(str)
    def _go_to_rule(self, name: str) -> None:
        self.accept()
        self._desk.setting_wanted.emit(name)
