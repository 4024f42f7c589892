"""A month's facts, and the superbill that the rules make of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.domain.billing.bill_paper import BillPaper
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.choices import BillState
from cocm_desktop.domain.billing.evaluation import MonthResult, evaluate_month
from cocm_desktop.domain.billing.evaluation_facts import (
    FORMAT,
    BilledFacts,
    ConsentFacts,
    DiagnosisFacts,
    EpisodeFacts,
    FeeFacts,
    MeasureFacts,
    PatientFacts,
    PatientMonth,
    PayerFacts,
    PractitionerFacts,
    ProofFacts,
    TimeFacts,
    VisitFacts,
)
from cocm_desktop.domain.billing.payer import ClaimFiling, PatientCoverage, Payer
from cocm_desktop.domain.ids import CoverageId, PayerId, SuperbillId, TimeEntryId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.superbill import Approval, LoggedTime, ServiceLine, Superbill
from cocm_desktop.domain.time_entry import Activity
from tests.builders.people import (
    MARIA,
    MARIAS_EPISODE,
    THIS_MONTH,
    TIME_ZONE,
    a_care_manager,
    a_diagnosis,
    a_patient,
    a_practice,
    a_practitioner,
    id_of,
)

NPI = "1245319599"
APPROVED_AT = datetime(2026, 12, 1, 17, 12, tzinfo=ZoneInfo(TIME_ZONE))
BILLED_AT = datetime(2026, 12, 2, 9, 30, tzinfo=ZoneInfo(TIME_ZONE))
LATER = (ServiceMonth(2026, 9), ServiceMonth(2026, 10))
CHARGES = {"99492": 320_00, "99493": 290_00, "99494": 125_00, "G2214": 120_00, "99484": 110_00}


def a_spell(minutes: float = 25, day: int = 5, **changes: Any) -> TimeFacts:
    """Give signed time of the care manager with the patient on a day of November."""
    worked_on = changes.pop("worked_on", date(2026, 11, day))
    spell = TimeFacts(
        id=id_of(f"spell {worked_on} {minutes} {changes.get('starts_at')}"),
        worked_on=worked_on,
        seconds=round(minutes * 60),
        performer="M. Bell, LCSW",
        with_patient=True,
        recorded_on=worked_on,
    )
    return replace(spell, **changes)


def spells() -> tuple[TimeFacts, ...]:
    """Give 53 minutes of which 45 count: clerical work and an overlap do not."""
    return (
        a_spell(25, 5, starts_at=10 * 3600),
        a_spell(12, 12, starts_at=14 * 3600, work=Activity.CARE_PLAN, with_patient=False),
        a_spell(5, 12, starts_at=14 * 3600 + 8 * 60, with_patient=False),
        a_spell(7, 17, work=Activity.CASE_REVIEW, with_patient=False),
        a_spell(4, 18, work=Activity.CLERICAL, with_patient=False),
    )


def a_month(**changes: Any) -> PatientMonth:
    """Give a later month without a fault, closed and looked at in December."""
    month = PatientMonth(
        format=FORMAT,
        month=THIS_MONTH,
        today=date(2026, 12, 2),
        payer=PayerFacts("MCR", is_confirmed=True),
        practitioner=PractitionerFacts(NPI, "MD"),
        patient=PatientFacts("1EG4TE5MK73", last_seen_on=date(2026, 5, 14)),
        episode=EpisodeFacts(
            started_on=date(2026, 9, 4),
            service_months=LATER,
            billed=(
                BilledFacts(LATER[0], "99492", state=BillState.PAID),
                BilledFacts(LATER[1], "99493", state=BillState.PAID),
            ),
        ),
        consents=(ConsentFacts(date(2026, 9, 1), NPI),),
        visits=(VisitFacts(date(2026, 8, 28), "99214", NPI),),
        time=spells(),
        proofs=ProofFacts(
            measures=(
                MeasureFacts(date(2026, 9, 4), "PHQ-9", 18),
                MeasureFacts(date(2026, 11, 5), "PHQ-9", 8),
            ),
            reviews=(date(2026, 11, 17),),
            meetings=(date(2026, 11, 3), date(2026, 11, 17)),
            plan_on=date(2026, 9, 10),
            plan_changed_on=date(2026, 11, 18),
        ),
        diagnoses=(DiagnosisFacts("F33.1"), DiagnosisFacts("F41.1")),
        fees_cents=tuple(FeeFacts(code, cents) for code, cents in CHARGES.items()),
        approved_on=APPROVED_AT.date(),
    )
    return replace(month, **changes)


def a_first_month(minutes: float = 116, **changes: Any) -> PatientMonth:
    """Give the first month of an episode; 116 minutes are a base code and two further units."""
    first: dict[str, Any] = {
        "episode": EpisodeFacts(started_on=date(2026, 11, 3)),
        "consents": (ConsentFacts(date(2026, 11, 2), NPI),),
        "proofs": replace(a_month().proofs, plan_on=date(2026, 11, 6)),
        "time": (a_spell(minutes, 5),),
    }
    return a_month(**{**first, **changes})


def evaluated(facts: PatientMonth) -> MonthResult:
    return evaluate_month(facts, load_tables())


def a_payer(**changes: Any) -> Payer:
    payer = Payer(
        id=PayerId(id_of("payer Medicare")),
        name="Medicare Part B, National Government Services",
        rule_set="MCR",
        filing=ClaimFiling.MEDICARE_B,
        payer_number="13282",
        confirmed_on=date(2026, 10, 1),
    )
    return replace(payer, **changes)


def a_coverage(**changes: Any) -> PatientCoverage:
    coverage = PatientCoverage(
        id=CoverageId(id_of("coverage Alvarez")),
        patient_id=MARIA,
        payer_id=PayerId(id_of("payer Medicare")),
        member_id="1EG4TE5MK73",
        first_on=date(2024, 1, 1),
    )
    return replace(coverage, **changes)


def a_bill(facts: PatientMonth | None = None, **changes: Any) -> Superbill:
    """Evaluate a month and draft its superbill with everything that paper can show."""
    facts = facts or a_month()
    result = evaluated(facts)
    fees = {each.code: each.cents for each in facts.fees_cents}
    coded = facts.diagnoses
    pointers = tuple(range(1, min(len(coded), 4) + 1))
    bill = Superbill(
        id=SuperbillId(id_of(f"superbill {facts.month.key}")),
        episode_id=MARIAS_EPISODE,
        month=facts.month,
        kind=result.kind,
        minutes=result.time.minutes,
        lines=tuple(
            ServiceLine(
                line.code,
                line.label,
                line.units,
                fees.get(line.code),
                allowed_cents=line.allowed_cents,
                pointers=pointers,
            )
            for line in result.lines
        ),
        service_on=result.served_on or facts.month.last_day,
        practice=a_practice(),
        patient=a_patient(),
        treating_practitioner=a_practitioner(),
        care_manager=a_care_manager(),
        diagnoses=tuple(a_diagnosis(code=each.code, title=_TITLES[each.code]) for each in coded),
        consented_on=facts.consents[0].given_on if facts.consents else None,
        warnings=tuple(check.words for check in result.checks),
        account_number="RB-000124",
        facts=facts,
        result=result,
        payer=a_payer(rule_set=facts.payer.rule_set),
        coverage=a_coverage(),
        settings=BillingSettings(group_taxonomy="261QP2300X"),
        time_log=logged(facts, result),
        approval=Approval("A. Osei, MD", APPROVED_AT) if facts.approved_on else None,
    )
    return replace(bill, **changes)


def an_issued_bill(facts: PatientMonth | None = None, **changes: Any) -> Superbill:
    return a_bill(facts, **{"number": "2026-11-0007", "issued_at": BILLED_AT, **changes})


def a_self_pay_bill(facts: PatientMonth | None = None, **changes: Any) -> Superbill:
    """Give one that a patient may take along: nobody files a claim for it."""
    facts = facts or a_month(payer=PayerFacts("SELFPAY", is_confirmed=True))
    payer = a_payer(name="Self-pay", rule_set="SELFPAY", filing=ClaimFiling.SELF_PAY)
    return a_bill(facts, **{"payer": payer, "coverage": a_coverage(member_id=""), **changes})


def a_bill_paper(bill: Superbill | None = None, **changes: Any) -> BillPaper:
    """Give what a bill's papers show; that of a draft unless an issued one is named."""
    bill = bill or a_bill()
    drafted = MonthState.READY if bill.lines else MonthState.NOT_READY
    paper = BillPaper(bill, MonthState.ISSUED if bill.is_issued else drafted)
    return replace(paper, **changes)


def logged(facts: PatientMonth, result: MonthResult) -> tuple[LoggedTime, ...]:
    """Give the time log as paper shows it: what of each entry counts, or why not."""
    counted = {each.id: each.seconds for each in result.time.counted}
    why = {each.id: each.reason.value for each in result.time.dropped}
    return tuple(
        LoggedTime(
            id=TimeEntryId(each.id),
            worked_on=each.worked_on,
            started_at=_clock(each.starts_at),
            seconds=each.seconds,
            counted_seconds=counted.get(each.id, 0),
            staff_title=each.performer,
            role=Role[each.role.name],
            activity=each.work,
            not_counted=why.get(each.id, ""),
            is_signed=each.is_signed,
        )
        for each in facts.time
    )


def _clock(second: int | None) -> time | None:
    return None if second is None else time(second // 3600, second // 60 % 60, second % 60)


def many_diagnoses(count: int) -> tuple[DiagnosisFacts, ...]:
    return tuple(DiagnosisFacts(code) for code in list(_TITLES)[:count])


_TITLES = {
    "F33.1": "Major depressive disorder, recurrent, moderate",
    "F41.1": "Generalized anxiety disorder",
    "F43.12": "Post-traumatic stress disorder, chronic",
    "F51.01": "Primary insomnia",
    "F10.20": "Alcohol dependence, uncomplicated",
    "F90.2": "Attention-deficit hyperactivity disorder, combined type",
    "F40.01": "Agoraphobia with panic disorder",
    "F42.2": "Mixed obsessional thoughts and acts",
    "F34.1": "Dysthymic disorder",
    "F60.3": "Borderline personality disorder",
    "F45.41": "Pain disorder exclusively related to psychological factors",
    "F50.20": "Bulimia nervosa, unspecified",
}
