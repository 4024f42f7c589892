"""Where a patient's month stands on its way to the money, and what may come next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import SuperbillId


class MonthState(Enum):
    """The order is that of the work. NOT_READY and READY are derived; the rest is recorded."""

    NOT_READY = "Not ready"
    READY = "Ready"
    ISSUED = "Issued"
    SENT = "Sent"
    PAID = "Paid"
    DENIED = "Denied"
    VOID = "Void"


# A paid or denied bill may change its state again: payers reverse, and pay on appeal.
NEXT_STATES = {
    MonthState.ISSUED: (MonthState.SENT, MonthState.PAID, MonthState.DENIED, MonthState.VOID),
    MonthState.SENT: (MonthState.PAID, MonthState.DENIED, MonthState.VOID),
    MonthState.PAID: (MonthState.DENIED, MonthState.VOID),
    MonthState.DENIED: (MonthState.SENT, MonthState.PAID, MonthState.VOID),
}


@dataclass(frozen=True, slots=True)
class BillStep:
    """That an issued superbill went over to a state, on a day, and why.

    `source_id` names the claim file or remittance that did it; empty where a person did.
    `paid_cents` is what the payer paid in this step; below zero where it took money back.
    """

    id: str
    superbill_id: SuperbillId
    state: MonthState
    made_on: date
    reason: str = ""
    source_id: str = ""
    paid_cents: int | None = None
