"""The cards of the chart's plan tab: goals, sessions, referrals out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from cocm_desktop.actions.treatment import Treatment, void_treatment
from cocm_desktop.domain.goal import Goal
from cocm_desktop.domain.intervention import Intervention, sessions_by_kind
from cocm_desktop.domain.referral_out import ReferralOut
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOTHING, long_date, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.record_card import R, RecordCard
from cocm_desktop.ui.widgets.table import Column


class TreatmentCard(RecordCard[R]):
    """Records of one kind: added at the head, followed up and voided at the foot.

    Without words to `add`, adding is about the chosen record too, and its words follow it.
    """

    add_wanted = Signal()
    note_wanted = Signal(object)
    void_wanted = Signal(object)  # Voidable

    def __init__(self, desk: Desk, title: str, nothing_yet: str, *, add: str) -> None:
        super().__init__(title, nothing_yet)
        self.desk = desk
        self.add = Button(add)
        self.void = DangerButton(self.tr("Void"))
        (self.add_at_head if add else self.add_at_foot)(self.add, self.add_wanted.emit)
        self.limit(self.add, Permission.RECORD_TREATMENT)

    def limit(self, button: QPushButton, permission: Permission) -> None:
        """Never show a button to whoever may not press it."""
        if not self.desk.may(permission):
            button.setProperty("forbidden", True)  # noqa: FBT003 -- Qt's own parameter
            button.hide()

    def add_note(self, words: str) -> None:
        note = Button(words)
        self.limit(note, Permission.RECORD_TREATMENT)
        self.add_at_foot(note, lambda: self.note_wanted.emit(self.row))

    def add_void(self, voidable: Callable[[R], Voidable]) -> None:
        def ask() -> None:
            if self.row is not None:
                self.void_wanted.emit(voidable(self.row))

        self.limit(self.void, Permission.VOID_RECORD)
        self.add_at_foot(self.void, ask)


class GoalsCard(TreatmentCard[Goal]):
    def __init__(self, desk: Desk) -> None:
        nothing = desk.tr("No goal yet: what does the patient want to reach?")
        super().__init__(desk, desk.tr("Goals"), nothing, add=desk.tr("Add goal"))
        self.add_note(self.tr("How far it has come"))
        self.add_void(_voidable_goal)

    def show_treatment(self, treatment: Treatment) -> None:
        columns: list[Column[Goal]] = [
            Column(self.tr("Goal"), lambda each: each.words, width=0),
            Column(self.tr("Set"), lambda each: each.set_on, short_date, width=96),
            Column(self.tr("Stands"), lambda each: each.state.value, width=92),
        ]
        self.show_rows(columns, treatment.goals[::-1], self._describe_goal)

    def _describe_goal(self, goal: Goal) -> str:
        lines = [goal.words]
        if goal.measured_by:
            lines.append(f"{self.tr('Reached when')}: {goal.measured_by}")
        lines += [f"{long_date(step.noted_on)}: {step.state.value}" for step in goal.steps]
        return "\n".join(lines)


class SessionsCard(TreatmentCard[Intervention]):
    def __init__(self, desk: Desk) -> None:
        nothing = desk.tr("No session of a brief intervention yet")
        super().__init__(desk, desk.tr("Brief interventions"), nothing, add=desk.tr("Add session"))
        self.add_void(_voidable_session)

    def show_treatment(self, treatment: Treatment) -> None:
        columns: list[Column[Intervention]] = [
            Column(self.tr("Date"), lambda each: each.given_on, short_date, width=96),
            Column(self.tr("Kind"), lambda each: each.kind.value, width=190),
            Column(self.tr("Min"), lambda each: each.minutes or NOTHING, right=True, width=48),
            Column(self.tr("Note"), lambda each: " ".join(each.note.split()), width=0),
        ]
        counted = sessions_by_kind(treatment.interventions).items()
        self.note.setText(" · ".join(f"{kind.value} {count}" for kind, count in counted))
        self.show_rows(columns, treatment.interventions[::-1], self._describe_session)

    def _describe_session(self, each: Intervention) -> str:
        lines = [f"{long_date(each.given_on)} · {each.kind.value}", each.note]
        if each.homework:
            lines.append(f"{self.tr('Until next time')}: {each.homework}")
        return "\n".join(filter(None, lines))


class ReferralsCard(TreatmentCard[ReferralOut]):
    def __init__(self, desk: Desk) -> None:
        nothing = desk.tr("Referred to nobody outside the team")
        super().__init__(desk, desk.tr("Referrals out"), nothing, add=desk.tr("Add referral"))
        self.add_note(self.tr("What came of it"))
        self.add_void(_voidable_referral)

    def show_treatment(self, treatment: Treatment) -> None:
        columns: list[Column[ReferralOut]] = [
            Column(self.tr("Referred"), lambda each: each.made_on, short_date, width=96),
            Column(self.tr("To"), lambda each: each.to, width=0),
            Column(self.tr("Result"), lambda each: each.result.value, width=170),
        ]
        self.show_rows(columns, treatment.referrals_out[::-1], self._describe_referral)

    def _describe_referral(self, each: ReferralOut) -> str:
        lines = [f"{each.to}: {each.reason}"]
        lines += [f"{long_date(step.noted_on)}: {step.result.value}" for step in each.steps]
        return "\n".join(lines)


def _voidable_goal(goal: Goal) -> Voidable:
    return _voidable(goal.id, goal.words)


def _voidable_session(each: Intervention) -> Voidable:
    return _voidable(each.id, f"{each.kind.value}, {long_date(each.given_on)}")


def _voidable_referral(each: ReferralOut) -> Voidable:
    return _voidable(each.id, f"{each.to}, {long_date(each.made_on)}")


def _voidable(record_id: str, words: str) -> Voidable:
    return Voidable(
        words, "", lambda workspace, reason: void_treatment(workspace, record_id, reason=reason)
    )
