"""Help, in a window of its own, so that it can stand beside the work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.ui.help.pages import START, glossary, page
from cocm_desktop.ui.help.typography import set_page
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.room import open_at

GLOSSARY = "glossary"
KEYS = "keys"


class HelpWindow(QWidget):
    """One window for all help pages. A link to `registry.md` opens that page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Help – CoCM Desktop"))
        self._name = START
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("Help page"))
        self.text.setOpenLinks(False)
        self.text.setProperty("role", "page")
        first = Button(self.tr("First page"), "home")
        keys = Button(self.tr("Keys"), "list")
        words = Button(self.tr("Words"), "info-circle")

        row = QHBoxLayout()
        for button in (first, keys, words):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        open_at(self, 620, 640)

        first.clicked.connect(lambda: self.show_page(START))
        keys.clicked.connect(lambda: self.show_page(KEYS))
        words.clicked.connect(lambda: self.show_page(GLOSSARY))
        self.text.anchorClicked.connect(self._follow)

    @property
    def page_name(self) -> str:
        return self._name

    def show_page(self, name: str) -> None:
        """Show a page and come to the front."""
        self._name = name
        self._set_text()
        self.show()
        self.raise_()
        self.activateWindow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and self._name:
            self._set_text()

    @Slot(QUrl)
    def _follow(self, address: QUrl) -> None:
        self.show_page(address.fileName().removesuffix(".md"))

    def _set_text(self) -> None:
        written = glossary() if self._name == GLOSSARY else page(self._name)
        document = QTextDocument(self.text)
        set_page(document, written, theme_of(self))
        self.text.setDocument(document)
