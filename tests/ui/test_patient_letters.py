"""Letters to patients in their windows: writing, sending, printing, and the practice's wording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.letter import read_letters
from cocm_desktop.actions.letter_template import read_template
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.patient_letter import (
    LetterRequest,
    read_letter_basis,
    write_patient_letter,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.letter import Language, LetterKind, SendingWay
from cocm_desktop.domain.patient import PatientDraft, Reach
from cocm_desktop.domain.staff import Role
from cocm_desktop.printing.mail import envelopes_pdf
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.letters.letters_dialog import LettersDialog
from cocm_desktop.ui.letters.mail_dialog import MailDialog
from cocm_desktop.ui.letters.page import LettersPage
from cocm_desktop.ui.letters.sending_dialog import SendingDialog
from cocm_desktop.ui.letters.template_dialog import TemplateDialog
from cocm_desktop.ui.letters.write_dialog import WriteLetterDialog
from cocm_desktop.ui.paper.dialog import PaperDialog
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.paper.print_job import printer_for
from cocm_desktop.ui.patient.screen import PatientListScreen
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.time_field import TimeField
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.builders import a_patient, a_practice
from tests.ui.hands import Key, click, dialog_of, dialogs_of, press

GIVEN = {
    "appointment_date": "12/7/2026",
    "appointment_time": "2:30 pm",
    "practice_phone": "303-555-0142",
    "practice_address": "12 River Street",
}
HOME = Reach(address="48 Juniper Lane", city="Denver", state="CO", language="Spanish")


@pytest.fixture(autouse=True)
def closes_papers() -> Iterator[None]:
    yield
    for paper in dialogs_of(PaperDialog):
        paper.close()


def subject(patient_id: PatientId, episode_id: EpisodeId | None = None) -> Subject:
    return Subject(patient_id, episode_id, "ALVAREZ, María", date(1971, 4, 5), 55, "100200")


def written(workspace: Workspace, patient_id: PatientId) -> None:
    write_patient_letter(workspace, LetterRequest(patient_id, LetterKind.APPOINTMENT, given=GIVEN))


def test_a_letter_is_written_in_the_language_chosen_and_opened_as_a_paper(
    desk: Desk,
    workspace: Workspace,
    maria_patient: PatientId,
    maria: EpisodeId,
    window: QWidget,
) -> None:
    basis = read_letter_basis(workspace, maria_patient)
    dialog = WriteLetterDialog(desk, subject(maria_patient, maria), basis, parent=window)
    dialog.open()
    told = [label.text() for label in dialog.findChildren(QLabel)]
    assert "No address is on file: the letter can be handed over, not mailed." in told
    dialog.kind.choose(LetterKind.APPOINTMENT)
    day, moment = dialog.asked.entries["appointment_date"], dialog.asked.entries["appointment_time"]
    assert isinstance(day, DateField)
    assert isinstance(moment, TimeField)
    day.entry.setText("12/7/2026")
    dialog.language.choose(Language.SPANISH)

    click(dialog.save)
    assert "time of the appointment" in dialog.problems.text()
    assert read_letters(workspace, maria_patient) == ()
    assert "7 de diciembre de 2026" in dialog.text.toPlainText()

    for name, text in GIVEN.items():
        entry = dialog.asked.entries[name]
        (entry.entry if isinstance(entry, DateField | TimeField) else entry).setText(text)
    click(dialog.save)

    [letter] = read_letters(workspace, maria_patient)
    assert letter.language is Language.SPANISH
    assert "Hora: 2:30 p. m." in letter.body
    assert dialog_of(PaperDialog).page.title.text() == "Appointment"


def test_tab_goes_through_what_a_letter_asks_for(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId, window: QWidget
) -> None:
    basis = read_letter_basis(workspace, maria_patient)
    dialog = WriteLetterDialog(desk, subject(maria_patient), basis, parent=window)
    dialog.open()

    dialog.kind.choose(LetterKind.UNABLE_TO_REACH)
    dialog.kind.choose(LetterKind.APPOINTMENT)
    qtbot.waitUntil(dialog.asked.entries["appointment_time"].isVisible)
    dialog.language.setFocus()

    for name in ("appointment_date", "appointment_time"):
        press(dialog, Key.Key_Tab)
        entry = dialog.asked.entries[name]
        assert isinstance(entry, DateField | TimeField)
        assert dialog.focusWidget() is entry.entry
    for _ in dialog.asked.entries.keys() - {"appointment_time"}:
        press(dialog, Key.Key_Tab)
    assert dialog.focusWidget() is dialog.text


def test_a_patients_letters_are_listed_sent_and_voided(
    desk: Desk, workspace: Workspace, maria_patient: PatientId, maria: EpisodeId, window: QWidget
) -> None:
    dialog = LettersDialog(desk, subject(maria_patient, maria), window)
    dialog.open()
    assert dialog.none.isVisible()
    assert not dialog.sent.isEnabled()

    written(workspace, maria_patient)
    dialog.read_again()
    click(dialog.sent)
    sending = dialog_of(SendingDialog)
    sending.way.choose(SendingWay.BY_HAND)
    click(sending.save)

    [letter] = read_letters(workspace, maria_patient)
    assert [each.way for each in letter.sendings] == [SendingWay.BY_HAND]
    assert "By hand" in str(dialog.model.columns[3].value(letter))

    click(dialog.void)
    void = dialog_of(VoidDialog)
    void.reason.setText("moved")
    click(void.save)
    assert dialog.none.isVisible()


def test_the_list_opens_papers_and_a_new_letter(
    desk: Desk, workspace: Workspace, maria_patient: PatientId, maria: EpisodeId, window: QWidget
) -> None:
    written(workspace, maria_patient)
    dialog = LettersDialog(desk, subject(maria_patient, maria), window)
    dialog.open()

    click(dialog.show_paper)
    dialog_of(PaperDialog).close()
    dialog.consent.menu().actions()[3].trigger()
    assert dialog_of(PaperDialog).page.title.text() == "Consent form"
    click(dialog.write)

    assert dialog_of(WriteLetterDialog).subject.patient_id == maria_patient


def test_labels_name_whom_they_leave_out(
    desk: Desk, workspace: Workspace, maria_patient: PatientId, window: QWidget
) -> None:
    draft = PatientDraft("Chen", "Li", date(1980, 1, 2), reach=HOME)
    chen = PatientId(add_patient(workspace, draft).record_id)
    dialog = MailDialog(desk, [chen, maria_patient], window)
    dialog.open()
    assert dialog.labels.isChecked()
    assert not dialog.without_name.isEnabled()
    dialog.start.setValue(7)

    click(dialog.save)

    assert "ALVAREZ, María" in dialog_of(PaperDialog).page.facts.text()
    assert not dialog.isVisible()


def test_a_printer_is_told_of_an_envelope_by_its_name(qapp: QApplication) -> None:
    made = envelopes_pdf(a_practice(), [a_patient()])

    layout = printer_for(Pdf.of(made.pdf)).pageLayout()

    assert layout.pageSize().id() is QPageSize.PageSizeId.Comm10E
    assert layout.orientation() is QPageLayout.Orientation.Landscape
    assert layout.fullRectPixels(72).width() == 684


def test_nobody_to_mail_to_is_said_where_it_was_asked(
    desk: Desk, maria_patient: PatientId, window: QWidget
) -> None:
    dialog = MailDialog(desk, [maria_patient], window)
    dialog.open()
    assert dialog.envelopes.isChecked()

    click(dialog.save)

    assert "No address on file" in dialog.problems.text()
    assert dialog.save.isEnabled()
    dialog.close()


def test_the_practice_puts_its_own_words_in_place_and_gives_them_up(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    page = LettersPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.read_again()
    assert not page.shipped.isEnabled()
    page.table.select_row(6)
    click(page.change)
    dialog = dialog_of(TemplateDialog)
    dialog.words.setPlainText("Dear {nobody}: ")

    click(dialog.save)
    assert "no field {nobody}" in dialog.problems.text()
    dialog.words.setPlainText("Dear ")
    dialog.words.moveCursor(dialog.words.textCursor().MoveOperation.End)
    click(dialog.insert)
    click(dialog.preview)
    dialog_of(PaperDialog).close()
    click(dialog.save)

    key = (LetterKind.APPOINTMENT, Language.ENGLISH)
    assert read_template(workspace, *key).body == "Dear {patient_name}"
    assert "practice's own" in page.whose.text()
    click(page.paper)
    assert dialog_of(PaperDialog).page.facts.text().startswith("Made-up values")
    click(page.shipped)
    dialog_of(Question).accept()
    assert not read_template(workspace, *key).is_own
    assert "program's" in page.whose.text()


def test_the_front_desk_reaches_letters_and_labels_from_its_list(
    qtbot: QtBot, workspace: Workspace, maria_patient: PatientId
) -> None:
    screen = PatientListScreen(Desk(as_role(workspace, Role.FRONT_DESK), InlineWork()))
    qtbot.addWidget(screen)
    screen.show()
    screen.read_again()

    screen.letters.trigger()
    letters = dialog_of(LettersDialog)
    click(letters.mail)
    of_one = dialog_of(MailDialog)
    of_one.close()
    letters.close()
    screen.mail.trigger()

    assert dialogs_of(MailDialog)[-1].isVisible()
    assert not screen.merge.isVisible()
    dialogs_of(MailDialog)[-1].close()
