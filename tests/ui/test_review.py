"""Case review: the agenda, the case beside it, and the packet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.review import PacketChoice, read_agenda
from cocm_desktop.actions.review_meeting import plan_meeting
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, StaffId
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.domain.review_priority import Section, agenda
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.contact.flag_dialog import ClearFlagDialog, FlagForReviewDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.review.agenda_dialogs import AddToAgendaDialog
from cocm_desktop.ui.review.agenda_model import AgendaModel, Case, Cut, Heading, lines_of
from cocm_desktop.ui.review.screen import ReviewScreen
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, call, phq9, reviewed
from tests.builders import a_caseload, a_staff_draft, an_agenda_entry
from tests.conftest import CARE_MANAGER
from tests.ui.clinic import enrolled
from tests.ui.keys import press


@pytest.fixture
def caseload(workspace: Workspace) -> dict[str, EpisodeId]:
    """One patient for each of four sections, and one without a reason."""
    found = {
        "Torres": enrolled(workspace, "Torres", date(2026, 10, 20))[1],
        "Alvarez": enrolled(workspace, "Alvarez", date(2026, 9, 1))[1],
        "Novak": enrolled(workspace, "Novak", date(2026, 11, 16))[1],
        "Quinn": enrolled(workspace, "Quinn", date(2026, 10, 20))[1],
        "Quiet": enrolled(workspace, "Quiet", date(2026, 10, 20))[1],
    }
    phq9(workspace, found["Torres"], date(2026, 11, 20), 18, item9=1)
    phq9(workspace, found["Alvarez"], date(2026, 9, 1), 18)
    phq9(workspace, found["Alvarez"], date(2026, 11, 24), 17)
    call(workspace, found["Alvarez"], date(2026, 11, 24))
    flag_for_review(workspace, found["Quinn"], "Could the dose go up?")
    seen = [episode_id for name, episode_id in found.items() if name != "Novak"]
    reviewed(workspace, seen, date(2026, 11, 25))
    return found


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, caseload: dict[str, EpisodeId]) -> ReviewScreen:
    screen = ReviewScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    screen.show()
    screen.activateWindow()
    screen.take_focus()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def names(screen: ReviewScreen) -> list[str]:
    lines = screen.model.lines
    return [line.entry.row.last_name for line in lines if isinstance(line, Case)]


def chosen(screen: ReviewScreen) -> str:
    assert screen.list.chosen is not None
    return screen.list.chosen.entry.row.last_name


def test_the_agenda_is_the_actions_in_its_sections(
    screen: ReviewScreen, workspace: Workspace
) -> None:
    entries = read_agenda(workspace, PacketChoice(CARE_MANAGER.id))

    assert names(screen) == ["Torres", "Alvarez", "Novak", "Quinn"]
    assert names(screen) == [entry.row.last_name for entry in entries]
    headings = [line for line in screen.model.lines if isinstance(line, Heading)]
    assert [(line.section.letter, line.count) for line in headings if line.section] == [
        ("A", 1), ("B", 1), ("D", 1), ("E", 1),
    ]  # fmt: skip
    assert screen.head.facts.text() == "4 patients fit in 180 min"
    assert screen.status_words == "4 patients fit in 180 min · M. Bell"


def test_the_length_of_the_meeting_moves_the_line_where_it_ends(screen: ReviewScreen) -> None:
    screen.head.length.setValue(20)

    cut = [place for place, line in enumerate(screen.model.lines) if isinstance(line, Cut)]
    before = [line for line in screen.model.lines[: cut[0]] if isinstance(line, Case)]
    assert screen.head.facts.text() == "2 of 4 fit in 20 min"
    assert len(cut) == 1
    assert len(before) == 2


@pytest.mark.parametrize(("minutes", "cases_before"), [(0, 0), (9, 1), (20, 2), (180, None)])
def test_the_cut_stands_after_what_fits(minutes: int, cases_before: int | None) -> None:
    lines = list(lines_of(Agenda((an_agenda_entry(),) * 3, minutes)))

    places = [place for place, line in enumerate(lines) if isinstance(line, Cut)]
    if cases_before is None:
        assert places == []
    else:
        [place] = places
        assert sum(isinstance(line, Case) for line in lines[:place]) == cases_before


def test_a_line_says_everything_to_whoever_does_not_see_it(qapp: object) -> None:
    model = AgendaModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    model.show_agenda(Agenda(agenda(a_caseload())))

    told = [model.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in model.places()]

    assert told[0] == (
        "1, GARCÍA-LÓPEZ, José, 72 y · week 11 · active. PHQ-9 17, moderately severe, first 16. "
        "A, Safety: Item 9 answered 2, not yet closed; "
        "Week 11, PHQ-9 more than half of baseline, 11 weeks on one plan, "
        "initial assessment Sep 4, 2026"
    )
    assert all(model.index(n).data() for n in range(model.rowCount()))


def test_keys_go_from_case_to_case_and_pass_by_headings(screen: ReviewScreen) -> None:
    met = [chosen(screen)]

    for keys in ("Alt+Down", "Alt+Down", "Alt+Down", "Alt+Down", "Alt+Up"):
        press(screen.list, keys)
        met.append(chosen(screen))

    assert met == ["Torres", "Alvarez", "Novak", "Quinn", "Quinn", "Novak"]

    press(screen.list, "Up")

    assert chosen(screen) == "Alvarez"
    assert screen.panel.place.text() == "Case 2 of 4"


def test_the_case_shows_why_and_what_is_asked(screen: ReviewScreen) -> None:
    press(screen.list, "End")

    assert screen.panel.name.text() == "QUINN, Ana"
    assert screen.panel.facts.text() == (
        "Born Apr 5, 1971 (55 y) · MRN M-Quinn · Active, week 5 · M. Bell"
    )
    assert screen.panel.question.text() == "Could the dose go up?"
    assert screen.panel.ask.text() == "Change"
    assert screen.panel.clear.isVisible()


def test_nothing_of_another_patient_stays_in_sight(screen: ReviewScreen) -> None:
    press(screen.list, "End", "Alt+Up")

    assert screen.panel.name.text() == "NOVAK, Ana"
    assert screen.panel.question.text() == "No question yet"
    assert not screen.panel.clear.isVisible()


def test_enter_opens_the_chart(qtbot: QtBot, screen: ReviewScreen) -> None:
    case = screen.list.chosen

    with qtbot.waitSignal(screen.desk.patient_wanted) as wanted:
        press(screen.list, "Return")

    assert case is not None
    assert wanted.args == [case.entry.row.patient_id]


def test_a_question_asked_here_is_on_the_agenda_at_once(screen: ReviewScreen) -> None:
    press(screen.list, "Alt+Down", "Ctrl+R")
    [dialog] = screen.findChildren(FlagForReviewDialog)
    dialog.question.setText("Add bupropion?")

    dialog.save.click()

    assert chosen(screen) == "Alvarez"
    assert screen.panel.question.text() == "Add bupropion?"


def test_a_question_cleared_takes_its_case_off_the_agenda(screen: ReviewScreen) -> None:
    press(screen.list, "End")
    screen.panel.clear.click()
    [dialog] = screen.findChildren(ClearFlagDialog)
    dialog.reason.setText("Answered by phone")

    dialog.save.click()

    assert names(screen) == ["Torres", "Alvarez", "Novak"]
    assert chosen(screen) == "Novak"


def test_the_packet_is_two_keys_from_the_printer(screen: ReviewScreen) -> None:
    press(screen.list, "Ctrl+P")

    assert screen.paper.isVisible()
    assert screen.paper.shown is not None
    assert screen.paper.shown.name == "review-packet-2026-11-30"
    assert screen.paper.facts.text().startswith("Records as of Nov 30, 2026 8:00 PM · ")
    marks = Pdf.of(screen.paper.shown.paper.content).bookmarks
    assert [mark.title.partition(" ")[2] for mark in marks if mark.level] == [
        "TORRES, Ana", "ALVAREZ, Ana", "NOVAK, Ana", "QUINN, Ana",
    ]  # fmt: skip
    assert not screen.prepare.isEnabled()
    assert screen.paper.print_action.isEnabled()


def test_esc_goes_back_to_the_agenda_and_forgets_the_packet(screen: ReviewScreen) -> None:
    press(screen.list, "Alt+Down", "Ctrl+P")

    press(screen.paper.view, "Esc")

    assert screen.list.isVisible()
    assert screen.list.hasFocus()
    assert screen.paper.shown is None
    assert chosen(screen) == "Alvarez"
    assert screen.prepare.isEnabled()


def test_records_newer_than_the_packet_are_said_and_printed_on_request(
    screen: ReviewScreen, workspace: Workspace, caseload: dict[str, EpisodeId]
) -> None:
    press(screen.list, "Ctrl+P")
    pages = screen.paper.strip.number.maximum()
    assert screen.paper.stale.isHidden()

    change = flag_for_review(workspace, caseload["Quiet"], "Switch?")
    screen.desk.changed.emit(change)

    assert screen.paper.stale.isVisible()

    screen.paper.again.click()

    assert screen.paper.stale.isHidden()
    assert screen.paper.strip.number.maximum() == pages + 1


def test_the_packet_does_not_listen_to_keys_of_the_agenda(screen: ReviewScreen) -> None:
    press(screen.list, "Ctrl+P")

    press(screen.paper.view, "Ctrl+R", "Alt+Down")

    assert screen.findChildren(FlagForReviewDialog) == []
    assert chosen(screen) == "Torres"


def test_a_day_that_cannot_be_read_is_refused_and_no_packet_is_made(
    screen: ReviewScreen, workspace: Workspace
) -> None:
    screen.head.review_on.entry.setText("soon")

    screen.prepare.trigger()

    assert "Type a date" in screen.head.problems.text()
    assert screen.list.isVisible()


def test_the_packet_is_named_after_the_day_of_the_review(screen: ReviewScreen) -> None:
    screen.head.review_on.entry.setText("t+2")

    screen.prepare.trigger()

    assert screen.paper.shown is not None
    assert screen.paper.shown.name == "review-packet-2026-12-02"


def test_another_caseload_is_one_choice_away(screen: ReviewScreen, workspace: Workspace) -> None:
    other = a_staff_draft(id=StaffId("other"), name="J. Reyes", sign_in="")
    screen.desk.changed.emit(add_staff(workspace, other))
    screen.head.caseload.choose(StaffId("other"))

    screen.head.caseload_changed.emit()

    assert names(screen) == []
    assert screen.nobody.isVisible()
    assert screen.nobody.title.text() == "No open episodes of J. Reyes"

    screen.nobody.everyone.click()

    assert names(screen) == ["Torres", "Alvarez", "Novak", "Quinn"]
    assert screen.status_words.endswith("all care managers")


def test_an_empty_agenda_says_why(qtbot: QtBot, desk: Desk, workspace: Workspace) -> None:
    _, episode_id = enrolled(workspace, "Quiet", date(2026, 10, 20))
    reviewed(workspace, [episode_id], date(2026, 11, 25))
    screen = ReviewScreen(desk)
    qtbot.addWidget(screen)
    screen.show()

    assert screen.nobody.isVisible()
    assert screen.nobody.title.text() == "Nobody is on the agenda"
    assert "1 open episode:" in screen.nobody.words.text()
    assert screen.prepare.isEnabled()


def test_whoever_has_no_caseload_begins_with_everybody(
    qtbot: QtBot, workspace: Workspace, caseload: dict[str, EpisodeId]
) -> None:
    consultant = as_role(workspace, Role.PSYCHIATRIC_CONSULTANT)
    screen = ReviewScreen(Desk(consultant, InlineWork()))
    qtbot.addWidget(screen)
    screen.show()

    assert screen.head.caseload.choice() is None
    assert names(screen) == ["Torres", "Alvarez", "Novak", "Quinn"]


@pytest.mark.parametrize("width", [1178, 620])
def test_the_agenda_is_drawn_wide_and_narrow(screen: ReviewScreen, width: int) -> None:
    screen.resize(width, 640)
    drawn = screen.list.grab().toImage()

    line = screen.list.visualRect(screen.model.index(1))
    inks = {drawn.pixelColor(x, line.center().y()).name() for x in range(drawn.width())}
    assert len(inks) > 5


def sections_of(lines: Sequence[object]) -> list[Section]:
    return [line.section for line in lines if isinstance(line, Heading) and line.section]


def test_sections_are_in_the_order_of_discussion(screen: ReviewScreen) -> None:
    found = sections_of(screen.model.lines)

    assert found == sorted(found, key=list(Section).index)


def test_counted_patients_reach_the_rail(qtbot: QtBot, screen: ReviewScreen) -> None:
    with qtbot.waitSignal(screen.counted) as counted:
        screen.read_again()

    assert counted.args == [4]


def test_a_failure_to_prepare_is_said_beside_the_agenda(
    qtbot: QtBot, screen: ReviewScreen, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(screen.list, "Ctrl+P")
    stranger = as_role(workspace, Role.BILLER)
    monkeypatch.setattr(screen.desk, "_workspace", stranger)

    screen.paper.new_wanted.emit()

    assert screen.list.isVisible()
    assert "you may not print the review packet" in screen.head.problems.text()
    assert screen.prepare.isEnabled()


def test_an_empty_agenda_says_how_many_can_be_added(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    _, episode_id = enrolled(workspace, "Quiet", date(2026, 11, 10))
    reviewed(workspace, [episode_id], date(2026, 11, 25))
    plan_meeting(workspace, ReviewMeetingDraft(date(2026, 11, 30)))
    screen = ReviewScreen(desk)
    qtbot.addWidget(screen)
    screen.show()

    assert screen.nobody.title.text() == "Nobody is on this agenda"
    assert "1 open episode can be added by hand." in screen.nobody.words.text()

    screen.nobody.add.click()

    assert screen.findChildren(AddToAgendaDialog)
