"""Whose board of the day it is, and which rules call for whom."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.domain.due_item import (
    F_CONTACT,
    F_FIRST,
    F_INACTIVE,
    F_LONG,
    F_MEASURE,
    F_NO_CONTACT,
    F_STALE,
    R_FOLLOW_THROUGH,
    R_SAFETY,
    R_STEP_DOWN,
    RULES,
    Rule,
)
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import Permission, Role, StaffMember

FOLLOW_UP = frozenset({F_CONTACT, F_MEASURE, F_FIRST, F_STALE, F_NO_CONTACT, F_LONG, F_INACTIVE})
# For these the patient is called: who did not answer today is called again another day.
NEEDS_PATIENT = FOLLOW_UP
OF_CARE_MANAGER = FOLLOW_UP | {R_SAFETY, R_FOLLOW_THROUGH, R_STEP_DOWN}
FOR_REVIEW = frozenset(RULES) - OF_CARE_MANAGER | {R_STEP_DOWN}
OF_CONSULTANT = FOR_REVIEW | {R_SAFETY}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose board it is: one person's work, or that of the whole team."""

    member: StaffMember
    whole_team: bool = False

    @property
    def is_clinical(self) -> bool:
        return self.member.may(Permission.CLOSE_SAFETY_TASK)

    @property
    def is_care_manager(self) -> bool:
        return self.member.is_a(Role.CARE_MANAGER)

    @property
    def is_consultant(self) -> bool:
        return self.member.is_a(Role.PSYCHIATRIC_CONSULTANT)

    @property
    def waits(self) -> bool:
        """Whether the board shows what waits for the review or the practitioner."""
        return self.is_care_manager

    def follows(self, row: RegistryRow) -> bool:
        """Whether a patient's due items stand on this board."""
        if self.is_consultant or (self.whole_team and self.is_clinical):
            return True
        return self.is_care_manager and row.care_manager_id == self.member.id

    def treats(self, row: RegistryRow) -> bool:
        """Whether it is this person's own patient: what was recommended waits for them."""
        return row.treating_practitioner_id == self.member.id

    @property
    def rules(self) -> frozenset[Rule]:
        """The rules that call for this person, and not for somebody they wait for."""
        if not self.is_care_manager and (self.is_consultant or not self.whole_team):
            return OF_CONSULTANT
        return OF_CARE_MANAGER | OF_CONSULTANT if self.is_consultant else OF_CARE_MANAGER
