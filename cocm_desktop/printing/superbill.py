"""The superbill: a month's services of one patient on one page, a draft or as issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.identifiers import phone_words
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.domain.wording import (
    NOT_RECORDED,
    NOTHING,
    dollars,
    long_date,
    long_moment,
    short_date,
)
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Panel,
    Rule,
    Space,
    Stack,
    heading,
    row,
    title_row,
)
from cocm_desktop.printing.forms import FormLine, Part
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.typesetting import Align, Span

DRAFT: Final = "DRAFT – not issued"
NOT_A_CLAIM: Final = (
    "This superbill lists services for the practice’s billing and the patient’s records. "
    "It is not a claim form."
)
LETTERS: Final = "ABCDEFGHIJKL"  # a claim takes twelve diagnoses
WARNING_PADDING: Final = (12.0, 8.0)
WARNING_GAP: Final = 2.0
COLUMNS: Final = (
    Column("Line", 26.0),
    Column("Date of service", 74.0),
    Column("Place", 36.0),
    Column("Code", 46.0),
    Column("Service", 204.0, most_lines=2),
    Column("Units", 34.0, Align.RIGHT),
    Column("Charge", 56.0, Align.RIGHT),
    Column("Amount", 64.0, Align.RIGHT),
)
TOTAL_COLUMNS: Final = (Column("", 476.0, Align.RIGHT), Column("", 64.0, Align.RIGHT))
NAME_STYLES: Final = theme.larger_to_smaller(theme.LETTERHEAD, 11.0, 9.0, 7.0)
DIAGNOSES_A_COLUMN: Final = 6
FIELD_GAP: Final = 18.0
FIELD_WIDTH: Final = (theme.BODY_WIDTH - 2 * FIELD_GAP) / 3
SECTION_GAP: Final = 15.0


def superbill_pdf(superbill: Superbill) -> bytes:
    return superbills_pdf([superbill])


def superbills_pdf(superbills: Sequence[Superbill]) -> bytes:
    """Set one page for each superbill, with a bookmark."""
    press = Press("Superbill" if len(superbills) == 1 else "Superbills")
    for number, superbill in enumerate(superbills, start=1):
        about = (superbill.practice.name, str(superbill.month), _state(superbill))
        folio = Folio(
            key=f"superbill-{number}",
            bookmark=f"{number}. {superbill.patient.name}",
            foot=" · ".join(("Confidential", *about)),
            number=1,
            of=1,
            is_sample=superbill.practice.is_sample,
        )
        press.print_page(superbill_page(superbill), folio)
    return press.finish()


def superbill_page(superbill: Superbill) -> Block:
    """Set the page: services above, signatures at its foot, what to put right first between."""
    above = Stack(
        (
            _letterhead(superbill),
            Rule(theme.BODY_WIDTH, 0.8),
            _figures(superbill),
            _parties(superbill),
            Stack((heading("Services", theme.BODY_WIDTH), _services(superbill))),
            _diagnoses(superbill.diagnoses),
        ),
        SECTION_GAP,
    )
    below = _sign_off()
    room = ROOM - above.height - below.height - 2 * SECTION_GAP
    warnings = _warnings(superbill, room)
    rest = Space(max(0.0, room - warnings.height))
    return Stack((above, Space(SECTION_GAP), warnings, rest, Space(SECTION_GAP), below))


def _figures(superbill: Superbill) -> Block:
    """Show what a biller looks for first: which month, how long, how much."""
    total = _dollars_or_dash(superbill.total_cents) if superbill.lines else NOTHING
    figures = (
        (str(superbill.month), superbill.kind.value),
        (f"{superbill.minutes:,}", "Minutes counted"),
        (total, "Total charge"),
    )
    step = FIELD_WIDTH + FIELD_GAP
    return Beside(
        tuple(
            (
                number * step,
                Stack(
                    (
                        theme.text(words, FIELD_WIDTH, theme.SMALL_QUIET, most_lines=1),
                        theme.text(value, FIELD_WIDTH, theme.FIGURE, most_lines=1),
                    )
                ),
            )
            for number, (value, words) in enumerate(figures)
        )
    )


def _state(superbill: Superbill) -> str:
    if superbill.issued_at is None:
        return "superbill, draft"
    return f"superbill {superbill.number}, issued {long_moment(superbill.issued_at)}"


def _letterhead(superbill: Superbill) -> Block:
    half = theme.BODY_WIDTH / 2
    name = theme.text("Superbill", half - 20.0, theme.DISPLAY, align=Align.RIGHT)
    right = Stack((name, *_standing(superbill)), 2.0)
    return Beside(((0.0, _practice(superbill.practice, half)), (half + 20.0, right)))


def _practice(practice: Practice, width: float) -> Block:
    lines = [*practice.address_lines, phone_words(practice.phone)]
    numbers = [
        span
        for label, number in (("NPI", practice.npi), ("   EIN", practice.ein))
        for span in theme.labelled(
            label, number or NOT_RECORDED, style=theme.ROOMY, quiet=theme.ROOMY_QUIET
        )
    ]
    return Stack(
        (
            theme.text(practice.name, width, theme.LETTERHEAD, most_lines=2),
            Space(2.0),
            *(theme.text(line, width, theme.ROOMY, most_lines=1) for line in lines if line),
            theme.text(numbers, width, most_lines=1),
        )
    )


def _standing(superbill: Superbill) -> Iterator[Block]:
    """Say whether this is final: a number and a moment, or the plain mark of a draft."""
    width = theme.BODY_WIDTH / 2 - 20.0
    if superbill.issued_at is None:
        words = theme.text(DRAFT, width, theme.LEAD_BOLD)
        tag = Panel(words, words.words_width + 16.0, padding=(8.0, 3.0), border=theme.INK)
        yield Beside(((width - tag.width, tag),))
        return
    number = theme.labelled("No.", superbill.number, style=theme.LEAD_BOLD, quiet=theme.LEAD_QUIET)
    yield theme.text(number, width, align=Align.RIGHT, most_lines=1)
    issued = theme.labelled("Issued", long_moment(superbill.issued_at))
    yield theme.text(issued, width, align=Align.RIGHT, most_lines=1)


def _parties(superbill: Superbill) -> Block:
    """Name the patient; below, in three columns, who that is, who pays and who treats."""
    name = theme.fitted(superbill.patient.name, theme.BODY_WIDTH, NAME_STYLES, most_lines=2)
    blocks = (_person(superbill.patient), _coverage(superbill.patient), _team(superbill))
    step = FIELD_WIDTH + FIELD_GAP
    columns = Beside(tuple((number * step, block) for number, block in enumerate(blocks)))
    label = theme.text("Patient", theme.BODY_WIDTH, theme.SMALL_QUIET)
    return Stack((label, name, Space(3.0), columns))


def _person(patient: Patient) -> Block:
    lines = (
        f"Account (MRN) {patient.mrn_or_words}",
        f"Born {patient.born}",
        f"Sex {patient.sex.value}",
        *(patient.reach.address_lines or ("Address not recorded",)),
        phone_words(patient.reach.phone) or "Phone not recorded",
    )
    return Stack(tuple(theme.text(line, FIELD_WIDTH, theme.ROOMY, most_lines=1) for line in lines))


def _coverage(patient: Patient) -> Block:
    return Stack(
        (
            _field("Payer", patient.coverage.payer, most_lines=2),
            _field("Member id", patient.coverage.member_id),
            _field("Group", patient.coverage.group_number or NOTHING),
        ),
        5.0,
    )


def _team(superbill: Superbill) -> Block:
    practitioner = superbill.treating_practitioner
    blocks = [_field("Treating practitioner", practitioner.title if practitioner else "")]
    if practitioner:
        npi = f"NPI {practitioner.npi or NOT_RECORDED}"
        number = theme.text(npi, FIELD_WIDTH, theme.ROOMY, most_lines=1)
        blocks = [Stack((*blocks, number))]
    consent = long_date(superbill.consented_on) if superbill.consented_on else ""
    blocks += [
        _field("Care manager", superbill.care_manager.title),
        _field("Consent to collaborative care", consent),
    ]
    return Stack(tuple(blocks), 5.0)


def _field(label: str, words: str, *, most_lines: int = 1) -> Block:
    return Stack(
        (
            theme.text(label, FIELD_WIDTH, theme.SMALL_QUIET, most_lines=1),
            theme.text(words or NOT_RECORDED, FIELD_WIDTH, theme.ROOMY, most_lines=most_lines),
        )
    )


def _services(superbill: Superbill) -> Block:
    blocks: list[Block] = [title_row(COLUMNS)]
    for number, line in enumerate(superbill.lines, start=1):
        cells = _line_cells(superbill, number, line)
        blocks.append(row(COLUMNS, cells, style=theme.ROOMY, padding=4.0))
    if not superbill.lines:
        words = f"{superbill.minutes} minutes reach no code in {superbill.month}."
        blocks += [Space(5.0), theme.text(words, theme.BODY_WIDTH), Space(3.0)]
    total = _dollars_or_dash(superbill.total_cents) if superbill.lines else NOTHING
    total_cells = ([Span("Total", theme.LEAD)], [Span(total, theme.LEAD_BOLD)])
    blocks.append(row(TOTAL_COLUMNS, total_cells, padding=5.0, line=None))
    if any(line.fee_cents is None for line in superbill.lines):
        words = f"{NOTHING} The practice has recorded no charge for this code."
        blocks.append(theme.text(words, theme.BODY_WIDTH, theme.NOTE, align=Align.RIGHT))
    return Stack(tuple(blocks))


def _line_cells(superbill: Superbill, number: int, line: ServiceLine) -> tuple[Cell, ...]:
    return (
        str(number),
        short_date(superbill.service_on),
        superbill.settings.place_of_service,
        [Span(line.code, theme.ROOMY_BOLD)],
        line.label,
        str(line.units),
        _dollars_or_dash(line.fee_cents),
        _dollars_or_dash(line.amount_cents),
    )


def _dollars_or_dash(cents: int | None) -> str:
    """Write an amount; one that nobody recorded is not zero."""
    return NOTHING if cents is None else dollars(cents)


def _diagnoses(diagnoses: Sequence[Diagnosis]) -> Block:
    """List them from A on: in one column, or in two where there are many."""
    blocks: list[Block] = [heading("Diagnoses", theme.BODY_WIDTH, "ICD-10-CM")]
    lettered = list(zip(LETTERS, diagnoses, strict=False))
    if not lettered:
        blocks.append(theme.text("None recorded.", theme.BODY_WIDTH, theme.NOTE))
    elif len(lettered) <= DIAGNOSES_A_COLUMN:
        blocks.append(_diagnosis_column(lettered, theme.BODY_WIDTH))
    else:
        width = (theme.BODY_WIDTH - FIELD_GAP) / 2
        left = _diagnosis_column(lettered[:DIAGNOSES_A_COLUMN], width)
        right = _diagnosis_column(lettered[DIAGNOSES_A_COLUMN:], width)
        blocks.append(Beside(((0.0, left), (width + FIELD_GAP, right))))
    if len(diagnoses) > len(LETTERS):
        words = f"{len(diagnoses) - len(LETTERS)} more are recorded; a claim takes twelve."
        blocks.append(theme.text(words, theme.BODY_WIDTH, theme.NOTE))
    return Stack(tuple(blocks))


def _diagnosis_column(lettered: Sequence[tuple[str, Diagnosis]], width: float) -> Block:
    columns = (Column("", 22.0), Column("", 54.0), Column("", width - 76.0))
    return Stack(
        tuple(
            row(
                columns,
                (letter, [Span(diagnosis.code, theme.ROOMY_BOLD)], diagnosis.title),
                style=theme.ROOMY,
                padding=0.8,
                line=None,
            )
            for letter, diagnosis in lettered
        )
    )


def _warnings(superbill: Superbill, room: float) -> Block:
    """List what the biller should see first; as many as fit, and how many more there are."""
    if not superbill.warnings:
        return Space(0.0)
    width = theme.BODY_WIDTH - 24.0
    title = theme.text("Before this goes out", width, theme.ROOMY_BOLD)
    blocks: list[Block] = [title, Space(WARNING_GAP)]
    note_height = theme.text("more on the screen", width, theme.NOTE).height
    used = title.height + WARNING_GAP + 2 * WARNING_PADDING[1] + note_height
    for number, words in enumerate(superbill.warnings):
        warning = theme.text(f"–  {words}", width, theme.ROOMY, most_lines=2)
        if used + warning.height > room:
            left = len(superbill.warnings) - number
            blocks.append(theme.text(f"{left} more on the screen", width, theme.NOTE))
            break
        blocks.append(warning)
        used += warning.height
    return Panel(Stack(tuple(blocks)), theme.BODY_WIDTH, padding=WARNING_PADDING, fill=theme.TINT)


def _sign_off() -> Block:
    parts = (
        Part("Biller", blank=2.0),
        Part("Date", blank=0.8),
        Part("Treating practitioner", blank=2.0),
        Part("Date", blank=0.8),
    )
    return Stack(
        (
            FormLine(parts, theme.BODY_WIDTH, height=26.0, gap=12.0),
            Space(10.0),
            theme.text(NOT_A_CLAIM, theme.BODY_WIDTH, theme.NOTE),
        )
    )
