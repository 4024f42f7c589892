"""A dialog that asks what to print, and shows the paper instead of saving anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.papers import Paper
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperDialog, PaperRequest
from cocm_desktop.ui.widgets.form_dialog import FormDialog


class PreviewDialog(FormDialog):
    """Stays open with the reason where the paper cannot be made."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def request(self) -> PaperRequest:
        """Give what is asked for as it is chosen now, or raise Refused."""
        raise NotImplementedError

    @Slot()
    @override
    def _save(self) -> None:
        try:
            request = self.request()
        except CocmError as error:
            self._show(error)
            return

        def show(paper: Paper) -> None:
            self._set_busy(busy=False)
            window = self.parentWidget()
            self.accept()
            PaperDialog(self.desk, request, paper, parent=window).open()

        self._set_busy(busy=True)
        self.desk.read(request.make, show, failed=self._show)
