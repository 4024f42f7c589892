"""Who refers, cares and treats: the choices of the dialogs about an episode."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.ui.widgets.fields import ChoiceField


class RoleField(ChoiceField[StaffId | None]):
    """The active members of one role; nobody until one is chosen."""

    def __init__(self, role: Role, nobody: str, parent: QWidget | None = None) -> None:
        super().__init__([(None, nobody)], parent)
        self._role = role
        self._nobody = nobody

    def offer_members(self, members: Sequence[StaffMember]) -> None:
        found = [(m.id, m.title) for m in members if m.active and m.is_a(self._role)]
        self.offer([(None, self._nobody), *found])


class ConfirmBox(QCheckBox):
    """The two identifiers are in the strip above; the rule asks that they were compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        words = QCoreApplication.translate("ConfirmBox", "I compared name and date of &birth")
        super().__init__(words, parent)
        self.setAccessibleName(words.replace("&", ""))
