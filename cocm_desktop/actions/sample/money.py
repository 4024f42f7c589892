"""The billing of the sample clinic: payers, approvals, superbills, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from cocm_desktop.actions.bill_state import BillStepDraft, mark_bill
from cocm_desktop.actions.claims import FileRequest, read_filing, write_claims
from cocm_desktop.actions.month_approval import approve_months
from cocm_desktop.actions.month_closing import close_month
from cocm_desktop.actions.payer import add_payer, cover_named, read_payers
from cocm_desktop.actions.remittance import post_remittance, preview_content
from cocm_desktop.actions.sample.calendar import next_working_day
from cocm_desktop.actions.sample.event import Book, Deed
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.remittances import remittance_of
from cocm_desktop.actions.sample.rules import OWN_RULES, keep_contract
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.superbill import (
    EVERY_WARNING,
    issue_superbills,
    read_billing_month,
    read_issued_month,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.claim_file import ClaimFileKind
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.ids import ClaimFileId, PayerId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import Superbill

MONTHS_BILLED = 3
SET_UP_DAYS = 7
COVERED_AGAIN_DAYS = 13  # Into the month of today: whoever came since is given a payer.
PAID_AFTER = timedelta(days=21)
UNAPPROVED = 4  # So many months wait for the practitioner's approval when the last one closes.
UNISSUED = 3  # So many of the last month are ready and wait for the biller.
DENIED_EACH = 17
SENT_EACH = 3
SENDS_FILES = "Medicare"  # The payer whose remittances come as files.
DENIAL = "CO-197: authorization was not on file"
# The payers of the cast that the practice has set up; MVP Health Care is still to come.
PAYERS = {
    "Medicare": ("MCR", ClaimFiling.MEDICARE_B, "13282", True),
    "Medicaid": ("MCD-NY", ClaimFiling.MEDICAID, "MCDNY", False),
    "Blue Cross PPO": ("COMMERCIAL-DEFAULT", ClaimFiling.BLUE_CROSS, "00803", True),
    "Aetna": (OWN_RULES, ClaimFiling.COMMERCIAL, "60054", True),
    "UnitedHealthcare": ("COMMERCIAL-DEFAULT", ClaimFiling.COMMERCIAL, "87726", False),
    "Cigna": ("COMMERCIAL-DEFAULT", ClaimFiling.COMMERCIAL, "62308", True),
    "Fidelis Care": ("COMMERCIAL-DEFAULT", ClaimFiling.HMO, "11315", False),
    "Self-pay": ("SELFPAY", ClaimFiling.SELF_PAY, "", True),
}


@dataclass(frozen=True, slots=True)
class Money:
    """What the biller and the practitioners do about the last full months."""

    book: Book
    team: Team

    def tell(self) -> None:
        this = ServiceMonth.of(self.book.as_of)
        first = this.plus(-MONTHS_BILLED)
        set_up = next_working_day(first.last_day - timedelta(days=SET_UP_DAYS))
        self._write(set_up, 9, _set_up_payers)
        for back in range(MONTHS_BILLED, 0, -1):
            self._bill(this.plus(-back), is_last=back == 1)
        self._write(this.first_day + timedelta(days=COVERED_AGAIN_DAYS), 7, _cover)

    def _bill(self, month: ServiceMonth, *, is_last: bool) -> None:
        """Close the month, approve it, and issue what can go out, a few days into the next one."""
        day = next_working_day(next_working_day(month.last_day))
        self._write(day, 7, _cover)
        self._write(day, 8, partial(close_month, month=month))
        for practitioner in self.team.practitioners:
            left = UNAPPROVED if is_last and practitioner is self.team.practitioners[-1] else 0
            deed = partial(_approve, month=month, left=left)
            if day < self.book.as_of:
                self.book.write(self.book.at(day, 9), practitioner, deed)
        self._write(day, 10, partial(_issue, month=month, left=UNISSUED if is_last else 0))
        sent_on = next_working_day(day)
        self._write(sent_on, 10, partial(_send, month=month, is_last=is_last))
        if not is_last:
            paid_on = next_working_day(sent_on + PAID_AFTER)
            self._write(paid_on, 11, partial(_take_in, month=month))

    def _write(self, day: date, hour: int, deed: Deed) -> None:
        if day < self.book.as_of:
            self.book.write(self.book.at(day, hour), self.team.biller, deed)


def _set_up_payers(workspace: Workspace) -> None:
    keep_contract(workspace)
    for name, (rules, filing, number, is_confirmed) in PAYERS.items():
        confirmed_on = workspace.today() if is_confirmed else None
        note = "By telephone" if is_confirmed and rules != "MCR" else ""
        draft = PayerDraft(
            name,
            rules,
            filing,
            number,
            confirmed_on=confirmed_on,
            confirmed_note=note,
            id=PayerId(sample_id(f"payer {name}")),
        )
        add_payer(workspace, draft)
    _cover(workspace)


def _cover(workspace: Workspace) -> None:
    """Give the payers to the patients that name them, and whose member id fits."""
    ids = {payer.name: payer.id for payer in read_payers(workspace).payers}
    for named in read_payers(workspace).named:
        if named.words in ids:
            cover_named(workspace, named.words, ids[named.words])


def _approve(workspace: Workspace, *, month: ServiceMonth, left: int) -> None:
    """Approve what waits for nothing else, of one's own patients."""
    own = [
        bill.patient.id
        for bill in read_billing_month(workspace, month).superbills
        if bill.treating_practitioner == workspace.staff and _waits_for_approval(bill)
    ]
    approve_months(workspace, own[: len(own) - left], month)


def _waits_for_approval(bill: Superbill) -> bool:
    return bill.result is not None and [each.id for each in bill.result.blocks] == [CheckId.B20]


def _issue(workspace: Workspace, *, month: ServiceMonth, left: int) -> None:
    ready = [
        bill.patient.id
        for bill in read_billing_month(workspace, month).superbills
        if bill.state is MonthState.READY
    ]
    going = ready[: len(ready) - left]
    issue_superbills(workspace, going, month, acknowledged=EVERY_WARNING)


def _send(workspace: Workspace, *, month: ServiceMonth, is_last: bool) -> None:
    """Put what makes a whole claim into a file; the rest went out by hand."""
    issued = enumerate(_in(workspace, month, MonthState.ISSUED))
    going = [bill for number, bill in issued if not is_last or number % SENT_EACH]
    due = {row.key for row in read_filing(workspace, month).due}
    keys = frozenset((bill.id, 1) for bill in going) & due
    if keys:
        file_id = ClaimFileId(sample_id(f"claims {month.key}"))
        request = FileRequest(month, ClaimFileKind.CSV, keys, id=file_id)
        write_claims(workspace, request, None)
    for bill in going:
        if (bill.id, 1) not in keys:
            _mark(workspace, bill, MonthState.SENT)


def _take_in(workspace: Workspace, *, month: ServiceMonth) -> None:
    """Note what the payers answered: most paid what was expected, one or two denied."""
    sent = _in(workspace, month, MonthState.SENT)
    denied = {bill.id for bill in sent[DENIED_EACH // 2 :: DENIED_EACH]}
    posted = [bill for bill in sent if bill.payer and bill.payer.name == SENDS_FILES]
    if posted:
        refused = next((bill for bill in posted if bill.id in denied), None)
        content = remittance_of(posted, workspace.today(), denied=refused)
        preview = preview_content(workspace, content, file_name=f"era-{month.key}.835")
        post_remittance(workspace, preview)
    for bill in sent:
        if bill in posted:
            continue
        if bill.id in denied:
            _mark(workspace, bill, MonthState.DENIED, reason=DENIAL)
        else:
            _mark(workspace, bill, MonthState.PAID, paid_cents=_expected(bill))


def _in(workspace: Workspace, month: ServiceMonth, state: MonthState) -> list[Superbill]:
    found = read_issued_month(workspace, month)
    return [bill for bill in found.superbills if found.state_of(bill) is state]


def _mark(
    workspace: Workspace,
    bill: Superbill,
    state: MonthState,
    *,
    reason: str = "",
    paid_cents: int | None = None,
) -> None:
    draft = BillStepDraft(
        superbill_id=bill.id,
        state=state,
        made_on=workspace.today(),
        reason=reason,
        paid_cents=paid_cents,
        id=sample_id(f"{state.name} {bill.month.key} {bill.patient.id}"),
    )
    mark_bill(workspace, draft)


def _expected(bill: Superbill) -> int | None:
    split = bill.result.split if bill.result else None
    return split.paid if split else bill.total_cents
