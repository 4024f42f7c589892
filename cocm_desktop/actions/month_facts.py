"""Gathering what is on file about a month, for one patient or for everybody, in few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from cocm_desktop.actions.billing_tables import localities_of
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.evaluation_facts import (
    BilledFacts,
    FeeFacts,
    MeasureFacts,
    ProofFacts,
)
from cocm_desktop.domain.billing.locality import locality_on
from cocm_desktop.domain.billing.month_case import (
    LoggedEntry,
    MonthCase,
    Offices,
    note_key,
    seconds_elsewhere,
)
from cocm_desktop.domain.billing.month_payer import payer_of_month
from cocm_desktop.domain.billing.outside_care import NOTHING_OUTSIDE, OutsideCare
from cocm_desktop.domain.billing.payer import PatientCoverage, Payer
from cocm_desktop.domain.billing.rules import episode_months
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.diagnosis import ListedDiagnosis, on_paper
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.ids import (
    ContactId,
    EpisodeId,
    PatientId,
    PayerId,
    StaffId,
    TimeEntryId,
)
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import fee_on
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import (
    billing_month,
    billing_settings,
    consent,
    coverage,
    month_choice,
    outside_care,
    payer,
)
from cocm_desktop.storage import diagnosis as diagnoses
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.billing_month import StoredTime
from cocm_desktop.storage.records import grouped


def month_case(workspace: Workspace, patient_id: str, month: ServiceMonth) -> MonthCase:
    """Give what is on file about one patient's month; refuse one without any time."""
    with workspace.database.read() as session:
        stored = billing_month.time_beside(session, patient_id, month, until=workspace.today())
        own = PatientId(patient_id)
        if not any(each.patient_id == own for each in stored):
            patients.get(session, patient_id)
            raise Refused(Problem("minutes", f"No time was recorded for this patient in {month}."))
        return _cases(workspace, month, stored, wanted={own})[own]


def month_cases(
    workspace: Workspace, month: ServiceMonth, *, without: Collection[str] = ()
) -> dict[PatientId, MonthCase]:
    """Give what is on file about the month of everybody on whom time was spent in it."""
    with workspace.database.read() as session:
        stored = billing_month.time_in(session, month, until=workspace.today())
        wanted = {each.patient_id for each in stored} - set(without)
        return _cases(workspace, month, stored, wanted=wanted)


def chosen_cases(
    workspace: Workspace, patient_ids: Collection[str], month: ServiceMonth
) -> dict[PatientId, MonthCase]:
    """Give what is on file about some patients' month; refuse one without any time."""
    if len(patient_ids) == 1:
        [only] = patient_ids
        return {PatientId(only): month_case(workspace, only, month)}
    with workspace.database.read() as session:
        stored = billing_month.time_in(session, month, until=workspace.today())
        wanted = {PatientId(each) for each in patient_ids}
        if wanted - {each.patient_id for each in stored}:
            words = f"No time was recorded for a patient that was chosen in {month}."
            raise Refused(Problem("minutes", words))
        return _cases(workspace, month, stored, wanted=wanted)


def _cases(
    workspace: Workspace,
    month: ServiceMonth,
    stored: Collection[StoredTime],
    *,
    wanted: Collection[PatientId],
) -> dict[PatientId, MonthCase]:
    offices = offices_of(workspace, month)
    elsewhere = seconds_elsewhere(
        {each.entry.id: (each.patient_id, each.entry) for each in stored}, offices.zone
    )
    time = grouped((each.patient_id, each) for each in stored if each.patient_id in wanted)
    sources = _read(workspace, month, time)
    return {
        patient_id: _case(offices, sources, own, elsewhere=elsewhere)
        for patient_id, own in time.items()
    }


def offices_of(workspace: Workspace, month: ServiceMonth) -> Offices:
    """Give what is the same for every patient of a month."""
    day = month.last_day
    with workspace.database.read() as session:
        settings = billing_settings.on_day(session, day)
        fees = practices.fees(session)
        members = {member.id: member for member in staff_members.everyone(session)}
        practice = practices.get(session)
    charged = ((code, fee_on(fees, code, day)) for code in sorted({fee.code for fee in fees}))
    return Offices(
        practice=practice,
        month=month,
        today=workspace.today(),
        zone=workspace.now().tzinfo or UTC,
        members=members,
        settings=settings,
        locality=locality_on(localities_of(workspace), settings.locality, day),
        fees_cents=tuple(FeeFacts(code, cents) for code, cents in charged if cents is not None),
    )


@dataclass(frozen=True, slots=True)
class _Sources:
    """What was read for all patients together, by patient or by episode."""

    patients: Mapping[PatientId, Patient]
    episodes: Mapping[EpisodeId, Episode]
    consents: Mapping[EpisodeId, tuple[Consent, ...]]
    diagnoses: Mapping[str, tuple[ListedDiagnosis, ...]]
    service_days: Mapping[PatientId, Mapping[ServiceMonth, date]]
    billed: Mapping[PatientId, tuple[BilledFacts, ...]]
    outside: Mapping[PatientId, OutsideCare]
    coverages: Mapping[PatientId, tuple[PatientCoverage, ...]]
    payers: Mapping[PayerId, Payer]
    contacts: Mapping[ContactId, tuple[bool, str]]
    chosen_payers: Mapping[PatientId, PayerId]
    lines: Mapping[EpisodeId, Line]
    proofs: _ProofSources


@dataclass(frozen=True, slots=True)
class _ProofSources:
    """What an auditor asks to see, read for all patients together."""

    measures: Mapping[EpisodeId, tuple[tuple[date, str, int | None], ...]]
    contacts: Mapping[EpisodeId, tuple[date, ...]]
    reviews: Mapping[EpisodeId, tuple[date, ...]]
    meetings: Mapping[StaffId, tuple[date, ...]]
    plans: Mapping[EpisodeId, tuple[date, ...]]
    changed_on: Mapping[EpisodeId, date]
    dosed_on: Mapping[PatientId, date]
    earlier_notes: Mapping[EpisodeId, tuple[str, ...]]


def _read(
    workspace: Workspace, month: ServiceMonth, time: Mapping[PatientId, tuple[StoredTime, ...]]
) -> _Sources:
    """Read everything for some patients: as many statements as for one."""
    patient_ids = tuple(time)
    entries = [each.entry for own in time.values() for each in own]
    episode_ids = tuple({entry.episode_id for entry in entries})
    contact_ids = {entry.contact_id for entry in entries if entry.contact_id}
    with workspace.database.read() as session:
        return _Sources(
            patients=patients.by_id(session, patient_ids),
            episodes=episodes.by_id(session, episode_ids),
            consents=consent.of_episodes(session, episode_ids),
            diagnoses=diagnoses.of_episodes(session, episode_ids),
            service_days=billing_month.service_days(session, patient_ids, month),
            billed=billing_month.billed(session, patient_ids, month),
            outside=outside_care.of_patients(session, patient_ids),
            coverages=coverage.of_patients(session, patient_ids),
            payers=payer.by_id(session),
            contacts=billing_month.contact_notes(session, contact_ids),
            chosen_payers=month_choice.payers(session, patient_ids, month),
            lines=month_choice.lines(session, episode_ids, month),
            proofs=_read_proofs(workspace, month, patient_ids, episode_ids=episode_ids),
        )


def _read_proofs(
    workspace: Workspace,
    month: ServiceMonth,
    patient_ids: Collection[PatientId],
    *,
    episode_ids: Collection[EpisodeId],
) -> _ProofSources:
    until = month.last_day
    with workspace.database.read() as session:
        return _ProofSources(
            measures=billing_month.measures(session, episode_ids, until=until),
            contacts=billing_month.reached_days(session, episode_ids, month),
            reviews=billing_month.review_days(session, episode_ids, month),
            meetings=billing_month.meeting_days(session, month),
            plans=billing_month.plan_days(session, episode_ids, until=until),
            changed_on=billing_month.changed_on(session, episode_ids, until=until),
            dosed_on=billing_month.dosed_on(session, patient_ids, until=until),
            earlier_notes=billing_month.notes_of_month(session, episode_ids, month.plus(-1)),
        )


def _case(
    offices: Offices,
    sources: _Sources,
    time: tuple[StoredTime, ...],
    *,
    elsewhere: Mapping[TimeEntryId, int],
) -> MonthCase:
    """Put together what is one patient's; the episode billed is the last of those with time."""
    patient = sources.patients[time[0].patient_id]
    worked = dict.fromkeys(each.entry.episode_id for each in time)
    episode = _last_of([sources.episodes[each] for each in worked], sources, offices.month)
    others = tuple(sources.episodes[each] for each in worked if each != episode.id)
    coverages = sources.coverages.get(patient.id, ())
    listed = sources.diagnoses.get(episode.id, ())
    served = sources.service_days.get(patient.id, {})
    return MonthCase(
        offices=offices,
        patient=patient,
        episode=episode,
        payer=payer_of_month(
            offices.month,
            coverages,
            sources.payers,
            intake=patient.coverage,
            chosen=sources.chosen_payers.get(patient.id),
        ),
        time=tuple(_logged(each, sources, elsewhere, zone=offices.zone) for each in time),
        others=others,
        consents={each: sources.consents.get(each, ()) for each in worked},
        began_on=_began_on(served, offices.month),
        diagnoses=on_paper(listed, since=offices.month.first_day),
        service_months=tuple(each for each in served if each < offices.month),
        billed=sources.billed.get(patient.id, ()),
        proofs=_proofs(episode, sources.proofs, offices.month, others=others),
        outside=sources.outside.get(patient.id, NOTHING_OUTSIDE),
        line=sources.lines.get(episode.id, Line.COCM),
    )


def _last_of(candidates: Sequence[Episode], sources: _Sources, month: ServiceMonth) -> Episode:
    """Give the episode that ends last; one that begins after the month only if there is no other.

    Which of them was worked on last does not matter: what an episode still needed after the next
    one began may well be recorded in it.
    """

    def place(episode: Episode) -> tuple[bool, date, date, str]:
        given = [each.given_on for each in sources.consents.get(episode.id, ())]
        begins = min(given, default=date.max)
        return begins <= month.last_day, episode.closed_on or date.max, begins, episode.id

    return max(candidates, key=place)


def _began_on(served: Mapping[ServiceMonth, date], month: ServiceMonth) -> date | None:
    """Give the first day of the care that this month is a part of: back to a gap of six months."""
    run = (*episode_months(served, month), month)
    return next((served[each] for each in run if each in served), None)


def _logged(
    stored: StoredTime, sources: _Sources, elsewhere: Mapping[TimeEntryId, int], *, zone: tzinfo
) -> LoggedEntry:
    entry = stored.entry
    nothing = (False, "")
    reached, note = sources.contacts.get(entry.contact_id, nothing) if entry.contact_id else nothing
    return LoggedEntry(
        entry=entry,
        recorded_on=stored.recorded_at.astimezone(zone).date(),
        reached=reached,
        note=note,
        elsewhere=elsewhere.get(entry.id, 0),
    )


def _proofs(
    episode: Episode,
    sources: _ProofSources,
    month: ServiceMonth,
    *,
    others: tuple[Episode, ...] = (),
) -> ProofFacts:
    """Gather what proves a patient's month, in whichever of its episodes it is on record."""
    every = (episode, *others)
    plans = sources.plans.get(episode.id, ())
    first_plans = [sources.plans[each.id][0] for each in every if sources.plans.get(each.id)]
    changes = (
        plans[-1] if len(plans) > 1 else None,
        sources.changed_on.get(episode.id),
        sources.dosed_on.get(episode.patient_id),
    )
    notes = (note_key(note) for each in every for note in sources.earlier_notes.get(each.id, ()))
    reviews = {day for each in every for day in sources.reviews.get(each.id, ())}
    contacts = {day for each in every for day in sources.contacts.get(each.id, ())}
    meetings = {day for each in every for day in sources.meetings.get(each.care_manager_id, ())}
    return ProofFacts(
        measures=tuple(_measures(episode, sources, month, others=others)),
        reviews=tuple(sorted(reviews)),
        meetings=tuple(sorted(meetings)),
        contacts=tuple(sorted(contacts)),
        is_in_registry=any(not each.status.is_referral for each in every),
        plan_on=min(first_plans, default=None),
        plan_changed_on=max((day for day in changes if day), default=None),
        earlier_note_keys=tuple(sorted({key for key in notes if key})),
    )


def _measures(
    episode: Episode,
    sources: _ProofSources,
    month: ServiceMonth,
    *,
    others: tuple[Episode, ...] = (),
) -> Iterator[MeasureFacts]:
    """Give the scores of the primary scale; another one of the month proves that one was given.

    Of the other episodes only what was given in the month is told.
    """
    own = sources.measures.get(episode.id, ())
    beside = (each for other in others for each in sources.measures.get(other.id, ()))
    told = (*own, *(each for each in beside if month.contains(each[0])))
    for day, instrument, total in sorted(told, key=lambda each: each[0]):
        if instrument == episode.primary_instrument_id:
            yield MeasureFacts(day, instrument, total)
        elif month.contains(day) and total is not None:
            yield MeasureFacts(day, instrument)
