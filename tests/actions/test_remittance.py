"""Remittances posted to bills, and undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cocm_desktop.actions.bill_state import read_steps
from cocm_desktop.actions.claims import read_filing
from cocm_desktop.actions.remittance import (
    payer_claim_number,
    post_remittance,
    preview_remittance,
    read_payments,
    read_remittances,
    undo_remittance,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.posting import RemittancePreview
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.errors import Refused, Unavailable
from tests.actions.filing import NOVEMBER, covered, filed_bill, payer_on_file
from tests.actions.work import as_role, rows_stored
from tests.exchange.remittances import PAID, REVERSED, an_835

LINES = (ServiceLine("99493", "Later month", 1, 160_32, 144_96, (1,)),)
DENIED = (
    "CLP*COCM-000123-202611*4*160.32*0*0*MB*ICN0001*11*1",
    "NM1*QC*1*DOE*JANE",
    "SVC*HC:99493*160.32*0**1",
    "CAS*CO*119*160.32",
    "LQ*HE*N362",
)


@pytest.fixture
def bill(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> Superbill:
    return filed_bill(workspace, maria_patient, maria, lines=LINES)


def previewed(
    workspace: Workspace,
    folder: Path,
    *claims: Sequence[str],
    paid: str = "113.65",
    more: Sequence[str] = (),
) -> RemittancePreview:
    file = folder / "era.835"
    file.write_bytes(an_835(*claims, paid=paid, more=more))
    return preview_remittance(workspace, file)


def states(workspace: Workspace, bill: Superbill) -> list[MonthState]:
    return [step.state for step in read_steps(workspace, bill.id)]


def test_a_payment_is_matched_explained_and_posted(
    workspace: Workspace, bill: Superbill, tmp_path: Path
) -> None:
    preview = previewed(workspace, tmp_path, PAID)

    (row,) = preview.rows
    assert (row.words, row.problem_words) == ("Issued → Paid", "")
    assert [(line.ours, line.difference_cents) for line in row.lines] == [(LINES[0], 0)]
    assert row.lines[0].reasons[2].words == (
        "$28.99 · The patient owes it · The patient's coinsurance"
    )
    post_remittance(workspace, preview)
    [step] = read_steps(workspace, bill.id)
    assert (step.state, step.paid_cents, step.source_id) == (MonthState.PAID, 113_65, preview.id)
    [payment] = read_payments(workspace, [bill.id])[bill.id]
    assert (payment.claim.owed_cents, payment.paid_on) == (28_99, date(2026, 12, 15))
    assert payer_claim_number(workspace, bill.id) == "ICN0001"
    [kept] = read_remittances(workspace)
    assert (kept.claims, kept.matched, kept.paid_cents) == (1, 1, 113_65)


def test_a_file_is_posted_once_whatever_its_name(
    workspace: Workspace, bill: Superbill, tmp_path: Path
) -> None:
    preview = previewed(workspace, tmp_path, PAID)
    post_remittance(workspace, preview)
    post_remittance(workspace, preview)
    again = preview_remittance(workspace, (tmp_path / "era.835").rename(tmp_path / "other.txt"))

    before = rows_stored(workspace)
    with pytest.raises(Refused, match="posted before"):
        post_remittance(workspace, again)

    assert again.posted_before is not None
    assert rows_stored(workspace) == before
    assert states(workspace, bill) == [MonthState.PAID]


def test_undoing_a_posting_puts_the_bill_back(
    workspace: Workspace, bill: Superbill, tmp_path: Path
) -> None:
    preview = previewed(workspace, tmp_path, PAID)
    post_remittance(workspace, preview)

    undo_remittance(workspace, preview.id, reason="Wrong practice")

    assert states(workspace, bill) == []
    assert read_payments(workspace, [bill.id]) == {}
    assert read_remittances(workspace)[0].undo_reason == "Wrong practice"
    assert payer_claim_number(workspace, bill.id) == ""
    with pytest.raises(Refused):
        undo_remittance(workspace, preview.id, reason="Again")
    post_remittance(workspace, previewed(workspace, tmp_path, PAID))
    assert states(workspace, bill) == [MonthState.PAID]


def test_a_denial_says_why(workspace: Workspace, bill: Superbill, tmp_path: Path) -> None:
    preview = previewed(workspace, tmp_path, DENIED, paid="0")

    post_remittance(workspace, preview)

    (row,) = preview.rows
    assert [check.id for check in row.checks] == [CheckId.W39]
    assert row.remarks == ("N362",)
    [step] = read_steps(workspace, bill.id)
    assert step.state is MonthState.DENIED
    assert step.reason == "MEDICARE PART B IL: The limit for the period is used up"


def test_a_reversal_takes_the_payment_back_and_a_new_one_follows(
    workspace: Workspace, bill: Superbill, tmp_path: Path
) -> None:
    post_remittance(workspace, previewed(workspace, tmp_path, PAID))

    preview = previewed(workspace, tmp_path, REVERSED, PAID, paid="0")
    post_remittance(workspace, preview)

    assert [row.words for row in preview.rows] == [
        "Paid → Denied: an earlier payment is taken back",
        "Denied → Paid",
    ]
    assert states(workspace, bill) == [MonthState.PAID, MonthState.DENIED, MonthState.PAID]
    steps = read_steps(workspace, bill.id)
    assert [step.paid_cents for step in steps] == [113_65, -113_65, 113_65]


def test_a_second_payer_who_denies_leaves_the_bill_paid(
    workspace: Workspace, bill: Superbill, tmp_path: Path
) -> None:
    post_remittance(workspace, previewed(workspace, tmp_path, PAID))

    preview = previewed(workspace, tmp_path, DENIED, paid="0")
    post_remittance(workspace, preview)

    assert preview.rows[0].words == "Stays paid"
    assert states(workspace, bill) == [MonthState.PAID]


def test_an_estimate_decides_nothing(workspace: Workspace, bill: Superbill, tmp_path: Path) -> None:
    estimate = (PAID[0].replace("*1*160.32", "*25*160.32"), *PAID[1:])

    post_remittance(workspace, previewed(workspace, tmp_path, estimate))

    assert states(workspace, bill) == []


def test_a_claim_of_somebody_else_is_kept_without_a_bill(
    workspace: Workspace, tmp_path: Path
) -> None:
    preview = previewed(workspace, tmp_path, PAID)

    post_remittance(workspace, preview)

    assert preview.rows[0].words == "No bill has this account number; kept without one"
    assert preview.rows[0].patient_name == "DOE, JANE"
    assert (read_remittances(workspace)[0].claims, preview.matched) == (1, 0)


def test_what_is_odd_is_told_before_posting(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    other = replace(LINES[0], code="99492", fee_cents=200_00)
    filed_bill(workspace, maria_patient, maria, lines=(other, replace(other, code="99494")))
    unnumbered = [each for each in PAID if not each.startswith("REF*6R")]

    preview = previewed(workspace, tmp_path, unnumbered, paid="100", more=())

    (row,) = preview.rows
    assert "$160.32 were charged, the bill $400.00" in row.problem_words
    assert "99493 is not on the bill." in row.problem_words
    assert [check.id for check in preview.checks] == [CheckId.W38]
    assert row.lines[0].difference_cents is None


def test_a_bill_that_moved_on_since_the_preview_is_not_posted(
    workspace: Workspace, bill: Superbill, tmp_path: Path
) -> None:
    stale = previewed(workspace, tmp_path, DENIED, paid="0")
    post_remittance(workspace, previewed(workspace, tmp_path, PAID))

    before = rows_stored(workspace)
    with pytest.raises(Refused, match="changed since"):
        post_remittance(workspace, stale)

    assert rows_stored(workspace) == before


def test_a_test_file_is_shown_and_not_posted(
    workspace: Workspace, bill: Superbill, tmp_path: Path
) -> None:
    file = tmp_path / "era.835"
    file.write_bytes(
        an_835(PAID, usage="T")
        .replace(b"NM1*QC*1*DOE*JANE****MI*1EG4TE5MK73~\n", b"")
        .replace(b"SE*21*", b"SE*20*")
    )
    before = rows_stored(workspace)

    preview = preview_remittance(workspace, file)
    with pytest.raises(Refused, match="test file"):
        post_remittance(workspace, preview)

    assert "test file" in preview.file.notices[0]
    assert "does not keep the standard" in preview.file.notices[1]
    assert rows_stored(workspace) == before


def test_a_long_file_is_read_without_being_compared(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cocm_desktop.actions.remittance.LONGEST_COMPARED", 100)

    preview = previewed(workspace, tmp_path, PAID)

    assert preview.file.notices == (
        "The file is long: it was read, but not compared with the standard.",
    )


def test_only_who_issues_superbills_posts(
    workspace: Workspace, bill: Superbill, tmp_path: Path
) -> None:
    preview, before = previewed(workspace, tmp_path, PAID), rows_stored(workspace)

    with pytest.raises(Refused, match="may not"):
        post_remittance(as_role(workspace, Role.CARE_MANAGER), preview)
    with pytest.raises(Refused, match="may not"):
        preview_remittance(as_role(workspace, Role.FRONT_DESK), tmp_path / "era.835")
    with pytest.raises(Unavailable):
        preview_remittance(workspace, tmp_path / "missing.835")

    assert rows_stored(workspace) == before


def test_what_the_first_payer_leaves_goes_to_the_second(
    workspace: Workspace, bill: Superbill, maria_patient: PatientId, tmp_path: Path
) -> None:
    second = payer_on_file(
        workspace, name="Aetna", payer_number="60054", filing=ClaimFiling.COMMERCIAL
    )
    covered(workspace, maria_patient, payer_id=second.id, rank=2, member_id="W123")
    assert [row.rank for row in read_filing(workspace, NOVEMBER).rows] == [1]
    post_remittance(workspace, previewed(workspace, tmp_path, PAID))

    rows = read_filing(workspace, NOVEMBER).rows

    assert [(row.rank, row.is_due, row.payer_words) for row in rows] == [
        (1, False, "Medicare Part B IL"),
        (2, True, "Aetna (second payer)"),
    ]
    assert rows[1].claim is not None
    assert rows[1].claim.paid_before is not None
    assert rows[1].claim.paid_before.payment.paid_cents == 113_65
