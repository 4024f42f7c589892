"""The monthly billing sheet: one patient's month on one page, for the biller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cocm_desktop.domain.billing.bill_paper import (
    BillPaper,
    place_of_service,
    rate_words,
    version_words,
)
from cocm_desktop.domain.billing.facility import facility_of
from cocm_desktop.domain.billing.payer import Insured, Relation
from cocm_desktop.domain.identifiers import phone_words
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.domain.wording import NOTHING, dollars, long_date, short_date
from cocm_desktop.printing import theme
from cocm_desktop.printing.bill_parts import (
    COLUMN_GAP,
    HALF,
    Field,
    diagnosis_list,
    dollars_or_dash,
    field_rows,
    numbers,
    pointer_letters,
    practice_lines,
    standing,
)
from cocm_desktop.printing.bill_proofs import checks_panel, proofs_and_minutes, sign_off, stamps
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Panel,
    Space,
    Stack,
    heading,
    row,
    title_row,
)
from cocm_desktop.printing.page import ROOM, Folio
from cocm_desktop.printing.typesetting import Align, Span

TITLE: Final = "CoCM monthly billing sheet"
BOXES: Final = "Numbers in parentheses are boxes of the CMS-1500."
HEAD_PADDING: Final = (10.0, 7.0)
HEAD_WIDTH: Final = theme.BODY_WIDTH - 2 * HEAD_PADDING[0]
COLUMNS: Final = (
    Column("", 16.0),
    Column("Date (24A)", 60.0),
    Column("Place (24B)", 46.0),
    Column("Code (24D)", 46.0),
    Column("Service", 144.0, most_lines=2),
    Column("Mod.", 26.0),
    Column("Dx (24E)", 38.0),
    Column("Units (24G)", 48.0, Align.RIGHT),
    Column("Charge (24F)", 62.0, Align.RIGHT),
    Column("Allowed", 54.0, Align.RIGHT),
)
TOTAL_COLUMNS: Final = (
    Column("", 424.0, Align.RIGHT),
    Column("", 62.0, Align.RIGHT),
    Column("", 54.0, Align.RIGHT),
)
NAME_STYLES: Final = theme.larger_to_smaller(theme.LETTERHEAD, 11.0, 9.0, 7.0)
GAP: Final = 9.0
# How many lines a proof may take, and the gap between blocks: the first that fits is taken.
ROOMY_TO_TIGHT: Final = ((3, GAP), (2, GAP), (1, GAP), (1, 3.0))
MOST_LINES: Final = 6


def sheet_key(page: int) -> str:
    return f"sheet-{page}"


def sheet_folio(paper: BillPaper, *, number: int, of: int) -> Folio:
    """Say on the foot whose sheet this is and that it holds health information."""
    bill = paper.bill
    about = f"{bill.practice.name} · {bill.month} · {bill.number or 'draft'}"
    return Folio(
        key=sheet_key(number),
        bookmark=bill.patient.name,
        foot=f"Contains protected health information · {about}",
        number=number,
        of=of,
        is_sample=bill.practice.is_sample,
    )


def billing_sheet(paper: BillPaper) -> Block:
    """Set the page: identity and lines above, signatures at its foot, checks between."""
    bill = paper.bill
    below = Stack((sign_off(bill), Space(6.0), stamps((BOXES, *version_words(bill)))))
    for lines, gap in ROOMY_TO_TIGHT:
        above = _above(paper, lines, gap=gap)
        room = ROOM - above.height - below.height - 2 * gap
        checks = checks_panel(bill, room)
        if checks.is_whole and room >= 0.0:
            break
    rest = Space(max(0.0, room - checks.block.height))
    return Stack((above, Space(gap), checks.block, rest, Space(gap), below))


def _above(paper: BillPaper, most_lines: int, *, gap: float) -> Stack:
    """Set all but the checks; words of proofs take as many lines as there is room for."""
    bill = paper.bill
    note = "ICD-10-CM (21, indicator 0)"
    return Stack(
        (
            _head(paper),
            _parties(paper),
            _services(paper),
            diagnosis_list(bill.diagnoses, theme.BODY, note=note, in_one_column=1),
            proofs_and_minutes(bill, most_lines=most_lines),
        ),
        gap,
    )


def _head(paper: BillPaper) -> Block:
    bill, half = paper.bill, HEAD_WIDTH / 2
    practice = bill.practice
    left = Stack(
        (
            theme.text(practice.name, half, theme.LETTERHEAD, most_lines=1),
            *(theme.text(w, half, most_lines=1) for w in practice_lines(practice)),
            numbers((("NPI (33a)", practice.npi), ("EIN (25)", practice.ein)), half),
            numbers((("Taxonomy (33b)", bill.settings.group_taxonomy),), half),
        )
    )
    right_width = half - 16.0
    month = f"{bill.month} · {bill.kind.value}"
    right = Stack(
        (
            theme.text(TITLE, right_width, theme.LETTERHEAD, align=Align.RIGHT),
            theme.text(month, right_width, theme.LEAD, align=Align.RIGHT),
            Space(2.0),
            *standing(bill, right_width, paper.state.value),
        )
    )
    beside = Beside(((0.0, left), (half + 16.0, right)))
    return Panel(beside, theme.BODY_WIDTH, padding=HEAD_PADDING, fill=theme.TINT)


def _parties(paper: BillPaper) -> Block:
    """Name the patient; below, who that is and who pays, beside what the claim says."""
    bill, patient = paper.bill, paper.bill.patient
    born = f"born {patient.born} (3) · {patient.sex.value} · MRN {patient.mrn_or_words}"
    name = theme.fitted(patient.name, theme.BODY_WIDTH, NAME_STYLES, most_lines=1)
    columns = Beside(
        (
            (0.0, Stack((heading("Patient and insurance", HALF), _rows(_patient_fields(bill))))),
            (HALF + COLUMN_GAP, Stack((heading("Claim", HALF), _rows(_claim_fields(paper))))),
        )
    )
    about = theme.text(born, theme.BODY_WIDTH, theme.BODY_QUIET, most_lines=1)
    return Stack((name, about, Space(5.0), columns))


def _rows(fields: Iterator[Field]) -> Block:
    return field_rows(fields, HALF)


def _patient_fields(bill: Superbill) -> Iterator[Field]:
    reach, coverage = bill.patient.reach, bill.coverage
    yield "Address (5)", ", ".join(reach.address_lines)
    yield "Phone (5)", phone_words(reach.phone)
    yield "Payer (1)", _payer_words(bill)
    if bill.payer is not None:
        yield "Kind of payer", bill.payer.filing.value
    member = coverage.member_id if coverage else bill.patient.coverage.member_id
    yield "Insured’s id (1a)", member
    yield from _insured_fields(bill)
    group = coverage.group_number if coverage else bill.patient.coverage.group_number
    yield "Group no. (11)", group or NOTHING
    yield "Authorization (23)", _authorization(bill)


def _payer_words(bill: Superbill) -> str:
    if bill.payer is None:
        return bill.patient.coverage.payer
    rank = {1: "primary", 2: "secondary"}.get(bill.coverage.rank if bill.coverage else 1, "later")
    number = f", id {bill.payer.payer_number}" if bill.payer.payer_number else ""
    return f"{bill.payer.name}{number} · {rank}"


def _insured_fields(bill: Superbill) -> Iterator[Field]:
    coverage = bill.coverage
    if coverage is None or coverage.relation is Relation.SELF or coverage.insured is None:
        yield "Insured (4, 6)", "The patient"
        return
    insured = coverage.insured
    yield (
        "Insured (4, 6)",
        f"{insured.last_name.upper()}, {insured.first_name} · {_to(coverage.relation)}",
    )
    yield "Insured’s (7, 11a)", _insured_words(insured)


def _to(relation: Relation) -> str:
    return f"the patient is: {relation.value.lower()}"


def _insured_words(insured: Insured) -> str:
    born = f"born {long_date(insured.born_on)}" if insured.born_on else ""
    city = " ".join(part for part in (insured.state, insured.postal_code) if part)
    parts = (born, insured.sex.value, insured.address, insured.city, city)
    return ", ".join(part for part in parts if part)


def _authorization(bill: Superbill) -> str:
    coverage = bill.coverage
    if coverage is None or not coverage.authorization:
        return NOTHING
    until = f" to {long_date(coverage.authorized_last_on)}" if coverage.authorized_last_on else ""
    return f"{coverage.authorization}{until}"


def _claim_fields(paper: BillPaper) -> Iterator[Field]:
    bill, practitioner = paper.bill, paper.bill.treating_practitioner
    yield "Account no. (26)", bill.account_number or bill.patient.mrn
    replaced = f"7, replaces {bill.replaces}" if bill.replaces else "1, original"
    yield "Resubmission (22)", replaced
    yield "Rendering (31)", practitioner.title if practitioner else ""
    yield "NPI (24J)", _numbers_of(practitioner) if practitioner else ""
    if paper.supervisor:
        yield "Supervising (17)", f"{paper.supervisor.title} · NPI {paper.supervisor.npi}"
    facility = facility_of(bill.settings)
    yield "Service facility (32)", facility.words if facility else "The practice’s address (33)"
    yield "Accident (10a–c)", "None"
    yield "Signatures (12, 13)", "On file"
    yield "Assignment (27)", "Accepted"
    yield "Care manager", bill.care_manager.title


def _numbers_of(practitioner: StaffMember) -> str:
    taxonomy = f" · taxonomy {practitioner.taxonomy}" if practitioner.taxonomy else ""
    return f"{practitioner.npi}{taxonomy}"


def _services(paper: BillPaper) -> Block:
    bill = paper.bill
    blocks: list[Block] = [heading("Services", theme.BODY_WIDTH)]
    if bill.lines:
        rows = (_cells(bill, n, line) for n, line in enumerate(bill.lines[:MOST_LINES], start=1))
        blocks += [title_row(COLUMNS), *(row(COLUMNS, cells, padding=2.6) for cells in rows)]
        blocks += _totals(paper)
    else:
        words = _nothing_billed(bill)
        blocks += [theme.text(words, theme.BODY_WIDTH, theme.BODY_BOLD)]
    if words := rate_words(bill):
        blocks.append(theme.text(words, theme.BODY_WIDTH, theme.SMALL_QUIET, most_lines=2))
    return Stack(tuple(blocks))


def _nothing_billed(bill: Superbill) -> str:
    if bill.result is not None and bill.result.reached:
        codes = " + ".join(f"{each.units} × {each.code}" for each in bill.result.reached)
        return f"Nothing may be billed yet: {codes} is stopped by what is listed below."
    return f"{bill.minutes} counted minutes reach no code in {bill.month}."


def _cells(bill: Superbill, number: int, line: ServiceLine) -> tuple[Cell, ...]:
    modifiers = bill.facts.setting.modifiers if bill.facts else ()
    return (
        str(number),
        short_date(bill.service_on),
        place_of_service(bill),
        [Span(line.code, theme.BODY_BOLD)],
        line.label,
        " ".join(modifiers) or NOTHING,
        pointer_letters(line.pointers) or NOTHING,
        str(line.units),
        dollars_or_dash(line.amount_cents),
        dollars_or_dash(line.allowed_cents),
    )


def _totals(paper: BillPaper) -> Sequence[Block]:
    """Total charge and allowed; what was paid and what is owed, once the bill is on its way."""
    bill = paper.bill
    allowed = bill.result.allowed_cents if bill.result else None
    cells: tuple[Cell, ...] = (
        "Total (28)",
        [Span(dollars_or_dash(bill.total_cents), theme.BODY_BOLD)],
        [Span(dollars_or_dash(allowed), theme.BODY_BOLD)],
    )
    blocks: list[Block] = [row(TOTAL_COLUMNS, cells, padding=2.6, line=None)]
    if bill.is_issued:
        words = (
            f"Paid so far (29) {dollars(paper.paid_cents)} · "
            f"balance {dollars_or_dash(paper.balance_cents)}"
        )
        blocks.append(theme.text(words, theme.BODY_WIDTH, align=Align.RIGHT))
    if any(line.fee_cents is None for line in bill.lines):
        words = f"{NOTHING} The practice has recorded no charge for this code."
        blocks.append(theme.text(words, theme.BODY_WIDTH, theme.NOTE, align=Align.RIGHT))
    return blocks
