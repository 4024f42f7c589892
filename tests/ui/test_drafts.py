from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.draft import find_draft, keep_draft, read_drafts
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.draft import DraftPlace
from cocm_desktop.domain.ids import EpisodeId, PatientId, new_id
from cocm_desktop.ui.case_review.advice_field import AdviceField
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.drafts.keeper import DraftKeeper
from cocm_desktop.ui.drafts.values import put_values, values_of
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.review.case_form import CaseForm
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from tests.ui.hands import dialog_of

NOTE = "Sleeps through since the dose went up."


@pytest.fixture
def subject(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> Subject:
    return subject_of(workspace, maria_patient)


def subject_of(workspace: Workspace, patient_id: PatientId) -> Subject:
    chart = read_chart(workspace, patient_id)
    return Subject(
        patient_id=patient_id,
        episode_id=chart.episode.id if chart.episode else None,
        name="ALVAREZ, Maria",
        born_on=chart.patient.born_on,
        age=50,
        mrn="100200",
    )


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def open_contact(
    window: QWidget, desk: Desk, subject: Subject
) -> Callable[..., RecordContactDialog]:
    def open_it(about: Subject = subject) -> RecordContactDialog:
        dialog = RecordContactDialog(desk, about, window)
        dialog.open()
        return dialog

    return open_it


def keeper_of(form: QWidget) -> DraftKeeper:
    keeper = form.findChild(DraftKeeper)
    assert isinstance(keeper, DraftKeeper)
    return keeper


def place_of(subject: Subject) -> DraftPlace:
    return DraftPlace("contact", subject.patient_id)


def give_up(dialog: RecordDialog) -> None:
    """End as a power cut does: nobody is asked, and nothing more is kept."""
    keeper_of(dialog).end()
    dialog.forget()
    dialog.close()


def test_what_is_typed_is_kept_within_seconds(
    qtbot: QtBot,
    workspace: Workspace,
    subject: Subject,
    open_contact: Callable[..., RecordContactDialog],
) -> None:
    dialog = open_contact()
    keeper_of(dialog)._timer.setInterval(1)
    dialog.note.setPlainText(NOTE)

    qtbot.waitUntil(lambda: find_draft(workspace, place_of(subject)) is not None)

    draft = find_draft(workspace, place_of(subject))
    assert draft is not None
    assert NOTE in draft.values.values()
    assert draft.title == "Record contact"


def test_a_draft_is_continued_where_it_was_left(
    workspace: Workspace, subject: Subject, open_contact: Callable[..., RecordContactDialog]
) -> None:
    first = open_contact()
    first.note.setPlainText(NOTE)
    first.minutes.setValue(12)
    first.started_at.entry.setText("9:15 am")
    first.outcome.setCurrentIndex(2)
    keeper_of(first).keep()
    typed = first.typed()
    give_up(first)

    again = open_contact()
    assert again.draft_offer is not None
    waited = again.save.isEnabled()
    again.draft_offer.go_on.click()

    assert not waited
    assert again.save.isEnabled()
    assert again.typed() == typed
    assert again.is_touched


def test_a_draft_is_never_offered_for_another_patient(
    workspace: Workspace, subject: Subject, open_contact: Callable[..., RecordContactDialog]
) -> None:
    first = open_contact()
    first.note.setPlainText(NOTE)
    keeper_of(first).keep()
    give_up(first)
    other = Subject(PatientId(new_id()), None, "ALVAREZ, Mario", subject.born_on, 50, "100201")

    dialog = open_contact(other)

    assert dialog.draft_offer is None
    assert dialog.note.text() == ""


def test_nothing_is_kept_until_it_is_known_which_text_goes_on(
    workspace: Workspace, subject: Subject, open_contact: Callable[..., RecordContactDialog]
) -> None:
    first = open_contact()
    first.note.setPlainText(NOTE)
    keeper_of(first).keep()
    give_up(first)
    again = open_contact()
    again.note.setPlainText("other words")

    keeper_of(again).keep()

    draft = find_draft(workspace, place_of(subject))
    assert draft is not None
    assert NOTE in draft.values.values()


def test_saving_forgets_the_draft(
    workspace: Workspace, open_contact: Callable[..., RecordContactDialog]
) -> None:
    dialog = open_contact()
    dialog.note.setPlainText(NOTE)
    dialog.minutes.setValue(12)
    keeper_of(dialog).keep()
    kept = read_drafts(workspace)

    dialog.save.click()

    assert dialog.problems.text() == ""
    assert (len(kept), read_drafts(workspace)) == (1, ())


def test_a_refused_save_keeps_the_draft(
    workspace: Workspace, open_contact: Callable[..., RecordContactDialog]
) -> None:
    dialog = open_contact()
    dialog.note.setPlainText(NOTE)
    dialog.made_on.entry.setText("1/1/2030")
    keeper_of(dialog).keep()

    dialog.save.click()

    assert dialog.problems.text() != ""
    assert len(read_drafts(workspace)) == 1
    give_up(dialog)


@pytest.mark.parametrize(("answer", "left"), [("do_it", 0), ("instead", 1)])
def test_closing_asks_whether_to_keep_a_draft(
    workspace: Workspace, open_contact: Callable[..., RecordContactDialog], answer: str, left: int
) -> None:
    dialog = open_contact()
    dialog.note.setPlainText(NOTE)
    keeper_of(dialog).keep()
    dialog.reject()

    getattr(dialog_of(Question), answer).click()

    assert not dialog.isVisible()
    assert len(read_drafts(workspace)) == left


def test_discarding_an_offered_draft_begins_anew(
    workspace: Workspace, open_contact: Callable[..., RecordContactDialog]
) -> None:
    first = open_contact()
    first.note.setPlainText(NOTE)
    keeper_of(first).keep()
    give_up(first)
    again = open_contact()
    assert again.draft_offer is not None

    again.draft_offer.discard.click()

    assert again.note.text() == ""
    assert again.save.isEnabled()
    assert read_drafts(workspace) == ()


def test_a_form_begun_is_filled_in_again(window: QWidget, desk: Desk, subject: Subject) -> None:
    first, again = (RecordMeasureDialog(desk, subject, window) for _ in range(2))
    for dialog in (first, again):
        dialog.open()
    for row, answer in zip(first.grid.items, (2, 1, 3, 0, 2, 1), strict=False):
        row.show_answer(answer)
    first.grid.items[8].show_answer(None)

    again.put_draft_values(first.draft_values())

    assert again.grid.answers == first.grid.answers
    assert [row.is_open for row in again.grid.items] == [row.is_open for row in first.grid.items]
    for dialog in (first, again):
        give_up(dialog)


def test_recommendations_come_back_as_many_as_there_were(qtbot: QtBot, desk: Desk) -> None:
    first, again = AdviceField(desk), AdviceField(desk)
    qtbot.addWidget(first)
    qtbot.addWidget(again)
    first.add()
    first.forms[1].words.setPlainText("Raise sertraline to 100 mg")

    again.put_draft_value(first.draft_value())

    assert again.typed() == first.typed()


def test_a_task_without_a_patient_has_a_draft_of_its_own(
    window: QWidget, desk: Desk, workspace: Workspace
) -> None:
    dialog = NewTaskDialog(desk, window)
    dialog.open()
    dialog.words.setCurrentText("Order more PHQ-9 forms")

    keeper_of(dialog).keep()

    assert find_draft(workspace, DraftPlace("task", "")) is not None
    give_up(dialog)


class Form(QWidget):
    """A password, a box, and a line that no attribute names."""

    def __init__(self) -> None:
        super().__init__()
        self.secret = QLineEdit(self)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.is_told = QCheckBox(self)
        QLineEdit(self).setObjectName("unnamed")

    def unnamed(self) -> QLineEdit:
        line = self.findChild(QLineEdit, "unnamed")
        assert line is not None
        return line


def test_passwords_are_never_kept_and_fields_without_a_name_are(qtbot: QtBot) -> None:
    first, again = Form(), Form()
    qtbot.addWidget(first)
    qtbot.addWidget(again)
    first.secret.setText("violet tractor")
    first.is_told.setChecked(True)
    first.unnamed().setText("words")

    put_values(again, values_of(first))

    assert "violet tractor" not in values_of(first).values()
    assert again.is_told.isChecked()
    assert again.unnamed().text() == "words"
    assert again.secret.text() == ""


def test_what_is_typed_at_a_meeting_outlives_a_power_cut(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    first, again = CaseForm(desk, maria, {}), CaseForm(desk, maria, {})
    for form in (first, again):
        qtbot.addWidget(form)
    first.keep_drafts(maria_patient)
    first.advice.forms[0].words.setPlainText("Raise sertraline to 100 mg")
    first.impression.setPlainText("Better, not well")
    keeper_of(first).keep()

    again.keep_drafts(maria_patient)
    assert again.draft_offer is not None
    waited = again.save.isEnabled()
    again.draft_offer.go_on.click()

    assert (waited, again.save.isEnabled()) == (False, True)
    assert again.typed() == first.typed()
    [listed] = read_drafts(workspace)
    assert listed.draft.title == "Review at a meeting"
    again.forget()
    assert read_drafts(workspace) == ()


def test_a_draft_of_a_meeting_can_be_discarded(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    form = CaseForm(desk, maria, {})
    qtbot.addWidget(form)
    place = DraftPlace("meeting_case", maria)
    keep_draft(workspace, place, {"impression": "x"}, title="Review", patient_id=maria_patient)
    form.keep_drafts(maria_patient)
    assert form.draft_offer is not None

    form.draft_offer.discard.click()

    assert form.save.isEnabled()
    assert form.impression.text() == ""
    assert read_drafts(workspace) == ()
