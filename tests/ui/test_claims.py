"""Claims and remittances in the windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from cocm_desktop.actions.claims import read_claim_files
from cocm_desktop.actions.remittance import read_remittances
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.claim_file import ClaimFileKind
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.ui.billing.screen import BillingScreen
from cocm_desktop.ui.claims.answers_dialog import AnswersDialog
from cocm_desktop.ui.claims.deeds import ClaimDeeds
from cocm_desktop.ui.claims.export_dialog import ExportClaimsDialog
from cocm_desktop.ui.claims.files_dialog import ClaimFilesDialog
from cocm_desktop.ui.claims.remittance_dialog import RemittanceDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.withdraw_dialog import WithdrawDialog
from cocm_desktop.ui.work import InlineWork
from tests.actions.filing import NOVEMBER, filed_bill, set_up_files
from tests.actions.test_remittance import DENIED, LINES
from tests.actions.work import as_role
from tests.exchange.answers import a_277
from tests.exchange.remittances import PAID, an_835
from tests.ui.clinic import enrolled
from tests.ui.hands import dialog_of, dialogs_of
from tests.ui.keys import press


@pytest.fixture
def bill(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> Superbill:
    return filed_bill(workspace, maria_patient, maria, lines=LINES)


@pytest.fixture
def deeds(desk: Desk, window: QWidget) -> ClaimDeeds:
    return ClaimDeeds(desk, window, month=lambda: NOVEMBER)


def test_ready_claims_are_written_and_marked_as_sent(
    workspace: Workspace, bill: Superbill, deeds: ClaimDeeds, window: QWidget, tmp_path: Path
) -> None:
    deeds.export.trigger()
    dialog = dialog_of(ExportClaimsDialog)
    assert dialog.kind.choice() is ClaimFileKind.CSV
    assert dialog.summary.text() == "1 claim ticked, $160.32"

    dialog.main.click()
    choice = dialog_of(QFileDialog)
    choice.fileSelected.emit(str(tmp_path))

    [file] = read_claim_files(workspace)
    assert (tmp_path / file.file_name).exists()
    assert not dialog.isVisible()
    deeds.export.trigger()
    assert dialog_of(ExportClaimsDialog).summary.text() == "0 claims ticked, $0.00"


def test_only_what_is_ticked_goes_into_a_file(
    workspace: Workspace, bill: Superbill, deeds: ClaimDeeds, window: QWidget, tmp_path: Path
) -> None:
    patient, episode = enrolled(workspace, "Bolt")
    other = filed_bill(workspace, patient, episode, serial=2, month=NOVEMBER, lines=LINES)
    deeds.export.trigger()
    dialog = dialog_of(ExportClaimsDialog)
    assert dialog.summary.text() == "2 claims ticked, $320.64"
    numbers = [row.superbill.number for row in dialog.model.rows]
    dialog.table.select_row(numbers.index(other.number))

    press(dialog.table, "Space")

    assert dialog.summary.text() == "1 claim ticked, $160.32"
    dialog.write(tmp_path)
    [file] = read_claim_files(workspace)
    assert [each.account_number for each in file.claims] == [bill.account_number]

    deeds.export.trigger()
    again = dialog_of(ExportClaimsDialog)
    assert [row.superbill.number for row in again.chosen] == [other.number]
    again.table.select_row(numbers.index(bill.number))
    press(again.table, "Space")
    assert "1 claim ticked went to the payer already" in again.notices.words.text()
    again.write(tmp_path)
    assert len(read_claim_files(workspace)[0].claims) == 2


def test_what_is_missing_for_a_file_stands_above_it(
    workspace: Workspace, bill: Superbill, deeds: ClaimDeeds, window: QWidget, tmp_path: Path
) -> None:
    deeds.export.trigger()
    dialog = dialog_of(ExportClaimsDialog)

    dialog.kind.choose(ClaimFileKind.PROFESSIONAL)
    dialog.kind.activated.emit(0)

    assert "Claim files are turned off" in dialog.notices.words.text()
    assert not dialog.main.isEnabled()
    dialog.kind.choose(ClaimFileKind.CSV)
    dialog.write(tmp_path / "missing" / "deeper")
    assert "folder cannot be reached" in dialog.problems.text()
    assert read_claim_files(workspace) == ()


def test_a_test_file_says_that_it_is_one(
    workspace: Workspace, bill: Superbill, deeds: ClaimDeeds, window: QWidget
) -> None:
    set_up_files(workspace, is_production=False)

    deeds.export.trigger()

    dialog = dialog_of(ExportClaimsDialog)
    assert "marked as a test" in dialog.notices.words.text()
    assert not dialog.marks_sent.isEnabled()


def test_a_claim_that_is_kept_back_says_why(
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    deeds: ClaimDeeds,
    window: QWidget,
) -> None:
    filed_bill(workspace, maria_patient, maria, payer=None, coverage=None)

    deeds.export.trigger()

    dialog = dialog_of(ExportClaimsDialog)
    assert "1 claim not ready" in dialog.summary.text()
    assert "The payer is not set up." in dialog.model.rows[0].words
    assert not dialog.main.isEnabled()


def test_a_remittance_is_explained_posted_and_undone(
    workspace: Workspace, bill: Superbill, deeds: ClaimDeeds, window: QWidget, tmp_path: Path
) -> None:
    file = tmp_path / "era.835"
    file.write_bytes(an_835(PAID, paid="100"))
    deeds.remittance.trigger()
    dialog_of(QFileDialog).fileSelected.emit(str(file))
    dialog = dialog_of(RemittanceDialog)
    assert "$100.00 was paid." in dialog.notices.words.text()
    assert dialog.notices.mark.isVisible()
    assert dialog.summary.text() == "1 claim, 1 with a bill of this practice"

    dialog.main.click()

    assert [each.matched for each in read_remittances(workspace)] == [1]
    deeds.read_remittance(file)
    again = dialog_of(RemittanceDialog)
    assert "was posted on Nov 30, 2026" in again.notices.words.text()
    assert not again.main.isEnabled()
    deeds.files.trigger()
    files = dialog_of(ClaimFilesDialog)
    files.undo.click()
    asked = dialog_of(WithdrawDialog)
    asked.reason.setText("Another practice's")
    asked.save.click()
    assert read_remittances(workspace)[0].undo_reason == "Another practice's"
    assert not files.undo.isEnabled()


def test_a_stale_preview_is_refused_in_the_window(
    bill: Superbill, deeds: ClaimDeeds, window: QWidget, tmp_path: Path
) -> None:
    denied, paid = tmp_path / "denied.835", tmp_path / "paid.835"
    denied.write_bytes(an_835(DENIED, paid="0"))
    paid.write_bytes(an_835(PAID))
    deeds.read_remittance(denied)
    stale = dialog_of(RemittanceDialog)
    deeds.read_remittance(paid)
    (newer,) = (each for each in dialogs_of(RemittanceDialog) if each is not stale)
    newer.main.click()

    stale.main.click()

    assert "have changed since" in stale.problems.text()


def test_an_answer_is_kept_with_its_file(
    workspace: Workspace, bill: Superbill, deeds: ClaimDeeds, window: QWidget, tmp_path: Path
) -> None:
    deeds.export.trigger()
    dialog_of(ExportClaimsDialog).write(tmp_path)
    report = tmp_path / "report"
    report.write_bytes(a_277(bill.account_number, "A7:562", "U"))
    deeds.answer.trigger()
    assert dialog_of(QFileDialog).fileMode() is QFileDialog.FileMode.ExistingFile
    dialog_of(QFileDialog).reject()
    deeds.read_answer(report)
    dialog = dialog_of(AnswersDialog)
    assert dialog.summary.text() == "1 answer, 1 rejected"

    dialog.main.click()

    deeds.files.trigger()
    files = dialog_of(ClaimFilesDialog)
    assert files.files_model.rows[0].answer_words == "1 rejected"
    files.again.click()
    dialog_of(QFileDialog).reject()
    (tmp_path / "again").mkdir()
    files.write_again(tmp_path / "again")
    assert len(list((tmp_path / "again").iterdir())) == 1
    deeds.read_answer(report)
    assert not dialog_of(AnswersDialog).main.isEnabled()


def test_without_files_the_window_says_where_they_come_from(
    deeds: ClaimDeeds, window: QWidget
) -> None:
    deeds.files.trigger()

    dialog = dialog_of(ClaimFilesDialog)

    assert dialog.nothing.isVisible()
    assert not dialog.again.isEnabled()


def test_a_care_manager_only_looks(workspace: Workspace, window: QWidget) -> None:
    desk = Desk(as_role(workspace, Role.CARE_MANAGER), InlineWork())

    screen = BillingScreen(desk, window)

    visible = [action.isVisible() for action in screen.claims.all]
    assert visible == [False, False, False, True]
    assert set(screen.claims.all) <= set(screen.menu_actions())
