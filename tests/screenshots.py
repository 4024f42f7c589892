"""Pictures of every screen of the sample clinic and of every page, for people to look at.

    python -m tests.screenshots [PART OF A NAME …]

A new screen is one line in SCREENS, DIALOGS or PAPERS.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

import pypdfium2
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from cocm_desktop.actions.backup import back_up
from cocm_desktop.actions.importing import write_template
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.recovery_sheet import sheet_of_clinic
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.sample.clinic import make_sample_clinic
from cocm_desktop.actions.session import Place, lock, new_recovery_code
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.errors import WrongSecret
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.first_run.wizard import FirstRunWizard
from cocm_desktop.ui.importing.screen import ImportScreen
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.paper.lock_dialog import LockPaperDialog
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.staff.member_dialog import AddMemberDialog
from cocm_desktop.ui.staff.recovery_dialog import NewRecoveryCodeDialog
from cocm_desktop.ui.theme import Scheme, apply_theme
from cocm_desktop.ui.trouble import TroubleDialog
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.work import InlineWork
from tests import (
    pictures_of_audit,
    pictures_of_background,
    pictures_of_backups,
    pictures_of_bill_papers,
    pictures_of_billing,
    pictures_of_chain,
    pictures_of_charges,
    pictures_of_claims,
    pictures_of_episodes,
    pictures_of_keying,
    pictures_of_letters,
    pictures_of_lock,
    pictures_of_loop,
    pictures_of_measures,
    pictures_of_meds,
    pictures_of_meetings,
    pictures_of_merging,
    pictures_of_packets,
    pictures_of_patient_papers,
    pictures_of_patients,
    pictures_of_people,
    pictures_of_places,
    pictures_of_plans,
    pictures_of_privacy,
    pictures_of_registry,
    pictures_of_rules,
    pictures_of_safety,
    pictures_of_sealed_notes,
    pictures_of_sheets,
    pictures_of_tasks,
    pictures_of_time,
    pictures_of_timer,
)
from tests.storage.clinics import CHEAP, SharesInMemory
from tests.ui.doors import DoorOf
from tests.ui.keys import press

FOLDER = Path("build/screenshots")
SIZE = (1366, 768)
NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("America/New_York"))
LOOKS = {"light": (Scheme.LIGHT, 100), "dark": (Scheme.DARK, 100), "large": (Scheme.LIGHT, 150)}
PASSWORD = "violet tractor ozone hymn"
DOTS_PER_INCH = 110
ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Stage:
    """What a picture is taken of: the window of the sample clinic's care manager."""

    window: MainWindow
    desk: Desk
    workspace: Workspace
    door: DoorOf

    def place(self, key: str) -> QWidget:
        self.window.go(key)
        return self.window

    def pressed(self, key: str, *keys: str) -> QWidget:
        """Go to a place and press keys there; only an active window hears them."""
        self.window.go(key)
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        if self.window.screen_shown is not None:
            press(self.window.screen_shown, *keys)
        return self.window

    def chart(self, which: Callable[[RegistryRow], bool], tab: int = 0) -> QWidget:
        rows = read_registry(self.workspace).rows
        found = next((row for row in rows if which(row)), rows[0])
        self.window.open_patient(PatientId(found.patient_id))
        shown = self.window.screen_shown
        tabs = getattr(shown, "tabs", None)
        if tabs is not None:
            tabs.setCurrentIndex(tab)
        return self.window

    def settings(self, title: str) -> QWidget:
        self.window.go("settings")
        tabs = self.window.findChild(QTabWidget)
        if tabs is not None:
            titles = [tabs.tabText(number) for number in range(tabs.count())]
            tabs.setCurrentIndex(titles.index(title))
        return self.window

    def import_list(self, *, checked: bool) -> QWidget:
        """Open a list of three: one new, one who may be here already, one who cannot be used."""
        file = self.door.folder.with_name("patient-list.csv")
        write_template(file)
        rows = "900001,Jonson,Dwayne,,,01/21/1976\r\n900002,UNK,UNK,,,01/01/1980\r\n"
        file.write_text(file.read_text(encoding="utf-8") + rows, encoding="utf-8")
        self.window.go("import")
        shown = self.window.screen_shown
        if isinstance(shown, ImportScreen):
            shown.open_file(file)
            if checked:
                shown.columns.check.click()
        return self.window

    def unlock(self) -> UnlockWindow:
        computer = Computer()
        computer.remember(self.door.folder, sign_in="mbell")
        computer.change(practice_name="Riverbend Family Medicine")
        return UnlockWindow(self.door, InlineWork(), computer=computer)

    def wrong_password(self) -> QWidget:
        window = self.unlock()
        window.sign_in.show_wrong_secret(
            WrongSecret("The sign-in name or the password is wrong. Nothing was opened. Try again.")
        )
        return window

    def recovery(self) -> QWidget:
        window = self.unlock()
        window.sign_in.link.click()
        return window

    def empty_door(self) -> DoorOf:
        return DoorOf(self.door.folder.with_name("nothing here"), NOW)

    def welcome(self) -> QWidget:
        return UnlockWindow(self.empty_door(), InlineWork(), computer=Computer())

    def set_up(self, page: int) -> QWidget:
        wizard = FirstRunWizard(self.empty_door(), InlineWork())
        wizard.practice.name.setText("Riverbend Family Medicine")
        wizard.owner.name.setText("Maya Bell")
        wizard.owner.password.entry.setText("three words")
        wizard.show_step(page)
        return wizard

    def help(self, page: str) -> QWidget:
        self.window.help.show_page(page)
        return self.window.help


AREAS = (
    pictures_of_audit,
    pictures_of_background,
    pictures_of_backups,
    pictures_of_billing,
    pictures_of_bill_papers,
    pictures_of_chain,
    pictures_of_charges,
    pictures_of_claims,
    pictures_of_episodes,
    pictures_of_keying,
    pictures_of_letters,
    pictures_of_lock,
    pictures_of_loop,
    pictures_of_measures,
    pictures_of_meds,
    pictures_of_meetings,
    pictures_of_merging,
    pictures_of_packets,
    pictures_of_patient_papers,
    pictures_of_patients,
    pictures_of_people,
    pictures_of_places,
    pictures_of_plans,
    pictures_of_privacy,
    pictures_of_registry,
    pictures_of_rules,
    pictures_of_safety,
    pictures_of_sealed_notes,
    pictures_of_tasks,
    pictures_of_time,
    pictures_of_timer,
)
"""Modules with more pictures: SCREENS and DIALOGS of their own."""

Shot = Callable[[Stage], QWidget]
SCREENS: dict[str, Shot] = {
    "unlock": Stage.unlock,
    "unlock-wrong": Stage.wrong_password,
    "unlock-recovery": Stage.recovery,
    "unlock-welcome": Stage.welcome,
    "setup-1-practice": lambda stage: stage.set_up(0),
    "setup-2-account": lambda stage: stage.set_up(1),
    "setup-3-code": lambda stage: stage.set_up(2),
    "setup-4-place": lambda stage: stage.set_up(3),
    "setup-5-start": lambda stage: stage.set_up(4),
    "registry": lambda stage: stage.place("registry"),
    "chart-summary": lambda stage: stage.chart(lambda row: len(row.phq9.scores) > 5),
    "chart-safety": lambda stage: stage.chart(lambda row: row.has_safety_open),
    "chart-contacts": lambda stage: stage.chart(lambda row: len(row.phq9.scores) > 5, 1),
    "chart-measures": lambda stage: stage.chart(lambda row: len(row.phq9.scores) > 5, 2),
    "chart-time": lambda stage: stage.chart(lambda row: row.seconds_this_month > 0, 3),
    "import-1-file": lambda stage: stage.place("import"),
    "import-2-columns": lambda stage: stage.import_list(checked=False),
    "import-3-check": lambda stage: stage.import_list(checked=True),
    "review": lambda stage: stage.place("review"),
    "review-packet": lambda stage: stage.pressed("review", "Ctrl+P"),
    "billing": lambda stage: stage.place("billing"),
    "billing-issued": lambda stage: stage.pressed("billing", "Ctrl+PgUp"),
    "billing-superbill": lambda stage: stage.pressed("billing", "Ctrl+P"),
    "settings-practice": lambda stage: stage.settings("Practice"),
    "settings-charges": lambda stage: stage.settings("Charges"),
    "settings-instruments": lambda stage: stage.settings("Instruments"),
    "settings-staff": lambda stage: stage.settings("Staff"),
    "settings-sign-in": lambda stage: stage.settings("My sign-in"),
    "settings-backup": lambda stage: stage.settings("Backup"),
    "settings-computer": lambda stage: stage.settings("This computer"),
    "settings-about": lambda stage: stage.settings("About"),
    "help-start": lambda stage: stage.help("start"),
    "help-keys": lambda stage: stage.help("keys"),
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "staff-add": lambda stage: AddMemberDialog(stage.desk, stage.window),
    "staff-new-code": lambda stage: NewRecoveryCodeDialog(stage.desk, stage.window),
    "paper-encrypt": lambda stage: LockPaperDialog(
        stage.desk, Paper(b"", "", NOW), stage.window
    ),
    "question": lambda stage: Question(
        "Switch off Jordan Reyes, RN?", "They can no longer sign in.", "Switch off",
        parent=stage.window,
    ),
    "trouble": lambda stage: TroubleDialog("builtins.ValueError\n  ui/rail.py:12 f", stage.window),
}  # fmt: skip


PAPERS: dict[str, Callable[[Workspace], bytes]] = {
    "packet": lambda workspace: print_packet(workspace, PacketChoice()).content,
    "recovery-code": lambda workspace: sheet_of_clinic(workspace, new_recovery_code()),
    **pictures_of_audit.PAPERS,
    **pictures_of_bill_papers.PAPERS,
    **pictures_of_loop.PAPERS,
    **pictures_of_letters.PAPERS,
    **pictures_of_packets.PAPERS,
    **pictures_of_patient_papers.PAPERS,
    **pictures_of_plans.PAPERS,
    **pictures_of_privacy.PAPERS,
    **pictures_of_registry.PAPERS,
    **pictures_of_safety.PAPERS,
    **pictures_of_sheets.PAPERS,
}


def use_screen() -> None:
    """Have Qt draw on a screen as small as the smallest we draw for, not on its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    screen = {"name": "small", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1]}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file = FOLDER / "screen.json"
    file.write_text(json.dumps({"screens": [screen | dots]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file.as_posix()}"


def main(wanted: Sequence[str]) -> None:
    """Take the pictures whose names hold one of the words; all of them without any."""
    began = time.perf_counter()
    use_screen()
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("there is an application without windows already")
    taken = 0
    with tempfile.TemporaryDirectory() as folder:
        door = DoorOf(Path(folder) / "sample", NOW)
        tools = KeyTools(CHEAP, SharesInMemory())
        place = Place(door.folder, NOW.astimezone, tools)
        workspace = make_sample_clinic(place, PASSWORD, new_recovery_code())
        back_up(workspace)
        for look, (scheme, percent) in LOOKS.items():
            apply_theme(app, scheme, percent=percent)
            taken += sum(1 for _ in _of_screens(workspace, door, look, wanted))
        taken += sum(1 for _ in _of_papers(workspace, wanted))
        lock(workspace)
    print(f"{taken} pictures in {FOLDER}, {time.perf_counter() - began:.1f} s")


def _of_screens(
    workspace: Workspace, door: DoorOf, look: str, wanted: Sequence[str]
) -> Iterator[Path]:
    desk = Desk(workspace, InlineWork())
    window = MainWindow(desk, PLACES)
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    stage = Stage(window, desk, workspace, door)
    pictures_of_timer.bare(stage)
    of_areas = {k: shot for area in AREAS for k, shot in (area.SCREENS | area.DIALOGS).items()}
    for name, shot in {**SCREENS, **of_areas, **DIALOGS}.items():
        if not _is_wanted(name, wanted):
            continue
        shown = shot(stage)
        shown.show()
        for _ in range(ROUNDS):  # wrapped text settles layout by layout
            QTest.qWait(5)
        file = FOLDER / f"{name}-{look}.png"
        shown.grab().save(str(file))
        if shown is not window:
            shown.close()
        yield file
    window.close()


def _of_papers(workspace: Workspace, wanted: Sequence[str]) -> Iterator[Path]:
    for name, make in PAPERS.items():
        if not _is_wanted(name, wanted):
            continue
        document = pypdfium2.PdfDocument(make(workspace))
        for number, page in enumerate(document, start=1):
            file = FOLDER / f"paper-{name}-{number:02}.png"
            page.render(scale=DOTS_PER_INCH / 72).to_pil().save(file)
            page.close()
            yield file
        document.close()


def _is_wanted(name: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(word in name for word in wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
