"""Adding a staff member, or changing one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.staff import add_staff, change_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.staff import LONGEST_SIGN_IN, Role, StaffDraft, StaffMember
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.password import NewPasswordField


class RolesField(QWidget):
    """The roles, one or several."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {role: QCheckBox(role.value) for role in Role}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in self.boxes.values():
            column.addWidget(box)
        self.setFocusProxy(self.boxes[Role.FRONT_DESK])

    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def choose(self, roles: frozenset[Role]) -> None:
        for role, box in self.boxes.items():
            box.setChecked(role in roles)


class AddMemberDialog(FormDialog):
    """Collects a StaffDraft and, if the person is to sign in, a password."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_words(self.tr("Add staff member"), self.tr("Add staff member"))
        self.name = QLineEdit()
        self.credentials = QLineEdit()
        self.npi = QLineEdit()
        self.roles = RolesField()
        self.sign_in = QLineEdit()
        self.sign_in.setMaxLength(LONGEST_SIGN_IN + 1)
        self.password = NewPasswordField(lambda: (self.name.text(), self.sign_in.text()))
        self.form.add(self.tr("&Name"), self.name)
        self.form.add(self.tr("&Credentials"), self.credentials, self.tr("Such as LCSW or MD."))
        self.form.add(self.tr("&Roles"), self.roles)
        self.form.add("N&PI", self.npi, self.tr("For treating practitioners, on superbills."))
        words = self.tr("Leave it empty for somebody who only stands on paper.")
        self.form.add(self.tr("&Sign-in name"), self.sign_in, words)
        self.form.add(self.tr("Pass&word"), self.password)
        self.fields = {
            "name": self.name, "roles": self.roles, "npi": self.npi,
            "sign_in": self.sign_in, "password": self.password,
        }  # fmt: skip
        for line in (self.name, self.sign_in):
            line.textChanged.connect(self.password.judge)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = StaffDraft(
            name=self.name.text(),
            roles=self.roles.roles(),
            sign_in=self.sign_in.text(),
            credentials=self.credentials.text(),
            npi=self.npi.text().strip(),
        )
        return partial(add_staff, draft=draft, password=self.password.text())


class ChangeMemberDialog(FormDialog):
    """Changes name, credentials, roles and NPI. The sign-in name stays."""

    def __init__(self, desk: Desk, member: StaffMember, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_words(self.tr("Change staff member"), self.tr("Save changes"))
        self._member = member
        self.name = QLineEdit(member.name)
        self.credentials = QLineEdit(member.credentials)
        self.npi = QLineEdit(member.npi)
        self.roles = RolesField()
        self.roles.choose(member.roles)
        self.form.add(self.tr("&Name"), self.name)
        self.form.add(self.tr("&Credentials"), self.credentials, self.tr("Such as LCSW or MD."))
        self.form.add(self.tr("&Roles"), self.roles)
        self.form.add("N&PI", self.npi, self.tr("For treating practitioners, on superbills."))
        self.fields = {"name": self.name, "roles": self.roles, "npi": self.npi}

    @override
    def action(self) -> Callable[[Workspace], Change]:
        member = replace(
            self._member,
            name=self.name.text(),
            credentials=self.credentials.text(),
            npi=self.npi.text().strip(),
            roles=self.roles.roles(),
        )
        return partial(change_staff, member=member)
