"""Drafting a month's superbill: the facts, what the rules make of them, and how that reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, tzinfo

from cocm_desktop.domain.billing.approval import MonthApproval, outcome_of
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.claim_checks import BilledLine
from cocm_desktop.domain.billing.evaluation import MonthResult, Tables, evaluate_month, total
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.month_case import LoggedEntry, MonthCase, facts_of
from cocm_desktop.domain.billing.month_payer import UNKNOWN_PAYER, MonthPayer
from cocm_desktop.domain.ids import SuperbillId, new_id
from cocm_desktop.domain.superbill import Approval, LoggedTime, PayerShare, ServiceLine, Superbill
from cocm_desktop.errors import Refused

MOST_POINTERS = 4  # Source: X12 005010X222A1, SV107; CMS-1500 box 24E.


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A month with its facts and result; `outcome` is what an approval is given to."""

    facts: PatientMonth
    result: MonthResult
    outcome: str


def evaluate_case(case: MonthCase, tables: Tables, approval: MonthApproval | None) -> Evaluated:
    """Evaluate a month; an approval that was given to another outcome no longer counts."""
    facts = facts_of(case)
    result = _with_visit_unknown(case, facts, tables)
    outcome = outcome_of(facts, result)
    if approval is None or not approval.holds_for(outcome):
        return Evaluated(facts, result, outcome)
    approved_on = approval.signed_on or approval.recorded_at.astimezone(case.offices.zone).date()
    facts = replace(facts, approved_on=approved_on)
    return Evaluated(facts, _evaluate(facts, tables), outcome)


def _with_visit_unknown(case: MonthCase, facts: PatientMonth, tables: Tables) -> MonthResult:
    """Evaluate; where nobody has recorded yet when the patient was seen, time is told all the same.

    The missing visit stops the month either way. Only what is known to lie before one is left out.
    """
    result = _evaluate(facts, tables)
    missing = [check for check in result.checks if check.id is CheckId.B02]
    if case.outside.visits or not missing:
        return result
    seen = replace(facts.patient, last_seen_on=facts.episode.started_on)
    told = _evaluate(replace(facts, patient=seen), tables)
    checks = sorted((*told.checks, *missing), key=lambda check: (check.id.name, check.words))
    return replace(told, lines=(), split=None, checks=tuple(checks))


def _evaluate(facts: PatientMonth, tables: Tables) -> MonthResult:
    """Evaluate by the payer's rules, or as for an unknown payer where it has none for the month."""
    try:
        return evaluate_month(facts, tables)
    except Refused:
        unknown = replace(facts.payer, rule_set=UNKNOWN_PAYER, is_confirmed=False)
        return evaluate_month(replace(facts, payer=unknown), tables)


def draft_of(case: MonthCase, tables: Tables, approval: MonthApproval | None) -> Superbill:
    """Draft the superbill of a month. As long as something stops it, it has no lines."""
    evaluated = evaluate_case(case, tables, approval)
    facts, result = evaluated.facts, evaluated.result
    return Superbill(
        id=SuperbillId(new_id()),
        episode_id=case.episode.id,
        month=facts.month,
        kind=result.kind,
        minutes=result.time.minutes,
        lines=tuple(_service_line(line, facts) for line in result.lines),
        service_on=result.served_on or facts.month.last_day,
        practice=case.offices.practice,
        patient=case.patient,
        treating_practitioner=case.practitioner,
        care_manager=case.care_manager,
        diagnoses=case.diagnoses,
        consented_on=case.consented_on,
        warnings=tuple(check.words for check in result.checks),
        facts=facts,
        result=result,
        payer=case.payer.payer,
        coverage=case.payer.coverage,
        settings=case.offices.settings,
        time_log=tuple(_logged(case, result)),
        approval=_approval(case, approval) if approval and facts.approved_on else None,
        other_payers=tuple(_share(case, other, tables) for other in case.payer.others),
    )


def settled(draft: Superbill) -> Superbill:
    """Leave out what only an open month is told: an issued bill never asks for more minutes."""
    if draft.result is None:
        return draft
    near = {each for each in draft.result.checks if each.id is CheckId.W09}
    words = {each.words for each in near}
    checks = tuple(each for each in draft.result.checks if each not in near)
    return replace(
        draft,
        result=replace(draft.result, checks=checks, next_code=None),
        warnings=tuple(each for each in draft.warnings if each not in words),
    )


def _share(case: MonthCase, other: MonthPayer, tables: Tables) -> PayerShare:
    """Say what the days of another payer come to, whatever stops the month.

    Source: billing rules 1.7: each payer's minutes are counted within its own days.
    """
    facts = facts_of(replace(case, payer=replace(other, others=(case.payer,))))
    result = _with_visit_unknown(case, facts, tables)
    return PayerShare(
        payer=other.payer.name if other.payer else "",
        minutes=result.time.minutes,
        codes=result.reached,
        allowed_cents=total(result.suggested),
    )


def _service_line(line: BilledLine, facts: PatientMonth) -> ServiceLine:
    fees = {each.code: each.cents for each in facts.fees_cents}
    return ServiceLine(
        code=line.code,
        label=line.label,
        units=line.units,
        fee_cents=fees.get(line.code),
        allowed_cents=line.allowed_cents,
        pointers=tuple(range(1, min(len(facts.diagnoses), MOST_POINTERS) + 1)),
    )


def _approval(case: MonthCase, approval: MonthApproval) -> Approval:
    member = case.offices.members.get(approval.practitioner_id)
    return Approval(member.title if member else "", approval.recorded_at)


def _logged(case: MonthCase, result: MonthResult) -> Iterator[LoggedTime]:
    """Give the time log as it stands on paper: of each entry what counts, and why the rest not."""
    counted = {each.id: each.seconds for each in result.time.counted}
    why: defaultdict[str, list[str]] = defaultdict(list)
    for dropped in result.time.dropped:
        why[dropped.id].append(dropped.reason.value)
    for logged in case.time:
        entry = logged.entry
        member = case.offices.members.get(entry.staff_id)
        yield LoggedTime(
            id=entry.id,
            worked_on=entry.worked_on,
            started_at=entry.started_at or _local_start(logged, case.offices.zone),
            seconds=entry.seconds,
            counted_seconds=counted.get(entry.id, 0),
            staff_title=member.title if member else "",
            role=entry.role,
            activity=entry.activity,
            not_counted=" ".join(why[entry.id]),
            is_signed=entry.is_signed,
        )


def _local_start(logged: LoggedEntry, zone: tzinfo) -> time | None:
    began_at = logged.entry.began_at
    return None if began_at is None else began_at.astimezone(zone).time().replace(microsecond=0)
