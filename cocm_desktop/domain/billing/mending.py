"""Where what stops or mars a month is put right."""

from __future__ import annotations

from enum import Enum

from cocm_desktop.domain.billing.check import CheckId


class Mend(Enum):
    """A place where something is put right; the value is said on its button."""

    CONSENT = "Record consent"
    VISIT = "Record visit"
    TIME = "Open time log"
    MEASURE = "Record measure"
    REVIEW = "Open reviews"
    PLAN = "Open care plan"
    DIAGNOSIS = "Open diagnoses"
    EPISODE = "Open episodes"
    COVERAGE = "Open coverage"
    SERVICE = "Other services"
    STAY = "Record stay"
    STAFF = "Open staff"
    PAYER = "Open payers"
    RULES = "Open payer rules"
    RATES = "Open rates and codes"
    CHARGES = "Open charges"
    NUMBERS = "Open practice numbers"
    APPROVAL = "Approve"


# A month short of minutes has no place here: nobody is asked to add time.
MENDED_AT: dict[CheckId, Mend] = {
    CheckId.B01: Mend.CONSENT,
    CheckId.B02: Mend.VISIT,
    CheckId.B04: Mend.REVIEW,
    CheckId.B05: Mend.MEASURE,
    CheckId.B06: Mend.EPISODE,
    CheckId.B07: Mend.PLAN,
    CheckId.B08: Mend.DIAGNOSIS,
    CheckId.B10: Mend.RULES,
    CheckId.B11: Mend.SERVICE,
    CheckId.B12: Mend.SERVICE,
    CheckId.B14: Mend.STAFF,
    CheckId.B15: Mend.STAFF,
    CheckId.B16: Mend.COVERAGE,
    CheckId.B17: Mend.NUMBERS,
    CheckId.B19: Mend.COVERAGE,
    CheckId.B20: Mend.APPROVAL,
    CheckId.B21: Mend.PAYER,
    CheckId.B22: Mend.PAYER,
    CheckId.B25: Mend.DIAGNOSIS,
    CheckId.W03: Mend.CONSENT,
    CheckId.W04: Mend.TIME,
    CheckId.W07: Mend.SERVICE,
    CheckId.W08: Mend.SERVICE,
    CheckId.W16: Mend.PAYER,
    CheckId.W17: Mend.STAY,
    CheckId.W18: Mend.DIAGNOSIS,
    CheckId.W21: Mend.CHARGES,
    CheckId.W23: Mend.TIME,
    CheckId.W24: Mend.TIME,
    CheckId.W25: Mend.STAFF,
    CheckId.W27: Mend.RATES,
    CheckId.W28: Mend.VISIT,
    CheckId.W29: Mend.VISIT,
    CheckId.W30: Mend.SERVICE,
    CheckId.W31: Mend.SERVICE,
    CheckId.W33: Mend.TIME,
    CheckId.W34: Mend.COVERAGE,
    CheckId.W40: Mend.NUMBERS,
    CheckId.W41: Mend.SERVICE,
    CheckId.W42: Mend.RATES,
}
