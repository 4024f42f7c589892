"""Taxonomy codes that a practice of collaborative care needs, in words of our own."""

from __future__ import annotations

# Source: NUCC health care provider taxonomy.
PEOPLE = {
    "207Q00000X": "Family medicine",
    "207R00000X": "Internal medicine",
    "208000000X": "Pediatrics",
    "207V00000X": "Obstetrics and gynecology",
    "2084P0800X": "Psychiatry",
    "363L00000X": "Nurse practitioner",
    "363LF0000X": "Nurse practitioner, family",
    "363LP0808X": "Nurse practitioner, psychiatric",
    "363A00000X": "Physician assistant",
    "364S00000X": "Clinical nurse specialist",
    "367A00000X": "Nurse midwife",
    "163W00000X": "Registered nurse",
    "1041C0700X": "Clinical social worker",
    "103TC0700X": "Clinical psychologist",
    "101YM0800X": "Mental health counselor",
    "106H00000X": "Marriage and family therapist",
}
GROUPS = {
    "193200000X": "Group of several specialties",
    "193400000X": "Group of one specialty",
    "261QP2300X": "Primary care clinic",
    "261QF0400X": "Federally qualified health center",
    "261QR1300X": "Rural health clinic",
}


def taxonomy_words(code: str) -> str:
    """Write a code with what it stands for, where it is one of the usual ones."""
    name = {**GROUPS, **PEOPLE}.get(code)
    return f"{code}  {name}" if name else code
