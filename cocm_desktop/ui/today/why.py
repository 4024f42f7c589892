"""Why the chosen card is there, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cocm_desktop.domain.today_card import Act, Card, Lane
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import Card as Frame
from cocm_desktop.ui.widgets.labels import Label

HEIGHT = 42


class WhyPanel(Frame):
    """The rule, its inputs, its setting and its source in words, and the card's buttons."""

    act_wanted = Signal()
    done_wanted = Signal()
    delay_wanted = Signal()
    chart_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = Label("", "strong")
        self.why = QPlainTextEdit()
        self.why.document().setDocumentMargin(0)
        self.why.setReadOnly(True)
        self.why.setTabChangesFocus(True)
        self.why.setAccessibleName(self.tr("Why is this here?"))
        self.why.setStyleSheet("border: 0; padding: 0; background: transparent;")
        self.why.setFixedHeight(theme_of(self).px(HEIGHT))
        self.act = PrimaryButton("")
        self.done = Button(self.tr("Done"), "check")
        self.delay = Button(self.tr("Put off"), "clock")
        self.chart = Button(self.tr("Open chart"), "user")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for button in (self.chart, self.delay, self.done, self.act):
            head.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.why)
        self.body.addLayout(column)
        self.body.setContentsMargins(14, 8, 10, 8)
        pairs = (
            (self.act, self.act_wanted),
            (self.done, self.done_wanted),
            (self.delay, self.delay_wanted),
            (self.chart, self.chart_wanted),
        )
        for button, signal in pairs:
            button.clicked.connect(signal)
        self.delay.setToolTip(self.tr("Put off (Ctrl+;)"))

    def show_card(self, card: Card | None) -> None:
        """Explain another card; without one there is nothing to explain."""
        self.setVisible(card is not None)
        if card is None:
            return
        self.title.setText(self.tr("Why is this here?  %1").replace("%1", card.title))
        notes = "" if card.lane is Lane.WAITING or not card.note else f"{card.note}\n"
        self.why.setPlainText(f"{notes if not card.is_done else ''}{card.why}")
        is_task = card.act is Act.FINISH_TASK
        self.act.setText(card.act.value)
        self.act.setVisible(not card.is_done and not is_task and card.act is not Act.OPEN_CHART)
        self.done.setVisible(not card.is_done and is_task)
        self.delay.setVisible(card.can_put_off)
        self.chart.setVisible(card.patient_id is not None)
