"""Emergency access: beyond one's roles, with a reason, for an hour, looked at afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import EmergencyAccessId
from cocm_desktop.domain.sitting import (
    EMERGENCY_LASTS,
    EmergencyAccess,
    EmergencyDraft,
    require_words,
)
from cocm_desktop.domain.staff import IN_AN_EMERGENCY, Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import emergency as accesses
from cocm_desktop.storage import staff as staff_members


@dataclass(frozen=True, slots=True)
class ListedEmergency:
    """An emergency access with the names of who took it and who looked at it."""

    access: EmergencyAccess
    who: str
    reviewer: str
    is_open: bool
    entries: int
    """How many entries of the audit were made by it."""


def take_emergency_access(
    workspace: Workspace, reason: str, *, access_id: EmergencyAccessId | None = None
) -> Change:
    """Let the signed-in person see every chart for an hour. Everything is marked and looked at."""
    workspace.require(Permission.TAKE_EMERGENCY_ACCESS)
    now = workspace.now()
    access = EmergencyDraft(reason).accept(workspace.staff.id, now, ends_at=now + EMERGENCY_LASTS)
    if all(workspace.staff.may(permission) for permission in IN_AN_EMERGENCY):
        words = "Your roles allow all of this already. No emergency access was needed or taken."
        raise Refused(Problem("reason", words))
    if workspace.emergency is not None:
        raise Refused(Problem("reason", "You have emergency access already."))
    access = replace(access, id=access_id or access.id)
    with workspace.database.write() as session:
        accesses.add(session, access, workspace.stamp())
        stamp = replace(workspace.stamp(), is_emergency=True)
        note = replace(audit.created("emergency.taken", access.id), reason=access.reason)
        audit.write(session, stamp, note)
    workspace.sitting.begin_emergency(access, now, ticks_ms=workspace.stamp().ticks_ms)
    return Change(Topic.AUDIT, access.id)


def end_emergency_access(workspace: Workspace) -> Change:
    """End the signed-in person's emergency access before its hour is over."""
    workspace.require(Permission.TAKE_EMERGENCY_ACCESS)
    access, now = workspace.emergency, workspace.now()
    if access is None:
        raise Refused(Problem("id", "You have no emergency access. Nothing was changed."))
    with workspace.database.write() as session:
        changes = accesses.update(session, replace(access, ended_at=now))
        note = audit.changed("emergency.ended", access.id, changes)
        audit.write(session, workspace.stamp(), note)
    workspace.sitting.emergency = None
    return Change(Topic.AUDIT, access.id)


def read_emergencies(workspace: Workspace) -> tuple[ListedEmergency, ...]:
    """Give every emergency access, the newest first: for administrators."""
    workspace.require(Permission.SEE_AUDIT)
    now, zone = workspace.now(), workspace.now().tzinfo
    with workspace.database.read() as session:
        names = {member.id: member.title for member in staff_members.everyone(session)}
        return tuple(
            ListedEmergency(
                access=access.in_zone(zone),
                who=names.get(access.staff_id, ""),
                reviewer=names[access.reviewed_by] if access.reviewed_by else "",
                is_open=access.is_open(now),
                entries=accesses.entries_of(session, access),
            )
            for access in accesses.everything(session)
        )


def waiting_emergencies(workspace: Workspace) -> int:
    """Count the emergency accesses that nobody has looked at; 0 for whom that does not concern."""
    if not workspace.staff.may(Permission.SEE_AUDIT):
        return 0
    with workspace.database.read() as session:
        return sum(
            access.reviewed_at is None and access.staff_id != workspace.staff.id
            for access in accesses.everything(session)
        )


def review_emergency(workspace: Workspace, access_id: str, *, words: str, version: int) -> Change:
    """Sign that an emergency access was looked at, with what came of it; nobody their own."""
    workspace.require(Permission.SEE_AUDIT)
    said = require_words(words)
    with workspace.database.write() as session:
        access = accesses.get(session, access_id)
        if access.reviewed_at is not None:
            raise Refused(Problem("id", "This emergency access was looked at already."))
        if access.is_open(workspace.now()):
            raise Refused(Problem("id", "This emergency access has not ended. Look at it then."))
        if access.staff_id == workspace.staff.id:
            words = "Nobody signs their own emergency access. Ask another administrator."
            raise Refused(Problem("id", words))
        after = replace(
            access,
            reviewed_at=workspace.now(),
            reviewed_by=workspace.staff.id,
            review_words=said,
            version=version,
        )
        changes = accesses.update(session, after)
        note = audit.changed("emergency.reviewed", access.id, changes)
        audit.write(session, workspace.stamp(), note)
    return Change(Topic.AUDIT, access.id)
