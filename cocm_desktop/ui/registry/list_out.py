"""The registry's list on its way out: onto paper, or into a file after a question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.caseload_list import export_list, print_list
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.domain.caseload_list import ListChoice
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.wording import count_of, long_moment
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import ShownPaper
from cocm_desktop.ui.widgets.new_file import ask_new_file
from cocm_desktop.ui.widgets.question import Question


class ListOut(QObject):
    """Makes papers and files of the patients it is given; shows none itself."""

    printed = Signal(object)
    """The ShownPaper."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def print_list(self, choice: ListChoice) -> None:
        name = f"caseload-list-{self._desk.today()}"
        show = partial(self._show, title=self.tr("Caseload list"), name=name)
        self._desk.read(partial(print_list, choice=choice), show)

    def print_sheets(self, patient_ids: tuple[PatientId, ...]) -> None:
        """Print the agenda and the sheets of these patients only."""
        options = self._desk.computer.settings.packet_options
        choice = PacketChoice(patient_ids=patient_ids, options=options)
        name = f"patient-sheets-{self._desk.today()}"
        show = partial(self._show, title=self.tr("Patient sheets"), name=name)
        self._desk.read(partial(print_packet, choice=choice), show)

    def export(self, choice: ListChoice) -> None:
        """Ask first: what is in the file is no longer under the clinic's password."""
        count = count_of(len(choice.patient_ids), "patient")
        words = self.tr(
            "The file holds the shown columns of %1, readable by everybody who gets it. It is "
            "noted in the audit that it was made."
        ).replace("%1", count)
        title = self.tr("Export %1?").replace("%1", count)
        question = Question(title, words, self.tr("Choose a place…"), parent=self._window)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(partial(self._ask_where, choice))
        question.open()

    def write(self, choice: ListChoice, file: Path) -> None:
        """Write the file, whole or not at all."""
        done: Callable[[int], None] = partial(self._tell, file=file)
        self._desk.read(partial(export_list, choice=choice, file=file), done)

    def _ask_where(self, choice: ListChoice) -> None:
        proposed = Path(f"caseload-list-{self._desk.today()}.csv")
        title, chosen = self.tr("Export the list"), partial(self.write, choice)
        ask_new_file(self._window, title, proposed, kind="CSV", chosen=chosen)

    def _show(self, paper: Paper, *, title: str, name: str) -> None:
        facts = self.tr("Records as of %1").replace("%1", long_moment(paper.as_of))
        self.printed.emit(ShownPaper(paper, title, facts, name))

    def _tell(self, count: int, *, file: Path) -> None:
        words = self.tr("%1 written to %2").replace("%1", count_of(count, "patient"))
        self._desk.told.emit(words.replace("%2", str(file)))
