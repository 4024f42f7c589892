"""What stands beside a safety task: the practice's protocol, the safety plan, whom to call."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cocm_desktop.actions.safety_case import SafetyCase
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.labels import Label

WIDTH, HEIGHT = 330, 180


class BesidePanel(QFrame):
    """Read only. The protocol is the practice's own, or the one that came with the program."""

    plan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(theme_of(self).px(WIDTH))
        self.protocol = Label("", wraps=True)
        self.crisis = Label("", "strong", wraps=True)
        self.plan = Label("", wraps=True)
        self.open_plan = LinkButton(self.tr("Open the chart"), "chevron-right")
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addWidget(self.protocol)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setMinimumHeight(theme_of(self).px(HEIGHT))
        scroll.setAccessibleName(self.tr("Safety protocol"))
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(Label(self.tr("Safety protocol"), "strong"))
        column.addWidget(scroll, 1)
        column.addWidget(Label(self.tr("Safety plan"), "strong"))
        column.addWidget(self.plan)
        column.addWidget(self.open_plan)
        column.addWidget(Label(self.tr("In a crisis"), "strong"))
        column.addWidget(self.crisis)

        self.open_plan.clicked.connect(self.plan_wanted)

    def show_case(self, case: SafetyCase) -> None:
        self.protocol.setText(case.protocol)
        self.crisis.setText("\n".join(case.crisis))
        self.plan.setText(f"{case.plan_words}.")
