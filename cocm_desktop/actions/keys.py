"""Giving the clinic's file another key."""

from __future__ import annotations

from cocm_desktop.actions.afterwards import telling_what_was_done
from cocm_desktop.actions.backup import back_up_before
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.backup_plan import Cause
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import audit
from cocm_desktop.storage.key_rotation import rotate_data_key


def rotate_key(workspace: Workspace) -> Change:
    """Encrypt the file under a new key, after a checked copy. Every password goes on opening it.

    Do it after somebody has left who may have copied the old key.
    """
    workspace.require(Permission.CHANGE_STAFF)
    workspace.require_proof()
    clinic = workspace.require_clinic()
    back_up_before(workspace, Cause.BEFORE_NEW_KEY)
    rotate_data_key(clinic)
    in_force = telling_what_was_done("The new key is in force.", is_done=True)
    with in_force, workspace.database.write() as session:
        note = audit.changed("key.rotated", clinic.keys.vault_id, ())
        audit.write(session, workspace.stamp(), note)
    return Change(Topic.BACKUP, clinic.keys.vault_id)
