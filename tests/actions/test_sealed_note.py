"""Sealed notes: who can open them, and that nothing else ever holds their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from cocm_desktop.actions.keys import rotate_key
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.recovery import replace_recovery_code
from cocm_desktop.actions.sealed_note import (
    keep_from_sealed_notes,
    let_open_sealed_notes,
    open_sealed_note,
    read_sealed_notes,
    void_sealed_note,
    write_sealed_note,
)
from cocm_desktop.actions.session import (
    Place,
    lock,
    new_recovery_code,
    recover,
    unlock,
)
from cocm_desktop.actions.staff import add_staff, change_password, deactivate_staff, read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.sealed_note import SealedNoteDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Damaged, Refused, Unavailable
from tests.actions.clinics import CODE, OTHER, PASSWORD, make, place_at

THIRD = "granite whisper fjord plum"
WONG = StaffDraft("Kim Wong", frozenset({Role.PSYCHIATRIC_CONSULTANT}), "kwong")
DESK = StaffDraft("Dee Lane", frozenset({Role.FRONT_DESK, Role.ADMINISTRATOR}), "dlane")
WORDS = "She spoke of her brother for the first time."


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_at(tmp_path / "clinic")


@pytest.fixture
def opened(place: Place) -> Iterator[Workspace]:
    workspace = make(place)
    add_staff(workspace, WONG, password=OTHER)
    add_staff(workspace, DESK, password=THIRD)
    yield proved(workspace)
    lock(workspace)


@pytest.fixture
def patient(opened: Workspace) -> PatientId:
    draft = PatientDraft("Alvarez", "Rosa", date(1971, 4, 5))
    return PatientId(add_patient(opened, draft).record_id)


def proved(workspace: Workspace) -> Workspace:
    workspace.sitting.proved_at = workspace.now()
    return workspace


def draft_of(patient: PatientId, words: str = WORDS) -> SealedNoteDraft:
    return SealedNoteDraft(patient, words, date(2026, 11, 30))


def wong_of(workspace: Workspace) -> StaffId:
    return next(member.id for member in read_staff(workspace) if member.sign_in == "kwong")


def as_wong(place: Place, opened: Workspace) -> Workspace:
    lock(opened)
    return proved(unlock(place, "kwong", OTHER))


def test_a_note_is_kept_once_and_its_writer_reads_it(opened: Workspace, patient: PatientId) -> None:
    draft = draft_of(patient)
    write_sealed_note(opened, draft)
    write_sealed_note(opened, draft)

    found = read_sealed_notes(opened, patient)

    assert [note.written_on for note in found.notes] == [date(2026, 11, 30)]
    assert found.may_write
    assert open_sealed_note(opened, draft.id) == WORDS


def test_nothing_in_the_file_holds_the_words(opened: Workspace, patient: PatientId) -> None:
    write_sealed_note(opened, draft_of(patient))
    held = []

    with opened.database.read() as session:
        connection = session.connection()
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in names.all():
            rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            held += [name for row in rows if "brother" in str(tuple(row))]

    assert held == []


def test_who_was_not_let_in_cannot_open_and_somebody_of_no_role_cannot_ask(
    place: Place, opened: Workspace, patient: PatientId
) -> None:
    draft = draft_of(patient)
    write_sealed_note(opened, draft)
    theirs = as_wong(place, opened)

    with pytest.raises(Refused, match="does not open the sealed notes"):
        open_sealed_note(theirs, draft.id, reason="Authorization of November 2")
    with pytest.raises(Refused, match="does not open the sealed notes"):
        write_sealed_note(theirs, draft_of(patient))
    with pytest.raises(Refused, match="does not open the sealed notes"):
        let_open_sealed_notes(theirs, theirs.staff.id)
    assert len(read_sealed_notes(theirs, patient).notes) == 1
    lock(theirs)
    desk = unlock(place, "dlane", THIRD)
    with pytest.raises(Refused, match="may not keep sealed notes"):
        read_sealed_notes(desk, patient)
    lock(desk)


def test_a_colleague_who_was_let_in_says_why_they_read(
    place: Place, opened: Workspace, patient: PatientId
) -> None:
    draft = draft_of(patient)
    write_sealed_note(opened, draft)
    let_open_sealed_notes(opened, wong_of(opened))
    theirs = as_wong(place, opened)

    with pytest.raises(Refused, match="Somebody else wrote this note"):
        open_sealed_note(theirs, draft.id)
    assert open_sealed_note(theirs, draft.id, reason="Authorization of November 2") == WORDS
    with pytest.raises(Refused, match="Only who wrote"):
        void_sealed_note(theirs, draft.id, reason="mine")
    lock(theirs)


def test_it_needs_a_role_and_the_password_once_more_to_let_somebody_in(
    opened: Workspace, patient: PatientId
) -> None:
    write_sealed_note(opened, draft_of(patient))
    desk = next(member.id for member in read_staff(opened) if member.sign_in == "dlane")

    with pytest.raises(Refused, match="has no role"):
        let_open_sealed_notes(opened, desk)
    opened.sitting.proved_at = None
    with pytest.raises(Refused, match="password once more"):
        let_open_sealed_notes(opened, wong_of(opened))


def test_a_key_that_was_taken_opens_nothing_at_the_next_sign_in(
    place: Place, opened: Workspace, patient: PatientId
) -> None:
    draft = draft_of(patient)
    write_sealed_note(opened, draft)
    let_open_sealed_notes(opened, wong_of(opened))
    keep_from_sealed_notes(opened, wong_of(opened), reason="changed posts")

    theirs = as_wong(place, opened)
    with pytest.raises(Refused, match="does not open the sealed notes"):
        open_sealed_note(theirs, draft.id, reason="Authorization")
    with pytest.raises(Refused, match="cannot open the sealed notes"):
        keep_from_sealed_notes(as_administrator(theirs), theirs.staff.id, reason="again")
    lock(theirs)


def as_administrator(workspace: Workspace) -> Workspace:
    roles = frozenset({Role.ADMINISTRATOR})
    return replace(workspace, staff=replace(workspace.staff, roles=roles))


def test_passwords_codes_and_keys_may_change_and_the_notes_still_open(
    place: Place, opened: Workspace, patient: PatientId
) -> None:
    draft = draft_of(patient)
    write_sealed_note(opened, draft)
    newer = new_recovery_code()
    change_password(opened, old=PASSWORD, new=THIRD)
    replace_recovery_code(opened, newer)
    rotate_key(opened)
    lock(opened)

    again = unlock(place, "lortiz", THIRD)
    assert open_sealed_note(again, draft.id) == WORDS
    lock(again)
    recovered = recover(place, newer, sign_in="lortiz", password=PASSWORD)
    assert open_sealed_note(recovered, draft.id) == WORDS
    lock(recovered)


def test_the_printed_code_opens_them_when_the_last_who_could_has_left(
    place: Place, opened: Workspace, patient: PatientId
) -> None:
    draft = draft_of(patient)
    write_sealed_note(opened, draft)
    lock(opened)
    desk = proved(unlock(place, "dlane", THIRD))
    ortiz = next(member for member in read_staff(desk) if member.sign_in == "lortiz")
    deactivate_staff(desk, ortiz.id, version=ortiz.version)
    lock(desk)

    theirs = recover(place, CODE, sign_in="kwong", password=OTHER)

    assert open_sealed_note(theirs, draft.id, reason="The author has left.") == WORDS
    lock(theirs)


def test_the_words_of_one_note_put_into_another_do_not_open(
    opened: Workspace, patient: PatientId
) -> None:
    first, second = draft_of(patient), draft_of(patient, "He is afraid of the stairs.")
    write_sealed_note(opened, first)
    write_sealed_note(opened, second)

    with opened.database.write() as session:
        session.execute(
            text(
                "UPDATE sealed_note SET sealed = "
                "(SELECT sealed FROM sealed_note WHERE id = :second) WHERE id = :first"
            ),
            {"first": first.id, "second": second.id},
        )

    with pytest.raises(Damaged, match="cannot be opened"):
        open_sealed_note(opened, first.id)


def test_what_is_withdrawn_opens_no_more(opened: Workspace, patient: PatientId) -> None:
    draft = draft_of(patient)
    write_sealed_note(opened, draft)
    void_sealed_note(opened, draft.id, reason="wrong patient")

    with pytest.raises(Refused, match="not on file"):
        open_sealed_note(opened, draft.id)
    assert read_sealed_notes(opened, patient).notes == ()


def test_without_the_keys_at_hand_nothing_is_read(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    with pytest.raises(Unavailable, match="keys are not at hand"):
        read_sealed_notes(workspace, maria_patient)


@pytest.mark.parametrize(
    ("words", "day", "field"),
    [
        ("   ", date(2026, 11, 30), "words"),
        ("x" * 20_001, date(2026, 11, 30), "words"),
        (WORDS, None, "written_on"),
        (WORDS, date(2026, 12, 24), "written_on"),
        ("We began at 10:30.", date(2026, 11, 30), "is_confirmed"),
        ("Took 20 mg again.", date(2026, 11, 30), "is_confirmed"),
        ("Her PHQ-9 was lower.", date(2026, 11, 30), "is_confirmed"),
        ("F33.1, I think.", date(2026, 11, 30), "is_confirmed"),
        ("Fewer symptoms.", date(2026, 11, 30), "is_confirmed"),
        ("The prognosis is good.", date(2026, 11, 30), "is_confirmed"),
    ],
)
def test_what_does_not_belong_into_a_note_is_named(
    opened: Workspace, patient: PatientId, *, words: str, day: date | None, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        write_sealed_note(opened, SealedNoteDraft(patient, words, day))

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert read_sealed_notes(opened, patient).notes == ()
