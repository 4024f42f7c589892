"""Reading and changing the thresholds of the clinical rules, and the crisis numbers."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.clinical_settings import (
    BY_NAME,
    ClinicalSettings,
    Setting,
    SettingChange,
    SettingDraft,
    changed,
)
from cocm_desktop.domain.due import Effect, effect_of
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.storage import audit, registry
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import settings as stored

TOUCHES = Topic.SETTINGS | Topic.EPISODE


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings as they hold today, and every change ever made, with who made it."""

    now: ClinicalSettings
    history: tuple[tuple[SettingChange, StaffId], ...]

    def changes_of(self, name: str) -> tuple[tuple[SettingChange, StaffId], ...]:
        return tuple(entry for entry in self.history if entry[0].name == name)


@dataclass(frozen=True, slots=True)
class SettingPreview:
    """What a change of a setting would do to today's caseload."""

    setting: Setting
    before: int | str
    after: int | str
    effect: Effect


def read_settings(workspace: Workspace) -> ReadSettings:
    workspace.require(Permission.SEE_PATIENT_LIST)
    with workspace.database.read() as session:
        now = stored.on_day(session, workspace.today())
        return ReadSettings(now, stored.history(session))


def preview_setting(workspace: Workspace, draft: SettingDraft) -> SettingPreview:
    """Count whom a change would concern today, and refuse what could not be stored."""
    workspace.require(Permission.CHANGE_PRACTICE)
    today = workspace.today()
    with workspace.database.read() as session:
        now = stored.on_day(session, today)
        change = draft.accept(now, today=today)
        practice = practices.get(session)
        rows = registry.registry_rows(
            session,
            read_instruments(workspace),
            today=today,
            g2214_first_minute=practice.g2214_first_minute,
        )
    setting = BY_NAME[change.name]
    after = changed(now, change.name, setting.read(change.value))
    effect = effect_of(rows, after)
    return SettingPreview(setting, now.value(change.name), after.value(change.name), effect)


def change_setting(workspace: Workspace, draft: SettingDraft) -> Change:
    """Keep what the practice chose, from its day on. What held before stays readable."""
    workspace.require(Permission.CHANGE_PRACTICE)
    today = workspace.today()
    with workspace.database.write() as session:
        if not stored.exists(session, draft.id):
            before = stored.on_day(session, today)
            change = draft.accept(before, today=today)
            stored.add(session, change, workspace.stamp())
            was = str(before.value(change.name))
            note = audit.changed(
                "setting.changed", change.id, [FieldChange(change.name, was, change.value)]
            )
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)
