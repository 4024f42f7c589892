"""What is on file about one patient's month, and the facts that the rules are asked with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo

from cocm_desktop.domain.billing.billing_settings import AS_SHIPPED, BillingSettings
from cocm_desktop.domain.billing.choices import ClaimForm, Line, Performer
from cocm_desktop.domain.billing.credential import billing_credential
from cocm_desktop.domain.billing.evaluation_facts import (
    FORMAT,
    BilledFacts,
    ChoiceFacts,
    ConsentFacts,
    DiagnosisFacts,
    EpisodeFacts,
    FeeFacts,
    OtherCode,
    PatientFacts,
    PatientMonth,
    PractitionerFacts,
    ProofFacts,
    SettingFacts,
    Span,
    TimeFacts,
    VisitFacts,
)
from cocm_desktop.domain.billing.locality import Locality
from cocm_desktop.domain.billing.month_payer import MonthPayer
from cocm_desktop.domain.billing.outside_care import NOTHING_OUTSIDE, OutsideCare
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.ids import EpisodeId, StaffId, TimeEntryId
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.time_overlap import instant_of

PSYCHIATRY = "2084P0800X"  # Source: NUCC taxonomy, physicians, psychiatry.
NO_PROOFS = ProofFacts()
SHORTEST_NOTE = 40  # A shorter note, such as "Phone call", is the same for good reasons.


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """A time entry with what is on file around it.

    `note` is that of its contact where it has one; `elsewhere` are seconds that the same person's
    earlier entries for other patients have too.
    """

    entry: TimeEntry
    recorded_on: date
    reached: bool = False
    note: str = ""
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Offices:
    """What is the same for every patient of a month: the practice, its people and its choices."""

    practice: Practice
    month: ServiceMonth
    today: date
    zone: tzinfo
    members: Mapping[StaffId, StaffMember]
    settings: BillingSettings = AS_SHIPPED
    locality: Locality | None = None
    fees_cents: tuple[FeeFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthCase:
    """One patient's month as it is on file. `episode` is the one that is billed for.

    A month in which a patient was closed and enrolled again is still one month: `others` are the
    other episodes its time may belong to. `began_on` is the first day of the care manager's work.
    """

    offices: Offices
    patient: Patient
    episode: Episode
    payer: MonthPayer
    time: tuple[LoggedEntry, ...]
    others: tuple[Episode, ...] = ()
    consents: Mapping[EpisodeId, tuple[Consent, ...]] = field(default_factory=dict)
    began_on: date | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    service_months: tuple[ServiceMonth, ...] = ()
    billed: tuple[BilledFacts, ...] = ()
    proofs: ProofFacts = NO_PROOFS
    outside: OutsideCare = NOTHING_OUTSIDE
    line: Line = Line.COCM

    @property
    def practitioner(self) -> StaffMember | None:
        treating = self.episode.treating_practitioner_id
        return self.offices.members.get(treating) if treating else None

    @property
    def care_manager(self) -> StaffMember:
        return self.offices.members[self.episode.care_manager_id]

    @property
    def consented_on(self) -> date | None:
        given = [each.given_on for each in self.consents.get(self.episode.id, ())]
        return min(given, default=None)

    @property
    def died_on(self) -> date | None:
        return self.outside.death.died_on if self.outside.death else self.episode.died_on


def facts_of(case: MonthCase, *, approved_on: date | None = None) -> PatientMonth:
    """Give the facts as the rules take them."""
    offices = case.offices
    return PatientMonth(
        format=FORMAT,
        month=offices.month,
        today=offices.today,
        payer=case.payer.facts,
        practitioner=_practitioner(case.practitioner),
        patient=_patient(case),
        episode=_episode(case),
        line=case.line,
        setting=_setting(case),
        choices=_choices(offices.settings),
        consents=tuple(_consents(case)),
        visits=_visits(case),
        time=tuple(_time(each, offices) for each in case.time),
        proofs=case.proofs,
        diagnoses=tuple(DiagnosisFacts(each.code) for each in case.diagnoses),
        other_codes=_other_codes(case),
        fees_cents=offices.fees_cents,
        approved_on=approved_on,
    )


def _practitioner(member: StaffMember | None) -> PractitionerFacts:
    if member is None:
        return PractitionerFacts("", "")
    return PractitionerFacts(
        npi=member.npi,
        credential=billing_credential(member.credentials),
        bills_incident_to=member.bills_incident_to,
        practices_psychiatry=member.taxonomy == PSYCHIATRY,
    )


def _patient(case: MonthCase) -> PatientFacts:
    return PatientFacts(
        member_id=case.payer.member_id,
        died_on=case.died_on,
        last_seen_on=case.outside.last_seen_on(_started_on(case)),
        inpatient=tuple(Span(stay.first_on, stay.last_on) for stay in case.outside.stays),
    )


def _started_on(case: MonthCase) -> date:
    days = (case.began_on, case.consented_on, case.offices.month.first_day)
    return next(day for day in days if day is not None)


def _episode(case: MonthCase) -> EpisodeFacts:
    started_on, closed_on = _started_on(case), case.episode.closed_on
    return EpisodeFacts(
        started_on=started_on,
        service_months=case.service_months,
        billed=case.billed,
        ended_on=max(closed_on, started_on) if closed_on else None,
        has_changed_payer=case.payer.has_changed,
    )


def _setting(case: MonthCase) -> SettingFacts:
    """Say where the practitioner works; a clinic bills Medicare on the institutional form.

    Source: billing rules 1.7.
    """
    settings, place = case.offices.settings, case.offices.locality
    is_clinic = settings.clinic_kind.is_clinic
    on_institutional = is_clinic and case.payer.filing is ClaimFiling.MEDICARE_B
    setting = SettingFacts(
        place_of_service=settings.place_of_service,
        is_clinic=is_clinic,
        claim_form=ClaimForm.INSTITUTIONAL if on_institutional else ClaimForm.PROFESSIONAL,
        is_qualifying_apm=settings.is_qualifying_apm,
    )
    if place is None:
        return setting
    return replace(
        setting,
        work_gpci=place.work,
        expense_gpci=place.expense,
        malpractice_gpci=place.malpractice,
        locality=place.words,
    )


def _choices(settings: BillingSettings) -> ChoiceFacts:
    return ChoiceFacts(
        g2214_first_minute=settings.g2214_first_minute,
        bhi_first_minute=settings.bhi_first_minute,
        counts_practitioner=settings.counts_practitioner,
        clinic_first_minute=settings.clinic_first_minute,
        apcm=settings.apcm,
        service_date=settings.service_date,
    )


def _consents(case: MonthCase) -> list[ConsentFacts]:
    """Give the consents of every episode of the month; one ends with its episode at the latest."""
    found = []
    for episode in (*case.others, case.episode):
        ends_on = None if episode.id == case.episode.id else episode.closed_on
        for consent in case.consents.get(episode.id, ()):
            ends = [day for day in (consent.withdrawn_on, ends_on) if day is not None]
            last_on = max(min(ends), consent.given_on) if ends else None
            named = consent.practitioner_id or episode.treating_practitioner_id
            found.append(_consent(case, consent, last_on, named=named))
    return found


def _consent(
    case: MonthCase, consent: Consent, withdrawn_on: date | None, *, named: StaffId | None
) -> ConsentFacts:
    """Give a consent to who is named in it, or to who treated the patient in its episode."""
    npi = _npi(case, named)
    is_same = named is None or named == case.episode.treating_practitioner_id
    return ConsentFacts(
        given_on=consent.given_on,
        practitioner_npi=npi or ("" if is_same else str(named)),
        to_specialists=consent.to_specialists,
        to_cost_share=consent.to_cost_share,
        may_stop=consent.may_stop,
        withdrawn_on=withdrawn_on,
    )


def _npi(case: MonthCase, staff_id: StaffId | None) -> str:
    member = case.offices.members.get(staff_id) if staff_id else None
    return member.npi if member else ""


def _visits(case: MonthCase) -> tuple[VisitFacts, ...]:
    return tuple(
        VisitFacts(
            made_on=each.made_on,
            code=each.code,
            practitioner_npi=_npi(case, each.practitioner_id),
            is_face_to_face=each.is_face_to_face,
            is_about_cocm=each.is_about_cocm,
        )
        for each in case.outside.visits
        if each.code
    )


def _other_codes(case: MonthCase) -> tuple[OtherCode, ...]:
    return tuple(
        OtherCode(each.code, each.served_on, _npi(case, each.practitioner_id))
        for each in case.outside.services
        if case.offices.month.contains(each.served_on)
    )


def _time(logged: LoggedEntry, offices: Offices) -> TimeFacts:
    entry = logged.entry
    return TimeFacts(
        id=entry.id,
        worked_on=entry.worked_on,
        seconds=entry.seconds,
        starts_at=second_of_day(entry, offices.zone),
        performer=entry.staff_id,
        role=Performer[entry.role.name],
        work=entry.activity,
        billed_as=entry.billed_as,
        is_signed=entry.is_signed,
        meeting=entry.meeting_id or "",
        with_patient=logged.reached,
        overlap_elsewhere_seconds=logged.elsewhere,
        recorded_on=logged.recorded_on,
        note_key=note_key(logged.note or entry.note),
    )


def second_of_day(entry: TimeEntry, zone: tzinfo) -> int | None:
    """Give the seconds that had passed since midnight; a day of 25 hours has 90,000 of them."""
    began_at = begun(entry, zone)
    if began_at is None:
        return None
    midnight = datetime(
        entry.worked_on.year, entry.worked_on.month, entry.worked_on.day, tzinfo=zone
    )
    return max(0, int(began_at.timestamp() - midnight.timestamp()))


def begun(entry: TimeEntry, zone: tzinfo) -> datetime | None:
    """Give the instant at which an entry began; None where no start is known."""
    if entry.began_at is not None:
        return entry.began_at
    if entry.started_at is None:
        return None
    instant = instant_of(entry.worked_on, entry.started_at, zone)
    return instant or datetime.combine(entry.worked_on, entry.started_at, tzinfo=zone)


def note_key(note: str) -> str:
    """Give what is the same for notes of the same words; empty for a note too short to say much."""
    words = fold(note)
    if len(words) < SHORTEST_NOTE:
        return ""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def seconds_elsewhere(
    entries: Mapping[TimeEntryId, tuple[str, TimeEntry]], zone: tzinfo
) -> dict[TimeEntryId, int]:
    """Find seconds that a person's earlier entries for other patients have too.

    The entry that began first keeps them. Shares of one meeting stand beside one another.
    `entries` holds each entry with its patient, by its id.
    """
    placed = sorted(
        (start, entry.id, patient, entry)
        for patient, entry in entries.values()
        if (start := begun(entry, zone)) is not None
    )
    earlier: dict[StaffId, list[tuple[datetime, datetime, str, TimeEntry]]] = {}
    found: dict[TimeEntryId, int] = {}
    for start, entry_id, patient, entry in placed:
        end = start + timedelta(seconds=entry.seconds)
        running = [each for each in earlier.get(entry.staff_id, ()) if each[1] > start]
        taken_to = start
        for _begun, until, whose, other in running:
            is_shared = other.meeting_id is not None and other.meeting_id == entry.meeting_id
            if whose != patient and not is_shared:
                taken_to = max(taken_to, min(until, end))
        if taken_to > start:
            found[entry_id] = int((taken_to - start).total_seconds())
        earlier[entry.staff_id] = [*running, (start, end, patient, entry)]
    return found
