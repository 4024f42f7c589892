"""The people who work at the practice, and their ways in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.actions.staff import deactivate_staff, read_staff
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.staff.member_dialog import AddMemberDialog, ChangeMemberDialog
from cocm_desktop.ui.staff.recovery_dialog import NewRecoveryCodeDialog
from cocm_desktop.ui.staff.words import role_words
from cocm_desktop.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, Label
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
        self.switch_off = DangerButton(self.tr("Switch off…"))
        self.new_code = Button(self.tr("New recovery code…"), "key")
        self._build()

        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.table.activated.connect(self._change)
        self.switch_off.clicked.connect(self._ask_to_switch_off)
        self.new_code.clicked.connect(self._make_code)
        self.table.selectionModel().currentChanged.connect(self._show_what_may_be_done)
        self.model.modelReset.connect(self._show_what_may_be_done)

    def read_again(self) -> None:
        self._desk.read(read_staff, self.model.show_rows)

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
        people.body.addWidget(self.table)
        row = QHBoxLayout()
        for button in (self.add, self.change, self.switch_off):
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

    @Slot()
    def _show_what_may_be_done(self) -> None:
        chosen = self.chosen
        self.change.setEnabled(chosen is not None and chosen.active)
        self.switch_off.setEnabled(chosen is not None and chosen.active)

    @Slot()
    def _add(self) -> None:
        AddMemberDialog(self._desk, self).open()

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
                "They can no longer sign in. Their name and everything they recorded stay. "
                "If they may have copied the file, have its key changed as well."
            ),
            self.tr("Switch off"),
            parent=self,
        )
        question.accepted.connect(partial(self._switch_off, member))
        question.open()

    def _switch_off(self, member: StaffMember) -> None:
        action = partial(deactivate_staff, staff_id=member.id, version=member.version)
        done = partial(self._desk.told.emit, self.tr("The sign-in is switched off."))
        self._desk.do(action, done=done, refused=self._tell)

    def _tell(self, error: CocmError) -> None:
        self._desk.tell(error)

    @Slot()
    def _make_code(self) -> None:
        NewRecoveryCodeDialog(self._desk, self).open()
