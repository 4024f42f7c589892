"""Recording a session of a brief intervention."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.treatment import record_intervention
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, InterventionId, new_id
from cocm_desktop.domain.intervention import LONGEST_MINUTES, InterventionDraft, InterventionKind
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.fields import (
    ChoiceField,
    DateField,
    MinutesField,
    NoteField,
    words_of,
)


class RecordSessionDialog(PatientDialog):
    """Minutes may stay empty: billing counts those of the contact, not these."""

    draft_kind = "session"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = InterventionId(new_id())
        choices: list[tuple[InterventionKind | None, str]] = [(None, self.tr("Choose"))]
        self.kind = ChoiceField([*choices, *words_of(InterventionKind)])
        self.given_on = DateField(desk.today(), desk.today())
        self.minutes = MinutesField(LONGEST_MINUTES)
        self.minutes.setSpecialValueText(self.tr("not noted"))
        self.note = NoteField(lines=3)
        self.homework = NoteField(lines=2)
        self.fields = {
            "kind": self.kind,
            "given_on": self.given_on,
            "minutes": self.minutes,
            "note": self.note,
            "homework": self.homework,
        }
        self.set_words(self.tr("Record session"), self.tr("Record session"))
        hint = self.tr("If you noted them. Billing counts the minutes of contacts, not these.")
        self.form.add(self.tr("&Intervention"), self.kind)
        self.form.add(self.tr("&Date"), self.given_on)
        self.form.add(self.tr("&Minutes"), self.minutes, hint)
        self.form.add(self.tr("&Note"), self.note)
        self.form.add(self.tr("&Until next time"), self.homework, self.tr("What was agreed"))

    @override
    def typed(self) -> object:
        texts = (self.note.text(), self.homework.text(), self.given_on.entry.text())
        return (self.kind.choice(), self.minutes.value(), *texts)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = InterventionDraft(
            episode_id=self.subject.episode_id or EpisodeId(""),
            given_on=self.given_on.day(),
            kind=self.kind.choice(),
            note=self.note.text(),
            homework=self.homework.text(),
            seconds=self.minutes.seconds() or None,
            id=self._id,
        )
        return partial(record_intervention, draft=draft)
