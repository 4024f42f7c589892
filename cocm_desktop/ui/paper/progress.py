"""How far a print job is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from cocm_desktop.ui.paper.printing import PaperPrinting
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.labels import Label


class PrintProgress(QWidget):
    """Hidden while nothing is being printed."""

    def __init__(self, printing: PaperPrinting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = LinkButton(self.tr("Stop printing"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.hide()

        printing.progressed.connect(self._show)
        printing.finished.connect(self.hide)
        printing.failed.connect(self.hide)
        self.stop.clicked.connect(printing.cancel)

    @Slot(int, int)
    def _show(self, done: int, count: int) -> None:
        words = self.tr("Printing page %1 of %2").replace("%1", str(done))
        self.words.setText(words.replace("%2", str(count)))
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        self.show()
