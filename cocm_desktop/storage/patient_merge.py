"""Merged patients: moving the records of one to the other, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy import Table as SchemaTable
from sqlalchemy.orm import Session, aliased

from cocm_desktop.domain.billing.outside_care import NOTHING_OUTSIDE
from cocm_desktop.domain.ids import PatientId, PatientMergeId, new_id
from cocm_desktop.domain.patient import Patient, banner_name
from cocm_desktop.domain.patient_merge import Moving, PatientMerge, Side
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import allergies, coverage, outside_care
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import payer as payers
from cocm_desktop.storage import timer as timers
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import as_text, recorded
from cocm_desktop.storage.tables import SCHEMA, PatientTable, StaffTable
from cocm_desktop.storage.tables_clinical import AllergiesTable
from cocm_desktop.storage.tables_letter import LetterTable
from cocm_desktop.storage.tables_merge import MergeUndoTable, MovedRecordTable, PatientMergeTable
from cocm_desktop.storage.tables_month import SuperbillTable
from cocm_desktop.storage.tables_safety import SafetyTaskTable
from cocm_desktop.storage.tables_time import TimeEntryTable

_MERGES = frozenset({"patient_merge", "audit_entry"})
WORDS = {
    "episode": (
        "episode, with its measures, contacts, plans and reviews",
        "episodes, with their measures, contacts, plans and reviews",
    ),
    "time_entry": ("entry of time", "entries of time"),
    "superbill": ("superbill", "superbills"),
    "safety_task": ("safety task", "safety tasks"),
    "medication": ("medicine", "medicines"),
    "past_trial": ("past trial", "past trials"),
    "allergies": ("statement on allergies", "statements on allergies"),
    "task": ("task", "tasks"),
    "due_delay": ("postponed item", "postponed items"),
    "flag": ("mark", "marks"),
    "visit": ("visit", "visits"),
    "other_service": ("other service", "other services"),
    "stay": ("stay in a facility", "stays in a facility"),
    "death": ("day of death", "days of death"),
    "month_approval": ("approval of a month", "approvals of a month"),
    "month_payer": ("chosen payer of a month", "chosen payers of months"),
    "letter": ("letter", "letters"),
    "history_note": ("note on the history", "notes on the history"),
    "part2_record": ("record of a Part 2 program", "records of Part 2 programs"),
    "disclosure": ("disclosure", "disclosures"),
    "amendment": ("request to amend", "requests to amend"),
    "restriction": ("restriction", "restrictions"),
    "sealed_note": ("sealed note", "sealed notes"),
    "retention_hold": ("hold on the record", "holds on the record"),
    "patient_coverage": ("coverage by a payer", "coverages by payers"),
}


def moving_tables() -> tuple[SchemaTable, ...]:
    """Give every table whose rows belong to a patient; what belongs to an episode goes with it."""
    return tuple(
        table
        for table in SCHEMA.sorted_tables
        if "patient_id" in table.columns and table.name not in _MERGES
    )


def side_of(session: Session, patient_id: str) -> Side:
    """Read one of two records with what decides whether it may be merged."""
    time, superbill = TimeEntryTable, SuperbillTable
    days = session.scalars(
        select(time.worked_on).where(time.patient_id == patient_id, time.voided_at.is_(None))
    )
    issued = session.scalars(
        select(superbill.month).where(
            superbill.patient_id == patient_id, superbill.voided_at.is_(None)
        )
    )
    known = episodes.of_patient(session, patient_id)
    outside = outside_care.of_patients(session, [patient_id])
    names = {payer_id: payer.name for payer_id, payer in payers.by_id(session).items()}
    covered = coverage.of_patients(session, [patient_id]).get(PatientId(patient_id), ())
    return Side(
        patient=patients.get(session, patient_id),
        episodes=known,
        allergies=allergies.of_patients(session, [patient_id]).get(patient_id, ""),
        issued=frozenset(month for key in issued if (month := ServiceMonth.parse(key))),
        worked=frozenset(map(ServiceMonth.of, days)),
        is_timed=timers.is_open_for(session, [episode.id for episode in known]),
        coverages=tuple((each, names[each.payer_id]) for each in covered),
        death=outside.get(PatientId(patient_id), NOTHING_OUTSIDE).death,
    )


def moving(session: Session, other: Side, *, keeps_allergies: bool) -> tuple[Moving, ...]:
    """Count what would go over, by kind; what was voided goes along and is not counted."""
    found = []
    for table in _moved(keeps_allergies=keeps_allergies):
        counted = select(func.count()).where(table.c.patient_id == other.patient.id)
        if "voided_at" in table.columns:
            counted = counted.where(table.c.voided_at.is_(None))
        if count := session.scalar(counted):
            found.append(Moving(*WORDS[table.name], count))
    return tuple(found)


def merge(
    session: Session, stamp: Stamp, *, merge_id: str, after: Patient, other_id: str
) -> list[FieldChange]:
    """Void the other record, move what is its, and write the surviving one's fields."""
    before = patients.get(session, after.id)
    has_own = bool(allergies.of_patients(session, [after.id]))
    old, new = _texts(before), _texts(after)
    differing = [name for name, value in old.items() if value != new[name]]
    patients.void_merged(session, other_id, stamp)
    session.add(
        PatientMergeTable(
            id=merge_id,
            survivor_id=after.id,
            other_id=other_id,
            survivor=after.name,
            before={name: old[name] for name in differing},
            after={name: new[name] for name in differing},
            **recorded(stamp),
        )
    )
    session.flush()
    for table in _moved(keeps_allergies=has_own):
        rows = session.scalars(select(table.c.id).where(table.c.patient_id == other_id)).all()
        _keep_moves(session, stamp, merge_id=merge_id, table=table, rows=rows)
        _move(session, table, rows, to=after.id)
    session.expire_all()
    return patients.take_over(session, after)


def undo(session: Session, stamp: Stamp, *, merge_id: str, reason: str) -> list[FieldChange]:
    """Bring every record back to where it was, with what was added to its episodes since."""
    row = session.get_one(PatientMergeTable, merge_id)
    _follow_episodes(session, stamp, row)
    moves = MovedRecordTable
    for table in moving_tables():
        rows = session.scalars(
            select(moves.record_id).where(
                moves.merge_id == merge_id, moves.table_name == table.name
            )
        ).all()
        _move(session, table, rows, to=row.other_id)
    session.add(MergeUndoTable(id=new_id(), merge_id=merge_id, reason=reason, **recorded(stamp)))
    session.expire_all()
    changes = patients.restore(session, row.survivor_id, before=row.before, after=row.after)
    session.flush()
    patients.unvoid(session, row.other_id)
    session.flush()
    return changes


def get(session: Session, merge_id: str) -> PatientMerge:
    for found in everything(session):
        if found.id == merge_id:
            return found
    raise Refused(Problem("merge_id", "No merge has this id."))


def exists(session: Session, merge_id: str) -> bool:
    return is_stored(session, PatientMergeTable, merge_id)


def everything(session: Session) -> tuple[PatientMerge, ...]:
    """Give every merge, the newest first, those that were undone too."""
    return tuple(
        PatientMerge(
            id=PatientMergeId(row.id),
            survivor_id=PatientId(row.survivor_id),
            other_id=PatientId(row.other_id),
            survivor=row.survivor,
            other=banner_name(gone.last_name, gone.first_name),
            other_mrn=gone.mrn,
            merged_at=row.recorded_at,
            merged_by=by or "",
            moved=count,
            undone_at=undone_at,
        )
        for row, gone, by, undone_at, count in session.execute(_every_merge())
    )


@cache
def _every_merge() -> Select[Any]:
    """Say it once: to make the statement takes longer than to run it, and much asks for it."""
    merge, other, undone = PatientMergeTable, aliased(PatientTable), MergeUndoTable
    moved = (
        select(func.count())
        .where(MovedRecordTable.merge_id == merge.id)
        .correlate(merge)
        .scalar_subquery()
    )
    return (
        select(merge, other, StaffTable.name, undone.recorded_at, moved)
        .join(other, other.id == merge.other_id)
        .outerjoin(StaffTable, StaffTable.id == merge.recorded_by)
        .outerjoin(undone, undone.merge_id == merge.id)
        .order_by(merge.recorded_at.desc(), merge.id.desc())
    )


def gives_back_mrn(session: Session, merge_id: str, holder: Patient) -> bool:
    """Tell whether an undo frees the other record's MRN: the survivor had it from the merge."""
    row = session.get_one(PatientMergeTable, merge_id)
    return holder.id == row.survivor_id and row.after.get("mrn") == holder.mrn


def billed_since(session: Session, merge_id: str) -> list[str]:
    """Name the superbills issued since a merge for months with time that would go back."""
    row = session.get_one(PatientMergeTable, merge_id)
    moves, time, bill = MovedRecordTable, TimeEntryTable, SuperbillTable
    own = select(moves.record_id).where(moves.merge_id == merge_id)
    days = session.scalars(
        select(time.worked_on).where(time.episode_id.in_(own), time.voided_at.is_(None))
    )
    months = {ServiceMonth.of(day).key for day in days}
    bills = session.execute(
        select(bill.number, bill.month)
        .where(bill.patient_id == row.survivor_id, bill.voided_at.is_(None))
        .where(bill.id.not_in(own), bill.recorded_at > row.recorded_at)
        .order_by(bill.number)
    )
    return [number for number, month in bills if month in months]


def _moved(*, keeps_allergies: bool) -> Iterator[SchemaTable]:
    """Where the surviving record states allergies of its own, its words go on counting."""
    for table in moving_tables():
        if not (keeps_allergies and table.name == AllergiesTable.__tablename__):
            yield table


def _keep_moves(
    session: Session, stamp: Stamp, *, merge_id: str, table: SchemaTable, rows: Sequence[str]
) -> None:
    kept = [
        {
            "id": new_id(),
            "merge_id": merge_id,
            "table_name": table.name,
            "record_id": record_id,
            **recorded(stamp),
        }
        for record_id in rows
    ]
    if kept:
        session.connection().execute(insert(MovedRecordTable), kept)


def _move(session: Session, table: SchemaTable, rows: Sequence[str], *, to: str) -> None:
    if rows:
        session.connection().execute(
            update(table).where(table.c.id.in_(rows)).values(patient_id=to)
        )


def _follow_episodes(session: Session, stamp: Stamp, row: PatientMergeTable) -> None:
    """Take along what was recorded since in the episodes that go back."""
    moves = MovedRecordTable
    own = select(moves.record_id).where(moves.merge_id == row.id)
    of_episode = (TimeEntryTable.__table__, SafetyTaskTable.__table__, LetterTable.__table__)
    for table in moving_tables():
        if table not in of_episode:
            continue
        later = session.scalars(
            select(table.c.id).where(
                table.c.patient_id == row.survivor_id,
                table.c.episode_id.in_(own),
                table.c.id.not_in(own),
            )
        ).all()
        _keep_moves(session, stamp, merge_id=row.id, table=table, rows=later)


def _texts(patient: Patient) -> dict[str, str]:
    return {name: as_text(value) or "" for name, value in patients.columns(patient).items()}
