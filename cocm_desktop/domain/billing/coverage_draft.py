"""What was typed about a patient's coverage, and whom the patients name as their payer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.domain.billing.claim_checks import is_medicare_member
from cocm_desktop.domain.billing.payer import (
    ClaimFiling,
    Insured,
    PatientCoverage,
    Payer,
    Relation,
)
from cocm_desktop.domain.ids import CoverageId, PatientId, PayerId, new_id
from cocm_desktop.domain.patient import Coverage
from cocm_desktop.domain.text import fold, tidy
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST = 80
MOST_RANKS = 3
RANK_WORDS = {1: "First", 2: "Second", 3: "Third"}


@dataclass(frozen=True, slots=True)
class CoverageDraft:
    """What was typed about a patient's coverage; `rank` 1 pays first."""

    patient_id: PatientId
    payer_id: PayerId
    member_id: str
    group_number: str = ""
    first_on: date | None = None
    last_on: date | None = None
    rank: int = 1
    relation: Relation = Relation.SELF
    insured: Insured | None = None
    authorization: str = ""
    authorized_last_on: date | None = None
    id: CoverageId = field(default_factory=lambda: CoverageId(new_id()))

    def problems(
        self, *, payers: Mapping[PayerId, Payer], others: Collection[PatientCoverage], today: date
    ) -> Iterator[Problem]:
        """Name what is wrong; `others` is the coverage the patient has on file."""
        payer = payers.get(self.payer_id)
        if payer is None:
            yield Problem("payer_id", "Choose one of the payers that are set up.")
        else:
            yield from _member_problems(payer, self.member_id)
        if self.first_on and self.last_on and self.last_on < self.first_on:
            yield Problem("last_on", "The coverage ends before it begins.")
        if self.rank not in RANK_WORDS:
            yield Problem("rank", "A payer pays first, second or third.")
        yield from self._overlap_problems(payers, others)
        yield from self._insured_problems(today)
        if self.authorized_last_on and not self.authorization.strip():
            yield Problem("authorization", "Type the number of the prior authorization.")
        for name in ("member_id", "group_number", "authorization"):
            if len(getattr(self, name)) > LONGEST:
                yield Problem(name, f"This has at most {LONGEST} characters.")

    def _overlap_problems(
        self, payers: Mapping[PayerId, Payer], others: Collection[PatientCoverage]
    ) -> Iterator[Problem]:
        for other in others:
            is_beside = other.id != self.id and other.rank == self.rank
            if not is_beside or not other.meets(self.first_on, self.last_on):
                continue
            named = payers[other.payer_id].name if other.payer_id in payers else "another payer"
            place = RANK_WORDS.get(self.rank, "").lower()
            since = f" from {long_date(other.first_on)}" if other.first_on else ""
            words = f"{named} pays {place}{since} already. Let that end first, or change the order."
            yield Problem("rank", words)

    def _insured_problems(self, today: date) -> Iterator[Problem]:
        insured = self.insured
        if self.relation is Relation.SELF:
            if insured is not None:
                words = "The patient is the insured person: leave the other's name out."
                yield Problem("relation", words)
            return
        if insured is None or not tidy(insured.last_name):
            yield Problem("insured_last_name", "Type the family name of the insured person.")
        if insured is None or not tidy(insured.first_name):
            yield Problem("insured_first_name", "Type the given name of the insured person.")
        if insured and insured.born_on and insured.born_on > today:
            yield Problem("insured_born_on", "The date of birth lies in the future.")

    def accept(
        self, *, payers: Mapping[PayerId, Payer], others: Collection[PatientCoverage], today: date
    ) -> PatientCoverage:
        """Give the coverage, or raise Refused with every problem at once."""
        if problems := tuple(self.problems(payers=payers, others=others, today=today)):
            raise Refused(*problems)
        return PatientCoverage(
            id=self.id,
            patient_id=self.patient_id,
            payer_id=self.payer_id,
            member_id=tidy(self.member_id).upper(),
            group_number=tidy(self.group_number),
            first_on=self.first_on,
            last_on=self.last_on,
            rank=self.rank,
            relation=self.relation,
            insured=_tidied(self.insured) if self.insured else None,
            authorization=tidy(self.authorization),
            authorized_last_on=self.authorized_last_on,
        )


def _tidied(insured: Insured) -> Insured:
    return Insured(
        last_name=tidy(insured.last_name),
        first_name=tidy(insured.first_name),
        born_on=insured.born_on,
        sex=insured.sex,
        address=tidy(insured.address),
        city=tidy(insured.city),
        state=tidy(insured.state).upper(),
        postal_code=tidy(insured.postal_code),
    )


def _member_problems(payer: Payer, member_id: str) -> Iterator[Problem]:
    typed = tidy(member_id).replace("-", "").upper()
    if payer.filing is ClaimFiling.SELF_PAY:
        return
    if not typed:
        yield Problem("member_id", "Type the member id from the card.")
    elif payer.filing is ClaimFiling.MEDICARE_B and not is_medicare_member(typed):
        words = "A Medicare id has eleven signs, such as 1EG4-TE5-MK73. Compare it with the card."
        yield Problem("member_id", words)


def fits(payer: Payer, member_id: str) -> bool:
    """Whether a member id may stand on a claim to this payer."""
    return not tuple(_member_problems(payer, member_id))


@dataclass(frozen=True, slots=True)
class NamedPayer:
    """What patients without coverage name as their payer, and the payer of that name, if any."""

    words: str
    patients: Sequence[tuple[PatientId, Coverage]]
    payer: Payer | None = None

    @property
    def without_member_id(self) -> int:
        return sum(not named.member_id for _id, named in self.patients)


def named_payers(
    patients: Collection[tuple[PatientId, Coverage]], payers: Collection[Payer]
) -> tuple[NamedPayer, ...]:
    """Gather what patients name, however it is written; the one named most often first."""
    by_name = {fold(payer.name): payer for payer in payers if payer.active}
    gathered: dict[str, list[tuple[PatientId, Coverage]]] = {}
    for patient_id, named in patients:
        if key := fold(named.payer):
            gathered.setdefault(key, []).append((patient_id, named))
    found = (
        NamedPayer(members[0][1].payer, tuple(members), by_name.get(key))
        for key, members in gathered.items()
    )
    return tuple(sorted(found, key=lambda each: (-len(each.patients), fold(each.words))))
