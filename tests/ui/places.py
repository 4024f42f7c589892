"""Screens that only remember what they were asked, for the tests of the main window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.screen import PatientScreen, Place, Screen


class ListScreen(Screen):
    """A screen that keeps what it was asked."""

    topics = Topic.CONTACT
    help_page = "registry"
    can_narrow = True
    unsaved = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.reads = 0
        self.narrowed: list[str] = []

    @override
    def read_again(self) -> None:
        self.reads += 1
        self.counted.emit(62)
        self.status_changed.emit("Showing 14 of 62")

    @override
    def narrow(self, words: str) -> None:
        self.narrowed.append(words)

    @override
    def has_unsaved(self) -> bool:
        return self.unsaved


class OtherScreen(ListScreen):
    can_narrow = False


class OneChart(PatientScreen):
    patient = ""

    @override
    def show_patient(self, patient_id: str) -> None:
        self.patient = patient_id


SOME = (
    Place("list", "List", "list", Permission.SEE_REGISTRY, ListScreen, is_list=True),
    Place("other", "Other", "check", Permission.SEE_PATIENT_LIST, OtherScreen),
    Place("chart", "Chart", "user", Permission.SEE_CHART, OneChart, in_rail=False),
)
