"""What a restriction stops, and how protected records go along, with every way out of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from cocm_desktop.actions.audit_packet import print_audit_packet
from cocm_desktop.actions.background import record_part2
from cocm_desktop.actions.bill_papers import print_billing_month, print_billing_sheets
from cocm_desktop.actions.caseload_list import export_list, print_list
from cocm_desktop.actions.claims import FileRequest, read_filing, write_again, write_claims
from cocm_desktop.actions.contact import clear_review_flag, flag_for_review
from cocm_desktop.actions.disclosure import read_disclosures
from cocm_desktop.actions.patient_copy import write_patient_copy
from cocm_desktop.actions.patient_summary import print_patient_summary
from cocm_desktop.actions.privacy_request import (
    ask_restriction,
    decide_restriction,
    override_restrictions,
)
from cocm_desktop.actions.recommendation_letter import (
    copy_letter_text,
    print_recommendation_letter,
    send_letters,
    write_letter_file,
    write_recommendation_letter,
)
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.review_record import read_reviews
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import PART2_NOTICE, Part2ConsentDraft, Part2RecordDraft
from cocm_desktop.domain.billing.claim_file import ClaimFileKind
from cocm_desktop.domain.caseload_list import ListChoice
from cocm_desktop.domain.ids import EpisodeId, PatientId, RestrictionId
from cocm_desktop.domain.letter import SendingDraft, SendingWay
from cocm_desktop.domain.patient_copy import CopyRequest
from cocm_desktop.domain.privacy import Decision, Purpose, RestrictionDraft
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.errors import Refused
from tests.actions.filing import NOVEMBER, covered, filed_bill, payer_on_file
from tests.actions.work import at, reviewed, rows_stored
from tests.conftest import EVENING
from tests.printing.read_back import texts

TODAY = EVENING.date()
PROTECTED = "NALTREXONE-CANARY"


@dataclass(frozen=True, slots=True)
class Case:
    """María with a review, a letter about it and an issued bill that was claimed."""

    workspace: Workspace
    patient_id: PatientId
    episode_id: EpisodeId
    letter_id: str
    folder: Path

    def request(self, *, again: bool) -> FileRequest:
        return FileRequest(NOVEMBER, ClaimFileKind.CSV, again=again)

    @property
    def list_choice(self) -> ListChoice:
        return ListChoice((self.patient_id,), ("patient",), "", "")

    @property
    def review_id(self) -> str:
        return read_reviews(self.workspace, self.episode_id)[-1].id


@pytest.fixture
def case(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path) -> Case:
    reviewed(workspace, [maria], TODAY)
    flag_for_review(workspace, maria, "Switch?")
    review_id = read_reviews(workspace, maria)[-1].id
    letter = write_recommendation_letter(workspace, review_id, LetterChoice()).record_id
    payer_on_file(workspace)
    covered(workspace, maria_patient)
    filed_bill(workspace, maria_patient, maria)
    return Case(workspace, maria_patient, maria, letter, tmp_path)


EXPORTERS: Mapping[str, Callable[[Case], object]] = {
    "packet": lambda c: print_packet(c.workspace, PacketChoice()),
    "letter": lambda c: print_recommendation_letter(c.workspace, c.letter_id),
    "letter as text": lambda c: copy_letter_text(c.workspace, c.letter_id),
    "letter as file": lambda c: write_letter_file(c.workspace, c.letter_id, c.folder / "x.rtf"),
    "list": lambda c: print_list(c.workspace, c.list_choice),
    "list as CSV": lambda c: export_list(c.workspace, c.list_choice, c.folder / "x.csv"),
    "audit packet": lambda c: print_audit_packet(c.workspace, c.patient_id, NOVEMBER),
    "billing sheet": lambda c: print_billing_sheets(
        c.workspace, [read_superbill(c.workspace, c.patient_id, NOVEMBER)]
    ),
    "billing month": lambda c: print_billing_month(
        c.workspace, NOVEMBER, [read_superbill(c.workspace, c.patient_id, NOVEMBER)]
    ),
    "claims": lambda c: write_claims(c.workspace, c.request(again=True), c.folder / "x.csv"),
    "copy": lambda c: write_patient_copy(
        c.workspace,
        CopyRequest(c.patient_id, "Her lawyer", Purpose.AUTHORIZED, authority="Signed Nov 2"),
        c.folder / "x.zip",
    ),
}
TO_PAYERS = {"audit packet", "billing sheet", "billing month", "claims"}


def restricted(case: Case, *, is_paid_in_full: bool = False) -> RestrictionId:
    words = "Nothing to my employer."
    draft = RestrictionDraft(case.patient_id, TODAY, words, is_paid_in_full=is_paid_in_full)
    ask_restriction(case.workspace, draft)
    decide_restriction(case.workspace, draft.id, Decision.ACCEPTED)
    return draft.id


def test_whom_a_restriction_holds_back_is_not_on_the_list_of_a_packet(case: Case) -> None:
    clear_review_flag(case.workspace, case.episode_id, reason="Answered")
    before = "".join(texts(print_packet(case.workspace, PacketChoice()).content))
    restricted(case)

    after = "".join(texts(print_packet(case.workspace, PacketChoice()).content))

    assert "ALVAREZ" in before
    assert "ALVAREZ" not in after
    assert "1 restricted record not listed." in " ".join(after.split())


def test_a_restriction_stops_every_way_out_unless_it_is_set_aside_with_words(case: Case) -> None:
    restricted(case)
    before = rows_stored(case.workspace)

    for name, export in EXPORTERS.items():
        with pytest.raises(Refused, match="ALVAREZ, María") as refusal:
            export(case)
        assert "Nothing to my employer." in str(refusal.value), name

    assert rows_stored(case.workspace) == before
    assert list(case.folder.iterdir()) == []
    override_restrictions(case.workspace, case.patient_id, reason="The patient called.")
    for export in EXPORTERS.values():
        export(case)


def test_what_was_paid_in_full_is_kept_from_payers_only(case: Case) -> None:
    restricted(case, is_paid_in_full=True)

    for name, export in EXPORTERS.items():
        if name in TO_PAYERS:
            with pytest.raises(Refused, match="paid in full"):
                export(case)
        else:
            export(case)


def test_a_restriction_set_aside_holds_again_after_a_quarter_of_an_hour(case: Case) -> None:
    restricted(case)
    override_restrictions(case.workspace, case.patient_id, reason="The patient called.")
    later = at(case.workspace, EVENING + timedelta(minutes=16))

    with pytest.raises(Refused, match="agreed to a restriction"):
        print_list(later, case.list_choice)


def test_a_restriction_keeps_a_claim_back_and_says_so(case: Case) -> None:
    restricted(case, is_paid_in_full=True)

    [row] = read_filing(case.workspace, NOVEMBER).rows

    assert not row.is_ready
    assert "paid in full" in row.words


def test_a_file_of_claims_is_not_written_again_for_a_restricted_patient(case: Case) -> None:
    written = write_claims(case.workspace, case.request(again=False), None)
    restricted(case)

    with pytest.raises(Refused, match="agreed to a restriction"):
        write_again(case.workspace, written.record_id, case.folder / "claims.csv")

    assert list(case.folder.iterdir()) == []


def test_papers_for_the_patient_go_out_in_spite_of_a_restriction(case: Case) -> None:
    restricted(case)

    assert print_patient_summary(case.workspace, case.patient_id).content
    request = CopyRequest(case.patient_id, "María Alvarez")
    write_patient_copy(case.workspace, request, case.folder / "copy.zip")


def test_what_leaves_is_accounted_for_with_its_purpose(case: Case) -> None:
    for exporter in EXPORTERS.values():
        exporter(case)
    send_letters(case.workspace, [case.review_id], SendingDraft(TODAY, SendingWay.FAX))

    kept = read_disclosures(case.workspace, case.patient_id).kept

    found = {(each.purpose, each.what.split(" ")[0]) for each in kept}
    assert found == {
        (Purpose.TREATMENT, "Page"),
        (Purpose.TREATMENT, "Letter:"),
        (Purpose.OPERATIONS, "Line"),
        (Purpose.PAYMENT, "Audit"),
        (Purpose.PAYMENT, "Claim"),
        (Purpose.AUTHORIZED, "Copy"),
    }
    assert read_disclosures(case.workspace, case.patient_id).accounting.listed == ()


@pytest.mark.parametrize(
    ("consent", "is_valid"),
    [
        (Part2ConsentDraft(), False),
        (Part2ConsentDraft(TODAY - timedelta(days=9)), True),
        (Part2ConsentDraft(TODAY - timedelta(days=9), TODAY - timedelta(days=1)), False),
        (Part2ConsentDraft(TODAY - timedelta(days=9), None, TODAY), False),
    ],
    ids=["none", "valid", "expired", "revoked"],
)
def test_protected_words_leave_only_under_a_valid_consent_and_with_the_notice(
    case: Case,
    *,
    consent: Part2ConsentDraft,
    is_valid: bool,
) -> None:
    draft = Part2RecordDraft(case.patient_id, "Riverside", PROTECTED, TODAY, consent)
    record_part2(case.workspace, draft)
    choice = LetterChoice(with_part2=True)
    letter = write_recommendation_letter(case.workspace, case.review_id, choice)
    case = replace(case, letter_id=letter.record_id)

    for name in EXPORTERS.keys() - {"copy"}:  # the copy has a test of its own
        for old in case.folder.iterdir():
            old.unlink()
        pages = said(EXPORTERS[name](case), case.folder)
        with_words = [page for page in pages if PROTECTED in page]
        carries = name == "packet" or name.startswith("letter")
        assert bool(with_words) == (is_valid and carries), name
        assert all(PART2_NOTICE in page for page in with_words), name


def said(made: object, folder: Path) -> list[str]:
    """Give the words of what was made: pages of a PDF, a text, or the file that was written."""
    content = getattr(made, "content", None)
    if isinstance(content, bytes):
        return texts(content)
    if isinstance(made, str):
        return [" ".join(made.split())]
    return [" ".join(file.read_text(errors="replace").split()) for file in folder.iterdir()]
