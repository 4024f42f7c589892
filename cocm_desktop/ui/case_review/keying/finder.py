"""Finding the page: the number on it, and a second mark of the patient."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.reply_keying import ReplyPage, next_open, page_of
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.case_review.keying.lines import EnterLine
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel

LONGEST_IDENTITY = 40


class PageFinder(Card):
    """Shows who the page is about only once both marks fit; then neither can be changed."""

    found = Signal()
    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._pages: Sequence[ReplyPage] = ()
        self.page: ReplyPage | None = None
        self.number = EnterLine()
        self.identity = EnterLine()
        self.name = Label("", "banner")
        self.facts = Label("", "secondary")
        self.other = LinkButton(self.tr("An&other page"))
        self.problems = ProblemLabel()
        self._build()

        self.number.entered.connect(self.identity.setFocus)
        self.identity.entered.connect(self._find)
        self.other.clicked.connect(self.other_wanted)

    @property
    def told(self) -> tuple[int | None, str]:
        """Give what is typed: the number of the page, and the second mark."""
        digits = self.number.text().strip()
        return int(digits) if digits.isdecimal() else None, self.identity.text()

    def offer(self, pages: Sequence[ReplyPage], *, after: int = 0) -> None:
        """Take the pages of a packet, and propose the next one without a review."""
        self._pages = pages
        self.page = None
        ahead = next_open(pages, after=after)
        self.number.setText(str(ahead.number) if ahead else "")
        self.identity.clear()
        self.problems.clear_problems()
        self._show_page()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Down leaves out a page that came back empty."""
        if event.key() == Qt.Key.Key_PageDown and self.page is None:
            self.offer(self._pages, after=self.told[0] or 0)
            self.identity.setFocus()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _find(self) -> None:
        self.problems.clear_problems()
        try:
            self.page = page_of(self._pages, *self.told)
        except CocmError as refusal:
            fields = {"number": self.number, "identity": self.identity}
            self.problems.show_error(refusal, fields)
            return
        self._show_page()
        self.found.emit()

    def _show_page(self) -> None:
        page = self.page
        for field in (self.number, self.identity):
            field.setEnabled(page is None)
        self.other.setVisible(page is not None)
        self.name.setVisible(page is not None)
        if page is None:
            words = self.tr(
                "Both stand at the top of the page. Enter finds it; Page Down skips an empty page."
            )
            self.facts.setText(words)
            return
        self.name.setText(page.name)
        born = f"{self.tr('born')} {long_date(page.born_on)} ({page.age} y)"
        number = f"{self.tr('MRN')} {page.mrn}" if page.mrn else self.tr("no MRN")
        self.facts.setText(f"{born} · {number}")
        self.name.setAccessibleName(f"{page.name}, {self.facts.text()}")

    def _build(self) -> None:
        theme = theme_of(self)
        self.number.setFixedWidth(theme.px(56))
        self.number.setMaxLength(4)
        self.identity.setFixedWidth(theme.px(150))
        self.identity.setMaxLength(LONGEST_IDENTITY)
        row = QHBoxLayout()
        row.setSpacing(8)
        fields = (
            (self.tr("&Case"), self.number),
            (self.tr("MRN or &birth year"), self.identity),
        )
        for words, field in fields:
            label = Label(words, "field")
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            row.addWidget(label)
            row.addWidget(field)
            row.addSpacing(8)
        row.addStretch(1)
        row.addWidget(self.other)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self.name)
        who.addWidget(self.facts)
        self.body.addLayout(row)
        self.body.addLayout(who)
        self.body.addWidget(self.problems)
