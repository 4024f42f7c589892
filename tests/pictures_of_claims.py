"""Pictures of files of claims and of remittances, as people use them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QDialog

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.actions.claim_answers import AnswerPreview
from cocm_desktop.actions.claims import Filing
from cocm_desktop.actions.remittance import load_cards
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.claim_file import ClaimFile, ClaimFileKind, FiledClaim
from cocm_desktop.domain.billing.filing import FilingFacts, filing_rows
from cocm_desktop.domain.billing.posting import (
    OpenBill,
    PostedRemittance,
    RemittancePreview,
    posting_rows,
)
from cocm_desktop.domain.ids import ClaimFileId, RemittanceId, SuperbillId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.exchange.claim_answers import read_answer_file
from cocm_desktop.exchange.remittance_835 import read_remittance
from cocm_desktop.ui.claims.answers_dialog import AnswersDialog
from cocm_desktop.ui.claims.export_dialog import ExportClaimsDialog
from cocm_desktop.ui.claims.files_dialog import ClaimFilesDialog
from cocm_desktop.ui.claims.remittance_dialog import RemittanceDialog
from tests.exchange.answers import a_277
from tests.exchange.claims import JANE, MADE_AT, PRACTICE, SETTINGS, a_claim
from tests.exchange.remittances import DENIED, PAID, an_835
from tests.pictures_of_patients import Stage, opened

NOVEMBER = ServiceMonth(2026, 11)
NAMES = (("Doe", "Jane"), ("Nguyễn", "Minh"), ("O’Brien", "Siobhán"), ("Alvarez", "María"))


def bills() -> tuple[Superbill, ...]:
    """Give four issued superbills, one of them without a payer and one without diagnoses."""
    made = [
        replace(
            a_claim().superbill,
            id=SuperbillId(f"bill {number}"),
            number=f"2026-11-{number:04}",
            account_number=f"COCM-{122 + number:06}-202611",
            patient=replace(JANE, last_name=last, first_name=first),
            lines=(ServiceLine("99493", "Later month", 1, 160_32, 144_96, (1,)),),
        )
        for number, (last, first) in enumerate(NAMES, start=1)
    ]
    made[2] = replace(made[2], payer=None, coverage=None)
    made[3] = replace(made[3], diagnoses=())
    return tuple(made)


def export(stage: Stage) -> QDialog:
    facts = FilingFacts(PRACTICE, {}, {}, {}, {})
    rows = tuple(filing_rows(bills(), facts, load_tables().is_billable))
    dialog = ExportClaimsDialog(stage.desk, NOVEMBER, stage.window)
    opened(dialog)
    dialog._show(Filing(NOVEMBER, rows, SETTINGS, ()))
    return dialog


def export_empty(stage: Stage) -> QDialog:
    return opened(ExportClaimsDialog(stage.desk, ServiceMonth(2020, 1), stage.window))


def remittance(stage: Stage) -> QDialog:
    denied = tuple(each.replace("*250*", "*160.32*").replace("*250", "*160.32") for each in DENIED)
    stranger = tuple(each.replace("COCM-000123-202611", "OTHER-77") for each in PAID)
    content = an_835(PAID, denied, stranger, paid="220.00")
    file = read_remittance(content, file_name="era.835")
    known = {bill.account_number: OpenBill(bill, MonthState.SENT) for bill in bills()[:2]}
    rows = posting_rows(file, known, load_cards())
    preview = RemittancePreview(RemittanceId("preview"), file, rows, "")
    dialog = opened(RemittanceDialog(stage.desk, preview, stage.window))
    dialog.table.select_row(1)
    return dialog


def answers(stage: Stage) -> QDialog:
    content = a_277("COCM-000123-202611", "A7:562:85", "U", above="A8:496")
    read = read_answer_file(content, file_name="report-277.txt")
    known = {bill.account_number: OpenBill(bill, MonthState.SENT) for bill in bills()[:1]}
    preview = AnswerPreview("p", read.file_name, read.sha256, read.answers, known)
    return opened(AnswersDialog(stage.desk, preview, stage.window))


def files(stage: Stage) -> QDialog:
    claims = tuple(FiledClaim(bill.id, bill.account_number) for bill in bills())
    rejected = read_answer_file(a_277("COCM-000123-202611", "A7:562", "U"), file_name="r").answers
    written = [
        ClaimFile(
            id=ClaimFileId(str(number)),
            kind=kind,
            file_name=f"COCM-{kind.value}-{mark}20261130-00000010{number}.txt",
            sha256="",
            is_test=bool(mark),
            made_at=MADE_AT,
            made_by="K. Wong",
            claims=claims,
            answers=rejected if number == 2 else (),
        )
        for number, kind, mark in (
            (2, ClaimFileKind.PROFESSIONAL, ""),
            (1, ClaimFileKind.PROFESSIONAL, "TEST-"),
            (0, ClaimFileKind.CSV, ""),
        )
    ]
    posted = [
        PostedRemittance(
            id=RemittanceId(str(number)),
            file_name="era.835",
            sha256="",
            payer_name=payer,
            trace_number="EFT0000777",
            paid_on=MADE_AT.date(),
            paid_cents=1_234_56,
            posted_at=MADE_AT,
            posted_by="K. Wong",
            claims=12,
            matched=11,
            undone_at=MADE_AT if number else None,
        )
        for number, payer in enumerate(("Medicare Part B IL", "Blue Cross Blue Shield"))
    ]
    dialog = opened(ClaimFilesDialog(stage.desk, stage.window))
    dialog._show((tuple(written), tuple(posted)))
    return dialog


def files_empty(stage: Stage) -> QDialog:
    dialog = opened(ClaimFilesDialog(stage.desk, stage.window))
    dialog._show(((), ()))
    return dialog


SCREENS: dict[str, Callable[[Stage], QDialog]] = {}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "claims-export": export,
    "claims-export-empty": export_empty,
    "claims-remittance": remittance,
    "claims-answers": answers,
    "claims-files": files,
    "claims-files-empty": files_empty,
}
