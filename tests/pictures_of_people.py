"""Pictures of people: the staff, a given password, proof, emergencies, the pause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.staff import read_staff
from cocm_desktop.domain.ids import EmergencyAccessId
from cocm_desktop.domain.sitting import EMERGENCY_LASTS, EmergencyAccess, Sitting
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.emergency.dialogs import TakeEmergencyDialog
from cocm_desktop.ui.emergency.page import EmergencyPage
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.proof_dialog import ProofDialog
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.staff.password_dialog import GivePasswordDialog
from cocm_desktop.ui.work import InlineWork
from tests.pictures_of_patients import Stage, opened

REASON = "A patient phoned and said good-bye; nobody clinical answers."


def of_role(stage: Stage, role: Role) -> StaffMember:
    return next(each for each in read_staff(stage.workspace) if each.is_a(role))


def settings_at(stage: Stage, part: str) -> QWidget:
    stage.window.go("settings")
    if stage.window.screen_shown is not None:
        stage.window.screen_shown.show_part(part)
    return stage.window


def staff(stage: Stage) -> QWidget:
    return settings_at(stage, "Staff")


def emergencies(stage: Stage) -> QWidget:
    window = settings_at(stage, "Emergency access")
    page = window.findChild(EmergencyPage)
    if page is not None:
        page.table.select_row(0)
    return window


def under_the_red_bar(stage: Stage) -> QWidget:
    """The registry as the front desk sees it in an emergency."""
    young, now = of_role(stage, Role.FRONT_DESK), stage.workspace.now()
    sitting = Sitting(proved_at=now)
    access = EmergencyAccess(EmergencyAccessId("1"), young.id, REASON, now, now + EMERGENCY_LASTS)
    ticks_ms = stage.workspace.stamp().ticks_ms
    sitting.begin_emergency(access, now, ticks_ms=ticks_ms)
    workspace = replace(stage.workspace, staff=young, sitting=sitting)
    window = MainWindow(Desk(workspace, InlineWork()), PLACES)
    window.go("registry")
    return window


def told(stage: Stage) -> QWidget:
    stage.window.go("registry")
    stage.window.waiting.show_count(1)
    return stage.window


def taking(stage: Stage) -> QDialog:
    desk = Desk(replace(stage.workspace, staff=of_role(stage, Role.FRONT_DESK)), InlineWork())
    dialog = opened(TakeEmergencyDialog(desk, stage.window))
    dialog.reason.setPlainText(REASON)
    return dialog


def proving(stage: Stage) -> QDialog:
    return opened(ProofDialog(stage.desk, stage.window))


def giving(stage: Stage) -> QDialog:
    young = of_role(stage, Role.FRONT_DESK)
    dialog = opened(GivePasswordDialog(stage.desk, young, stage.window))
    dialog.password.entry.setText("violet tractor ozone hymn")
    return dialog


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "people-staff": staff,
    "people-emergencies": emergencies,
    "people-red-bar": under_the_red_bar,
    "people-told": told,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "people-emergency": taking,
    "people-proof": proving,
    "people-given-password": giving,
}
