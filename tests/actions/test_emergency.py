"""Emergency access: with a reason, for an hour, marked, and looked at by somebody else."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.emergency import (
    end_emergency_access,
    read_emergencies,
    review_emergency,
    take_emergency_access,
    waiting_emergencies,
)
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, MeasureId, PatientId, StaffId, new_id
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import IN_AN_EMERGENCY, Permission, Role, StaffMember
from cocm_desktop.errors import Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import emergency as accesses
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.tables import AuditEntryTable
from tests.actions.work import rows_stored
from tests.builders import a_measure_draft
from tests.conftest import EVENING

REASON = "Patient phoned about pills, M. Bell is away"
YOUNG = StaffMember(
    StaffId("00000000-0000-7000-8000-000000000009"),
    "tyoung",
    "T. Young",
    "",
    frozenset({Role.FRONT_DESK}),
)


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """The front desk, in a sitting of its own."""
    with workspace.database.write() as session:
        staff_members.add(session, YOUNG, workspace.stamp())
    return replace(workspace, staff=YOUNG, sitting=Sitting())


def later(workspace: Workspace, minutes: float) -> Workspace:
    moment = EVENING + timedelta(minutes=minutes)
    return replace(workspace, now=lambda: moment)


def last_entries(workspace: Workspace) -> list[tuple[str, bool]]:
    with workspace.database.read() as session:
        table = AuditEntryTable
        query = select(table.code, table.is_emergency).order_by(table.seq)
        return [(code, marked) for code, marked in session.execute(query)]


def test_the_front_desk_sees_a_chart_for_an_hour_and_no_longer(
    desk: Workspace, maria_patient: PatientId
) -> None:
    with pytest.raises(Refused, match="open a patient's chart"):
        read_chart(desk, maria_patient)

    take_emergency_access(desk, REASON)

    assert read_chart(desk, maria_patient).patient.id == maria_patient
    assert all(later(desk, 59.9).may(permission) for permission in IN_AN_EMERGENCY)
    gained = [each for each in IN_AN_EMERGENCY if not YOUNG.may(each)]
    assert not any(later(desk, 60).may(permission) for permission in gained)
    assert not any(later(desk, -1).may(permission) for permission in gained)
    with pytest.raises(Refused, match="open a patient's chart"):
        read_chart(later(desk, 60), maria_patient)


def test_a_clock_that_is_set_back_does_not_make_it_longer(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_emergency_access(desk, REASON)
    passed = time.monotonic_ns() + 61 * 60 * 10**9

    monkeypatch.setattr(time, "monotonic_ns", lambda: passed)

    assert not desk.may(Permission.SEE_CHART)


def test_it_opens_nothing_but_what_saves_somebody(desk: Workspace) -> None:
    take_emergency_access(desk, REASON)

    gained = {each for each in Permission if desk.may(each) and not YOUNG.may(each)}

    assert gained == {
        Permission.SEE_REGISTRY,
        Permission.SEE_CHART,
        Permission.CLOSE_SAFETY_TASK,
    }


def test_what_is_done_meanwhile_is_marked(desk: Workspace, maria: EpisodeId) -> None:
    take_emergency_access(desk, REASON)
    record_measure(desk, a_measure_draft(episode_id=maria))
    end_emergency_access(desk)
    record_measure(later(desk, 1), a_measure_draft(episode_id=maria, id=MeasureId(new_id())))

    marked = dict.fromkeys(last_entries(desk))

    assert ("emergency.taken", True) in marked
    assert ("measure.recorded", True) in marked
    assert ("measure.recorded", False) in marked


@pytest.mark.parametrize(
    "reason",
    [
        *("", "         ", "too short", "a b c d e f", "...........", "unseen so\u200b\u200b"),
        *("unseen so\ufe0f\ufe0f", "unseen so\u3164\u2800", "unseen so\u0301\u0301"),
    ],
)
def test_a_reason_that_says_nothing_is_refused(desk: Workspace, reason: str) -> None:
    before = rows_stored(desk)

    with pytest.raises(Refused) as raised:
        take_emergency_access(desk, reason)

    assert [problem.field for problem in raised.value.problems] == ["reason"]
    assert rows_stored(desk) == before
    assert desk.sitting.emergency is None


def test_who_may_look_anyway_needs_none(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="allow all of this already"):
        take_emergency_access(workspace, REASON)


def test_it_is_not_taken_twice_at_once_nor_ended_twice(desk: Workspace) -> None:
    take_emergency_access(desk, REASON)

    with pytest.raises(Refused, match="already"):
        take_emergency_access(desk, REASON)
    end_emergency_access(later(desk, 5))
    with pytest.raises(Refused, match="no emergency access"):
        end_emergency_access(desk)


def test_a_new_sign_in_finds_it_until_it_ends(desk: Workspace) -> None:
    take_emergency_access(desk, REASON)

    def found(at: datetime) -> bool:
        with desk.database.read() as session:
            return accesses.open_of(session, YOUNG.id, at) is not None

    assert found(EVENING + timedelta(minutes=30))
    assert not found(EVENING + timedelta(minutes=60))
    end_emergency_access(later(desk, 10))
    assert not found(EVENING + timedelta(minutes=30))


def test_a_clock_that_is_set_back_does_not_begin_it_anew(desk: Workspace) -> None:
    take_emergency_access(desk, REASON)

    def found() -> bool:
        with desk.database.read() as session:
            return accesses.open_of(session, YOUNG.id, EVENING + timedelta(minutes=30)) is not None

    before = found()
    with desk.database.write() as session:
        note = audit.Note("clinic.unlocked", audit.Action.EXECUTE, YOUNG.id)
        audit.write(session, later(desk, 60).stamp(), note)

    assert before
    assert not found()


def test_another_administrator_looks_at_it_and_signs(desk: Workspace, workspace: Workspace) -> None:
    take_emergency_access(desk, REASON)
    end_emergency_access(later(desk, 12))
    waiting = waiting_emergencies(workspace)

    (listed,) = read_emergencies(workspace)
    review_emergency(workspace, listed.access.id, words="Rightly so.", version=2)

    (signed,) = read_emergencies(workspace)
    assert waiting == 1
    assert (listed.who, listed.access.reason, listed.entries) == ("T. Young", REASON, 2)
    assert listed.access.began_at.utcoffset() == EVENING.utcoffset()
    assert (signed.reviewer, signed.access.review_words) == ("M. Bell, LCSW", "Rightly so.")
    assert waiting_emergencies(workspace) == 0
    with pytest.raises(Refused, match="looked at already"):
        review_emergency(workspace, listed.access.id, words="Again.", version=3)


@pytest.mark.parametrize("case", ["no words", "still going on", "one's own"])
def test_a_signature_that_means_nothing_is_refused(
    desk: Workspace, workspace: Workspace, case: str
) -> None:
    take_emergency_access(desk, REASON)
    if case != "still going on":
        end_emergency_access(later(desk, 12))
    if case == "one's own":
        workspace = replace(workspace, staff=replace(workspace.staff, id=YOUNG.id))
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        review_emergency(
            workspace,
            desk.sitting.emergency.id if desk.sitting.emergency else _only(workspace),
            words=" " if case == "no words" else "Rightly so.",
            version=2,
        )

    assert rows_stored(workspace) == before
    assert waiting_emergencies(workspace) == (0 if case == "one's own" else 1)


def test_only_who_sees_the_audit_sees_who_took_it(desk: Workspace) -> None:
    with pytest.raises(Refused, match="see the audit"):
        read_emergencies(desk)
    with pytest.raises(Refused, match="see the audit"):
        review_emergency(desk, "1", words="x", version=1)
    assert waiting_emergencies(desk) == 0


def _only(workspace: Workspace) -> str:
    with workspace.database.read() as session:
        (access,) = accesses.everything(session)
    return access.id
