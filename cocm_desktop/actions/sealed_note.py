"""Keeping sealed notes, and letting somebody open them."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.looking import look
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.sealed_note import SealedNote, SealedNoteDraft, reason_problem
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, sealed_note
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.audit import Action, Note
from cocm_desktop.storage.clinic_keys import ClinicKeys

TOUCHES = Topic.PRIVACY
CATEGORY = "sealed"


@dataclass(frozen=True, slots=True)
class SealedNotes:
    """A patient's notes without their words; who holds the key; who may be given it."""

    notes: tuple[SealedNote, ...]
    authors: dict[StaffId, str]
    holders: tuple[StaffMember, ...]
    others: tuple[StaffMember, ...]
    is_holder: bool
    has_key: bool
    """Whether there is a key: the first note makes it."""

    @property
    def may_write(self) -> bool:
        return self.is_holder or not self.has_key


def read_sealed_notes(workspace: Workspace, patient_id: str) -> SealedNotes:
    """Tell which sealed notes there are of a patient, never what they say."""
    workspace.require(Permission.KEEP_SEALED_NOTES)
    keys = workspace.require_clinic().keys
    look(workspace, "sealed_note.listed", patient_id)
    with workspace.database.read() as session:
        notes = sealed_note.of_patient(session, patient_id)
        everyone = staff_members.everyone(session)
    holding = keys.sealed_key_holders()
    signs_in = keys.sign_ins()
    may = [m for m in everyone if m.active and m.may(Permission.KEEP_SEALED_NOTES)]
    return SealedNotes(
        notes=notes,
        authors={member.id: member.name for member in everyone},
        holders=tuple(member for member in everyone if member.id in holding),
        others=tuple(m for m in may if m.id in signs_in and m.id not in holding),
        is_holder=bool(keys.sealed_key),
        has_key=keys.has_sealed_key,
    )


def write_sealed_note(workspace: Workspace, draft: SealedNoteDraft) -> Change:
    """Seal a note. The first one makes the key, for its writer and the printed recovery code."""
    workspace.require(Permission.KEEP_SEALED_NOTES)
    written_on = draft.accept(today=workspace.today())
    stamp, keys = workspace.stamp(), workspace.require_clinic().keys
    if not keys.has_sealed_key:
        _make_key(workspace)
    with workspace.database.write() as session:
        if sealed_note.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        patient = patients.get(session, draft.patient_id)
        note = SealedNote(draft.id, patient.id, written_on, stamp.staff.id, stamp.at)
        sealed_note.add(session, note, stamp, words=draft.words.strip(), key=_key(keys))
        told = Note(
            "sealed_note.written", Action.CREATE, note.id, patient_id=patient.id, category=CATEGORY
        )
        audit.write(session, stamp, told)
    return Change(TOUCHES, draft.id)


def open_sealed_note(workspace: Workspace, note_id: str, *, reason: str = "") -> str:
    """Give the words of a note. Who did not write it says by which authorization."""
    workspace.require(Permission.KEEP_SEALED_NOTES)
    keys, stamp = workspace.require_clinic().keys, workspace.stamp()
    with workspace.database.write() as session:
        note = sealed_note.get(session, note_id)
        needs_reason = note.requires_reason(stamp.staff.id)
        if needs_reason and (problem := reason_problem(reason)):
            raise Refused(problem)
        words = sealed_note.words_of(session, note_id, _key(keys))
        told = Note(
            "sealed_note.read",
            Action.READ,
            note.id,
            patient_id=note.patient_id,
            category=CATEGORY,
            reason=reason.strip() if needs_reason else None,
        )
        audit.write(session, stamp, told)
    return words


def void_sealed_note(workspace: Workspace, note_id: str, *, reason: str) -> Change:
    """Withdraw a note of one's own, keeping it."""
    workspace.require(Permission.KEEP_SEALED_NOTES)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        note = sealed_note.get(session, note_id)
        if note.author_id != stamp.staff.id:
            raise Refused(Problem("note", "Only who wrote a sealed note can withdraw it."))
        sealed_note.withdraw(session, note_id, stamp, reason=reason)
        told = audit.voided(
            "sealed_note.voided", note_id, reason=reason, patient_id=note.patient_id
        )
        audit.write(session, stamp, told)
    return Change(TOUCHES, note_id)


def let_open_sealed_notes(workspace: Workspace, staff_id: StaffId) -> Change:
    """Let a colleague's password open the sealed notes. Only who can open them may."""
    workspace.require(Permission.KEEP_SEALED_NOTES)
    workspace.require_proof()
    keys = workspace.require_clinic().keys
    with workspace.database.write() as session:
        member = staff_members.get(session, staff_id)
        if not (member.active and member.may(Permission.KEEP_SEALED_NOTES)):
            words = f"{member.name} has no role that keeps sealed notes. Nothing was changed."
            raise Refused(Problem("staff", words))
        _key(keys)
        audit.write(session, workspace.stamp(), audit.created("sealed_key.given", staff_id))
        keys.give_sealed_key(staff_id)
    return Change(TOUCHES | Topic.STAFF, staff_id)


def keep_from_sealed_notes(workspace: Workspace, staff_id: StaffId, *, reason: str) -> Change:
    """Take the key of the sealed notes from somebody: who holds it can, and an administrator."""
    if staff_id != workspace.staff.id and not workspace.may(Permission.CHANGE_STAFF):
        workspace.require(Permission.KEEP_SEALED_NOTES)
        _key(workspace.require_clinic().keys)
    workspace.require_proof()
    reason, keys = needed_reason(reason), workspace.require_clinic().keys
    with workspace.database.write() as session:
        member = staff_members.get(session, staff_id)
        if member.id not in keys.sealed_key_holders():
            words = f"{member.name} cannot open the sealed notes."
            raise Refused(Problem("staff", words))
        told = audit.voided("sealed_key.taken", staff_id, reason=reason)
        audit.write(session, workspace.stamp(), told)
        keys.take_sealed_key(staff_id)
    return Change(TOUCHES | Topic.STAFF, staff_id)


def _make_key(workspace: Workspace) -> None:
    with workspace.database.write() as session:
        told = audit.created("sealed_key.made", workspace.staff.id)
        audit.write(session, workspace.stamp(), told)
    workspace.require_clinic().keys.make_sealed_key(workspace.staff.id)


def _key(keys: ClinicKeys) -> bytes:
    if not keys.sealed_key:
        raise Refused(
            Problem(
                "key",
                "Your password does not open the sealed notes. Ask somebody who can open them to "
                "let you; then lock and sign in again.",
            )
        )
    return keys.sealed_key
