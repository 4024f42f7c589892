"""What may not be billed together, in a month or on a day: step 7 of the decision table.

Source: CMS National Correct Coding Initiative, practitioner edits and add-on codes, quarter of
2024-07-01; G2214 beside the base codes by CMS's own rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import BillState
from cocm_desktop.domain.billing.code_lines import APCM_MIRRORS, BHI
from cocm_desktop.domain.billing.codes import ADD_ON, INITIAL, SHORT_MONTH, SUBSEQUENT
from cocm_desktop.domain.billing.evaluation_facts import BilledFacts, OtherCode, PatientMonth
from cocm_desktop.domain.billing.rule_set import RuleSet
from cocm_desktop.domain.wording import long_date

BASES = frozenset({INITIAL, SUBSEQUENT})
ADD_ONS_OF_APCM = frozenset(APCM_MIRRORS.values())
COLLABORATIVE = frozenset({INITIAL, SUBSEQUENT, ADD_ON, SHORT_MONTH, "G0568", "G0569", "G0512"})
SCALE = "96127"
TRANSITIONAL = frozenset({"99495", "99496"})
ACCESS = "G0678"
_RANGES = (
    ("98966", "98968"), ("99366", "99368"), ("99374", "99380"), ("98960", "98962"),
    ("99421", "99423"), ("98970", "98972"), ("99441", "99443"), ("99605", "99607"),
    ("90951", "90970"), ("99173", "99177"),
)  # fmt: skip
SAME_DAY = frozenset(
    {"99358", "99359", "99071", "99078", "99080", "99091", "99474", "99418", "96523", "99183"}
    | {"G0181", "G0182"}
    | {str(code) for low, high in _RANGES for code in range(int(low), int(high) + 1)}
)
NOTHING: frozenset[str] = frozenset()
# A code is stopped by the presence of these in the same month.
_GIVES_WAY_TO: dict[str, frozenset[str]] = {
    INITIAL: frozenset({SUBSEQUENT}) | ADD_ONS_OF_APCM,
    SUBSEQUENT: frozenset({INITIAL}) | ADD_ONS_OF_APCM,
    ADD_ON: ADD_ONS_OF_APCM,
    SHORT_MONTH: BASES,
    # Billing rules 1.1 and 1.6: the table names 9949x; G2214 and G0512 are the same service.
    BHI: COLLABORATIVE | ADD_ONS_OF_APCM,
    **dict.fromkeys(ADD_ONS_OF_APCM, frozenset({INITIAL, SUBSEQUENT, ADD_ON, BHI})),
}
# Of these, it is the other code that is stopped, although it came first.
_STOPPED_ALTHOUGH_FIRST = frozenset({SHORT_MONTH, BHI})
STANDING = frozenset({BillState.ISSUED, BillState.SENT, BillState.PAID})


def conflict_checks(facts: PatientMonth, rules: RuleSet, codes: Iterable[str]) -> Iterator[Check]:
    """Compare the month's codes with what is billed already, and with one another's rules."""
    own = tuple(codes)
    beside = {
        each.code
        for each in facts.other_codes
        if facts.month.contains(each.served_on) and _is_own(facts, each)
    }
    beside |= {each.code for each in standing(facts) if each.month == facts.month}
    for code in own:
        yield from _month_pairs(code, beside - {code})
        yield from _repeated(facts, rules, code)
    if own and ADD_ON in beside and not beside.union(own) & BASES:
        words = f"{ADD_ON} stands alone; it needs {INITIAL} or {SUBSEQUENT}."
        yield Check(CheckId.B12, words, ADD_ON)


def _is_own(facts: PatientMonth, other: OtherCode) -> bool:
    """Whether it is the same practitioner's; where nobody is named it is taken to be."""
    return other.practitioner_npi in {"", facts.practitioner.npi}


def standing(facts: PatientMonth) -> tuple[BilledFacts, ...]:
    """Give what was billed and neither denied nor withdrawn."""
    return tuple(each for each in facts.episode.billed if each.state in STANDING)


def day_checks(facts: PatientMonth, codes: Iterable[str], served_on: date) -> Iterator[Check]:
    """Name services of the same day that a payer will not pay beside these; no modifier helps."""
    own = set(codes)
    for each in facts.other_codes if own & (COLLABORATIVE | {BHI}) else ():
        same_day = each.served_on == served_on
        if each.code == SCALE and same_day:
            words = f"{SCALE} on {long_date(served_on)} is part of the service; expect a denial."
            yield Check(CheckId.W07, words)
        elif not own & COLLABORATIVE:
            continue
        elif each.code == SCALE and facts.month.contains(each.served_on):
            words = (
                f"{SCALE} on {long_date(each.served_on)}: a measure given as part of the service "
            )
            yield Check(CheckId.W30, f"{words}is not billed again.")
        elif same_day and each.code in TRANSITIONAL:
            yield Check(CheckId.W08, f"{each.code} on the same day; expect a denial.")
        elif same_day and each.code in SAME_DAY:
            yield Check(CheckId.W31, f"{each.code} on the same day; expect a denial of one.")


def _month_pairs(code: str, beside: set[str]) -> Iterator[Check]:
    if found := beside & _GIVES_WAY_TO.get(code, NOTHING):
        yield _conflict(code, found)
    for other in sorted(beside & _STOPPED_ALTHOUGH_FIRST):
        if code in _GIVES_WAY_TO[other]:
            yield _conflict(other, {code})


def _conflict(code: str, with_codes: Iterable[str]) -> Check:
    words = f"{code} cannot be billed in one month with {', '.join(sorted(with_codes))}."
    return Check(CheckId.B11, words, code)


def _repeated(facts: PatientMonth, rules: RuleSet, code: str) -> Iterator[Check]:
    billed = [each for each in standing(facts) if each.code == code]
    if any(each.month == facts.month for each in billed):
        yield Check(CheckId.B13, f"{code} is billed for {facts.month} already.", code)
    elif (
        code == INITIAL
        and rules.is_initial_once_a_year
        and any(each.month.year == facts.month.year for each in billed)
    ):
        yield Check(CheckId.B24, f"{rules.title} pays {code} once a calendar year.", code)


def other_practitioners(facts: PatientMonth) -> Iterator[Check]:
    """Name another practitioner who bills the patient's collaborative care in this month."""
    for each in facts.other_codes:
        is_other = each.practitioner_npi and each.practitioner_npi != facts.practitioner.npi
        if is_other and facts.month.contains(each.served_on) and each.code in COLLABORATIVE | {BHI}:
            yield Check(CheckId.W41, f"Another practitioner bills {each.code} in this month.")


def has_access_service(facts: PatientMonth) -> bool:
    return facts.patient.is_access or any(each.code == ACCESS for each in facts.other_codes)
