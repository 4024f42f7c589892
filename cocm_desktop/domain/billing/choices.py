"""What the facts of a month choose from; the value is said on screen, the name is in files."""

from __future__ import annotations

from enum import Enum


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


class BillState(Enum):
    ISSUED = "Issued"
    SENT = "Sent"
    PAID = "Paid"
    DENIED = "Denied"
    VOID = "Void"
