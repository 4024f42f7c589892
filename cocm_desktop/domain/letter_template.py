"""The wording of a letter: text with named fields, checked before it is kept or printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import Final

from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.letter import Language, LetterKind, LetterTemplate
from cocm_desktop.domain.text import has_controls, says_something, tidy
from cocm_desktop.errors import Problem, Refused

LONGEST_TITLE: Final = 80
LONGEST_BODY: Final = 5_000
BLANK: Final = "____________________"
"""What a form shows where the pen fills in."""
PATIENT_KINDS: Final = tuple(kind for kind in LetterKind if kind is not LetterKind.RECOMMENDATION)
"""What is written to patients; the letter to the practitioner has words of its own."""
_FIELD: Final = re.compile(r"\{(?P<name>[^{}\n]*)\}")


class FieldKind(Enum):
    WORDS = "words"
    DAY = "a day"
    TIME = "a time of day"


@dataclass(frozen=True, slots=True)
class LetterField:
    """What a template may name in braces.

    `is_asked` tells what is typed for one letter from what the records say. `recorded_in` is
    where what they lack can be set.
    """

    name: str
    meaning: str
    example: str
    spanish_example: str = ""
    kind: FieldKind = FieldKind.WORDS
    is_asked: bool = False
    recorded_in: str = ""

    def example_in(self, language: Language) -> str:
        is_spanish = language is Language.SPANISH and self.spanish_example
        return self.spanish_example if is_spanish else self.example


_DETAILS = "the patient's details"
_PRACTICE = "Settings, Practice"
_EPISODE = "the patient's episode"
LETTER_FIELDS: Final = (
    LetterField("patient_name", "The patient's given and family name", "Rosa Delgado"),
    LetterField("patient_first_name", "What the patient is called", "Rosa"),
    LetterField(
        "patient_birth_date", "The patient's date of birth", "Apr 5, 1971", "5 de abril de 1971"
    ),
    LetterField("patient_mrn", "The patient's MRN", "100200", recorded_in=_DETAILS),
    LetterField(
        "practitioner_name", "The treating practitioner", "A. Smith, MD", recorded_in=_DETAILS
    ),
    LetterField("care_manager_name", "The care manager", "M. Bell, LCSW", recorded_in=_EPISODE),
    LetterField(
        "consultant_name", "The psychiatric consultant", "J. Okafor, MD",
        recorded_in="Settings, Staff",
    ),
    LetterField("sender_name", "Who writes the letter", "M. Bell, LCSW"),
    LetterField("practice_name", "The practice", "Riverbend Family Medicine"),
    LetterField("practice_phone", "The practice's phone", "303-555-0142", recorded_in=_PRACTICE),
    LetterField(
        "practice_address", "The practice's address on one line",
        "12 River Street, Denver, CO 80202", recorded_in=_PRACTICE,
    ),
    LetterField(
        "crisis_lines", "Whom to call in a crisis, a line each",
        "In danger now: call 911.\n988: Suicide & Crisis Lifeline, call or text",
        "Si hay peligro inmediato, llame al 911.\n988: Línea de Prevención del Suicidio y Crisis",
    ),
    LetterField("letter_date", "The day of the letter", "Nov 30, 2026", "30 de noviembre de 2026"),
    LetterField(
        "appointment_date", "The day of the appointment", "Monday, Dec 7, 2026",
        "lunes 7 de diciembre de 2026", FieldKind.DAY, is_asked=True,
    ),
    LetterField(
        "appointment_time", "The time of the appointment", "2:30 PM", "2:30 p. m.",
        FieldKind.TIME, is_asked=True,
    ),
    LetterField(
        "appointment_with", "Whom the appointment is with", "M. Bell, LCSW", is_asked=True
    ),
    LetterField(
        "first_attempt", "The first day on which nobody was reached", "Nov 12, 2026",
        "12 de noviembre de 2026", FieldKind.DAY, is_asked=True,
    ),
    LetterField(
        "second_attempt", "The second day on which nobody was reached", "Nov 19, 2026",
        "19 de noviembre de 2026", FieldKind.DAY, is_asked=True,
    ),
    LetterField(
        "reply_by", "The day by which to call back", "Dec 14, 2026", "14 de diciembre de 2026",
        FieldKind.DAY, is_asked=True,
    ),
)  # fmt: skip
FIELDS_BY_NAME: Final = {field.name: field for field in LETTER_FIELDS}


def field_names(body: str) -> tuple[str, ...]:
    """Name the fields that a text uses, each once, in the order of the text."""
    return tuple(dict.fromkeys(found["name"] for found in _FIELD.finditer(body)))


def fields_of(body: str) -> tuple[LetterField, ...]:
    """Give the fields that a text uses and that exist."""
    return tuple(FIELDS_BY_NAME[name] for name in field_names(body) if name in FIELDS_BY_NAME)


def example_values(language: Language) -> dict[str, str]:
    """Give a made-up value for every field, for a preview without a patient."""
    return {field.name: field.example_in(language) for field in LETTER_FIELDS}


def fill(body: str, values: Mapping[str, str], *, blank: str | None = None) -> str:
    """Put the values into a text.

    A value of several lines repeats what stands around it on its line: a point for each. A value
    that is missing becomes `blank`, or its name in brackets where no blank is given.
    """
    return "\n".join(
        filled for line in body.splitlines() for filled in _filled(line, values, blank)
    )


def _filled(line: str, values: Mapping[str, str], blank: str | None) -> Iterator[str]:
    words = {
        name: (values.get(name, "") or (f"[{name}]" if blank is None else blank)).splitlines()
        for name in field_names(line)
    }
    for number in range(max((len(lines) for lines in words.values()), default=1)):
        yield _FIELD.sub(partial(_line_of, words, number), line)


def _line_of(words: Mapping[str, list[str]], number: int, found: re.Match[str]) -> str:
    lines = words[found["name"]]
    return lines[min(number, len(lines) - 1)]


def missing_values(body: str, values: Mapping[str, str]) -> tuple[LetterField, ...]:
    return tuple(field for field in fields_of(body) if not values.get(field.name, "").strip())


def shown_text(template: LetterTemplate, values: Mapping[str, str]) -> str:
    """Give the letter as it would read now; what is missing stands in brackets, in words."""
    lacks = {each.name: f"[{each.meaning}]" for each in missing_values(template.body, values)}
    return f"{template.title}\n\n{fill(template.body, {**values, **lacks})}"


def missing_problems(body: str, values: Mapping[str, str]) -> Iterator[Problem]:
    """Say what the letter needs and nobody has given."""
    for each in missing_values(body, values):
        words = f"The letter needs {each.meaning[:1].lower()}{each.meaning[1:]}."
        where = f" Record it in {each.recorded_in}, or type" if each.recorded_in else " Type"
        yield Problem(each.name, f"{words}{where} it for this letter.")


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """The practice's own wording as it was typed."""

    kind: LetterKind
    language: Language
    title: str
    body: str
    id: str = field(default_factory=new_id)

    def problems(self) -> Iterator[Problem]:
        title = tidy(self.title)
        if self.kind not in PATIENT_KINDS:
            yield Problem("kind", "The letter to the practitioner takes its words from the review.")
        if not says_something(title):
            yield Problem("title", "Type the title, such as “Your appointment”.")
        if len(title) > LONGEST_TITLE:
            yield Problem("title", f"The title has at most {LONGEST_TITLE} characters.")
        if "{" in title or "}" in title:
            yield Problem("title", "The title takes no fields: it becomes the name of the paper.")
        yield from self._body_problems()

    def _body_problems(self) -> Iterator[Problem]:
        if not says_something(_FIELD.sub("", self.body)):
            yield Problem("body", "Type the words of the letter.")
        if len(self.body) > LONGEST_BODY:
            yield Problem("body", f"The letter has at most {LONGEST_BODY:,} characters.")
        for number, line in enumerate(self.body.splitlines(), start=1):
            rest = _FIELD.sub("", line)
            if "{" in rest or "}" in rest:
                words = f"Line {number} has a brace without its partner."
                yield Problem("body", f"{words} A field is written like {{patient_name}}.")
        unknown = [name for name in field_names(self.body) if name not in FIELDS_BY_NAME]
        if unknown:
            names = ", ".join(f"{{{name}}}" for name in unknown)
            known = ", ".join(FIELDS_BY_NAME)
            yield Problem("body", f"There is no field {names}. The fields: {known}.")

    def accept(self) -> LetterTemplate:
        """Give the template, or raise Refused with every problem at once."""
        if problems := tuple(self.problems()):
            raise Refused(*problems)
        lines = [_plain(line) for line in self.body.strip().splitlines()]
        body = "\n".join(lines)
        return LetterTemplate(self.kind, self.language, tidy(self.title), body, is_own=True)


def _plain(line: str) -> str:
    return tidy(line) if has_controls(line) else line.rstrip()


def read_shipped(kind: LetterKind, language: Language, text: str) -> LetterTemplate:
    """Read a wording as it is shipped: the title, an empty line, the words."""
    title, _, body = text.strip().partition("\n\n")
    accepted = TemplateDraft(kind, language, title, body).accept()
    return replace(accepted, is_own=False)
