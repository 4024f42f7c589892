"""Settings > Instruments: the list, the preview of a file, adding and retiring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.instruments import read_instruments, read_packs
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.instruments.pack_dialog import AddPackDialog
from cocm_desktop.ui.instruments.page import InstrumentsPage
from cocm_desktop.ui.instruments.retire_dialog import RetireDialog
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, rows_stored
from tests.domain.test_instrument_definition import small
from tests.exchange.forms import file_of, form, question
from tests.ui.hands import click, dialog_of, dialogs_of

OWN = InstrumentId("Our worry form")


def shown(qtbot: QtBot, desk: Desk) -> InstrumentsPage:
    page = InstrumentsPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.read_again()
    desk.changed.connect(lambda _change: page.read_again())
    return page


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> InstrumentsPage:
    return shown(qtbot, desk)


def opened(page: InstrumentsPage, folder: Path, content: Any) -> AddPackDialog:
    page.open_file(file_of(folder, content))
    return dialog_of(AddPackDialog)


def names(page: InstrumentsPage) -> list[str]:
    return [str(each.instrument.id) for each in page.model.rows]


def test_all_28_instruments_are_listed_with_what_is_known(page: InstrumentsPage) -> None:
    rows = {each.instrument.id: each for each in page.model.rows}

    assert len(rows) == 28
    phq9, epds = rows[InstrumentId("PHQ-9")], rows[InstrumentId("EPDS")]
    assert (phq9.wording_words, phq9.origin_words) == ("In words", "Program")
    assert phq9.loinc_words == "44261-6, checked 2026-11-22"
    assert (epds.wording_words, epds.loinc_words) == (
        "Numbers only",
        "71354-5, not checked at loinc.org",
    )
    assert rows[InstrumentId("GAD-2")].loinc_words == "None on file"


def test_one_is_found_by_words_of_its_title(page: InstrumentsPage) -> None:
    page.find_field.setText("columbia screener")

    assert names(page) == ["C-SSRS"]
    assert page.detail_title.text().startswith("C-SSRS, version 1")
    assert "Licence: Free for health care providers." in page.detail.toPlainText()


def test_a_find_without_a_match_shows_no_details(page: InstrumentsPage) -> None:
    page.find_field.setText("no such form")

    assert names(page) == []
    assert page.detail_title.text() == ""
    assert not page.retire.isEnabled()


def test_what_came_with_the_program_cannot_be_retired(page: InstrumentsPage) -> None:
    assert not page.retire.isEnabled()


def test_a_fhir_form_is_shown_as_it_would_be_scored(
    page: InstrumentsPage, workspace: Workspace, tmp_path: Path
) -> None:
    before = rows_stored(workspace)

    dialog = opened(page, tmp_path, form())

    assert dialog.preview.rules.words.text().startswith("Total: sum of items 1, 2: 0 to 4")
    assert "Every answer the highest: Total 4" in dialog.preview.examples.words.text()
    assert dialog.preview.model.index(0, 2).data() == "0 Never · 1 Sometimes · 2 Always"
    assert dialog.save.isEnabled()
    assert rows_stored(workspace) == before
    dialog.reject()


def test_what_a_fhir_file_lacks_is_decided_and_seen_before_it_is_added(
    page: InstrumentsPage, workspace: Workspace, tmp_path: Path
) -> None:
    dialog = opened(page, tmp_path, form())
    dialog.name.setText("Worries")
    dialog.name.textEdited.emit("Worries")
    must_look_again = not dialog.save.isEnabled()
    dialog.bands.setText("0-1 Few, 2-4 Many")
    dialog.critical.setText("2")

    click(dialog.again)
    examples = dialog.preview.examples.words.text()
    click(dialog.save)

    assert must_look_again
    assert "Every answer the lowest: Total 0, few" in examples
    added = read_instruments(workspace)[InstrumentId("Worries")]
    assert [band.name for band in added.bands] == ["Few", "Many"]
    assert [item.number for item in added.critical_items] == [2]
    assert "Worries" in names(page)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("bands", "0-1 Few, 3-4 Many", "The band Many leaves a gap or overlaps."),
        ("bands", "few", "“few” is no band. Type bands like 0-4 Minimal, 5-9 Mild."),
        ("critical", "7", "There is no question 7: the file has 2 with values."),
        ("not_scored", "one", "“one” is no list of questions such as 3,10."),
        ("name", "Phq-9", "The name PHQ-9 belongs to an instrument of the program."),
    ],
)
def test_a_problem_is_named_and_nothing_is_added(
    page: InstrumentsPage,
    workspace: Workspace,
    tmp_path: Path,
    *,
    field: str,
    text: str,
    words: str,
) -> None:
    before = rows_stored(workspace)
    dialog = opened(page, tmp_path, form())

    getattr(dialog, field).setText(text)
    click(dialog.again)
    click(dialog.save)

    assert words in dialog.problems.text()
    assert not dialog.save.isEnabled()
    assert rows_stored(workspace) == before
    dialog.forget()
    dialog.reject()


def test_a_name_of_the_program_is_refused(
    page: InstrumentsPage, workspace: Workspace, tmp_path: Path
) -> None:
    before = rows_stored(workspace)

    dialog = opened(page, tmp_path, form(title="PHQ-9"))
    click(dialog.save)

    assert "belongs to an instrument of the program" in dialog.problems.text()
    assert not dialog.save.isEnabled()
    assert rows_stored(workspace) == before
    dialog.reject()


def test_a_file_that_is_no_form_says_so(
    page: InstrumentsPage, workspace: Workspace, tmp_path: Path
) -> None:
    before = rows_stored(workspace)

    dialog = opened(page, tmp_path, {"resourceType": "Patient"})

    assert "The file holds a FHIR Patient" in dialog.problems.text()
    assert not dialog.preview.isVisible()
    assert not dialog.save.isEnabled()
    assert rows_stored(workspace) == before
    dialog.reject()


def test_what_was_not_understood_is_said(page: InstrumentsPage, tmp_path: Path) -> None:
    content = form(question("1"), question("2", type="text"))

    dialog = opened(page, tmp_path, content)

    assert "has no answers with values" in dialog.preview.left_out.words.text()
    dialog.reject()


def test_a_definition_of_our_own_kind_needs_no_choices(
    page: InstrumentsPage, workspace: Workspace, tmp_path: Path
) -> None:
    dialog = opened(page, tmp_path, small())
    asks = dialog.name.isVisible()

    click(dialog.save)

    assert not asks
    assert "OWN-4" in names(page)
    assert len(read_packs(workspace)) == 1


def test_an_instrument_of_the_clinic_is_retired_with_a_reason(
    page: InstrumentsPage, workspace: Workspace, tmp_path: Path
) -> None:
    click(opened(page, tmp_path, small()).save)
    page.table.select_row(names(page).index("OWN-4"))

    click(page.retire)
    dialog = dialog_of(RetireDialog)
    click(dialog.save)
    refused = dialog.problems.text()
    dialog.reason.setText("Replaced by a shorter form")
    click(dialog.save)

    assert refused
    assert not dialogs_of(RetireDialog)
    assert InstrumentId("OWN-4") not in read_instruments(workspace)
    page.table.select_row(names(page).index("OWN-4"))
    assert page.chosen is not None
    assert page.chosen.origin_words == "Clinic, retired"
    assert "Retired: Replaced by a shorter form" in page.detail.toPlainText()
    assert not page.retire.isEnabled()


def test_others_may_look_and_change_nothing(qtbot: QtBot, workspace: Workspace) -> None:
    desk = Desk(as_role(workspace, Role.CARE_MANAGER), InlineWork())

    page = shown(qtbot, desk)

    assert len(names(page)) == 28
    assert not page.add.isVisible()
    assert not page.retire.isVisible()
