"""Reading and changing the thresholds of the clinical rules, and the crisis numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.clinical_settings import (
    BY_NAME,
    SETTINGS,
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
from cocm_desktop.storage import audit, billing_settings, registry
from cocm_desktop.storage import settings as stored
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.SETTINGS | Topic.EPISODE


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as it holds today. Without a change it is as the program comes."""

    setting: Setting
    value: int | str
    change: SettingChange | None = None
    by: str = ""
    later: SettingChange | None = None

    @property
    def is_default(self) -> bool:
        return self.value == self.setting.default


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings as they hold today, and every change ever made, with who made it."""

    now: ClinicalSettings
    history: tuple[tuple[SettingChange, StaffId], ...]
    today: date
    staff_names: Mapping[StaffId, str]

    @property
    def lines(self) -> tuple[SettingLine, ...]:
        """Every setting with the change that holds and the one that will, if any."""
        return tuple(map(self._line, SETTINGS))

    def _line(self, setting: Setting) -> SettingLine:
        changes = self.changes_of(setting.name)
        holding = [each for each in changes if each[0].valid_from <= self.today]
        later = [each[0] for each in changes if each[0].valid_from > self.today]
        value = self.now.value(setting.name)
        if not holding:
            return SettingLine(setting, value, later=later[0] if later else None)
        change, by = holding[-1]
        return SettingLine(
            setting, value, change, self.staff_names[by], later[0] if later else None
        )

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
        names = {member.id: member.title for member in staff_members.everyone(session)}
        return ReadSettings(now, stored.history(session), workspace.today(), names)


def preview_setting(workspace: Workspace, draft: SettingDraft) -> SettingPreview:
    """Count whom a change would concern today, and refuse what could not be stored."""
    workspace.require(Permission.CHANGE_PRACTICE)
    today = workspace.today()
    with workspace.database.read() as session:
        now = stored.on_day(session, today)
        change = draft.accept(now, today=today)
        rows = registry.registry_rows(
            session,
            read_instruments(workspace),
            today=today,
            g2214_first_minute=billing_settings.on_day(session, today).g2214_first_minute,
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
