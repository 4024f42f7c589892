"""Drafts: what the signed-in person typed and has not saved. Nobody sees another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.draft import Draft, DraftPlace, ListedDraft
from cocm_desktop.domain.ids import DraftId, new_id
from cocm_desktop.domain.patient import banner_name
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import draft as drafts
from cocm_desktop.storage import patient as patients


def keep_draft(
    workspace: Workspace,
    place: DraftPlace,
    values: Mapping[str, Any],
    *,
    title: str,
    patient_id: str = "",
) -> None:
    """Keep what is typed. It is not noted in the audit: nothing was recorded of anybody."""
    draft = Draft(
        id=DraftId(new_id()),
        staff_id=workspace.staff.id,
        place=place,
        title=title,
        patient_id=patient_id,
        values=values,
        kept_at=workspace.now(),
        device=workspace.device,
    )
    with workspace.database.write() as session:
        drafts.keep(session, draft)


def find_draft(workspace: Workspace, place: DraftPlace) -> Draft | None:
    """Give what the signed-in person left unsaved in a form about one record."""
    with workspace.database.read() as session:
        found = drafts.find(session, workspace.staff.id, place)
    zone = workspace.now().tzinfo
    return replace(found, kept_at=found.kept_at.astimezone(zone)) if found else None


def read_drafts(workspace: Workspace) -> tuple[ListedDraft, ...]:
    """Give the signed-in person's drafts, the last one typed first."""
    zone = workspace.now().tzinfo
    with workspace.database.read() as session:
        found = drafts.of_staff(session, workspace.staff.id)
        known = patients.by_id(session, {draft.patient_id for draft in found if draft.patient_id})
    named = {
        str(patient.id): banner_name(patient.last_name, patient.first_name)
        for patient in known.values()
    }
    return tuple(
        ListedDraft(
            replace(draft, kept_at=draft.kept_at.astimezone(zone)),
            named.get(draft.patient_id, ""),
        )
        for draft in found
    )


def drop_draft(workspace: Workspace, place: DraftPlace) -> None:
    """Forget a draft because what it held is saved."""
    with workspace.database.write() as session:
        drafts.remove(session, workspace.staff.id, place)


def discard_draft(workspace: Workspace, draft_id: str) -> Change:
    """Throw away what one typed; noted, for it cannot be brought back."""
    with workspace.database.write() as session:
        own = drafts.of_staff(session, workspace.staff.id)
        draft = next((each for each in own if each.id == draft_id), None)
        if draft is None:
            words = "You have no such draft. It was saved or discarded before. Nothing was changed."
            raise Refused(Problem("draft", words))
        drafts.remove(session, workspace.staff.id, draft.place)
        note = audit.Note("draft.discarded", audit.Action.VOID, draft.id, draft.patient_id or None)
        audit.write(session, workspace.stamp(), note)
    return Change(Topic.DRAFT, draft.id)
