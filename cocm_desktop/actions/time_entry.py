"""Recording and voiding time that belongs to no contact."""

from __future__ import annotations

from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.time_entry import TimeEntry, TimeEntryDraft, refuse_overlap
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import time_entry as time_entries

TOUCHES = Topic.TIME | Topic.BILLING


def record_time(workspace: Workspace, draft: TimeEntryDraft) -> Change:
    workspace.require(Permission.RECORD_CONTACT)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if time_entries.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        episode = episodes.get(session, draft.episode_id)
        entry = draft.accept(
            staff=workspace.staff, today=workspace.today(), closed_on=episode.closed_on
        )
        same_day = time_entries.of_staff_on(session, entry.staff_id, entry.worked_on)
        refuse_overlap(entry, same_day)
        entry = entry.signed(at=stamp.at, by=stamp.staff.id)
        time_entries.add(session, entry, stamp, patient_id=episode.patient_id)
        note = audit.created("time.recorded", entry.id, episode.patient_id)
        audit.write(session, stamp, note)
    return Change(TOUCHES, draft.id)


def void_time(workspace: Workspace, entry_id: str, *, reason: str) -> Change:
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        entry = time_entries.get(session, entry_id)
        patient_id = episodes.get(session, entry.episode_id).patient_id
        time_entries.void_entry(session, entry_id, workspace.stamp(), reason=reason)
        note = audit.voided("time.voided", entry_id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, entry_id)


def read_time(workspace: Workspace, episode_id: str) -> tuple[TimeEntry, ...]:
    """Give the time entries of an episode, oldest first."""
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        return tuple(time_entries.of_episode(session, episode_id, until=workspace.today()))
