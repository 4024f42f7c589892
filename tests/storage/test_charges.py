"""Payers, coverage and settings of billing, as they are kept and read back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

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
from cocm_desktop.storage.documents import superbill_from_text, superbill_to_text
from cocm_desktop.storage.engine import WRITE, open_engine
from cocm_desktop.storage.migrations import upgrade
from tests.builders import a_bill

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
        authorized_last_on=date(2026, 12, 31),
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


@pytest.mark.parametrize(
    ("place", "minute", "kept"),
    [
        ("22", 30, {"place_of_service": "22", "g2214_first_minute": "30"}),
        ("Office", 16, {"g2214_first_minute": "16"}),
    ],
)
def test_what_the_practice_chose_before_holds_from_the_first_day(
    tmp_path: Path, place: str, minute: int, kept: dict[str, str]
) -> None:
    engine = open_engine(tmp_path / "clinic.db", bytes(32), create=True)
    upgrade(engine, to=2)
    stamp = "'2026-01-05 10:00:00', 'me', 'desk'"
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO practice (name, time_zone, address, city, state, postal_code, phone, npi, "
            "ein, place_of_service, g2214_first_minute, caseload_goal, is_sample, version, id, "
            "recorded_at, recorded_by, device) VALUES ('Riverbend', 'America/Denver', '', '', '', "
            f"'', '', '1245319599', '', '{place}', {minute}, '80', 0, 3, 'p', {stamp})"
        )
        connection.exec_driver_sql(
            "INSERT INTO staff (sign_in, name, credentials, roles, npi, active, version, id, "
            f"recorded_at, recorded_by, device) VALUES ('', 'A', 'MD', '', '', 1, 1, 's', {stamp})"
        )

    upgrade(engine)

    with engine.connect() as connection:
        chosen = connection.exec_driver_sql(
            "SELECT name, value, valid_from, recorded_by FROM billing_setting"
        ).all()
        practice = connection.exec_driver_sql("SELECT name, npi, version FROM practice").all()
        staff = connection.exec_driver_sql(
            "SELECT name, taxonomy, bills_incident_to, supervisor_id FROM staff"
        ).all()
    engine.dispose()
    assert {name: value for name, value, *_rest in chosen} == kept
    assert {(day, by) for _name, _value, day, by in chosen} == {("2000-01-01", "me")}
    assert [tuple(row) for row in practice] == [("Riverbend", "1245319599", 3)]
    assert [tuple(row) for row in staff] == [("A", "", 0, None)]


def test_an_old_document_keeps_the_place_of_its_practice() -> None:
    content = json.loads(superbill_to_text(a_bill()))
    del content["superbill"]["settings"]
    content["superbill"]["practice"] |= {"place_of_service": "22", "g2214_first_minute": 30}

    read = superbill_from_text(json.dumps(content))

    assert (read.settings.place_of_service, read.settings.g2214_first_minute) == ("22", 30)
    assert superbill_from_text(superbill_to_text(a_bill())) == a_bill()
