"""What still has to be set up before the first claim, and where each of it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.codes import CODES
from cocm_desktop.domain.billing.credential import billing_credential
from cocm_desktop.domain.billing.month_proofs import CREDENTIALS
from cocm_desktop.domain.billing.payer import ClaimFiling, Payer
from cocm_desktop.domain.identifiers import is_zip_plus_4
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.superbill import Fee, fee_on
from cocm_desktop.domain.wording import count_of, dollars


class SetupPlace(Enum):
    """Where something is set up; the value names it on screen."""

    DETAILS = "Practice"
    NUMBERS = "Numbers"
    STAFF = "Staff"
    PAYERS = "Payers"
    PATIENTS = "Named by patients"
    FEES = "Fees"
    FILES = "Claim files"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing. What is not `is_needed` is worth a look; a claim goes without."""

    place: SetupPlace
    words: str
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class SetUp:
    """Everything that the set-up is judged by. `allowed_cents` is Medicare's amount by code."""

    practice: Practice
    settings: BillingSettings
    staff: Mapping[StaffId, StaffMember]
    payers: Collection[Payer]
    fees: Collection[Fee]
    today: date
    allowed_cents: Mapping[str, int]
    patients_naming_others: int = 0
    patients_without_coverage: int = 0

    def gaps(self) -> tuple[Gap, ...]:
        """Name all that is missing, in the order in which it is best set up."""
        return (
            *self._of_practice(),
            *self._of_staff(),
            *self._of_payers(),
            *self._of_fees(),
            *self._of_files(),
        )

    def _of_practice(self) -> Iterator[Gap]:
        practice, place = self.practice, SetupPlace.DETAILS
        if not practice.npi:
            yield Gap(place, "The practice's NPI is not recorded.")
        if not practice.ein:
            yield Gap(place, "The practice's EIN is not recorded.")
        if not (practice.address and practice.city and practice.state):
            yield Gap(place, "The practice's address is not complete.")
        if not is_zip_plus_4(practice.postal_code):
            yield Gap(place, "The practice's ZIP code has no four further digits, as claims need.")
        if not practice.phone:
            yield Gap(place, "The practice's phone number is not recorded.")
        if not self.settings.group_taxonomy:
            yield Gap(SetupPlace.NUMBERS, "The taxonomy of the group is not recorded.")

    def _of_staff(self) -> Iterator[Gap]:
        billing = [
            each
            for each in self.staff.values()
            if each.active and each.is_a(Role.TREATING_PRACTITIONER)
        ]
        if not billing:
            yield Gap(SetupPlace.STAFF, "No treating practitioner is on the staff.")
        for member in sorted(billing, key=lambda each: each.name):
            yield from self._of_practitioner(member)

    def _of_practitioner(self, member: StaffMember) -> Iterator[Gap]:
        place, credential = SetupPlace.STAFF, billing_credential(member.credentials)
        if credential not in CREDENTIALS:
            words = (
                f"{member.title}: no credential that may bill ({', '.join(sorted(CREDENTIALS))})."
            )
            yield Gap(place, words)
        if not member.npi:
            yield Gap(place, f"{member.title}: no NPI is recorded.")
        if not member.taxonomy:
            yield Gap(place, f"{member.title}: no taxonomy is recorded.", is_needed=False)
        supervisor = self.staff.get(member.supervisor_id) if member.supervisor_id else None
        if member.bills_incident_to and supervisor is None:
            yield Gap(place, f"{member.title} bills incident to nobody: choose the physician.")
        elif supervisor is not None and not supervisor.npi:
            yield Gap(place, f"{supervisor.title} supervises {member.name}, but has no NPI.")

    def _of_payers(self) -> Iterator[Gap]:
        place = SetupPlace.PAYERS
        active = [payer for payer in self.payers if payer.active]
        if not active:
            yield Gap(place, "No payer is set up.")
        for payer in active:
            if not payer.payer_number and payer.filing is not ClaimFiling.SELF_PAY:
                yield Gap(place, f"{payer.name}: the payer id for claims is not recorded.")
            if payer.confirmed_on is None and payer.filing is not ClaimFiling.SELF_PAY:
                words = f"{payer.name}: rules and rates are not confirmed with the payer."
                yield Gap(place, words, is_needed=False)
        if self.patients_naming_others:
            named = count_of(self.patients_naming_others, "patient")
            verb = "names" if self.patients_naming_others == 1 else "name"
            words = f"{named} without coverage {verb} a payer: it is still to be given to them."
            yield Gap(SetupPlace.PATIENTS, words)
        if self.patients_without_coverage:
            counted = count_of(self.patients_without_coverage, "patient")
            is_one = self.patients_without_coverage == 1
            words = (
                "has no coverage and names no payer" if is_one else "have no coverage and name none"
            )
            yield Gap(SetupPlace.PATIENTS, f"{counted} in care {words}.")

    def _of_fees(self) -> Iterator[Gap]:
        for code in CODES:
            cents = fee_on(tuple(self.fees), code, self.today)
            allowed = self.allowed_cents.get(code)
            if cents is None:
                yield Gap(SetupPlace.FEES, f"No charge is recorded for {code}.")
            elif allowed is not None and cents < allowed:
                words = f"The charge for {code} is below the {dollars(allowed)} Medicare allows."
                yield Gap(SetupPlace.FEES, words, is_needed=False)

    def _of_files(self) -> Iterator[Gap]:
        settings, place = self.settings, SetupPlace.FILES
        if not settings.makes_claim_files:
            return
        for value, words in (
            (settings.submitter_id, "The submitter id for claim files is not recorded."),
            (settings.receiver_id, "The receiver id for claim files is not recorded."),
            (settings.receiver_name, "The receiver of claim files is not named."),
            (settings.contact_name, "The contact for claims is not named."),
            (settings.contact_phone, "The phone of the contact for claims is not recorded."),
        ):
            if not value:
                yield Gap(place, words)
        if not settings.is_production:
            words = "Claim files carry a test mark until you say that they are real."
            yield Gap(place, words, is_needed=False)
