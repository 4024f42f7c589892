"""What the fields of a letter say for one patient, in the letter's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from cocm_desktop.domain.clinical_settings import ClinicalSettings
from cocm_desktop.domain.clock_times import read_time
from cocm_desktop.domain.contact import Contact, ContactOutcome
from cocm_desktop.domain.dates import read_date
from cocm_desktop.domain.letter import Language, LetterKind
from cocm_desktop.domain.letter_template import FIELDS_BY_NAME, FieldKind
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import crisis_words_in, date_in, day_in
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.spanish import spanish_time
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import clock_time, long_date
from cocm_desktop.errors import Problem, Refused

DAYS_TO_REPLY: Final = 14
ATTEMPTS: Final = 2
MEETS: Final = "appointment_date"
ATTEMPT_FIELDS: Final = ("first_attempt", "second_attempt")
LONGEST_VALUE: Final = 200
NO_DATE: Final = "{}: “{}” is not a date. Type it like 12/07/2026."
NO_TIME: Final = "{}: “{}” is no time of day. Type it like 2:30 pm."


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the records know. People are named by their titles, empty where nobody is recorded."""

    practice: Practice
    patient: Patient
    settings: ClinicalSettings
    today: date
    sender: str
    practitioner: str = ""
    care_manager: str = ""
    consultant: str = ""
    attempts: Sequence[date] = ()


def practice_values(
    practice: Practice, settings: ClinicalSettings, language: Language
) -> dict[str, str]:
    """Give what a letter says of the practice, whoever it goes to."""
    return {
        "practice_name": practice.name,
        "practice_phone": practice.phone,
        "practice_address": ", ".join(practice.address_lines),
        "crisis_lines": "\n".join(crisis_words_in(settings, language)),
    }


def letter_values(facts: LetterFacts, language: Language) -> dict[str, str]:
    """Give the value of every field; empty where the records have none."""
    patient = facts.patient
    first, second = _attempt_days(facts.attempts)
    days = {
        "patient_birth_date": patient.born_on,
        "letter_date": facts.today,
        "first_attempt": first,
        "second_attempt": second,
        "reply_by": facts.today + timedelta(days=DAYS_TO_REPLY),
    }
    return {
        **practice_values(facts.practice, facts.settings, language),
        "patient_name": f"{patient.first_name} {patient.last_name}",
        "patient_first_name": patient.preferred_name or patient.first_name,
        "patient_mrn": patient.mrn,
        "practitioner_name": facts.practitioner,
        "care_manager_name": facts.care_manager,
        "consultant_name": facts.consultant,
        "sender_name": facts.sender,
        "appointment_date": "",
        "appointment_time": "",
        "appointment_with": facts.care_manager,
        **{name: date_in(day, language) if day else "" for name, day in days.items()},
    }


def time_in(moment: time, language: Language) -> str:
    """Write 2:30 PM or 2:30 p. m."""
    return spanish_time(moment) if language is Language.SPANISH else clock_time(moment)


def attempts_since_reached(contacts: Iterable[Contact]) -> tuple[date, ...]:
    """Give the days since the patient was reached last on which nobody was, oldest first."""
    found: list[date] = []
    for contact in sorted(contacts, key=lambda each: (each.made_on, each.id)):
        if contact.outcome is ContactOutcome.REACHED:
            found = []
        elif contact.made_on not in found:
            found.append(contact.made_on)
    return tuple(found)


def _attempt_days(attempts: Sequence[date]) -> tuple[date | None, date | None]:
    """Give the last two attempts; of one alone only the first."""
    last = list(attempts[-ATTEMPTS:])
    days = [*last, None, None]
    return days[0], days[1]


def read_given(given: Mapping[str, str], language: Language, *, today: date) -> dict[str, str]:
    """Read what was typed for one letter: days and times are written as the language does.

    Raises Refused naming every field that does not exist or cannot be read.
    """
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in given.items():
        found = _value(name, text, today) if tidy(text) else ""
        if isinstance(found, Problem):
            problems.append(found)
        elif found:
            values[name] = found if isinstance(found, str) else _said(name, found, language)
    if problems:
        raise Refused(*problems)
    return values


def day_problems(kind: LetterKind, given: Mapping[str, str], *, today: date) -> Iterator[Problem]:
    """Name days that cannot be: an appointment in the past, one missed that is still to come."""
    days = {name: read_date(text, today=today) for name, text in given.items()}
    for name, day in days.items():
        is_ahead = name == "reply_by" or (name, kind) == (MEETS, LetterKind.APPOINTMENT)
        is_behind = name in ATTEMPT_FIELDS or (name, kind) == (MEETS, LetterKind.NO_SHOW)
        if day and is_ahead and day < today:
            yield Problem(name, f"{long_date(day)} is past. Type a day that is to come.")
        elif day and is_behind and day > today:
            yield Problem(name, f"{long_date(day)} is still to come. Type a day that is past.")
    first, second = (days.get(name) for name in ATTEMPT_FIELDS)
    if first and second and second <= first:
        yield Problem(ATTEMPT_FIELDS[1], "The second attempt was on a later day than the first.")


def _value(name: str, text: str, today: date) -> str | date | time | Problem:
    field = FIELDS_BY_NAME.get(name)
    if field is None:
        return Problem(name, f"There is no field {name}. The fields: {', '.join(FIELDS_BY_NAME)}.")
    if len(text) > LONGEST_VALUE:
        return Problem(name, f"{field.meaning}: at most {LONGEST_VALUE} characters.")
    if field.kind is FieldKind.DAY:
        return read_date(text, today=today) or Problem(name, NO_DATE.format(field.meaning, text))
    if field.kind is FieldKind.TIME:
        moment = read_time(text)
        return moment if moment is not None else Problem(name, NO_TIME.format(field.meaning, text))
    return tidy(text)


def _said(name: str, value: date | time, language: Language) -> str:
    if isinstance(value, time):
        return time_in(value, language)
    return day_in(value, language) if name == MEETS else date_in(value, language)


def said_values(facts: LetterFacts, language: Language, given: Mapping[str, str]) -> dict[str, str]:
    """Give every value: what was typed for this letter goes before what the records say."""
    return {**letter_values(facts, language), **read_given(given, language, today=facts.today)}
