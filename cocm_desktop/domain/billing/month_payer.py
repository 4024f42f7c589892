"""Who pays for a patient's month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    """The payer of a month as it is on file. `payer` is None where it is not set up.

    `others` are those that pay first on other days of the month.
    """

    facts: PayerFacts
    member_id: str
    payer: Payer | None = None
    coverage: PatientCoverage | None = None
    others: tuple[MonthPayer, ...] = ()

    @property
    def has_changed(self) -> bool:
        return bool(self.others)

    @property
    def filing(self) -> ClaimFiling | None:
        return self.payer.filing if self.payer else None


def payer_of_month(
    month: ServiceMonth,
    coverages: Sequence[PatientCoverage],
    payers: Mapping[PayerId, Payer],
    *,
    intake: Coverage,
    chosen: PayerId | None = None,
) -> MonthPayer:
    """Give the first payer of the month; of several, the chosen one, or that of its last days.

    Without any coverage on file the word that was taken down at intake says what it can.
    """
    held = [each for each in coverages if _reaches(each, month) and each.payer_id in payers]
    first_rank = min((each.rank for each in held), default=1)
    first = [each for each in held if each.rank == first_rank]
    if not first:
        return _by_word(intake)
    in_order = sorted(
        first,
        key=lambda each: (
            each.payer_id == chosen,
            each.last_on or date.max,
            each.first_on or _EVER,
        ),
        reverse=True,
    )
    last = {each.payer_id: each for each in reversed(in_order)}
    ranked = [each for each in coverages if each.rank == first_rank]
    taken, *others = (
        _paying(last[payer_id], payers[payer_id], ranked)
        for payer_id in dict.fromkeys(each.payer_id for each in in_order)
    )
    return replace(taken, others=tuple(others))


def _paying(last: PatientCoverage, payer: Payer, ranked: Sequence[PatientCoverage]) -> MonthPayer:
    """Give a payer by the last of its coverages in the month, with all days that it covers."""
    own = [each for each in ranked if each.payer_id == payer.id]
    facts = PayerFacts(
        rule_set=payer.rule_set,
        is_confirmed=payer.confirmed_on is not None,
        coverage=_spans(own),
        authorized_to=last.authorized_last_on,
        is_registered=payer.registered_on is not None,
        days_to_file=payer.days_to_file,
    )
    return MonthPayer(facts, last.member_id, payer, last)


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
