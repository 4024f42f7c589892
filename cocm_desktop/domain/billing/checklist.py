"""What has to be on record before a month is billed, item by item, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.countable_time import consents_of, holds_on
from cocm_desktop.domain.billing.evaluation import MonthResult
from cocm_desktop.domain.billing.evaluation_facts import ConsentFacts, MeasureFacts, PatientMonth
from cocm_desktop.domain.billing.initiating_visit import initiating_visit
from cocm_desktop.domain.wording import count_of, long_date

FIRST_MONTH_ONLY = "Needed in the initial month only."
NOT_FOR_THIS_SERVICE = "This service does not ask for it."


class Proof(Enum):
    """The order is that of the list on screen; the value heads its column."""

    CONSENT = "Consent"
    VISIT = "Initiating visit"
    MINUTES = "Minutes"
    MEASURE = "Measure"
    REVIEW = "Consultant review"
    REGISTRY = "Registry"
    PLAN = "Care plan"
    DIAGNOSIS = "Diagnosis"
    APPROVAL = "Approval"


class ProofState(Enum):
    """Whether an item is there."""

    DONE = "Done"
    MISSING = "Missing"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item. `words` say what was found, or what lacks."""

    proof: Proof
    state: ProofState
    words: str

    @property
    def is_missing(self) -> bool:
        return self.state is ProofState.MISSING


Checklist = tuple[ChecklistItem, ...]
_Found = tuple[ProofState, str]
# What an item is missing by, and what is said beside one that is there.
_BLOCKS = {
    Proof.CONSENT: CheckId.B01,
    Proof.VISIT: CheckId.B02,
    Proof.MEASURE: CheckId.B05,
    Proof.REVIEW: CheckId.B04,
    Proof.REGISTRY: CheckId.B06,
    Proof.PLAN: CheckId.B07,
    Proof.DIAGNOSIS: CheckId.B08,
    Proof.APPROVAL: CheckId.B20,
}
_REMARKS = {
    Proof.CONSENT: (CheckId.W03,),
    Proof.VISIT: (CheckId.W28, CheckId.W29),
    Proof.MEASURE: (CheckId.W32,),
    Proof.DIAGNOSIS: (CheckId.W18, CheckId.W42),
}
_NO_MINUTES = frozenset({CheckId.B03, CheckId.B10})


def checklist(facts: PatientMonth, result: MonthResult) -> Checklist:
    """Give every item of a month, in the order of the list."""
    return tuple(_item(proof, facts, result) for proof in Proof)


def missing(items: Sequence[ChecklistItem]) -> Checklist:
    return tuple(item for item in items if item.is_missing)


def _item(proof: Proof, facts: PatientMonth, result: MonthResult) -> ChecklistItem:
    if block := _first(result.checks, _BLOCKS.get(proof)):
        return ChecklistItem(proof, ProofState.MISSING, block.words)
    state, words = _FOUND[proof](facts, result)
    remarks = [each.words for each in result.checks if each.id in _REMARKS.get(proof, ())]
    return ChecklistItem(proof, state, " ".join((words, *remarks)))


def _first(checks: Sequence[Check], check_id: CheckId | None) -> Check | None:
    return next((each for each in checks if each.id is check_id), None)


def _consent(facts: PatientMonth, _result: MonthResult) -> _Found:
    days = [each.worked_on for each in facts.time] or [facts.month.last_day]
    held = [
        each
        for each in consents_of(facts)
        if each.is_whole and any(holds_on(each, day) for day in days)
    ]
    return ProofState.DONE, "; ".join(map(_consent_words, held)) + "."


def _consent_words(consent: ConsentFacts) -> str:
    words = f"Given on {long_date(consent.given_on)}"
    if consent.withdrawn_on is None:
        return words
    return f"{words}, withdrawn on {long_date(consent.withdrawn_on)}"


def _visit(facts: PatientMonth, _result: MonthResult) -> _Found:
    needed = initiating_visit(facts)
    if needed.is_needed and needed.visit is not None:
        words = f"{needed.visit.code} on {long_date(needed.visit.made_on)}."
        return ProofState.DONE, words
    seen = facts.patient.last_seen_on
    when = f" on {long_date(seen)}" if seen else ""
    return ProofState.NOT_NEEDED, f"Seen{when}, within a year before the service began."


def _minutes(_facts: PatientMonth, result: MonthResult) -> _Found:
    lacks = [each.words for each in result.blocks if each.id in _NO_MINUTES and not each.code]
    if result.reached:
        codes = " + ".join(
            each.code if each.units == 1 else f"{each.units} × {each.code}"
            for each in result.reached
        )
        counted = count_of(result.time.minutes, "minute")
        verb = "counts" if result.time.minutes == 1 else "count"
        return ProofState.DONE, f"{counted} {verb}: {codes}."
    if lacks:
        return ProofState.MISSING, " ".join(lacks)
    return ProofState.NOT_NEEDED, "This payer does not pay by codes and minutes."


def _measure(facts: PatientMonth, _result: MonthResult) -> _Found:
    taken = [m for m in facts.proofs.measures if facts.month.contains(m.taken_on)]
    if not taken:
        return ProofState.NOT_NEEDED, _why_not_needed(facts)
    last = max(taken, key=lambda each: each.taken_on)
    return ProofState.DONE, _measure_words(last)


def _measure_words(measure: MeasureFacts) -> str:
    total = "" if measure.total is None else f" {measure.total}"
    return f"{measure.instrument}{total} on {long_date(measure.taken_on)}."


def _review(facts: PatientMonth, _result: MonthResult) -> _Found:
    reviews = [day for day in facts.proofs.reviews if facts.month.contains(day)]
    meetings = [day for day in facts.proofs.meetings if facts.month.contains(day)]
    if reviews:
        return ProofState.DONE, f"The patient was reviewed on {long_date(max(reviews))}."
    if meetings:
        return ProofState.DONE, f"The caseload was gone through on {long_date(max(meetings))}."
    return ProofState.NOT_NEEDED, NOT_FOR_THIS_SERVICE


def _registry(facts: PatientMonth, _result: MonthResult) -> _Found:
    if facts.proofs.is_in_registry:
        return ProofState.DONE, "In the registry this month."
    return ProofState.NOT_NEEDED, NOT_FOR_THIS_SERVICE


def _plan(facts: PatientMonth, _result: MonthResult) -> _Found:
    plan_on = facts.proofs.plan_on
    if plan_on is None or plan_on > facts.month.last_day:
        return ProofState.NOT_NEEDED, _why_not_needed(facts)
    return ProofState.DONE, f"Care plan of {long_date(plan_on)}."


def _diagnosis(facts: PatientMonth, _result: MonthResult) -> _Found:
    return ProofState.DONE, ", ".join(each.code for each in facts.diagnoses) + "."


def _approval(facts: PatientMonth, _result: MonthResult) -> _Found:
    when = f" on {long_date(facts.approved_on)}" if facts.approved_on else ""
    return ProofState.DONE, f"Approved by the practitioner{when}."


def _why_not_needed(facts: PatientMonth) -> str:
    return FIRST_MONTH_ONLY if facts.line is Line.COCM else NOT_FOR_THIS_SERVICE


_FOUND: dict[Proof, Callable[[PatientMonth, MonthResult], _Found]] = {
    Proof.CONSENT: _consent,
    Proof.VISIT: _visit,
    Proof.MINUTES: _minutes,
    Proof.MEASURE: _measure,
    Proof.REVIEW: _review,
    Proof.REGISTRY: _registry,
    Proof.PLAN: _plan,
    Proof.DIAGNOSIS: _diagnosis,
    Proof.APPROVAL: _approval,
}
