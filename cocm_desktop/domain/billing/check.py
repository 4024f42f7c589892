"""The checks of a month: blocks that stop a claim, and warnings that a person acknowledges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CheckId(Enum):
    """Names of the checks; they are a promise and never change their meaning."""

    B01 = "B01_NO_CONSENT"
    B02 = "B02_NO_INITIATING_VISIT"
    B03 = "B03_BELOW_THRESHOLD"
    B04 = "B04_NO_PSYCH_CONSULT"
    B05 = "B05_NO_RATING_SCALE"
    B06 = "B06_NOT_IN_REGISTRY"
    B07 = "B07_NO_PLAN"
    B08 = "B08_NO_BH_DIAGNOSIS"
    B09 = "B09_CODE_NOT_VALID_ON_DOS"
    B10 = "B10_CODE_NOT_COVERED_BY_PAYER"
    B11 = "B11_CONFLICT_SAME_MONTH"
    B12 = "B12_ADDON_WITHOUT_BASE"
    B13 = "B13_DUPLICATE_MONTH"
    B14 = "B14_BILLER_NOT_ELIGIBLE"
    B15 = "B15_NPI_INVALID"
    B16 = "B16_MEMBER_ID"
    B17 = "B17_WRONG_CLAIM_FORM"
    B18 = "B18_DOS_INVALID"
    B19 = "B19_PRIOR_AUTH_REQUIRED"
    B20 = "B20_UNAPPROVED"
    B21 = "B21_PAYER_REGISTRATION"
    B22 = "B22_TIMELY_FILING"
    B23 = "B23_MEDICARE_SELF_FILE"
    B24 = "B24_FREQUENCY_LIMIT"
    B25 = "B25_POINTER_COUNT"
    W01 = "W01_MUE_99494"
    W02 = "W02_G2214_MIDPOINT"
    W03 = "W03_MINUTES_EXCLUDED_OUTSIDE_CONSENT"
    W04 = "W04_MINUTES_EXCLUDED_OVERLAP"
    W05 = "W05_MINUTES_EXCLUDED_ROLE"
    W06 = "W06_MINUTES_EXCLUDED_ADMIN"
    W07 = "W07_SAME_DAY_96127"
    W08 = "W08_TCM_SAME_DAY"
    W09 = "W09_NEAR_THRESHOLD"
    W10 = "W10_EPISODE_GAP"
    W11 = "W11_FIRST_MONTH_PASSED"
    W12 = "W12_NO_CONTACT"
    W13 = "W13_NO_CHANGE_NOT_IMPROVING"
    W14 = "W14_APCM_ALTERNATIVE"
    W15 = "W15_COST_SHARE"
    W16 = "W16_PAYER_UNVERIFIED"
    W17 = "W17_INPATIENT_DAYS"
    W18 = "W18_DX_IN_REMISSION"
    W19 = "W19_PROLONGED_EPISODE"
    W20 = "W20_CLONED_NOTES"
    W21 = "W21_CHARGE_BELOW_ALLOWED"
    W22 = "W22_ACCESS_CMP"
    W23 = "W23_TIME_ENTRY_ANOMALY"
    W24 = "W24_CCM_TIME_DOUBLE"
    W25 = "W25_NPP_85"
    W26 = "W26_MIDMONTH_END"
    W27 = "W27_RATE_TABLE_STALE"
    W28 = "W28_INITIATING_AMBIGUOUS"
    W29 = "W29_MINUTES_BEFORE_INITIATING_VISIT"
    W30 = "W30_SCALE_PART_OF_COCM"
    W31 = "W31_NCCI_PTP_SAME_DAY"
    W32 = "W32_NO_SCALE_THIS_MONTH"
    W33 = "W33_UNSIGNED_TIME"
    W34 = "W34_PAYER_CHANGE_MIDMONTH"
    W35 = "W35_MONTH_OPEN"
    W36 = "W36_ADDON_NO_MINUTES_RULE"
    W38 = "W38_REMIT_OUT_OF_BALANCE"
    W39 = "W39_DENIED"
    W40 = "W40_MODIFIER_POS_UNEXPECTED"
    W41 = "W41_OTHER_PRACTITIONER"
    W42 = "W42_CODESET_STALE"

    def __init__(self, name: str) -> None:
        # Asked of every check of every month in a list: an attribute, no look at the name.
        self.is_block = name.startswith("B")


@dataclass(frozen=True, slots=True)
class Check:
    """A check that fired, in words; with a code where it is about that line alone."""

    id: CheckId
    words: str
    code: str = ""

    @property
    def stops_all(self) -> bool:
        """Whether nothing of the month may be billed."""
        return self.id.is_block and not self.code
