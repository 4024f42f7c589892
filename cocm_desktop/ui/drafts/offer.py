"""Asks at the head of a form whether what was typed there before is continued."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.domain.draft import Draft
from cocm_desktop.domain.wording import clock_time, long_date
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import Label


class DraftOffer(QFrame):
    """Until one of the two is chosen the form waits, so that neither text is lost."""

    continued = Signal()
    discarded = Signal()

    def __init__(self, draft: Draft, device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        where = self.tr(" on %1").replace("%1", draft.device) if draft.device != device else ""
        words = self.tr("On %1 at %2 you typed here%3 and did not save it.")
        words = words.replace("%1", long_date(draft.kept_at.date()))
        words = words.replace("%2", clock_time(draft.kept_at)).replace("%3", where)
        self.words = Label(words, wraps=True)
        self.go_on = PrimaryButton(self.tr("Continue the draft"))
        self.discard = Button(self.tr("Discard the draft"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.discard)
        row.addWidget(self.go_on)
        self.go_on.clicked.connect(self.continued)
        self.discard.clicked.connect(self.discarded)
