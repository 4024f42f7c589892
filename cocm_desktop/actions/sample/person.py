"""Who the patients of the sample clinic are on paper: numbers, addresses, coverage."""

from __future__ import annotations

from datetime import date
from random import Random

from cocm_desktop.actions.sample.part import Part
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient import Coverage, PatientDraft, Reach
from cocm_desktop.domain.text import fold

FIRST_MRN = 100301
STREETS = (
    "Orchard Lane", "Mill Street", "Chapel Road", "River View Drive", "Station Street",
    "Maple Avenue", "Quarry Hill Road", "Church Street", "Ferry Lane", "Sunset Terrace",
    "Old Post Road", "Pine Street", "Hasbrouck Avenue", "Canal Street", "Lincoln Place",
)  # fmt: skip
TOWNS = (
    ("Kingston", "12401"), ("Rosendale", "12472"), ("Saugerties", "12477"),
    ("Hurley", "12443"), ("Esopus", "12429"), ("Port Ewen", "12466"), ("Ulster Park", "12487"),
)  # fmt: skip
MBI_LETTERS = "ACDEFGHJKMNPQRTUVWXY"


def patient_draft(
    part: Part, number: int, *, patient_id: PatientId, practitioner: str
) -> PatientDraft:
    """Give what the front desk typed. Phone numbers of this kind are kept for stories."""
    random = Random(f"person {number}")  # noqa: S311  a story, not a secret
    town, postal_code = random.choice(TOWNS)
    email = f"{fold(part.first).split()[0]}.{fold(part.last).replace(' ', '')}@example.org"
    return PatientDraft(
        id=patient_id,
        last_name=part.last,
        first_name=part.first,
        middle_name=part.middle,
        preferred_name=part.preferred,
        born_on=date.fromisoformat(part.born),
        mrn=str(FIRST_MRN + number),
        sex=part.sex,
        reach=Reach(
            phone=f"845-555-{101 + number:04}",
            email=email if random.random() < 0.6 else "",  # noqa: PLR2004  most have one
            address=f"{random.randint(2, 480)} {random.choice(STREETS)}",
            city=town,
            state="NY",
            postal_code=postal_code,
            language=part.language or "English",
        ),
        coverage=_coverage(part),
        treating_practitioner=practitioner,
    )


def _coverage(part: Part) -> Coverage:
    """Make up a policy of the person: a record made twice has the same one."""
    random = Random(f"policy {part.payer} {part.born}")  # noqa: S311  a story, not a secret
    if part.payer == "Self-pay":
        return Coverage(part.payer)
    if part.payer == "Medicare":
        first, second, third, fourth = random.choices(MBI_LETTERS, k=4)
        one, two, five = random.randint(1, 9), random.randint(0, 9), random.randint(10, 99)
        return Coverage(part.payer, f"{one}{first}{two}4{second}{third}7{fourth}K{five}")
    letters = fold(part.payer).replace(" ", "")[:3].upper()
    group = f"{random.randint(10_000, 99_999)}" if part.payer != "Medicaid" else ""
    return Coverage(part.payer, f"{letters}{random.randint(10**8, 10**9 - 1)}", group)
