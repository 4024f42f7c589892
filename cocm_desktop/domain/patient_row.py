"""How a row of a patient list becomes a patient, or why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from cocm_desktop.domain import patient_cell as cell
from cocm_desktop.domain.identifiers import US_PHONE_DIGITS, phone_digits
from cocm_desktop.domain.patient import (
    PLACEHOLDER_NAMES,
    Coverage,
    PatientDraft,
    Reach,
    Sex,
    age_on,
)
from cocm_desktop.domain.patient_list import ListRow, Mapping, PatientField, PatientList
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import long_date

ADULT_YEARS = 18
RARE_YEARS = 105
A_CENTURY = 100
Field = PatientField
_NAMES = {
    "last_name": (Field.LAST_NAME, "family name"),
    "first_name": (Field.FIRST_NAME, "given name"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one file are read: by which columns, on which day, in which habit."""

    mapping: Mapping
    columns: int
    today: date
    day_first: bool = False

    @classmethod
    def of(cls, patient_list: PatientList, mapping: Mapping, *, today: date) -> Reading:
        births = [i for i, chosen in enumerate(mapping) if chosen is Field.BORN_ON]
        day_first = bool(births) and cell.puts_day_first(patient_list.values(births[0]))
        return cls(mapping, len(patient_list.columns), today, day_first)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as a patient; `reasons` against it make the draft useless, `notes` do not."""

    line: int
    draft: PatientDraft
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Cells:
    """The cells of one row by field, with what there is to say about them."""

    by_field: dict[PatientField, str]
    notes: list[str] = field(default_factory=list)

    def text(self, which: PatientField) -> str:
        return cell.given(self.by_field.get(which, ""))

    def part_of_name(self, which: PatientField) -> str:
        kept = self.raw(which)
        return "" if kept.casefold() in PLACEHOLDER_NAMES else kept

    def raw(self, which: PatientField) -> str:
        return tidy(self.by_field.get(which, ""))


def read_row(row: ListRow, reading: Reading) -> ReadRow:
    """Read one row. Whatever is wrong is said; nothing about it is silently changed."""
    cells = _Cells(_by_field(row, reading.mapping))
    draft = replace(
        _identity(cells, reading),
        reach=_reach(cells),
        coverage=Coverage(
            cells.text(Field.PAYER), cells.text(Field.MEMBER_ID), cells.text(Field.GROUP_NUMBER)
        ),
        treating_practitioner=cell.practitioner_words(
            cells.by_field.get(Field.TREATING_PRACTITIONER, "")
        ),
    )
    reasons = (row.damage,) if row.damage else tuple(_reasons(row, cells, draft, reading=reading))
    notes = (*_width_notes(row, reading), *cells.notes, *_age_notes(draft, reading))
    return ReadRow(row.line, draft, reasons, () if row.damage else notes)


def _by_field(row: ListRow, mapping: Mapping) -> dict[PatientField, str]:
    pairs = zip(mapping, row.cells, strict=False)
    return {chosen: text for chosen, text in pairs if chosen is not None}


def _identity(cells: _Cells, reading: Reading) -> PatientDraft:
    last, first, middle = cells.raw(Field.LAST_NAME), cells.raw(Field.FIRST_NAME), ""
    if full := cells.raw(Field.FULL_NAME):
        if "," not in full and not (last and first):
            cells.notes.append(f"“{full}” was taken apart at its last word.")
        last, first, middle = cell.split_name(full)
    if suffix := cells.part_of_name(Field.SUFFIX):
        last = f"{last} {suffix}".strip()
    return PatientDraft(
        last_name=last,
        first_name=first,
        middle_name=cells.part_of_name(Field.MIDDLE_NAME) or middle,
        preferred_name=cells.part_of_name(Field.PREFERRED_NAME),
        born_on=_born_on(cells, reading),
        mrn=cells.text(Field.MRN),
        sex=_sex(cells),
    )


def _born_on(cells: _Cells, reading: Reading) -> date | None:
    text = cells.text(Field.BORN_ON)
    today = reading.today
    born_on = cell.birth_date(text, today=today, day_first=reading.day_first)
    if born_on is None and (born_on := cell.spreadsheet_day(text, today=today)):
        cells.notes.append(f"Born: {text} was read as the spreadsheet's number of a day.")
    elif born_on and cell.has_short_year(text):
        earlier = born_on.year - A_CENTURY
        if today.year - earlier <= RARE_YEARS:
            words = f"Born: the short year was read as {born_on.year}; it could be {earlier}."
            cells.notes.append(words)
    return born_on


def _sex(cells: _Cells) -> Sex:
    text = cells.raw(Field.SEX)
    sex = cell.sex_of(text)
    if sex is None:
        cells.notes.append(f"Sex: “{text}” is not known here and was left out.")
    return sex or Sex.UNKNOWN


def _reach(cells: _Cells) -> Reach:
    lines = (cells.text(Field.ADDRESS), cells.text(Field.ADDRESS_2))
    phone = cell.phone_of(cells.by_field.get(Field.PHONE, ""))
    if phone and len(phone_digits(phone)) != US_PHONE_DIGITS:
        cells.notes.append("Phone: not a US number of ten digits; kept as it is.")
    return Reach(
        phone=phone,
        email=cells.text(Field.EMAIL),
        address=", ".join(line for line in lines if line),
        city=cells.text(Field.CITY),
        state=cell.state_code(cells.by_field.get(Field.STATE, "")),
        postal_code=cell.zip_words(cells.by_field.get(Field.POSTAL_CODE, "")),
        language=cells.text(Field.LANGUAGE),
    )


def _reasons(
    row: ListRow, cells: _Cells, draft: PatientDraft, *, reading: Reading
) -> Iterator[str]:
    """Say in full why a row cannot become a patient."""
    beyond = [text for text in row.cells[reading.columns :] if text.strip()]
    if beyond:
        yield (
            f"The line has {len(row.cells)} cells and the header {reading.columns}: "
            "a delimiter stands inside a cell."
        )
        return
    if cell.is_trial_name(draft.last_name, draft.first_name):
        yield "The name marks a test record. If it is a name, add the patient by hand."
    told = (
        _missing(p.field, cells, reading) or p.message for p in draft.problems(today=reading.today)
    )
    yield from dict.fromkeys(told)


def _missing(name: str, cells: _Cells, reading: Reading) -> str:
    """Say what is missing in the file, where a screen would say what to type."""
    if name == "born_on":
        return _missing_birth(cells, reading)
    return _missing_name(*_NAMES[name], cells=cells, reading=reading) if name in _NAMES else ""


def _missing_birth(cells: _Cells, reading: Reading) -> str:
    text = cells.text(Field.BORN_ON)
    if Field.BORN_ON not in reading.mapping:
        return "No column is chosen for the date of birth."
    if not text:
        return "The date of birth is missing."
    known = cell.birth_date(text, today=reading.today, day_first=reading.day_first)
    if known or cell.spreadsheet_day(text, today=reading.today):
        return ""
    return f"“{text[:40]}” is no date of birth."


def _missing_name(which: PatientField, words: str, *, cells: _Cells, reading: Reading) -> str:
    if not {which, Field.FULL_NAME} & {*reading.mapping}:
        return f"No column is chosen for the {words}."
    text = cells.raw(Field.FULL_NAME) or cells.raw(which)
    if not text:
        return f"The {words} is missing."
    return f"“{text}” stands for a missing name." if text.casefold() in PLACEHOLDER_NAMES else ""


def _width_notes(row: ListRow, reading: Reading) -> Iterator[str]:
    if len(row.cells) < reading.columns:
        words = f"The line ends early: {len(row.cells)} of {reading.columns} cells."
        yield words


def _age_notes(draft: PatientDraft, reading: Reading) -> Iterator[str]:
    if draft.born_on is None or draft.born_on > reading.today:
        return
    age = age_on(draft.born_on, reading.today)
    if age < ADULT_YEARS:
        yield f"{age} years old: a guardian gives consent."
    elif age >= RARE_YEARS:
        yield f"{age} years old, born {long_date(draft.born_on)}: check the date of birth."
