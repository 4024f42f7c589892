from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.actions.bill_papers import (
    bill_papers,
    print_billing_month,
    print_billing_sheets,
    print_patient_superbills,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import BillStep, MonthState
from cocm_desktop.domain.billing.evaluation_facts import PayerFacts
from cocm_desktop.domain.ids import EpisodeId, PatientId, new_id
from cocm_desktop.domain.patient import Coverage
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.errors import Refused
from cocm_desktop.storage import bill_step
from cocm_desktop.storage import superbill as superbills
from tests.actions.work import rows_stored
from tests.builders import (
    THIS_MONTH,
    a_bill,
    a_month,
    a_patient,
    a_practitioner,
    a_self_pay_bill,
    an_issued_bill,
)
from tests.conftest import PRACTITIONER
from tests.printing.read_back import texts


def test_nothing_is_printed_of_nothing(workspace: Workspace) -> None:
    before = rows_stored(workspace)

    for make in (print_billing_sheets, print_patient_superbills):
        with pytest.raises(Refused, match="nothing to print"):
            make(workspace, ())
    with pytest.raises(Refused, match="nothing to print"):
        print_billing_month(workspace, THIS_MONTH, ())

    assert rows_stored(workspace) == before


def test_every_paper_leaves_its_digest_in_the_audit(workspace: Workspace) -> None:
    before = rows_stored(workspace)["audit_entry"]

    papers = (
        print_billing_sheets(workspace, [a_bill()]),
        print_patient_superbills(workspace, [a_self_pay_bill()]),
        print_billing_month(workspace, THIS_MONTH, [a_bill()]),
    )

    assert [len(texts(paper.content)) for paper in papers] == [1, 1, 2]
    assert all(len(paper.sha256) == 64 for paper in papers)
    assert rows_stored(workspace)["audit_entry"] == before + 3


def test_the_foot_of_every_page_bears_the_head_of_the_audit(
    workspace: Workspace, maria: EpisodeId
) -> None:
    anchors = []
    papers = []
    for printing in (
        lambda: print_billing_sheets(workspace, [a_bill()]),
        lambda: print_patient_superbills(workspace, [a_self_pay_bill()]),
        lambda: print_billing_month(workspace, THIS_MONTH, [a_bill()]),
    ):
        anchors.append(current_anchor(workspace))
        papers.append(printing())

    assert maria
    assert len(set(anchors)) == 3
    for anchor, paper in zip(anchors, papers, strict=True):
        assert all(f"{anchor} · page " in page for page in texts(paper.content))


def of_old(payer: str) -> Superbill:
    """Give one from before evaluations were kept, with the payer as it was typed."""
    typed = a_patient(coverage=Coverage(payer, "1"))
    return replace(a_bill(), facts=None, result=None, payer=None, patient=typed)


@pytest.mark.parametrize(
    "bill",
    [
        a_bill(),
        replace(a_bill(), payer=None),
        of_old("Medicare Part B"),
    ],
    ids=["by payer", "by rule set", "by name"],
)
def test_what_medicare_covers_has_no_patient_superbill(
    workspace: Workspace, bill: Superbill
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Medicare wants the practice to file"):
        print_patient_superbills(workspace, [bill])

    assert rows_stored(workspace) == before


def test_several_are_refused_together_with_how_many(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="1 of 2 chosen: Medicare"):
        print_patient_superbills(workspace, [a_self_pay_bill(), a_bill()])


@pytest.mark.parametrize("payer", ["Medicare Advantage of Hudson", "Cigna"])
def test_other_payers_of_old_superbills_are_printed(workspace: Workspace, payer: str) -> None:
    assert print_patient_superbills(workspace, [of_old(payer)]).content


def test_commercial_rules_allow_a_patient_superbill(workspace: Workspace) -> None:
    bill = replace(a_bill(a_month(payer=PayerFacts("COMMERCIAL-DEFAULT"))), payer=None)

    assert print_patient_superbills(workspace, [bill]).content


def test_a_bill_is_shown_as_it_stands_with_what_was_paid(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    bill = an_issued_bill(episode_id=maria, patient=a_patient(id=maria_patient))
    steps = (
        BillStep(new_id(), bill.id, MonthState.SENT, THIS_MONTH.last_day),
        BillStep(new_id(), bill.id, MonthState.PAID, THIS_MONTH.last_day, paid_cents=100_00),
    )
    with workspace.database.write() as session:
        superbills.add(session, bill, workspace.stamp())
        session.flush()
        for step in steps:
            bill_step.add(session, step, workspace.stamp())

    [paper] = bill_papers(workspace, [bill])

    assert (paper.state, paper.paid_cents) == (MonthState.PAID, 100_00)
    assert paper.balance_cents == 190_00


def test_moments_are_told_in_the_zone_of_the_practice(workspace: Workspace) -> None:
    bill = an_issued_bill()
    assert bill.issued_at is not None
    in_utc = replace(bill, issued_at=bill.issued_at.astimezone(UTC))

    [paper] = bill_papers(workspace, [in_utc])

    assert paper.bill.issued_at is not None
    assert paper.bill.issued_at.tzinfo == workspace.now().tzinfo


def test_whoever_bills_incident_to_names_the_supervisor(workspace: Workspace) -> None:
    helper = a_practitioner(
        name="J. Reyes",
        credentials="PA",
        bills_incident_to=True,
        supervisor_id=PRACTITIONER.id,
        taxonomy="363A00000X",
    )

    paper = print_billing_sheets(workspace, [a_bill(treating_practitioner=helper)])

    [page] = texts(paper.content)
    assert "NPI (24J) 1245319599 · taxonomy 363A00000X" in page
    assert "Supervising (17) A. Smith, MD · NPI 1234567893" in page
