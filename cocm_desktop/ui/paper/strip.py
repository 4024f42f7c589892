"""The strip above the pages: which page is in sight, of what, and how large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.ui.paper.view import PaperView
from cocm_desktop.ui.paper.zoom import CHOICES, STEPS, Percent, Zoom, words_of
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import IconButton
from cocm_desktop.ui.widgets.fields import ChoiceField, NumberField
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label


class PageStrip(QWidget):
    """Says what the view shows and asks it for something else."""

    zoom_wanted = Signal(object)  # Zoom

    def __init__(self, view: PaperView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.back = IconButton(self.tr("Previous page (Page Up)"), "chevron-left")
        self.on = IconButton(self.tr("Next page (Page Down)"), "chevron-right")
        self.number = NumberField()
        self.count = Label("", "secondary")
        self.facts = ElidingLabel("", "secondary")
        self.smaller = IconButton(self.tr("Smaller (Ctrl+−)"), "zoom-out")
        self.larger = IconButton(self.tr("Larger (Ctrl++)"), "zoom-in")
        self.zoom = ChoiceField[Zoom]([(zoom, self.tr(words_of(zoom))) for zoom in CHOICES])
        self._build()

        self.back.clicked.connect(lambda: view.go_to(view.page - 1))
        self.on.clicked.connect(lambda: view.go_to(view.page + 1))
        self.number.valueChanged.connect(self._go)
        self.smaller.clicked.connect(lambda: view.step_zoom(-1))
        self.larger.clicked.connect(lambda: view.step_zoom(1))
        self.zoom.activated.connect(self._choose_zoom)
        view.page_changed.connect(self._show_page)
        view.zoom_changed.connect(self._show_zoom)

    def show_count(self, count: int) -> None:
        """Offer the pages of another paper."""
        self.number.setRange(1, count)
        self.count.setText(self.tr("of %1").replace("%1", str(count)))
        self._show_page(self._view.page)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _build(self) -> None:
        self.number.setKeyboardTracking(False)
        self.number.setAccessibleName(self.tr("Page"))
        self.zoom.setAccessibleName(self.tr("Size on screen"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        turning: tuple[QWidget, ...] = (self.back, self.number, self.count, self.on)
        sizing: tuple[QWidget, ...] = (self.smaller, self.zoom, self.larger)
        for widget in turning:
            row.addWidget(widget)
        row.addSpacing(16)
        row.addWidget(self.facts, 1)
        for widget in sizing:
            row.addWidget(widget)
        self._fit()

    @Slot(int)
    def _go(self, number: int) -> None:
        if number != self._view.page:
            self._view.go_to(number)

    @Slot(int)
    def _show_page(self, number: int) -> None:
        self.number.setValue(number)
        self.back.setEnabled(number > 1)
        self.on.setEnabled(number < self.number.maximum())

    @Slot()
    def _choose_zoom(self) -> None:
        self._view.set_zoom(self.zoom.choice())

    @Slot()
    def _show_zoom(self) -> None:
        self.zoom.choose(self._view.zoom)
        self.larger.setEnabled(self._view.zoom != Percent(STEPS[-1]))
        self.smaller.setEnabled(self._view.zoom != Percent(STEPS[0]))

    def _fit(self) -> None:
        self.number.setFixedWidth(theme_of(self).px(56))
