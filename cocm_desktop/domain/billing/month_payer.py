"""Who pays for a patient's month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.billing.evaluation_facts import PayerFacts, Span
from cocm_desktop.domain.billing.payer import ClaimFiling, PatientCoverage, Payer
from cocm_desktop.domain.ids import PayerId
from cocm_desktop.domain.patient import Coverage
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.text import fold

# Billing rules 9.8: an unknown payer never blocks documentation. It is taken for one of which
# nothing is confirmed: a draft, unpriced, with W16.
UNKNOWN_PAYER = "COMMERCIAL-DEFAULT"
SELF_PAY = "SELFPAY"
_SELF_PAY_WORDS = frozenset({"self pay", "self-pay", "selfpay", "uninsured", "cash"})
_EVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class MonthPayer:
    """The payer of a month as it is on file. `payer` is None where it is not set up."""

    facts: PayerFacts
    member_id: str
    payer: Payer | None = None
    coverage: PatientCoverage | None = None
    has_changed: bool = False

    @property
    def filing(self) -> ClaimFiling | None:
        return self.payer.filing if self.payer else None


def payer_of_month(
    month: ServiceMonth,
    coverages: Sequence[PatientCoverage],
    payers: Mapping[PayerId, Payer],
    *,
    intake: Coverage,
) -> MonthPayer:
    """Give the first payer of the month; of several, the one that covers its last days.

    Without any coverage on file the word that was taken down at intake says what it can.
    """
    held = [each for each in coverages if _reaches(each, month) and each.payer_id in payers]
    first_rank = min((each.rank for each in held), default=1)
    first = [each for each in held if each.rank == first_rank]
    if not first:
        return _by_word(intake)
    chosen = max(first, key=lambda each: (each.last_on or date.max, each.first_on or _EVER))
    payer = payers[chosen.payer_id]
    own = [each for each in coverages if each.payer_id == payer.id and each.rank == first_rank]
    facts = PayerFacts(
        rule_set=payer.rule_set,
        is_confirmed=payer.confirmed_on is not None,
        coverage=_spans(own),
        authorized_to=chosen.authorized_last_on,
        is_registered=payer.registered_on is not None,
        days_to_file=payer.days_to_file,
    )
    has_changed = any(each.payer_id != payer.id for each in first)
    return MonthPayer(facts, chosen.member_id, payer, chosen, has_changed)


def _by_word(intake: Coverage) -> MonthPayer:
    is_self_pay = fold(intake.payer) in _SELF_PAY_WORDS
    return MonthPayer(PayerFacts(SELF_PAY if is_self_pay else UNKNOWN_PAYER), intake.member_id)


def _reaches(coverage: PatientCoverage, month: ServiceMonth) -> bool:
    begins = coverage.first_on is None or coverage.first_on <= month.last_day
    return begins and (coverage.last_on is None or coverage.last_on >= month.first_day)


def _spans(coverages: Sequence[PatientCoverage]) -> tuple[Span, ...]:
    """Give the spans of days; none where one of them has neither beginning nor end: always."""
    if any(each.first_on is None and each.last_on is None for each in coverages):
        return ()
    return tuple(Span(each.first_on or _EVER, each.last_on) for each in coverages)
