"""Reading what is on file about a patient's consents, visits, services and stays."""

from __future__ import annotations

from cocm_desktop.actions.consent import read_consents
from cocm_desktop.actions.outside_care import read_outside_care
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.proof_record import ProofRecord, proof_records
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import staff as staff_members


def read_proof_records(
    workspace: Workspace, patient_id: str, episode_id: str
) -> tuple[ProofRecord, ...]:
    """Give every record, newest first; consents of this episode, the rest of any time."""
    with workspace.database.read() as session:
        consents = read_consents(workspace, episode_id) if episode_id else ()
        outside = read_outside_care(workspace, patient_id)
        closed = episodes.of_patient(session, patient_id)
        titles = {member.id: member.title for member in staff_members.everyone(session)}
    return proof_records(consents, outside, titles, episodes=closed)
