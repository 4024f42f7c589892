"""Moving an episode between active treatment, relapse prevention and on hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.episode_phase import change_phase
from cocm_desktop.actions.plan import read_plans
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import Episode, EpisodeStatus
from cocm_desktop.domain.episode_phase import NEXT_PHASES, PhaseDraft
from cocm_desktop.domain.plans import Plan, PlanKind
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.plan.dialog import open_plan_dialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 600


class ChangePhaseDialog(PatientDialog):
    """Says of each phase what it means, and whether the plan it needs is written."""

    def __init__(
        self, desk: Desk, subject: Subject, episode: Episode, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._episode = episode
        self._plan_words = ""
        nothing: list[tuple[EpisodeStatus | None, str]] = [(None, self.tr("Choose"))]
        self.phase = ChoiceField([*nothing, *words_of(NEXT_PHASES.get(episode.status, ()))])
        self.changed_on = DateField(desk.today(), desk.today())
        self.reason = NoteField(lines=2)
        self.about = Label("", "secondary", wraps=True)
        self.write_plan = LinkButton(self.tr("Write the plan"))
        self.fields = {
            "status": self.phase,
            "plan": self.phase,
            "changed_on": self.changed_on,
            "reason": self.reason,
        }
        self.set_words(self.tr("Change phase"), self.tr("Change phase"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        now = self.tr("Now: %1").replace("%1", episode.status.value)
        self.body.insertWidget(0, Label(now, "strong"))
        self.body.insertLayout(1, self._said())
        self.form.add(self.tr("&Phase"), self.phase)
        self.form.add(self.tr("&Since"), self.changed_on)
        self.form.add(self.tr("&Reason"), self.reason)

        self.phase.currentIndexChanged.connect(self._explain)
        self.write_plan.clicked.connect(self._write_plan)
        self._explain()
        self._read_plans()

    @override
    def typed(self) -> object:
        return (self.phase.choice(), self.changed_on.entry.text(), self.reason.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = PhaseDraft(
            episode_id=self._episode.id,
            status=self.phase.choice(),
            changed_on=self.changed_on.day(),
            reason=self.reason.text(),
            version=self._episode.version,
        )
        return partial(change_phase, draft=draft)

    def _said(self) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.about, 1)
        row.addWidget(self.write_plan, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _read_plans(self) -> None:
        asked = partial(read_plans, episode_id=self._episode.id)
        self.desk.read(asked, self._show_plans)

    @Slot()
    def _write_plan(self) -> None:
        open_plan_dialog(
            self.desk,
            self.subject,
            PlanKind.RELAPSE_PREVENTION_PLAN,
            parent=self,
            stored=self._read_plans,
        )

    def _show_plans(self, plans: Sequence[Plan]) -> None:
        kind = PlanKind.RELAPSE_PREVENTION_PLAN
        written = [plan.written_on for plan in plans if plan.kind is kind]
        self._plan_words = self.tr("Its plan is not written yet: write it with the patient first.")
        if written:
            day = long_date(written[-1])
            self._plan_words = self.tr("Its plan was written on %1.").replace("%1", day)
        self._explain()

    @Slot()
    def _explain(self) -> None:
        prevention = self.tr("In relapse prevention contacts and measures come less often.")
        words = {
            EpisodeStatus.RELAPSE_PREVENTION: f"{prevention} {self._plan_words}",
            EpisodeStatus.ON_HOLD: self.tr(
                "On hold nothing is due, and the episode still counts. Say why."
            ),
            EpisodeStatus.ACTIVE: self.tr(
                "Back to active treatment, on a relapse for example. Baseline and start stay "
                "those of this episode."
            ),
            EpisodeStatus.WAIT_LISTED: self.tr("Say what the patient waits for."),
            EpisodeStatus.REFERRED: self.tr("The patient can be enrolled now."),
        }
        chosen = self.phase.choice()
        self.write_plan.setVisible(chosen is EpisodeStatus.RELAPSE_PREVENTION)
        self.about.setText(words[chosen] if chosen else self.tr("Choose what comes next."))
