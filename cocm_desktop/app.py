"""The composition root: the one module that sees every layer, and puts them together.

The first window is painted before the libraries behind it are loaded, and the command line never
loads Qt: so nothing heavy is imported at the top.
"""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cocm_desktop.no_dumps import leave_no_dump

if TYPE_CHECKING:
    from cocm_desktop.actions.session import Place
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.lock import LockCause
    from cocm_desktop.domain.practice import Practice
    from cocm_desktop.domain.recovery_code import RecoveryCode
    from cocm_desktop.domain.staff import StaffDraft
    from cocm_desktop.storage.backup import Backup
    from cocm_desktop.ui.computer import Computer
    from cocm_desktop.ui.door import (
        Door,
        FolderLook,
        FoundBackup,
        GivenSecret,
        MovedTo,
        RestoredClinic,
    )
    from cocm_desktop.ui.first_run.wizard import FirstRunWizard
    from cocm_desktop.ui.main_window import MainWindow
    from cocm_desktop.ui.work import Work

COMMAND_LINE = "cocm"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or do one command without it; give the program's exit code."""
    leave_no_dump()
    given = list(sys.argv[1:] if argv is None else argv)
    options = window_options(given)
    if options is not None:
        return _open_window(options)
    from cocm_desktop.commands.main import main as command

    return command(given)


def window_options(given: Sequence[str]) -> Namespace | None:
    """Read the few options of the window; None where a command or its help is asked for."""
    if not given and Path(sys.argv[0]).stem == COMMAND_LINE:
        return None
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--data", nargs="?", default="")
    known, rest = parser.parse_known_args(given)
    return None if rest else known


def clock(zone: ZoneInfo | None) -> datetime:
    """Tell the time in a zone, or in this computer's own."""
    return datetime.now(UTC).astimezone(zone)


def _open_window(options: Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    from cocm_desktop import logs, paths
    from cocm_desktop.ui.computer import Computer
    from cocm_desktop.ui.one_window import OneWindow
    from cocm_desktop.ui.program import Program
    from cocm_desktop.ui.system_lock.here import sources_here
    from cocm_desktop.ui.tidying import Tidying
    from cocm_desktop.ui.trouble import show_trouble
    from cocm_desktop.ui.work import ThreadedWork

    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName(paths.PROGRAM)
    computer = Computer(paths.settings_file())
    folder = _folder(options, computer)
    one_window = OneWindow(folder)
    if not one_window.is_first():
        return 0
    crashes = logs.start(paths.log_folder())
    logs.catch_errors(show_trouble)
    logs.note("program.started")
    tidying = Tidying()
    tidying.begin()
    work = ThreadedWork()
    door = ClinicDoor(folder, is_sample=options.demo)
    program = Program(door, Rooms(), work=work, computer=computer, system=sources_here())
    one_window.called.connect(program.come_to_front)
    program.begin()
    ended = app.exec()
    program.end()
    tidying.end()
    one_window.close()
    if crashes is not None:
        logs.stop(crashes)
    return ended


def _folder(options: Namespace, computer: Computer) -> Path:
    from cocm_desktop import paths

    if options.data:
        return Path(options.data).absolute()
    if options.demo:
        return paths.sample_folder()
    remembered = computer.settings.data_folder
    return Path(remembered) if remembered else paths.default_data_folder()


class ClinicDoor:
    """The way into one folder. Its libraries load when it is first used."""

    def __init__(self, folder: Path, *, is_sample: bool = False) -> None:
        self.folder = folder
        self.is_sample = is_sample

    def at(self, folder: Path) -> Door:
        return ClinicDoor(folder)

    def look(self) -> FolderLook:
        from cocm_desktop.actions.moving import is_misplaced, where_it_went
        from cocm_desktop.actions.restore import may_replace
        from cocm_desktop.actions.sample.opening import PASSWORD
        from cocm_desktop.actions.session import sign_ins_of, state_of
        from cocm_desktop.errors import Refused
        from cocm_desktop.storage.folder_state import FolderState
        from cocm_desktop.ui.door import FolderLook

        place = self._place()
        state = state_of(place)
        if state is FolderState.MOVED:
            return FolderLook(state.value, moved_to=where_it_went(place))
        if state is FolderState.CLINIC and (harm := is_misplaced(place)):
            return FolderLook(harm, is_misplaced=True)
        if state is FolderState.CLINIC:
            known = PASSWORD if self.is_sample else ""
            names = sign_ins_of(place)
            return FolderLook(state.value, holds_clinic=True, sign_ins=names, known_password=known)
        try:
            place.door().require_room(is_sample=self.is_sample)
        except Refused as refusal:
            return FolderLook(str(refusal), is_harmed=may_replace(place))
        return FolderLook(state.value, may_be_created_in=True)

    def unlock(self, sign_in: str, password: str, *, upgrade: bool = False) -> Workspace:
        from cocm_desktop.actions.session import unlock

        return unlock(self._place(), sign_in, password, upgrade=upgrade)

    def unlock_older(self, sign_in: str, password: str, reason: str) -> Workspace:
        from cocm_desktop.actions.session import unlock

        return unlock(replace(self._place(), accept_older=reason), sign_in, password)

    def recover(
        self, code: RecoveryCode, *, sign_in: str, password: str, upgrade: bool = False
    ) -> Workspace:
        from cocm_desktop.actions.session import recover

        return recover(self._place(), code, sign_in=sign_in, password=password, upgrade=upgrade)

    def create(
        self, practice: Practice, owner: StaffDraft, *, password: str, code: RecoveryCode
    ) -> Workspace:
        from cocm_desktop.actions.session import NewClinic, create_clinic

        return create_clinic(self._place(), NewClinic(practice, owner, password), code)

    def sheet(self, practice_name: str, code: RecoveryCode) -> bytes:
        from cocm_desktop.actions.recovery_sheet import sheet_of_new_clinic

        return sheet_of_new_clinic(practice_name, code, clock(None).date())

    def find_backups(self, folder: Path | None) -> tuple[FoundBackup, ...]:
        from cocm_desktop.actions.restore import find_backups

        return tuple(self._found(each) for each in find_backups(folder or self.folder))

    def look_at_backup(self, file: Path) -> FoundBackup:
        from cocm_desktop.actions.restore import check_backup, may_replace, sign_ins_in

        place = self._place()
        found = self._found(check_backup(file))
        names = sign_ins_in(place, file)
        return replace(found, sign_ins=names, replaces=may_replace(place))

    def restore(self, file: Path, secret: GivenSecret) -> RestoredClinic:
        from cocm_desktop.actions.restore import Secret, restore_over
        from cocm_desktop.ui.door import RestoredClinic

        given = Secret(secret.sign_in, secret.password, secret.code)
        done = restore_over(self._place(), file, given)
        return RestoredClinic(self._here(done.backup.as_of), done.kept, done.is_keys_only)

    def damage_words(self) -> str:
        from cocm_desktop.actions.rescue import last_good_backup, rescue_words

        place = self._place()
        return rescue_words(last_good_backup(place), None, place)

    def rescue(self, folder: Path, secret: GivenSecret) -> str:
        from cocm_desktop.actions.rescue import rescue_records
        from cocm_desktop.actions.restore import Secret

        given = Secret(secret.sign_in, secret.password, secret.code)
        return rescue_records(self._place(), given, folder).words

    def _found(self, backup: Backup) -> FoundBackup:
        from cocm_desktop.ui.backup.words import rows_words, why_words
        from cocm_desktop.ui.door import FoundBackup

        made_at = self._here(backup.as_of)
        holds = rows_words(backup.contents.rows)
        return FoundBackup(backup.path, made_at, holds, why_words(backup.label))

    def _here(self, moment: datetime) -> datetime:
        """Give a moment in this computer's own time: no clinic is open that knows another."""
        return moment.astimezone(self._place().clock(None).tzinfo)

    def move(self, to: Path) -> MovedTo:
        from cocm_desktop.actions.moving import free_folder, move_clinic
        from cocm_desktop.ui.door import MovedTo

        place = self._place()
        moved = move_clinic(place, replace(place, folder=free_folder(to)))
        return MovedTo(moved.to, moved.old_files)

    def open_sample(self) -> Workspace:
        from cocm_desktop.actions.sample.opening import open_sample_clinic

        return open_sample_clinic(self._place())

    def lock(self, workspace: Workspace, cause: LockCause) -> None:
        from cocm_desktop.actions.locking import lock_because

        lock_because(workspace, cause)

    def _place(self) -> Place:
        from cocm_desktop.actions.session import Place

        return Place(self.folder, clock)


class Rooms:
    """The windows behind the first one, loaded when they are wanted or when there is time."""

    def warm_up(self) -> None:
        """Load what the next window needs; runs on the worker while somebody types a password."""
        for name in ("actions.session", "ui.main_window", "ui.screens", "printing.review_packet"):
            import_module(f"cocm_desktop.{name}")
        # What is loaded stays. To look for garbage in it again and again would halt the window.
        gc.freeze()

    def main_window(self, workspace: Workspace, work: Work, computer: Computer) -> MainWindow:
        from cocm_desktop.ui.desk import Desk
        from cocm_desktop.ui.main_window import MainWindow
        from cocm_desktop.ui.screens import PLACES

        window = MainWindow(Desk(workspace, work, computer=computer), PLACES)
        window.desk.setParent(window)
        return window

    def wizard(self, door: Door, work: Work) -> FirstRunWizard:
        from cocm_desktop.ui.first_run.wizard import FirstRunWizard

        return FirstRunWizard(door, work)

    def open_sample_beside(self) -> None:
        """Start another program on the sample clinic: the two never share a window."""
        from PySide6.QtCore import QProcess

        own = [] if getattr(sys, "frozen", False) else [sys.argv[0]]
        QProcess.startDetached(sys.executable, [*own, "--demo"])
