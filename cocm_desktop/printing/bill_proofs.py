"""The lower half of the billing sheet: proofs, minutes, what to look at, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.billing.bill_paper import (
    checks_to_print,
    left_out,
    next_mark_words,
    recorded_seconds,
    short_time,
    time_by_person,
)
from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.checklist import ChecklistItem, Proof, checklist
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import count_of, long_moment, month_day
from cocm_desktop.printing import theme
from cocm_desktop.printing.bill_parts import Mark
from cocm_desktop.printing.blocks import Beside, Block, Panel, Rule, Space, Stack, heading
from cocm_desktop.printing.forms import FormLine, Part
from cocm_desktop.printing.typesetting import Span

PROOFS_WIDTH: Final = 318.0
MINUTES_LEFT: Final = 336.0
MINUTES_WIDTH: Final = theme.BODY_WIDTH - MINUTES_LEFT
LABEL: Final = 92.0
# What stands among the proofs as missing needs no line of its own.
_AMONG_PROOFS: Final = frozenset(
    {
        CheckId.B01,
        CheckId.B02,
        CheckId.B04,
        CheckId.B05,
        CheckId.B06,
        CheckId.B07,
        CheckId.B08,
        CheckId.B20,
    }
)
AMOUNT: Final = 42.0
MOST_PEOPLE: Final = 3
MOST_REASONS: Final = 4
PADDING: Final = (10.0, 6.0)
TITLE_GAP: Final = 2.0


def proofs_and_minutes(bill: Superbill, *, most_lines: int) -> Block:
    """Set both; what one proof says takes at most so many lines."""
    return Beside(
        ((0.0, _proofs(bill, most_lines)), (MINUTES_LEFT, _minutes(bill, min(most_lines, 2))))
    )


def _proofs(bill: Superbill, most_lines: int) -> Block:
    head = heading("Proofs", PROOFS_WIDTH)
    if bill.facts is None or bill.result is None:
        words = "Not kept with the documents of that time; see the chart."
        return Stack((head, theme.text(words, PROOFS_WIDTH, theme.NOTE)))
    items = [each for each in checklist(bill.facts, bill.result) if each.proof is not Proof.MINUTES]
    return Stack((head, *(_proof(each, most_lines) for each in items), *_meetings(bill)), 1.0)


def _proof(item: ChecklistItem, most_lines: int) -> Block:
    room = PROOFS_WIDTH - 14.0 - LABEL
    style = theme.BODY_BOLD if item.is_missing else theme.BODY
    words = f"Missing: {item.words}" if item.is_missing else item.words
    return Beside(
        (
            (0.0, Mark(item.state)),
            (14.0, theme.text(item.proof.value, LABEL, theme.BODY_QUIET, most_lines=1)),
            (14.0 + LABEL, theme.text(words, room, style, most_lines=most_lines)),
        )
    )


def _meetings(bill: Superbill) -> Iterator[Block]:
    """Name the days on which the caseload was gone through."""
    days = bill.facts.proofs.meetings if bill.facts else ()
    held = sorted({day for day in days if bill.month.contains(day)})
    words = ", ".join(map(month_day, held)) or "None in the month."
    room = PROOFS_WIDTH - 14.0 - LABEL
    yield Beside(
        (
            (14.0, theme.text("Caseload meetings", LABEL, theme.BODY_QUIET, most_lines=1)),
            (14.0 + LABEL, theme.text(words, room, most_lines=1)),
        )
    )


def _minutes(bill: Superbill, most_lines: int) -> Block:
    """Show what counts large, then whose it is, then what does not count and why."""
    people = [
        (short_time(each.counted_seconds), f"{each.staff_title} · {each.role.value}")
        for each in time_by_person(bill)
    ]
    lacking = [(short_time(s), reason.value) for reason, s in left_out(bill).items()]
    blocks: list[Block] = [heading("Minutes", MINUTES_WIDTH), _figure(bill)]
    blocks += _lines(people[:MOST_PEOPLE], most_lines)
    blocks += _more(len(people) - MOST_PEOPLE, "people")
    if lacking:
        blocks.append(theme.text("Not counted", MINUTES_WIDTH, theme.SMALL_QUIET))
        blocks += _lines(lacking[:MOST_REASONS], most_lines)
        blocks += _more(len(lacking) - MOST_REASONS, "reasons")
    if mark := next_mark_words(bill):
        blocks.append(theme.text(mark, MINUTES_WIDTH, theme.SMALL_BOLD))
    return Stack(tuple(blocks))


def _figure(bill: Superbill) -> Block:
    figure = theme.text(f"{bill.minutes:,}", MINUTES_WIDTH, theme.FIGURE)
    of_all = f" of {short_time(recorded_seconds(bill))} recorded" if bill.time_log else ""
    left = figure.words_width + 5.0
    words = theme.text(
        f"minutes counted{of_all}", MINUTES_WIDTH - left, theme.BODY_QUIET, most_lines=1
    )
    return Beside(((0.0, figure), (left, Stack((Space(7.0), words)))))


def _lines(pairs: Sequence[tuple[str, str]], most_lines: int) -> Iterator[Block]:
    room = MINUTES_WIDTH - AMOUNT
    for amount, words in pairs:
        left = theme.text(amount, AMOUNT - 2.0, theme.BODY_BOLD, most_lines=1)
        yield Beside(((0.0, left), (AMOUNT, theme.text(words, room, most_lines=most_lines))))


def _more(count: int, kind: str) -> Iterator[Block]:
    if count > 0:
        words = f"{count} more {kind} in the audit packet"
        yield theme.text(words, MINUTES_WIDTH, theme.NOTE, most_lines=1)


@dataclass(frozen=True, slots=True)
class ChecksPanel:
    """What to look at, as far as there was room for it. `is_whole` where nothing is left out."""

    block: Block
    is_whole: bool


def checks_panel(bill: Superbill, room: float) -> ChecksPanel:
    """List blocks, then warnings; as many as fit, and how many more there are."""
    lines = list(_check_lines(bill))
    if not lines:
        return ChecksPanel(Space(0.0), is_whole=True)
    width = theme.BODY_WIDTH - 2 * PADDING[0]
    title = theme.text(_checks_title(bill), width, theme.BODY_BOLD, most_lines=1)
    used = title.height + TITLE_GAP + 2 * PADDING[1]
    shown: list[Block] = []
    for number, spans in enumerate(lines):
        line, more = theme.text(spans, width, most_lines=2), _more_lines(len(lines) - number - 1)
        if used + line.height + more.height > room:
            break
        shown.append(line)
        used += line.height
    rest = _more_lines(len(lines) - len(shown))
    if not shown:
        return ChecksPanel(rest if rest.height <= room else Space(0.0), is_whole=False)
    stack = Stack((title, Space(TITLE_GAP), *shown, rest))
    panel = Panel(stack, theme.BODY_WIDTH, padding=PADDING, fill=theme.TINT)
    return ChecksPanel(panel, is_whole=len(shown) == len(lines))


def _more_lines(count: int) -> Block:
    if not count:
        return Space(0.0)
    words = f"{count_of(count, 'more line')} to look at on the screen"
    return theme.text(words, theme.BODY_WIDTH, theme.NOTE)


def _check_lines(bill: Superbill) -> Iterator[list[Span]]:
    """Give a line for each check; of those that the proofs show already, only the ids."""
    if bill.result is None or bill.facts is None:
        yield from ([Span(f"–  {words}", theme.BODY)] for words in bill.warnings)
        return
    proofs = " ".join(each.words for each in checklist(bill.facts, bill.result))
    found = checks_to_print(bill)
    shown = [each for each in found if each.words in proofs and each.id in _AMONG_PROOFS]
    for check in found:
        if check not in shown:
            yield _check_line(check)
    if shown:
        ids = ", ".join(dict.fromkeys(each.id.name for each in shown))
        yield [Span(ids, theme.BODY_QUIET), Span("   See the proofs above.", theme.BODY)]


def _check_line(check: Check) -> list[Span]:
    is_block = check.id.is_block
    about = f"{check.code}: " if check.code and check.code not in check.words else ""
    return [
        Span(f"{check.id.name}   ", theme.BODY_BOLD if is_block else theme.BODY_QUIET),
        Span(f"{about}{check.words}", theme.BODY_BOLD if is_block else theme.BODY),
    ]


def _checks_title(bill: Superbill) -> str:
    blocks = len(bill.result.blocks) if bill.result else 0
    if not blocks:
        return "Before this goes out"
    return f"{count_of(blocks, 'block')} to put right before anything goes out"


def sign_off(bill: Superbill) -> Block:
    """Leave lines for the biller and the practitioner; say who approved the month."""
    parts = (
        Part("Biller", blank=2.0),
        Part("Date", blank=0.8),
        Part("Treating practitioner", blank=2.0),
        Part("Date", blank=0.8),
    )
    return Stack(
        (
            theme.text(_signed_words(bill), theme.BODY_WIDTH, theme.SMALL_BOLD, most_lines=1),
            FormLine(parts, theme.BODY_WIDTH, height=24.0, gap=12.0),
        )
    )


def _signed_words(bill: Superbill) -> str:
    """Say who approved the month, and who issued it having seen which warnings."""
    approval = bill.approval
    words = (
        f"Approved by {approval.approved_by} on {long_moment(approval.approved_at)}."
        if approval
        else "The treating practitioner has not approved this month."
    )
    if bill.issued_by:
        seen = ", ".join(each.name for each in bill.acknowledged)
        words += f" Issued by {bill.issued_by}" + (f", who took note of {seen}." if seen else ".")
    return words


def stamps(lines: Sequence[str]) -> Block:
    """Set the versions small above the foot."""
    rule = Rule(theme.BODY_WIDTH, 0.4, theme.HAIRLINE)
    texts = [theme.text(w, theme.BODY_WIDTH, theme.SMALL_QUIET, most_lines=1) for w in lines]
    return Stack((rule, Space(2.0), *texts))
