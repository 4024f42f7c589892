"""An earlier episode as a row of the registry, where a list of the past names it."""

from __future__ import annotations

from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.registry import RegistryRow

_NO_SCORES = Course((), None, None)


def row_of_earlier(latest: RegistryRow, episode: Episode) -> RegistryRow:
    """Give who the patient is with this episode, and nothing that belongs to the latest one."""
    return RegistryRow(
        patient_id=latest.patient_id,
        last_name=latest.last_name,
        first_name=latest.first_name,
        preferred_name=latest.preferred_name,
        mrn=latest.mrn,
        born_on=latest.born_on,
        phone=latest.phone,
        today=latest.today,
        g2214_first_minute=latest.g2214_first_minute,
        phq9_instrument=latest.phq9_instrument,
        gad7_instrument=latest.gad7_instrument,
        phq9=_NO_SCORES,
        gad7=_NO_SCORES,
        episode_id=episode.id,
        status=episode.status,
        care_manager_id=episode.care_manager_id,
        referred_on=episode.referred_on,
        enrolled_on=episode.enrolled_on,
        closed_on=episode.closed_on,
        close_reason=episode.close_reason,
        settings=latest.settings,
        former_mrns=latest.former_mrns,
    )
