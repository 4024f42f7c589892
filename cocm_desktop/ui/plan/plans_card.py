"""The plans of an episode: which hold, which they replaced, and how they are written and shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot

from cocm_desktop.actions.plan import void_plan
from cocm_desktop.domain.plans import Plan, PlanKind, newest
from cocm_desktop.domain.wording import NOTHING, long_date, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.plan.treatment_cards import TreatmentCard
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.table import Column


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan, or a kind of which there is none yet."""

    kind: PlanKind
    plan: Plan | None
    holds: bool = True


def lines_of(plans: Sequence[Plan]) -> Iterator[PlanLine]:
    """Give each kind with the plan that holds, then the replaced ones, newest first."""
    holding = {kind: newest(plans, kind) for kind in PlanKind}
    for kind, plan in holding.items():
        yield PlanLine(kind, plan)
    for plan in reversed(plans):
        if plan is not holding[plan.kind]:
            yield PlanLine(plan.kind, plan, holds=False)


class PlansCard(TreatmentCard[PlanLine]):
    """A plan is never changed: a new one takes its place."""

    write_wanted = Signal(object)  # PlanKind
    paper_wanted = Signal(object)  # Plan
    form_wanted = Signal(object)  # PlanKind

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.tr("Plans"), "", add="")
        self.paper = Button(self.tr("Show and print"), "printer")
        self.form = Button(self.tr("Empty form"))
        self.add_at_foot(self.paper, self._ask_for_paper)
        self.add_at_foot(self.form, self._ask_for_form)
        self.add_void(_voidable)
        self.add_wanted.connect(self._ask_to_write)
        self.chosen.connect(self._let)
        self.table.doubleClicked.connect(self._ask_for_paper)

    def show_plans(self, plans: Sequence[Plan]) -> None:
        columns: list[Column[PlanLine]] = [
            Column(self.tr("Plan"), lambda line: line.kind.value, width=0),
            Column(self.tr("Written"), self._written, width=120),
            Column(self.tr("Stands"), self._stands, width=92),
        ]
        self.show_rows(columns, tuple(lines_of(plans)), self._describe_plan)

    def _written(self, line: PlanLine) -> str:
        return short_date(line.plan.written_on) if line.plan else self.tr("Not yet")

    def _stands(self, line: PlanLine) -> str:
        if line.plan is None:
            return NOTHING
        return self.tr("Holds") if line.holds else self.tr("Replaced")

    def _describe_plan(self, line: PlanLine) -> str:
        if line.plan is None:
            return ""
        said = ((part.title, line.plan.part(part.name)) for part in line.kind.fields)
        head = self.tr("%1 of %2").replace("%1", line.kind.value)
        parts = [f"{title}: {'; '.join(words.splitlines())}" for title, words in said if words]
        return "\n".join((head.replace("%2", long_date(line.plan.written_on)), *parts))

    @Slot()
    def _let(self) -> None:
        """Offer to show and void only what was written."""
        is_written = self.row is not None and self.row.plan is not None
        for button in (self.paper, self.void):
            button.setEnabled(is_written)
        self.add.setText(self.tr("Write a new one") if is_written else self.tr("Write it"))

    @Slot()
    def _ask_to_write(self) -> None:
        if self.row is not None:
            self.write_wanted.emit(self.row.kind)

    @Slot()
    def _ask_for_paper(self) -> None:
        if self.row is not None and self.row.plan is not None:
            self.paper_wanted.emit(self.row.plan)

    @Slot()
    def _ask_for_form(self) -> None:
        if self.row is not None:
            self.form_wanted.emit(self.row.kind)


def _voidable(line: PlanLine) -> Voidable:
    plan_id = line.plan.id if line.plan else ""
    day = long_date(line.plan.written_on) if line.plan else ""
    return Voidable(
        f"{line.kind.value}, {day}",
        "The plan before it, if there is one, holds again." if line.holds else "",
        lambda workspace, reason: void_plan(workspace, plan_id, reason=reason),
    )
