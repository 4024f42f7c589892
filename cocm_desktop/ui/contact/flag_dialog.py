"""Putting a question to the consultant."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.contact import clear_review_flag, flag_for_review
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.contact import LONGEST_QUESTION
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 600


class FlagForReviewDialog(PatientDialog):
    """A question replaces the one that is open. An open one can be taken off the list."""

    draft_kind = "flag"

    def __init__(
        self, desk: Desk, subject: Subject, parent: QWidget | None = None, *, asked: str = ""
    ) -> None:
        super().__init__(desk, subject, parent)
        self.question = QLineEdit(asked)
        self.question.setMaxLength(LONGEST_QUESTION)
        self.fields = {"question": self.question}
        self.set_words(self.tr("Flag for review"), self.tr("Put on the review list"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(
            0,
            Label(
                self.tr("The patient comes onto the next caseload review with this question."),
                "secondary",
                wraps=True,
            ),
        )
        self.form.add(self.tr("&Question for the consultant"), self.question)

    @override
    def typed(self) -> object:
        return self.question.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        episode_id, question = self.subject.episode_id or "", self.question.text()
        return lambda workspace: flag_for_review(workspace, episode_id, question)


class ClearFlagDialog(PatientDialog):
    """Taking a question off the list, with the reason."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        self.set_words(self.tr("Clear the question"), self.tr("Clear the question"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        episode_id = self.subject.episode_id or ""
        return partial(clear_review_flag, episode_id=episode_id, reason=self.reason.text())
