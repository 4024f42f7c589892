"""Giving a patient's record out: to the patient, by authorization, or because a law wants it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cocm_desktop.actions.afterwards import telling_of_the_file
from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.release import Release, account_for, require_release
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import ShownRecord, has_open
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.letter import LetterKind
from cocm_desktop.domain.patient_copy import (
    CopyFrame,
    CopyRequest,
    as_released,
    copy_paper,
    part2_entry,
)
from cocm_desktop.domain.patient_record import Entry, PatientRecord
from cocm_desktop.domain.recommendation_letter import without_closed_records
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.fhir_record import record_bundle
from cocm_desktop.exchange.record_json import record_json
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.printing.record_paper import record_pdf
from cocm_desktop.storage import audit, background, disclosure, patient_record
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage.sealed_zip import zipped

WHAT = "Copy of the whole record"
NAMES = ("record.pdf", "record.json", "record-fhir.json")


@dataclass(frozen=True, slots=True)
class PatientCopy:
    """The ZIP in memory. Its file name says nothing of the patient."""

    content: bytes
    pages: int
    file_name: str


def write_patient_copy(workspace: Workspace, request: CopyRequest, file: Path) -> Change:
    """Make the copy and write it: noted, accounted for and written, or nothing at all.

    A folder gets a file of the program's own name. The password has to be typed once more.
    """
    workspace.require(Permission.RELEASE_RECORDS)
    workspace.require_proof()
    if not file.name:
        raise Refused(Problem("file", "Name the file, not only its folder."))
    with telling_of_the_file() as told, workspace.database.write() as session:
        if disclosure.exists(session, request.id):
            return Change(Topic.PRIVACY, request.id)
        made, record = _made(workspace, request)
        digest = hashlib.sha256(made.content).hexdigest()
        release = Release(
            [request.patient_id],
            request.purpose,
            recipient=request.recipient,
            what=WHAT,
            address=request.address,
            authority="; ".join(filter(None, (request.authority, request.court_order))),
            sha256=digest,
            part2_of=[request.patient_id] if record.has_part2 else (),
            id=request.id,
        )
        account_for(workspace, release)
        note = audit.Note(
            "patient_copy.made",
            audit.Action.EXECUTE,
            request.id,
            request.patient_id,
            sha256=digest,
            pages=made.pages,
            bytes=len(made.content),
            recipient=request.recipient,
        )
        audit.write(session, workspace.stamp(), note)
        write_whole(file / made.file_name if file.is_dir() else file, made.content)
        told.is_done = True
    return Change(Topic.PRIVACY, request.id)


def read_patient_record(workspace: Workspace, request: CopyRequest) -> PatientRecord:
    """Gather what the copy holds: no sealed note, protected records as their consent allows."""
    workspace.require(Permission.RELEASE_RECORDS)
    today, now = workspace.today(), workspace.now()
    with workspace.database.read() as session:
        patient, *entries = patient_record.record_of(session, request.patient_id, now.tzinfo)
        known = background.records_of_patients(session, [request.patient_id], today=today)
        kept = known.get(request.patient_id, ())
        records = [background.get_record(session, each.id) for each in kept]
    request.require(has_part2=bool(records))
    released = tuple(as_released(each, request, today) for each in records)
    return PatientRecord(
        patient,
        (*(_as_shown(each, released) for each in entries), *map(part2_entry, released)),
        now,
        has_part2=has_open(released),
    )


def _as_shown(entry: Entry, released: Sequence[ShownRecord]) -> Entry:
    """Leave out of letters what they quote of protected records that do not go along."""
    if entry.kind != "letter" or entry.values["kind"] is not LetterKind.RECOMMENDATION:
        return entry
    return entry.with_values(body=without_closed_records(entry.values["body"], released))


def _made(workspace: Workspace, request: CopyRequest) -> tuple[PatientCopy, PatientRecord]:
    require_release(workspace, [request.patient_id], request.purpose)
    record, instruments = read_patient_record(workspace, request), read_instruments(workspace)
    with workspace.database.read() as session:
        frame = CopyFrame(
            practices.get(session),
            patients.get(session, request.patient_id),
            workspace.staff.title,
            partial(_items, instruments),
        )
    pdf, pages = record_pdf(copy_paper(record, request, frame))
    contents = (pdf, record_json(record), record_bundle(record, instruments))
    content = zipped(dict(zip(NAMES, contents, strict=True)), request.password)
    return PatientCopy(content, pages, f"COCM-RECORD-{record.made_at:%Y%m%d-%H%M%S}.zip"), record


def _items(instruments: Catalogue, entry: Entry) -> tuple[str, ...]:
    """Name the questions of a form, in their order."""
    values = entry.values
    try:
        form = instruments.version(values["instrument_id"], values["instrument_version"])
    except Refused:  # its pack is gone: the numbers of the questions have to do
        return tuple(f"Question {number}" for number in range(1, len(values["answers"] or ()) + 1))
    return tuple(item.words or item.short for item in form.items)
