"""Diagnoses of an episode: what is treated, what was ruled out, which one is primary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from cocm_desktop.domain.diagnosis_code import CodeSet, diagnosis_code
from cocm_desktop.domain.ids import DiagnosisId, EpisodeId, new_id
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_TITLE = 200
LONGEST_ONSET = 80


class DiagnosisStatus(Enum):
    WORKING = "Working"
    CONFIRMED = "Confirmed"
    RULED_OUT = "Ruled out"
    RESOLVED = "Resolved"

    @property
    def is_current(self) -> bool:
        """Whether it is what the patient is treated for; a superbill names only these."""
        return self in {DiagnosisStatus.WORKING, DiagnosisStatus.CONFIRMED}


class DiagnosisSource(Enum):
    TYPED = "Typed here"
    IMPORTED = "Imported"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a paper says of a diagnosis: its code and title, and since when it is noted."""

    id: DiagnosisId
    episode_id: EpisodeId
    code: str
    title: str
    noted_on: date


@dataclass(frozen=True, slots=True)
class ListedDiagnosis:
    """A diagnosis as the chart lists it. `onset` says when it began, as remembered.

    `status_on` is the day from which the status holds: that of noting it, or a later one.
    """

    diagnosis: Diagnosis
    status: DiagnosisStatus = DiagnosisStatus.WORKING
    status_on: date | None = None
    onset: str = ""
    source: DiagnosisSource = DiagnosisSource.TYPED
    is_primary: bool = False

    @property
    def id(self) -> DiagnosisId:
        return self.diagnosis.id

    @property
    def words(self) -> str:
        return f"{self.diagnosis.code} {self.diagnosis.title}".strip()

    @property
    def status_words(self) -> str:
        changed = self.status_on is not None and self.status_on != self.diagnosis.noted_on
        since = f", {long_date(self.status_on)}" if changed and self.status_on else ""
        return f"{self.status.value}{since}"

    def was_current(self, since: date) -> bool:
        """Tell whether it was treated on a day or after it. One ruled out never was."""
        if self.status is DiagnosisStatus.RESOLVED:
            return self.status_on is None or self.status_on > since
        return self.status.is_current


def with_primary(
    listed: Iterable[ListedDiagnosis], chosen: str | None
) -> tuple[ListedDiagnosis, ...]:
    """Mark the primary diagnosis and put it first, then what is current, then the rest.

    Primary is the one that was chosen while it is current, else the current one recorded first.
    """
    ordered = sorted(listed, key=lambda each: each.id)
    current = [each for each in ordered if each.status.is_current]
    first = next((each for each in current if each.id == chosen), current[0] if current else None)
    marked = (replace(each, is_primary=each is first) for each in ordered)
    return tuple(sorted(marked, key=lambda each: (not each.is_primary, not each.status.is_current)))


def on_paper(listed: Iterable[ListedDiagnosis], *, since: date) -> tuple[Diagnosis, ...]:
    """Give the diagnoses that a paper about the time since a day names, the primary one first."""
    return tuple(each.diagnosis for each in listed if each.was_current(since))


@dataclass(frozen=True, slots=True)
class DiagnosisDraft:
    """What was typed to note a diagnosis. A code of the set needs no title of its own."""

    episode_id: EpisodeId
    code: str
    noted_on: date | None
    title: str = ""
    status: DiagnosisStatus = DiagnosisStatus.WORKING
    onset: str = ""
    source: DiagnosisSource = DiagnosisSource.TYPED
    is_primary: bool = False
    id: DiagnosisId = field(default_factory=lambda: DiagnosisId(new_id()))

    def problems(self, listed: Iterable[ListedDiagnosis], *, today: date) -> Iterator[Problem]:
        yield from self._code_problems(listed)
        for name, text, longest in (
            ("title", self.title, LONGEST_TITLE),
            ("onset", self.onset, LONGEST_ONSET),
        ):
            if len(text) > longest:
                yield Problem(name, f"{name.capitalize()}: at most {longest} characters.")
        if self.noted_on is None:
            yield Problem("noted_on", "Type the day on which the diagnosis was noted.")
        elif self.noted_on > today:
            yield Problem("noted_on", "A diagnosis cannot be noted in the future.")
        if self.is_primary and not self.status.is_current:
            yield Problem("is_primary", "Only a working or confirmed diagnosis can be primary.")

    def _code_problems(self, listed: Iterable[ListedDiagnosis]) -> Iterator[Problem]:
        code = diagnosis_code(self.code)
        if not self.code.strip():
            yield Problem("code", "Type a code or search for it by its words.")
        elif not code:
            words = f"{self.code.strip()} is not shaped like an ICD-10-CM code, such as F33.1."
            yield Problem("code", words)
        elif any(each.diagnosis.code == code and each.status.is_current for each in listed):
            yield Problem("code", f"{code} is on the list already.")

    def accept(
        self, codes: CodeSet, listed: Iterable[ListedDiagnosis], *, today: date
    ) -> ListedDiagnosis:
        problems = tuple(self.problems(listed, today=today))
        if problems or self.noted_on is None:
            raise Refused(*problems)
        code = diagnosis_code(self.code)
        title = codes.title_of(code) or tidy(self.title)
        diagnosis = Diagnosis(self.id, self.episode_id, code, title, self.noted_on)
        return ListedDiagnosis(
            diagnosis=diagnosis,
            status=self.status,
            status_on=self.noted_on,
            onset=tidy(self.onset),
            source=self.source,
            is_primary=self.is_primary,
        )


@dataclass(frozen=True, slots=True)
class StatusDraft:
    """What was typed to change how a diagnosis stands. Earlier states stay as history."""

    diagnosis_id: DiagnosisId
    status: DiagnosisStatus
    noted_on: date | None

    def problems(self, listed: ListedDiagnosis, *, today: date) -> Iterator[Problem]:
        since = listed.status_on or listed.diagnosis.noted_on
        if self.status is listed.status:
            yield Problem("status", f"It is {self.status.value.lower()} already.")
        if self.noted_on is None:
            yield Problem("noted_on", "Type the day from which this holds.")
        elif self.noted_on > today:
            yield Problem("noted_on", "This cannot be dated in the future.")
        elif self.noted_on < since:
            yield Problem("noted_on", f"It stands as it is since {long_date(since)}.")
