"""A patient whose months can be billed, and the days after them."""

from __future__ import annotations

import pytest

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId
from tests.actions.billing import DECEMBER_2, on_record
from tests.actions.work import at


@pytest.fixture
def december(workspace: Workspace) -> Workspace:
    return at(workspace, DECEMBER_2)


@pytest.fixture
def payer(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> PayerId:
    """Give the payer of a patient of whom everything is on record."""
    return on_record(workspace, maria_patient, maria)
