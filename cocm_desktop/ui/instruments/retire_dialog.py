"""Offering an instrument of the clinic no more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.instruments import retire_pack
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog


class RetireDialog(RecordDialog):
    def __init__(self, desk: Desk, instrument: Instrument, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._instrument = instrument
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        title = self.tr("Retire %1").replace("%1", str(instrument.id))
        self.set_words(title, self.tr("Retire"))
        words = self.tr(
            "It is not offered for new forms any more. What was recorded with it stays, and keeps "
            "its meaning. A newer version can be added later."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(retire_pack, instrument_id=self._instrument.id, reason=self.reason.text())
