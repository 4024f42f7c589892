"""The agenda of a meeting by keyboard alone: moved, left out, added to, with its questions."""

from __future__ import annotations

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.ui.review.agenda_dialogs import AddToAgendaDialog, ReasonDialog
from cocm_desktop.ui.review.screen import ReviewScreen
from tests.ui.keys import press
from tests.ui.review.sitting import focused, here, names, opened


def test_the_agenda_is_changed_by_keyboard(screen: ReviewScreen) -> None:
    press(screen.list, "End", "Ctrl+Shift+Up")

    assert names(screen) == ["Torres", "Quinn", "Novak"]
    assert screen.list.chosen is not None
    assert screen.list.chosen.entry.row.last_name == "Quinn"

    press(screen.list, "Del")
    reason = opened(screen, ReasonDialog)
    assert isinstance(reason, ReasonDialog)
    reason.reason.setText("Seen elsewhere")
    reason.save.click()
    press(screen.list, "End")

    assert names(screen) == ["Torres", "Novak", "-Quinn"]
    assert screen.panel.place.text() == "Left out of this meeting"
    assert screen.list.chosen is not None
    assert screen.list.chosen.spoken.startswith("Left out: Seen elsewhere. QUINN, Ana")

    press(screen.list, "Ctrl+Shift+B")

    assert names(screen)[:2] == ["Torres", "Quinn"]


def test_safety_is_moved_only_with_a_reason(screen: ReviewScreen) -> None:
    press(screen.list, "Home", "Ctrl+Shift+Down")
    dialog = opened(screen, ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.save.click()

    assert names(screen)[0] == "Torres"
    assert "Say why a safety case is moved." in dialog.problems.text()

    dialog.reason.setText("Her practitioner joins at three")
    dialog.save.click()

    assert names(screen) == ["Novak", "Torres", "Quinn"]


def test_a_patient_is_found_and_added_with_a_question(
    screen: ReviewScreen, workspace: Workspace
) -> None:
    press(screen.list, "Ctrl+Shift+N")
    dialog = opened(screen, AddToAgendaDialog)
    assert isinstance(dialog, AddToAgendaDialog)
    press(dialog.words, "Down", "Up")
    dialog.words.setText("nobody")
    dialog.save.click()

    assert "Choose a patient from the list." in dialog.problems.text()

    dialog.words.setText("m-qui")
    dialog.question.setText("Is the dose enough?")
    dialog.save.click()

    assert "Quiet" in names(screen)
    screen.list.choose_place(screen.model.places()[names(screen).index("Quiet")])
    assert screen.panel.question.text() == "Is the dose enough?"


def test_the_question_is_written_where_it_stands(screen: ReviewScreen) -> None:
    press(screen.list, "End", "Ctrl+E")
    press(screen.panel.entry, "Esc")

    assert not screen.panel.entry.isVisible()

    press(screen.list, "Ctrl+E")
    screen.panel.entry.setText("Switch?")
    press(screen.panel.entry, "Return")

    assert screen.panel.question.text() == "Switch?"
    assert screen.panel.question.isVisible()
    assert focused(screen) is screen.list


def test_a_question_that_is_left_typed_goes_to_its_own_patient(screen: ReviewScreen) -> None:
    press(screen.list, "Ctrl+B", "Alt+Down")
    assert here(screen) == "Novak"
    press(focused(screen), "Ctrl+E")
    screen.walk.panel.entry.setText("Is it bipolar?")
    assert screen.has_unsaved()

    press(screen.walk.panel.entry, "Alt+Down")

    assert here(screen) == "Quinn"
    assert not screen.has_unsaved()
    asked = {entry.row.last_name: entry.row.question for entry in screen.walk.entries}
    assert asked == {"Torres": "", "Novak": "Is it bipolar?", "Quinn": ""}


def test_the_cursor_comes_back_from_the_question_and_the_minutes(
    screen: ReviewScreen, cases: dict[str, EpisodeId]
) -> None:
    press(screen.list, "Ctrl+B")
    words = screen.walk.forms[cases["Torres"]].impression
    words.setFocus()

    for keys, field in (
        ("Ctrl+E", screen.walk.panel.entry),
        ("Ctrl+Shift+M", screen.walk.head.timer.hand),
    ):
        press(focused(screen), keys)
        assert focused(screen) is field
        press(field, "Esc")
        assert focused(screen) is words
