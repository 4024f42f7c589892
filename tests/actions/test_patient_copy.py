from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table, insert
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.orm import Session

from cocm_desktop.actions.background import record_part2
from cocm_desktop.actions.disclosure import read_disclosures
from cocm_desktop.actions.patient_copy import write_patient_copy
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import PART2_NOTICE, Part2ConsentDraft, Part2RecordDraft
from cocm_desktop.domain.ids import DisclosureId, EpisodeId, PatientId, new_id
from cocm_desktop.domain.patient_copy import SECTIONS, CopyRequest
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import ProofWanted, Refused
from cocm_desktop.storage.patient_record import LEFT_OUT, PARENTS, PATIENT, UNSAID
from cocm_desktop.storage.tables import SCHEMA
from tests.actions.work import as_role, call, phq9, rows_stored
from tests.conftest import CARE_MANAGER, EVENING
from tests.printing.read_back import texts

TODAY = EVENING.date()


def copied(workspace: Workspace, request: CopyRequest, folder: Path) -> dict[str, bytes]:
    write_patient_copy(workspace, request, folder / "copy.zip")
    with zipfile.ZipFile(folder / "copy.zip") as made:
        return {name: made.read(name) for name in made.namelist()}


def squeezed(content: bytes) -> str:
    return "".join("".join(texts(content)).split())


def part2(workspace: Workspace, patient_id: PatientId, consent: Part2ConsentDraft) -> None:
    draft = Part2RecordDraft(patient_id, "Riverside", "NALTREXONE-CANARY", TODAY, consent)
    record_part2(workspace, draft)


def test_a_copy_holds_scores_with_their_questions_and_contacts(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    phq9(workspace, maria, date(2026, 11, 5), 12)
    call(workspace, maria, date(2026, 11, 5), minutes=25)

    files = copied(workspace, CopyRequest(maria_patient, "María Alvarez"), tmp_path)

    words = squeezed(files["record.pdf"])
    assert "Feelingdown,depressed,orhopeless:3" in words
    assert "Givento" in words
    assert "25min" in words
    kinds = [
        each["resource"]["resourceType"] for each in json.loads(files["record-fhir.json"])["entry"]
    ]
    assert kinds == [
        "Patient", "EpisodeOfCare", "Condition", "QuestionnaireResponse", "Observation", "Encounter"
    ]  # fmt: skip


def test_every_value_on_file_is_in_the_copy(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    canaries = dict(told(workspace, maria, maria_patient))

    files = copied(workspace, CopyRequest(maria_patient, "María Alvarez"), tmp_path)

    on_paper, as_json = squeezed(files["record.pdf"]), files["record.json"].decode()
    for place, canary in canaries.items():
        assert canary in as_json, place
        assert canary in on_paper or place.endswith(".content"), place


def test_every_table_about_a_patient_is_copied_or_left_out_for_a_reason() -> None:
    reached, before = {PATIENT}, 0
    while len(reached) > before:
        before = len(reached)
        reached |= {
            table.name
            for table in SCHEMA.sorted_tables
            if any(key.column.table.name in reached for key in table.foreign_keys)
        }

    assert reached - {PATIENT} == PARENTS.keys() | LEFT_OUT.keys()


def test_every_kind_of_record_has_a_place_on_paper() -> None:
    tops = {kind for kind, (parent, _) in PARENTS.items() if parent in {PATIENT, "episode"}}

    assert SECTIONS.keys() == tops | {"part2_record"}


def test_a_copy_is_accounted_for_and_noted(
    workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    request = CopyRequest(maria_patient, "María Alvarez", address="12 Elm Street")

    copied(workspace, request, tmp_path)
    write_patient_copy(workspace, request, tmp_path / "again.zip")

    [kept] = read_disclosures(workspace, maria_patient).kept
    assert (kept.recipient, kept.purpose) == ("María Alvarez", Purpose.TO_PATIENT)
    assert len(kept.sha256) == 64
    assert not (tmp_path / "again.zip").exists()


def test_the_password_is_wanted_once_more(
    workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    workspace = replace(workspace, sitting=Sitting())
    before = rows_stored(workspace)

    with pytest.raises(ProofWanted):
        copied(workspace, CopyRequest(maria_patient, "María Alvarez"), tmp_path)

    assert rows_stored(workspace) == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "role", [Role.FRONT_DESK, Role.PSYCHIATRIC_CONSULTANT, Role.TREATING_PRACTITIONER, Role.BILLER]
)
def test_only_who_releases_records_makes_a_copy(
    workspace: Workspace, maria_patient: PatientId, role: Role, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="you may not give a patient's record out"):
        copied(as_role(workspace, role), CopyRequest(maria_patient, "Somebody"), tmp_path)


@pytest.mark.parametrize(
    ("consent", "goes_along"),
    [
        (Part2ConsentDraft(), False),
        (Part2ConsentDraft(TODAY - timedelta(days=30)), True),
        (Part2ConsentDraft(TODAY - timedelta(days=30), TODAY - timedelta(days=1)), False),
        (Part2ConsentDraft(TODAY - timedelta(days=30), None, TODAY), False),
    ],
    ids=["none", "valid", "expired", "revoked"],
)
def test_protected_records_go_along_by_their_consent_with_the_notice_on_each_page(
    workspace: Workspace,
    maria_patient: PatientId,
    tmp_path: Path,
    *,
    consent: Part2ConsentDraft,
    goes_along: bool,
) -> None:
    part2(workspace, maria_patient, consent)

    files = copied(workspace, CopyRequest(maria_patient, "María Alvarez"), tmp_path)

    pages = texts(files["record.pdf"])
    assert all((PART2_NOTICE in page) == goes_along for page in pages)
    assert any("NALTREXONE-CANARY" in page for page in pages) == goes_along
    assert (b"NALTREXONE-CANARY" in files["record.json"]) == goes_along
    assert b"NALTREXONE-CANARY" not in files["record-fhir.json"]
    [kept] = read_disclosures(workspace, maria_patient).kept
    assert kept.has_part2 == goes_along


def test_a_subpoena_does_not_open_protected_records_and_a_court_order_does(
    workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    part2(workspace, maria_patient, Part2ConsentDraft(TODAY))
    request = CopyRequest(maria_patient, "County court", Purpose.COURT, authority="Subpoena 12")

    with pytest.raises(Refused, match="A subpoena is not enough"):
        copied(workspace, request, tmp_path)
    without = copied(workspace, replace(request, with_part2=False), tmp_path)
    order = "Order of Nov 2 under subpart E"
    ordered = replace(request, court_order=order, id=DisclosureId("1"))

    assert b"NALTREXONE-CANARY" not in without["record.json"]
    assert b"NALTREXONE-CANARY" in copied(workspace, ordered, tmp_path)["record.json"]


def test_what_a_request_lacks_is_said_at_once(
    workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        copied(workspace, CopyRequest(maria_patient, " ", Purpose.AUTHORIZED), tmp_path)

    assert [each.field for each in refusal.value.problems] == ["recipient", "authority"]
    assert rows_stored(workspace) == before


def told(
    workspace: Workspace, episode_id: EpisodeId, patient_id: PatientId
) -> Iterator[tuple[str, str]]:
    """Put a row into every table of the record, and give each text in it by its place."""
    ids: dict[str, str] = {PATIENT: patient_id, "episode": episode_id, "staff": CARE_MANAGER.id}
    with workspace.database.write() as session:
        for kind in PARENTS:
            if kind in {"episode", "consent"}:  # the story has one
                continue
            row = _put(session, SCHEMA.tables[kind], ids)
            for name, value in row.items():
                is_text = isinstance(value, str) and value.startswith("canary")
                if is_text and name not in UNSAID:
                    yield f"{kind}.{name}", value


def _put(session: Session, table: Table, ids: dict[str, str]) -> dict[str, Any]:
    """Add a row, after one of every table that it leads to."""
    for key in table.foreign_keys:
        other = key.column.table
        if other.name not in ids and other is not table:
            _put(session, other, ids)
    row = {column.name: _value(column, ids, table.name) for column in table.columns}
    session.connection().execute(insert(table).values(row))
    ids[table.name] = row["id"]
    return row


def _value(column: Column[Any], ids: dict[str, str], kind: str) -> Any:
    if column.name == "id":
        return new_id()
    if column.name.startswith("void") or column.name == "corrects":
        return None
    if column.name == "signed_by":
        return CARE_MANAGER.id
    for key in column.foreign_keys:
        return ids[key.column.table.name]
    if isinstance(column.type, EnumColumn):
        return next(iter(column.type.enum_class or ()))
    by_type: dict[str, Any] = {
        "Instant": EVENING, "Answers": (1, 2), "Date": TODAY, "Time": time(9, 30),
        "Integer": 1, "Boolean": True, "JSON": {"words": f"canary{kind}plan"},
    }  # fmt: skip
    words = f"canary{kind.replace('_', '')[:12]}{column.name.replace('_', '')[:16]}"
    return by_type.get(type(column.type).__name__, words)
