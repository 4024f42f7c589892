"""Keeps what is being typed in one form, every two seconds, until it is saved or discarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.draft import discard_draft, drop_draft, find_draft, keep_draft
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.draft import LONGEST_SECONDS_LOST, Draft, DraftPlace
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.drafts.values import put_values, values_of

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its keeper sees it. `is_touched` tells whether anything waits to be saved."""

    place: DraftPlace
    is_touched: Callable[[], bool]
    patient_id: str = ""
    values: Callable[[], Values] | None = None
    put: Callable[[Values], object] | None = None
    """How to take out and put in what is typed, where the fields alone do not say it."""


class DraftKeeper(QObject):
    """Belongs to the widget that the form is in, and ends with it."""

    offered = Signal(object)
    """A Draft of before: ask whether it is continued. Nothing is kept until that is known."""

    def __init__(self, desk: Desk, widget: QWidget, form: Form) -> None:
        super().__init__(widget)
        self._desk = desk
        self._widget = widget
        self._form = form
        self._kept: Values | None = None
        self._is_on_file = False
        self._waits: Draft | None = None
        self._is_told = False
        self._timer = QTimer(self)
        self._timer.setInterval(LONGEST_SECONDS_LOST * 1_000)
        self._timer.timeout.connect(self._keep_if_shown)

    @property
    def place(self) -> DraftPlace:
        return self._form.place

    def begin(self) -> None:
        """Look for a draft of before, and keep what is typed from now on."""
        self._timer.start()
        self._desk.read(partial(find_draft, place=self.place), self._offer, failed=_ignore)

    def keep(self) -> None:
        """Keep what is typed now, if it is anything new."""
        if self._waits is not None or not self._timer.isActive() or not self._form.is_touched():
            return
        values = self._form.values() if self._form.values else values_of(self._widget)
        if values == self._kept:
            return
        self._kept = values
        self._is_on_file = True
        question = partial(
            keep_draft,
            place=self.place,
            values=values,
            title=self._widget.windowTitle(),
            patient_id=self._form.patient_id,
        )
        self._desk.read(question, _ignore, failed=self._tell_once)

    def go_on(self) -> None:
        """Put what was typed before into the form."""
        draft, self._waits = self._waits, None
        if draft is not None:
            (self._form.put or partial(put_values, self._widget))(draft.values)
            self._kept, self._is_on_file = draft.values, True

    def discard(self) -> None:
        """Throw away what was kept: the person said so."""
        draft, self._waits, self._kept = self._waits, None, None
        if draft is not None:
            self._desk.do(partial(discard_draft, draft_id=draft.id), done=_ignore, refused=_ignore)

    def saving(self, action: Callable[[Workspace], Change]) -> Callable[[Workspace], Change]:
        """Have an action forget the draft in its own transaction: both are done, or neither."""
        if not self._is_on_file:
            return action

        def save(workspace: Workspace) -> Change:
            with workspace.database.write():
                change = action(workspace)
                drop_draft(workspace, self.place)
            return change

        return save

    def saved(self) -> None:
        """Begin anew: what was typed is saved, and its draft is forgotten."""
        self._kept, self._is_on_file = None, False

    def forget(self) -> None:
        """Begin anew: what was typed is given up."""
        if self._is_on_file:
            self._desk.read(partial(drop_draft, place=self.place), _ignore, failed=_ignore)
        self.saved()

    def end(self) -> None:
        """Keep nothing more. What was kept stays."""
        self._timer.stop()

    def _offer(self, draft: Draft | None) -> None:
        if draft is not None and self._timer.isActive():
            self._waits = draft
            self.offered.emit(draft)

    @Slot()
    def _keep_if_shown(self) -> None:
        if self._widget.window().isVisible():
            self.keep()

    def _tell_once(self, error: CocmError) -> None:
        """Say once that nothing is kept, not every other second; and try again."""
        self._kept = None
        if not self._is_told:
            self._desk.tell(error)
        self._is_told = True


def keep_all(within: QObject) -> None:
    """Keep what is being typed in every form of a window: the clinic is about to be locked."""
    for keeper in within.findChildren(DraftKeeper):
        keeper.keep()


def _ignore(*_answer: object) -> None:
    """Hear an answer that nobody waits for."""
