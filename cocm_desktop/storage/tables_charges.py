"""Tables of what a charge needs: payers, coverage, dated settings of billing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.billing.payer import ClaimFiling, Relation
from cocm_desktop.domain.patient import Sex
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class FeeTable(Recorded, Voidable, Table):
    __tablename__ = "fee"
    __table_args__ = (CheckConstraint("cents >= 0", name="cents"),)

    code: Mapped[str]
    cents: Mapped[int]
    valid_from: Mapped[date]


class PayerTable(Recorded, Table):
    """Whom the practice bills. Retired, never removed: `active` says so."""

    __tablename__ = "payer"

    name: Mapped[str]
    rule_set: Mapped[str]
    filing: Mapped[ClaimFiling]
    payer_number: Mapped[str]
    phone: Mapped[str]
    days_to_file: Mapped[int | None]
    confirmed_on: Mapped[date | None]
    confirmed_note: Mapped[str]
    registered_on: Mapped[date | None]
    active: Mapped[bool]
    version: Mapped[int]


class PatientCoverageTable(Recorded, Voidable, Table):
    """That a payer covers a patient. Without `insured_last_name` the patient is the insured."""

    __tablename__ = "patient_coverage"
    __table_args__ = (
        CheckConstraint("rank >= 1", name="rank"),
        Index("ix_patient_coverage_patient_id", "patient_id", "voided_at", "rank"),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    payer_id: Mapped[str] = mapped_column(ID, ForeignKey("payer.id"))
    member_id: Mapped[str]
    group_number: Mapped[str]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    rank: Mapped[int]
    relation: Mapped[Relation]
    insured_last_name: Mapped[str]
    insured_first_name: Mapped[str]
    insured_born_on: Mapped[date | None]
    insured_sex: Mapped[Sex]
    insured_address: Mapped[str]
    insured_city: Mapped[str]
    insured_state: Mapped[str]
    insured_postal_code: Mapped[str]
    authorization: Mapped[str]
    authorized_last_on: Mapped[date | None]
    version: Mapped[int]


class EligibilityCheckTable(Recorded, Voidable, Table):
    """What a payer said about a coverage on a day; null where it was not said."""

    __tablename__ = "eligibility_check"
    __table_args__ = (
        Index("ix_eligibility_check_coverage_id", "coverage_id", "voided_at", "checked_on"),
    )

    coverage_id: Mapped[str] = mapped_column(ID, ForeignKey("patient_coverage.id"))
    checked_on: Mapped[date]
    is_active: Mapped[bool]
    plan: Mapped[str]
    copay_cents: Mapped[int | None]
    covers_cocm: Mapped[bool | None]
    reference_number: Mapped[str]


class BillingSettingTable(Recorded, Table):
    """A setting as the practice chose it, from a day on; the latest row that is valid holds."""

    __tablename__ = "billing_setting"
    __table_args__ = (Index("ix_billing_setting_name", "name", "valid_from", "id"),)

    name: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[date]
