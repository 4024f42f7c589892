"""What a file of claims says about itself: its number, moment, sender, receiver, test mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.claim import phone_of_claim
from cocm_desktop.domain.billing.claim_text import claim_text
from cocm_desktop.domain.practice import Practice
from cocm_desktop.errors import Problem

HIGHEST_CONTROL = 999_999_999
# Source: X12 interchange header: the ids of sender and receiver have fifteen places.
LONGEST_ID = 15


@dataclass(frozen=True, slots=True)
class Envelope:
    """`control_number` is never used twice; `made_at` is in the practice's zone."""

    control_number: int
    made_at: datetime
    practice: Practice
    settings: BillingSettings

    @property
    def sender_id(self) -> str:
        return claim_text(self.settings.submitter_id, LONGEST_ID)

    @property
    def receiver_id(self) -> str:
        return claim_text(self.settings.receiver_id, LONGEST_ID)

    @property
    def usage(self) -> str:
        """P in production, T as long as the practice has not turned it on."""
        return "P" if self.settings.is_production else "T"

    @property
    def file_name(self) -> str:
        mark = "" if self.settings.is_production else "TEST-"
        return f"COCM-837P-{mark}{self.made_at:%Y%m%d}-{self.control_number:09}.txt"


def envelope_problems(practice: Practice, settings: BillingSettings) -> Iterator[Problem]:
    """Name what the practice has to settle before it makes any file of claims."""
    if not settings.makes_claim_files:
        words = "Claim files are turned off. An administrator can turn them on."
        yield Problem("makes_claim_files", words)
    wanted = {
        "submitter_id": ("The submitter id from the clearinghouse", settings.submitter_id),
        "receiver_id": ("The receiver id of the clearinghouse", settings.receiver_id),
    }
    for name, (words, text) in wanted.items():
        if not claim_text(text) or claim_text(text, LONGEST_ID) != claim_text(text):
            yield Problem(name, f"{words} is missing or has more than {LONGEST_ID} letters.")
    if not claim_text(settings.receiver_name):
        yield Problem("receiver_name", "The receiver's name is missing.")
    if not claim_text(practice.name):
        yield Problem("name", "The practice's name has no letter that a claim can hold.")
    if not phone_of_claim(settings.contact_phone or practice.phone):
        words = "A phone number with ten digits for questions about claims is missing."
        yield Problem("contact_phone", words)
