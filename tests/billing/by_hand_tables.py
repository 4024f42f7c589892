"""Rule sets, rates and code lists as the decision table has them, typed in once more."""

from __future__ import annotations

CORE = frozenset({"99492", "99493", "99494"})
WITH_BHI = CORE | {"99484"}
MEDICARE = WITH_BHI | {"G2214", "G0323"}

# Step 1: which codes each payer takes.
BOOKS = {
    "MCR": MEDICARE,
    "MA": MEDICARE,
    "MCR-CLINIC": MEDICARE,
    "MCD-WI": WITH_BHI,
    "MCD-NC": WITH_BHI | {"G2214"},
    "MCD-TX": WITH_BHI,
    "MCD-MI": WITH_BHI | {"G2214"},
    "MCD-NY": frozenset[str](),
    "MCD-UNKNOWN": CORE,
    "BCBSND": WITH_BHI,
    "BCBSM": WITH_BHI | {"G2214"},
    "BCBSM-CLINIC": WITH_BHI,
    "REGENCE": WITH_BHI | {"G2214"},
    "BCBSNC": WITH_BHI | {"G2214"},
    "COMMERCIAL-DEFAULT": CORE,
    "SELFPAY": CORE,
}
UNCONFIRMED = {"MA", "BCBSM-CLINIC", "MCD-UNKNOWN", "COMMERCIAL-DEFAULT"}
UNCONFIRMED_CODES = {
    ("MCR-CLINIC", "G2214"),
    ("MCD-WI", "99484"),
    ("MCD-NC", "99484"),
    ("MCD-TX", "99484"),
    ("REGENCE", "99484"),
    ("BCBSNC", "99484"),
    ("BCBSNC", "G2214"),
}
ADD_ON_CAPS = {"MCD-NC": 4}
MEDICARE_BOOKS = {"MCR", "MCR-CLINIC"}
DAYS_TO_FILE = {"MCR": 365, "MCR-CLINIC": 365}

# Section 1.8, in cents. The amounts of G2214 in NH and RI are left out as in the program: there a
# longer month would be allowed less than a short one.


def books_of(book: str, month: str) -> frozenset[str]:
    """Give the codes of a payer in a month: clinics had others until 2025."""
    if book == "MCR-CLINIC" and month < "2026-01":
        return frozenset({"G0512", "G0511" if month < "2025-01" else "99484"})
    return frozenset({"G0512"}) if book == "BCBSM-CLINIC" and month < "2026-01" else BOOKS[book]


_STATE_CODES = ("99492", "99493", "99494", "99484", "G2214")
_STATE_ROWS = """
CA 14126 12939 5788 3899 -
CO 14147 14122 5394 4283 5928
CT 9250 9250 - 2979 9250
DC 13185 12014 5047 - -
FL 10681 10105 4104 3048 -
GA 13657 10918 5642 4118 -
HI 9515 10403 4162 - 3905
MA 11405 10723 4351 3234 -
MD 15863 14129 6085 - -
MO 14551 13434 5684 - 5490
NH 5994 5397 2889 4856 -
NV 10730 8593 4439 - 4209
RI 9460 - - 4000 -
UT 11178 10337 4324 4125 5274
WY 13495 12763 5177 - -
WI 14605 14161 6051 - -
"""
STATES = {
    f"MCD-{name}": {
        code: int(amount)
        for code, amount in zip(_STATE_CODES, amounts, strict=True)
        if amount != "-"
    }
    for name, *amounts in (line.split() for line in _STATE_ROWS.split("\n") if line)
}
# Section 1.8: the one state whose amounts in a facility are given.
FLORIDA_INSIDE = {"99492": 6390, "99493": 6962, "99494": 2806, "99484": 2089}
for _name, _rates in STATES.items():
    if _name != "MCD-WI":
        BOOKS[_name] = frozenset(_rates)
        UNCONFIRMED.add(_name)
# Section 1.8: a number on a state's schedule ships as to be confirmed.
UNCONFIRMED_CODES |= {("MCD-WI", _code) for _code in STATES["MCD-WI"]}

# Section 2: first and last day, conversion factor in ten-thousandths of a dollar, and RVUs in
# hundredths: work, practice expense outside a facility and inside, malpractice.
_RVU_2024 = {
    "99492": (188, 260, 79, 12),
    "99493": (205, 201, 86, 14),
    "99494": (82, 91, 35, 5),
    "G2214": (77, 90, 32, 5),
    "99484": (93, 66, 32, 6),
    "G0323": (93, 66, 31, 6),
    "G0512": (197, 230, 0, 13),
}
_RVU_2025 = {
    "99492": (188, 248, 80, 13),
    "99493": (205, 193, 86, 15),
    "99494": (82, 87, 34, 4),
    "G2214": (77, 87, 33, 4),
    "99484": (93, 66, 30, 5),
    "G0323": (93, 69, 30, 4),
    "G0512": (197, 220, 0, 14),
}
_RVU_2026 = {
    "99492": (188, 278, 44, 14),
    "99493": (205, 215, 49, 14),
    "99494": (82, 96, 20, 6),
    "G2214": (77, 99, 18, 6),
    "99484": (93, 73, 17, 6),
}
FACTORS = [
    ("2024-01-01", "2024-03-08", 327442, _RVU_2024),
    ("2024-03-09", "2024-12-31", 332875, _RVU_2024),
    ("2025-01-01", "2025-12-31", 323465, _RVU_2025),
    ("2026-01-01", "2026-12-31", 334009, _RVU_2026),
]
# Section 2: participants of an advanced payment model have a factor of their own.
QUALIFYING_FACTORS = {2026: 335675}
FACILITIES = {"19", "21", "22", "31"}

# Section 1.5.
VISITS = {
    *(f"9920{n}" for n in (2, 3, 4, 5)),
    *(f"9921{n}" for n in (2, 3, 4, 5)),
    *("G0438", "G0439", "G0402", "99495", "99496", "90791", "90792", "99483"),
    *(f"993{n}" for n in (41, 42, 44, 45, 47, 48, 49, 50)),
}

# Section 3.3: those that the random months use, billable ones of chapter F.
BEHAVIORAL = {"F33.1", "F32.A", "F41.1", "F43.10", "F33.42"}
