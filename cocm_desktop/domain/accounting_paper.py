"""The accounting of disclosures as it is given to the patient."""

from __future__ import annotations

from datetime import datetime

from cocm_desktop.domain.accounting import PART2_YEARS, YEARS, Accounting
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.privacy import Disclosure
from cocm_desktop.domain.record_paper import PaperTable, RecordPaper
from cocm_desktop.domain.wording import long_date

TITLE = "Accounting of disclosures"
# Source: 45 CFR 164.528(a)(1) and (b); 42 CFR 2.25.
WHAT_IT_HOLDS = (
    "This accounting names what this practice gave out of your health record in the "
    f"{YEARS} years before your request, but for treatment, payment, health care operations, "
    "to you, or by your own authorization. What was given out under your consent from the record "
    f"of a substance use disorder program is named for {PART2_YEARS} years."
)


def accounting_paper(
    accounting: Accounting, practice: Practice, *, as_of: datetime, prepared_by: str
) -> RecordPaper:
    patient, asked = accounting.patient, accounting.asked_on
    return RecordPaper(
        title=TITLE,
        practice=practice,
        about=(
            ("For", patient.name),
            ("Born", patient.born),
            ("MRN", patient.mrn_or_words),
            ("Asked for on", long_date(asked)),
            ("Covers", f"{long_date(accounting.first_on)} to {long_date(asked)}"),
        ),
        words=(WHAT_IT_HOLDS,),
        tables=(
            PaperTable(
                "Disclosures",
                ("Date", "Given to", "What", "Given out for"),
                (0.12, 0.28, 0.32, 0.28),
                tuple(_row(each) for each in accounting.listed),
                nothing="Nothing that has to be named was given out in this time.",
            ),
        ),
        as_of=as_of,
        prepared_by=prepared_by,
        whose=(patient.name, f"born {patient.born} · MRN {patient.mrn_or_words}"),
    )


def _row(each: Disclosure) -> tuple[str, ...]:
    to = ", ".join(filter(None, (each.recipient, each.address)))
    what = f"{each.what} (with Part 2 records)" if each.has_part2 else each.what
    reason = "; ".join(filter(None, (each.purpose.value, each.authority)))
    return long_date(each.disclosed_on), to, what, reason
