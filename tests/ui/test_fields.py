from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, MinutesField, words_of
from cocm_desktop.ui.widgets.labels import ProblemLabel
from cocm_desktop.ui.widgets.password import NewPasswordField, PasswordEntry

TODAY = date(2026, 11, 20)


@pytest.fixture
def day(qtbot: QtBot) -> DateField:
    field = DateField(TODAY)
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("11/5/26", "Thu, Nov 5, 2026"),
        ("t", "Fri, Nov 20, 2026"),
        ("t-7", "Fri, Nov 13, 2026"),
        ("+2w", "Fri, Dec 4, 2026"),
        ("", ""),
    ],
)
def test_a_date_is_said_in_its_long_form_while_it_is_typed(
    day: DateField, typed: str, echo: str
) -> None:
    day.entry.setText(typed)

    assert day.echo.text() == echo
    assert day.entry.accessibleDescription() == echo


def test_a_long_form_without_room_stands_below_its_date(qtbot: QtBot, day: DateField) -> None:
    day.echo.setWordWrap(True)
    day.set_day(TODAY)

    day.resize(400, 80)
    qtbot.waitUntil(lambda: day.echo.x() > day.entry.x())
    assert day.echo.y() <= day.entry.y()

    day.resize(150, 80)
    qtbot.waitUntil(lambda: day.echo.y() > day.entry.y())


def test_what_is_no_date_is_said_so_and_refused(day: DateField) -> None:
    day.entry.setText("13/45/2026")

    assert day.day() is None
    assert not day.is_readable()
    assert day.echo.text() == "Not a date yet"
    with pytest.raises(Refused) as refusal:
        day.needed("made_on")
    assert refusal.value.problems[0].field == "made_on"


def test_leaving_the_field_writes_the_date_out(qtbot: QtBot, day: DateField) -> None:
    other = QLineEdit(day.parentWidget())
    qtbot.addWidget(other)
    other.show()
    day.entry.setFocus()
    day.entry.setText("t-1")

    other.setFocus()
    QApplication.sendPostedEvents()

    assert day.day() == date(2026, 11, 19)


def test_up_and_down_change_the_day(qtbot: QtBot, day: DateField) -> None:
    day.set_day(date(2026, 11, 30))

    qtbot.keyClick(day.entry, Qt.Key.Key_Up)

    assert day.day() == date(2026, 12, 1)


def test_a_birth_lies_behind_us(qtbot: QtBot) -> None:
    born = DateField(TODAY, past=True)
    qtbot.addWidget(born)

    born.entry.setText("1/5/54")

    assert born.day() == date(1954, 1, 5)


def test_a_choice_gives_the_value_and_shows_its_words(qtbot: QtBot) -> None:
    field = ChoiceField(words_of(Role))
    qtbot.addWidget(field)

    field.choose(Role.BILLER)

    assert field.currentText() == "Biller"
    assert field.choice() is Role.BILLER


def test_a_choice_stays_when_others_are_offered(qtbot: QtBot) -> None:
    field = ChoiceField(words_of(Role))
    qtbot.addWidget(field)
    field.choose(Role.BILLER)

    field.offer([(Role.ADMINISTRATOR, "A"), (Role.BILLER, "B")])

    assert field.choice() is Role.BILLER


def test_minutes_are_given_in_seconds(qtbot: QtBot) -> None:
    field = MinutesField(480)
    qtbot.addWidget(field)

    field.setValue(25)

    assert field.seconds() == 1500
    assert field.text() == "25 min"


def test_minutes_can_be_seen(qtbot: QtBot) -> None:
    field = MinutesField(480)
    qtbot.addWidget(field)
    field.show()

    assert field.lineEdit().width() > 40


def test_a_password_can_be_shown_and_hidden(qtbot: QtBot) -> None:
    entry = PasswordEntry()
    qtbot.addWidget(entry)

    entry.look.click()
    shown = entry.echoMode()
    entry.look.click()

    assert shown is QLineEdit.EchoMode.Normal
    assert entry.echoMode() is QLineEdit.EchoMode.Password
    assert entry.look.accessibleName() == "Show password"


@pytest.mark.parametrize(
    ("letter", "shift", "is_on"),
    [("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True)],
)
def test_caps_lock_is_noticed(qtbot: QtBot, letter: str, *, shift: bool, is_on: bool) -> None:
    entry = PasswordEntry()
    qtbot.addWidget(entry)
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    key = Qt.Key.Key_A

    with qtbot.waitSignal(entry.caps_lock_seen) as seen:
        press(entry, key, letter, held)

    assert seen.args == [is_on]


def press(entry: PasswordEntry, key: Qt.Key, text: str, held: Qt.KeyboardModifier) -> None:
    """Press a key as the system reports it: what it types depends on Caps Lock too."""
    entry.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, held, text))


def test_a_new_password_is_judged_while_it_is_typed(qtbot: QtBot) -> None:
    field = NewPasswordField(lambda: ("Riverbend",))
    qtbot.addWidget(field)

    field.entry.setText("riverbend words")
    contained = field.verdict.text()
    field.entry.setText("violet tractor ozone hymn")

    assert "riverbend" in contained
    assert field.verdict.text().startswith("Strong enough. A thief of the file would guess for")
    assert field.is_good()


def test_a_problem_marks_its_field_and_takes_the_cursor_there(qtbot: QtBot) -> None:
    label, name, npi = ProblemLabel(), QLineEdit(), QLineEdit()
    for widget in (label, name, npi):
        qtbot.addWidget(widget)
    refusal = Refused(Problem("npi", "Wrong digit."), Problem("other", "And more."))

    label.show_error(refusal, {"name": name, "npi": npi})

    assert label.text() == "Wrong digit.\nAnd more."
    assert npi.property("problem") is True
    assert not name.property("problem")

    label.clear_problems()

    assert npi.property("problem") is False
    assert label.isHidden()
