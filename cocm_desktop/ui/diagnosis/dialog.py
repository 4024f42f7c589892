"""Noting a diagnosis, and saying later how it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.codes import codes_of
from cocm_desktop.actions.diagnosis import add_diagnosis, note_diagnosis
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.diagnosis import (
    DiagnosisDraft,
    DiagnosisStatus,
    ListedDiagnosis,
    StatusDraft,
)
from cocm_desktop.domain.diagnosis_code import CodeSet
from cocm_desktop.domain.ids import DiagnosisId, EpisodeId, new_id
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.diagnosis.code_field import CodeField
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 700


class AddDiagnosisDialog(PatientDialog):
    draft_kind = "diagnosis"

    def __init__(
        self, desk: Desk, subject: Subject, episode_id: EpisodeId, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._id = DiagnosisId(new_id())
        self._episode_id = episode_id
        self.code = CodeField(desk.today())
        self.own_title = QLineEdit()
        self.status = ChoiceField(words_of(DiagnosisStatus))
        self.noted_on = DateField(desk.today(), desk.today())
        self.onset = QLineEdit()
        self.onset.setPlaceholderText(self.tr("as remembered: 2019, last spring"))
        self.is_primary = QCheckBox(self.tr("&Primary: what the team treats, first on papers"))
        self.fields = {
            "code": self.code,
            "title": self.own_title,
            "noted_on": self.noted_on,
            "onset": self.onset,
            "is_primary": self.is_primary,
        }
        self.set_words(self.tr("Add diagnosis"), self.tr("Add diagnosis"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Diagnosis"), self.code)
        self.form.add(
            self.tr("In &words"),
            self.own_title,
            self.tr("Only for a code that is not on the list of behavioral health."),
        )
        self.form.add(self.tr("&Status"), self.status)
        self.form.add(self.tr("&Noted on"), self.noted_on)
        self.form.add(self.tr("&Onset"), self.onset)
        self.form.addRow("", self.is_primary)
        self.release = Label("", "caption", wraps=True)
        self.body.addWidget(self.release)
        self._offer_title()
        desk.read(codes_of, self._use_codes)

        self.code.changed.connect(self._offer_title)

    @override
    def typed(self) -> object:
        return (
            self.code.text(),
            self.own_title.text(),
            self.status.choice(),
            self.noted_on.entry.text(),
            self.onset.text(),
            self.is_primary.isChecked(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = DiagnosisDraft(
            id=self._id,
            episode_id=self._episode_id,
            code=self.code.code(),
            noted_on=self.noted_on.day(),
            title=self.own_title.text(),
            status=self.status.choice(),
            onset=self.onset.text(),
            is_primary=self.is_primary.isChecked(),
        )
        return partial(add_diagnosis, draft=draft)

    def _use_codes(self, codes: CodeSet) -> None:
        words = self.tr("The codes of behavioral care in ICD-10-CM, release of %1.")
        self.release.setText(words.replace("%1", long_date(codes.release)))
        self.code.use_codes(codes)

    @Slot()
    def _offer_title(self) -> None:
        self.own_title.setDisabled(self.code.is_known())


class DiagnosisStatusDialog(PatientDialog):
    """Working, confirmed, ruled out or resolved, from a day on."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        listed: ListedDiagnosis,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._listed = listed
        self.status = ChoiceField(words_of(s for s in DiagnosisStatus if s is not listed.status))
        self.noted_on = DateField(desk.today(), desk.today())
        self.fields = {"status": self.status, "noted_on": self.noted_on}
        self.set_words(self.tr("How it stands"), self.tr("Save status"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(listed.words, "strong", wraps=True))
        now = self.tr("Now: %1").replace("%1", listed.status_words)
        self.body.insertWidget(1, Label(now, "secondary"))
        self.form.add(self.tr("&Status"), self.status)
        self.form.add(self.tr("S&ince"), self.noted_on)

    @override
    def typed(self) -> object:
        return self.status.choice(), self.noted_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = StatusDraft(self._listed.id, self.status.choice(), self.noted_on.day())
        return partial(note_diagnosis, draft=draft)
