"""Claims as an 837P file. Source: X12 005010X222A1; billing rules 4.1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cocm_desktop.domain.billing.claim import (
    Claim,
    Frequency,
    PaidBefore,
    person_name,
    phone_of_claim,
    sex_letter,
)
from cocm_desktop.domain.billing.claim_text import (
    claim_amount,
    claim_day,
    claim_digits,
    claim_text,
)
from cocm_desktop.domain.billing.facility import Facility, facility_of
from cocm_desktop.domain.billing.posting import line_control
from cocm_desktop.domain.billing.remittance import Adjustment, PaidLine
from cocm_desktop.domain.superbill import ServiceLine
from cocm_desktop.exchange.claim_envelope import Envelope
from cocm_desktop.exchange.x12_write import (
    LONGEST_NAME,
    PART,
    REPEAT,
    address,
    organization,
    person,
    segment,
)

VERSION = "005010X222A1"
TRANSACTION = "0001"
SUBSCRIBER_IS_PATIENT, PATIENT_FOLLOWS = "0", "1"


def claims_837(claims: Sequence[Claim], envelope: Envelope) -> str:
    """Write one interchange with every claim, a segment a line."""
    body = [*_header(envelope), *_billing_provider(claims[0], envelope)]
    level = 1
    for claim in claims:
        segments = list(_claim(claim, parent=1, level=level + 1))
        level += 1 if claim.is_patient_insured else 2
        body.extend(segments)
    number = f"{envelope.control_number:09}"
    body.append(segment("SE", str(len(body) + 1), TRANSACTION))
    return "\n".join(
        (
            *_opening(envelope),
            *body,
            segment("GE", "1", str(envelope.control_number)),
            segment("IEA", "1", number),
            "",
        )
    )


def _opening(envelope: Envelope) -> Iterator[str]:
    at, blank = envelope.made_at, " " * 10
    sender, receiver = envelope.sender_id, envelope.receiver_id
    yield segment(
        *("ISA", "00", blank, "00", blank, "ZZ", f"{sender:15}", "ZZ", f"{receiver:15}"),
        *(f"{at:%y%m%d}", f"{at:%H%M}", REPEAT, "00501", f"{envelope.control_number:09}"),
        *("0", envelope.usage, PART),
    )
    number = str(envelope.control_number)
    yield segment("GS", "HC", sender, receiver, f"{at:%Y%m%d}", f"{at:%H%M}", number, "X", VERSION)


def _header(envelope: Envelope) -> Iterator[str]:
    at, settings, practice = envelope.made_at, envelope.settings, envelope.practice
    yield segment("ST", "837", TRANSACTION, VERSION)
    reference = f"COCM{envelope.control_number:09}"
    yield segment("BHT", "0019", "00", reference, f"{at:%Y%m%d}", f"{at:%H%M}", "CH")
    yield organization("41", practice.name, "46", envelope.sender_id)
    contact = claim_text(settings.contact_name, LONGEST_NAME) or "BILLING OFFICE"
    phone = phone_of_claim(settings.contact_phone or practice.phone)
    yield segment("PER", "IC", contact, "TE", phone)
    yield organization("40", settings.receiver_name, "46", envelope.receiver_id)


def _billing_provider(claim: Claim, envelope: Envelope) -> Iterator[str]:
    practice, taxonomy = claim.superbill.practice, envelope.settings.group_taxonomy
    yield segment("HL", "1", "", "20", "1")
    if taxonomy:
        yield segment("PRV", "BI", "PXC", claim_text(taxonomy, 10))
    yield organization("85", practice.name, "XX", practice.npi)
    yield from address(
        practice.address,
        city=practice.city,
        state=practice.state,
        postal_code=practice.postal_code,
    )
    yield segment("REF", "EI", claim_digits(practice.ein))


def _claim(claim: Claim, *, parent: int, level: int) -> Iterator[str]:
    is_self = claim.is_patient_insured
    yield segment("HL", str(level), str(parent), "22", "0" if is_self else "1")
    yield from _subscriber(claim)
    if not is_self:
        yield segment("HL", str(level + 1), str(level), "23", "0")
        yield from _patient(claim)
    yield from _services(claim)


def _subscriber(claim: Claim) -> Iterator[str]:
    coverage, payer, insured = claim.coverage, claim.payer, claim.insured
    order = "P" if coverage.rank == 1 else "S"
    relation = coverage.relation.relation_code if claim.is_patient_insured else ""
    group = claim_text(coverage.group_number, 50)
    filing = payer.filing.filing_code
    yield segment("SBR", order, relation, group, "", "", "", "", "", filing)
    name = insured.last_name, insured.first_name
    yield person("IL", name, "MI", claim.member_id)
    if claim.is_patient_insured or insured.address:
        yield from address(
            insured.address,
            city=insured.city,
            state=insured.state,
            postal_code=insured.postal_code,
        )
    if insured.born_on is not None:
        yield segment("DMG", "D8", claim_day(insured.born_on), sex_letter(insured.sex))
    yield organization("PR", payer.name, "PI", claim_text(payer.payer_number, 80))


def _patient(claim: Claim) -> Iterator[str]:
    patient = claim.patient
    yield segment("PAT", claim.coverage.relation.relation_code)
    yield person("QC", (patient.last_name, patient.first_name))
    reach = patient.reach
    yield from address(
        reach.address, city=reach.city, state=reach.state, postal_code=reach.postal_code
    )
    yield segment("DMG", "D8", claim_day(patient.born_on), sex_letter(patient.sex))


def _services(claim: Claim) -> Iterator[str]:
    """Write the claim itself (2300), who did it (2310), who paid before (2320), the lines."""
    bill = claim.superbill
    place = PART.join((bill.settings.place_of_service, "B", claim.frequency.digit))
    charge = claim_amount(claim.charge_cents)
    yield segment("CLM", claim.account_number, charge, "", "", place, "Y", "A", "Y", "Y")
    if claim.coverage.authorization:
        yield segment("REF", "G1", claim_text(claim.coverage.authorization, 50))
    if claim.frequency is not Frequency.ORIGINAL:
        yield segment("REF", "F8", claim_text(claim.original_number, 50))
    codes = (
        PART.join(("ABF" if place else "ABK", code))
        for place, code in enumerate(claim.diagnosis_codes)
    )
    yield segment("HI", *codes)
    yield person("82", person_name(claim.practitioner), "XX", claim.practitioner.npi)
    if taxonomy := claim.practitioner.taxonomy:
        yield segment("PRV", "PE", "PXC", claim_text(taxonomy, 10))
    if facility := facility_of(bill.settings):
        yield from _facility(facility)
    if claim.supervisor is not None:
        yield person("DQ", person_name(claim.supervisor), "XX", claim.supervisor.npi)
    if claim.paid_before is not None:
        yield from _other_payer(claim.paid_before)
    for number, line in enumerate(bill.lines, start=1):
        yield from _line(claim, line, number=number)


def _facility(facility: Facility) -> Iterator[str]:
    number = ("XX", facility.npi) if facility.npi else ()
    yield organization("77", facility.name, *number)
    yield from address(
        facility.address,
        city=facility.city,
        state=facility.state,
        postal_code=facility.postal_code,
    )


def _line(claim: Claim, line: ServiceLine, *, number: int) -> Iterator[str]:
    pointers = PART.join(str(place) for place in claim.pointers(line))
    amount = claim_amount(line.amount_cents or 0)
    yield segment("LX", str(number))
    yield segment("SV1", f"HC:{line.code}", amount, "UN", str(line.units), "", "", pointers)
    yield segment("DTP", "472", "D8", claim_day(claim.superbill.service_on))
    yield segment("REF", "6R", line_control(number))
    before = claim.paid_before
    if before is None:
        return
    control = line_control(number)
    for paid in before.payment.lines:
        if paid.control == control or (not paid.control and paid.code == line.code):
            yield from _paid_line(before, paid)


def _other_payer(before: PaidBefore) -> Iterator[str]:
    coverage, payer = before.coverage, before.payer
    order = "P" if coverage.rank == 1 else "S"
    relation, group = coverage.relation.relation_code, claim_text(coverage.group_number, 50)
    filing = payer.filing.filing_code
    yield segment("SBR", order, relation, group, "", "", "", "", "", filing)
    yield from _adjusted(before.payment.adjustments)
    yield segment("AMT", "D", claim_amount(before.payment.paid_cents))
    yield segment("OI", "", "", "Y", "", "", "Y")
    name = before.insured_name
    yield person("IL", name, "MI", claim_text(coverage.member_id, 80))
    yield organization("PR", payer.name, "PI", claim_text(payer.payer_number, 80))


def _paid_line(before: PaidBefore, line: PaidLine) -> Iterator[str]:
    number = claim_text(before.payer.payer_number, 80)
    paid, units = claim_amount(line.paid_cents), str(line.units)
    yield segment("SVD", number, paid, f"HC:{line.code}", "", units)
    yield from _adjusted(line.adjustments)
    yield segment("DTP", "573", "D8", claim_day(before.paid_on))


def _adjusted(adjustments: Sequence[Adjustment]) -> Iterator[str]:
    """Write one segment for each group, with up to six reasons in it."""
    for group in dict.fromkeys(each.group for each in adjustments):
        of_group = [each for each in adjustments if each.group == group]
        for start in range(0, len(of_group), 6):
            parts: list[str] = []
            for each in of_group[start : start + 6]:
                parts += [each.reason, claim_amount(each.cents), ""]
            yield segment("CAS", group, *parts)
