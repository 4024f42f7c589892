"""The rules of the registry's chips in words, and what is derived before a table is shown."""

from __future__ import annotations

from collections.abc import Sequence

from cocm_desktop.domain.follow_up import NO_CONTACT_DAYS
from cocm_desktop.domain.outcome import BELOW_TEN_OR_HALF
from cocm_desktop.domain.registry import Chip, RegistryRow, counts

RULES: dict[Chip, str] = {
    Chip.OPEN: "Episodes that are not closed.",
    Chip.DUE_NOW: "A rule of follow-up or review holds today, or a safety task is open.",
    Chip.NOT_AT_TARGET: (
        "Open, and the last score is not at target: the patient's own, or "
        f"{BELOW_TEN_OR_HALF.named}."
    ),
    Chip.NO_CONTACT: f"Not reached for {NO_CONTACT_DAYS} days or more; attempts do not count.",
    Chip.MEASURE_DUE: "The next measure on the primary scale is due today or earlier.",
    Chip.OVERDUE: "A contact or a measure is past its due date.",
    Chip.SAFETY: "An answer on item 9 is not yet closed.",
    Chip.NEXT_REVIEW: "A rule puts the patient on the agenda of the next caseload review.",
    Chip.QUESTION: "A question for the consultant is open.",
    Chip.STEP_DOWN: "Open, and in remission on every scale that began high.",
    Chip.CONSENT_MISSING: "Referred or open, and no consent is recorded.",
    Chip.CODE_REACHED: "The minutes counted this month reach a billing code.",
    Chip.CLOSING: (
        "Closing is proposed after long silence, or the patient is in remission in relapse "
        "prevention. Nobody is closed by it."
    ),
    Chip.NOT_ENROLLED: "On the patient list or referred, without an episode of care.",
    Chip.CLOSED: "The latest episode is closed.",
    Chip.EVERYONE: "All patients.",
}

# What a table asks of every row besides the chips: to sort by name or by due date, and to find.
ASKED_OF_EVERY_ROW = ("sort_name", "next_due", "found_by")


def work_out(rows: Sequence[RegistryRow]) -> None:
    """Derive now what a table asks of every row, so that no window waits for it later."""
    counts(rows)
    for row in rows:
        for name in ASKED_OF_EVERY_ROW:
            getattr(row, name)
