"""Adding a staff member, or changing one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.staff import add_staff, change_staff, read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.credential import billing_credential
from cocm_desktop.domain.billing.month_proofs import CREDENTIALS
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import FULL_TIME, LONGEST_SIGN_IN, Role, StaffDraft, StaffMember
from cocm_desktop.ui.charges.setting_dialog import TaxonomyField
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, NumberField
from cocm_desktop.ui.widgets.form import Form
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.labels import Label
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


class FullTimeField(NumberField):
    """How much of a full-time post a care manager spends on the program, in percent."""

    def __init__(self, percent: int = FULL_TIME, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, FULL_TIME)
        self.setSuffix(self.tr(" %"))
        self.setFixedWidth(theme_of(self).px(88))
        self.setValue(percent)


def add_full_time(form: Form, field: FullTimeField) -> None:
    words = field.tr("Of a care manager's post, what is for collaborative care.")
    form.add(field.tr("Part of &full time"), field, words)


class AddMemberDialog(FormDialog):
    """Collects a StaffDraft and, if the person is to sign in, a password."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_words(self.tr("Add staff member"), self.tr("Add staff member"))
        self.name = QLineEdit()
        self.credentials = QLineEdit()
        self.npi = QLineEdit()
        self.roles = RolesField()
        self.full_time = FullTimeField()
        self.sign_in = QLineEdit()
        self.sign_in.setMaxLength(LONGEST_SIGN_IN + 1)
        self.password = NewPasswordField(lambda: (self.name.text(), self.sign_in.text()))
        self.form.add(self.tr("&Name"), self.name)
        self.form.add(self.tr("&Credentials"), self.credentials, self.tr("Such as LCSW or MD."))
        self.form.add(self.tr("&Roles"), self.roles)
        add_full_time(self.form, self.full_time)
        self.form.add("N&PI", self.npi, self.tr("For treating practitioners, on superbills."))
        words = self.tr("Leave it empty for somebody who only stands on paper.")
        self.form.add(self.tr("&Sign-in name"), self.sign_in, words)
        self.form.add(self.tr("Pass&word"), self.password)
        self.fields = {
            "name": self.name, "roles": self.roles, "npi": self.npi,
            "sign_in": self.sign_in, "password": self.password,
            "full_time_percent": self.full_time,
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
            full_time_percent=self.full_time.value(),
        )
        return partial(add_staff, draft=draft, password=self.password.text())


class ChangeMemberDialog(FormDialog):
    """Changes name, credentials, roles, and what claims say. A sign-in name once given stays.

    Who has none may get one, with a first password.
    """

    def __init__(self, desk: Desk, member: StaffMember, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_words(self.tr("Change staff member"), self.tr("Save changes"))
        self._member = member
        self.name = QLineEdit(member.name)
        self.credentials = QLineEdit(member.credentials)
        self.bills_as = Label("", "caption", wraps=True)
        self.roles = RolesField()
        self.roles.choose(member.roles)
        self.full_time = FullTimeField(member.full_time_percent)
        self.npi = QLineEdit(member.npi)
        self.taxonomy = TaxonomyField(member.taxonomy)
        self.incident_to = QCheckBox(self.tr("Bills incident to a physician"))
        self.incident_to.setChecked(member.bills_incident_to)
        self.supervisor = ChoiceField[StaffId | None]([(member.supervisor_id, "")])
        self.sign_in = QLineEdit(member.sign_in)
        self.sign_in.setMaxLength(LONGEST_SIGN_IN + 1)
        self.password = NewPasswordField(lambda: (self.name.text(), self.sign_in.text()))
        self._build()
        self.credentials.textChanged.connect(self._say_bills_as)
        self.roles.boxes[Role.TREATING_PRACTITIONER].toggled.connect(self._say_bills_as)
        self._say_bills_as()

    @override
    def open(self) -> None:
        self.desk.read(read_staff, self.offer_supervisors)
        super().open()

    def offer_supervisors(self, members: Sequence[StaffMember]) -> None:
        """Offer who has an NPI, and who was chosen before."""
        people = [
            (each.id, each.title)
            for each in members
            if each.id != self._member.id
            and ((each.active and each.npi) or each.id == self._member.supervisor_id)
        ]
        self.supervisor.offer([(None, self.tr("Nobody")), *people])
        self.supervisor.choose(self._member.supervisor_id)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        member = replace(
            self._member,
            name=self.name.text(),
            credentials=self.credentials.text(),
            npi=self.npi.text().strip(),
            roles=self.roles.roles(),
            taxonomy=self.taxonomy.code(),
            bills_incident_to=self.incident_to.isChecked(),
            supervisor_id=self.supervisor.choice(),
            sign_in=self.sign_in.text(),
            full_time_percent=self.full_time.value(),
        )
        return partial(change_staff, member=member, password=self.password.text())

    @Slot()
    def _say_bills_as(self) -> None:
        credential = billing_credential(self.credentials.text())
        words = self.tr("As %1 one may bill collaborative care.").replace("%1", credential)
        none = self.tr("Only MD, DO, NP, PA, CNS and CNM may bill collaborative care.")
        is_practitioner = Role.TREATING_PRACTITIONER in self.roles.roles()
        words = words if credential in CREDENTIALS else none
        self.bills_as.setText(words if is_practitioner else self.tr("Such as LCSW or MD."))

    def _build(self) -> None:
        self.form.add(self.tr("&Name"), self.name)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(2)
        column.addWidget(self.credentials)
        column.addWidget(self.bills_as)
        both.setFocusProxy(self.credentials)
        self.form.add(self.tr("&Credentials"), both)
        self.form.add(self.tr("&Roles"), self.roles)
        add_full_time(self.form, self.full_time)
        self.form.add("N&PI", self.npi, self.tr("For treating practitioners, on claims."))
        self.form.add(self.tr("Ta&xonomy"), self.taxonomy)
        self.form.add(self.tr("&Incident to"), self.incident_to)
        self.form.add(self.tr("Super&visor"), self.supervisor, self.tr("Who has an NPI."))
        self.fields = {
            "name": self.name,
            "roles": self.roles,
            "npi": self.npi,
            "taxonomy": self.taxonomy,
            "supervisor_id": self.supervisor,
            "full_time_percent": self.full_time,
        }
        if not self._member.sign_in:
            words = self.tr("Leave it empty for somebody who only stands on paper.")
            self.form.add(self.tr("Si&gn-in name"), self.sign_in, words)
            self.form.add(self.tr("Pass&word"), self.password)
            self.fields = {**self.fields, "sign_in": self.sign_in, "password": self.password}
            for line in (self.name, self.sign_in):
                line.textChanged.connect(self.password.judge)
