"""The codes of collaborative care: minutes, short labels of our own, sources."""

from __future__ import annotations

from dataclasses import dataclass

INITIAL = "99492"
SUBSEQUENT = "99493"
ADD_ON = "99494"
SHORT_MONTH = "G2214"


@dataclass(frozen=True, slots=True)
class Code:
    """`label` is ours; the descriptors of CPT are copyright and not shipped."""

    code: str
    label: str
    full_minutes: int
    first_minute: int


# Source: https://www.cms.gov/files/document/behavioral-health-integration-fact-sheet.pdf and the
# CPT rule of the midpoint, confirmed by BCBS of North Dakota and of Texas; effective 2018-01-01,
# G2214 effective 2021-01-01. First minutes: 36 = half of 70, passed; 31 = half of 60, passed;
# 16 = half of 30, passed. G2214's first minute is the practice's choice (16 or 30).
CODES = {
    INITIAL: Code(INITIAL, "CoCM, first month of the episode", 70, 36),
    SUBSEQUENT: Code(SUBSEQUENT, "CoCM, later month", 60, 31),
    ADD_ON: Code(ADD_ON, "CoCM, each further 30 minutes", 30, 16),
    SHORT_MONTH: Code(SHORT_MONTH, "CoCM, first 30 minutes of a short month", 30, 16),
}
# Source: NCCI medically unlikely edits 2024-07: 99494 is 4 a month (MAI 3).
USUAL_MOST_ADD_ONS = 4
