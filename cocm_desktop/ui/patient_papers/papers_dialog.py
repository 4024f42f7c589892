"""Choosing a paper for one patient to take home, and its language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.home_form import Printable, read_printable
from cocm_desktop.actions.patient import read_patient
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import language_spoken
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest
from cocm_desktop.ui.paper.preview_dialog import PreviewDialog
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient_papers.choices import PaperChoice, chart_choices, form_choices
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.labels import Label


class PatientPapersDialog(PreviewDialog):
    """The language is the patient's, as far as the paper exists in it."""

    def __init__(self, desk: Desk, subject: Subject | None, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._subject = subject
        self._spoken = Language.ENGLISH
        self._choices: Sequence[PaperChoice] = ()
        self.paper = ChoiceField[PaperChoice | None]([(None, self.tr("Reading…"))])
        self.language = ChoiceField([(each, each.value) for each in Language])
        self.note = Label("", "secondary", wraps=True)
        self.set_words(self.tr("Forms and summary"), self.tr("Preview"))
        if subject is not None:
            self.column.insertWidget(1, PatientStrip(subject))
        self.form.add(self.tr("&Paper"), self.paper)
        self.form.add(self.tr("&Language"), self.language)
        self.body.addWidget(self.note)
        self.fields = {"instrument": self.paper, "plan": self.paper, "language": self.language}
        self.paper.currentIndexChanged.connect(self._follow)

    @override
    def open(self) -> None:
        if self._subject is not None:
            asked = partial(read_patient, patient_id=self._subject.patient_id)
            self.desk.read(asked, self._know)
        self.desk.read(read_printable, self._offer)
        super().open()

    @override
    def request(self) -> PaperRequest:
        choice = self.paper.choice()
        if choice is None:
            raise Refused(Problem("instrument", self.tr("Choose a paper.")))
        language = self.language.choice()
        return PaperRequest(
            choice.make(language), choice.words, f"{choice.name}-{self.desk.today()}"
        )

    def _know(self, patient: Patient) -> None:
        self._spoken = language_spoken(patient.reach.language)
        self._begin()

    def _offer(self, printable: Sequence[Printable]) -> None:
        choices = list(form_choices(self._subject, printable))
        if self._subject is not None and self.desk.may(Permission.SEE_CHART):
            choices += chart_choices(self._subject)
        self._choices = choices
        self.paper.offer([(each, each.words) for each in choices])
        self._begin()

    def _begin(self) -> None:
        """Offer first what exists in the patient's language."""
        fitting = (
            number for number, each in enumerate(self._choices) if self._spoken in each.languages
        )
        self.paper.setCurrentIndex(next(fitting, 0))
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Offer the languages of the paper that is chosen, and say why one is missing."""
        choice = self.paper.choice()
        if choice is None:
            return
        self.language.offer([(each, each.value) for each in choice.languages])
        spoken = self._spoken if self._spoken in choice.languages else Language.ENGLISH
        self.language.choose(spoken)
        is_whole = len(choice.languages) == len(Language)
        words = self.tr("In Spanish only where the publisher's own Spanish wording is here.")
        self.note.setText("" if is_whole else words)
        self.note.setVisible(not is_whole)
