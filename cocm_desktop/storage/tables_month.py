"""Tables of the billing month: consents, visits, approvals, closing, what became of a bill."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.closing import ClosingStep
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.storage.table_base import ID, NOT_VOIDED, Recorded, Table, Voidable

_HAS_ACCOUNT = text("account_number <> ''")


class ConsentTable(Recorded, Voidable, Table):
    """The consent with which an episode began."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_episode_id",
            "episode_id",
            unique=True,
            sqlite_where=NOT_VOIDED,
            postgresql_where=NOT_VOIDED,
        ),
    )

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    given_on: Mapped[date]
    method: Mapped[ConsentMethod]
    obtained_by: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    practitioner_id: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))
    to_specialists: Mapped[bool]
    to_cost_share: Mapped[bool]
    may_stop: Mapped[bool]
    withdrawn_on: Mapped[date | None]


class LaterConsentTable(Recorded, Voidable, Table):
    """A consent given again in an episode: to another practitioner, or after a withdrawal."""

    __tablename__ = "later_consent"
    __table_args__ = (Index("ix_later_consent_episode_id", "episode_id", "voided_at"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    given_on: Mapped[date]
    method: Mapped[ConsentMethod]
    obtained_by: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    practitioner_id: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))
    to_specialists: Mapped[bool]
    to_cost_share: Mapped[bool]
    may_stop: Mapped[bool]
    withdrawn_on: Mapped[date | None]


class VisitTable(Recorded, Voidable, Table):
    """That the patient saw a practitioner; without a code only that they were seen."""

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_patient_id", "patient_id", "voided_at"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    made_on: Mapped[date]
    code: Mapped[str]
    practitioner_id: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))
    is_face_to_face: Mapped[bool]
    is_about_cocm: Mapped[bool]


class OtherServiceTable(Recorded, Voidable, Table):
    """A service that is billed beside collaborative care."""

    __tablename__ = "other_service"
    __table_args__ = (Index("ix_other_service_patient_id", "patient_id", "voided_at", "served_on"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    code: Mapped[str]
    served_on: Mapped[date]
    practitioner_id: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))


class StayTable(Recorded, Voidable, Table):
    """A stay in a hospital or nursing facility."""

    __tablename__ = "stay"
    __table_args__ = (Index("ix_stay_patient_id", "patient_id", "voided_at"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    place: Mapped[str]


class DeathTable(Recorded, Voidable, Table):
    __tablename__ = "death"
    __table_args__ = (Index("ix_death_patient_id", "patient_id", "voided_at"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    died_on: Mapped[date]


class MonthApprovalTable(Recorded, Voidable, Table):
    """That a practitioner approved what a month comes to; `outcome` is a digest of that.

    `signed_on` is the day of a signature on paper, which somebody else recorded.
    """

    __tablename__ = "month_approval"
    __table_args__ = (Index("ix_month_approval_month", "month", "voided_at", "patient_id"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    month: Mapped[str]
    practitioner_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    outcome: Mapped[str]
    signed_on: Mapped[date | None]


class MonthPayerTable(Recorded, Voidable, Table):
    """Which of the payers of a month it is billed to; another choice voids the one before."""

    __tablename__ = "month_payer"
    __table_args__ = (Index("ix_month_payer_month", "month", "voided_at", "patient_id"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    month: Mapped[str]
    payer_id: Mapped[str] = mapped_column(ID, ForeignKey("payer.id"))


class ServiceLineTable(Recorded, Table):
    """As which service an episode is billed from a month on; of one month the latest row holds."""

    __tablename__ = "service_line"
    __table_args__ = (Index("ix_service_line_episode_id", "episode_id", "month", "id"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    month: Mapped[str]
    line: Mapped[Line]


class MonthClosingTable(Recorded, Table):
    """That a month was closed or reopened; the latest row of a month is where it stands."""

    __tablename__ = "month_closing"
    __table_args__ = (Index("ix_month_closing_month", "month", "id"),)

    month: Mapped[str]
    step: Mapped[ClosingStep]
    reason: Mapped[str]


class SuperbillTable(Recorded, Voidable, Table):
    """A superbill as it was issued: `content` is the whole document and is never recomputed.

    `codes` repeats its lines as 99493*1 99494*2: later months ask for those of every patient.
    """

    __tablename__ = "superbill"
    __table_args__ = (
        Index(
            "uq_superbill_account_number",
            "account_number",
            unique=True,
            sqlite_where=_HAS_ACCOUNT,
            postgresql_where=_HAS_ACCOUNT,
        ),
        Index(
            "uq_superbill_patient_month",
            "patient_id",
            "month",
            unique=True,
            sqlite_where=NOT_VOIDED,
            postgresql_where=NOT_VOIDED,
        ),
        Index("ix_superbill_month", "month", "voided_at"),
        Index("uq_superbill_number", "number", unique=True),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    month: Mapped[str]
    number: Mapped[str]
    account_number: Mapped[str]
    codes: Mapped[str]
    content: Mapped[str]


class BillStepTable(Recorded, Voidable, Table):
    """That an issued superbill went over to a state; the latest row is where it stands.

    Voided when the file or remittance that did it is undone. Only a remittance takes money back.
    """

    __tablename__ = "bill_step"
    __table_args__ = (
        CheckConstraint("paid_cents >= 0 OR source_id != ''", name="paid_cents"),
        Index("ix_bill_step_superbill_id", "superbill_id", "voided_at", "id"),
        Index("ix_bill_step_source_id", "source_id"),
    )

    superbill_id: Mapped[str] = mapped_column(ID, ForeignKey("superbill.id"))
    state: Mapped[MonthState]
    made_on: Mapped[date]
    reason: Mapped[str]
    source_id: Mapped[str]
    paid_cents: Mapped[int | None]
