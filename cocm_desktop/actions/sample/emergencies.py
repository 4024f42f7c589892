"""An emergency at the sample clinic: the front desk looked, and an administrator looked at that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Final

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.emergency import (
    read_emergencies,
    review_emergency,
    take_emergency_access,
)
from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.privacy import WHO
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EmergencyAccessId, PatientId

_AGO: Final = timedelta(days=23)
_REASON: Final = (
    "A patient phoned and said good-bye; nobody clinical answers. I need the safety plan."
)
_FOUND: Final = "Needed. The person named in the plan was reached. The plan is at the desk now."


def tell_emergency(book: Book, team: Team, patients: Mapping[str, PatientId]) -> None:
    """Tell of one emergency access that was taken, ran out and was looked at the next morning."""
    access_id = EmergencyAccessId(sample_id("emergency"))
    look = partial(_look, access_id=access_id, patient_id=patients[WHO])
    day = working_day(book.as_of - _AGO)
    morning = working_day(day + timedelta(days=3))
    book.write(book.at(day, 17, 20), team.front_desk, look)
    book.write(book.at(morning, 9, 5), team.care_managers[0], partial(_sign, access_id=access_id))


def _look(workspace: Workspace, access_id: EmergencyAccessId, patient_id: PatientId) -> None:
    take_emergency_access(workspace, _REASON, access_id=access_id)
    read_chart(workspace, patient_id)


def _sign(workspace: Workspace, access_id: EmergencyAccessId) -> None:
    [listed] = read_emergencies(workspace)
    version = listed.access.version
    review_emergency(workspace, access_id, words=_FOUND, version=version)
