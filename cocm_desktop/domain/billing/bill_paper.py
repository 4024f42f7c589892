"""A superbill with what its papers say beside it: its state, whose time, what was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import Document
from cocm_desktop.domain.billing.claim_checks import claim_checks
from cocm_desktop.domain.billing.countable_time import Dropped
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.rule_set import RuleSets
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import NOTHING, dollars, minutes_of

MEDICARE_FILES = (
    "Medicare wants the practice to file the claim: there is no patient superbill for a service "
    "that Medicare covers. Print the monthly billing sheet instead."
)
# Said with the minutes already, or about an open month only.
_SAID_ELSEWHERE = frozenset(
    {
        CheckId.W03,
        CheckId.W04,
        CheckId.W05,
        CheckId.W06,
        CheckId.W09,
        CheckId.W24,
        CheckId.W29,
        CheckId.W33,
    }
)


@dataclass(frozen=True, slots=True)
class BillPaper:
    """A superbill and where it stands. `paid_cents` is what has been paid so far.

    `supervisor` is whom an NP, PA or CNS names who bills incident to a physician.
    """

    bill: Superbill
    state: MonthState
    paid_cents: int = 0
    supervisor: StaffMember | None = None

    @property
    def balance_cents(self) -> int | None:
        """What is still owed; None as long as a charge is missing."""
        total = self.bill.total_cents
        return None if total is None else total - self.paid_cents

    @property
    def has_lines(self) -> bool:
        return bool(self.bill.lines)


@dataclass(frozen=True, slots=True)
class PersonTime:
    """How much of one person's time counts, of all that was recorded."""

    staff_title: str
    role: Role
    counted_seconds: int
    seconds: int


def time_by_person(bill: Superbill) -> tuple[PersonTime, ...]:
    """Add the month's time up by person and role, the one with most of it first."""
    found: dict[tuple[str, Role], list[int]] = defaultdict(lambda: [0, 0])
    for each in bill.time_log:
        sums = found[each.staff_title, each.role]
        sums[0] += each.counted_seconds
        sums[1] += each.seconds
    made = [PersonTime(name, role, *sums) for (name, role), sums in found.items()]
    return tuple(sorted(made, key=lambda each: (-each.counted_seconds, each.staff_title)))


def left_out(bill: Superbill) -> Mapping[Dropped, int]:
    """Give the seconds that do not count, by reason, in the order in which they are dropped."""
    found = dict.fromkeys(Dropped, 0)
    for each in bill.result.time.dropped if bill.result else ():
        found[each.reason] += each.seconds
    return {reason: seconds for reason, seconds in found.items() if seconds}


def recorded_seconds(bill: Superbill) -> int:
    return sum(each.seconds for each in bill.time_log)


def checks_to_print(bill: Superbill) -> tuple[Check, ...]:
    """Give blocks, then warnings; not what is said with the minutes."""
    found = bill.result.checks if bill.result else ()
    told = [each for each in found if each.id.is_block or each.id not in _SAID_ELSEWHERE]
    return tuple(sorted(told, key=lambda each: (not each.id.is_block, each.id.name, each.code)))


def next_mark_words(bill: Superbill) -> str:
    """Say where the next code begins: of a draft in an open month only, else nothing."""
    following = bill.result.next_code if bill.result else None
    if bill.is_issued or following is None:
        return ""
    return f"The month is open; {following.code} begins at minute {following.at_minute}."


def short_time(seconds: int) -> str:
    """Write 12 min, or 40 s where no whole minute is in it."""
    minutes = minutes_of(seconds)
    return f"{minutes:,} min" if minutes or not seconds else f"{seconds} s"


def rate_words(bill: Superbill) -> str:
    """Say which rate the allowed amounts rest on: release, place, and what they leave out."""
    if bill.result is None or not bill.lines:
        return ""
    if bill.result.allowed_cents is None:
        return "Allowed: no rate is loaded for this payer and day of service, so it is unpriced."
    versions, split = bill.result.versions, bill.result.split
    own = f"the payer’s own schedule, {versions.rule_set}"
    rates = versions.rates_source or versions.rates or own
    words = f"Allowed by {rates}; before deductible and coinsurance."
    if split is None:
        return words
    return (
        f"{words} With the deductible met, about {dollars(split.paid)} from the payer and "
        f"{dollars(split.patient)} from the patient; {dollars(split.sequestered)} is sequestered."
    )


def place_of_service(bill: Superbill) -> str:
    facts = bill.facts
    return facts.setting.place_of_service if facts else bill.settings.place_of_service


def version_words(bill: Superbill) -> tuple[str, ...]:
    """Name everything the result was worked out with."""
    if bill.result is None:
        return ("Issued before the versions of rules and rates were kept with the document.",)
    versions = bill.result.versions
    rates = versions.rates or NOTHING
    return (
        f"Rule set {versions.rule_set}: {versions.rule_set_source}. Rates: {rates}.",
        f"Codes: {versions.codes}. Diagnoses: {versions.diagnoses}.",
    )


def to_print(bills: Iterable[Superbill]) -> tuple[Superbill, ...]:
    """Give the bills that have something on them: lines, or codes that were reached."""
    return tuple(bill for bill in bills if bill.lines or (bill.result and bill.result.suggested))


def not_for_patient(bill: Superbill, sets: RuleSets) -> str:
    """Say why the patient may not take a superbill along; empty where nothing speaks against it.

    Raises Refused where the rule set of the month is gone.
    Source: Social Security Act 1848(g)(4): the practice files claims for what Medicare covers.
    """
    if bill.payer is not None and bill.payer.filing is ClaimFiling.MEDICARE_B:
        return MEDICARE_FILES
    if bill.facts is None:
        named = fold(bill.patient.coverage.payer).split()
        return MEDICARE_FILES if "medicare" in named and "advantage" not in named else ""
    setting, rule_set = bill.facts.setting, bill.facts.payer.rule_set
    rules = sets.holding(rule_set, bill.month.last_day, is_clinic=setting.is_clinic)
    taken_along = replace(bill.facts, document=Document.PATIENT_SUPERBILL)
    found = claim_checks(taken_along, rules)
    return MEDICARE_FILES if any(each.id is CheckId.B23 for each in found) else ""
