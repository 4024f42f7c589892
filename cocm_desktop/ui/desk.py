"""The desk: everything a screen may ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.sitting import EmergencyAccess
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.errors import CocmError, ProofWanted, Refused
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.work import Work

T = TypeVar("T")
AskForProof = Callable[[Callable[[], None], Callable[[], None]], None]
"""Has the password typed once more, then calls the first; or the second where nobody does."""


class Desk(QObject):
    """Runs actions in the background and tells every open screen what they changed."""

    changed = Signal(object)
    """A Change: read again if one of its topics is shown."""
    unavailable = Signal(str)
    """What went wrong, what is safe, what to do next: for the message bar."""
    told = Signal(str)
    """Something that went well and is worth a line in the message bar."""
    patient_wanted = Signal(str)
    """A PatientId: the main window opens the chart."""
    chart_part_wanted = Signal(str, str)
    """A PatientId and the name of a part: the main window opens the chart there."""
    place_wanted = Signal(str)
    """The key of a Place: the main window goes there."""
    draft_wanted = Signal(object)
    """A Draft: the main window opens its form again."""
    setting_wanted = Signal(str)
    """The name of a clinical setting: the main window opens it among the rules."""

    def __init__(
        self,
        workspace: Workspace,
        work: Work,
        *,
        computer: Computer | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.computer = computer or Computer(parent=self)
        self._workspace = workspace
        self._work = work
        self._closed = False
        self.ask_for_proof: AskForProof | None = None
        """Set by the window: without it an action that wants proof is refused in words."""

    @property
    def staff(self) -> StaffMember:
        """Who is signed in."""
        return self._workspace.staff

    @property
    def instruments(self) -> Mapping[InstrumentId, Instrument]:
        """The scales that can be recorded."""
        return self._workspace.instruments

    @property
    def device(self) -> str:
        """The name of this computer, as it stands on what is recorded here."""
        return self._workspace.device

    @property
    def has_file(self) -> bool:
        """Whether the clinic is a file that can be backed up."""
        return self._workspace.clinic is not None

    @property
    def opening_notices(self) -> tuple[str, ...]:
        """What was found when the file was opened, in sentences."""
        return self._workspace.clinic.notices if self._workspace.clinic else ()

    def may(self, permission: Permission) -> bool:
        return self._workspace.may(permission)

    @property
    def must_choose_password(self) -> bool:
        """Whether somebody else chose the signed-in person's password: nothing else can be done."""
        return self._workspace.sitting.password_is_given

    @property
    def emergency(self) -> EmergencyAccess | None:
        """The emergency access that the signed-in person has now."""
        return self._workspace.emergency

    def today(self) -> date:
        return self._workspace.today()

    def now(self) -> datetime:
        return self._workspace.now()

    def read(
        self,
        question: Callable[[Workspace], T],
        show: Callable[[T], object],
        *,
        failed: Callable[[CocmError], object] | None = None,
    ) -> None:
        """Ask an action for values and show them. No record that a screen shows is changed.

        `failed` hears what a person may be told; without it the message bar does.
        """
        self._run(question, done=show, failed=failed or self.tell)

    def beside(
        self,
        task: Callable[[], T],
        done: Callable[[T], object],
        *,
        failed: Callable[[CocmError], object],
    ) -> None:
        """Run a long task that does not touch the open file, while reading and saving go on."""

        def fail(error: Exception) -> None:
            if not isinstance(error, CocmError):
                raise error
            self._call(failed, error)

        self._work.run_beside(task, done=lambda answer: self._call(done, answer), failed=fail)

    def do(
        self,
        action: Callable[[Workspace], Change],
        *,
        done: Callable[[], object],
        refused: Callable[[Refused], object],
        failed: Callable[[CocmError], object] | None = None,
    ) -> None:
        """Run an action that changes something, then tell every screen.

        A refusal goes to `refused`; any other trouble to `failed`, or to the message bar.
        """

        def finish(change: Change) -> None:
            self._call(done)
            self.changed.emit(change)

        def fail(error: CocmError) -> None:
            if isinstance(error, Refused):
                refused(error)
            else:
                (failed or self.tell)(error)

        self._run(action, done=finish, failed=fail)

    def tell(self, error: CocmError) -> None:
        """Show an error in the message bar."""
        self.unavailable.emit(str(error))

    def close(self) -> None:
        """Drop every answer that is still on its way: the clinic is being locked."""
        self._closed = True

    def open_again(self, workspace: Workspace) -> None:
        """Go on after a lock, in the same clinic and for the same person."""
        self._workspace = workspace
        self._closed = False

    def _run(
        self,
        question: Callable[[Workspace], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[CocmError], object],
    ) -> None:
        def fail(error: Exception) -> None:
            if not isinstance(error, CocmError):
                raise error
            if isinstance(error, ProofWanted) and self.ask_for_proof and not self._closed:
                self.ask_for_proof(run, lambda: self._call(failed, error))
                return
            self._call(failed, error)

        def run() -> None:
            self._start(question, done=done, fail=fail)

        run()

    def _start(
        self,
        question: Callable[[Workspace], T],
        *,
        done: Callable[[T], object],
        fail: Callable[[Exception], object],
    ) -> None:
        self._work.run(
            lambda: question(self._workspace),
            done=lambda answer: self._call(done, answer),
            failed=fail,
        )

    def _call(self, callback: Callable[..., object], *answer: object) -> None:
        """Call back, unless the clinic was locked or the widget that asked is gone."""
        asked = getattr(callback, "__self__", None)
        if self._closed or (isinstance(asked, QObject) and not isValid(asked)):
            return
        callback(*answer)
