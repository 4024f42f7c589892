"""Enrolling a patient, starting treatment, closing the episode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cocm_desktop.actions.codes import codes_of
from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.outside_care import read_outside_care
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import closing_problems
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.diagnosis import Diagnosis, ListedDiagnosis
from cocm_desktop.domain.episode import CloseDraft, EnrollDraft, Episode, EpisodeStatus
from cocm_desktop.domain.episode_phase import Phase, lasting
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.instrument import GAD7, PHQ9, Direction, Instrument, InstrumentId
from cocm_desktop.domain.staff import Permission, Role
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import diagnosis as diagnoses
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.EPISODE | Topic.BILLING


def read_latest_episode(workspace: Workspace, patient_id: str) -> Episode:
    """Give a patient's open episode, or the one closed last; refuse where there is none."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    with workspace.database.read() as session:
        episode = episodes.latest(session, patient_id)
    if episode is None:
        raise Refused(Problem("patient", "The patient is not enrolled. Enroll the patient first."))
    return episode


def enroll(workspace: Workspace, draft: EnrollDraft) -> Change:
    """Store the episode, the consent and the diagnosis: all three, or nothing.

    A patient who was referred goes on in the episode of the referral. Consent alone may be taken
    by the front desk; assessment, diagnosis and scale are for those who may enroll.
    """
    workspace.require(Permission.TAKE_IN)
    if not draft.is_intake:
        workspace.require(Permission.ENROLL)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        patient = patients.get(session, draft.patient_id)
        latest = episodes.latest(session, patient.id)
        if latest is not None and episodes.consent_exists(session, draft.id):
            return Change(TOUCHES, latest.id)
        referred = latest if latest and latest.status.is_referral else None
        if latest is not None and referred is None:
            refuse_second(latest, draft.consented_on, field="consented_on")
        require_care_manager(workspace, draft.care_manager_id)
        require_scale(workspace, draft.primary_instrument_id)
        accepted = draft.of(referred).accept(
            today=workspace.today(), born_on=patient.born_on, staff_id=workspace.staff.id
        )
        _add(workspace, accepted, referred=referred)
        episode = accepted[0]
        note = audit.created("episode.enrolled", episode.id, episode.patient_id)
        audit.write(session, stamp, note)
    return Change(TOUCHES, episode.id)


def _add(
    workspace: Workspace,
    accepted: tuple[Episode, Consent, Diagnosis | None],
    *,
    referred: Episode | None,
) -> None:
    episode, consent, diagnosis = accepted
    before = referred.status if referred else None
    consented = Phase(episode.id, before, EpisodeStatus.CONSENTED, consent.given_on)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if referred is None:
            episodes.add(session, episode, stamp)
        else:
            episodes.update(session, replace(episode, version=referred.version))
        session.flush()
        episodes.add_consent(session, consent, stamp)
        if diagnosis:
            titled = replace(diagnosis, title=codes_of(workspace).title_of(diagnosis.code))
            diagnoses.add(session, ListedDiagnosis(titled), stamp)
        episodes.add_phase(session, consented, stamp)
        if episode.enrolled_on:
            started = Phase(episode.id, consented.to_status, episode.status, episode.enrolled_on)
            episodes.add_phase(session, started, stamp)


def start_treatment(
    workspace: Workspace, episode_id: str, *, enrolled_on: date, version: int
) -> Change:
    """Record the day of the care manager's initial assessment of a consented patient."""
    workspace.require(Permission.ENROLL)
    with workspace.database.write() as session:
        episode = episodes.get(session, episode_id)
        consent = episodes.consent_of(session, episode_id)
        if enrolled_on > workspace.today():
            raise Refused(
                Problem("enrolled_on", "The initial assessment cannot be dated in the future.")
            )
        if consent and enrolled_on < consent.given_on:
            words = f"The patient consented on {long_date(consent.given_on)}."
            raise Refused(Problem("enrolled_on", words))
        if episode.status is not EpisodeStatus.CONSENTED:
            raise Refused(Problem("status", f"The episode is {episode.status.value.lower()}."))
        started = replace(
            episode, status=EpisodeStatus.ACTIVE, enrolled_on=enrolled_on, version=version
        )
        changes = episodes.update(session, started)
        phase = Phase(episode.id, episode.status, started.status, enrolled_on)
        episodes.add_phase(session, phase, workspace.stamp())
        note = audit.changed("episode.started", episode_id, changes, patient_id=episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, episode_id)


def close_episode(workspace: Workspace, draft: CloseDraft) -> Change:
    """Close an open episode with its reason. Open safety tasks stay open."""
    workspace.require(Permission.ENROLL)
    with workspace.database.write() as session:
        episode = unclosed(workspace, draft.episode_id)
        consent = episodes.consent_of(session, draft.episode_id)
        death = read_outside_care(workspace, episode.patient_id).death
        last_on = _last_day_of(workspace, draft.episode_id)
        problems = draft.problems(
            today=workspace.today(),
            consented_on=consent.given_on if consent else None,
            last_record_on=last_on,
            status=episode.status,
        )
        refused = (*problems, *closing_problems(draft, death, last_record_on=last_on))
        if refused or draft.closed_on is None or draft.reason is None:
            raise Refused(*refused)
        closed = replace(
            episode,
            status=EpisodeStatus.CLOSED,
            closed_on=draft.closed_on,
            close_reason=draft.reason,
            close_note=draft.note.strip(),
            version=draft.version,
        )
        changes = episodes.update(session, closed)
        words = draft.reason.value
        phase = Phase(episode.id, episode.status, closed.status, draft.closed_on, words)
        episodes.add_phase(session, phase, workspace.stamp())
        note = audit.changed("episode.closed", episode.id, changes, patient_id=episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.episode_id)


def _last_day_of(workspace: Workspace, episode_id: str) -> date | None:
    """Give the day of the episode's last record, a change of phase among them."""
    with workspace.database.read() as session:
        recorded_on = episodes.last_record_on(session, episode_id)
        days = [each.changed_on for each in lasting(episodes.phases_of(session, episode_id))]
    return max((day for day in (recorded_on, *days) if day), default=None)


def unclosed(workspace: Workspace, episode_id: str) -> Episode:
    """Give an episode that is not closed, or refuse."""
    with workspace.database.read() as session:
        episode = episodes.get(session, episode_id)
    if episode.status is EpisodeStatus.CLOSED:
        raise Refused(Problem("status", "This episode is closed already."))
    return episode


def refuse_second(latest: Episode, begins_on: date | None, *, field: str) -> None:
    """Refuse a new episode while one is open, or before the last one closed."""
    if latest.status.is_open:
        raise Refused(Problem("patient_id", "The patient is enrolled already."))
    if latest.closed_on and begins_on and begins_on < latest.closed_on:
        words = f"The last episode closed on {long_date(latest.closed_on)}."
        raise Refused(Problem(field, words))


def require_care_manager(workspace: Workspace, care_manager_id: StaffId | None) -> None:
    with workspace.database.read() as session:
        managers = {member.id for member in staff_members.with_role(session, Role.CARE_MANAGER)}
    if care_manager_id is not None and care_manager_id not in managers:
        raise Refused(Problem("care_manager_id", "Choose an active care manager."))


def read_scales(workspace: Workspace) -> tuple[InstrumentId, ...]:
    """Give the instruments by which an episode can be judged, PHQ-9 and GAD-7 first."""
    offered = read_instruments(workspace)
    usual = (PHQ9, GAD7)
    others = (name for name in offered if name not in usual and _can_judge(offered[name]))
    return (*usual, *others)


def _can_judge(instrument: Instrument) -> bool:
    return instrument.total is not None and instrument.direction is not Direction.HIGHER_IS_BETTER


def require_scale(workspace: Workspace, instrument_id: str) -> Instrument:
    """Give an instrument by whose total an episode can be judged, or refuse."""
    instrument = read_instruments(workspace).offered(instrument_id)
    if not _can_judge(instrument):
        words = f"{instrument_id} has no total that falls as a patient gets better."
        raise Refused(Problem("instrument", words))
    return instrument
