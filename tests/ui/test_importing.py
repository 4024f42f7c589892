from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QKeySequence
from PySide6.QtTest import QTest

from cocm_desktop.actions.importing import import_patients, preview_import, read_imports
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.import_preview import ImportPreview, RowState
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.importing.drop_area import DropArea, file_of
from cocm_desktop.ui.importing.screen import ImportScreen
from cocm_desktop.ui.importing.undo_dialog import UndoImportDialog
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.exchange.lists import ANNA, BEN, HEADER, bytes_at, csv_at

POSSIBLE = "900,Alvares,Maria,4/5/1971,F,"
REJECTED = "901,UNK,UNK,1/1/1980,F,"


@pytest.fixture
def screen(desk: Desk) -> ImportScreen:
    screen = ImportScreen(desk)
    screen.resize(1100, 700)
    screen.show()
    return screen


def shown(screen: ImportScreen) -> object:
    return screen._pages.currentWidget()


def checked(screen: ImportScreen, path: Path) -> ImportPreview:
    """Open a file and go on to the check."""
    screen.open_file(path)
    if shown(screen) is screen.columns:
        screen.columns.check.click()
    assert shown(screen) is screen.check
    assert screen.preview is not None
    return screen.preview


def names(workspace: Workspace) -> list[str]:
    return [row.name for row in read_registry(workspace).rows]


def test_a_new_layout_shows_its_columns_with_examples(screen: ImportScreen, tmp_path: Path) -> None:
    screen.open_file(csv_at(tmp_path, HEADER, ANNA, BEN))

    assert shown(screen) is screen.columns
    assert screen.columns.heading.text() == "list.csv · 2 rows · 6 columns"
    assert screen.columns.choices[1].accessibleDescription() == "Meyer · Bergstrom"
    assert screen.steps.accessibleName() == "2  Columns"


def test_a_missing_column_is_named_at_once(screen: ImportScreen, tmp_path: Path) -> None:
    screen.open_file(csv_at(tmp_path, HEADER, ANNA))
    birth = screen.columns.choices[3]

    birth.setCurrentIndex(0)
    birth.activated.emit(0)

    assert screen.columns.problems.text() == "Choose the column of the date of birth."
    assert not screen.columns.check.isEnabled()


def test_a_list_is_imported_in_four_steps(
    screen: ImportScreen, workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    checked(screen, csv_at(tmp_path, HEADER, ANNA, BEN, POSSIBLE, REJECTED))
    assert screen.check.bring.accessibleName() == "Import 2 patients"
    assert "1 possible duplicate, 1 rejected" in screen.check.summary.text()

    screen.check.bring.click()

    assert shown(screen) is screen.done
    assert screen.done.title.text() == "2 patients added from list.csv"
    assert [row.line for row in screen.done.model.rows] == [4, 5]
    assert names(workspace) == ["ALVAREZ, María", "BERGSTROM, Ben", "MEYER, Anna"]


def test_a_possible_duplicate_is_added_by_the_space_bar_only(
    screen: ImportScreen, workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    checked(screen, csv_at(tmp_path, HEADER, ANNA, POSSIBLE))
    screen.check.chips[RowState.POSSIBLE_DUPLICATE].click()
    assert "ALVAREZ, María" in screen.check.remarks.text()
    assert screen.check.add_anyway.isVisible()

    screen.check.table.setFocus()
    QTest.keyClick(screen.check.table, Qt.Key.Key_Space)

    assert screen.check.include == {3}
    assert screen.has_unsaved()
    assert screen.check.bring.accessibleName() == "Import 2 patients"
    screen.check.bring.click()
    assert "ALVARES, Maria" in names(workspace)


def test_an_ordinary_row_cannot_be_ticked(screen: ImportScreen, tmp_path: Path) -> None:
    checked(screen, csv_at(tmp_path, HEADER, ANNA))

    screen.check._include()

    assert screen.check.include == frozenset()
    assert not screen.check.add_anyway.isVisible()


def test_each_filter_shows_its_rows_and_says_when_there_are_none(
    screen: ImportScreen, tmp_path: Path
) -> None:
    checked(screen, csv_at(tmp_path, HEADER, ANNA, BEN, REJECTED))

    screen.check.chips[RowState.REJECTED].click()
    assert [row.line for row in screen.check.model.rows] == [4]
    assert screen.check.title.text() == "Line 4 · UNK, UNK · born Jan 1, 1980 · MRN 901"
    screen.check.chips[RowState.ALREADY_HERE].click()

    assert screen.check.title.text() == "No row is in this group."


def test_a_remembered_layout_goes_straight_to_the_check(
    screen: ImportScreen, workspace: Workspace, tmp_path: Path
) -> None:
    import_patients(workspace, preview_import(workspace, csv_at(tmp_path, HEADER, ANNA)))

    screen.open_file(csv_at(tmp_path, HEADER, BEN, name="later.csv"))

    assert shown(screen) is screen.check
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert shown(screen) is screen.columns
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert shown(screen) is screen.file


def test_nobody_new_leaves_nothing_to_press(
    screen: ImportScreen, workspace: Workspace, tmp_path: Path
) -> None:
    path = csv_at(tmp_path, HEADER, ANNA)
    import_patients(workspace, preview_import(workspace, path))

    checked(screen, path)

    assert screen.check.bring.accessibleName() == "Nobody to import"
    assert not screen.check.bring.isEnabled()


def test_a_file_that_is_no_list_says_why_and_stays(screen: ImportScreen, tmp_path: Path) -> None:
    screen.open_file(bytes_at(tmp_path, b"%PDF-1.7"))

    assert shown(screen) is screen.file
    assert "This is a PDF" in screen.file.problems.text()
    assert screen.file.choose.isEnabled()
    assert screen.file.bar.isHidden()


def test_a_preview_that_is_out_of_date_says_so_and_imports_nothing(
    screen: ImportScreen, workspace: Workspace, tmp_path: Path
) -> None:
    preview = checked(screen, csv_at(tmp_path, HEADER, ANNA, BEN))
    draft = preview.rows[0].draft
    assert draft is not None
    assert draft.born_on is not None
    add_patient(workspace, PatientDraft("Meyer", "Anna", draft.born_on))

    screen.check.bring.click()

    assert shown(screen) is screen.check
    assert "changed since this preview" in screen.check.problems.text()
    assert screen.check.bring.isEnabled()
    assert names(workspace) == ["MEYER, Anna"]


def test_an_import_is_undone_with_a_reason(
    screen: ImportScreen, workspace: Workspace, tmp_path: Path
) -> None:
    checked(screen, csv_at(tmp_path, HEADER, ANNA))
    screen.check.bring.click()

    screen.done.undo.click()
    dialog = screen.findChild(UndoImportDialog)
    assert dialog is not None
    dialog.reason.setText("Wrong file")
    dialog.save.click()

    assert names(workspace) == []
    assert screen.done.title.text() == "The import was undone"
    assert not screen.done.undo.isEnabled()
    screen.done.again.click()
    assert shown(screen) is screen.file
    assert not screen.file.undo.isEnabled()


def test_an_older_import_is_undone_from_the_list(
    screen: ImportScreen, workspace: Workspace, tmp_path: Path
) -> None:
    import_patients(workspace, preview_import(workspace, csv_at(tmp_path, HEADER, ANNA)))
    screen.read_again()

    screen.file.undo.click()
    dialog = screen.findChild(UndoImportDialog)
    assert dialog is not None
    dialog.save.click()
    assert "Say why" in dialog.problems.text()
    dialog.reason.setText("Wrong file")
    dialog.save.click()

    assert read_imports(workspace)[0].undone_at is not None
    assert screen.file.model.rows[0].undone_words


def test_the_rows_left_out_and_the_template_are_written(
    screen: ImportScreen, desk: Desk, tmp_path: Path
) -> None:
    told: list[str] = []
    desk.told.connect(told.append)
    checked(screen, csv_at(tmp_path, HEADER, ANNA, "902,=cmd(),x,1/1/2090,F,"))
    screen.check.bring.click()

    screen.write_list(tmp_path / "left.csv")
    screen.write_template(tmp_path / "template.csv")

    written = (tmp_path / "left.csv").read_text(encoding="utf-8-sig")
    assert (
        '3,Rejected,"\'=CMD(), x",01/01/2090,902,The date of birth lies in the future.' in written
    )
    assert (tmp_path / "template.csv").read_bytes().startswith(b"\xef\xbb\xbfMRN,")
    assert len(told) == 2


def test_a_disk_that_cannot_be_written_is_told(screen: ImportScreen, tmp_path: Path) -> None:
    checked(screen, csv_at(tmp_path, HEADER, ANNA, REJECTED))
    screen.check.bring.click()

    screen.write_list(tmp_path / "no folder" / "left.csv")
    screen.write_template(tmp_path / "no folder" / "template.csv")

    assert screen.done.problems.text()
    assert screen.file.problems.text()


def test_a_file_can_be_dropped(screen: ImportScreen, tmp_path: Path) -> None:
    path = csv_at(tmp_path, HEADER, ANNA)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    screen.file.area.dropEvent(event)

    assert shown(screen) is screen.columns


def test_only_one_file_of_this_computer_can_be_dropped(desk: Desk) -> None:
    several, elsewhere = QMimeData(), QMimeData()
    several.setUrls([QUrl.fromLocalFile("a.csv"), QUrl.fromLocalFile("b.csv")])
    elsewhere.setUrls([QUrl("https://example.org/a.csv")])

    assert file_of(several) is None
    assert file_of(elsewhere) is None
    assert DropArea().acceptDrops()


def test_the_file_menu_leads_to_the_import_and_the_registry_back(desk: Desk) -> None:
    window = MainWindow(desk, PLACES)
    [bring] = [a for a in window.findChildren(QAction) if a.shortcut() == QKeySequence("Ctrl+O")]

    bring.trigger()
    screen = window.screen_shown
    assert isinstance(screen, ImportScreen)

    screen.done.registry_wanted.emit()

    assert window.screen_shown is not screen
    window.close()


def test_who_may_not_import_finds_no_way_to_it(workspace: Workspace, desk: Desk) -> None:
    biller = Desk(as_role(workspace, Role.BILLER), InlineWork())
    window = MainWindow(biller, PLACES)

    window.go("import")

    assert not isinstance(window.screen_shown, ImportScreen)
    window.close()
