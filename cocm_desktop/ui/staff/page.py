"""The people who work at the practice, and their ways in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.actions.keys import rotate_key
from cocm_desktop.actions.staff import deactivate_staff, read_staff
from cocm_desktop.domain.staff import Role, StaffMember, lacks_second_administrator
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.staff.member_dialog import AddMemberDialog, ChangeMemberDialog
from cocm_desktop.ui.staff.password_dialog import GivePasswordDialog
from cocm_desktop.ui.staff.recovery_dialog import NewRecoveryCodeDialog
from cocm_desktop.ui.staff.words import role_words
from cocm_desktop.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, IconLabel, Label
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class StaffPage(Page):
    """A list, and what may be done with the person chosen in it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table = Table(self.tr("Staff members"))
        self.model = RowsModel[StaffMember](
            (
                Column(self.tr("Name"), lambda member: member.title, width=190),
                Column(self.tr("Roles"), role_words, width=0, hint=role_words),
                Column(self.tr("Sign-in"), lambda member: member.sign_in or "–", width=110),
                Column(self.tr("State"), self._state_words, width=110),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=10)
        self.add = PrimaryButton(self.tr("Add staff member"), "user-plus")
        self.change = Button(self.tr("Change…"))
        self.new_password = Button(self.tr("New password…"))
        self.switch_off = DangerButton(self.tr("Switch off…"))
        self.switch_on = Button(self.tr("Switch on again…"))
        self.alone = QFrame()
        self.add_second = Button(self.tr("Add a second administrator…"), "user-plus")
        self.new_code = Button(self.tr("New recovery code…"), "key")
        self._build()

        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.table.activated.connect(self._change)
        self.new_password.clicked.connect(self._give_password)
        self.switch_off.clicked.connect(self._ask_to_switch_off)
        self.switch_on.clicked.connect(self._give_password)
        self.add_second.clicked.connect(self._add_second)
        self.new_code.clicked.connect(self._make_code)
        self.table.selectionModel().currentChanged.connect(self._show_what_may_be_done)
        self.model.modelReset.connect(self._show_what_may_be_done)

    def read_again(self) -> None:
        self._desk.read(read_staff, self.show_staff)

    def show_staff(self, members: Sequence[StaffMember]) -> None:
        self.model.show_rows(members)
        self.alone.setVisible(lacks_second_administrator(members))

    @property
    def chosen(self) -> StaffMember | None:
        return self.model.row_at(self.table.currentIndex())

    def _state_words(self, member: StaffMember) -> str:
        if not member.active:
            return self.tr("Switched off")
        return self.tr("Signs in") if member.sign_in else self.tr("On paper only")

    def _build(self) -> None:
        people = Card(self.tr("Staff members"))
        words = self.tr(
            "Everybody who works with the patients stands here. Who is to open the program gets "
            "a sign-in name and a password of their own, at once or later by Change; a name on "
            "paper needs neither."
        )
        people.body.addWidget(Label(words, "secondary", wraps=True))
        people.body.addWidget(self._warning())
        people.body.addWidget(self.table)
        row = QHBoxLayout()
        buttons = (self.add, self.change, self.new_password, self.switch_off, self.switch_on)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        people.body.addLayout(row)

        code = Card(self.tr("Recovery code"))
        words = self.tr(
            "The printed code opens the clinic when a password is forgotten. If the paper is lost "
            "or was seen by a stranger, make a new one: the old one stops working."
        )
        code.body.addWidget(Label(words, "secondary", wraps=True))
        row = QHBoxLayout()
        row.addWidget(self.new_code)
        row.addStretch(1)
        code.body.addLayout(row)
        self.body.addWidget(people)
        self.body.addWidget(code)
        self.body.addStretch(1)

    def _warning(self) -> QWidget:
        self.alone.setProperty("role", "asks")
        row = QHBoxLayout(self.alone)
        row.setContentsMargins(12, 8, 12, 8)
        words = self.tr(
            "Only one person can administer this clinic. If they lose their password or leave, "
            "only the printed recovery code helps."
        )
        row.addWidget(IconLabel("alert-triangle", "due"))
        row.addWidget(Label(words, wraps=True), 1)
        row.addWidget(self.add_second)
        self.alone.hide()
        return self.alone

    @Slot()
    def _show_what_may_be_done(self) -> None:
        chosen = self.chosen
        is_on, is_off = (chosen is not None and chosen.active is each for each in (True, False))
        is_own = chosen is not None and chosen.id == self._desk.staff.id
        self.change.setEnabled(is_on)
        self.switch_off.setVisible(not is_off)
        self.switch_off.setEnabled(is_on and not is_own)
        self.switch_on.setVisible(is_off)
        signs_in = chosen is not None and bool(chosen.sign_in)
        self.new_password.setEnabled(is_on and not is_own and signs_in)

    @Slot()
    def _add(self) -> None:
        AddMemberDialog(self._desk, self).open()

    @Slot()
    def _add_second(self) -> None:
        dialog = AddMemberDialog(self._desk, self)
        dialog.roles.choose(frozenset({Role.ADMINISTRATOR}))
        dialog.open()

    @Slot()
    def _give_password(self) -> None:
        if self.chosen is not None:
            GivePasswordDialog(self._desk, self.chosen, self).open()

    @Slot()
    def _change(self) -> None:
        if self.chosen is not None and self.chosen.active:
            ChangeMemberDialog(self._desk, self.chosen, self).open()

    @Slot()
    def _ask_to_switch_off(self) -> None:
        member = self.chosen
        if member is None:
            return
        question = Question(
            self.tr("Switch off %1?").replace("%1", member.title),
            self.tr(
                "They can no longer sign in: the key that their password opens is destroyed at "
                "once. Their name and everything they recorded stay."
            ),
            self.tr("Switch off"),
            parent=self,
        )
        question.accepted.connect(partial(self._switch_off, member))
        question.open()

    def _switch_off(self, member: StaffMember) -> None:
        action = partial(deactivate_staff, staff_id=member.id, version=member.version)
        self._desk.do(action, done=self._offer_new_key, refused=self._tell)

    def _offer_new_key(self) -> None:
        """Ask whether somebody who left may hold a copy of the file and of its key."""
        self._desk.told.emit(self.tr("The sign-in is switched off."))
        question = Question(
            self.tr("Encrypt the file under a new key?"),
            self.tr(
                "If they may have copied the file, a new key keeps them out of what is recorded "
                "from now on. A checked backup is made first; every other password stays good."
            ),
            self.tr("Use a new key"),
            leave_it=self.tr("Keep the key"),
            parent=self,
        )
        question.accepted.connect(self._use_new_key)
        question.open()

    @Slot()
    def _use_new_key(self) -> None:
        done = partial(self._desk.told.emit, self.tr("The file is encrypted under a new key."))
        self._desk.do(rotate_key, done=done, refused=self._tell)

    def _tell(self, error: CocmError) -> None:
        self._desk.tell(error)

    @Slot()
    def _make_code(self) -> None:
        NewRecoveryCodeDialog(self._desk, self).open()
