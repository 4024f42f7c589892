from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.importing import (
    find_duplicates,
    import_patients,
    patient_list_template,
    preview_import,
    preview_list,
    read_imports,
    undo_import,
)
from cocm_desktop.actions.patient import add_patient, change_patient
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.import_preview import ImportPreview, RowState
from cocm_desktop.domain.patient import Patient, PatientDraft, Reach
from cocm_desktop.domain.patient_list import PatientField
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused, Unavailable
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage.tables import (
    AuditChangeTable,
    AuditEntryTable,
    ImportBatchTable,
    ImportLayoutTable,
    PatientTable,
)
from tests.actions.work import as_role
from tests.exchange.lists import ANNA, BEN, HEADER, csv_at

STATES = [
    HEADER,
    ANNA,
    "1,Alvarez,Maria,4/5/1971,F,",
    "100200,Alvarez,Rosa,4/5/1971,F,",
    ",Alvares,María,4/5/1971,F,",
    "9,UNK,UNK,1/1/1980,F,",
    "10,Meyer,Ana,4/5/1971,F,",
]


def stored(workspace: Workspace) -> tuple[int, int, int, int]:
    """Count what an import writes: patients not voided, batches, layouts, audit entries."""
    with workspace.database.read() as session:
        on_file = select(func.count()).select_from(PatientTable)
        return (
            session.scalar(on_file.where(PatientTable.voided_at.is_(None))) or 0,
            session.scalar(select(func.count()).select_from(ImportBatchTable)) or 0,
            session.scalar(select(func.count()).select_from(ImportLayoutTable)) or 0,
            session.scalar(select(func.count()).select_from(AuditEntryTable)) or 0,
        )


def states(preview: ImportPreview) -> list[RowState]:
    return [row.state for row in preview.rows]


def test_each_row_is_new_or_here_or_possible_or_rejected(
    workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, *STATES))

    assert states(preview) == [
        RowState.NEW,
        RowState.POSSIBLE_DUPLICATE,
        RowState.ALREADY_HERE,
        RowState.POSSIBLE_DUPLICATE,
        RowState.REJECTED,
        RowState.POSSIBLE_DUPLICATE,
    ]
    assert sum(preview.counts.values()) == len(preview.rows) == 6
    assert preview.rows[1].reasons[0].startswith("Same name and date of birth, but another MRN on")
    assert preview.rows[1].reasons[0].endswith("ALVAREZ, María, born Apr 5, 1971, MRN 100200.")
    assert "on line 2 of this file: MEYER, Anna" in preview.rows[5].reasons[0]
    assert preview.rows[4].line == 6


def test_looking_at_a_file_stores_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = stored(workspace)

    preview_import(workspace, csv_at(tmp_path, *STATES))

    assert stored(workspace) == before


def test_the_new_patients_come_in_with_everything_the_file_says(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = csv_at(
        tmp_path,
        "Chart #,Patient,DOB,Sex,Cell,Address 1,City,State,Zip,Primary Insurance,Policy #,PCP",
        '7,"Ng, Kim",1/2/1980,M,5551110000,1 Mill St,Everett,Massachusetts,2149,Aetna,'
        'A1,"Smith, Alan MD"',
    )

    import_patients(workspace, preview_import(workspace, path))

    with workspace.database.read() as session:
        row = session.scalars(select(PatientTable)).one()
    assert (row.mrn, row.last_name, row.first_name) == ("7", "Ng", "Kim")
    assert (row.phone, row.state, row.postal_code) == ("555-111-0000", "MA", "02149")
    assert (row.payer, row.member_id) == ("Aetna", "A1")
    assert row.treating_practitioner == "Alan Smith, MD"


def test_a_possible_duplicate_comes_in_only_where_a_person_says_so(
    workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, *STATES))

    import_patients(workspace, preview, include={3, 4, 6})

    names = [row.name for row in read_registry(workspace).rows]
    assert names == ["ALVAREZ, Maria", "ALVAREZ, María", "MEYER, Anna"]
    [batch] = read_imports(workspace)
    assert (batch.rows_added, batch.rows_known, batch.rows_rejected) == (2, 3, 1)
    assert batch.words == "2 patients added, 3 already here, 1 rejected"


def test_the_same_file_twice_adds_nobody(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_at(tmp_path, HEADER, ANNA, BEN)
    import_patients(workspace, preview_import(workspace, path))

    again = preview_import(workspace, path)
    import_patients(workspace, again)

    assert set(states(again)) == {RowState.ALREADY_HERE}
    assert len(read_registry(workspace).rows) == 2


def test_a_retried_import_is_one_import(workspace: Workspace, tmp_path: Path) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, HEADER, ANNA, BEN))

    change = import_patients(workspace, preview)
    after = stored(workspace)
    import_patients(workspace, preview)

    assert stored(workspace) == after
    assert change.record_id == preview.id


def test_all_of_a_list_comes_in_or_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, HEADER, ANNA, BEN))
    before = stored(workspace)
    real = patients.add

    def failing(session: Any, patient: Patient, *rest: Any, **named: Any) -> None:
        real(session, patient, *rest, **named)
        if patient.last_name == "Bergstrom":
            raise Unavailable("The disk is full.")

    monkeypatch.setattr(patients, "add", failing)
    with pytest.raises(Unavailable):
        import_patients(workspace, preview)

    assert stored(workspace) == before
    monkeypatch.undo()
    import_patients(workspace, preview)
    assert len(read_registry(workspace).rows) == 2


def test_a_patient_added_since_the_preview_stops_the_import(
    workspace: Workspace, tmp_path: Path
) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, HEADER, ANNA, BEN))
    add_patient(workspace, PatientDraft("Meyer", "Anna", date(1971, 4, 5), mrn="1001"))
    before = stored(workspace)

    with pytest.raises(Refused, match="changed since this preview"):
        import_patients(workspace, preview)

    assert stored(workspace) == before


def test_a_mapping_that_gives_no_patients_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_at(tmp_path, HEADER, ANNA)
    preview = preview_import(workspace, path, (None,) * 6)
    before = stored(workspace)

    with pytest.raises(Refused) as refusal:
        import_patients(workspace, preview)

    assert [problem.field for problem in refusal.value.problems] == ["mapping", "mapping"]
    assert states(preview) == [RowState.REJECTED]
    assert stored(workspace) == before
    with pytest.raises(Refused, match="does not fit"):
        preview_import(workspace, path, (None,))


def test_a_mapping_is_remembered_for_files_with_the_same_columns(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = csv_at(tmp_path, "Key,Zuname,Vorname,DOB", "7,Ng,Kim,1/2/1980")
    mapping = (
        PatientField.MRN,
        PatientField.LAST_NAME,
        PatientField.FIRST_NAME,
        PatientField.BORN_ON,
    )
    guessed = preview_import(workspace, path)
    import_patients(workspace, preview_list(workspace, guessed.patient_list, mapping))

    later = csv_at(tmp_path, "Key,Zuname,Vorname,DOB", "8,Ono,Ken,1/2/1981", name="later.csv")
    preview = preview_import(workspace, later)

    assert guessed.problems
    assert not guessed.is_remembered
    assert preview.mapping == mapping
    assert preview.is_remembered
    import_patients(workspace, preview)
    assert stored(workspace)[2] == 1


def test_undoing_an_import_withdraws_its_patients_and_no_others(
    workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    path = csv_at(tmp_path, HEADER, ANNA, BEN)
    preview = preview_import(workspace, path)
    import_patients(workspace, preview)

    undo_import(workspace, preview.id, reason="Wrong file")

    assert [row.name for row in read_registry(workspace).rows] == ["ALVAREZ, María"]
    [batch] = read_imports(workspace)
    assert batch.undone_at is not None
    assert batch.undo_reason == "Wrong file"
    assert set(states(preview_import(workspace, path))) == {RowState.NEW}
    with pytest.raises(Refused, match="was undone"):
        import_patients(workspace, preview)
    with pytest.raises(Refused, match="not on file"):
        undo_import(workspace, preview.id, reason="Again")


def test_an_import_in_use_cannot_be_undone(workspace: Workspace, tmp_path: Path) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, HEADER, ANNA, BEN))
    import_patients(workspace, preview)
    anna, ben = (row.draft for row in preview.rows)
    assert anna is not None
    assert ben is not None
    draft = EnrollDraft(
        anna.id, workspace.staff.id, date(2026, 11, 2), ConsentMethod.VERBAL, date(2026, 11, 3)
    )
    enroll(workspace, draft)
    before = stored(workspace)

    with pytest.raises(Refused, match=r"1 patient of this import has been enrolled"):
        undo_import(workspace, preview.id, reason="Wrong file")
    assert stored(workspace) == before

    change_patient(workspace, replace(ben, reach=Reach(phone="555-000-1111")), version=1)
    with pytest.raises(Refused, match="2 patients of this import have"):
        undo_import(workspace, preview.id, reason="Wrong file")


def test_undoing_needs_a_reason(workspace: Workspace, tmp_path: Path) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, HEADER, ANNA))
    import_patients(workspace, preview)

    with pytest.raises(Refused):
        undo_import(workspace, preview.id, reason=" ")

    assert len(read_registry(workspace).rows) == 1


def test_the_audit_holds_digest_and_counts_and_no_name(
    workspace: Workspace, tmp_path: Path
) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, HEADER, ANNA, "9,UNK,x,1/1/1980,,"))

    import_patients(workspace, preview)
    undo_import(workspace, preview.id, reason="Wrong file")

    with workspace.database.read() as session:
        entries = list(session.scalars(select(AuditEntryTable).order_by(AuditEntryTable.seq)))
        done, undone = (entry for entry in entries if entry.code.startswith("import."))
        changes = session.scalars(
            select(AuditChangeTable).where(AuditChangeTable.seq == done.seq)
        ).all()
    assert (done.code, undone.code) == ("import.done", "import.undone")
    assert done.sha256 == preview.patient_list.sha256
    assert {change.field: change.after for change in changes} == {
        "rows": "2",
        "added": "1",
        "new": "1",
        "already_here": "0",
        "possible_duplicate": "0",
        "passed_over": "0",
        "rejected": "1",
    }
    assert "Meyer" not in repr([vars(entry) for entry in entries])


def test_only_who_may_import_does(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_at(tmp_path, HEADER, ANNA)
    preview = preview_import(workspace, path)
    biller = as_role(workspace, Role.BILLER)

    for attempt in (
        lambda: preview_import(biller, path),
        lambda: import_patients(biller, preview),
        lambda: undo_import(biller, preview.id, reason="x"),
        lambda: read_imports(biller),
    ):
        with pytest.raises(Refused, match="you may not import patients"):
            attempt()

    assert read_registry(workspace).rows == ()


def test_duplicates_are_found_while_a_patient_is_typed(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = PatientDraft("alvarez", "maria", date(1971, 4, 5))

    [found] = find_duplicates(workspace, draft)

    assert found.key.id == maria_patient
    assert find_duplicates(workspace, replace(draft, id=maria_patient)) == ()
    assert find_duplicates(workspace, PatientDraft("", "", None)) == ()


def test_imports_are_told_in_the_practices_time(workspace: Workspace, tmp_path: Path) -> None:
    import_patients(workspace, preview_import(workspace, csv_at(tmp_path, HEADER, ANNA)))

    [batch] = read_imports(workspace)

    assert batch.imported_at == workspace.now()
    assert batch.imported_at.date() == workspace.today()
    assert (batch.file_name, batch.imported_by) == ("list.csv", "M. Bell")


def test_the_template_can_be_imported(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_bytes(patient_list_template())

    preview = preview_import(workspace, path)

    assert states(preview) == [RowState.NEW]
    assert None not in preview.mapping
