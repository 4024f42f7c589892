"""Setting up what a charge needs, and what is refused while nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.actions.billing_settings import change_billing_setting, read_billing_settings
from cocm_desktop.actions.charge_setup import read_set_up
from cocm_desktop.actions.coverage import (
    change_coverage,
    read_coverage,
    record_coverage,
    record_eligibility,
    void_coverage,
    void_eligibility,
)
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.payer import (
    add_payer,
    change_payer,
    cover_matched,
    cover_named,
    read_payers,
)
from cocm_desktop.actions.practice import read_fees, record_fee, void_fee
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.charge_setup import SetupPlace
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.eligibility import EligibilityDraft
from cocm_desktop.domain.billing.payer import ClaimFiling, Payer
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.billing.setting_list import BillingSettingDraft
from cocm_desktop.domain.ids import CoverageId, EligibilityId, EpisodeId, PatientId, PayerId
from cocm_desktop.domain.patient import Coverage, PatientDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused

NOBODY = "00000000-0000-7000-8000-00000000ffff"
AETNA = PayerDraft("Aetna", "COMMERCIAL-DEFAULT", ClaimFiling.COMMERCIAL, "60054")
MEDICARE = PayerDraft("Medicare", "MCR", ClaimFiling.MEDICARE_B, "00952")


def kept(workspace: Workspace) -> tuple[Payer, ...]:
    return read_payers(workspace).payers


def named(workspace: Workspace, payer: str, member_id: str, last_name: str) -> PatientId:
    draft = PatientDraft(
        last_name, "Kim", date(1980, 1, 1), coverage=Coverage(payer, member_id, "G1")
    )
    return PatientId(add_patient(workspace, draft).record_id)


@pytest.fixture
def aetna(workspace: Workspace) -> PayerId:
    return PayerId(add_payer(workspace, AETNA).record_id)


def test_a_payer_is_added_once(workspace: Workspace) -> None:
    for _ in range(2):
        add_payer(workspace, AETNA)

    [payer] = kept(workspace)
    assert (payer.name, payer.id, payer.active) == ("Aetna", AETNA.id, True)
    assert read_payers(workspace).rule_title(payer) == "Another commercial payer"


def test_a_second_payer_of_one_name_is_refused(workspace: Workspace, aetna: PayerId) -> None:
    with pytest.raises(Refused, match="already"):
        add_payer(workspace, replace(MEDICARE, name="AETNA", id=PayerId(NOBODY)))

    assert [payer.id for payer in kept(workspace)] == [aetna]


def test_a_retired_payer_is_not_offered(
    workspace: Workspace, aetna: PayerId, maria_patient: PatientId
) -> None:
    change_payer(workspace, replace(AETNA, active=False, phone="555-555-0100"), version=1)

    assert [(payer.active, payer.version) for payer in kept(workspace)] == [(False, 2)]
    assert read_coverage(workspace, maria_patient).offered == ()
    with pytest.raises(Refused, match="Choose one of the payers"):
        record_coverage(workspace, CoverageDraft(maria_patient, aetna, "W1"))
    with pytest.raises(Refused, match="another screen"):
        change_payer(workspace, AETNA, version=1)
    assert not kept(workspace)[0].active


def test_coverage_is_recorded_changed_and_voided(
    workspace: Workspace, aetna: PayerId, maria_patient: PatientId
) -> None:
    draft = CoverageDraft(maria_patient, aetna, "w1", first_on=date(2026, 1, 1))
    for _ in range(2):
        record_coverage(workspace, draft)
    change_coverage(workspace, replace(draft, last_on=date(2026, 6, 30)), version=1)

    read = read_coverage(workspace, maria_patient)
    [found] = read.coverage
    assert (found.member_id, found.last_on, found.version) == ("W1", date(2026, 6, 30), 2)
    assert read.payer_of(found).name == "Aetna"
    assert read_payers(workspace).covered == {aetna: 1}

    with pytest.raises(Refused, match="Say why"):
        void_coverage(workspace, found.id, reason=" ")
    assert read_coverage(workspace, maria_patient).coverage
    void_coverage(workspace, found.id, reason="Another patient's card")
    assert read_coverage(workspace, maria_patient).coverage == ()


def test_coverage_that_is_refused_leaves_what_was(
    workspace: Workspace, aetna: PayerId, maria_patient: PatientId
) -> None:
    draft = CoverageDraft(maria_patient, aetna, "W1")
    record_coverage(workspace, draft)

    with pytest.raises(Refused, match="pays first already"):
        record_coverage(workspace, replace(draft, id=CoverageId(NOBODY)))
    backward = replace(draft, first_on=date(2026, 2, 1), last_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="before it begins"):
        change_coverage(workspace, backward, version=1)

    [found] = read_coverage(workspace, maria_patient).coverage
    assert (found.id, found.first_on) == (draft.id, None)


def test_an_answer_of_a_payer_is_kept_and_withdrawn(
    workspace: Workspace, aetna: PayerId, maria_patient: PatientId
) -> None:
    coverage = CoverageDraft(maria_patient, aetna, "W1")
    record_coverage(workspace, coverage)
    draft = EligibilityDraft(coverage.id, workspace.today(), is_active=True, covers_cocm=True)
    for _ in range(2):
        record_eligibility(workspace, draft)

    read = read_coverage(workspace, maria_patient)
    assert [check.id for check in read.checks_of(coverage.id)] == [draft.id]
    assert read.coverage[0].eligibility_note == (
        "Checked Nov 30, 2026 by M. Bell, LCSW: active, covers collaborative care"
    )

    with pytest.raises(Refused):
        void_eligibility(workspace, draft.id, reason="")
    with pytest.raises(Refused):
        record_eligibility(workspace, replace(draft, id=EligibilityId(NOBODY), checked_on=None))
    assert len(read_coverage(workspace, maria_patient).checks) == 1
    void_eligibility(workspace, draft.id, reason="Asked about somebody else")
    assert read_coverage(workspace, maria_patient).checks == ()


def test_who_names_a_payer_is_given_it(workspace: Workspace, aetna: PayerId) -> None:
    covered = named(workspace, "AETNA", "W1", "Adams")
    without_id = named(workspace, "Aetna", "", "Baker")
    other = named(workspace, "Blue Cross", "B1", "Clark")
    before = read_payers(workspace)

    cover_named(workspace, "aetna", aetna, first_on=date(2026, 1, 1))

    assert [(each.words, len(each.patients), each.payer) for each in before.named] == [
        ("AETNA", 2, before.payers[0]),
        ("Blue Cross", 1, None),
    ]
    [found] = read_coverage(workspace, covered).coverage
    assert (found.member_id, found.group_number, found.first_on) == ("W1", "G1", date(2026, 1, 1))
    assert read_coverage(workspace, without_id).named == aetna
    assert read_coverage(workspace, without_id).coverage == ()
    assert [each.words for each in read_payers(workspace).named] == ["Aetna", "Blue Cross"]
    assert read_coverage(workspace, other).coverage == ()


def test_all_who_name_a_payer_that_is_set_up_are_given_it(
    workspace: Workspace, aetna: PayerId
) -> None:
    add_payer(workspace, MEDICARE)
    covered = [
        named(workspace, "Aetna", "W1", "Adams"),
        named(workspace, "medicare", "1EG4TE5MK73", "Baker"),
    ]
    others = [
        named(workspace, "Medicare", "an old number", "Clark"),
        named(workspace, "Blue Cross", "B1", "Dunn"),
    ]

    cover_matched(workspace)

    found = [read_coverage(workspace, patient_id).coverage for patient_id in covered]
    assert [each[0].payer_id for each in found] == [aetna, MEDICARE.id]
    assert [read_coverage(workspace, patient_id).coverage for patient_id in others] == [(), ()]


def test_a_payer_that_nobody_names_is_given_to_nobody(workspace: Workspace, aetna: PayerId) -> None:
    patient_id = named(workspace, "Blue Cross", "B1", "Clark")

    with pytest.raises(Refused, match="No patient"):
        cover_named(workspace, "Cigna", aetna)
    change_payer(workspace, replace(AETNA, active=False), version=1)
    with pytest.raises(Refused, match="retired"):
        cover_named(workspace, "Blue Cross", aetna)

    assert read_coverage(workspace, patient_id).coverage == ()


def test_a_setting_holds_from_its_day_and_its_past_is_kept(workspace: Workspace) -> None:
    drafts = [
        BillingSettingDraft("place_of_service", "22", date(2026, 3, 1)),
        BillingSettingDraft("place_of_service", "11", date(2027, 1, 1)),
    ]
    for draft in (*drafts, drafts[0]):
        change_billing_setting(workspace, draft)

    read = read_billing_settings(workspace)
    line = read.line("place_of_service")
    assert line.words == "22, Outpatient hospital, on campus"
    assert (line.by, line.change and line.change.id) == ("M. Bell, LCSW", drafts[0].id)
    assert line.later is not None
    assert line.later.value == "11"
    assert read.line("apcm").change is None
    with pytest.raises(Refused):
        change_billing_setting(workspace, BillingSettingDraft("apcm", "MAYBE", date(2026, 1, 1)))
    assert len(read_billing_settings(workspace).history) == 2


def test_a_charge_is_withdrawn_with_a_reason(workspace: Workspace) -> None:
    fee_id = record_fee(workspace, "99484", cents=9000, valid_from=date(2026, 1, 1)).record_id

    with pytest.raises(Refused):
        void_fee(workspace, fee_id, reason=" ")
    assert [fee.id for fee in read_fees(workspace)] == [fee_id]
    void_fee(workspace, fee_id, reason="Typed twice")
    assert read_fees(workspace) == ()
    with pytest.raises(Refused, match="not on file"):
        void_fee(workspace, fee_id, reason="Again")


def test_what_is_missing_is_told_with_medicares_amounts(
    workspace: Workspace, maria: EpisodeId
) -> None:
    named(workspace, "Blue Cross", "B1", "Clark")
    facility = BillingSettingDraft("place_of_service", "22", date(2026, 1, 1))
    change_billing_setting(workspace, facility)
    record_fee(workspace, "99493", cents=90_00, valid_from=date(2026, 1, 1))

    read = read_set_up(workspace)

    words = {gap.words for gap in read.gaps}
    assert "1 patient without coverage names a payer: it is still to be given to them." in words
    assert "No payer is set up." in words
    assert "The charge for 99493 is below the $89.51 Medicare allows." not in words
    assert read.needed == sum(gap.is_needed for gap in read.gaps)
    assert {gap.place for gap in read.gaps} >= {SetupPlace.FEES, SetupPlace.DETAILS}
    later = next(each for each in read.place.amounts if each.code == "99493")
    assert (later.office_cents, later.facility_cents) == (144_96, 89_51)
    assert read.place.rates.startswith("2026, ")
    assert read.place.is_loaded


ACTIONS: dict[str, Callable[[Workspace], object]] = {
    "add_payer": lambda w: add_payer(w, AETNA),
    "change_payer": lambda w: change_payer(w, AETNA, version=1),
    "cover_named": lambda w: cover_named(w, "Aetna", PayerId(NOBODY)),
    "cover_matched": cover_matched,
    "record_coverage": lambda w: record_coverage(
        w, CoverageDraft(PatientId(NOBODY), PayerId(NOBODY), "")
    ),
    "change_coverage": lambda w: change_coverage(
        w, CoverageDraft(PatientId(NOBODY), PayerId(NOBODY), ""), version=1
    ),
    "void_coverage": lambda w: void_coverage(w, NOBODY, reason="typo"),
    "record_eligibility": lambda w: record_eligibility(
        w, EligibilityDraft(CoverageId(NOBODY), None, is_active=True)
    ),
    "void_eligibility": lambda w: void_eligibility(w, NOBODY, reason="typo"),
    "change_billing_setting": lambda w: change_billing_setting(
        w, BillingSettingDraft("apcm", "ON", None)
    ),
    "void_fee": lambda w: void_fee(w, NOBODY, reason="typo"),
    "read_payers": read_payers,
    "read_billing_settings": read_billing_settings,
    "read_set_up": read_set_up,
}


@pytest.mark.parametrize("name", ACTIONS)
def test_a_consultant_sets_nothing_up(workspace: Workspace, name: str) -> None:
    consultant = replace(workspace.staff, roles=frozenset({Role.PSYCHIATRIC_CONSULTANT}))

    with pytest.raises(Refused, match="As psychiatric consultant you may not"):
        ACTIONS[name](replace(workspace, staff=consultant))
