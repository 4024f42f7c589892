"""Opens the form of a draft again: the patient's chart first, then the form over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from cocm_desktop.domain.draft import Draft
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.time_log.meeting_dialog import RecordMeetingDialog

if TYPE_CHECKING:
    from cocm_desktop.ui.main_window import MainWindow

OF_A_PATIENT: Final = {
    "close", "contact", "enroll", "flag", "measure", "patient", "refer", "review", "safety",
    "start", "task", "time",
}  # fmt: skip
"""The forms that an action about the chosen patient opens; all but one bear the action's name."""
CORRECTED: Final = {"measure", "time"}
LOOKS_EVERY_MS: Final = 50
MOST_LOOKS: Final = 100


class Resuming(QObject):
    """Waits until the chart is there: it is read in the background."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._draft: Draft | None = None
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self._look)
        window.desk.draft_wanted.connect(self.go_on)

    @Slot(object)
    def go_on(self, draft: Draft) -> None:
        """Open the form in which the draft is offered, or say where it is."""
        self._draft, self._looks = draft, 0
        if draft.patient_id:
            self._window.open_patient(draft.patient_id)
            self._timer.start()
            self._look()
        else:
            self._of_nobody.get(draft.place.kind, self._tell)()

    @property
    def _of_nobody(self) -> dict[str, Callable[[], object]]:
        """The forms that are about no patient yet."""
        window = self._window
        return {
            "task": lambda: NewTaskDialog(window.desk, window).open(),
            "patient": lambda: PatientDetailsDialog(window.desk, parent=window).open(),
            "meeting": lambda: RecordMeetingDialog(window.desk, window).open(),
        }

    @Slot()
    def _look(self) -> None:
        """Open the form once the chart of its patient is shown."""
        self._looks += 1
        if not self._window.isVisible():  # the clinic was locked meanwhile
            self._timer.stop()
            return
        action = self._action()
        if action is not None and action.isEnabled() and action.isVisible():
            self._timer.stop()
            action.trigger()
        elif self._looks >= MOST_LOOKS or not self._has_action:
            self._timer.stop()
            self._tell()

    @property
    def _kind(self) -> str:
        return self._draft.place.kind if self._draft else ""

    @property
    def _has_action(self) -> bool:
        """Whether an action opens the form; the correction of a record is opened from its list."""
        draft = self._draft
        if draft is None or self._kind not in OF_A_PATIENT:
            return False
        return self._kind not in CORRECTED or draft.place.subject_id == draft.patient_id

    def _action(self) -> QAction | None:
        shown = self._window.screen_shown
        actions = shown.findChild(PatientActions) if shown else None
        subject = actions.subject if actions else None
        if actions is None or subject is None or self._draft is None:
            return None
        if subject.patient_id != self._draft.patient_id or not self._has_action:
            return None
        action = getattr(actions, "change" if self._kind == "patient" else self._kind)
        return action if isinstance(action, QAction) else None

    def _tell(self) -> None:
        title = self._draft.title if self._draft else ""
        words = self.tr("Your draft waits there: open “%1” to go on.").replace("%1", title)
        self._window.desk.told.emit(words)
