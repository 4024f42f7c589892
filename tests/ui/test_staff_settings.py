from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.session import lock
from cocm_desktop.actions.staff import add_staff, change_staff, deactivate_staff, read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.staff import Permission, Role, StaffDraft, StaffMember
from cocm_desktop.errors import Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.staff.member_dialog import AddMemberDialog, ChangeMemberDialog
from cocm_desktop.ui.staff.page import StaffPage
from cocm_desktop.ui.staff.password_dialog import GivePasswordDialog
from cocm_desktop.ui.staff.recovery_dialog import NewRecoveryCodeDialog
from cocm_desktop.ui.staff.sign_in_page import SignInPage
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.work import InlineWork
from tests.ui.doors import NOW, PASSWORD, DoorOf, make

NEW_PASSWORD = "seven green kettles sing"


@pytest.fixture
def door(tmp_path: Path) -> DoorOf:
    return DoorOf(tmp_path / "clinic", NOW)


@pytest.fixture
def clinic(door: DoorOf) -> Iterator[Workspace]:
    """A real encrypted file, open for its owner."""
    workspace = make(door)
    yield workspace
    lock(workspace)


@pytest.fixture
def seat(clinic: Workspace, qapp: QApplication) -> Desk:
    """The desk of the owner of a real file."""
    return Desk(clinic, InlineWork())


def named(workspace: Workspace, name: str) -> StaffMember:
    return next(member for member in read_staff(workspace) if member.name == name)


# ----------------------------------------------------------------------------------- staff


@pytest.fixture
def staff(qtbot: QtBot, seat: Desk) -> StaffPage:
    page = StaffPage(seat)
    qtbot.addWidget(page)
    seat.changed.connect(page.read_again)
    page.read_again()
    page.show()
    return page


def add(desk: Desk, qtbot: QtBot, **typed: str) -> AddMemberDialog:
    dialog = AddMemberDialog(desk)
    qtbot.addWidget(dialog)
    dialog.name.setText(typed.get("name", "Jordan Reyes"))
    dialog.sign_in.setText(typed.get("sign_in", "jreyes"))
    dialog.password.entry.setText(typed.get("password", NEW_PASSWORD))
    dialog.full_time.setValue(int(typed.get("percent", "60")))
    if typed.get("role", "yes"):
        dialog.roles.choose(frozenset({Role.CARE_MANAGER, Role.BILLER}))
    dialog.open()
    dialog.save.click()
    return dialog


def test_a_new_colleague_signs_in_with_their_own_password(
    qtbot: QtBot, seat: Desk, staff: StaffPage, clinic: Workspace, door: DoorOf
) -> None:
    dialog = add(seat, qtbot)

    assert not dialog.isVisible()
    member = named(clinic, "Jordan Reyes")
    assert member.roles == {Role.CARE_MANAGER, Role.BILLER}
    assert member.full_time_percent == 60
    assert "Jordan Reyes" in {staff.model.index(n, 0).data() for n in range(2)}
    lock(clinic)
    lock(door.unlock("jreyes", NEW_PASSWORD))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "name"),
        ({"role": ""}, "at least one role"),
        ({"sign_in": "MBELL"}, "is taken"),
        ({"password": "short"}, "at least 15"),
        ({"password": "jordan reyes here"}, "jordan"),
        ({"sign_in": ""}, "sign-in name"),
        ({"percent": "0"}, "1 to 100 percent"),
    ],
)
def test_a_colleague_who_cannot_be_added_is_not(
    qtbot: QtBot, seat: Desk, clinic: Workspace, typed: dict[str, str], words: str
) -> None:
    dialog = add(seat, qtbot, **typed)

    assert dialog.isVisible()
    assert words in dialog.problems.text()
    assert len(read_staff(clinic)) == 1


def test_changes_of_a_member_are_kept(qtbot: QtBot, seat: Desk, clinic: Workspace) -> None:
    dialog = ChangeMemberDialog(seat, named(clinic, "Maya Bell"))
    qtbot.addWidget(dialog)
    dialog.credentials.setText("LCSW")
    dialog.full_time.setValue(60)

    dialog.save.click()

    bell = named(clinic, "Maya Bell")
    assert (bell.title, bell.full_time_percent) == ("Maya Bell, LCSW", 60)


def test_who_stood_on_paper_only_gets_a_sign_in_later(
    qtbot: QtBot, seat: Desk, clinic: Workspace, door: DoorOf
) -> None:
    smith = StaffDraft("Ada Smith", frozenset({Role.TREATING_PRACTITIONER}))
    add_staff(clinic, smith)
    dialog = ChangeMemberDialog(seat, named(clinic, "Ada Smith"))
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.sign_in.setText("asmith")

    dialog.save.click()
    without_password = named(clinic, "Ada Smith").sign_in
    dialog.password.entry.setText(NEW_PASSWORD)
    dialog.save.click()

    assert without_password == ""
    assert not dialog.isVisible()
    lock(clinic)
    opened = door.unlock("asmith", NEW_PASSWORD)
    assert opened.staff.may(Permission.APPROVE_MONTH)
    lock(opened)


def test_a_sign_in_that_cannot_be_given_is_not(clinic: Workspace) -> None:
    smith = StaffDraft("Ada Smith", frozenset({Role.TREATING_PRACTITIONER}))
    add_staff(clinic, smith)
    on_paper, owner = named(clinic, "Ada Smith"), named(clinic, "Maya Bell")

    for sign_in, words in (("MBELL", "is taken"), ("", "Choose a sign-in name")):
        with pytest.raises(Refused, match=words):
            change_staff(clinic, replace(on_paper, sign_in=sign_in), password=NEW_PASSWORD)
    change_staff(clinic, replace(owner, sign_in="maya"), password=NEW_PASSWORD)
    deactivate_staff(clinic, on_paper.id, version=on_paper.version)
    off = named(clinic, "Ada Smith")
    with pytest.raises(Refused, match="switched off"):
        change_staff(clinic, replace(off, sign_in="asmith"), password=NEW_PASSWORD)

    assert named(clinic, "Ada Smith").sign_in == ""
    assert named(clinic, "Maya Bell").sign_in == "mbell"
    assert clinic.clinic is not None
    assert list(clinic.clinic.keys.sign_ins().values()) == ["mbell"]


def test_the_last_administrator_stays_one(qtbot: QtBot, seat: Desk, clinic: Workspace) -> None:
    dialog = ChangeMemberDialog(seat, named(clinic, "Maya Bell"))
    qtbot.addWidget(dialog)
    dialog.roles.choose(frozenset({Role.CARE_MANAGER}))
    dialog.open()

    dialog.save.click()

    assert "at least one administrator" in dialog.problems.text()
    assert Role.ADMINISTRATOR in named(clinic, "Maya Bell").roles


def test_the_buttons_of_the_list_open_their_dialogs(qtbot: QtBot, staff: StaffPage) -> None:
    staff.table.select_row(0)

    for button in (staff.add, staff.change, staff.new_code):
        button.click()

    opened = {type(dialog) for dialog in staff.findChildren(FormDialog)}
    assert opened == {AddMemberDialog, ChangeMemberDialog, NewRecoveryCodeDialog}


def test_switching_off_asks_first_and_takes_the_way_in(
    qtbot: QtBot, seat: Desk, staff: StaffPage, clinic: Workspace
) -> None:
    add(seat, qtbot)
    staff.table.select_row(0)
    assert staff.chosen is not None
    assert staff.chosen.name == "Jordan Reyes"

    staff.switch_off.click()
    still_active = named(clinic, "Jordan Reyes").active
    [question] = staff.findChildren(Question)
    question.do_it.click()

    offered = staff.findChildren(Question)[-1]
    assert "new key" in offered.windowTitle()
    assert still_active
    assert not named(clinic, "Jordan Reyes").active
    assert clinic.clinic is not None
    assert "jreyes" not in clinic.clinic.keys.sign_ins().values()


def test_nobody_switches_off_their_own_sign_in(
    qtbot: QtBot, seat: Desk, staff: StaffPage, clinic: Workspace
) -> None:
    told: list[str] = []
    seat.unavailable.connect(told.append)
    staff.table.select_row(0)
    can_try = staff.switch_off.isEnabled()
    staff._ask_to_switch_off()
    [question] = staff.findChildren(Question)
    question.do_it.click()

    assert not can_try
    assert told == ["You cannot switch off your own sign-in."]
    assert named(clinic, "Maya Bell").active


def test_one_administrator_is_one_too_few(qtbot: QtBot, seat: Desk, staff: StaffPage) -> None:
    before = staff.alone.isVisibleTo(staff)

    staff.add_second.click()
    dialog = staff.findChildren(AddMemberDialog)[-1]
    chosen = dialog.roles.roles()
    dialog.name.setText("Jordan Reyes")
    dialog.sign_in.setText("jreyes")
    dialog.password.entry.setText(NEW_PASSWORD)
    dialog.save.click()

    assert before
    assert chosen == {Role.ADMINISTRATOR}
    assert not staff.alone.isVisibleTo(staff)


def test_a_forgotten_password_is_given_anew_and_a_sign_in_switched_on_again(
    qtbot: QtBot, seat: Desk, staff: StaffPage, clinic: Workspace, door: DoorOf
) -> None:
    add(seat, qtbot)
    staff.table.select_row(0)
    staff.new_password.click()
    give(staff, "copper meadow ladder quartz")
    staff.table.select_row(0)
    staff.switch_off.click()
    staff.findChildren(Question)[-1].do_it.click()
    staff.table.select_row(0)
    offers = staff.switch_on.isVisibleTo(staff), staff.switch_off.isVisibleTo(staff)
    staff.switch_on.click()
    give(staff, "walnut engine plaza otter")

    lock(clinic)
    opened = door.unlock("jreyes", "walnut engine plaza otter")
    lock(opened)
    assert offers == (True, False)
    assert opened.sitting.password_is_given


def give(staff: StaffPage, password: str) -> None:
    dialog = staff.findChildren(GivePasswordDialog)[-1]
    dialog.password.entry.setText(password)
    dialog.save.click()
    assert not dialog.isVisible(), dialog.problems.text()


def test_the_safe_answer_is_the_default(qtbot: QtBot, qapp: QApplication) -> None:
    question = Question("Switch off?", "They cannot sign in.", "Switch off")
    qtbot.addWidget(question)

    assert question.leave_it.isDefault()
    assert not question.do_it.isDefault()


def test_a_new_recovery_code_replaces_the_old_one_after_it_is_typed_back(
    qtbot: QtBot, seat: Desk, clinic: Workspace, door: DoorOf
) -> None:
    dialog = NewRecoveryCodeDialog(seat)
    qtbot.addWidget(dialog)
    dialog.open()
    could_save = dialog.save.isEnabled()
    for number, entry in dialog.panel.entries.items():
        entry.setText(dialog._code.groups[number - 1])

    dialog.save.click()

    assert not could_save
    assert not dialog.isVisible()
    lock(clinic)
    lock(door.recover(dialog._code, sign_in="mbell", password=NEW_PASSWORD))


# ------------------------------------------------------------------------------ my sign-in


@pytest.fixture
def sign_in(qtbot: QtBot, seat: Desk) -> SignInPage:
    page = SignInPage(seat)
    qtbot.addWidget(page)
    page.read_again()
    page.show()
    return page


def test_my_password_is_changed_and_the_fields_are_emptied(
    sign_in: SignInPage, clinic: Workspace, door: DoorOf
) -> None:
    sign_in.old.entry.setText(PASSWORD)
    sign_in.new.entry.setText(NEW_PASSWORD)

    sign_in.save.click()

    assert (sign_in.old.text(), sign_in.new.text()) == ("", "")
    lock(clinic)
    lock(door.unlock("mbell", NEW_PASSWORD))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("not my password here", NEW_PASSWORD, "old password is wrong"),
        (PASSWORD, "short", "at least 15"),
        (PASSWORD, "riverbend tractor hymn", "riverbend"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    sign_in: SignInPage, clinic: Workspace, door: DoorOf, *, old: str, new: str, words: str
) -> None:
    sign_in.old.entry.setText(old)
    sign_in.new.entry.setText(new)

    sign_in.save.click()

    assert words in sign_in.problems.text()
    lock(clinic)
    lock(door.unlock("mbell", PASSWORD))
