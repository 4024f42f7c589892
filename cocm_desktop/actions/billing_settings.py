"""Reading and changing what the practice has chosen about billing, from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.setting_list import (
    SETTINGS,
    BillingSetting,
    BillingSettingDraft,
)
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.clinical_settings import SettingChange
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.storage import audit
from cocm_desktop.storage import billing_settings as stored
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.BILLING | Topic.PRACTICE


@dataclass(frozen=True, slots=True)
class BillingSettingLine:
    """One setting as it holds today, since when, by whom; `later` will hold from its day on."""

    setting: BillingSetting
    value: str
    change: SettingChange | None = None
    by: str = ""
    later: SettingChange | None = None

    @property
    def words(self) -> str:
        return self.setting.words(self.value)


@dataclass(frozen=True, slots=True)
class ReadBillingSettings:
    """The settings as they hold today, and every change ever made, with who made it."""

    now: BillingSettings
    history: tuple[tuple[SettingChange, StaffId], ...]
    today: date
    staff_names: Mapping[StaffId, str]

    @property
    def lines(self) -> tuple[BillingSettingLine, ...]:
        return tuple(map(self._line, SETTINGS))

    def line(self, name: str) -> BillingSettingLine:
        return next(line for line in self.lines if line.setting.name == name)

    def changes_of(self, name: str) -> tuple[tuple[SettingChange, StaffId], ...]:
        return tuple(entry for entry in self.history if entry[0].name == name)

    def _line(self, setting: BillingSetting) -> BillingSettingLine:
        changes, value = self.changes_of(setting.name), self.now.text(setting.name)
        holding = [each for each in changes if each[0].valid_from <= self.today]
        later = next((each for each, _by in changes if each.valid_from > self.today), None)
        if not holding:
            return BillingSettingLine(setting, value, later=later)
        change, by = holding[-1]
        return BillingSettingLine(setting, value, change, self.staff_names.get(by, ""), later)


def read_billing_settings(workspace: Workspace) -> ReadBillingSettings:
    workspace.require(Permission.SEE_BILLING)
    today = workspace.today()
    with workspace.database.read() as session:
        names = {member.id: member.title for member in staff_members.everyone(session)}
        now = stored.on_day(session, today)
        return ReadBillingSettings(now, stored.history(session), today, names)


def change_billing_setting(workspace: Workspace, draft: BillingSettingDraft) -> Change:
    """Keep what the practice chose, from its day on. Superbills that were issued keep theirs."""
    workspace.require(Permission.SET_UP_CHARGES)
    change = draft.accept()
    with workspace.database.write() as session:
        if not stored.exists(session, change.id):
            was = stored.on_day(session, change.valid_from).text(change.name)
            stored.add(session, change, workspace.stamp())
            note = audit.changed(
                "billing_setting.changed",
                change.id,
                [FieldChange(change.name, was, change.value)],
            )
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)
