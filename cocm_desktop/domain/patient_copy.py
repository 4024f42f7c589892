"""A copy of one patient's record: what was asked for, and the paper that it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from cocm_desktop.domain.background import (
    PART2_NOTICE,
    Part2Consent,
    Part2Record,
    ShownRecord,
)
from cocm_desktop.domain.ids import DisclosureId, PatientId, new_id
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_record import Entry, PatientRecord, label_of, value_words
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.privacy import LONGEST_NAME, Purpose
from cocm_desktop.domain.record_paper import PaperTable, RecordPaper
from cocm_desktop.domain.text import says_something, tidy
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.errors import Problem, Refused

TITLE = "Copy of a health record"
WHAT_IT_HOLDS = (
    "This is what this practice has on file about collaborative care: who you are and who pays, "
    "consents, scores with every answer, contacts, medicines, plans, reviews, letters, time and "
    "bills, and what was given out to others. Records that were withdrawn as errors are left out, "
    "and so are psychotherapy notes, which the law keeps apart (45 CFR 164.524(a)(1)(i))."
)
# Documents as issued: their fields stand in the file for machines; on paper their numbers do.
ONLY_FOR_MACHINES: Final = frozenset({("superbill", "content"), ("remittance_claim", "content")})
_SAID_BY_QUESTION: Final = ("measure", "answers")
# What each kind of record is called, in the order of the paper.
SECTIONS: Final[Mapping[str, str]] = {
    "patient_coverage": "Coverage",
    "episode": "Episodes of collaborative care",
    "consent": "Consents",
    "later_consent": "Later consents",
    "episode_phase": "Phases",
    "diagnosis": "Diagnoses",
    "measure": "Scores with answers",
    "safety_task": "Safety",
    "contact": "Contacts",
    "allergies": "Allergies",
    "medication": "Medicines",
    "past_trial": "Medicines tried before",
    "history_note": "History",
    "part2_record": "Protected records (42 CFR part 2)",
    "plan": "Plans",
    "goal": "Goals",
    "intervention": "Sessions",
    "referral_out": "Referrals",
    "case_review": "Reviews with the psychiatric consultant",
    "discussion_flag": "Questions to the consultant",
    "letter": "Letters",
    "task": "Tasks",
    "flag": "Marks",
    "visit": "Visits",
    "other_service": "Other services",
    "stay": "Stays in a facility",
    "death": "Death",
    "time_entry": "Time",
    "service_line": "Services billed",
    "month_payer": "Payers of months",
    "month_approval": "Approvals of months",
    "superbill": "Superbills",
    "disclosure": "What was given out",
    "amendment": "Requests to amend",
    "restriction": "Restrictions",
}
_COLUMNS = ("Date", "What is on file")
_WIDTHS = (0.14, 0.86)
ItemsOf = Callable[[Entry], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """Who gets the copy and by what right. `court_order` is that of 42 CFR part 2, subpart E.

    Without `with_part2` the words of protected records stay out in any case.
    """

    patient_id: PatientId
    recipient: str
    purpose: Purpose = Purpose.TO_PATIENT
    address: str = ""
    authority: str = ""
    court_order: str = ""
    with_part2: bool = True
    password: str = ""
    id: DisclosureId = field(default_factory=lambda: DisclosureId(new_id()))

    def problems(self, *, has_part2: bool) -> Iterator[Problem]:
        if not says_something(self.recipient):
            yield Problem("recipient", "Say who gets the copy.")
        if self.purpose.needs_authority and not says_something(self.authority):
            yield Problem("authority", "Name the order, the law or the signed authorization.")
        for name in ("recipient", "address", "authority", "court_order"):
            if len(getattr(self, name)) > LONGEST_NAME:
                yield Problem(name, f"At most {LONGEST_NAME} characters.")
        is_kept_back = has_part2 and self.with_part2 and self.purpose.is_proceeding
        if is_kept_back and not says_something(self.court_order):
            # Source: 42 CFR 2.61: a subpoena alone does not open them.
            words = (
                "Protected records are on file (42 CFR part 2). For a proceeding they need a court "
                "order under subpart E: name it, or leave them out. A subpoena is not enough."
            )
            yield Problem("court_order", words)

    def require(self, *, has_part2: bool) -> None:
        if problems := tuple(self.problems(has_part2=has_part2)):
            raise Refused(*problems)


@dataclass(frozen=True, slots=True)
class CopyFrame:
    """What the paper says besides the record. `items_of` names the questions behind answers."""

    practice: Practice
    patient: Patient
    prepared_by: str
    items_of: ItemsOf = lambda _: ()


def as_released(record: Part2Record, request: CopyRequest, today: date) -> ShownRecord:
    """Give a protected record as it goes along: with its words, or only that it is left out."""
    shown = record.shown_on(today)
    if not request.with_part2:
        return replace(
            shown, program="", words="", consent=Part2Consent.NONE, consent_words="left out"
        )
    if not request.purpose.is_proceeding:
        return shown
    return replace(
        shown,
        program=record.program,
        words=record.words,
        consent=Part2Consent.VALID,
        consent_words=f"by court order {tidy(request.court_order)}",
    )


def part2_entry(shown: ShownRecord) -> Entry:
    """Give a protected record as one of the copy; without its words where they stay out."""
    values: dict[str, Any] = {"received_on": shown.received_on, "consent": shown.consent_words}
    if shown.is_open:
        values |= {"program": shown.program, "words": shown.words, "notice": PART2_NOTICE}
    else:
        values |= {"left_out": shown.sentence}
    return Entry("part2_record", shown.id, values)


def copy_paper(record: PatientRecord, request: CopyRequest, frame: CopyFrame) -> RecordPaper:
    """Put the whole record on paper, section by section."""
    patient = frame.patient
    found = {title: record.of_kind(kind) for kind, title in SECTIONS.items()}
    empty = ", ".join(title for title, entries in found.items() if not entries)
    tables = [_table(title, entries, frame.items_of) for title, entries in found.items() if entries]
    about = [("Given to", request.recipient), ("Given out for", request.purpose.value)]
    if request.authority:
        about.append(("By", request.authority))
    about += [
        (label_of(name), value_words(name, value) or NOTHING)
        for name, value in record.patient.values.items()
    ]
    return RecordPaper(
        title=TITLE,
        practice=frame.practice,
        about=tuple(about),
        words=(WHAT_IT_HOLDS, *([f"Nothing is on file under: {empty}."] if empty else [])),
        tables=tuple(tables),
        as_of=record.made_at,
        prepared_by=frame.prepared_by,
        whose=(patient.name, f"born {patient.born} · MRN {patient.mrn_or_words}"),
        notice=PART2_NOTICE if record.has_part2 else "",
    )


def _table(title: str, entries: Iterable[Entry], items_of: ItemsOf) -> PaperTable:
    rows = tuple((_day_words(each), "\n".join(_lines(each, items_of))) for each in entries)
    return PaperTable(title, _COLUMNS, _WIDTHS, rows)


def _day_words(entry: Entry) -> str:
    """Give the day of a record: the first day that it names, or else that of recording."""
    for value in entry.values.values():
        if isinstance(value, date) and not isinstance(value, datetime):
            return long_date(value)
    return long_date(entry.recorded_at.date()) if entry.recorded_at else ""


def _lines(entry: Entry, items_of: ItemsOf, depth: int = 0) -> Iterator[str]:
    """Say what a record holds, then what belongs to it, each on a line of its own."""
    said = [
        f"{label_of(name)}: {words}"
        for name, value in _on_paper(entry)
        if (words := value_words(name, value))
    ]
    head = f"{'– ' * depth}{label_of(entry.kind)} · " if depth else ""
    yield head + " · ".join(said)
    if entry.kind == "measure":
        answers = entry.values.get("answers") or ()
        for item, answer in zip(items_of(entry), answers, strict=False):
            yield f"– {item}: {NOTHING if answer is None else answer}"
    for part in entry.parts:
        yield from _lines(part, items_of, depth + 1)


def _on_paper(entry: Entry) -> Iterator[tuple[str, Any]]:
    for name, value in entry.values.items():
        if (entry.kind, name) not in {*ONLY_FOR_MACHINES, _SAID_BY_QUESTION}:
            yield name, value
