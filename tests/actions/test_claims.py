"""Files of claims from issued superbills, and what comes back about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cocm_desktop.actions.claim_answers import keep_answers, preview_answers
from cocm_desktop.actions.claims import (
    FileRequest,
    read_claim_files,
    read_filing,
    write_again,
    write_claims,
)
from cocm_desktop.actions.superbill import read_billing_month
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.claim_file import ClaimFileKind
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused, Unavailable
from cocm_desktop.exchange.x12_check import structure_problems
from tests.actions.filing import NOVEMBER, filed_bill, set_up_files
from tests.actions.work import as_role, rows_stored
from tests.exchange.answers import a_277, a_999
from tests.exchange.claims import PRACTICE

P837 = FileRequest(NOVEMBER, ClaimFileKind.PROFESSIONAL)
CSV = FileRequest(NOVEMBER, ClaimFileKind.CSV)


def state(workspace: Workspace) -> MonthState:
    return next(iter(read_billing_month(workspace, NOVEMBER).states.values()))


def test_a_production_file_is_kept_numbered_and_marks_its_bills_sent(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    filed_bill(workspace, maria_patient, maria)
    set_up_files(workspace)

    write_claims(workspace, P837, tmp_path)
    write_claims(workspace, P837, tmp_path)

    [file] = read_claim_files(workspace)
    written = (tmp_path / file.file_name).read_text("ascii")
    assert file.file_name == "COCM-837P-20261130-000000001.txt"
    assert structure_problems(written) == ()
    assert [claim.account_number for claim in file.claims] == ["COCM-000123-202611"]
    assert (file.control_number, file.is_test) == (1, False)
    assert state(workspace) is MonthState.SENT
    assert read_filing(workspace, NOVEMBER).due == ()


def test_a_test_file_leaves_its_bills_as_they_were(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    filed_bill(workspace, maria_patient, maria)
    set_up_files(workspace, is_production=False)

    write_claims(workspace, P837, tmp_path / "first.txt")
    write_claims(workspace, replace(P837, id=CSV.id), tmp_path / "second.txt")

    assert [file.control_number for file in read_claim_files(workspace)] == [2, 1]
    assert state(workspace) is MonthState.ISSUED
    assert len(read_filing(workspace, NOVEMBER).due) == 1


def test_what_was_written_is_written_again_as_it_was(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    filed_bill(workspace, maria_patient, maria)

    write_claims(workspace, CSV, tmp_path / "a.csv")
    write_again(workspace, CSV.id, tmp_path / "b.csv")

    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert read_claim_files(workspace)[0].words == "1 claim"


def test_a_claim_goes_twice_only_when_it_is_said(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    bill = filed_bill(workspace, maria_patient, maria)
    write_claims(workspace, CSV, tmp_path)
    keys = frozenset({(bill.id, 1)})
    again = FileRequest(NOVEMBER, ClaimFileKind.CSV, keys)

    with pytest.raises(Refused, match="comes twice"):
        write_claims(workspace, again, tmp_path)
    assert rows_stored(workspace)["claim_file"] == 1

    write_claims(workspace, replace(again, again=True), tmp_path / "again.csv")
    write_claims(
        workspace, FileRequest(NOVEMBER, ClaimFileKind.CSV, again=True), tmp_path / "all_again.csv"
    )

    assert rows_stored(workspace)["claim_file"] == 3


def test_nothing_is_kept_of_a_file_that_cannot_be_made(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    bill = filed_bill(workspace, maria_patient, maria, diagnoses=())
    keys = frozenset({(bill.id, 1)})

    with pytest.raises(Refused, match="turned off"):
        write_claims(workspace, P837, tmp_path)
    with pytest.raises(Refused, match=r"(?s)No claim is ready.*2026-11-0001: B08"):
        write_claims(workspace, CSV, tmp_path)
    with pytest.raises(Refused, match="2026-11-0001: B08"):
        write_claims(workspace, replace(CSV, keys=keys), tmp_path)

    assert rows_stored(workspace)["claim_file"] == 0
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_marks_nothing(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    filed_bill(workspace, maria_patient, maria)

    with pytest.raises(Unavailable):
        write_claims(workspace, CSV, tmp_path / "missing" / "a.csv")

    assert rows_stored(workspace)["claim_file"] == 0
    assert state(workspace) is MonthState.ISSUED


def test_gaps_of_an_issued_bill_are_filled_from_what_is_on_file_now(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    lacking = replace(PRACTICE, npi="", ein="")
    filed_bill(workspace, maria_patient, maria, practice=lacking)

    [row] = read_filing(workspace, NOVEMBER).rows

    assert row.claim is not None
    assert row.claim.superbill.practice.npi != ""


def test_a_bill_without_a_payer_says_so(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    filed_bill(workspace, maria_patient, maria, payer=None, coverage=None)

    [row] = read_filing(workspace, NOVEMBER).rows

    assert (row.is_ready, row.payer_words) == (False, "Not recorded")
    assert "payer is not set up" in row.words


def test_a_file_is_answered_by_its_control_number(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    filed_bill(workspace, maria_patient, maria)
    set_up_files(workspace)
    write_claims(workspace, P837, tmp_path)
    report = tmp_path / "x.999"
    report.write_bytes(a_999("1", "A"))

    preview = preview_answers(workspace, report)
    keep_answers(workspace, preview)

    [file] = read_claim_files(workspace)
    assert (file.answer_words, file.answers[0].words) == ("Accepted", "The file was accepted.")
    with pytest.raises(Refused, match="kept before"):
        keep_answers(workspace, preview)
    assert preview_answers(workspace, report).is_known
    assert rows_stored(workspace)["claim_answer"] == 1


def test_the_claims_of_a_rejected_file_are_due_again(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    filed_bill(workspace, maria_patient, maria)
    set_up_files(workspace)
    write_claims(workspace, P837, tmp_path)
    report = tmp_path / "x.999"
    report.write_bytes(a_999("1", "R"))

    keep_answers(workspace, preview_answers(workspace, report))

    assert state(workspace) is MonthState.ISSUED
    assert len(read_filing(workspace, NOVEMBER).due) == 1


def test_a_rejected_claim_can_be_sent_again(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    bill = filed_bill(workspace, maria_patient, maria)
    set_up_files(workspace)
    write_claims(workspace, P837, tmp_path)
    report = tmp_path / "x.277"
    report.write_bytes(a_277(bill.account_number, "A7:562", "U"))

    preview = preview_answers(workspace, report)
    keep_answers(workspace, preview)

    assert [answer.superbill_id for answer in preview.rejected] == [bill.id]
    assert read_claim_files(workspace)[0].answer_words == "1 rejected"
    assert state(workspace) is MonthState.DENIED
    keys = frozenset({(bill.id, 1)})
    once_more = FileRequest(NOVEMBER, ClaimFileKind.PROFESSIONAL, keys, again=True)
    write_claims(workspace, once_more, tmp_path)
    assert state(workspace) is MonthState.SENT


def test_only_who_issues_superbills_writes_files(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    filed_bill(workspace, maria_patient, maria)

    with pytest.raises(Refused, match="may not"):
        write_claims(as_role(workspace, Role.CARE_MANAGER), CSV, tmp_path)

    assert rows_stored(workspace)["claim_file"] == 0
