"""The registry's two sides: the list, and a paper made of it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper


class RegistrySides(QStackedWidget):
    """The paper's side is made when the first paper is: most days nobody prints the list."""

    turned = Signal()
    """The other side is in sight."""

    def __init__(self, desk: Desk, listing: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.paper: PaperPage | None = None
        self.addWidget(listing)

    @property
    def shows_paper(self) -> bool:
        return self.paper is not None and self.paper.shown is not None

    @Slot(object)
    def show_paper(self, shown: ShownPaper) -> None:
        if self.paper is None:
            self.paper = PaperPage(self._desk, self.tr("Registry"))
            self.paper.left.connect(self.put_away)
            self.paper.again.hide()
            self.addWidget(self.paper)
        self.setCurrentWidget(self.paper)
        self.paper.show_paper(shown)
        self.turned.emit()

    @Slot()
    def put_away(self) -> None:
        if self.paper is not None:
            self.paper.put_away()
        self.setCurrentIndex(0)
        self.turned.emit()
