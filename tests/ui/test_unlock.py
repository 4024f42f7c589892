from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.session import lock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.domain.throttle import FREE_TRIES
from cocm_desktop.errors import Damaged, NewerFile, OlderFile, Unavailable
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.theme import Scheme, apply_theme
from cocm_desktop.ui.unlock.waiting import Waiting
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.work import InlineWork
from tests.ui.callbacks import LateWork
from tests.ui.doors import CODE, NOW, PASSWORD, DoorOf, make

NEW_PASSWORD = "seven green kettles sing"


@pytest.fixture
def door(tmp_path: Path) -> DoorOf:
    """A clinic in a folder, locked."""
    door = DoorOf(tmp_path / "clinic", NOW)
    lock(make(door))
    return door


Opener = Callable[..., UnlockWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Opener:
    def open_at(door: DoorOf, work: InlineWork | None = None) -> UnlockWindow:
        window = UnlockWindow(door, work or InlineWork(), computer=Computer())
        qtbot.addWidget(window)
        window.show()
        return window

    return open_at


def sign_in(qtbot: QtBot, window: UnlockWindow, password: str = PASSWORD) -> None:
    window.sign_in.sign_in.setText("mbell")
    window.sign_in.password.entry.setText(password)
    qtbot.keyClick(window.sign_in.password.entry, Qt.Key.Key_Return)


def unlocking(qtbot: QtBot, window: UnlockWindow, do: Callable[[], object]) -> Workspace:
    with qtbot.waitSignal(window.unlocked) as signal:
        do()
    assert signal.args is not None
    workspace: Workspace = signal.args[0]
    lock(workspace)
    return workspace


def test_the_password_opens_the_clinic_and_is_forgotten(
    qtbot: QtBot, opened: Opener, door: DoorOf
) -> None:
    window = opened(door)

    workspace = unlocking(qtbot, window, lambda: sign_in(qtbot, window))

    assert workspace.staff.name == "Maya Bell"
    assert window.sign_in.password.text() == ""


def test_the_only_sign_in_name_is_there_already(opened: Opener, door: DoorOf) -> None:
    window = opened(door)

    assert window.sign_in.sign_in.text() == "mbell"


def test_tab_goes_down_the_card_as_the_eye_does(qtbot: QtBot, opened: Opener, door: DoorOf) -> None:
    window = opened(door)
    form = window.sign_in
    form.sign_in.setFocus()
    seen = []
    for _ in range(6):
        seen.append(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)

    entry = form.password.entry
    assert seen == [form.sign_in, entry, entry.look, form.do_it, form.link, window.restore_link]


def test_the_card_grows_with_the_text(qapp: QApplication, opened: Opener, door: DoorOf) -> None:
    window = opened(door)
    usual = window.sign_in.width()

    apply_theme(qapp, Scheme.LIGHT, percent=150)
    grown = window.sign_in.link.width() >= window.sign_in.link.sizeHint().width()
    wide = window.sign_in.width()
    apply_theme(qapp, Scheme.LIGHT)

    assert wide > usual
    assert grown


def test_another_person_finds_no_name_of_the_one_before(opened: Opener, door: DoorOf) -> None:
    window = opened(door)
    window.sign_in.sign_in.setText("mbell")
    window.sign_in.link.click()

    window.forget_person()

    assert window.sign_in.sign_in.text() == ""
    assert window.recover.sign_in.text() == ""


def test_a_wrong_password_is_said_without_telling_which_part_was_wrong(
    qtbot: QtBot, opened: Opener, door: DoorOf
) -> None:
    window = opened(door)

    sign_in(qtbot, window, "not the password at all")

    assert "sign-in name or the password" in window.sign_in.problems.text()
    assert window.sign_in.password.text() == ""
    assert window.sign_in.do_it.isEnabled()


def test_too_many_wrong_passwords_make_the_next_one_wait(
    qtbot: QtBot, opened: Opener, door: DoorOf
) -> None:
    window = opened(door)

    for _ in range(FREE_TRIES + 1):
        sign_in(qtbot, window, "not the password at all")

    assert not window.sign_in.do_it.isEnabled()
    assert window.sign_in.do_it.text() == "Try again in 2 s"


def test_the_pause_is_counted_down_and_ends(qtbot: QtBot) -> None:
    waiting = Waiting()
    told: list[int] = []
    waiting.changed.connect(told.append)

    waiting.begin(2)
    waiting._tick()
    is_on = waiting.is_on
    waiting._tick()

    assert told == [2, 1, 0]
    assert is_on
    assert not waiting.is_on


def test_a_pause_is_not_forgotten_by_a_new_start(
    qtbot: QtBot, opened: Opener, door: DoorOf
) -> None:
    window = opened(door)
    for _ in range(FREE_TRIES + 1):
        sign_in(qtbot, window, "not the password at all")

    again = opened(door)
    sign_in(qtbot, again, PASSWORD)

    assert again.sign_in.do_it.text() == "Try again in 2 s"
    assert "Nothing was opened" in again.sign_in.problems.text()


def test_wrong_recovery_codes_wait_too(qtbot: QtBot, opened: Opener, door: DoorOf) -> None:
    window = opened(door)
    window.sign_in.link.click()
    window.recover.code.setText(str(generate(bytes(18))))
    window.recover.sign_in.setText("mbell")

    for _ in range(FREE_TRIES + 1):
        window.recover.do_it.click()

    assert window.recover.do_it.text() == "Try again in 2 s"
    assert not window.recover.do_it.isEnabled()


def test_nothing_can_be_pressed_while_the_password_is_tried(
    qtbot: QtBot, opened: Opener, door: DoorOf
) -> None:
    work = LateWork()
    window = opened(door, work)
    work.go_on()

    sign_in(qtbot, window)

    assert window.sign_in.busy.isVisible()
    assert not window.sign_in.isEnabled()
    unlocking(qtbot, window, work.go_on)
    assert not window.sign_in.busy.isVisible()


def test_the_recovery_code_sets_a_new_password(qtbot: QtBot, opened: Opener, door: DoorOf) -> None:
    window = opened(door)
    window.sign_in.link.click()
    window.recover.code.setText(str(CODE).lower())
    window.recover.sign_in.setText("mbell")
    window.recover.password.entry.setText(NEW_PASSWORD)

    unlocking(qtbot, window, window.recover.do_it.click)

    assert window.recover.code.text() == ""
    unlocking(qtbot, window, lambda: sign_in(qtbot, window, NEW_PASSWORD))


@pytest.mark.parametrize(
    ("code", "name", "password", "words"),
    [
        ("AAAAA", "mbell", NEW_PASSWORD, "7 groups of 5"),
        (str(CODE)[:-1] + "Z", "mbell", NEW_PASSWORD, "Group 7"),
        (str(generate(bytes(18))), "mbell", NEW_PASSWORD, "not the one of this clinic"),
        (str(CODE), "nobody", NEW_PASSWORD, "Nobody"),
        (str(CODE), "mbell", "short", "at least 15"),
    ],
)
def test_a_recovery_that_cannot_be_changes_nothing(
    qtbot: QtBot, opened: Opener, door: DoorOf, *, code: str, name: str, password: str, words: str
) -> None:
    window = opened(door)
    window.sign_in.link.click()
    window.recover.code.setText(code)
    window.recover.sign_in.setText(name)
    window.recover.password.entry.setText(password)

    window.recover.do_it.click()

    assert words in window.recover.problems.text()
    lock(door.unlock("mbell", PASSWORD))


def test_another_program_that_has_the_clinic_open_is_named(
    qtbot: QtBot, opened: Opener, door: DoorOf
) -> None:
    window = opened(door)
    held = door.unlock("mbell", PASSWORD)

    sign_in(qtbot, window)

    assert "mbell has this clinic open" in window.sign_in.problems.text()
    lock(held)
    unlocking(qtbot, window, lambda: sign_in(qtbot, window))


@dataclass
class FailingDoor(DoorOf):
    """Finds a clinic and fails to open it, once, in a given way."""

    folder: Path
    error: Exception
    upgraded: bool = False
    is_sample: bool = False

    def __post_init__(self) -> None:
        super().__init__(self.folder, NOW)

    def unlock(self, sign_in: str, password: str, *, upgrade: bool = False) -> Workspace:
        if isinstance(self.error, OlderFile) and upgrade:
            self.upgraded = True
            return super().unlock(sign_in, password)
        raise self.error


def test_an_older_file_is_brought_up_to_date_when_the_person_says_so(
    qtbot: QtBot, opened: Opener, door: DoorOf
) -> None:
    failing = FailingDoor(door.folder, OlderFile("An older CoCM Desktop made this file."))
    failing._tools = door._tools
    window = opened(failing)

    sign_in(qtbot, window)

    assert "older CoCM Desktop" in window.sign_in.problems.text()
    assert not failing.upgraded
    window.sign_in.password.entry.setText(PASSWORD)
    unlocking(qtbot, window, window.upgrade.click)
    assert failing.upgraded


@pytest.mark.parametrize(
    "error", [NewerFile("A newer one made it."), Damaged("It is cut short."), Unavailable("Gone.")]
)
def test_a_file_that_cannot_be_opened_is_told_in_its_own_words(
    qtbot: QtBot, opened: Opener, door: DoorOf, error: Unavailable
) -> None:
    window = opened(FailingDoor(door.folder, error))

    sign_in(qtbot, window)

    assert window.trouble.words.text() == str(error)
    assert window.trouble.isVisible()
    assert window.trouble.folder.text() == str(door.folder)


def empty(folder: Path) -> None:
    (folder / "clinic.db").write_bytes(b"")


def without_keys(folder: Path) -> None:
    for file in folder.glob("keys.json*"):
        file.unlink()


def spoil_keys(folder: Path) -> None:
    for file in folder.glob("keys.json*"):
        file.write_text("{}", encoding="utf-8")


def cut(folder: Path) -> None:
    file = folder / "clinic.db"
    file.write_bytes(file.read_bytes()[:-100])


def in_clear(folder: Path) -> None:
    (folder / "clinic.db").write_bytes(b"SQLite format 3\0" + bytes(4080))


def without_database(folder: Path) -> None:
    (folder / "clinic.db").unlink()


@pytest.mark.parametrize(
    ("spoil", "state"),
    [
        (empty, FolderState.DATABASE_EMPTY),
        (without_keys, FolderState.NO_KEYS),
        (spoil_keys, FolderState.KEYS_DAMAGED),
        (cut, FolderState.DATABASE_CUT_SHORT),
        (in_clear, FolderState.NOT_ENCRYPTED),
        (without_database, FolderState.NO_DATABASE),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_spoilt_folder_is_told_before_any_password(
    opened: Opener, door: DoorOf, *, spoil: Callable[[Path], None], state: FolderState
) -> None:
    spoil(door.folder)

    window = opened(door)

    assert window.trouble.isVisible()
    assert window.trouble.words.text() == state.value


def test_a_folder_of_other_files_is_left_alone(opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello", encoding="utf-8")

    window = opened(DoorOf(tmp_path, NOW))

    assert window.trouble.words.text() == FolderState.FOREIGN.value


def test_an_empty_folder_offers_to_set_up_a_clinic(
    qtbot: QtBot, opened: Opener, tmp_path: Path
) -> None:
    window = opened(DoorOf(tmp_path / "nothing", NOW))

    assert window.welcome.isVisible()
    with qtbot.waitSignal(window.set_up_wanted):
        window.welcome.set_up.click()
    assert not (tmp_path / "nothing").exists()


def test_after_the_trouble_is_mended_a_second_look_shows_the_sign_in(
    opened: Opener, door: DoorOf
) -> None:
    database = door.folder / "clinic.db"
    elsewhere = database.rename(door.folder.parent / "kept.db")
    window = opened(door)

    elsewhere.rename(database)
    window.trouble.again.click()

    assert window.sign_in.isVisible()


def test_the_window_title_and_settings_name_no_secret(
    qtbot: QtBot, opened: Opener, door: DoorOf
) -> None:
    window = opened(door)

    unlocking(qtbot, window, lambda: sign_in(qtbot, window))

    assert window.windowTitle() == "CoCM Desktop"
