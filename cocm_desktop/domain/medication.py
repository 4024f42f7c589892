"""Medications of a patient: what is taken now, at which dose since when, and what was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.episode import weeks_between
from cocm_desktop.domain.ids import DoseId, MedicationId, PastTrialId, PatientId, new_id
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_NAME = 120
LONGEST_DOSE = 80
LONGEST_NOTE = 400
LONGEST_WORDS = 120
ROUTES = ("By mouth", "Under the tongue", "Patch", "Injection", "Nasal")


class Adherence(Enum):
    NOT_ASKED = "Not asked"
    AS_PRESCRIBED = "As prescribed"
    MISSES_SOME = "Misses some doses"
    RARELY = "Takes it rarely"
    NOT_TAKEN = "Does not take it"


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose as it is taken, in the words of the prescription, from a day on."""

    id: DoseId
    medication_id: MedicationId
    dose: str
    since: date
    route: str = ""
    frequency: str = ""

    @property
    def words(self) -> str:
        """The dose with how often it is taken: 50 mg, every morning."""
        return ", ".join(filter(None, (self.dose, self.frequency)))


@dataclass(frozen=True, slots=True)
class Intake:
    """How a medicine is taken and borne, as told on a day."""

    adherence: Adherence
    side_effects: str
    noted_on: date

    @property
    def words(self) -> str:
        """Both in one line: "as prescribed; dry mouth". Empty where neither was asked."""
        asked = self.adherence is not Adherence.NOT_ASKED
        taken = self.adherence.value if asked else ""
        return "; ".join(filter(None, (taken, self.side_effects)))


@dataclass(frozen=True, slots=True)
class Medication:
    """One medicine of a patient. `doses` are oldest first and never empty.

    `is_psychotropic` parts what the consultant titrates from what else is taken.
    """

    id: MedicationId
    patient_id: PatientId
    name: str
    is_psychotropic: bool
    doses: tuple[Dose, ...]
    note: str = ""
    prescriber: str = ""
    intake: Intake | None = None
    stopped_on: date | None = None
    stop_reason: str = ""
    response: str = ""

    @property
    def started_on(self) -> date:
        return self.doses[0].since

    @property
    def dose(self) -> Dose:
        """The dose taken now, or last."""
        return self.doses[-1]

    @property
    def is_current(self) -> bool:
        return self.stopped_on is None

    def weeks_at_dose(self, today: date) -> int:
        return weeks_between(self.dose.since, self.stopped_on or today)


@dataclass(frozen=True, slots=True)
class PastTrial:
    """A medicine tried before the program knew the patient. `taken` says when, as remembered."""

    id: PastTrialId
    patient_id: PatientId
    name: str
    highest_dose: str = ""
    taken: str = ""
    response: str = ""
    stop_reason: str = ""


@dataclass(frozen=True, slots=True)
class MedicationDraft:
    """What was typed to add a medicine. No dose is calculated or checked: advice is not ours."""

    patient_id: PatientId
    name: str
    dose: str
    since: date | None
    is_psychotropic: bool = True
    note: str = ""
    route: str = ""
    frequency: str = ""
    prescriber: str = ""
    id: MedicationId = field(default_factory=lambda: MedicationId(new_id()))
    dose_id: DoseId = field(default_factory=lambda: DoseId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        yield from _name_problems(self.name)
        yield from _dose_problems(self.dose, self.since, today=today)
        yield from _lengths(route=self.route, frequency=self.frequency, prescriber=self.prescriber)
        if len(self.note) > LONGEST_NOTE:
            yield Problem("note", f"A note has at most {LONGEST_NOTE} characters.")

    def accept(self, *, today: date) -> Medication:
        problems = tuple(self.problems(today=today))
        if problems or self.since is None:
            raise Refused(*problems)
        dose = Dose(
            id=self.dose_id,
            medication_id=self.id,
            dose=self.dose.strip(),
            since=self.since,
            route=self.route.strip(),
            frequency=self.frequency.strip(),
        )
        return Medication(
            id=self.id,
            patient_id=self.patient_id,
            name=self.name.strip(),
            is_psychotropic=self.is_psychotropic,
            doses=(dose,),
            note=self.note.strip(),
            prescriber=self.prescriber.strip(),
        )


@dataclass(frozen=True, slots=True)
class DoseDraft:
    """What was typed to change a dose. The earlier doses stay.

    Route and frequency stay as they were where they are None.
    """

    medication_id: MedicationId
    dose: str
    since: date | None
    route: str | None = None
    frequency: str | None = None
    id: DoseId = field(default_factory=lambda: DoseId(new_id()))

    def problems(self, medication: Medication, *, today: date) -> Iterator[Problem]:
        yield from _dose_problems(self.dose, self.since, today=today)
        yield from _lengths(route=self.route or "", frequency=self.frequency or "")
        if self.since and self.since <= medication.dose.since:
            words = f"The last dose is of {long_date(medication.dose.since)}. Choose a later day."
            yield Problem("since", words)
        if medication.stopped_on:
            yield Problem("dose", f"It was stopped on {long_date(medication.stopped_on)}.")

    def accept(self, medication: Medication, *, today: date) -> Dose:
        problems = tuple(self.problems(medication, today=today))
        if problems or self.since is None:
            raise Refused(*problems)
        last = medication.dose
        return Dose(
            id=self.id,
            medication_id=self.medication_id,
            dose=self.dose.strip(),
            since=self.since,
            route=last.route if self.route is None else self.route.strip(),
            frequency=last.frequency if self.frequency is None else self.frequency.strip(),
        )


@dataclass(frozen=True, slots=True)
class IntakeDraft:
    """What the patient told of how a medicine is taken and borne."""

    medication_id: MedicationId
    adherence: Adherence
    side_effects: str
    noted_on: date | None

    def problems(self, medication: Medication, *, today: date) -> Iterator[Problem]:
        if self.adherence is Adherence.NOT_ASKED and not self.side_effects.strip():
            yield Problem("adherence", "Say how it is taken, or name the side effects.")
        yield from _lengths(side_effects=self.side_effects)
        if self.noted_on is None:
            yield Problem("noted_on", "Type the day on which the patient told this.")
        elif self.noted_on > today:
            yield Problem("noted_on", "This cannot be dated in the future.")
        elif self.noted_on < medication.started_on:
            words = f"The medicine was started on {long_date(medication.started_on)}."
            yield Problem("noted_on", words)
        if medication.stopped_on:
            yield Problem("adherence", f"It was stopped on {long_date(medication.stopped_on)}.")

    def accept(self, medication: Medication, *, today: date) -> Intake:
        problems = tuple(self.problems(medication, today=today))
        if problems or self.noted_on is None:
            raise Refused(*problems)
        return Intake(self.adherence, self.side_effects.strip(), self.noted_on)


@dataclass(frozen=True, slots=True)
class StopDraft:
    """What was typed to stop a medicine."""

    medication_id: MedicationId
    stopped_on: date | None
    reason: str
    response: str = ""

    def problems(self, medication: Medication, *, today: date) -> Iterator[Problem]:
        if not self.reason.strip():
            yield Problem("reason", "Say why it was stopped.")
        if medication.stopped_on:
            yield Problem("stopped_on", "It is stopped already.")
        elif self.stopped_on is None:
            yield Problem("stopped_on", "Type the day on which it was stopped.")
        elif self.stopped_on > today:
            yield Problem("stopped_on", "A medicine cannot be stopped in the future.")
        elif self.stopped_on < medication.dose.since:
            words = f"The last dose is of {long_date(medication.dose.since)}."
            yield Problem("stopped_on", words)


@dataclass(frozen=True, slots=True)
class PastTrialDraft:
    """What was typed about a medicine tried earlier."""

    patient_id: PatientId
    name: str
    highest_dose: str = ""
    taken: str = ""
    response: str = ""
    stop_reason: str = ""
    id: PastTrialId = field(default_factory=lambda: PastTrialId(new_id()))

    def problems(self) -> Iterator[Problem]:
        yield from _name_problems(self.name)

    def accept(self) -> PastTrial:
        if problems := tuple(self.problems()):
            raise Refused(*problems)
        return PastTrial(
            id=self.id,
            patient_id=self.patient_id,
            name=self.name.strip(),
            highest_dose=self.highest_dose.strip(),
            taken=self.taken.strip(),
            response=self.response.strip(),
            stop_reason=self.stop_reason.strip(),
        )


def _lengths(**texts: str) -> Iterator[Problem]:
    for name, text in texts.items():
        if len(text) > LONGEST_WORDS:
            words = name.replace("_", " ").capitalize()
            yield Problem(name, f"{words}: at most {LONGEST_WORDS} characters.")


def _name_problems(name: str) -> Iterator[Problem]:
    if not name.strip():
        yield Problem("name", "Type the name of the medicine.")
    elif len(name) > LONGEST_NAME:
        yield Problem("name", f"A name has at most {LONGEST_NAME} characters.")


def _dose_problems(dose: str, since: date | None, *, today: date) -> Iterator[Problem]:
    if not dose.strip():
        yield Problem("dose", "Type the dose with its unit, such as 50 mg daily.")
    elif len(dose) > LONGEST_DOSE:
        yield Problem("dose", f"A dose has at most {LONGEST_DOSE} characters.")
    if since is None:
        yield Problem("since", "Type the day from which this dose is taken.")
    elif since > today:
        yield Problem("since", "A dose cannot start in the future. Record it once it is taken.")
