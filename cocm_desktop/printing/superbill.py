"""The patient superbill: an itemized receipt of a month, for whoever pays it themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cocm_desktop.domain.billing.bill_paper import BillPaper, place_of_service
from cocm_desktop.domain.billing.payer import Relation
from cocm_desktop.domain.identifiers import phone_words
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.domain.wording import NOT_RECORDED, NOTHING, dollars, long_moment, short_date
from cocm_desktop.printing import theme
from cocm_desktop.printing.bill_parts import (
    Field,
    diagnosis_list,
    dollars_or_dash,
    numbers,
    practice_lines,
    standing,
)
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Cell,
    Column,
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

TITLE: Final = "Patient superbill"
NOT_A_CLAIM: Final = (
    "This is an itemized receipt, not a claim. Your plan may pay you back in part, or count it "
    "toward your deductible; ask your plan how it wants to receive it. It is not for services that "
    "Medicare covers."
)
COLUMNS: Final = (
    Column("Date of service", 74.0),
    Column("Place", 40.0),
    Column("Code", 50.0),
    Column("Modifiers", 54.0),
    Column("Service", 190.0, most_lines=2),
    Column("Units", 34.0, Align.RIGHT),
    Column("Charge", 98.0, Align.RIGHT),
)
TOTAL_COLUMNS: Final = (Column("", 442.0, Align.RIGHT), Column("", 98.0, Align.RIGHT))
NAME_STYLES: Final = theme.larger_to_smaller(theme.LETTERHEAD, 11.0, 9.0, 7.0)
FIELD_GAP: Final = 18.0
FIELD_WIDTH: Final = (theme.BODY_WIDTH - 2 * FIELD_GAP) / 3
SECTION_GAP: Final = 17.0
MOST_LINES: Final = 6


def superbills_pdf(papers: Sequence[BillPaper], *, anchor: str = "") -> bytes:
    """Set one page for each superbill, with a bookmark."""
    title = TITLE if len(papers) == 1 else "Patient superbills"
    press = Press(title, anchor=anchor)
    for number, paper in enumerate(papers, start=1):
        bill = paper.bill
        folio = Folio(
            key=f"superbill-{number}",
            bookmark=f"{number}. {bill.patient.name}",
            foot=" · ".join(("Confidential", bill.practice.name, str(bill.month), _state(bill))),
            number=1,
            of=1,
            is_sample=bill.practice.is_sample,
        )
        press.print_page(superbill_page(paper), folio)
    return press.finish()


def superbill_page(paper: BillPaper) -> Block:
    """Set the page: services above, the signature at its foot."""
    bill = paper.bill
    above = Stack(
        (
            _letterhead(bill),
            Rule(theme.BODY_WIDTH, 0.8),
            _figures(paper),
            _parties(bill),
            Stack((heading("Services", theme.BODY_WIDTH), _services(paper))),
            diagnosis_list(bill.diagnoses, theme.ROOMY, note="ICD-10-CM", in_one_column=6),
        ),
        SECTION_GAP,
    )
    below = _sign_off(bill)
    return Stack((above, Space(max(0.0, ROOM - above.height - below.height)), below))


def _state(bill: Superbill) -> str:
    if bill.issued_at is None:
        return "superbill, draft"
    return f"superbill {bill.number}, issued {long_moment(bill.issued_at)}"


def _letterhead(bill: Superbill) -> Block:
    half, practice = theme.BODY_WIDTH / 2, bill.practice
    left = Stack(
        (
            theme.text(practice.name, half, theme.LETTERHEAD, most_lines=2),
            Space(2.0),
            *(theme.text(w, half, theme.ROOMY, most_lines=1) for w in practice_lines(practice)),
            numbers((("NPI", practice.npi), ("EIN", practice.ein)), half, theme.ROOMY),
        )
    )
    width = half - 20.0
    name = theme.text(TITLE, width, theme.DISPLAY, align=Align.RIGHT)
    right = Stack((name, *standing(bill, width)), 2.0)
    return Beside(((0.0, left), (half + 20.0, right)))


def _figures(paper: BillPaper) -> Block:
    """Show what a patient looks for first: which month, how much, how much is left to pay."""
    bill = paper.bill
    figures = (
        ("Service month", str(bill.month)),
        ("Total charge", dollars_or_dash(bill.total_cents) if bill.lines else NOTHING),
        ("Balance", dollars_or_dash(paper.balance_cents) if bill.lines else NOTHING),
    )
    return _in_three(
        Stack(
            (
                theme.text(label, FIELD_WIDTH, theme.SMALL_QUIET, most_lines=1),
                theme.text(value, FIELD_WIDTH, theme.FIGURE, most_lines=1),
            )
        )
        for label, value in figures
    )


def _in_three(blocks: Iterator[Block]) -> Block:
    step = FIELD_WIDTH + FIELD_GAP
    return Beside(tuple((number * step, block) for number, block in enumerate(blocks)))


def _parties(bill: Superbill) -> Block:
    """Name the patient; below, in three columns, who that is, who is insured and who treated."""
    name = theme.fitted(bill.patient.name, theme.BODY_WIDTH, NAME_STYLES, most_lines=2)
    columns = _in_three(iter((_person(bill), _fields(_insured(bill)), _fields(_team(bill)))))
    label = theme.text("Patient", theme.BODY_WIDTH, theme.SMALL_QUIET)
    return Stack((label, name, Space(3.0), columns))


def _person(bill: Superbill) -> Block:
    patient = bill.patient
    lines = (
        f"Account {bill.account_number or patient.mrn_or_words}",
        f"Born {patient.born}",
        f"Sex {patient.sex.value}",
        *(patient.reach.address_lines or ("Address not recorded",)),
        phone_words(patient.reach.phone) or "Phone not recorded",
    )
    return Stack(tuple(theme.text(line, FIELD_WIDTH, theme.ROOMY, most_lines=1) for line in lines))


def _insured(bill: Superbill) -> Iterator[Field]:
    coverage, typed = bill.coverage, bill.patient.coverage
    yield "Member id", coverage.member_id if coverage else typed.member_id
    if coverage and coverage.insured and coverage.relation is not Relation.SELF:
        insured = coverage.insured
        yield "Insured", f"{insured.last_name.upper()}, {insured.first_name}"
        yield "Patient’s relation to the insured", coverage.relation.value
    else:
        yield "Insured", "The patient"
    yield "Group", (coverage.group_number if coverage else typed.group_number) or NOTHING


def _team(bill: Superbill) -> Iterator[Field]:
    practitioner = bill.treating_practitioner
    yield "Treating practitioner", practitioner.title if practitioner else ""
    yield "NPI", practitioner.npi if practitioner else ""


def _fields(fields: Iterator[Field]) -> Block:
    return Stack(
        tuple(
            Stack(
                (
                    theme.text(label, FIELD_WIDTH, theme.SMALL_QUIET, most_lines=1),
                    theme.text(words or NOT_RECORDED, FIELD_WIDTH, theme.ROOMY, most_lines=1),
                )
            )
            for label, words in fields
        ),
        5.0,
    )


def _services(paper: BillPaper) -> Block:
    bill = paper.bill
    blocks: list[Block] = [title_row(COLUMNS)]
    rows = (_cells(bill, line) for line in bill.lines[:MOST_LINES])
    blocks += [row(COLUMNS, cells, style=theme.ROOMY, padding=4.0) for cells in rows]
    if not bill.lines:
        words = "Nothing of this month can be billed."
        blocks += [Space(5.0), theme.text(words, theme.BODY_WIDTH), Space(3.0)]
    totals = (
        ("Total", dollars_or_dash(bill.total_cents) if bill.lines else NOTHING),
        ("Paid", dollars(paper.paid_cents)),
        ("Balance", dollars_or_dash(paper.balance_cents) if bill.lines else NOTHING),
    )
    for label, amount in totals:
        cells = ([Span(label, theme.LEAD)], [Span(amount, theme.LEAD_BOLD)])
        blocks.append(row(TOTAL_COLUMNS, cells, padding=1.5, line=None))
    if any(line.fee_cents is None for line in bill.lines):
        words = f"{NOTHING} The practice has recorded no charge for this code."
        blocks.append(theme.text(words, theme.BODY_WIDTH, theme.NOTE, align=Align.RIGHT))
    return Stack(tuple(blocks))


def _cells(bill: Superbill, line: ServiceLine) -> tuple[Cell, ...]:
    modifiers = bill.facts.setting.modifiers if bill.facts else ()
    return (
        short_date(bill.service_on),
        place_of_service(bill),
        [Span(line.code, theme.ROOMY_BOLD)],
        " ".join(modifiers) or NOTHING,
        line.label,
        str(line.units),
        dollars_or_dash(line.amount_cents),
    )


def _sign_off(bill: Superbill) -> Block:
    practitioner = bill.treating_practitioner
    label = practitioner.title if practitioner else "Treating practitioner"
    parts = (Part("Signature", blank=2.0), Part("Date", blank=0.8))
    return Stack(
        (
            theme.text(label, theme.BODY_WIDTH, theme.ROOMY_BOLD, most_lines=1),
            FormLine(parts, theme.BODY_WIDTH, height=26.0, gap=12.0),
            Space(10.0),
            theme.text(NOT_A_CLAIM, theme.BODY_WIDTH, theme.NOTE),
        )
    )
