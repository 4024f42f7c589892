"""A first password that one person gives another: after they forgot theirs, or came back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.staff import give_password, reactivate_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.password import NewPasswordField


class GivePasswordDialog(FormDialog):
    """Gives a password, or a sign-in back, to somebody who then chooses their own."""

    def __init__(self, desk: Desk, member: StaffMember, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._member = member
        titles = (self.tr("New password for %1"), self.tr("Switch on %1 again"))
        verbs = (self.tr("Give this password"), self.tr("Switch on again"))
        is_off = not member.active
        self.set_words(titles[is_off].replace("%1", member.title), verbs[is_off])
        self.password = NewPasswordField(lambda: (member.name, member.sign_in))
        words = self.tr(
            "Tell it to them in person. When they sign in with it, they choose their own before "
            "anything else. An older password of theirs opens nothing any more."
        )
        if member.sign_in:
            self.body.insertWidget(0, Label(words, "secondary", wraps=True))
            self.form.add(self.tr("&First password"), self.password)
        else:
            words = self.tr("They stand on paper again and do not sign in, as before.")
            self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.fields = {"password": self.password}

    @override
    def action(self) -> Callable[[Workspace], Change]:
        member, password = self._member, self.password.text()
        if member.active:
            return partial(give_password, staff_id=member.id, password=password)
        return partial(
            reactivate_staff, staff_id=member.id, version=member.version, password=password
        )
