"""What is said beside a form about time while it is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cocm_desktop.domain.time_questions import TimeOutlook
from cocm_desktop.ui.widgets.labels import Label


class OutlookPanel(QWidget):
    """When the work began and ended, what it overlaps, what will not count, what is asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clock = Label("", "secondary")
        self.overlap = Label("", "problem", wraps=True)
        self.not_counted = Label("", "due", wraps=True)
        self.questions = Label("", "due", wraps=True)
        self.split = QCheckBox(self.tr("Save it as t&wo, split at midnight"))
        self.confirm = QCheckBox(self.tr("&Yes, it is right"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.clock, self.overlap, self.not_counted, self.split, self.questions):
            column.addWidget(widget)
        column.addWidget(self.confirm)
        self.show_outlook(TimeOutlook())

    def show_outlook(self, outlook: TimeOutlook) -> None:
        """Say all of it; what there is nothing to say of takes no room."""
        self.clock.setText(outlook.clock)
        self.overlap.setText(outlook.overlap)
        self.not_counted.setText("\n".join(outlook.not_counted))
        self.questions.setText("\n".join(outlook.questions))
        for label in (self.clock, self.overlap, self.not_counted, self.questions):
            label.setVisible(bool(label.text()))
        self.split.setVisible(outlook.may_be_split)
        self.confirm.setVisible(bool(outlook.questions))
        if not outlook.questions:
            self.confirm.setChecked(False)
        if not outlook.may_be_split:
            self.split.setChecked(False)
        self.confirm.setAccessibleDescription(self.questions.text())
