"""Pictures of setting up what a charge needs, and of a patient's coverage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.billing_settings import read_billing_settings
from cocm_desktop.actions.coverage import read_coverage, record_eligibility
from cocm_desktop.actions.payer import read_payers
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.domain.billing.charge_setup import SetupPlace
from cocm_desktop.domain.billing.eligibility import EligibilityDraft
from cocm_desktop.domain.billing.payer import Relation
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.charges.coverage_dialog import CoverageDialog
from cocm_desktop.ui.charges.coverage_form import CoverageFormDialog, EligibilityDialog
from cocm_desktop.ui.charges.payer_dialog import CoverNamedDialog, PayerDialog
from cocm_desktop.ui.charges.setting_dialog import ChangeBillingSettingDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.staff.member_dialog import ChangeMemberDialog
from tests.pictures_of_patients import Stage, opened, typed


def section(stage: Stage, name: str) -> QWidget:
    stage.window.go("settings")
    screen = stage.window.screen_shown
    if isinstance(screen, SettingsScreen):
        screen.tabs.setCurrentWidget(screen.charges)
        screen.charges.show_section(name)
    return stage.window


def covered(stage: Stage) -> Subject:
    """Give a patient with coverage on file."""
    for row in read_registry(stage.workspace).rows:
        if read_coverage(stage.workspace, row.patient_id).coverage:
            return Subject.of_row(row)
    raise ValueError("nobody is covered")


def coverage(stage: Stage) -> QDialog:
    subject = covered(stage)
    read = read_coverage(stage.workspace, subject.patient_id)
    if not read.checks:
        draft = EligibilityDraft(
            read.coverage[0].id,
            stage.desk.today(),
            is_active=True,
            plan="Open Choice",
            copay_cents=2500,
            covers_cocm=True,
            reference_number="C-48213",
        )
        record_eligibility(stage.workspace, draft)
    return opened(CoverageDialog(stage.desk, subject, stage.window))


def coverage_form(stage: Stage) -> QDialog:
    subject = covered(stage)
    read = read_coverage(stage.workspace, subject.patient_id)
    dialog = CoverageFormDialog(
        stage.desk, subject, read, coverage=read.coverage[0], parent=stage.window
    )
    opened(dialog)
    dialog.relation.choose(Relation.SPOUSE)
    return typed(dialog)


def eligibility(stage: Stage) -> QDialog:
    subject = covered(stage)
    read = read_coverage(stage.workspace, subject.patient_id)
    name = read.payer_of(read.coverage[0]).name
    return opened(
        EligibilityDialog(
            stage.desk, subject, read.coverage[0], payer_name=name, parent=stage.window
        )
    )


def payer(stage: Stage) -> QDialog:
    read = read_payers(stage.workspace)
    return opened(PayerDialog(stage.desk, read.rules, payer=read.payers[0], parent=stage.window))


def cover(stage: Stage) -> QDialog:
    read = read_payers(stage.workspace)
    return opened(CoverNamedDialog(stage.desk, read.named[0], read, parent=stage.window))


def setting(stage: Stage) -> QDialog:
    line = read_billing_settings(stage.workspace).line("place_of_service")
    return opened(ChangeBillingSettingDialog(stage.desk, line, stage.window))


def practitioner(stage: Stage) -> QDialog:
    members = read_staff(stage.workspace)
    found = next(member for member in members if member.is_a(Role.TREATING_PRACTITIONER))
    dialog = ChangeMemberDialog(stage.desk, found, stage.window)
    dialog.open()
    return dialog


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "charges-named": partial(section, name=SetupPlace.PATIENTS.value),
    "charges-missing": partial(section, name=""),
    "charges-numbers": partial(section, name=SetupPlace.NUMBERS.value),
    "charges-payers": partial(section, name=SetupPlace.PAYERS.value),
    "charges-fees": partial(section, name=SetupPlace.FEES.value),
    "charges-files": partial(section, name=SetupPlace.FILES.value),
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "charges-payer": payer,
    "charges-cover": cover,
    "charges-setting": setting,
    "charges-practitioner": practitioner,
    "charges-coverage": coverage,
    "charges-coverage-form": coverage_form,
    "charges-eligibility": eligibility,
}
