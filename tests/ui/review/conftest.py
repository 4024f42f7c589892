from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.review_meeting import (
    plan_meeting,
)
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, StaffId
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.review.screen import ReviewScreen
from tests.actions.work import phq9, reviewed
from tests.builders import a_staff_draft
from tests.conftest import CARE_MANAGER
from tests.ui.clinic import enrolled
from tests.ui.review.sitting import ENROLLED, TODAY


@pytest.fixture
def chen(workspace: Workspace) -> StaffId:
    draft = a_staff_draft(
        name="L. Chen", sign_in="", roles=frozenset({Role.PSYCHIATRIC_CONSULTANT})
    )
    return StaffId(add_staff(workspace, draft).record_id)


@pytest.fixture
def cases(workspace: Workspace, chen: StaffId) -> dict[str, EpisodeId]:
    """One with an open safety task, two new ones, and one whom no rule names."""
    found = {name: enrolled(workspace, name, ENROLLED)[1] for name in ("Torres", "Novak", "Quinn")}
    phq9(workspace, found["Torres"], TODAY, 18, item9=1)
    found["Quiet"] = enrolled(workspace, "Quiet", ENROLLED)[1]
    reviewed(workspace, [found["Quiet"]], date(2026, 11, 25))
    return found


@pytest.fixture
def meeting_id(workspace: Workspace, cases: dict[str, EpisodeId], chen: StaffId) -> ReviewMeetingId:
    draft = ReviewMeetingDraft(
        TODAY, minutes=60, care_manager_ids=(CARE_MANAGER.id,), consultant_id=chen
    )
    return ReviewMeetingId(plan_meeting(workspace, draft).record_id)


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, meeting_id: ReviewMeetingId) -> ReviewScreen:
    screen = ReviewScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    screen.show()
    screen.activateWindow()
    screen.take_focus()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen
