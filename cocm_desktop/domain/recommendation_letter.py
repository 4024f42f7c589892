"""The letter about a review: what the consultant recommends, for the treating practitioner."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from cocm_desktop.domain.background import PART2_NOTICE, ShownRecord
from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.letter import LetterDraft, LetterKind
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

EHR_WIDTH = 80
LONGEST_ADDITION = 600
CAVEAT = (
    "These recommendations come from the records and the care manager's report. The consultant "
    "has not examined the patient. They are advice: you know the patient and you decide. In an "
    "emergency follow the practice's safety protocol; do not wait for this letter."
)
LEFT_OUT = "Words of a protected record were left out: no valid consent stands on this day."
REPLY = "Please answer each recommendation - agree, agree with changes, or decline - and return it."
# Dashes, the minus sign, quotation marks, the middle dot and the ellipsis.
_PLAIN = str.maketrans("\u2013\u2014\u2212\u2018\u2019\u201c\u201d\u00b7", "---''\"\"-")
_MEDICINES = 6


class Heading(Enum):
    """The passages of the letter. The first one, to whom it goes and why, has no heading."""

    STANDING = "WHERE TREATMENT STANDS"
    IMPRESSION = "IMPRESSION"
    ADVICE = "RECOMMENDATIONS"
    ADDITION = "FROM THE CARE MANAGER"
    PART2 = "PROTECTED RECORDS, 42 CFR PART 2"
    READING = "HOW TO READ THIS"


_BY_WORDS = {heading.value: heading for heading in Heading}


@dataclass(frozen=True, slots=True)
class Passage:
    heading: Heading | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """What a person decides about the letter.

    `with_part2` takes in protected records whose consent is valid on the day, with their notice.
    """

    recipient: str = ""
    addition: str = ""
    with_part2: bool = False


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letter tells of: a review, with the chart as it stands on the day of writing."""

    chart: Chart
    review: CaseReview
    consultant: StaffMember


def recommendation_letter(facts: LetterFacts, choice: LetterChoice) -> LetterDraft:
    """Compose the letter, or refuse where the review recommends nothing."""
    if not facts.review.counts:
        words = "This review recommends nothing: there is nothing to write."
        raise Refused(Problem("review_id", words))
    if len(choice.addition) > LONGEST_ADDITION:
        words = f"An addition has at most {LONGEST_ADDITION} characters: the letter is one page."
        raise Refused(Problem("addition", words))
    return LetterDraft(
        patient_id=facts.chart.patient.id,
        kind=LetterKind.RECOMMENDATION,
        recipient=choice.recipient.strip() or facts.chart.practitioner_words,
        title=f"Recommendations of the case review on {long_date(facts.review.reviewed_on)}",
        body=text_of(tuple(_passages(facts, choice))),
        episode_id=facts.review.episode_id,
        review_id=facts.review.id,
    )


def text_of(passages: tuple[Passage, ...]) -> str:
    """Write passages as text, parted by blank lines: `passages_of` reads them back."""
    return "\n\n".join(
        "\n".join((*((each.heading.value,) if each.heading else ()), *each.lines))
        for each in passages
    )


def passages_of(body: str) -> tuple[Passage, ...]:
    """Read the passages of a letter's text."""
    found = []
    for block in body.split("\n\n"):
        first, *others = block.split("\n")
        heading = _BY_WORDS.get(first)
        lines = others if heading else (first, *others)
        found.append(Passage(heading, tuple(lines)))
    return tuple(found)


def without_closed_records(body: str, records: Iterable[ShownRecord]) -> str:
    """Give a letter's text as it may be shown today, whatever was quoted when it was written.

    Words of protected records whose consent has ended since are left out.
    """
    if Heading.PART2.value not in body:
        return body
    shown = [each for each in records if each.is_open]
    return text_of(tuple(_shown_passage(each, shown) for each in passages_of(body)))


def ehr_text(title: str, body: str, patient: Patient) -> str:
    """Give the letter as plain text for another system: 80 columns, plain signs.

    Letters of names stay as they are.
    """
    who = f"Patient: {patient.name} - born {patient.born} - MRN {patient.mrn_or_words}"
    lines = [title, who, "", *body.split("\n"), "", REPLY]
    wrapped = (_wrapped(line.translate(_PLAIN).replace("\u2026", "...")) for line in lines)
    return "\n".join(part for parts in wrapped for part in parts) + "\n"


def one_line(words: str) -> str:
    return " ".join(words.split())


def _wrapped(line: str) -> list[str]:
    hanging = " " * (len(line) - len(line.lstrip()))
    if line[:1].isdigit():
        hanging = "   "
    return textwrap.wrap(line, EHR_WIDTH, subsequent_indent=hanging) or [""]


def _shown_passage(passage: Passage, shown: Iterable[ShownRecord]) -> Passage:
    if passage.heading is not Heading.PART2:
        return passage
    ends = [(each.program, f": {each.words}") for each in shown]
    quoted = [line for line in passage.lines if line != PART2_NOTICE]
    kept = [
        line for line in quoted if any(line.startswith(a) and line.endswith(z) for a, z in ends)
    ]
    left_out = [LEFT_OUT] if len(kept) < len(quoted) else []
    return Passage(Heading.PART2, (*kept, *left_out, PART2_NOTICE))


def _passages(facts: LetterFacts, choice: LetterChoice) -> Iterator[Passage]:
    review = facts.review
    yield Passage(None, (_opening(facts),))
    if facts.chart.row.episode_id == review.episode_id:
        yield Passage(Heading.STANDING, tuple(_standing(facts.chart)))
    if review.impression:
        yield Passage(Heading.IMPRESSION, (one_line(review.impression),))
    yield Passage(Heading.ADVICE, tuple(_advice(review)))
    if choice.addition.strip():
        yield Passage(Heading.ADDITION, (one_line(choice.addition),))
    shown = [each for each in facts.chart.facts.part2 if each.is_open]
    if choice.with_part2 and shown:
        yield Passage(Heading.PART2, (*(each.sentence for each in shown), PART2_NOTICE))
    yield Passage(Heading.READING, (CAVEAT,))


def _opening(facts: LetterFacts) -> str:
    manager = facts.chart.care_manager
    by = f" with {manager.title} (care manager)" if manager else ""
    return (
        f"Your patient was discussed at our case review on {long_date(facts.review.reviewed_on)} "
        f"by {facts.consultant.title} (psychiatric consultant){by}."
    )


def _standing(chart: Chart) -> Iterator[str]:
    row = chart.row
    course, instrument = row.primary, row.primary_instrument
    if course.last is None:
        yield f"No {instrument.id} yet"
    else:
        band = instrument.band_of(course.last.total)
        words = f" ({band.name.lower()})" if band else ""
        last = f"{instrument.id} {course.last.total}{words} on {long_date(course.last.taken_on)}"
        yield f"{last}{_since_start(chart)}"
    weeks = "" if row.weeks is None else f", week {row.weeks} of treatment"
    yield f"{row.status_words}{weeks}"
    taken = chart.current_medications
    if taken:
        listed = [f"{each.name} {each.dose.words}" for each in taken[:_MEDICINES]]
        more = len(taken) - len(listed)
        rest = f"; {more} more in the chart" if more else ""
        yield f"Takes {'; '.join(listed)}{rest}"


def _since_start(chart: Chart) -> str:
    course = chart.row.primary
    if course.baseline is None or course.change is None:
        return ""
    start = course.baseline
    return f"; at the start {start.total} on {long_date(start.taken_on)}, {course.change_words}"


def _advice(review: CaseReview) -> Iterator[str]:
    for number, asked in enumerate(review.recommendations, start=1):
        yield f"{number}. {one_line(asked.words)}"
        yield f"   {asked.about}"
