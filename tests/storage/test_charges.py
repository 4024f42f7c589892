"""Payers, coverage and settings of billing, as they are kept and read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_settings import AS_SHIPPED, BillingSettings, ClinicKind
from cocm_desktop.domain.billing.eligibility import EligibilityCheck
from cocm_desktop.domain.billing.payer import (
    ClaimFiling,
    Insured,
    PatientCoverage,
    Payer,
    Relation,
)
from cocm_desktop.domain.clinical_settings import SettingChange
from cocm_desktop.domain.ids import CoverageId, EligibilityId, PatientId, PayerId, new_id
from cocm_desktop.domain.patient import Sex
from cocm_desktop.storage import billing_settings, coverage, payer

MEDICARE = Payer(PayerId(new_id()), "Medicare Part B IL", "MCR", ClaimFiling.MEDICARE_B, "00952")


@pytest.fixture
def covered(workspace: Workspace, maria_patient: PatientId) -> PatientCoverage:
    spouse = Insured("Alvarez", "Juan", date(1970, 5, 1), Sex.MALE, city="Springfield")
    made = PatientCoverage(
        CoverageId(new_id()),
        maria_patient,
        MEDICARE.id,
        "1EG4TE5MK73",
        first_on=date(2026, 1, 1),
        relation=Relation.SPOUSE,
        insured=spouse,
        authorization="A-7",
        authorized_to=date(2026, 12, 31),
    )
    with workspace.database.write() as session:
        payer.add(session, MEDICARE, workspace.stamp())
        coverage.add(session, made, workspace.stamp())
    return made


def test_coverage_reads_back_as_it_was_kept(workspace: Workspace, covered: PatientCoverage) -> None:
    second = replace(covered, id=CoverageId(new_id()), rank=2, insured=None)
    with workspace.database.write() as session:
        coverage.add(session, second, workspace.stamp())

    with workspace.database.read() as session:
        assert coverage.get(session, covered.id) == covered
        assert coverage.of_everyone(session) == {covered.patient_id: (covered, second)}
        assert coverage.of_patients(session, [covered.patient_id, "other"]) == {
            covered.patient_id: (covered, second)
        }
        assert payer.by_id(session) == {MEDICARE.id: MEDICARE}


def test_voided_coverage_is_passed_over(workspace: Workspace, covered: PatientCoverage) -> None:
    with workspace.database.write() as session:
        coverage.void_coverage(session, covered.id, workspace.stamp(), reason="Wrong patient")

    with workspace.database.read() as session:
        assert coverage.of_everyone(session) == {}


def test_the_last_answer_of_a_payer_is_its_note(
    workspace: Workspace, covered: PatientCoverage
) -> None:
    answers = [
        EligibilityCheck(EligibilityId(new_id()), covered.id, date(2026, 11, day), is_active)
        for day, is_active in ((20, True), (3, False))
    ]
    with workspace.database.write() as session:
        for each in answers:
            coverage.add_check(session, each, workspace.stamp())

    with workspace.database.read() as session:
        assert coverage.get(session, covered.id).eligibility_note == (
            "Checked Nov 20, 2026 by M. Bell, LCSW: active"
        )
        newest_first = coverage.checks_of(session, [covered.id])

    assert [check.id for check in newest_first] == [check.id for check in answers]


def test_settings_hold_from_their_day_on(workspace: Workspace) -> None:
    with workspace.database.write() as session:
        for name, value, day in (
            ("clinic_kind", "RHC", date(2026, 3, 1)),
            ("is_production", "yes", date(2026, 3, 1)),
            ("g2214_first_minute", "30", date(2026, 7, 1)),
            ("of another release", "x", date(2026, 7, 1)),
        ):
            change = SettingChange(new_id(), name, value, day)
            billing_settings.add(session, change, workspace.stamp())

    with workspace.database.read() as session:
        assert billing_settings.on_day(session, date(2026, 2, 28)) == AS_SHIPPED
        clinic = BillingSettings(clinic_kind=ClinicKind.RHC, is_production=True)
        assert billing_settings.on_day(session, date(2026, 6, 30)) == clinic
        assert billing_settings.on_day(session, date(2026, 7, 1)) == replace(
            clinic, g2214_first_minute=30
        )
    assert [clinic.text(name) for name in ("clinic_kind", "is_production", "locality")] == [
        "RHC",
        "yes",
        "",
    ]
