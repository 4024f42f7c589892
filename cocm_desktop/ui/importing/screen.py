"""The import screen: file, columns, check, done. Nothing is stored before the third step's end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.importing import (
    import_patients,
    preview_import,
    preview_list,
    read_imports,
    write_left_out,
    write_template,
)
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.ids import ImportBatchId
from cocm_desktop.domain.import_preview import ImportBatch, ImportPreview
from cocm_desktop.domain.patient_list import Mapping
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.importing.check_page import CheckPage
from cocm_desktop.ui.importing.columns_page import ColumnsPage
from cocm_desktop.ui.importing.done_page import DonePage
from cocm_desktop.ui.importing.file_page import FilePage
from cocm_desktop.ui.importing.steps import StepLine
from cocm_desktop.ui.importing.undo_dialog import UndoImportDialog
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.widgets.labels import Label

LISTS = "Patient lists (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods);;All files (*)"
CSV = "CSV (*.csv)"


class ImportScreen(Screen):
    """One file at a time. A remembered layout goes straight to the check; Back leads anywhere."""

    topics = Topic.PATIENT
    help_page = "import"
    menu_title = "&Import"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.preview: ImportPreview | None = None
        self._imported: frozenset[int] = frozenset()
        self.steps = StepLine(
            [self.tr("File"), self.tr("Columns"), self.tr("Check"), self.tr("Done")]
        )
        self.file = FilePage()
        self.columns = ColumnsPage()
        self.check = CheckPage()
        self.done = DonePage()
        self._pages = QStackedWidget()
        self._build()
        self._connect()

    @override
    def read_again(self) -> None:
        self.desk.read(read_imports, self.file.show_imports)

    @override
    def take_focus(self) -> None:
        shown = self._pages.currentWidget()
        if isinstance(shown, ColumnsPage | CheckPage | DonePage):
            shown.take_focus()
        else:
            self.file.choose.setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        return (self._choose, self._template)

    @override
    def has_unsaved(self) -> bool:
        return bool(self.check.include) and self._pages.currentWidget() is self.check

    @Slot(object)
    def open_file(self, file: Path) -> None:
        """Read a file and show what an import of it would do."""
        self._show_page(self.file)
        self.file.show_reading(file)
        question = partial(preview_import, path=file)
        self.desk.read(question, self._show_first, failed=self.file.show_error)

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(10)
        page.addWidget(Label(self.tr("Import a patient list"), "title"))
        page.addWidget(self.steps)
        for each in (self.file, self.columns, self.check, self.done):
            self._pages.addWidget(each)
        page.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._choose = QAction(self.tr("Choose a file…"), self)
        self._choose.triggered.connect(self.choose_file)
        self._template = QAction(self.tr("Save an empty template…"), self)
        self._template.triggered.connect(self.save_template)
        self.file.choose_wanted.connect(self.choose_file)
        self.file.file_chosen.connect(self.open_file)
        self.file.template_wanted.connect(self.save_template)
        self.file.undo_wanted.connect(self._undo_old)
        self.columns.left.connect(self._start_over)
        self.columns.mapped.connect(self._check)
        self.check.left.connect(self._back_to_columns)
        self.check.import_wanted.connect(self._bring)
        self.done.registry_wanted.connect(self._go_registry)
        self.done.again_wanted.connect(self._start_over)
        self.done.undo_wanted.connect(self._undo_this)
        self.done.list_wanted.connect(self.save_list)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)

    @Slot()
    def choose_file(self) -> None:
        """Ask which file to import."""
        dialog = QFileDialog(self, self.tr("Choose the patient list"), _documents())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr(LISTS))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    @Slot()
    def save_template(self) -> None:
        """Ask where to write an empty list."""
        self._ask_where(self.tr("Save the template"), "patient-list.csv", write=self.write_template)

    @Slot()
    def save_list(self) -> None:
        """Ask where to write the rows that were left out."""
        self._ask_where(
            self.tr("Save the rows left out"), "rows-left-out.csv", write=self.write_list
        )

    def write_template(self, file: Path) -> None:
        told = self.tr("The template was written to %1").replace("%1", str(file))
        self.desk.read(
            lambda _workspace: write_template(file),
            lambda _nothing: self.desk.told.emit(told),
            failed=self.file.show_error,
        )

    def write_list(self, file: Path) -> None:
        if self.preview is None:
            return
        told = self.tr("The rows left out were written to %1").replace("%1", str(file))
        question = partial(write_left_out, preview=self.preview, file=file, include=self._imported)
        self.desk.read(
            question,
            lambda _nothing: self.desk.told.emit(told),
            failed=self.done.problems.show_error,
        )

    def _ask_where(self, title: str, name: str, *, write: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, title, _documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(CSV)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: write(Path(chosen)))
        dialog.open()

    def _show_first(self, preview: ImportPreview) -> None:
        """Show the columns of a new layout; a remembered one is known."""
        self.file.show_reading(None)
        self.preview = preview
        self.columns.show_list(preview)
        if preview.is_remembered and not preview.problems:
            self._show_check(preview)
        else:
            self._show_page(self.columns)

    @Slot(object)
    def _check(self, mapping: Mapping) -> None:
        if self.preview is not None:
            read = self.preview.patient_list
            question = partial(preview_list, patient_list=read, mapping=mapping)
            self.desk.read(question, self._show_check, failed=self.columns.show_error)

    def _show_check(self, preview: ImportPreview) -> None:
        self.preview = preview
        self.check.show_preview(preview)
        self._show_page(self.check)

    @Slot(object)
    def _bring(self, include: frozenset[int]) -> None:
        if self.preview is not None:
            self._imported = include
            action = partial(import_patients, preview=self.preview, include=include)
            self.desk.do(
                action,
                done=self._show_done,
                refused=self.check.show_error,
                failed=self.check.show_error,
            )

    def _show_done(self) -> None:
        if self.preview is not None:
            self.check.set_busy(busy=False)
            self.done.show_done(self.preview, self._imported)
            self._show_page(self.done)

    @Slot()
    def _step_back(self) -> None:
        shown = self._pages.currentWidget()
        if shown is self.check:
            self._back_to_columns()
        elif shown is self.columns:
            self._start_over()

    @Slot()
    def _start_over(self) -> None:
        self.preview = None
        self._show_page(self.file)

    @Slot()
    def _back_to_columns(self) -> None:
        self._show_page(self.columns)

    @Slot()
    def _go_registry(self) -> None:
        self.desk.place_wanted.emit("registry")
        self._start_over()

    @Slot(object)
    def _undo_old(self, batch: ImportBatch) -> None:
        self._undo(batch.id, f"{batch.file_name}: {batch.words}").open()

    @Slot()
    def _undo_this(self) -> None:
        if self.preview is not None:
            dialog = self._undo(self.preview.id, self.preview.patient_list.file_name)
            dialog.stored.connect(self.done.show_undone)
            dialog.open()

    def _undo(self, batch_id: ImportBatchId, words: str) -> UndoImportDialog:
        return UndoImportDialog(self.desk, batch_id, words, parent=self)

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.steps.show_step(self._pages.indexOf(page))
        if self.isVisible():
            self.take_focus()


def _documents() -> str:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(place)
