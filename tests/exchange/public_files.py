"""Made-up files in the shape of those that Medicare publishes."""

from __future__ import annotations

from pathlib import Path

DESCRIPTOR = "A long descriptor, of somebody's copyright"
# Code, modifier, status, work, practice expense in offices and in facilities, malpractice: CY 2026.
ROWS_2026 = (
    ("0001F", "", "I", "0.00", "0.00", "0.00", "0.00"),
    ("96127", "", "A", "0.00", "0.13", "0.13", "0.02"),
    ("99484", "", "A", "0.93", "0.73", "0.17", "0.06"),
    ("99492", "", "A", "1.88", "2.78", "0.44", "0.14"),
    ("99492", "26", "A", "9.99", "9.99", "9.99", "9.99"),
    ("99493", "", "A", "2.05", "2.15", "0.49", "0.14"),
    ("99494", "", "A", "0.82", "0.96", "0.20", "0.06"),
    ("99999", "", "A", "1.00", "1.00", "1.00", "1.00"),
    ("G0512", "", "I", "0.00", "0.00", "0.00", "0.00"),
    ("G0568", "", "A", "1.88", "2.81", "0.42", "0.15"),
    ("G0569", "", "A", "2.05", "2.17", "0.49", "0.15"),
    ("G0570", "", "A", "0.93", "0.74", "0.17", "0.06"),
    ("G2214", "", "A", "0.77", "0.99", "0.18", "0.06"),
)
ABOVE = (
    ",,,STATUS,NOT USED FOR MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,"
    "GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,PRIC,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,"
    "NON-FAC PE USED,FACILITY PE USED,MP USED"
)
HEADER = (
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,"
    "DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,"
    "FOR OPPS AMOUNT,FOR OPPS AMOUNT,FOR OPPS AMOUNT"
)
BETWEEN = "0,XXX,0.00,0.00,0.00,0,0,0,0,0,1,,"
BEHIND = ",09,0,99,0.00,0.00,0.00"


def rvu_lines(
    year: str = "2026",
    month: str = "July",
    factor: str = "33.4009",
    *,
    rows: tuple[tuple[str, ...], ...] = ROWS_2026,
) -> list[str]:
    """Give the lines of a relative value file: titles, a stacked header, and rows."""
    return [
        f",,{year} National Physician Fee Schedule Relative Value File {month} Release,,,",
        f",,CPT codes and descriptions only are copyright {year} American Medical Association,,,",
        f",,RELEASED 06/30/{year},,,",
        ABOVE,
        HEADER,
        *(_row(*row, factor=factor) for row in rows),
    ]


def _row(*cells: str, factor: str) -> str:
    code, modifier, status, *parts = cells
    work, office, facility, malpractice = parts
    hundredths = [round(float(part) * 100) for part in parts]
    in_office = (hundredths[0] + hundredths[1] + hundredths[3]) / 100
    in_facility = (hundredths[0] + hundredths[2] + hundredths[3]) / 100
    return (
        f'{code},{modifier},"{DESCRIPTOR}",{status},,{work},{office},,{facility},,{malpractice},'
        f"{in_office:.2f},{in_facility:.2f},{BETWEEN}{factor}{BEHIND}"
    )


GPCI_HEADER = (
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI"
)
GPCI_ROWS = (
    "02102,AK,1,ALASKA*,1.500,1.065,0.551",
    "06302,WI,0,WISCONSIN,1.000,0.958,0.308",
    "9202,PR,20,PUERTO RICO,1.000,0.869,0.575",
)


def gpci_lines(*rows: str) -> list[str]:
    return [
        "ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs),,,,,,",
        ",,,,,,",
        GPCI_HEADER,
        *(rows or GPCI_ROWS),
        ",,,,,,",
        "* Work GPCI reflects the floor of 1.5 of Alaska.,,,,,,",
    ]


# Codes of the program's list, one that is new, and one of another chapter.
ICD_CODES = {
    **{f"F{number:02}0": f"Disorder {number} of a test" for number in range(60, 82)},
    "E119": "Type 2 diabetes mellitus without complications",
    "F320": "Major depressive disorder, single episode, mild",
    "F3310": "Major depressive disorder, recurrent, moderate, by a new digit",
    "F4199": "A new anxiety disorder",
}


def code_lines(titles: dict[str, str] | None = None) -> list[str]:
    """Give a file of codes: eight columns, then the title."""
    return [f"{code:<7} {title}" for code, title in sorted((titles or ICD_CODES).items())]


def order_lines(titles: dict[str, str] | None = None) -> list[str]:
    """Give an order file: its number, the code, whether it is billable, short and long title."""
    found = titles or ICD_CODES
    both = [(code[:3], "0", f"Heading {code[:3]}") for code in found]
    both += [(code, "1", title) for code, title in found.items()]
    listed = sorted(dict.fromkeys(both))
    return [
        f"{number:05} {code:<7} {flag} {title[:60]:<60} {title}"
        for number, (code, flag, title) in enumerate(listed, start=1)
    ]


def stored(
    folder: Path, lines: list[str], name: str, *, end: str = "\r\n", encoding: str = "cp1252"
) -> Path:
    file = folder / name
    file.write_bytes((end.join(lines) + end).encode(encoding))
    return file
