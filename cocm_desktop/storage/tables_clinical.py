"""Tables of what the chart holds besides measures and contacts.

What a patient takes and has tried belongs to the patient; the rest to an episode, and the
definitions of instruments to the clinic.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.diagnosis import DiagnosisStatus
from cocm_desktop.domain.goal import GoalState
from cocm_desktop.domain.instrument_pack import PackKind
from cocm_desktop.domain.intervention import InterventionKind
from cocm_desktop.domain.medication import Adherence
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.referral_out import ReferralResult
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class DiagnosisStateTable(Recorded, Table):
    """How a diagnosis stands from a day on; the latest row counts."""

    __tablename__ = "diagnosis_state"
    __table_args__ = (Index("ix_diagnosis_state_diagnosis_id", "diagnosis_id", "noted_on", "id"),)

    diagnosis_id: Mapped[str] = mapped_column(ID, ForeignKey("diagnosis.id"))
    status: Mapped[DiagnosisStatus]
    noted_on: Mapped[date]


class PrimaryDiagnosisTable(Recorded, Table):
    """That a diagnosis was made the primary one of its episode; the latest row counts."""

    __tablename__ = "primary_diagnosis"
    __table_args__ = (Index("ix_primary_diagnosis_episode_id", "episode_id", "id"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    diagnosis_id: Mapped[str] = mapped_column(ID, ForeignKey("diagnosis.id"))


class AllergiesTable(Recorded, Table):
    """What is known of a patient's allergies; the latest row counts."""

    __tablename__ = "allergies"
    __table_args__ = (Index("ix_allergies_patient_id", "patient_id", "id"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    words: Mapped[str]


class MedicationTable(Recorded, Voidable, Table):
    __tablename__ = "medication"
    __table_args__ = (
        Index("ix_medication_patient_id", "patient_id", "voided_at", "is_psychotropic", "id"),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    name: Mapped[str]
    is_psychotropic: Mapped[bool]
    prescriber: Mapped[str]
    note: Mapped[str]


class DoseTable(Recorded, Voidable, Table):
    __tablename__ = "dose"
    __table_args__ = (Index("ix_dose_medication_id", "medication_id", "voided_at", "since"),)

    medication_id: Mapped[str] = mapped_column(ID, ForeignKey("medication.id"))
    dose: Mapped[str]
    route: Mapped[str]
    frequency: Mapped[str]
    since: Mapped[date]


class IntakeTable(Recorded, Table):
    """How a medicine was taken and borne by a day; the latest row is shown."""

    __tablename__ = "intake"
    __table_args__ = (Index("ix_intake_medication_id", "medication_id", "noted_on", "id"),)

    medication_id: Mapped[str] = mapped_column(ID, ForeignKey("medication.id"))
    adherence: Mapped[Adherence]
    side_effects: Mapped[str]
    noted_on: Mapped[date]


class MedicationStopTable(Recorded, Voidable, Table):
    """The end of a medicine; voided, the medicine is taken on."""

    __tablename__ = "medication_stop"
    __table_args__ = (Index("ix_medication_stop_medication_id", "medication_id"),)

    medication_id: Mapped[str] = mapped_column(ID, ForeignKey("medication.id"))
    stopped_on: Mapped[date]
    reason: Mapped[str]
    response: Mapped[str]


class PastTrialTable(Recorded, Voidable, Table):
    __tablename__ = "past_trial"
    __table_args__ = (Index("ix_past_trial_patient_id", "patient_id"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    name: Mapped[str]
    highest_dose: Mapped[str]
    taken: Mapped[str]
    response: Mapped[str]
    stop_reason: Mapped[str]


class InterventionTable(Recorded, Voidable, Table):
    __tablename__ = "intervention"
    __table_args__ = (
        Index("ix_intervention_episode_id", "episode_id", "voided_at", "kind", "given_on"),
    )

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    staff_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    given_on: Mapped[date]
    kind: Mapped[InterventionKind]
    seconds: Mapped[int | None]
    note: Mapped[str]
    homework: Mapped[str]


class GoalTable(Recorded, Voidable, Table):
    __tablename__ = "goal"
    __table_args__ = (Index("ix_goal_episode_id", "episode_id"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    words: Mapped[str]
    measured_by: Mapped[str]
    set_on: Mapped[date]


class GoalStateTable(Recorded, Table):
    """How far a goal had come on a day; the latest row is where it stands."""

    __tablename__ = "goal_state"
    __table_args__ = (Index("ix_goal_state_goal_id", "goal_id", "noted_on", "id"),)

    goal_id: Mapped[str] = mapped_column(ID, ForeignKey("goal.id"))
    state: Mapped[GoalState]
    noted_on: Mapped[date]


class ReferralOutTable(Recorded, Voidable, Table):
    __tablename__ = "referral_out"
    __table_args__ = (Index("ix_referral_out_episode_id", "episode_id"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    to: Mapped[str]
    reason: Mapped[str]
    made_on: Mapped[date]


class ReferralResultTable(Recorded, Table):
    """What came of a referral by a day; the latest row is where it stands."""

    __tablename__ = "referral_result"
    __table_args__ = (Index("ix_referral_result_referral_id", "referral_id", "noted_on", "id"),)

    referral_id: Mapped[str] = mapped_column(ID, ForeignKey("referral_out.id"))
    result: Mapped[ReferralResult]
    noted_on: Mapped[date]


class PlanTable(Recorded, Voidable, Table):
    """A plan as it was written on a day; a newer row takes its place."""

    __tablename__ = "plan"
    __table_args__ = (Index("ix_plan_episode_id", "episode_id", "kind", "written_on", "id"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    kind: Mapped[PlanKind]
    written_on: Mapped[date]
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)


# ------------------------------------------------------------------------- instruments of a clinic


class InstrumentPackTable(Recorded, Table):
    """A definition that the clinic added. `content` is never changed: scores refer to it."""

    __tablename__ = "instrument_pack"
    __table_args__ = (Index("uq_instrument_pack_version", "instrument_id", "version", unique=True),)

    instrument_id: Mapped[str]
    version: Mapped[int]
    kind: Mapped[PackKind]
    file_name: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[str]


class InstrumentRetirementTable(Recorded, Table):
    """From here on a pack is not offered any more; its scores keep their meaning."""

    __tablename__ = "instrument_retirement"
    __table_args__ = (Index("uq_instrument_retirement_pack_id", "pack_id", unique=True),)

    pack_id: Mapped[str] = mapped_column(ID, ForeignKey("instrument_pack.id"))
    reason: Mapped[str]
