"""Settings of the rules: who may change them, from when they hold, and what they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cocm_desktop.actions.due import read_due
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.settings import change_setting, preview_setting, read_settings
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS, SettingDraft
from cocm_desktop.domain.ids import EpisodeId, StaffId
from cocm_desktop.errors import Refused
from tests.actions.work import at, call, rows_stored
from tests.conftest import CARE_MANAGER

TODAY = date(2026, 11, 30)


def draft(name: str, value: str, on: date = TODAY) -> SettingDraft:
    return SettingDraft(name, value, on)


def rules(workspace: Workspace) -> set[str]:
    return {item.rule.id for each in read_due(workspace) for item in each.items}


def test_the_program_comes_with_settings(workspace: Workspace) -> None:
    read = read_settings(workspace)

    assert (read.now, read.history) == (DEFAULT_SETTINGS, ())


def test_a_change_holds_from_its_day_on_and_says_who_made_it(
    workspace: Workspace, maria: EpisodeId
) -> None:
    call(workspace, maria, date(2026, 11, 8))
    assert "F5" not in rules(workspace)

    change_setting(workspace, draft("no_contact_days", "20"))

    assert "F5" in rules(workspace)
    read = read_settings(workspace)
    assert read.now.no_contact_days == 20
    [(change, by)] = read.changes_of("no_contact_days")
    assert (change.value, change.valid_from, by) == ("20", TODAY, CARE_MANAGER.id)
    assert read.changes_of("stale_days") == ()
    before = at(workspace, workspace.now() - timedelta(days=1))
    assert read_settings(before).now.no_contact_days == 30


def test_a_change_may_wait_for_its_day(workspace: Workspace, maria: EpisodeId) -> None:
    change_setting(workspace, draft("stale_days", "45", TODAY + timedelta(days=1)))

    assert read_settings(workspace).now.stale_days == 30
    tomorrow = at(workspace, workspace.now() + timedelta(days=1))
    assert read_settings(tomorrow).now.stale_days == 45
    assert read_registry(tomorrow).rows[0].settings.stale_days == 45


def test_of_two_changes_the_later_day_holds(workspace: Workspace) -> None:
    change_setting(workspace, draft("stale_days", "60", TODAY + timedelta(days=2)))
    change_setting(workspace, draft("stale_days", "45", TODAY))

    after = at(workspace, workspace.now() + timedelta(days=3))
    assert read_settings(after).now.stale_days == 60


def test_a_retried_change_is_one(workspace: Workspace) -> None:
    same = draft("stale_days", "45")

    assert change_setting(workspace, same) == change_setting(workspace, same)

    assert len(read_settings(workspace).history) == 1


@pytest.mark.parametrize(
    ("name", "value"), [("stale_days", "7"), ("nothing", "7"), ("inactive_days", "60")]
)
def test_a_change_that_does_not_fit_is_refused_and_not_stored(
    workspace: Workspace, name: str, value: str
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        change_setting(workspace, draft(name, value))
    with pytest.raises(Refused):
        preview_setting(workspace, draft(name, value))

    assert rows_stored(workspace) == before


def test_whom_a_change_concerns_is_counted_before_it_is_made(
    workspace: Workspace, maria: EpisodeId
) -> None:
    call(workspace, maria, date(2026, 11, 8))
    before = rows_stored(workspace)

    preview = preview_setting(workspace, draft("no_contact_days", "20"))

    assert (preview.before, preview.after, preview.setting.unit) == (30, 20, "days")
    assert [(c.rule.id, c.before, c.after) for c in preview.effect.counts] == [("F5", 0, 1)]
    assert preview.effect.patients_affected == 1
    assert rows_stored(workspace) == before


def test_what_is_due_is_listed_by_patient_and_care_manager(
    workspace: Workspace, maria: EpisodeId
) -> None:
    [found] = read_due(workspace)

    assert found.row.last_name == "Alvarez"
    assert {"F1", "F2", "R1"} <= {item.rule.id for item in found.items}
    assert [item.due_on for item in found.items] == sorted(item.due_on for item in found.items)
    assert read_due(workspace, care_manager_id=CARE_MANAGER.id) == (found,)
    assert read_due(workspace, care_manager_id=StaffId("other")) == ()


def test_patients_with_nothing_due_are_left_out(
    workspace: Workspace, maria_patient: object
) -> None:
    assert read_due(workspace) == ()


def test_how_far_ahead_to_look_can_be_chosen(workspace: Workspace, maria: EpisodeId) -> None:
    call(workspace, maria, date(2026, 11, 29))

    near = {item.rule.id for item in read_due(workspace, days_ahead=0)[0].items}
    far = {item.rule.id for item in read_due(workspace, days_ahead=14)[0].items}

    assert "F1" not in near
    assert "F1" in far


def test_a_practice_names_its_own_crisis_line(workspace: Workspace) -> None:
    change_setting(workspace, draft("practice_crisis_line", "845-555-0100"))
    change_setting(workspace, draft("practice_crisis_line_name", "On call"))

    lines = read_settings(workspace).now.crisis_lines
    assert lines == (
        ("988", "Suicide & Crisis Lifeline, call or text"),
        ("845-555-0100", "On call"),
    )


def test_a_change_without_a_day_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="Type the day"):
        change_setting(workspace, replace(draft("stale_days", "45"), valid_from=None))

    assert read_settings(workspace).history == ()
