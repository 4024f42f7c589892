"""Choosing the day, the caseload and the reader of a day list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from cocm_desktop.actions.day_list import DayChoice, print_day_list
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.people import RoleField
from cocm_desktop.ui.paper.dialog import PaperRequest
from cocm_desktop.ui.paper.preview_dialog import PreviewDialog
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.labels import Label


class DayListDialog(PreviewDialog):
    """Whoever may not see the registry prints the front desk's list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.day = DateField(desk.today(), desk.today())
        self.caseload = RoleField(Role.CARE_MANAGER, self.tr("All care managers"))
        self.front_desk = QCheckBox(self.tr("For the &front desk: nothing clinical on it"))
        sees_registry = desk.may(Permission.SEE_REGISTRY)
        self.front_desk.setChecked(not sees_registry)
        self.front_desk.setEnabled(sees_registry)
        self.set_words(self.tr("Day list"), self.tr("Preview"))
        words = self.tr("Who is expected on the day, who is to be called, which forms are due.")
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Day"), self.day)
        self.form.add(self.tr("&Caseload"), self.caseload)
        self.form.addRow(Label(""), self.front_desk)
        self.fields = {"day": self.day}

    @override
    def open(self) -> None:
        self.desk.read(read_staff, self._offer)
        super().open()

    def _offer(self, members: Sequence[StaffMember]) -> None:
        """Begin with the caseload of whoever asks, if they have one."""
        self.caseload.offer_members(members)
        mine = self.desk.staff
        of: StaffId | None = mine.id if mine.is_a(Role.CARE_MANAGER) else None
        self.caseload.choose(of)

    @override
    def request(self) -> PaperRequest:
        day = self.day.needed("day")
        choice = DayChoice(day, self.caseload.choice(), self.front_desk.isChecked())
        return PaperRequest(
            partial(print_day_list, choice=choice),
            self.tr("Day list"),
            f"day-list-{day}",
            long_date(day),
        )
