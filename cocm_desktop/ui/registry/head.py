"""The head of the registry: whose patients, which view, and the buttons over the table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.registry.filters import CaseloadField
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label

GAP = 8


class RegistryHead(QWidget):
    """Title and buttons on one line; on two where the window is narrow or the text large."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subtitle = ElidingLabel("", "secondary")
        self.hidden_due = LinkButton("")
        self.clear = LinkButton(self.tr("Clear filters"))
        self.caseload = CaseloadField(desk.staff)
        self.views = Button(self.tr("Views"), "eye")
        self.filter = Button(self.tr("Filter"), "filter")
        self.table = Button(self.tr("Table"), "columns")
        self.add_patient = PrimaryButton(self.tr("New patient"), "user-plus")
        self.add_patient.setVisible(desk.may(Permission.CHANGE_PATIENT))
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)
        self._titles = QWidget()
        titles = QHBoxLayout(self._titles)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(GAP)
        titles.addWidget(Label(self.tr("Registry"), "title"))
        titles.addWidget(self.subtitle, 1)
        titles.addWidget(self.hidden_due)
        titles.addWidget(self.clear)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, gap=GAP)
        for button in self.buttons:
            flow.addWidget(button)
        self._line.addWidget(self._titles, 1)
        self._line.addWidget(self._buttons)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        return (self.caseload, self.views, self.filter, self.table, self.add_patient)

    def offer(self, menu: Sequence[QAction | None]) -> None:
        """Put what can be done with the whole table into its menu; None parts it."""
        found = QMenu(self)
        for action in menu:
            if action is None:
                found.addSeparator()
            else:
                found.addAction(action)
        self.table.setMenu(found)

    def say(self, subtitle: str, *, hidden: int, is_filtered: bool) -> None:
        self.subtitle.setText(subtitle)
        self.hidden_due.setText(self.tr("Hidden by the filter: %n due", "", hidden))
        self.hidden_due.setVisible(bool(hidden))
        self.clear.setVisible(is_filtered)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Put the buttons below the title where both do not fit beside each other."""
        shown = [button for button in self.buttons if not button.isHidden()]
        wanted = sum(button.sizeHint().width() + GAP for button in shown) - GAP
        fits = wanted + 2 * GAP + self._titles_width() <= self.width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if way != self._line.direction():
            self._line.setDirection(way)
        self._buttons.setMinimumWidth(wanted if fits else 0)
        self._line.setAlignment(self._buttons, Qt.AlignmentFlag(0))

    def _titles_width(self) -> int:
        subtitle = self.subtitle.fontMetrics().horizontalAdvance(self.subtitle.text())
        layout = self._titles.layout()
        others = 0
        for number in range(layout.count() if layout else 0):
            item = layout.itemAt(number) if layout else None
            widget = item.widget() if item else None
            if widget is not None and widget is not self.subtitle and not widget.isHidden():
                others += widget.sizeHint().width() + GAP
        return others + subtitle + GAP
