"""The chart screen: the banner, the tabs, what is offered, and what never stays in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.trend import Window
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.contact.flag_dialog import FlagForReviewDialog
from cocm_desktop.ui.contact.time_dialog import RecordTimeDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.close_dialog import CloseEpisodeDialog
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, call, gad7, phq9, worked
from tests.ui.callbacks import LateWork, never, nothing
from tests.ui.hands import Key, click, dialog_of, dialogs_of, press, type_into


def shown(qtbot: QtBot, desk: Desk, patient_id: PatientId) -> ChartScreen:
    screen = ChartScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.show_patient(patient_id)
    screen.take_focus()
    return screen


@pytest.fixture
def chart(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> ChartScreen:
    """Maria's chart with two scores each, two contacts and some clerical time."""
    for day, total in ((date(2026, 10, 1), 18), (date(2026, 11, 20), 14)):
        phq9(workspace, maria, day, total)
        gad7(workspace, maria, day, total - 6)
        call(workspace, maria, day)
    worked(workspace, maria, date(2026, 11, 21), minutes=6, activity=Activity.CLERICAL)
    return shown(qtbot, desk, maria_patient)


def words_in(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.text()]


def test_the_banner_names_the_patient_in_full(chart: ChartScreen) -> None:
    assert words_in(chart.banner) == [
        "ALVAREZ, María",
        "Born",
        "Apr 5, 1971 (55 y)",
        "Sex",
        "Female",
        "MRN",
        "100200",
        "Practitioner",
        "A. Smith, MD",
    ]
    assert chart.banner.chip.accessibleName() == "Active · week 8"


def test_the_newest_score_is_large_beside_those_it_is_compared_with(chart: ChartScreen) -> None:
    trend = chart.summary.trend

    assert (trend.scale.text(), trend.number.text()) == ("PHQ-9", "14")
    assert trend.number.accessibleName() == "PHQ-9 14, moderate, on Nov 20, 2026"
    assert trend.course.text() == (
        "moderate on Nov 20, 2026 · previous 18 on Oct 1, 2026 · "
        "baseline 18 on Oct 1, 2026 · −4 (−22 %)"
    )


def test_every_verdict_names_its_definition_and_explains_itself(chart: ChartScreen) -> None:
    labels = {label.text(): label for label in chart.summary.trend.findChildren(Label)}

    assert "Remission v1: not reached" in labels
    assert labels["Bao/NYS target v1: not reached"].accessibleName() == (
        "Bao/NYS target v1: not reached (below 10 or half of baseline). "
        "Source: Bao et al., doi 10.1176/appi.ps.201500491; NYS OMH metrics of 2025."
    )


def test_the_summary_says_what_is_due_and_why_the_patient_is_reviewed(chart: ChartScreen) -> None:
    words = words_in(chart.summary.next)

    assert words[words.index("Contact due") + 1] == "Dec 4"
    assert words[words.index("Measure due") + 1] == "Dec 18"
    assert words[words.index("Last reached") + 1] == "Nov 20 · 10 d ago"
    because = words[words.index("Case review") + 1]
    assert because.startswith("Week 8 of 8–12, PHQ-9 neither below 10")


def test_minutes_tell_the_next_code_and_what_is_left_out(chart: ChartScreen) -> None:
    card = chart.summary.minutes

    assert card.heading.text() == "Minutes in November 2026"
    assert card.number.text() == "20"
    assert card.words.text() == "counted · No code reached yet · 99493 at 31"
    assert card.left_out.text() == "6 minutes left out: Clerical work does not count."


def test_the_chart_turns_into_a_table_and_back(chart: ChartScreen) -> None:
    trend = chart.summary.trend

    click(trend.toggle)
    table = trend._pages.currentWidget()
    cells = [trend.table.model().index(0, n).data() for n in range(7)]
    click(trend.toggle)

    assert table is trend.table
    assert cells == [
        *("Nov 20, 2026", "14, moderate", "8, mild", "—", "—", "—"),
        "phone contact, reached",
    ]
    assert trend._pages.currentWidget() is trend.chart


def test_a_fixed_window_leaves_out_what_lies_before_it(chart: ChartScreen) -> None:
    trend = chart.summary.trend

    trend.window_shown.choose(Window.THREE)
    trend.window_shown.activated.emit(trend.window_shown.currentIndex())

    picture = trend.chart._picture
    assert picture is not None
    assert (picture.clock.first_day, picture.clock.last_day) == (
        date(2026, 8, 30),
        date(2026, 11, 30),
    )


def test_arrow_keys_read_the_scores(chart: ChartScreen) -> None:
    trend = chart.summary.trend
    trend.chart.setFocus()

    press(chart, Key.Key_Left)
    last = trend.readout.text()
    press(chart, Key.Key_Home)
    first = trend.readout.text()
    press(chart, Key.Key_Tab)

    assert last == "Nov 20, 2026: PHQ-9 14, moderate; GAD-7 8, mild; phone contact, reached"
    assert first.startswith("Oct 1, 2026: PHQ-9 18, moderately severe; GAD-7 12, moderate")
    assert trend.readout.text().startswith("Left and right arrow keys")


def test_buttons_record_for_this_patient(chart: ChartScreen) -> None:
    opened = []
    for button, kind in (
        (chart.contact, RecordContactDialog),
        (chart.flag, FlagForReviewDialog),
        (chart.summary.next.ask, FlagForReviewDialog),
        (chart.summary.minutes.record, RecordTimeDialog),
    ):
        click(button)
        dialog = dialog_of(kind)
        opened.append(dialog.subject.name)
        dialog.forget()
        dialog.reject()

    assert opened == ["ALVAREZ, María"] * 4


def test_the_menu_closes_the_episode_and_changes_details(chart: ChartScreen) -> None:
    chart.patient.close.trigger()
    closing = dialog_of(CloseEpisodeDialog)
    closing.reject()
    chart.patient.change.trigger()
    details = dialog_of(PatientDetailsDialog)
    details.reject()

    assert not dialogs_of(CloseEpisodeDialog)


def test_the_screen_reads_again_after_a_change(chart: ChartScreen) -> None:
    click(chart.contact)
    dialog = dialog_of(RecordContactDialog)

    dialog.minutes.setValue(15)
    dialog.note.setPlainText("Told her about the worksheet.")
    click(dialog.save)

    assert chart.summary.minutes.number.text() == "35"
    assert any("15 min" in label for label in _card_words(chart))


def _card_words(chart: ChartScreen) -> list[str]:
    return [label.text() for label in chart.summary.contacts.findChildren(QLabel)]


def test_contacts_are_listed_newest_first_with_the_note_below(
    chart: ChartScreen, workspace: Workspace
) -> None:
    chart.tabs.setCurrentIndex(1)
    page = chart.contacts

    days = [page.model.index(n, 0).data() for n in range(page.model.rowCount())]

    assert days == ["11/20/2026", "10/01/2026"]
    assert page.detail_title.text() == "Nov 20, 2026 · Phone, M. Bell"
    assert page.detail.toPlainText() == "No note"


def test_a_measure_shows_its_answers_and_who_entered_them(chart: ChartScreen) -> None:
    chart.tabs.setCurrentIndex(2)
    page = chart.measures
    page.table.select_row(1)

    assert page.detail_title.text() == (
        "PHQ-9, Nov 20, 2026: total 14, the sum of 9 answers entered by M. Bell, LCSW"
    )
    assert page.detail.toPlainText().startswith("interest 3   mood 3   sleep 3   energy 3")
    assert "publisher's cut-offs" in page.detail.toPlainText()


def test_an_incomplete_measure_says_so(
    chart: ChartScreen, workspace: Workspace, maria: EpisodeId
) -> None:
    answers = (1, 1, 1, None, 1, 1, 1, 1, 0)
    draft = MeasureDraft(maria, PHQ9, date(2026, 11, 30), answers)

    chart.desk.do(lambda w: record_measure(w, draft), done=nothing, refused=never)
    chart.tabs.setCurrentIndex(2)

    assert chart.measures.model.index(0, 2).data() == "Incomplete (8 of 9)"
    assert "8 of 9 answered, no valid total" in chart.measures.detail_title.text()


def test_time_that_does_not_count_says_why(chart: ChartScreen) -> None:
    chart.tabs.setCurrentIndex(3)
    page = chart.time

    last = page.model.columnCount() - 1
    reasons = [page.model.index(n, last).data() for n in range(page.model.rowCount())]

    assert reasons[0] == "Clerical work does not count."


@pytest.mark.parametrize(("tab", "left"), [(1, 1), (2, 3), (3, 2)])
def test_any_record_is_voided_with_a_reason(chart: ChartScreen, tab: int, left: int) -> None:
    chart.tabs.setCurrentIndex(tab)
    page = (chart.contacts, chart.measures, chart.time)[tab - 1]

    click(page.void)
    type_into(dialog_of(VoidDialog), "Wrong patient")
    click(dialog_of(VoidDialog).save)

    assert page.model.rowCount() == left


def test_ctrl_page_turns_the_tabs(chart: ChartScreen) -> None:
    press(chart, Key.Key_PageDown, with_=Qt.KeyboardModifier.ControlModifier)
    second = chart.tabs.currentIndex()
    press(chart, Key.Key_PageUp, Key.Key_PageUp, with_=Qt.KeyboardModifier.ControlModifier)

    assert (second, chart.tabs.currentIndex()) == (1, chart.tabs.count() - 1)


def test_a_question_is_shown_with_the_way_to_change_it(
    chart: ChartScreen, workspace: Workspace, maria: EpisodeId
) -> None:
    flag_for_review(workspace, maria, "Raise, augment or switch?")

    chart.read_again()

    assert chart.summary.next.question.text() == "Raise, augment or switch?"
    assert chart.summary.next.ask.text() == "Change"


def test_a_patient_who_is_not_enrolled_is_offered_enrollment(
    qtbot: QtBot, desk: Desk, maria_patient: PatientId
) -> None:
    screen = shown(qtbot, desk, maria_patient)

    screen.patient.enroll.trigger()

    assert screen._pages.currentWidget() is screen._not_enrolled
    assert not screen.tabs.isVisibleTo(screen)
    assert not screen.contact.isVisibleTo(screen)
    assert dialog_of(EnrollDialog).subject.name == "ALVAREZ, María"
    dialog_of(EnrollDialog).reject()


def test_a_closed_episode_stays_readable_and_takes_no_contact(
    chart: ChartScreen, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = CloseDraft(maria, date(2026, 11, 30), CloseReason.GRADUATED)
    close_episode(workspace, draft)

    chart.read_again()

    assert chart.banner.chip.accessibleName() == "Closed · week 8"
    assert not chart.contact.isEnabled()
    assert chart.patient.enroll.isEnabled()
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    words = words_in(chart.summary.episode)
    assert words[words.index("Closed") + 1] == "Nov 30, 2026 · Graduated"


def test_nothing_of_the_patient_before_stays_while_the_next_is_read(
    qtbot: QtBot, workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    other = PatientId(
        add_patient(workspace, PatientDraft("Ito", "Ken", date(1980, 2, 3))).record_id
    )
    work = LateWork()
    screen = ChartScreen(Desk(workspace, work))
    qtbot.addWidget(screen)
    screen.show()
    screen.show_patient(maria_patient)
    work.go_on()

    screen.show_patient(other)
    hidden = not screen.banner.isVisibleTo(screen)
    work.go_on()

    assert hidden
    assert words_in(screen.banner)[0] == "ITO, Ken"


def test_an_answer_about_another_patient_is_not_shown(
    chart: ChartScreen, workspace: Workspace, maria_patient: PatientId
) -> None:
    page = chart._page
    assert page is not None
    other = replace(page.chart.row, patient_id=PatientId("somebody else"))

    chart._show(replace(page, chart=replace(page.chart, row=other)))

    assert chart._page is page


def test_a_consultant_reads_and_flags_but_records_no_contact(
    qtbot: QtBot, workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    desk = Desk(as_role(workspace, Role.PSYCHIATRIC_CONSULTANT), InlineWork())

    screen = shown(qtbot, desk, maria_patient)

    assert screen.flag.isVisibleTo(screen)
    assert not screen.contact.isVisibleTo(screen)
    assert not screen.contacts.void.isVisibleTo(screen.contacts)


def test_an_empty_chart_says_so_on_every_tab(
    qtbot: QtBot, desk: Desk, maria_patient: PatientId, maria: EpisodeId
) -> None:
    screen = shown(qtbot, desk, maria_patient)

    pages = (screen.contacts, screen.measures, screen.time)

    assert [page._pages.currentWidget() is page._empty for page in pages] == [True] * 3
    assert "No contact recorded yet" in words_in(screen.summary.contacts)
    assert screen.summary.trend.course.text() == "No PHQ-9 yet"


def test_large_text_puts_the_side_below(chart: ChartScreen, qtbot: QtBot) -> None:
    beside = chart.summary._side.x()
    chart.resize(700, 640)
    below = chart.summary._side.x()

    assert beside > 500
    assert below < 100
