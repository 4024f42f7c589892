"""Reading what a form is filled in with, and the measures that were withdrawn."""

from __future__ import annotations

from dataclasses import replace

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.looking import ChartPart, look_at_episode
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.measure_form import MeasureForm, PastForm, courses_of
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.withdrawn_measure import WithdrawnMeasure
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members


def read_measure_form(workspace: Workspace, episode_id: str, *, corrects: str = "") -> MeasureForm:
    """Give what is offered for an episode; scores only to whoever may see them.

    The measure that is to be corrected is left out of what came before.
    """
    workspace.require(Permission.RECORD_MEASURE)
    with workspace.database.read() as session:
        catalogue = read_instruments(workspace)
        episode = episodes.get(session, episode_id)
        patient = patients.get(session, episode.patient_id)
        past = [
            measure
            for measure in measures.of_episode(session, episode_id, until=workspace.today())
            if measure.id != corrects
        ]
        sees_scores = workspace.staff.may(Permission.SEE_CHART)
        enrolled_on = episode.enrolled_on
        return MeasureForm(
            catalogue=catalogue,
            primary=episode.primary_instrument_id,
            born_on=patient.born_on,
            sex=patient.sex,
            enrolled_on=enrolled_on,
            past=tuple(PastForm(m.id, m.instrument_id, m.taken_on) for m in past),
            givers=tuple(
                (member.id, member.title)
                for member in staff_members.everyone(session)
                if member.active
            ),
            courses=courses_of(past, catalogue, enrolled_on=enrolled_on) if sees_scores else {},
            earlier=episodes.of_patient(session, patient.id),
            episode=episode,
        )


def read_withdrawn_measures(workspace: Workspace, episode_id: str) -> tuple[WithdrawnMeasure, ...]:
    """Give the voided measures of an episode, oldest first."""
    workspace.require(Permission.SEE_CHART)
    look_at_episode(workspace, episode_id, ChartPart.SCORES)
    zone = workspace.now().tzinfo
    with workspace.database.read() as session:
        return tuple(
            replace(each, voided_at=each.voided_at.astimezone(zone))
            for each in measures.withdrawn_of_episode(session, episode_id)
        )
