"""The ways from a month to the places where what stops it is put right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.consent import read_consents
from cocm_desktop.domain.billing.charge_setup import SetupPlace
from cocm_desktop.domain.billing.mending import Mend
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.ui.billing.care_dialogs import OtherServiceDialog, StayDialog, VisitDialog
from cocm_desktop.ui.billing.consent_dialog import ConsentDialog
from cocm_desktop.ui.billing.records_dialog import RecordsDialog
from cocm_desktop.ui.charges.coverage_dialog import CoverageDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.patient.subject import Subject

NEEDS = {
    Mend.CONSENT: Permission.TAKE_IN,
    Mend.VISIT: Permission.RECORD_VISIT,
    Mend.SERVICE: Permission.RECORD_VISIT,
    Mend.STAY: Permission.RECORD_VISIT,
    Mend.TIME: Permission.SEE_CHART,
    Mend.MEASURE: Permission.SEE_CHART,
    Mend.REVIEW: Permission.SEE_CHART,
    Mend.PLAN: Permission.SEE_CHART,
    Mend.DIAGNOSIS: Permission.SEE_CHART,
    Mend.EPISODE: Permission.SEE_CHART,
    Mend.STAFF: Permission.CHANGE_STAFF,
    Mend.PAYER: Permission.SET_UP_CHARGES,
    Mend.CHARGES: Permission.SET_UP_CHARGES,
    Mend.NUMBERS: Permission.SET_UP_CHARGES,
    Mend.RULES: Permission.SEE_BILLING,
    Mend.RATES: Permission.SEE_BILLING,
    Mend.COVERAGE: Permission.RECORD_COVERAGE,
}
"""Who may go there: nobody is shown a way that ends at a closed door."""
CHART_PARTS = {
    Mend.TIME: "Time and billing",
    Mend.MEASURE: "Measures",
    Mend.REVIEW: "Reviews",
    Mend.PLAN: "Plan",
    Mend.DIAGNOSIS: "Meds and problems",
    Mend.EPISODE: "Episodes",
}
SETTINGS_PARTS = {
    Mend.STAFF: SetupPlace.STAFF.value,
    Mend.PAYER: SetupPlace.PAYERS.value,
    Mend.CHARGES: SetupPlace.FEES.value,
    Mend.NUMBERS: SetupPlace.NUMBERS.value,
    Mend.RULES: "Payer rules",
    Mend.RATES: "Rates and codes",
}


def subject_of(bill: Superbill, desk: Desk) -> Subject:
    """Give the patient of a bill as dialogs name them."""
    patient = bill.patient
    return Subject(
        patient_id=patient.id,
        episode_id=bill.episode_id,
        name=patient.name,
        born_on=patient.born_on,
        age=patient.age_on(desk.today()),
        mrn=patient.mrn,
    )


def may_mend(desk: Desk, mend: Mend, bill: Superbill) -> bool:
    """Tell whether the signed-in person can put this right; an approval is the practitioner's."""
    if mend is Mend.APPROVAL:
        return approves(desk, bill) or desk.may(Permission.ISSUE_SUPERBILL)
    return desk.may(NEEDS[mend])


def approves(desk: Desk, bill: Superbill) -> bool:
    """Tell whether the signed-in person approves this patient's months."""
    return desk.may(Permission.APPROVE_MONTH) and _treats(bill) == desk.staff.id


def mend_words(desk: Desk, mend: Mend, bill: Superbill) -> str:
    """Say on a button where it leads. Whoever bills records what was signed on paper."""
    if mend is Mend.APPROVAL and not approves(desk, bill):
        return desk.tr("Record signed approval")
    return desk.tr(mend.value)


def open_mend(desk: Desk, bill: Superbill, mend: Mend, *, window: QWidget) -> None:
    """Open the place where something of a month is put right."""
    subject = subject_of(bill, desk)
    if mend in CHART_PARTS:
        desk.chart_part_wanted.emit(bill.patient.id, CHART_PARTS[mend])
    elif mend in SETTINGS_PARTS:
        desk.setting_wanted.emit(SETTINGS_PARTS[mend])
    elif mend is Mend.CONSENT:
        show = partial(_ask_consent, desk, subject, treats=_treats(bill), window=window)
        desk.read(partial(read_consents, episode_id=bill.episode_id), show)
    elif mend is Mend.VISIT:
        VisitDialog(desk, subject, treats=_treats(bill), parent=window).open()
    elif mend is Mend.SERVICE:
        OtherServiceDialog(desk, subject, treats=_treats(bill), parent=window).open()
    elif mend is Mend.COVERAGE:
        CoverageDialog(desk, subject, window).open()
    elif mend is Mend.STAY:
        StayDialog(desk, subject, window).open()


def show_records(desk: Desk, bill: Superbill, *, window: QWidget) -> None:
    """Show the consents, visits and stays of a bill's patient."""
    subject = subject_of(bill, desk)
    RecordsDialog(desk, subject, treats=_treats(bill), parent=window).open()


def _treats(bill: Superbill) -> StaffId | None:
    return bill.treating_practitioner.id if bill.treating_practitioner else None


def _ask_consent(
    desk: Desk,
    subject: Subject,
    known: tuple[Consent, ...],
    *,
    treats: StaffId | None,
    window: QWidget,
) -> None:
    """Take the first consent with the enrollment, a further one by itself."""
    if known:
        ConsentDialog(desk, subject, known, treats=treats, parent=window).open()
    else:
        EnrollDialog(desk, subject, window).open()
