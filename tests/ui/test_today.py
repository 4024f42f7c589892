"""Today by the keys: from card to card and column to column, acting, finishing, putting off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.task import add_task, read_tasks
from cocm_desktop.actions.today import read_today
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.domain.today_card import Act, Lane
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.tasks.dialogs import FinishTaskDialog, NewTaskDialog, PutOffDialog
from cocm_desktop.ui.today.cards import CARD, CardDelegate
from cocm_desktop.ui.today.screen import TodayScreen
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, call, phq9
from tests.conftest import CARE_MANAGER
from tests.ui.hands import Key, click, dialog_of, dialogs_of, press, type_into

TODAY = date(2026, 11, 30)
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot: QtBot, desk: Desk) -> TodayScreen:
    screen = TodayScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1140, 640)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.take_focus()
    return screen


def chosen(screen: TodayScreen) -> tuple[Lane, str]:
    card = screen.lanes.chosen
    assert card is not None
    return card.lane, card.title


@pytest.fixture
def task_today(workspace: Workspace) -> str:
    draft = TaskDraft("Call the pharmacy", TODAY, assigned_to=CARE_MANAGER.id)
    return add_task(workspace, draft).record_id


@pytest.fixture
def task_soon(workspace: Workspace) -> str:
    draft = TaskDraft("Mail the form", TODAY + timedelta(days=3), assigned_to=CARE_MANAGER.id)
    return add_task(workspace, draft).record_id


@pytest.mark.usefixtures("maria", "task_today", "task_soon")
def test_the_arrows_go_from_column_to_column(qtbot: QtBot, desk: Desk) -> None:
    screen = shown(qtbot, desk)
    assert chosen(screen) == (Lane.OVERDUE, "ALVAREZ, María")

    press(screen, Key.Key_Right)
    assert chosen(screen) == (Lane.TODAY, "Call the pharmacy")

    press(screen, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert chosen(screen)[0] is Lane.WAITING

    press(screen, Key.Key_Left)
    assert chosen(screen) == (Lane.SOON, "Mail the form")
    assert "Why is this here?" in screen.why.title.text()
    assert screen.why.done.isVisible()


def test_enter_records_the_contact_and_the_card_goes(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, TODAY, 14)
    counts: list[object] = []
    screen = shown(qtbot, desk)
    screen.counted.connect(counts.append)

    press(screen, Key.Key_Return)
    dialog = dialog_of(RecordContactDialog)
    dialog.minutes.setValue(20)
    dialog.save.click()

    assert screen.board is not None
    assert screen.board.left == 0
    assert counts[-1] is None
    assert [card.note for card in screen.board.lane(Lane.TODAY)] == [
        "Reached today · PHQ-9 14 today"
    ]


def test_enter_opens_the_measure_where_that_is_due(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    call(workspace, maria, TODAY)
    screen = shown(qtbot, desk)

    press(screen, Key.Key_Return)

    assert dialog_of(RecordMeasureDialog).isVisible()


def test_an_open_safety_task_is_closed_from_its_card(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, TODAY, 14, item9=1)
    screen = shown(qtbot, desk)
    card = screen.lanes.chosen
    assert card is not None
    assert card.act is Act.CLOSE_SAFETY

    click(screen.why.act)

    assert dialog_of(CloseSafetyTaskDialog).isVisible()


@pytest.mark.usefixtures("task_today")
def test_space_finishes_a_task_with_its_outcome(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    screen = shown(qtbot, desk)

    press(screen, Key.Key_Space)
    dialog = dialog_of(FinishTaskDialog)
    type_into(dialog, "Refilled")
    press(dialog, Key.Key_Return)

    [task] = read_tasks(workspace)
    assert (task.is_open, task.outcome) == (False, "Refilled")
    card = screen.lanes.chosen
    assert card is not None
    assert (card.is_done, card.note) == (True, "Refilled")
    assert not screen.why.done.isVisible()


def test_a_card_is_put_off_by_a_key(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    screen = shown(qtbot, desk)

    press(screen, Key.Key_Semicolon, with_=CTRL)
    dialog = dialog_of(PutOffDialog)
    click(dialog.until.buttons["+1 week"])
    dialog.reason.setText("Away")
    dialog.save.click()

    [card] = read_today(workspace).lane(Lane.SOON)
    assert (card.row and card.row.episode_id, card.day) == (maria, TODAY + timedelta(days=7))


@pytest.mark.usefixtures("task_today")
def test_a_task_is_put_off_by_the_same_key(qtbot: QtBot, desk: Desk, workspace: Workspace) -> None:
    screen = shown(qtbot, desk)

    press(screen, Key.Key_Semicolon, with_=CTRL)
    dialog = dialog_of(PutOffDialog)
    dialog.reason.setText("They are closed")
    dialog.save.click()

    [task] = read_tasks(workspace)
    assert (task.due_on, task.put_off) == (TODAY + timedelta(days=1), 1)


def test_a_day_too_far_is_refused_in_the_dialog(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    assert maria
    screen = shown(qtbot, desk)
    screen.why.delay.click()
    dialog = dialog_of(PutOffDialog)
    dialog.until.date.set_day(TODAY + timedelta(days=60))
    dialog.reason.setText("Away")

    dialog.save.click()

    assert "the patient's own interval" in dialog.problems.text()
    assert read_today(workspace).lane(Lane.SOON) == ()


@pytest.mark.usefixtures("maria")
def test_a_new_task_is_about_the_patient_of_the_card(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    screen = shown(qtbot, desk)

    click(screen.add)
    dialog = dialog_of(NewTaskDialog)
    dialog.words.setEditText("Send the letter")
    dialog.save.click()

    assert [task.patient_id for task in read_tasks(workspace)] == [maria_patient]


@pytest.mark.usefixtures("maria")
def test_the_chart_opens_from_a_card(qtbot: QtBot, desk: Desk, maria_patient: PatientId) -> None:
    screen = shown(qtbot, desk)

    with qtbot.waitSignal(desk.patient_wanted) as asked:
        click(screen.why.chart)

    assert asked.args == [maria_patient]


def test_nothing_due_says_so_and_leads_to_the_registry(qtbot: QtBot, desk: Desk) -> None:
    screen = shown(qtbot, desk)

    assert screen.lanes.chosen is None
    assert not screen.why.isVisible()
    with qtbot.waitSignal(desk.place_wanted) as asked:
        press(screen, Key.Key_Space)
    assert dialogs_of(FinishTaskDialog) == []
    assert asked.args == ["registry"]


def test_a_finished_day_names_the_scores_to_come(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, TODAY - timedelta(days=25), 14)
    call(workspace, maria, TODAY)
    screen = shown(qtbot, desk)

    assert screen.soon.text() == "Nothing due. 1 score is due this week"
    screen.soon.click()

    assert chosen(screen) == (Lane.SOON, "ALVAREZ, María")


@pytest.mark.usefixtures("maria")
def test_the_team_sees_everybodys_patients(qtbot: QtBot, workspace: Workspace) -> None:
    other = replace(workspace.staff, id=StaffId("another"))
    screen = shown(qtbot, Desk(replace(workspace, staff=other), InlineWork()))
    assert screen.lanes.chosen is None

    screen.show_whole_team(is_shown=True)

    assert chosen(screen) == (Lane.OVERDUE, "ALVAREZ, María")
    assert "1 active" in screen.capacity.text()


@pytest.mark.usefixtures("maria")
def test_a_consultant_comes_to_what_the_review_is_to_do(qtbot: QtBot, workspace: Workspace) -> None:
    consultant = as_role(workspace, Role.PSYCHIATRIC_CONSULTANT)
    screen = shown(qtbot, Desk(consultant, InlineWork()))
    card = screen.lanes.chosen
    assert card is not None
    assert (card.lane, card.act) == (Lane.OVERDUE, Act.OPEN_CHART)

    with qtbot.waitSignal(screen.desk.patient_wanted):
        press(screen, Key.Key_Return)


@pytest.mark.usefixtures("maria", "task_soon")
def test_large_text_puts_two_columns_beside_each_other(qtbot: QtBot, desk: Desk) -> None:
    screen = shown(qtbot, desk)

    def lefts() -> int:
        return len({column.x() for column in screen.lanes.columns.values()})

    assert lefts() == 4
    screen.resize(600, 640)
    qtbot.waitUntil(lambda: lefts() == 2)


@pytest.mark.usefixtures("maria", "task_today")
def test_a_card_is_read_aloud_with_why_and_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    screen = shown(qtbot, desk)
    model = screen.lanes.columns[Lane.OVERDUE].model

    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)

    assert spoken.startswith("ALVAREZ, María, Overdue")
    assert spoken.endswith("Record contact")
    assert model.data(model.index(-1)) is None
    assert model.rowCount(model.index(0)) == 0
    assert model.data(model.index(0)) == "ALVAREZ, María"
    assert model.data(model.index(0), Qt.ItemDataRole.FontRole) is None


@pytest.mark.usefixtures("task_today")
def test_a_card_is_drawn_chosen_done_and_urgent(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, TODAY, 14, item9=1)
    screen = shown(qtbot, desk)
    view = screen.lanes.columns[Lane.TODAY].view
    option = QStyleOptionViewItem()
    option.widget = view
    option.rect = QRect(0, 0, 240, 90)
    option.state = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
    drawn = QPixmap(240, 90)

    for row in range(view.model().rowCount()):
        index = view.model().index(row, 0)
        assert index.data(CARD) is not None
        painter = QPainter(drawn)
        CardDelegate(view).paint(painter, option, index)
        painter.end()
        assert CardDelegate(view).sizeHint(option, index).height() > 40
