"""What must be on record before anything of a month is billed: step 4 of the decision table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.countable_time import consents_of, holds_on
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.rule_set import Program, RuleSet
from cocm_desktop.domain.billing.rules import MonthKind, episode_months
from cocm_desktop.domain.wording import count_of, long_date

# Source: CMS MLN909432: physician, NP, PA, CNS, CNM; a psychologist or social worker bills G0323.
CREDENTIALS = frozenset({"MD", "DO", "NP", "PA", "CNS", "CNM"})
CLINICIANS = frozenset(
    {"CP", "CSW", "PHD", "PSYD", "LCSW", "LICSW", "LMFT", "MFT", "LMHC", "MHC", "LPC"}
)
MOST_DIAGNOSES = 12

IsBillable = Callable[[str, date], bool]


def proof_checks(
    facts: PatientMonth, rules: RuleSet, kind: MonthKind, *, is_billable: IsBillable
) -> Iterator[Check]:
    """Name everything that is missing; each of these stops the whole month."""
    yield from _consent(facts)
    if facts.line is Line.COCM:
        yield from _care(facts, kind)
    yield from _diagnoses(facts, is_billable)
    yield from _biller(facts, rules)
    yield from _payer(facts, rules)
    if facts.approved_on is None:
        yield Check(CheckId.B20, "The practitioner has not approved the month.")


def is_behavioral(code: str) -> bool:
    """Whether a diagnosis is one that behavioral care is given for."""
    return code.startswith(("F", "O99.34", "R45")) and len(code) >= 3  # noqa: PLR2004 - F32


def _consent(facts: PatientMonth) -> Iterator[Check]:
    days = [each.worked_on for each in facts.time if facts.month.contains(each.worked_on)]
    days = days or [facts.month.last_day]
    valid = [each for each in consents_of(facts) if any(holds_on(each, day) for day in days)]
    if not valid:
        yield Check(CheckId.B01, "No consent for this practitioner held on a day with time.")
        return
    if any(each.is_whole for each in valid):
        return
    yield Check(
        CheckId.B01,
        "The consent does not say all three: specialists may be consulted, cost sharing applies, "
        "it can be stopped.",
    )


def _care(facts: PatientMonth, kind: MonthKind) -> Iterator[Check]:
    proofs, month = facts.proofs, facts.month
    reviewed = any(map(month.contains, proofs.reviews))
    if kind is MonthKind.INITIAL:
        if not reviewed:
            yield Check(CheckId.B04, "The consultant has not reviewed the patient this month.")
        if not any(month.contains(each.taken_on) for each in proofs.measures):
            yield Check(CheckId.B05, "No measure was scored in the initial month.")
        if proofs.plan_on is None or proofs.plan_on > month.last_day:
            yield Check(CheckId.B07, "There is no care plan of the initial month.")
    # Billing rules 5, B04: in a later month a review of the patient is a consultation too.
    elif not reviewed and not any(map(month.contains, proofs.meetings)):
        yield Check(CheckId.B04, "No caseload consultation took place this month.")
    if not proofs.is_in_registry:
        yield Check(CheckId.B06, "The patient was not in the registry this month.")


def _diagnoses(facts: PatientMonth, is_billable: IsBillable) -> Iterator[Check]:
    codes = [each.code for each in facts.diagnoses]
    day = min(facts.month.last_day, facts.patient.died_on or facts.month.last_day)
    refused = [code for code in codes if not is_billable(code, day)]
    if not any(is_behavioral(code) for code in codes if code not in refused):
        words = "There is no behavioral diagnosis"
        named = f" that can be billed ({', '.join(refused)} cannot)" if refused else ""
        yield Check(CheckId.B08, f"{words}{named}.")
    elif refused:
        yield Check(CheckId.B08, f"{', '.join(refused)} cannot be billed on {long_date(day)}.")


def _biller(facts: PatientMonth, rules: RuleSet) -> Iterator[Check]:
    credential = facts.practitioner.credential.upper().replace(".", "")
    # Billing rules 1.1 and 5, B14: whether a physician may bill G0323 is not said; B14 names none.
    allowed = CREDENTIALS | CLINICIANS if facts.line is Line.BHI_CLINICIAN else CREDENTIALS
    if credential not in allowed:
        yield Check(CheckId.B14, f"{credential or 'Nobody'} cannot bill this service.")
    elif rules.refuses_psychiatry and facts.practitioner.practices_psychiatry:
        yield Check(CheckId.B14, f"{rules.title} takes no claims from a psychiatrist.")


def _payer(facts: PatientMonth, rules: RuleSet) -> Iterator[Check]:
    limit, month = rules.authorized_after_months, facts.month
    if limit is not None:
        # Billing rules 1.3 and 1.8 count months of treatment: those with time, of this episode.
        earlier = episode_months(facts.episode.service_months, month)
        # Whether it must reach the day of service is not said either: the month's first day does.
        authorized_to = facts.payer.authorized_to
        if len(earlier) >= limit and (authorized_to is None or authorized_to < month.first_day):
            words = f"After {count_of(limit, 'month')} {rules.title} asks for authorization."
            yield Check(CheckId.B19, words)
    if rules.needs_registration and not facts.payer.is_registered:
        yield Check(CheckId.B21, f"{rules.title} asks for an approval that is not recorded.")


def is_medicare(rules: RuleSet) -> bool:
    return rules.program in {Program.MEDICARE, Program.MEDICARE_ADVANTAGE}
