"""Everything that decides one patient's month, as plain facts: no database is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from cocm_desktop.domain.described import meant
from cocm_desktop.domain.service_month import ServiceMonth

FORMAT = "cocm month facts 1"


class Line(Enum):
    """Which service the month is billed as."""

    COCM = "Collaborative care"
    BHI = "General behavioral health integration"
    BHI_CLINICIAN = "Behavioral health integration by a psychologist or social worker"


class Document(Enum):
    """What the codes are for."""

    CLAIM = "A claim to the payer"
    PATIENT_SUPERBILL = "A superbill that the patient takes along"


class ClaimForm(Enum):
    PROFESSIONAL = "837P or CMS-1500"
    INSTITUTIONAL = "837I or UB-04"


class ServiceDate(Enum):
    """Which day of the month the claim carries."""

    LAST_DAY = "The last day of the month"
    THRESHOLD_DAY = "The day on which the code was reached"
    LAST_SERVICE_DAY = "The last day with countable time"


class ApcmChoice(Enum):
    """What to do where advanced primary care management is billed in the same month."""

    OFF = "Keep the time-based codes"
    ON = "Bill the add-on codes of advanced primary care management instead"
    ASK = "Show both, and keep the larger amount"


class Performer(Enum):
    """In which role time was spent."""

    CARE_MANAGER = "Care manager"
    PSYCHIATRIC_CONSULTANT = "Psychiatric consultant"
    TREATING_PRACTITIONER = "Treating practitioner"
    CLINICAL_STAFF = "Clinical staff"
    FRONT_DESK = "Front desk"
    BILLER = "Biller"
    ADMINISTRATOR = "Administrator"


class Work(Enum):
    """What time was spent on. Source: descriptors of 99492 to 99494; clerical work never counts."""

    OUTREACH = "Outreach"
    CONTACT = "Contact"
    ASSESSMENT = "Assessment"
    MEASURE = "Measure"
    INTERVENTION = "Brief intervention"
    REGISTRY = "Registry"
    CARE_PLAN = "Care plan"
    CASE_REVIEW = "Case review"
    COORDINATION = "Coordination with the practitioner"
    OTHER_CLINICAL = "Other clinical work"
    CLERICAL = "Clerical"


class BillState(Enum):
    ISSUED = "Issued"
    SENT = "Sent"
    PAID = "Paid"
    DENIED = "Denied"
    VOID = "Void"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included; without a last one it goes on."""

    first: date = meant("First day.", "2026-01-01")
    last: date | None = meant("Last day; null while it goes on.", None, None)

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class PayerFacts:
    """The payer of the month and what it asks for."""

    rule_set: str = meant("Id of the rule set, as `cocm evaluate --rule-sets` lists them.", "MCR")
    is_confirmed: bool = meant(
        "Whether the practice has confirmed the rule set and rates with the payer.", True, False
    )
    coverage: tuple[Span, ...] = meant(
        "Spans of days on which this payer covers the patient; none means always.", [], ()
    )
    authorized_to: date | None = meant("Last day of a prior authorization.", None, None)
    is_registered: bool = meant(
        "Whether the approval or attestation that the payer asks for is recorded.", False, False
    )
    days_to_file: int | None = meant(
        "Days after the service within which a claim must be filed, where the payer's differ "
        "from the rule set's.",
        365,
        None,
    )


@dataclass(frozen=True, slots=True)
class SettingFacts:
    """Where the practitioner sees patients, and on which form the claim goes."""

    place_of_service: str = meant("Two digits; 11 is an office.", "11", "11")
    is_clinic: bool = meant(
        "Whether the practice is a rural health clinic or federally qualified health center.",
        False,
        False,
    )
    claim_form: ClaimForm = meant(
        "The form of the claim.", "professional", ClaimForm.PROFESSIONAL
    )
    modifiers: tuple[str, ...] = meant("Modifiers that somebody put on the line.", [], ())
    work_gpci: Decimal = meant("Work GPCI of the locality.", "1.000", Decimal(1))
    expense_gpci: Decimal = meant("Practice expense GPCI.", "1.000", Decimal(1))
    malpractice_gpci: Decimal = meant("Malpractice GPCI.", "1.000", Decimal(1))


@dataclass(frozen=True, slots=True)
class ChoiceFacts:
    """What the practice has chosen where rules leave a choice."""

    g2214_first_minute: int = meant("First minute that G2214 is billed from: 16 or 30.", 16, 16)
    bhi_first_minute: int = meant(
        "First minute of 99484 where the payer's rule set leaves it to the practice.", 20, 20
    )
    counts_practitioner: bool = meant(
        "Whether care-manager work done by the billing practitioner counts.", False, False
    )
    clinic_first_minute: int = meant(
        "First minute of G0512 in an initial month: 60 or 70.", 60, 60
    )
    apcm: ApcmChoice = meant("What happens beside an APCM base code.", "off", ApcmChoice.OFF)
    service_date: ServiceDate = meant(
        "The day that the claim carries.", "last_day", ServiceDate.LAST_DAY
    )


@dataclass(frozen=True, slots=True)
class PractitionerFacts:
    """The billing practitioner."""

    npi: str = meant("National provider identifier.", "1245319599")
    credential: str = meant("MD, DO, NP, PA, CNS or CNM may bill.", "MD")
    bills_incident_to: bool = meant(
        "Whether an NP, PA or CNS bills incident to a physician.", False, False
    )
    is_psychiatrist: bool = meant("Whether the practitioner is a psychiatrist.", False, False)


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What of the patient decides a claim; no name is needed."""

    member_id: str = meant("The id on the payer's card.", "1EG4TE5MK73")
    died_on: date | None = meant("Day of death.", None, None)
    last_seen_on: date | None = meant(
        "Last visit with the practice before the episode; null for a new patient.",
        "2026-05-14",
        None,
    )
    inpatient: tuple[Span, ...] = meant("Stays in a hospital or nursing facility.", [], ())
    is_access: bool = meant("Whether the patient is in the ACCESS model.", False, False)


@dataclass(frozen=True, slots=True)
class BilledFacts:
    """A code that was billed for a month of the past, or of this one."""

    month: ServiceMonth = meant("The month.", "2026-09")
    code: str = meant("The code.", "99492")
    units: int = meant("Units.", 1, 1)
    state: BillState = meant("What became of it.", "paid", BillState.ISSUED)


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """The episode as far as billing looks at it."""

    started_on: date = meant("First day of the care manager's work.", "2026-09-08")
    service_months: tuple[ServiceMonth, ...] = meant(
        "Earlier months with countable care-manager time, of this or earlier episodes.",
        ["2026-09", "2026-10"],
        (),
    )
    billed: tuple[BilledFacts, ...] = meant("What was billed so far.", [], ())
    ended_on: date | None = meant("Day on which the episode was closed.", None, None)
    has_changed_payer: bool = meant("Whether the payer changed within the month.", False, False)


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """One consent, as it is recorded."""

    given_on: date = meant("The day it was given.", "2026-09-08")
    practitioner_npi: str = meant("NPI of the practitioner it names.", "1245319599")
    to_specialists: bool = meant("Specialists may be consulted.", True, True)
    to_cost_share: bool = meant("Told that cost sharing applies.", True, True)
    may_stop: bool = meant("Told that it can be stopped at any time.", True, True)
    withdrawn_on: date | None = meant("Last day on which it held.", None, None)


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit that may have begun the service."""

    made_on: date = meant("Day of the visit.", "2026-09-01")
    code: str = meant("Code that was billed for it.", "99214")
    practitioner_npi: str = meant("NPI of the practitioner.", "1245319599")
    is_face_to_face: bool = meant("Whether it was face to face.", True, True)
    is_about_cocm: bool = meant("Whether collaborative care was discussed.", True, True)


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """One entry of the time log, in whole seconds."""

    id: str = meant("Any name by which the result speaks of it.", "T1")
    worked_on: date = meant("Local day of the work.", "2026-11-05")
    seconds: int = meant("Whole seconds.", 1800)
    starts_at: int | None = meant(
        "Second of the day at which it began; null where it is not known.", 36000, None
    )
    performer: str = meant("Who did it: any name, the same for the same person.", "CM1", "")
    role: Performer = meant("In which role.", "care_manager", Performer.CARE_MANAGER)
    work: Work = meant("On what.", "contact", Work.CONTACT)
    billed_as: str = meant("Code of another service that already has this time.", "", "")
    is_signed: bool = meant("Whether the entry is signed.", True, True)
    meeting: str = meant(
        "Name of a meeting in which several took part at once; its time is told once.", "", ""
    )
    with_patient: bool = meant("Whether the patient was reached.", True, False)
    overlap_elsewhere_seconds: int = meant(
        "Seconds that the same person's entries for other patients have too.", 0, 0
    )
    recorded_on: date | None = meant("Day on which the entry was made.", "2026-11-05", None)
    note_key: str = meant("Any key that is the same for the same note text.", "", "")


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One scored measure on the primary scale."""

    taken_on: date = meant("Day.", "2026-11-05")
    instrument: str = meant("Its name.", "PHQ-9")
    total: int | None = meant("Its total.", 14, None)


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What an auditor asks to see."""

    measures: tuple[MeasureFacts, ...] = meant("Scored measures, oldest first.", [], ())
    reviews: tuple[date, ...] = meant(
        "Days on which the consultant reviewed this patient and left a recommendation.",
        ["2026-11-10"],
        (),
    )
    meetings: tuple[date, ...] = meant(
        "Days of caseload consultation in which the caseload was gone through.",
        ["2026-11-10"],
        (),
    )
    is_in_registry: bool = meant("Whether the patient was in the registry.", True, True)
    plan_on: date | None = meant("Day of the individual care plan.", "2026-09-15", None)
    plan_changed_on: date | None = meant("Last change of treatment.", None, None)
    earlier_note_keys: tuple[str, ...] = meant("Keys of the notes of last month.", [], ())


@dataclass(frozen=True, slots=True)
class OtherCode:
    """A service of the same month that is billed beside this one."""

    code: str = meant("Its code.", "96127")
    served_on: date = meant("Day of service.", "2026-11-30")
    practitioner_npi: str = meant("NPI of its practitioner.", "1245319599", "")


@dataclass(frozen=True, slots=True)
class DiagnosisFacts:
    """A diagnosis on the claim, in the order of the claim."""

    code: str = meant("ICD-10-CM.", "F33.1")


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """What the practice charges for one unit of a code."""

    code: str = meant("The code.", "99493")
    cents: int = meant("The charge in cents.", 25000)


@dataclass(frozen=True, slots=True)
class PatientMonth:
    """One patient's month."""

    format: str = meant("Name and number of this format.", FORMAT)
    month: ServiceMonth = meant("The calendar month.", "2026-11")
    today: date = meant("The day on which the month is looked at.", "2026-12-02")
    payer: PayerFacts = meant("The payer.", None)
    practitioner: PractitionerFacts = meant("The billing practitioner.", None)
    patient: PatientFacts = meant("The patient.", None)
    episode: EpisodeFacts = meant("The episode.", None)
    line: Line = meant("Which service the month is billed as.", "cocm", Line.COCM)
    document: Document = meant("What the codes are for.", "claim", Document.CLAIM)
    setting: SettingFacts = meant("The setting.", None, SettingFacts())
    choices: ChoiceFacts = meant("What the practice has chosen.", None, ChoiceFacts())
    consents: tuple[ConsentFacts, ...] = meant("Consents.", [], ())
    visits: tuple[VisitFacts, ...] = meant("Visits that may have begun the service.", [], ())
    time: tuple[TimeFacts, ...] = meant("The time log.", [], ())
    proofs: ProofFacts = meant("What an auditor asks to see.", None, ProofFacts())
    diagnoses: tuple[DiagnosisFacts, ...] = meant("Diagnoses in the claim's order.", [], ())
    other_codes: tuple[OtherCode, ...] = meant("Other services of the month.", [], ())
    fees_cents: tuple[FeeFacts, ...] = meant("The practice's charges.", [], ())
    approved_on: date | None = meant(
        "Day on which the practitioner approved the month.", "2026-12-01", None
    )
