"""Everything that decides one patient's month, as plain facts: no database is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cocm_desktop.domain.billing.choices import (
    ApcmChoice,
    BillState,
    ClaimForm,
    Document,
    Line,
    Performer,
    ServiceDate,
)
from cocm_desktop.domain.described import Limits, meant
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import Activity

FORMAT = "cocm month facts 1"
SECONDS_A_DAY = 86_400
FEW = Limits(most=200)
Contradiction = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included; without a last one it goes on."""

    first: date = meant("First day.", example="2026-01-01")
    last: date | None = meant("Last day; null while it goes on.", example=None, default=None)

    def contradiction(self) -> Contradiction:
        is_backward = self.last is not None and self.last < self.first
        return ("last", "is before the first day") if is_backward else None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class PayerFacts:
    """The payer of the month and what it asks for."""

    rule_set: str = meant(
        "Id of the rule set, as `cocm evaluate --rule-sets` lists them.", example="MCR"
    )
    is_confirmed: bool = meant(
        "Whether the practice has confirmed the rule set and rates with the payer.",
        example=True,
        default=False,
    )
    coverage: tuple[Span, ...] = meant(
        "Spans of days on which this payer covers the patient; none means always.",
        example=[],
        default=(),
        limits=FEW,
    )
    authorized_to: date | None = meant(
        "Last day of a prior authorization.", example=None, default=None
    )
    is_registered: bool = meant(
        "Whether the approval or attestation that the payer asks for is recorded.",
        example=False,
        default=False,
    )
    days_to_file: int | None = meant(
        "Days after the service within which a claim must be filed, where the payer's differ "
        "from the rule set's.",
        example=365,
        default=None,
        limits=Limits(most=3_650),
    )


@dataclass(frozen=True, slots=True)
class SettingFacts:
    """Where the practitioner sees patients, and on which form the claim goes."""

    place_of_service: str = meant("Two digits; 11 is an office.", example="11", default="11")
    is_clinic: bool = meant(
        "Whether the practice is a rural health clinic or federally qualified health center.",
        example=False,
        default=False,
    )
    claim_form: ClaimForm = meant(
        "The form of the claim.", example="professional", default=ClaimForm.PROFESSIONAL
    )
    modifiers: tuple[str, ...] = meant(
        "Modifiers that somebody put on the line.", example=[], default=()
    )
    work_gpci: Decimal = meant("Work GPCI of the locality.", example="1.000", default=Decimal(1))
    expense_gpci: Decimal = meant("Practice expense GPCI.", example="1.000", default=Decimal(1))
    malpractice_gpci: Decimal = meant("Malpractice GPCI.", example="1.000", default=Decimal(1))
    locality: str = meant("Name of the locality; empty for the nation.", example="", default="")
    is_qualifying_apm: bool = meant(
        "Paid as a qualifying participant of an advanced model.", example=False, default=False
    )


@dataclass(frozen=True, slots=True)
class ChoiceFacts:
    """What the practice has chosen where rules leave a choice."""

    g2214_first_minute: int = meant(
        "First minute that G2214 is billed from: 16 or 30.",
        example=16,
        default=16,
        limits=Limits(among=(16, 30)),
    )
    bhi_first_minute: int = meant(
        "First minute of 99484, 11 or 20, where the rule set leaves it to the practice.",
        example=20,
        default=20,
        limits=Limits(among=(11, 20)),
    )
    counts_practitioner: bool = meant(
        "Whether care-manager work done by the billing practitioner counts.",
        example=False,
        default=False,
    )
    clinic_first_minute: int = meant(
        "First minute of G0512 in an initial month: 60 or 70.",
        example=60,
        default=60,
        limits=Limits(among=(60, 70)),
    )
    apcm: ApcmChoice = meant(
        "What happens beside an APCM base code.", example="off", default=ApcmChoice.OFF
    )
    service_date: ServiceDate = meant(
        "The day that the claim carries.", example="last_day", default=ServiceDate.LAST_DAY
    )


@dataclass(frozen=True, slots=True)
class PractitionerFacts:
    """The billing practitioner."""

    npi: str = meant("National provider identifier.", example="1245319599")
    credential: str = meant("MD, DO, NP, PA, CNS or CNM may bill.", example="MD")
    bills_incident_to: bool = meant(
        "Whether an NP, PA or CNS bills incident to a physician.", example=False, default=False
    )
    practices_psychiatry: bool = meant(
        "Whether the practitioner's own specialty is psychiatry.", example=False, default=False
    )


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What of the patient decides a claim; no name is needed."""

    member_id: str = meant("The id on the payer's card.", example="1EG4TE5MK73")
    died_on: date | None = meant("Day of death.", example=None, default=None)
    last_seen_on: date | None = meant(
        "Last visit with the practice before the episode; null for a new patient.",
        example="2026-05-14",
        default=None,
    )
    inpatient: tuple[Span, ...] = meant(
        "Stays in a hospital or nursing facility.", example=[], default=(), limits=FEW
    )
    is_access: bool = meant(
        "Whether the patient is in the ACCESS model.", example=False, default=False
    )


@dataclass(frozen=True, slots=True)
class BilledFacts:
    """A code that was billed for a month of the past, or of this one."""

    month: ServiceMonth = meant("The month.", example="2026-09")
    code: str = meant("The code.", example="99492")
    units: int = meant("Units.", example=1, default=1)
    state: BillState = meant("What became of it.", example="paid", default=BillState.ISSUED)


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """The episode as far as billing looks at it."""

    started_on: date = meant("First day of the care manager's work.", example="2026-09-08")
    service_months: tuple[ServiceMonth, ...] = meant(
        "Earlier months with countable care-manager time, of this or earlier episodes.",
        example=["2026-09", "2026-10"],
        default=(),
    )
    billed: tuple[BilledFacts, ...] = meant("What was billed so far.", example=[], default=())
    ended_on: date | None = meant(
        "Day on which the episode was closed.", example=None, default=None
    )
    has_changed_payer: bool = meant(
        "Whether the payer changed within the month.", example=False, default=False
    )

    def contradiction(self) -> Contradiction:
        is_backward = self.ended_on is not None and self.ended_on < self.started_on
        return ("ended_on", "is before the episode began") if is_backward else None


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """One consent, as it is recorded."""

    given_on: date = meant("The day it was given.", example="2026-09-08")
    practitioner_npi: str = meant("NPI of the practitioner it names.", example="1245319599")
    to_specialists: bool = meant("Specialists may be consulted.", example=True, default=True)
    to_cost_share: bool = meant("Told that cost sharing applies.", example=True, default=True)
    may_stop: bool = meant("Told that it can be stopped at any time.", example=True, default=True)
    withdrawn_on: date | None = meant("Last day on which it held.", example=None, default=None)

    def contradiction(self) -> Contradiction:
        is_backward = self.withdrawn_on is not None and self.withdrawn_on < self.given_on
        return ("withdrawn_on", "is before the day it was given") if is_backward else None

    @property
    def is_whole(self) -> bool:
        """Whether it says all three."""
        return self.to_specialists and self.to_cost_share and self.may_stop


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit that may have begun the service."""

    made_on: date = meant("Day of the visit.", example="2026-09-01")
    code: str = meant("Code that was billed for it.", example="99214")
    practitioner_npi: str = meant("NPI of the practitioner.", example="1245319599")
    is_face_to_face: bool = meant("Whether it was face to face.", example=True, default=True)
    is_about_cocm: bool = meant(
        "Whether collaborative care was discussed.", example=True, default=True
    )


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """One entry of the time log, in whole seconds."""

    id: str = meant("Any name by which the result speaks of it.", example="T1")
    worked_on: date = meant("Local day of the work.", example="2026-11-05")
    seconds: int = meant("Whole seconds.", example=1800, limits=Limits(most=SECONDS_A_DAY))
    starts_at: int | None = meant(
        "Second of the day at which it began; null where it is not known.",
        example=36000,
        default=None,
        limits=Limits(most=SECONDS_A_DAY - 1),
    )
    performer: str = meant(
        "Who did it: any name, the same for the same person; empty: one person in each role.",
        example="CM1",
        default="",
    )
    role: Performer = meant(
        "In which role.", example="care_manager", default=Performer.CARE_MANAGER
    )
    work: Activity = meant("On what.", example="contact", default=Activity.CONTACT)
    billed_as: str = meant(
        "Code of another service that already has this time.", example="", default=""
    )
    is_signed: bool = meant("Whether the entry is signed.", example=True, default=True)
    meeting: str = meant(
        "Name of a meeting in which several took part at once; some payers count it once.",
        example="",
        default="",
    )
    with_patient: bool = meant("Whether the patient was reached.", example=True, default=False)
    overlap_elsewhere_seconds: int = meant(
        "Seconds that the same person's entries for other patients have too.",
        example=0,
        default=0,
        limits=Limits(most=SECONDS_A_DAY),
    )
    recorded_on: date | None = meant(
        "Day on which the entry was made.", example="2026-11-05", default=None
    )
    note_key: str = meant(
        "Any key that is the same for the same note text.", example="", default=""
    )


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One scored measure on the primary scale."""

    taken_on: date = meant("Day.", example="2026-11-05")
    instrument: str = meant("Its name.", example="PHQ-9")
    total: int | None = meant("Its total.", example=14, default=None)


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What an auditor asks to see."""

    measures: tuple[MeasureFacts, ...] = meant(
        "Scored measures, oldest first.", example=[], default=()
    )
    reviews: tuple[date, ...] = meant(
        "Days on which the consultant reviewed this patient and left a recommendation.",
        example=["2026-11-10"],
        default=(),
    )
    meetings: tuple[date, ...] = meant(
        "Days of caseload consultation in which the caseload was gone through.",
        example=["2026-11-10"],
        default=(),
    )
    contacts: tuple[date, ...] = meant(
        "Days on which the patient was reached.", example=["2026-11-05"], default=()
    )
    is_in_registry: bool = meant("The patient was in the registry.", example=True, default=True)
    plan_on: date | None = meant("Day of the patient's plan.", example="2026-09-15", default=None)
    plan_changed_on: date | None = meant("Last change of treatment.", example=None, default=None)
    earlier_note_keys: tuple[str, ...] = meant(
        "Keys of the notes of last month.", example=[], default=()
    )


@dataclass(frozen=True, slots=True)
class OtherCode:
    """A service of the same month that is billed beside this one."""

    code: str = meant("Its code.", example="96127")
    served_on: date = meant("Day of service.", example="2026-11-30")
    practitioner_npi: str = meant("NPI of its practitioner.", example="1245319599", default="")


@dataclass(frozen=True, slots=True)
class DiagnosisFacts:
    """A diagnosis on the claim, in the order of the claim."""

    code: str = meant("ICD-10-CM.", example="F33.1")


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """What the practice charges for one unit of a code."""

    code: str = meant("The code.", example="99493")
    cents: int = meant("The charge in cents.", example=25000)


@dataclass(frozen=True, slots=True)
class PatientMonth:
    """One patient's month."""

    format: str = meant("Name and number of this format.", example=FORMAT)
    month: ServiceMonth = meant("The calendar month.", example="2026-11")
    today: date = meant("The day on which the month is looked at.", example="2026-12-02")
    payer: PayerFacts = meant("The payer.", example=None)
    practitioner: PractitionerFacts = meant("The billing practitioner.", example=None)
    patient: PatientFacts = meant("The patient.", example=None)
    episode: EpisodeFacts = meant("The episode.", example=None)
    line: Line = meant("Which service the month is billed as.", example="cocm", default=Line.COCM)
    document: Document = meant("What the codes are for.", example="claim", default=Document.CLAIM)
    setting: SettingFacts = meant("The setting.", example=None, default=SettingFacts())
    choices: ChoiceFacts = meant(
        "What the practice has chosen.", example=None, default=ChoiceFacts()
    )
    consents: tuple[ConsentFacts, ...] = meant("Consents.", example=[], default=(), limits=FEW)
    visits: tuple[VisitFacts, ...] = meant(
        "Visits that may have begun the service.", example=[], default=(), limits=FEW
    )
    time: tuple[TimeFacts, ...] = meant("The time log.", example=[], default=())
    proofs: ProofFacts = meant("What an auditor asks to see.", example=None, default=ProofFacts())
    diagnoses: tuple[DiagnosisFacts, ...] = meant(
        "Diagnoses in the claim's order.", example=[], default=()
    )
    other_codes: tuple[OtherCode, ...] = meant(
        "Other services of the month.", example=[], default=()
    )
    fees_cents: tuple[FeeFacts, ...] = meant("The practice's charges.", example=[], default=())
    approved_on: date | None = meant(
        "Day on which the practitioner approved the month.", example="2026-12-01", default=None
    )

    def contradiction(self) -> Contradiction:
        if self.format != FORMAT:
            return "format", f"is not “{FORMAT}”"
        ids = _first_doubled(each.id for each in self.time)
        if ids is not None:
            return f"time[{ids}].id", "is that of an earlier entry"
        fees = _first_doubled(each.code for each in self.fees_cents)
        if fees is not None:
            return f"fees_cents[{fees}].code", "has a charge already"
        return None


def _first_doubled(names: Iterable[str]) -> int | None:
    """Give the place of the first name that was there before."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            return number
        seen.add(name)
    return None
