"""Writing a plan with the patient: each part as a list of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.plan import read_crisis_words, read_plans, write_plan
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, PlanId, new_id
from cocm_desktop.domain.plans import Plan, PlanDraft, PlanKind, newest
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import DateField, NoteField
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 720


@dataclass(frozen=True, slots=True)
class PlanBasis:
    """What a plan is written from: the one that holds, and whom to call in a crisis."""

    kind: PlanKind
    last: Plan | None = None
    crisis: Sequence[str] = ()


class PlanDialog(PatientDialog):
    """Begins with what the last plan of its kind says. Saving keeps a new one beside it."""

    draft_kind = "plan"

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        basis: PlanBasis,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._kind = kind = basis.kind
        last = basis.last
        self._id = PlanId(new_id())
        self.written_on = DateField(desk.today(), desk.today())
        self.parts: dict[str, NoteField] = {}
        self.set_words(kind.value, self.tr("Keep plan"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(self._about(last), "secondary", wraps=True))
        if kind.shows_crisis_lines and basis.crisis:
            self.body.insertWidget(1, Label("\n".join(basis.crisis), "strong", wraps=True))
        for part in kind.fields:
            field = NoteField(lines=max(2, part.lines))
            field.setFixedHeight(field.minimumHeight())
            field.setPlainText(last.part(part.name) if last else "")
            self.parts[part.name] = field
            needed = self.tr("needed") if part.is_needed else ""
            hint = " · ".join(filter(None, (part.hint, needed)))
            self.form.add(part.title, field, hint)
        self.form.add(self.tr("&Written on"), self.written_on)
        self.fields = {**self.parts, "written_on": self.written_on}

    @override
    def draft_subjects(self) -> tuple[str, str]:
        patient_id = self.subject.patient_id
        return f"{self._kind.name} of {patient_id}", patient_id

    @override
    def typed(self) -> object:
        return (self.written_on.entry.text(), *(field.text() for field in self.parts.values()))

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = PlanDraft(
            episode_id=self.subject.episode_id or EpisodeId(""),
            kind=self._kind,
            written_on=self.written_on.day(),
            parts={name: field.text() for name, field in self.parts.items()},
            id=self._id,
        )
        return partial(write_plan, draft=draft)

    def _about(self, last: Plan | None) -> str:
        lines = self.tr("One thing a line; each becomes a point on the paper.")
        if last is None:
            return lines
        words = self.tr("It begins with the plan of %1, which stays readable.")
        return f"{words.replace('%1', long_date(last.written_on))} {lines}"


def open_plan_dialog(
    desk: Desk,
    subject: Subject,
    kind: PlanKind,
    *,
    parent: QWidget,
    stored: Callable[[], object] | None = None,
) -> None:
    """Read the plan that holds and open the form over it; `stored` hears that one was kept."""

    def read(workspace: Workspace) -> PlanBasis:
        plans = read_plans(workspace, subject.episode_id or "")
        return PlanBasis(kind, newest(plans, kind), read_crisis_words(workspace))

    def show(basis: PlanBasis) -> None:
        dialog = PlanDialog(desk, subject, basis, parent=parent)
        if stored is not None:
            dialog.stored.connect(stored)
        dialog.open()

    desk.read(read, show)
