"""Two records of one patient become one: whose fields are kept, what moves, what stands against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from cocm_desktop.domain.billing.coverage_draft import RANK_WORDS
from cocm_desktop.domain.billing.outside_care import Death
from cocm_desktop.domain.billing.payer import PatientCoverage
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.ids import PatientId, PatientMergeId, new_id
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.text import fold, tidy
from cocm_desktop.domain.wording import NOT_RECORDED, count_of, long_date
from cocm_desktop.errors import Problem

# Source: clinical UX rules, identity confirmation: an undo of 30 days that keeps both originals.
UNDO_DAYS = 30
FIELDS: dict[str, str] = {
    "mrn": "MRN",
    "last_name": "Family name",
    "first_name": "Given name",
    "middle_name": "Middle name",
    "preferred_name": "Goes by",
    "born_on": "Born",
    "sex": "Sex",
    "phone": "Phone",
    "email": "Email",
    "address": "Address",
    "language": "Language",
    "coverage": "Coverage",
    "treating_practitioner": "Treating practitioner",
}
"""What may be taken from the other record, and its words. Address and coverage go whole."""

_ADDRESS = ("address", "city", "state", "postal_code")
_REACH = frozenset({"phone", "email", "language"})


def field_words(patient: Patient, name: str) -> str:
    """Write a field as it is compared; empty where it is not recorded."""
    if name == "born_on":
        return patient.born
    if name == "sex":
        return "" if patient.sex.value == NOT_RECORDED else patient.sex.value
    if name == "address":
        return ", ".join(patient.reach.address_lines)
    if name == "coverage":
        coverage = patient.coverage
        parts = (coverage.payer, coverage.member_id, coverage.group_number)
        return ", ".join(part for part in parts if part)
    return str(getattr(patient.reach if name in _REACH else patient, name))


def differing(survivor: Patient, other: Patient) -> tuple[str, ...]:
    """Name the fields in which two records differ."""
    return tuple(name for name in FIELDS if field_words(survivor, name) != field_words(other, name))


def offered(survivor: Patient, other: Patient) -> frozenset[str]:
    """Name the fields that only the other record has: they are taken unless somebody says not."""
    return frozenset(
        name for name in FIELDS if field_words(other, name) and not field_words(survivor, name)
    )


def merged(survivor: Patient, other: Patient, take: frozenset[str]) -> Patient:
    """Give the surviving patient with the fields that were taken from the other record."""
    own = {name: getattr(other, name) for name in take - _REACH - {"address", "coverage"}}
    reach = {name: getattr(other.reach, name) for name in take & _REACH}
    if "address" in take:
        reach |= {name: getattr(other.reach, name) for name in _ADDRESS}
    if "coverage" in take:
        own["coverage"] = other.coverage
    return replace(survivor, reach=replace(survivor.reach, **reach), **own)


def confirmation_of(patient: Patient) -> str:
    """Give what has to be typed to confirm: the MRN, or the family name where there is none."""
    return patient.mrn or patient.last_name


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, with what decides whether it may be merged.

    `issued` and `worked` are the months with an issued superbill, and with time; `is_timed`:
    somebody's timer is for this patient. `coverages` stand with the names of their payers.
    """

    patient: Patient
    episodes: tuple[Episode, ...] = ()
    allergies: str = ""
    issued: frozenset[ServiceMonth] = frozenset()
    worked: frozenset[ServiceMonth] = frozenset()
    is_timed: bool = False
    coverages: tuple[tuple[PatientCoverage, str], ...] = ()
    death: Death | None = None

    @property
    def has_unclosed_episode(self) -> bool:
        return any(episode.closed_on is None for episode in self.episodes)

    @property
    def died_on(self) -> date | None:
        if self.death is not None:
            return self.death.died_on
        return next((each.died_on for each in self.episodes if each.died_on), None)


@dataclass(frozen=True, slots=True)
class Moving:
    """How many records of a kind go over to the surviving patient."""

    singular: str
    plural: str
    count: int

    @property
    def words(self) -> str:
        return count_of(self.count, self.singular, self.plural)


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do. `problems` stand against it; `notes` are to be known."""

    survivor: Side
    other: Side
    moving: tuple[Moving, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        return differing(self.survivor.patient, self.other.patient)

    @property
    def offered(self) -> frozenset[str]:
        return offered(self.survivor.patient, self.other.patient)

    @property
    def differs_in_birth(self) -> bool:
        return self.survivor.patient.born_on != self.other.patient.born_on

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(_problems(self.survivor, self.other))

    @property
    def notes(self) -> tuple[str, ...]:
        found = []
        if issued := len(self.other.issued):
            bills = count_of(issued, "issued superbill")
            found.append(f"{bills} keep the name and MRN under which they were issued.")
        if self.survivor.episodes and self.other.episodes:
            both = len(self.survivor.episodes) + len(self.other.episodes)
            found.append(f"The patient will have {count_of(both, 'episode')}, each as it was.")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """What was chosen and typed to merge. `take` names the fields taken from the other record."""

    survivor_id: PatientId
    other_id: PatientId
    take: frozenset[str] = frozenset()
    typed: str = ""
    is_birth_confirmed: bool = False
    id: PatientMergeId = field(default_factory=lambda: PatientMergeId(new_id()))

    def problems(self, preview: MergePreview) -> Iterator[Problem]:
        yield from preview.problems
        if strange := sorted(self.take - FIELDS.keys()):
            yield Problem("take", f"There is no field {strange[0]}.")
            return
        if preview.differs_in_birth and not self.is_birth_confirmed:
            words = "The dates of birth differ. Say that both records are of one patient."
            yield Problem("is_birth_confirmed", words)
        survivor = merged(preview.survivor.patient, preview.other.patient, self.take)
        expected = confirmation_of(survivor)
        if tidy(self.typed).casefold() != expected.casefold():
            what = "MRN" if survivor.mrn else "family name"
            words = f"Type the {what} of the surviving record, {expected}, to confirm."
            yield Problem("typed", words)


@dataclass(frozen=True, slots=True)
class PatientMerge:
    """A merge that was done. `survivor` and `other` are who they were before it."""

    id: PatientMergeId
    survivor_id: PatientId
    other_id: PatientId
    survivor: str
    other: str
    other_mrn: str
    merged_at: datetime
    merged_by: str
    moved: int
    undone_at: datetime | None = None

    @property
    def undo_until(self) -> date:
        return self.merged_at.date() + timedelta(days=UNDO_DAYS)

    def undo_problem(self, today: date) -> Problem | None:
        if self.undone_at is not None:
            return Problem("merge_id", "This merge is undone already.")
        if today > self.undo_until:
            words = f"A merge can be undone for {UNDO_DAYS} days, here until"
            step = "Add the other patient anew, and record there what is theirs."
            return Problem("merge_id", f"{words} {long_date(self.undo_until)}. {step}")
        return None

    @property
    def pointer(self) -> str:
        """Say where a record went, for somebody who looks for it by its old MRN."""
        known = f"MRN {self.other_mrn}" if self.other_mrn else "This record"
        day = long_date(self.merged_at.date())
        return f"{known} was merged into {self.survivor} on {day}. Look there."


def _problems(survivor: Side, other: Side) -> Iterator[Problem]:
    if survivor.patient.id == other.patient.id:
        yield Problem("other", "This is the same record. Choose the other one.")
        return
    if survivor.is_timed or other.is_timed:
        words = "A timer is open for one of them. Save or discard its time first, then merge."
        yield Problem("timer", words)
    if survivor.has_unclosed_episode and other.has_unclosed_episode:
        words = (
            "Both records have an episode that is not closed, and a patient has one at a time. "
            "Close one of them as “Enrolled in error” or “Other”, then merge."
        )
        yield Problem("episodes", words)
    clash = (survivor.issued & (other.issued | other.worked)) | (other.issued & survivor.worked)
    if clash:
        months = ", ".join(str(month) for month in sorted(clash))
        words = (
            f"Both records have time or a superbill in {months}, and one of them is issued: "
            "together the minutes may reach other codes. Void the superbill of that month, "
            "merge, and issue the month again."
        )
        yield Problem("superbills", words)
    yield from _coverage_problems(survivor, other)
    if survivor.died_on and other.died_on and survivor.died_on != other.died_on:
        days = f"{long_date(survivor.died_on)} and {long_date(other.died_on)}"
        words = f"The days of death differ: {days}. Correct the one that is wrong, then merge."
        yield Problem("death", words)
    if survivor.allergies and fold(other.allergies) not in fold(survivor.allergies):
        words = (
            f"The allergies differ: “{survivor.allergies}” and “{other.allergies}”. "
            "Write both into the surviving record first, then merge."
        )
        yield Problem("allergies", words)


def _coverage_problems(survivor: Side, other: Side) -> Iterator[Problem]:
    """Name two payers in the same place on the same days: no claim could say who pays.

    The same policy written down twice says it twice, as records of one person do.
    """
    for own, payer in survivor.coverages:
        for theirs, also in other.coverages:
            is_same = (own.payer_id, own.member_id) == (theirs.payer_id, theirs.member_id)
            is_beside = own.rank == theirs.rank and own.meets(theirs.first_on, theirs.last_on)
            if is_beside and not is_same:
                words = (
                    f"{payer} here and {also} there pay {RANK_WORDS[own.rank].lower()} on the "
                    "same days. Void one of the two coverages or let it end before the other "
                    "begins, then merge."
                )
                yield Problem("coverage", words)
