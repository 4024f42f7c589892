"""Each setting of billing: what it is called, what it may be, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

from cocm_desktop.domain.billing.billing_settings import (
    AS_SHIPPED,
    KINDS,
    NO,
    YES,
    BillingSettings,
    ClinicKind,
)
from cocm_desktop.domain.billing.choices import ApcmChoice, ServiceDate
from cocm_desktop.domain.billing.place_amounts import PLACES, place_words
from cocm_desktop.domain.clinical_settings import SettingChange
from cocm_desktop.domain.identifiers import (
    US_PHONE_DIGITS,
    is_npi,
    is_taxonomy,
    is_zip_plus_4,
    phone_digits,
)
from cocm_desktop.domain.ids import new_id
from cocm_desktop.errors import Problem, Refused

FIRST_DAY = date(2000, 1, 1)
_X12_TEXT = re.compile(r"[A-Za-z0-9 !\"&'()+,\-./;?=%@]*", re.ASCII)
_STATE = re.compile(r"[A-Z]{2}", re.ASCII)
_LOCALITY = re.compile(r"[0-9A-Z]{5}-[0-9]{2}", re.ASCII)


class SettingPart(Enum):
    PRACTICE = "Practice"
    COUNTING = "Minutes and codes"
    FACILITY = "Service facility"
    FILES = "Claim files"


@dataclass(frozen=True, slots=True)
class BillingSetting:
    """One setting. Without `choices` it is a text of at most `longest` characters."""

    name: str
    title: str
    part: SettingPart
    source: str
    choices: Mapping[str, str] = field(default_factory=dict)
    longest: int = 0

    @property
    def default(self) -> str:
        return AS_SHIPPED.text(self.name)

    def words(self, text: str) -> str:
        """Say a stored value as it stands on screen."""
        return self.choices.get(text, text) or "Not set"

    def problem(self, text: str) -> str:
        """Say what is wrong with a typed value, or nothing."""
        if self.choices:
            wanted = ", ".join(self.choices)
            return "" if text in self.choices else f"Choose one of these: {wanted}."
        if len(text) > self.longest:
            return f"This has at most {self.longest} characters."
        return _problem_of_text(self.name, text) if text else ""


def _problem_of_text(name: str, text: str) -> str:
    is_right, words = _SHAPES.get(name, (_is_plain, ""))
    if not is_right(text):
        return words or _NOT_PLAIN
    return "" if _is_plain(text) else _NOT_PLAIN


def _is_plain(text: str) -> bool:
    return _X12_TEXT.fullmatch(text) is not None


_NOT_PLAIN = "Claim files take plain letters, digits and usual punctuation only."
_SHAPES: dict[str, tuple[Callable[[str], bool], str]] = {
    "group_taxonomy": (
        is_taxonomy,
        "A taxonomy code has nine digits or capital letters and an X.",
    ),
    "locality": (
        lambda text: _LOCALITY.fullmatch(text) is not None,
        "A locality is a carrier and a number, such as 06302-00.",
    ),
    "contact_phone": (
        lambda text: len(phone_digits(text)) == US_PHONE_DIGITS,
        "A phone number has ten digits, with the area code.",
    ),
    "facility_npi": (is_npi, "An NPI has ten digits, and its last one is a check digit."),
    "facility_state": (
        lambda text: _STATE.fullmatch(text) is not None,
        "A state has two letters, such as WI.",
    ),
    "facility_postal_code": (
        is_zip_plus_4,
        "Claims need a ZIP code of nine digits, such as 53703-1234.",
    ),
}


def _named(kind: type[Enum]) -> Mapping[str, str]:
    return MappingProxyType({each.name: str(each.value) for each in kind})


_YES_NO = MappingProxyType({YES: "Yes", NO: "No"})
_PRACTICE, _COUNTING, _FACILITY, _FILES = SettingPart
_CAPITALS = {"locality", "group_taxonomy", "facility_state"}
_BOX_32 = "Box 32: only where the service is not given at the practice's own address"
_CLEARINGHOUSE = "The clearinghouse or payer tells you when you enroll for claim files"
SETTINGS = (
    BillingSetting(
        "clinic_kind",
        "Kind of practice",
        _PRACTICE,
        "Medicare: rural health clinics and FQHCs bill on 837I or UB-04, at national amounts",
        _named(ClinicKind),
    ),
    BillingSetting(
        "place_of_service",
        "Place of service",
        _PRACTICE,
        "Where the practitioner ordinarily sees patients; facilities are allowed less",
        MappingProxyType({code: place_words(code) for code in PLACES}),
    ),
    BillingSetting(
        "group_taxonomy",
        "Taxonomy of the group",
        _PRACTICE,
        "NUCC taxonomy, as the group is enrolled with its payers",
        longest=10,
    ),
    BillingSetting(
        "locality",
        "Medicare locality",
        _PRACTICE,
        "CMS GPCI file: carrier and locality; without one, national amounts are shown",
        longest=8,
    ),
    BillingSetting(
        "is_qualifying_apm",
        "Qualifying participant of an advanced payment model",
        _PRACTICE,
        "From 2026 Medicare has two conversion factors; CMS tells you which is yours",
        _YES_NO,
    ),
    BillingSetting(
        "g2214_first_minute",
        "G2214 is billed from",
        _COUNTING,
        "By the rule of the midpoint from minute 16; some auditors want all 30",
        MappingProxyType({"16": "Minute 16", "30": "Minute 30"}),
    ),
    BillingSetting(
        "bhi_first_minute",
        "99484 is billed from, where the payer leaves it open",
        _COUNTING,
        "Medicare: 20 full minutes; a Michigan payer table says 11",
        MappingProxyType({"11": "Minute 11", "20": "Minute 20"}),
    ),
    BillingSetting(
        "counts_practitioner",
        "Care-manager work done by the billing practitioner counts",
        _COUNTING,
        "CPT guideline, unconfirmed by Medicare; entries are marked",
        _YES_NO,
    ),
    BillingSetting(
        "clinic_first_minute",
        "G0512 in a first month is billed from",
        _COUNTING,
        "For dates of service to 12/31/2025: 60 minutes; some payers want 70",
        MappingProxyType({"60": "Minute 60", "70": "Minute 70"}),
    ),
    BillingSetting(
        "apcm",
        "Beside advanced primary care management (APCM)",
        _COUNTING,
        "CMS has not said whether G0568 to G0570 supplement the time-based codes or replace them",
        _named(ApcmChoice),
    ),
    BillingSetting(
        "service_date",
        "Date of service",
        _COUNTING,
        "Any day from the one on which the code was reached to the last of the month",
        _named(ServiceDate),
    ),
    BillingSetting("facility_name", "Service facility", _FACILITY, _BOX_32, longest=60),
    BillingSetting("facility_npi", "NPI of the facility", _FACILITY, _BOX_32, longest=10),
    BillingSetting("facility_address", "Street of the facility", _FACILITY, _BOX_32, longest=55),
    BillingSetting("facility_city", "City of the facility", _FACILITY, _BOX_32, longest=30),
    BillingSetting("facility_state", "State of the facility", _FACILITY, _BOX_32, longest=2),
    BillingSetting(
        "facility_postal_code", "ZIP code of the facility", _FACILITY, _BOX_32, longest=10
    ),
    BillingSetting(
        "makes_claim_files",
        "Make claim files (837P)",
        _FILES,
        "Off as the program comes: many practices key claims in from the billing sheet",
        _YES_NO,
    ),
    BillingSetting(
        "is_production",
        "Claim files are real",
        _FILES,
        "Files carry a test mark until the clearinghouse has accepted one and you turn this on",
        _YES_NO,
    ),
    BillingSetting("submitter_id", "Submitter id", _FILES, _CLEARINGHOUSE, longest=15),
    BillingSetting("receiver_id", "Receiver id", _FILES, _CLEARINGHOUSE, longest=15),
    BillingSetting("receiver_name", "Receiver", _FILES, _CLEARINGHOUSE, longest=60),
    BillingSetting(
        "contact_name", "Contact for claims", _FILES, "Whom the payer may ask about a claim",
        longest=60,
    ),
    BillingSetting(
        "contact_phone", "Phone of the contact", _FILES, "Ten digits, with the area code",
        longest=20,
    ),
)  # fmt: skip
BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class BillingSettingDraft:
    """What was chosen for a setting of billing, and from which day on it holds."""

    name: str
    value: str
    valid_from: date | None
    id: str = field(default_factory=new_id)

    def problems(self) -> Iterator[Problem]:
        setting = BY_NAME.get(self.name)
        if setting is None:
            yield Problem("name", f"There is no setting {self.name[:40]}.")
        elif words := setting.problem(self.text):
            yield Problem("value", words)
        if self.valid_from is None:
            yield Problem("valid_from", "Type the day from which the setting holds.")
        elif self.valid_from < FIRST_DAY:
            yield Problem("valid_from", "A setting cannot hold from before the year 2000.")

    @property
    def text(self) -> str:
        """The value as it is stored; choices are told by name in any case."""
        typed = self.value.strip()
        if KINDS.get(self.name) is bool:
            return typed.lower()
        is_enum = issubclass(KINDS.get(self.name, str), Enum)
        return typed.upper() if is_enum or self.name in _CAPITALS else typed

    def accept(self) -> SettingChange:
        problems = tuple(self.problems())
        if problems or self.valid_from is None:
            raise Refused(*problems)
        return SettingChange(self.id, self.name, self.text, self.valid_from)


def words_of(settings: BillingSettings, name: str) -> str:
    """Say what a setting is, as it stands on screen."""
    return BY_NAME[name].words(settings.text(name))
