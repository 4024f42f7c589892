"""From what is on file to facts: who pays, who may bill, whose clock has a minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.domain.billing.billing_settings import BillingSettings, ClinicKind
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.choices import ClaimForm
from cocm_desktop.domain.billing.credential import billing_credential
from cocm_desktop.domain.billing.draft import draft_of
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.billing.locality import Locality
from cocm_desktop.domain.billing.month_case import (
    PSYCHIATRY,
    LoggedEntry,
    MonthCase,
    Offices,
    facts_of,
    note_key,
    second_of_day,
    seconds_elsewhere,
)
from cocm_desktop.domain.billing.month_payer import MonthPayer, payer_of_month
from cocm_desktop.domain.billing.payer import ClaimFiling, PatientCoverage
from cocm_desktop.domain.ids import CoverageId, MeetingId, PayerId, StaffId, TimeEntryId
from cocm_desktop.domain.patient import Coverage
from cocm_desktop.domain.time_entry import TimeEntry
from tests.builders import (
    CONSENTED_ON,
    MARIA,
    THIS_MONTH,
    TIME_ZONE,
    a_care_manager,
    a_consent,
    a_coverage,
    a_patient,
    a_payer,
    a_practice,
    a_practitioner,
    a_time_entry,
    an_episode,
)

ZONE = ZoneInfo(TIME_ZONE)
INTAKE = Coverage("Hudson Health Plan", "HHP0012345")
MEDICARE = a_payer()
AETNA = a_payer(id=PayerId("aetna"), name="Aetna", rule_set="COMMERCIAL-DEFAULT")
PAYERS = {payer.id: payer for payer in (MEDICARE, AETNA)}


def covered(payer_id: PayerId = MEDICARE.id, **changes: Any) -> PatientCoverage:
    coverage = a_coverage(payer_id=payer_id, first_on=None)
    named = replace(coverage, id=CoverageId(f"{payer_id} {changes}"))
    return replace(named, **changes)


def payer_by(*coverages: PatientCoverage) -> MonthPayer:
    return payer_of_month(THIS_MONTH, coverages, PAYERS, intake=INTAKE)


def a_case(**changes: Any) -> MonthCase:
    offices = Offices(
        practice=a_practice(),
        month=THIS_MONTH,
        today=date(2026, 12, 2),
        zone=ZONE,
        members={member.id: member for member in (a_care_manager(), a_practitioner())},
    )
    case = MonthCase(
        offices=offices,
        patient=a_patient(),
        episode=an_episode(),
        payer=payer_by(covered()),
        time=(LoggedEntry(a_time_entry(40), date(2026, 11, 12), reached=True),),
        consents={an_episode().id: (a_consent(),)},
        began_on=date(2026, 9, 4),
    )
    return replace(case, **changes)


@pytest.mark.parametrize(
    ("credentials", "meaning"),
    [
        ("MD", "MD"),
        ("M.D., MPH", "MD"),
        ("DO", "DO"),
        ("FNP-C", "NP"),
        ("DNP, APRN", "NP"),
        ("PA-C", "PA"),
        ("RN, CNM", "CNM"),
        ("LCSW", "LCSW"),
        ("", ""),
    ],
)
def test_the_letters_behind_a_name_say_who_may_bill(credentials: str, meaning: str) -> None:
    assert billing_credential(credentials) == meaning


def test_without_coverage_the_word_of_intake_says_what_it_can() -> None:
    unknown = payer_by()
    oneself = payer_of_month(THIS_MONTH, (), PAYERS, intake=Coverage("SELF-PAY"))

    assert (unknown.facts.rule_set, unknown.member_id) == ("COMMERCIAL-DEFAULT", "HHP0012345")
    assert (unknown.payer, unknown.filing) == (None, None)
    assert oneself.facts.rule_set == "SELFPAY"


def test_the_first_payer_of_the_months_last_days_is_billed() -> None:
    half = date(2026, 11, 15)
    before = covered(AETNA.id, last_on=half)
    after = covered(first_on=half + timedelta(days=1), authorized_last_on=date(2026, 12, 31))
    second = covered(AETNA.id, rank=2)
    earlier = covered(AETNA.id, last_on=date(2026, 10, 31))

    changed = payer_by(before, after, second)
    whole = payer_by(earlier, covered(), second)

    assert (changed.payer, changed.has_changed) == (MEDICARE, True)
    assert changed.facts.coverage == (Span(half + timedelta(days=1)),)
    assert changed.facts.authorized_to == date(2026, 12, 31)
    assert (whole.payer, whole.has_changed, whole.facts.coverage) == (MEDICARE, False, ())
    assert whole.facts.is_confirmed


def test_a_payer_without_rules_for_the_month_is_as_an_unknown_one() -> None:
    odd = a_payer(rule_set="NO-SUCH-RULES")
    payer = payer_of_month(THIS_MONTH, (covered(),), {odd.id: odd}, intake=INTAKE)

    bill = draft_of(a_case(payer=payer), load_tables(), None)

    assert bill.result
    assert CheckId.W16 in {check.id for check in bill.result.checks}
    assert bill.lines == ()


def test_the_setting_follows_the_practices_choices() -> None:
    case = a_case()
    chosen = BillingSettings(
        clinic_kind=ClinicKind.RHC, place_of_service="72", is_qualifying_apm=True
    )
    place = Locality("06302-00", "WI", "Wisconsin", Decimal(1), Decimal("0.958"), Decimal("0.308"))

    clinic = facts_of(replace(case, offices=replace(case.offices, settings=chosen)))
    there = facts_of(replace(case, offices=replace(case.offices, locality=place)))

    setting = clinic.setting
    assert (setting.is_clinic, setting.claim_form) == (True, ClaimForm.INSTITUTIONAL)
    assert (setting.place_of_service, setting.is_qualifying_apm) == ("72", True)
    assert there.setting.claim_form is ClaimForm.PROFESSIONAL
    assert (there.setting.expense_gpci, there.setting.locality) == (
        Decimal("0.958"),
        place.words,
    )


def test_a_consent_is_that_of_the_practitioner_it_names() -> None:
    named = a_consent(practitioner_id=a_practitioner().id)
    other = a_consent(practitioner_id=a_care_manager().id)

    facts = facts_of(a_case(consents={an_episode().id: (a_consent(), named, other)}))

    npi = facts.practitioner.npi
    assert [each.practitioner_npi for each in facts.consents] == [npi, npi, a_care_manager().id]


def test_nobody_bills_where_nobody_treats() -> None:
    facts = facts_of(a_case(episode=an_episode(treating_practitioner_id=None)))
    psychiatrist = replace(a_practitioner(), taxonomy=PSYCHIATRY)
    case = a_case()
    members = {psychiatrist.id: psychiatrist, a_care_manager().id: a_care_manager()}

    assert (facts.practitioner.npi, facts.practitioner.credential) == ("", "")
    assert facts_of(
        replace(case, offices=replace(case.offices, members=members))
    ).practitioner.practices_psychiatry
    assert facts.episode.started_on == date(2026, 9, 4)
    assert facts_of(a_case(began_on=None)).episode.started_on == CONSENTED_ON
    assert facts_of(a_case(consents={}, began_on=None)).episode.started_on == THIS_MONTH.first_day


def test_a_note_is_told_by_its_words_when_it_says_something() -> None:
    words = "Sleeping better; walks most mornings. Agreed to go on."

    assert note_key(words) == note_key(f"  {words.upper()} ")
    assert note_key(words) != note_key(words + " Again.")
    assert note_key("Phone call") == ""


def test_the_day_on_which_clocks_are_set_back_has_an_hour_twice() -> None:
    first = a_time_entry(10, worked_on=date(2026, 11, 1), started_at=time(1, 30))
    second = replace(first, began_at=datetime(2026, 11, 1, 6, 30, tzinfo=UTC))

    assert second_of_day(first, ZONE) == 90 * 60
    assert second_of_day(second, ZONE) == 150 * 60
    assert second_of_day(a_time_entry(10), ZONE) is None


def at_clock(name: str, start: time, minutes: int, **changes: Any) -> TimeEntry:
    entry = a_time_entry(minutes, worked_on=date(2026, 11, 5), started_at=start)
    return replace(entry, id=TimeEntryId(name), **changes)


def elsewhere(*entries: tuple[str, TimeEntry]) -> dict[str, int]:
    found = seconds_elsewhere({entry.id: (patient, entry) for patient, entry in entries}, ZONE)
    return {str(key): seconds // 60 for key, seconds in found.items()}


def test_the_entry_that_began_first_keeps_the_time_of_both() -> None:
    first = ("a", at_clock("1", time(10, 0), 30))
    second = ("b", at_clock("2", time(10, 20), 25))
    third = ("c", at_clock("3", time(10, 40), 10))

    assert elsewhere(second, third, first) == {"2": 10, "3": 5}


def test_time_of_one_patient_of_others_and_of_a_meeting_does_not_meet() -> None:
    meeting = MeetingId("m")
    entries = (
        ("a", at_clock("1", time(10, 0), 30)),
        ("a", at_clock("2", time(10, 10), 30)),
        ("b", at_clock("3", time(10, 0), 30, staff_id=StaffId("another"))),
        ("b", at_clock("4", time(13, 0), 5, meeting_id=meeting)),
        ("c", at_clock("5", time(13, 0), 5, meeting_id=meeting)),
        ("c", a_time_entry(30, worked_on=date(2026, 11, 5))),
    )

    assert elsewhere(*entries) == {}


def test_a_professional_claim_of_a_clinic_is_kept_for_other_payers() -> None:
    chosen = BillingSettings(clinic_kind=ClinicKind.FQHC)
    commercial = replace(AETNA, filing=ClaimFiling.COMMERCIAL)
    payer = payer_of_month(THIS_MONTH, (covered(AETNA.id),), {AETNA.id: commercial}, intake=INTAKE)
    case = a_case(payer=payer)

    facts = facts_of(replace(case, offices=replace(case.offices, settings=chosen)))

    assert facts.setting.claim_form is ClaimForm.PROFESSIONAL
    assert case.patient.id == MARIA
