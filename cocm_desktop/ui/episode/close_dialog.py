"""Closing an episode or a referral: when, why, and a few words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.outside_care import read_outside_care
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import OutsideCare
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.due_item import DueItem
from cocm_desktop.domain.episode import CloseDraft, CloseReason, Episode
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.people import ConfirmBox
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField
from cocm_desktop.ui.widgets.labels import Card, Label

WIDTH = 620


class CloseEpisodeDialog(PatientDialog):
    """An open safety task outlives the episode; nothing is removed.

    `proposal` is what the rule of inactivity proposes: offered, and taken only by a person.
    """

    draft_kind = "close"

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        episode: Episode,
        *,
        proposal: DueItem | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._episode = episode
        self._proposal = proposal
        self.closed_on = DateField(desk.today(), desk.today())
        reasons = [(each, each.value) for each in CloseReason if each.fits(episode.status)]
        choices: list[tuple[CloseReason | None, str]] = [(None, self.tr("Choose"))]
        self.reason = ChoiceField([*choices, *reasons])
        self.note = NoteField(lines=3)
        self.confirm = ConfirmBox()
        self.accept_proposal = LinkButton(self.tr("Fill in the proposal"))
        self.about = Label("", "secondary", wraps=True)
        self.fields = {
            "closed_on": self.closed_on,
            "reason": self.reason,
            "note": self.note,
            "is_confirmed": self.confirm,
        }
        self._build()

        self.reason.currentIndexChanged.connect(self._explain)
        self.accept_proposal.clicked.connect(self.fill_in)

    @override
    def draft_subjects(self) -> tuple[str, str]:
        return self._episode.id, self.subject.patient_id

    @override
    def open(self) -> None:
        super().open()
        asked = partial(read_outside_care, patient_id=self._episode.patient_id)
        self.desk.read(asked, self._propose_death)

    @override
    def typed(self) -> object:
        return (self.closed_on.entry.text(), self.reason.choice(), self.note.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = CloseDraft(
            episode_id=self._episode.id,
            closed_on=self.closed_on.day(),
            reason=self.reason.choice(),
            note=self.note.text(),
            version=self._episode.version,
            is_confirmed=self.confirm.isChecked(),
        )
        return partial(close_episode, draft=draft)

    @Slot()
    def fill_in(self) -> None:
        """Take over day and reason of the proposal; they can still be changed."""
        if self._proposal is not None:
            self.closed_on.set_day(self._proposal.proposed_on)
            self.reason.choose(CloseReason.ADMINISTRATIVE)
            self.confirm.setFocus()

    def _propose_death(self, outside: OutsideCare) -> None:
        """Take over the day of death where it is on file, unless something was typed meanwhile."""
        if outside.death is not None and not self.is_touched:
            self.closed_on.set_day(outside.death.died_on)
            self.reason.choose(CloseReason.DIED)
            self.forget()

    def _build(self) -> None:
        is_referral = self._episode.status.is_referral
        title = self.tr("Close referral") if is_referral else self.tr("Close episode")
        self.set_words(title, title)
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, self.about)
        if self._proposal is not None:
            self.body.insertWidget(1, self._proposed(self._proposal))
        self.form.add(self.tr("&Closed on"), self.closed_on)
        self.form.add(self.tr("&Reason"), self.reason)
        self.form.add(self.tr("&Note"), self.note)
        self.form.addRow(Label(""), self.confirm)
        self._explain()

    def _proposed(self, proposal: DueItem) -> QWidget:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Closing is proposed, not done"), "strong"), 1)
        head.addWidget(self.accept_proposal)
        card.body.addLayout(head)
        card.body.addWidget(Label(proposal.words, wraps=True))
        card.body.addWidget(Label(proposal.threshold, "caption", wraps=True))
        return card

    @Slot()
    def _explain(self) -> None:
        words = self.tr(
            "The patient leaves the caseload; every record stays. A new episode can follow later."
        )
        if self._episode.status.is_referral:
            words = self.tr("The patient was not enrolled. Why not is kept with the referral.")
        if self.reason.choice() is CloseReason.DIED:
            words = self.tr(
                "Type the day of death. The chart says from then on that the patient died; "
                "nothing is due any more, and open safety tasks stay until a clinician closes them."
            )
        self.about.setText(words)
