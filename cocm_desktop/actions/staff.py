"""Staff members and their ways in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from cocm_desktop.actions.afterwards import telling_what_was_done as _telling
from cocm_desktop.actions.common_passwords import load_common_passwords
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain import password as passwords
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Permission, Role, StaffDraft, StaffMember
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.clinic_keys import ClinicKeys

_IN_FORCE: Final = "The new password is in force."
_SET_IN_VAIN: Final = (
    "The password is set, but the staff list was not changed: do it again, or nobody can sign in "
    "with it."
)
_TAKEN: Final = (
    "The sign-in opens nothing any more, but the staff list was not changed: do it again."
)


def read_staff(workspace: Workspace) -> tuple[StaffMember, ...]:
    """Give all staff members by name, the inactive ones too."""
    with workspace.database.read() as session:
        return tuple(staff_members.everyone(session))


def add_staff(workspace: Workspace, draft: StaffDraft, *, password: str = "") -> Change:
    """Add a staff member; with a sign-in name and a password they can unlock the file.

    Practitioners who only stand on paper need neither.
    """
    workspace.require(Permission.CHANGE_STAFF)
    if password or Role.ADMINISTRATOR in draft.roles:
        workspace.require_proof()
    with _telling(_SET_IN_VAIN) as told, workspace.database.write() as session:
        members = staff_members.everyone(session)
        if draft.id in {member.id for member in members}:
            return Change(Topic.STAFF, draft.id)
        problems = [*draft.problems(taken=_taken(members))]
        problems += _password_problems(draft, password, practice=practices.get(session).name)
        if problems:
            raise Refused(*problems)
        member = draft.accept()
        staff_members.add(session, member, workspace.stamp())
        audit.write(session, workspace.stamp(), audit.created("staff.added", member.id))
        if password:
            keys = workspace.require_clinic().keys
            _forget_strangers(keys, {each.id for each in members})
            keys.set_password(member.id, member.sign_in, password=password)
            told.is_done = True
    return Change(Topic.STAFF, member.id)


def change_staff(workspace: Workspace, member: StaffMember, *, password: str = "") -> Change:
    """Change a member's name, credentials, roles or NPI; a sign-in name once given stays.

    Who only stood on paper gets a way in by a sign-in name and a first password.
    """
    workspace.require(Permission.CHANGE_STAFF)
    with _telling(_SET_IN_VAIN) as told, workspace.database.write() as session:
        before = staff_members.get(session, member.id)
        if password or (member.is_a(Role.ADMINISTRATOR) and not before.is_a(Role.ADMINISTRATOR)):
            workspace.require_proof()
        gets_sign_in = not before.sign_in and bool(member.sign_in.strip() or password)
        draft = StaffDraft(
            name=member.name,
            roles=member.roles,
            sign_in=member.sign_in if gets_sign_in else before.sign_in,
            credentials=member.credentials,
            npi=member.npi,
            taxonomy=member.taxonomy,
            bills_incident_to=member.bills_incident_to,
            supervisor_id=member.supervisor_id,
            full_time_percent=member.full_time_percent,
            id=member.id,
        )
        taken = _taken(staff_members.everyone(session)) if gets_sign_in else frozenset()
        problems = [*draft.problems(taken=taken)]
        if gets_sign_in:
            problems += _password_problems(draft, password, practice=practices.get(session).name)
            if not before.active:
                problems.append(Problem("sign_in", "Who is switched off cannot get a sign-in."))
        if problems:
            raise Refused(*problems)
        after = replace(draft.accept(), active=before.active, version=member.version)
        _refuse_without_administrator(workspace, after)
        changes = staff_members.update(session, after)
        audit.write(session, workspace.stamp(), audit.changed("staff.changed", member.id, changes))
        if gets_sign_in:
            workspace.require_clinic().keys.set_password(after.id, after.sign_in, password=password)
            told.is_done = True
    return Change(Topic.STAFF, member.id)


def deactivate_staff(workspace: Workspace, staff_id: StaffId, *, version: int) -> Change:
    """Take a member's way in at once. Their records and their name stay.

    No other program can be open for them: whoever has the clinic open holds its lock.
    """
    workspace.require(Permission.CHANGE_STAFF)
    workspace.require_proof()
    if staff_id == workspace.staff.id:
        raise Refused(Problem("staff", "You cannot switch off your own sign-in."))
    with _telling(_TAKEN) as told, workspace.database.write() as session:
        before = staff_members.get(session, staff_id)
        after = replace(before, active=False, version=version)
        _refuse_without_administrator(workspace, after)
        changes = staff_members.update(session, after)
        audit.write(
            session, workspace.stamp(), audit.changed("staff.deactivated", staff_id, changes)
        )
        keys = workspace.require_clinic().keys
        if staff_id in keys.sign_ins():
            keys.remove(staff_id)
            told.is_done = True
    return Change(Topic.STAFF, staff_id)


def reactivate_staff(
    workspace: Workspace, staff_id: StaffId, *, version: int, password: str = ""
) -> Change:
    """Take back somebody who was switched off; with a sign-in name they get a new password.

    What they recorded before and what they record now stands under one and the same person.
    """
    workspace.require(Permission.CHANGE_STAFF)
    workspace.require_proof()
    with _telling(_SET_IN_VAIN) as told, workspace.database.write() as session:
        before = staff_members.get(session, staff_id)
        if before.active:
            raise Refused(Problem("staff", f"{before.title} is not switched off."))
        if before.sign_in:
            _require_password_for(before, password, practice=practices.get(session).name)
        changes = staff_members.update(session, replace(before, active=True, version=version))
        stamp = workspace.stamp()
        audit.write(session, stamp, audit.changed("staff.reactivated", staff_id, changes))
        if before.sign_in:
            audit.write(session, stamp, audit.changed("password.given", staff_id, ()))
            keys = workspace.require_clinic().keys
            keys.set_password(staff_id, before.sign_in, password=password)
            told.is_done = True
    return Change(Topic.STAFF, staff_id)


def give_password(workspace: Workspace, staff_id: StaffId, *, password: str) -> Change:
    """Give somebody who forgot theirs a password; they choose their own when they sign in."""
    workspace.require(Permission.CHANGE_STAFF)
    workspace.require_proof()
    if staff_id == workspace.staff.id:
        words = "Your own password is changed under “My sign-in”, with the old one."
        raise Refused(Problem("staff", words))
    with _telling(_IN_FORCE) as told, workspace.database.write() as session:
        member = staff_members.get(session, staff_id)
        if not (member.active and member.sign_in):
            raise Refused(Problem("staff", f"{member.title} does not sign in."))
        _require_password_for(member, password, practice=practices.get(session).name)
        audit.write(session, workspace.stamp(), audit.changed("password.given", staff_id, ()))
        workspace.require_clinic().keys.set_password(staff_id, member.sign_in, password=password)
        told.is_done = True
    return Change(Topic.STAFF, staff_id)


def is_bound_to_computer(workspace: Workspace) -> bool:
    """Tell whether the signed-in person's password opens the clinic on this computer only."""
    return workspace.require_clinic().keys.needs_this_computer(workspace.staff.id)


def change_password(
    workspace: Workspace, *, old: str, new: str, this_computer_only: bool | None = None
) -> Change:
    """Change the signed-in person's own password. The database itself is not rewritten.

    With `this_computer_only` the key store of the operating system holds a share without which
    the password opens nothing; the recovery code still does. None leaves that as it was.
    """
    staff, keys = workspace.staff, workspace.require_clinic().keys
    bound = is_bound_to_computer(workspace) if this_computer_only is None else this_computer_only
    with _telling(_IN_FORCE) as told, workspace.database.write() as session:
        context = (practices.get(session).name, staff.name, staff.sign_in)
        common = load_common_passwords()
        passwords.require_good(new, context=context, device_share=bound, common=common)
        audit.write(session, workspace.stamp(), audit.changed("password.changed", staff.id, ()))
        keys.change_password(staff.id, old=old, new=new, device_share=bound)
        told.is_done = True
    workspace.sitting.password_is_given = False
    return Change(Topic.STAFF, staff.id)


def _require_password_for(member: StaffMember, password: str, *, practice: str) -> None:
    context = (practice, member.name, member.sign_in)
    passwords.require_good(password, context=context, common=load_common_passwords())


def _taken(members: Iterable[StaffMember]) -> frozenset[str]:
    """Give the sign-in names in use, casefolded."""
    return frozenset(member.sign_in.casefold() for member in members if member.sign_in)


def _password_problems(draft: StaffDraft, password: str, *, practice: str) -> Iterator[Problem]:
    """Name what is wrong with a first password, and a password without a sign-in name."""
    if draft.sign_in.strip() or password:
        context = (practice, draft.name, draft.sign_in)
        yield from passwords.problems(password, context=context, common=load_common_passwords())
    if password and not draft.sign_in.strip():
        yield Problem("sign_in", "Choose a sign-in name for the password.")


def _refuse_without_administrator(workspace: Workspace, after: StaffMember) -> None:
    """Keep somebody at the practice who can add staff."""
    with workspace.database.read() as session:
        others = staff_members.with_role(session, Role.ADMINISTRATOR)
    left = {m.id for m in others if m.sign_in} - {after.id}
    if not left and not (after.active and after.is_a(Role.ADMINISTRATOR)):
        raise Refused(Problem("roles", "The practice needs at least one administrator."))


def _forget_strangers(keys: ClinicKeys, members: set[StaffId]) -> None:
    """Take the way in of who was being added when the program or the power failed."""
    for staff_id in keys.sign_ins().keys() - members:
        keys.remove(staff_id)
