"""A patient's letters: what was written, how it went out, and a new one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QMenu,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.actions.letter import read_letters, void_letter
from cocm_desktop.actions.patient_letter import print_consent_form
from cocm_desktop.actions.recommendation_letter import print_recommendation_letter
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.letter import Language, Letter, LetterKind
from cocm_desktop.domain.wording import long_date, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.letters.mail_dialog import MailDialog
from cocm_desktop.ui.letters.sending_dialog import SendingDialog
from cocm_desktop.ui.letters.write_dialog import open_write_dialog, preview_letter
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.patient.list_dialog import PatientListDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.labels import EmptyState
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import Column

WIDTH, HEIGHT, MOST_ROWS = 860, 480, 8


class LettersDialog(PatientListDialog[Letter]):
    """Everything that goes to one patient on paper from the front desk."""

    topics = Topic.LETTER

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, desk.tr("Letters"), parent=parent)
        open_at(self, WIDTH, HEIGHT)
        columns: tuple[Column[Letter], ...] = (
            Column(self.tr("Written"), lambda each: each.written_on, short_date, width=104),
            Column(self.tr("Letter"), lambda each: each.kind.value, width=0),
            Column(self.tr("Language"), lambda each: each.language.value, width=96),
            Column(self.tr("Sent"), self._sent, width=240),
        )
        none = EmptyState("file-text", self.tr("No letters yet"))
        self.list_by(columns, none, most_rows=MOST_ROWS)
        self.write = PrimaryButton(self.tr("Write a letter…"), "plus")
        self.consent = Button(self.tr("Consent form"), "file-text")
        self.mail = Button(self.tr("Envelope or label…"))
        self.show_paper = Button(self.tr("Preview and print"), "printer")
        self.sent = Button(self.tr("Record as sent…"))
        self.void = DangerButton(self.tr("Void…"))
        self.consent.setMenu(self._consent_menu())
        self.arrange((self.write, self.consent, self.mail), (self.show_paper, self.sent, self.void))
        self._connect()

    def show_letters(self, found: tuple[Letter, ...]) -> None:
        """Show the newest first; the one that was chosen stays so."""
        before = self.chosen.id if self.chosen else None
        rows = tuple(reversed(found))
        self.model.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        places = [number for number, each in enumerate(rows) if each.id == before]
        self.table.select_row(places[0] if places else 0)
        self._offer()

    def _sent(self, letter: Letter) -> object:
        if not letter.sendings:
            return Chip(self.tr("Not sent"), Tone.INFO)
        last = letter.sendings[-1]
        return f"{short_date(last.sent_on)}, {last.way.value}"

    def _consent_menu(self) -> QMenu:
        menu = QMenu(self)
        for language in Language:
            for_whom = (self._subject.patient_id, self.tr("For this patient, %1"))
            for patient_id, words in (for_whom, (None, self.tr("Blank, %1"))):
                entry = menu.addAction(words.replace("%1", language.value))
                entry.triggered.connect(partial(self._print_consent, patient_id, language))
        return menu

    def _connect(self) -> None:
        self.write.clicked.connect(self._write)
        self.mail.clicked.connect(self._mail)
        self.show_paper.clicked.connect(self._preview)
        self.sent.clicked.connect(self._record_sending)
        self.void.clicked.connect(self._void)
        self.table.activated.connect(self._preview)
        self.table.selectionModel().currentRowChanged.connect(self._offer)

    @override
    def read_again(self) -> None:
        asked = partial(read_letters, patient_id=self._subject.patient_id)
        self._desk.read(asked, self.show_letters)

    @Slot()
    def _offer(self) -> None:
        for button in (self.show_paper, self.sent, self.void):
            button.setEnabled(self.chosen is not None)

    @Slot()
    def _write(self) -> None:
        open_write_dialog(self._desk, self._subject, self)

    @Slot()
    def _mail(self) -> None:
        MailDialog(self._desk, [self._subject.patient_id], self).open()

    def _print_consent(
        self, patient_id: PatientId | None, language: Language, *_checked: bool
    ) -> None:
        make = partial(print_consent_form, patient_id=patient_id, language=language)
        name = f"consent-form-{self._desk.today()}"
        preview(self._desk, PaperRequest(make, self.tr("Consent form"), name), self)

    @Slot()
    def _preview(self) -> None:
        letter = self.chosen
        if letter is None:
            return
        if letter.kind is LetterKind.RECOMMENDATION:
            make = partial(print_recommendation_letter, letter_id=letter.id)
            name = f"letter-{self._desk.today()}"
            preview(self._desk, PaperRequest(make, letter.kind.value, name), self)
        else:
            preview_letter(self._desk, letter.id, letter.kind, window=self)

    @Slot()
    def _record_sending(self) -> None:
        if self.chosen is not None:
            SendingDialog(self._desk, self._subject, self.chosen, parent=self).open()

    @Slot()
    def _void(self) -> None:
        letter = self.chosen
        if letter is None:
            return
        record = Voidable(
            f"{letter.kind.value}, {long_date(letter.written_on)}",
            self.tr("What has been sent cannot be called back; the letter is kept as voided."),
            lambda workspace, why: void_letter(workspace, letter.id, reason=why),
        )
        VoidDialog(self._desk, self._subject, record, parent=self).open()
