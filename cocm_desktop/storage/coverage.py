"""Patients' coverage, and what payers answered about it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.eligibility import EligibilityCheck
from cocm_desktop.domain.billing.payer import Insured, PatientCoverage
from cocm_desktop.domain.ids import CoverageId, EligibilityId, PatientId, PayerId
from cocm_desktop.domain.patient import Coverage
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import change, found, grouped, recorded, void
from cocm_desktop.storage.staff import everyone
from cocm_desktop.storage.tables import EpisodeTable, PatientTable
from cocm_desktop.storage.tables_charges import EligibilityCheckTable, PatientCoverageTable

WORDS = "coverage"
_SAME = (
    *("patient_id", "payer_id", "member_id", "group_number", "first_on", "last_on", "rank"),
    *("relation", "authorization", "authorized_last_on"),
)
_INSURED = (
    *("last_name", "first_name", "born_on", "sex"),
    *("address", "city", "state", "postal_code"),
)


def add(session: Session, coverage: PatientCoverage, stamp: Stamp) -> None:
    session.add(
        PatientCoverageTable(
            id=coverage.id, version=coverage.version, **_columns(coverage), **recorded(stamp)
        )
    )


def exists(session: Session, coverage_id: str) -> bool:
    return is_stored(session, PatientCoverageTable, coverage_id)


def get(session: Session, coverage_id: str) -> PatientCoverage:
    row = found(session, PatientCoverageTable, coverage_id, words=WORDS)
    return _coverage(row, _latest(session, [coverage_id]))


def update(session: Session, coverage: PatientCoverage) -> list[FieldChange]:
    row = found(session, PatientCoverageTable, coverage.id, words=WORDS)
    return change(row, _columns(coverage), version=coverage.version)


def void_coverage(session: Session, coverage_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, PatientCoverageTable, coverage_id, words=WORDS), stamp, reason)


def of_patients(
    session: Session, patient_ids: Collection[str]
) -> dict[PatientId, tuple[PatientCoverage, ...]]:
    """Give the coverage of some patients in two statements, by patient: the first payer first."""
    return _read(session, PatientCoverageTable.patient_id.in_(patient_ids))


def of_everyone(session: Session) -> dict[PatientId, tuple[PatientCoverage, ...]]:
    """Give all coverage on file in two statements, by patient: the first payer first."""
    return _read(session, PatientCoverageTable.voided_at.is_(None))


def _read(session: Session, which: Any) -> dict[PatientId, tuple[PatientCoverage, ...]]:
    table = PatientCoverageTable
    wanted = select(table).where(which, table.voided_at.is_(None))
    checks = _latest(session, select(table.id).where(which, table.voided_at.is_(None)))
    rows = session.scalars(wanted.order_by(table.rank, table.first_on, table.id))
    return grouped((PatientId(row.patient_id), _coverage(row, checks)) for row in rows)


def uncovered(session: Session) -> list[tuple[PatientId, Coverage]]:
    """Give what patients without coverage on file name as their payer."""
    patient = PatientTable
    rows = session.execute(
        select(patient.id, patient.payer, patient.member_id, patient.group_number)
        .where(patient.voided_at.is_(None), patient.payer != "", _has_none())
        .order_by(patient.id)
    )
    return [(PatientId(row[0]), Coverage(*row[1:])) for row in rows]


def in_care_without_payer(session: Session) -> int:
    """Count the patients in an open episode who have no coverage and name no payer."""
    patient, episode = PatientTable, EpisodeTable
    is_open = (
        select(episode.id)
        .where(
            episode.patient_id == patient.id,
            episode.voided_at.is_(None),
            episode.closed_on.is_(None),
        )
        .exists()
    )
    counted = select(func.count()).where(
        patient.voided_at.is_(None), patient.payer == "", is_open, _has_none()
    )
    return session.scalar(counted) or 0


def covered_by(session: Session) -> dict[PayerId, int]:
    """Count the patients whom each payer covers, whatever the day."""
    table = PatientCoverageTable
    rows = session.execute(
        select(table.payer_id, func.count(distinct(table.patient_id)))
        .where(table.voided_at.is_(None))
        .group_by(table.payer_id)
    )
    return {PayerId(payer_id): count for payer_id, count in rows}


def _has_none() -> ColumnElement[bool]:
    table = PatientCoverageTable
    its = (table.patient_id == PatientTable.id, table.voided_at.is_(None))
    return ~select(table.id).where(*its).exists()


def add_check(session: Session, check: EligibilityCheck, stamp: Stamp) -> None:
    session.add(
        EligibilityCheckTable(
            id=check.id,
            coverage_id=check.coverage_id,
            checked_on=check.checked_on,
            is_active=check.is_active,
            plan=check.plan,
            copay_cents=check.copay_cents,
            covers_cocm=check.covers_cocm,
            reference_number=check.reference_number,
            **recorded(stamp),
        )
    )


def check_exists(session: Session, check_id: str) -> bool:
    return is_stored(session, EligibilityCheckTable, check_id)


def void_check(session: Session, check_id: str, stamp: Stamp, *, reason: str) -> CoverageId:
    """Withdraw an answer, and tell of which coverage it was."""
    row = found(session, EligibilityCheckTable, check_id, words="answer of a payer")
    void(row, stamp, reason)
    return CoverageId(row.coverage_id)


def checks_of(session: Session, coverage_ids: Collection[str]) -> tuple[EligibilityCheck, ...]:
    """Give what payers answered about some coverage, the newest first."""
    return tuple(reversed(_checks(session, coverage_ids)))


def _latest(
    session: Session, of: Select[str] | Collection[str]
) -> dict[CoverageId, EligibilityCheck]:
    return {check.coverage_id: check for check in _checks(session, of)}


def _checks(session: Session, of: Select[str] | Collection[str]) -> tuple[EligibilityCheck, ...]:
    table = EligibilityCheckTable
    rows = session.scalars(
        select(table)
        .where(table.coverage_id.in_(of), table.voided_at.is_(None))
        .order_by(table.checked_on, table.id)
    ).all()
    names = {str(member.id): member.title for member in everyone(session)} if rows else {}
    return tuple(
        EligibilityCheck(
            id=EligibilityId(row.id),
            coverage_id=CoverageId(row.coverage_id),
            checked_on=row.checked_on,
            is_active=row.is_active,
            plan=row.plan,
            copay_cents=row.copay_cents,
            covers_cocm=row.covers_cocm,
            reference_number=row.reference_number,
            checked_by=names.get(row.recorded_by, ""),
        )
        for row in rows
    )


def _columns(coverage: PatientCoverage) -> dict[str, Any]:
    insured = coverage.insured or Insured("", "")
    return {
        **{name: getattr(coverage, name) for name in _SAME},
        **{f"insured_{name}": getattr(insured, name) for name in _INSURED},
    }


def _coverage(
    row: PatientCoverageTable, checks: dict[CoverageId, EligibilityCheck]
) -> PatientCoverage:
    check = checks.get(CoverageId(row.id))
    return PatientCoverage(
        id=CoverageId(row.id),
        patient_id=PatientId(row.patient_id),
        payer_id=PayerId(row.payer_id),
        member_id=row.member_id,
        group_number=row.group_number,
        first_on=row.first_on,
        last_on=row.last_on,
        rank=row.rank,
        relation=row.relation,
        insured=_insured(row),
        authorization=row.authorization,
        authorized_last_on=row.authorized_last_on,
        eligibility_note=check.words if check else "",
        version=row.version,
    )


def _insured(row: PatientCoverageTable) -> Insured | None:
    if not row.insured_last_name:
        return None
    return Insured(**{name: getattr(row, f"insured_{name}") for name in _INSURED})
