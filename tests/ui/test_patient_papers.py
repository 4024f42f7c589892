"""Papers for patients and for the day: chosen in a dialog, shown before they are printed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.outside_care import record_death
from cocm_desktop.actions.patient import change_patient
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import DeathDraft
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import PatientDraft, Reach
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperDialog
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient_papers.actions import DayPaperActions
from cocm_desktop.ui.patient_papers.day_dialog import DayListDialog
from cocm_desktop.ui.patient_papers.papers_dialog import PatientPapersDialog
from cocm_desktop.ui.today.screen import TodayScreen
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.printing.read_back import texts
from tests.ui.hands import Key, click, dialog_of, dialogs_of, press, type_into


@pytest.fixture
def subject(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> Subject:
    return Subject.of_row(read_chart(workspace, maria_patient).row)


@pytest.fixture
def papers(desk: Desk, window: QWidget, subject: Subject) -> PatientPapersDialog:
    dialog = PatientPapersDialog(desk, subject, window)
    dialog.open()
    return dialog


def words_of(dialog: PaperDialog) -> str:
    assert dialog.page.shown is not None
    return " ".join(texts(dialog.page.shown.paper.content))


def choose(dialog: PatientPapersDialog, words: str) -> None:
    dialog.paper.setCurrentIndex(dialog.paper.findText(words))


def test_every_paper_of_the_patient_is_offered_the_usual_forms_first(
    papers: PatientPapersDialog,
) -> None:
    offered = [papers.paper.itemText(n) for n in range(papers.paper.count())]

    assert offered[:3] == [
        "PHQ-9 and GAD-7 to fill in at home",
        "PHQ-9 to fill in at home",
        "GAD-7 to fill in at home",
    ]
    assert offered[-5:] == [
        "Summary of the care",
        "Safety plan as written",
        "Safety plan, empty form",
        "Relapse prevention plan as written",
        "Relapse prevention plan, empty form",
    ]


def test_a_form_is_shown_and_its_language_is_offered_where_it_exists(
    papers: PatientPapersDialog,
) -> None:
    assert not papers.note.isHidden()
    assert papers.language.count() == 1

    choose(papers, "PHQ-9 to fill in at home")
    papers.language.choose(Language.SPANISH)
    assert papers.note.isHidden()
    press(papers, Key.Key_Return)

    shown = dialog_of(PaperDialog)
    assert "Poco interés o placer" in words_of(shown)
    assert "María Alvarez" in words_of(shown)
    assert "Alvarez" not in shown.windowTitle()
    click(shown.page.back)
    assert dialogs_of(PaperDialog) == []


def test_the_language_is_the_patients(
    desk: Desk, window: QWidget, subject: Subject, workspace: Workspace
) -> None:
    spoken = Reach(language="Spanish")
    draft = PatientDraft("Alvarez", "María", subject.born_on, reach=spoken, id=subject.patient_id)
    change_patient(workspace, draft, version=1)

    dialog = PatientPapersDialog(desk, subject, window)
    dialog.open()
    assert dialog.paper.currentText() == "PHQ-9 to fill in at home"
    assert dialog.language.choice() is Language.SPANISH
    choose(dialog, "Summary of the care")
    click(dialog.save)

    assert "Su atención de un vistazo" in words_of(dialog_of(PaperDialog))


def test_a_plan_that_was_never_written_is_refused_in_the_dialog(
    papers: PatientPapersDialog,
) -> None:
    choose(papers, "Safety plan as written")
    click(papers.save)

    assert "There is no safety plan yet" in papers.problems.text()
    assert papers.isVisible()
    assert papers.save.isEnabled()
    assert dialogs_of(PaperDialog) == []


def test_whoever_died_gets_no_form_and_the_dialog_says_why(
    workspace: Workspace, papers: PatientPapersDialog, subject: Subject
) -> None:
    record_death(workspace, DeathDraft(subject.patient_id, date(2026, 11, 20)))

    click(papers.save)

    assert "having died" in papers.problems.text()
    assert dialogs_of(PaperDialog) == []


def test_blank_forms_have_no_patient_and_no_chart(desk: Desk, window: QWidget) -> None:
    dialog = PatientPapersDialog(desk, None, window)
    dialog.open()

    assert dialog.paper.findText("Summary of the care") < 0
    click(dialog.save)
    assert "Name" in words_of(dialog_of(PaperDialog))


def test_the_front_desk_gets_forms_but_no_summary(
    workspace: Workspace, window: QWidget, subject: Subject
) -> None:
    front = Desk(as_role(workspace, Role.FRONT_DESK), InlineWork())

    dialog = PatientPapersDialog(front, subject, window)
    dialog.open()
    day = DayListDialog(front, window)
    actions = DayPaperActions(front, window)

    assert dialog.paper.findText("Summary of the care") < 0
    assert day.front_desk.isChecked()
    assert not day.front_desk.isEnabled()
    assert [each.isVisible() for each in actions.all] == [True, False, True]


@pytest.mark.usefixtures("maria")
def test_a_day_is_typed_and_its_list_shown(desk: Desk, window: QWidget) -> None:
    actions = DayPaperActions(desk, window)

    actions.day_list.trigger()
    dialog = dialog_of(DayListDialog)
    press(dialog, Key.Key_Backspace)
    dialog.day.set_day(None)
    click(dialog.save)
    assert "Type a date" in dialog.problems.text()
    type_into(dialog, "12/1/2026")
    press(dialog, Key.Key_Return)

    assert "Tuesday, Dec 1, 2026" in words_of(dialog_of(PaperDialog))


@pytest.mark.usefixtures("maria")
def test_today_reminds_of_the_downtime_list_until_it_is_printed(qtbot: QtBot, desk: Desk) -> None:
    screen = TodayScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.downtime.text().strip() == "The downtime list was never printed: print it"

    click(screen.downtime)
    paper = dialog_of(PaperDialog)
    screen.read_again()

    assert "ALVAREZ, María" in words_of(paper)
    assert screen.downtime.isHidden()
    desk.changed.emit(Change(Topic.CONTACT, ""))
    assert not paper.page.stale.isHidden()
    click(paper.page.again)
    assert paper.page.stale.isHidden()


def test_the_patient_menu_opens_the_papers(
    desk: Desk, window: QWidget, workspace: Workspace, subject: Subject
) -> None:
    actions = PatientActions(desk, window)
    actions.follow(read_chart(workspace, subject.patient_id).row)

    actions.papers.trigger()

    assert dialog_of(PatientPapersDialog).paper.count() > 1
