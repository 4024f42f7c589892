"""Moving a clinic to another folder of this computer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.paths import PROGRAM
from cocm_desktop.storage import audit, folder_state, moving
from cocm_desktop.storage.moving import Moved

if TYPE_CHECKING:
    from cocm_desktop.actions.session import Place
    from cocm_desktop.actions.workspace import Workspace


def move_clinic(place: Place, to: Place) -> Moved:
    """Copy the locked clinic to a folder that will do, compare, and turn to it.

    It needs no password: what is copied stays encrypted. The old files are kept under a new name.
    """
    return moving.move(place.door(), to.door(), now=place.clock(None))


def free_folder(chosen: Path) -> Path:
    """Give the folder itself where it is empty, or else a new one in it."""
    try:
        is_free = not any(chosen.iterdir())
    except OSError:
        is_free = True
    return chosen if is_free else chosen / PROGRAM


def is_misplaced(place: Place) -> str:
    """Tell why the clinic must not be used where it lies; "" where it may."""
    harm = place.door().harm()
    return str(harm.to_open()) if harm else ""


def where_it_went(place: Place) -> Path | None:
    """Tell the folder of this computer that a clinic was moved to from here."""
    return folder_state.moved_to(place.folder)


def note_move(workspace: Workspace) -> None:
    """Write into the audit that the clinic came from another folder, at its first unlocking."""
    if workspace.clinic is None or workspace.database.reads_only:
        return
    here = workspace.clinic.path
    if not (before := moving.moved_from(here)):
        return
    change = FieldChange("folder", before, str(here))
    with workspace.database.write() as session:
        note = audit.changed("clinic.moved", workspace.clinic.keys.vault_id, (change,))
        audit.write(session, workspace.stamp(), note)
    moving.forget_move(here)
