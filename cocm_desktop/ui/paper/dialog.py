"""A paper in a window of its own, over whatever screen it was asked from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.widgets.room import open_at

SIZE = (1180, 760)


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """How a paper is made, anew too, and what it is called. No word of it names a patient."""

    make: Callable[[Workspace], Paper]
    title: str
    name: str
    facts: str = ""


class PaperDialog(QDialog):
    """Shows, prints and saves the paper; closing it forgets the pages."""

    def __init__(
        self, desk: Desk, request: PaperRequest, paper: Paper, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request = request
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(request.title)
        self.page = PaperPage(desk, self.tr("Close"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        open_at(self, *SIZE)
        self.page.left.connect(self.reject)
        self.page.new_wanted.connect(self._make_again)
        self.finished.connect(self._forget)
        desk.changed.connect(self._note_change)
        self._show(paper)

    def _show(self, paper: Paper) -> None:
        request = self._request
        facts = self.tr("Records as of %1").replace("%1", long_moment(paper.as_of))
        shown = ShownPaper(paper, request.title, request.facts or facts, request.name)
        self.page.show_paper(shown)

    @Slot(object)
    def _note_change(self, _change: object) -> None:
        self.page.mark_stale()

    @Slot()
    def _forget(self) -> None:
        self.page.put_away()

    @Slot()
    def _make_again(self) -> None:
        self._desk.read(self._request.make, self._show)


def preview(
    desk: Desk,
    request: PaperRequest,
    window: QWidget,
    *,
    failed: Callable[[CocmError], object] | None = None,
    done: Callable[[], object] | None = None,
) -> None:
    """Make the paper and show it; where that is refused, the message bar or `failed` hears it."""

    def show(paper: Paper) -> None:
        PaperDialog(desk, request, paper, parent=window).open()
        if done is not None:
            done()

    desk.read(request.make, show, failed=failed)
