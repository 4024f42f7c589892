"""The read model of the registry: every patient with the latest episode, in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.rules import month_kind
from cocm_desktop.domain.contact import SYNCHRONOUS, ContactOutcome
from cocm_desktop.domain.instrument import GAD7, PHQ9, Instrument, InstrumentId
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.measure import ALONE_MARK, Score
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.outcome_sets import criteria_of
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.storage import settings
from cocm_desktop.storage.database import KEPT
from cocm_desktop.storage.patient import former_mrns
from cocm_desktop.storage.registry_columns import (
    CHANGES,
    plan_columns,
    read_flags,
    read_recommendations,
    review_columns,
    work_columns,
)
from cocm_desktop.storage.registry_safety import read_safety, safety_columns
from cocm_desktop.storage.tables import (
    ContactTable,
    DiscussionFlagTable,
    EpisodeTable,
    MeasureTable,
    PatientTable,
    StaffTable,
)
from cocm_desktop.storage.tables_month import ConsentTable, LaterConsentTable, ServiceLineTable
from cocm_desktop.storage.tables_time import TimeEntryTable
from cocm_desktop.storage.time_entry import COUNTED

_ROWS = "rows of the registry"
_TREATING = StaffTable.__table__.alias("treating")


def registry_rows(
    session: Session,
    instruments: Catalogue,
    *,
    today: date,
    g2214_first_minute: int,
    patient_id: str | None = None,
) -> list[RegistryRow]:
    """Give a row for every patient on file, by name, from what was recorded up to `today`."""
    statement = _statement(today)
    if patient_id is not None:
        statement = statement.where(PatientTable.id == patient_id)
    phq9, gad7 = instruments[PHQ9], instruments[GAD7]
    former = former_mrns(session)
    same: dict[str, Any] = {
        "today": today,
        "settings": settings.on_day(session, today),
        "g2214_first_minute": g2214_first_minute,
        "phq9_instrument": phq9,
        "gad7_instrument": gad7,
    }
    found = session.execute(statement)
    names = tuple(found.keys())
    lines = [(*columns, " ".join(former.get(columns.patient_id, ()))) for columns in found]
    make = _RowMaker((*names, "former_mrns"), same, instruments)
    if patient_id is not None:
        return list(map(make.row, lines))
    return _rows_of_all(session, make, lines)


def _rows_of_all(
    session: Session, make: _RowMaker, lines: Iterable[tuple[Any, ...]]
) -> list[RegistryRow]:
    """Make the rows; one whose facts are those of the last read is that one, derived facts and all.

    Most reads follow one small change: thousands of rows are as they were.
    """
    kept = session.info.get(KEPT, {})
    maker, before = kept.get(_ROWS, (None, {}))
    known = before if maker == make else {}
    place = make.names.index("patient_id")
    rows: dict[str, tuple[tuple[Any, ...], RegistryRow]] = {}
    for facts in lines:
        held = known.get(facts[place])
        rows[facts[place]] = held if held and held[0] == facts else (facts, make.row(facts))
    kept[_ROWS] = (make, rows)
    return [row for _facts, row in rows.values()]


@dataclass(frozen=True, slots=True)
class _RowMaker:
    """Makes rows of facts in the order of `names`; `same` is what all rows share."""

    names: tuple[str, ...]
    same: dict[str, Any]
    instruments: Catalogue

    def row(self, columns: tuple[Any, ...]) -> RegistryRow:
        # By name of the column, which is the name of the field: no attributes are looked up.
        facts: dict[str, Any] = dict(zip(self.names, columns, strict=True))
        month, served_on = ServiceMonth.of(self.same["today"]), facts.pop("served_on")
        facts["month_kind"] = month_kind([ServiceMonth.of(served_on)] if served_on else (), month)
        facts["line"] = facts["line"] or Line.COCM
        for scale in ("phq9", "gad7"):
            instrument = self.same[f"{scale}_instrument"]
            facts[scale] = _course(facts[scale], facts["enrolled_on"], instrument)
        _read_more(facts, self.instruments)
        return RegistryRow(**facts, **self.same)


def _read_more(facts: dict[str, Any], instruments: Catalogue) -> None:
    """Read the other primary scale, what changed the plan, recommendations and flags."""
    primary, other = facts["primary_instrument_id"], facts.pop("other")
    if primary not in (PHQ9, GAD7):
        instrument = instruments.known(primary)
        facts["other_instrument"] = instrument
        facts["other"] = _course(other, facts["enrolled_on"], instrument)
    changes = [day for name in CHANGES if (day := facts.pop(name))]
    facts["plan_changed_on"] = max(changes) if changes else None
    facts["open_recommendations"] = read_recommendations(facts["open_recommendations"])
    facts["flags"] = read_flags(facts["flags"])
    facts |= read_safety(facts.pop("safety_open"))


def _course(written: str | None, enrolled_on: date | None, instrument: Instrument) -> Course:
    """Read what `_scores` wrote, such as 2026-11-03:14:2 2026-11-17:9*: (day, total, critical).

    A star stands behind a total whose answers are not known.
    """
    return course_of(
        [_score(part) for part in written.split()] if written else (),
        enrolled_on=enrolled_on,
        remission_below=instrument.remission_below or None,
        criteria=criteria_of(instrument.id),
    )


@lru_cache(maxsize=1 << 16)
def _score(written: str) -> Score:
    """Read one score. Thousands of rows share few different ones, and a score never changes."""
    day, total, critical = written.split(":")
    return Score(
        date.fromisoformat(day),
        int(total.removesuffix(ALONE_MARK)),
        int(critical) if critical else None,
        is_total_alone=total.endswith(ALONE_MARK),
    )


@lru_cache(maxsize=4)
def _statement(today: date) -> Select[*tuple[Any, ...]]:
    """Scalar sub-queries over covering indexes: joining two lists would multiply the rows."""
    patient, episode, consent = PatientTable, EpisodeTable, ConsentTable
    return (
        select(
            patient.id.label("patient_id"),
            patient.last_name,
            patient.first_name,
            patient.preferred_name,
            patient.mrn,
            patient.born_on,
            patient.phone,
            episode.id.label("episode_id"),
            episode.status,
            episode.care_manager_id,
            func.coalesce(StaffTable.name, "").label("care_manager"),
            episode.referred_on,
            consent.given_on.label("consented_on"),
            episode.enrolled_on,
            episode.closed_on,
            _scores(PHQ9, today).label("phq9"),
            _scores(GAD7, today).label("gad7"),
            *_contact_columns(today),
            func.coalesce(_seconds(today), 0).label("seconds_this_month"),
            _served_on(today).label("served_on"),
            _line(today).label("line"),
            *safety_columns(),
            func.coalesce(_question(), "").label("question"),
            func.coalesce(episode.primary_instrument_id, PHQ9).label("primary_instrument_id"),
            _other_scores(today).label("other"),
            episode.target_below,
            episode.interval_weeks,
            *review_columns(today),
            *plan_columns(today),
            *work_columns(today),
            func.coalesce(_TREATING.c.name, "").label("treating_practitioner"),
            episode.treating_practitioner_id,
            episode.close_reason,
        )
        .select_from(patient)
        .outerjoin(episode, episode.id == _latest_episode_id())
        .outerjoin(consent, and_(consent.episode_id == episode.id, consent.voided_at.is_(None)))
        .outerjoin(StaffTable, StaffTable.id == episode.care_manager_id)
        .outerjoin(_TREATING, _TREATING.c.id == episode.treating_practitioner_id)
        .where(patient.voided_at.is_(None))
        .order_by(patient.last_name, patient.first_name, patient.born_on, patient.id)
    )


def _latest_episode_id() -> ScalarSelect[str]:
    episode = EpisodeTable.__table__.alias("latest")
    return (
        select(episode.c.id)
        .where(episode.c.patient_id == PatientTable.id, episode.c.voided_at.is_(None))
        .order_by(episode.c.closed_on.is_not(None), episode.c.closed_on.desc(), episode.c.id.desc())
        .limit(1)
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _other_scores(today: date) -> ScalarSelect[str]:
    """Write the scores of a primary scale that is neither PHQ-9 nor GAD-7."""
    primary = EpisodeTable.primary_instrument_id
    return _scores(primary, today, primary.not_in((PHQ9, GAD7)))


def _scores(
    instrument_id: InstrumentId | InstrumentedAttribute[str],
    today: date,
    *conditions: ColumnElement[bool],
) -> ScalarSelect[str]:
    measure = MeasureTable
    written = (
        cast(measure.taken_on, String)
        + ":"
        + cast(measure.total, String)
        + case((measure.total_only, ALONE_MARK + ":"), else_=":")
        + func.coalesce(cast(measure.critical, String), "")
    )
    return (
        select(
            func.aggregate_strings(written, " ").aggregate_order_by(measure.taken_on, measure.id)
        )
        .where(
            measure.episode_id == EpisodeTable.id,
            measure.instrument_id == instrument_id,
            measure.voided_at.is_(None),
            measure.taken_on <= today,
            measure.total.is_not(None),
            *conditions,
        )
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _contact_columns(today: date) -> tuple[ColumnElement[Any], ...]:
    contact = ContactTable
    made = (
        contact.episode_id == EpisodeTable.id,
        contact.voided_at.is_(None),
        contact.made_on <= today,
    )
    reached = (
        contact.outcome == ContactOutcome.REACHED,
        contact.kind.in_(SYNCHRONOUS),
    )
    last = select(func.max(contact.made_on)).where(*made)
    planned = (
        select(contact.next_contact_on)
        .where(*made, contact.next_contact_on.is_not(None))
        .order_by(contact.made_on.desc(), contact.id.desc())
        .limit(1)
    )
    return (
        last.where(*reached).correlate(EpisodeTable).scalar_subquery().label("last_contact_on"),
        last.correlate(EpisodeTable).scalar_subquery().label("last_attempt_on"),
        planned.correlate(EpisodeTable).scalar_subquery().label("planned_on"),
    )


def _seconds(today: date) -> ScalarSelect[int]:
    """Sum the month's countable time from consent to closing, as the billing rules do."""
    entry, consent = TimeEntryTable, ConsentTable.__table__.alias("month_consent")
    episode = EpisodeTable.__table__.alias("month_episode")
    return (
        select(func.sum(entry.seconds))
        .join(consent, consent.c.episode_id == entry.episode_id)
        .join(episode, episode.c.id == entry.episode_id)
        .where(
            entry.patient_id == PatientTable.id,
            *COUNTED,
            consent.c.voided_at.is_(None),
            entry.worked_on.between(ServiceMonth.of(today).first_day, today),
            *_agreed(consent),
            or_(episode.c.closed_on.is_(None), entry.worked_on <= episode.c.closed_on),
        )
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _line(today: date) -> ScalarSelect[Line]:
    """Find as which service the episode is billed this month, where somebody has chosen."""
    chosen = ServiceLineTable
    return (
        select(chosen.line)
        .where(chosen.episode_id == EpisodeTable.id, chosen.month <= ServiceMonth.of(today).key)
        .order_by(chosen.month.desc(), chosen.id.desc())
        .limit(1)
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _served_on(today: date) -> ScalarSelect[date]:
    """Find the last countable day before this month, in whatever episode of the patient."""
    entry, consent = TimeEntryTable, ConsentTable.__table__.alias("then_consent")
    return (
        select(entry.worked_on)
        .join(consent, consent.c.episode_id == entry.episode_id)
        .where(
            entry.patient_id == PatientTable.id,
            *COUNTED,
            consent.c.voided_at.is_(None),
            *_agreed(consent),
            entry.worked_on < ServiceMonth.of(today).first_day,
        )
        .order_by(entry.worked_on.desc())
        .limit(1)
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _agreed(consent: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Ask that a consent held on the day of the work: the first, or one given again later."""
    day, later = TimeEntryTable.worked_on, LaterConsentTable
    again = (
        select(later.id)
        .where(
            later.episode_id == TimeEntryTable.episode_id,
            later.voided_at.is_(None),
            later.given_on <= day,
            or_(later.withdrawn_on.is_(None), later.withdrawn_on >= day),
        )
        .correlate(TimeEntryTable)
        .exists()
    )
    still = consent.c.withdrawn_on
    return day >= consent.c.given_on, or_(still.is_(None), still >= day, again)


def _question() -> ScalarSelect[str]:
    flag = DiscussionFlagTable
    return (
        select(flag.question)
        .where(flag.episode_id == EpisodeTable.id, flag.voided_at.is_(None))
        .order_by(flag.id.desc())
        .limit(1)
        .correlate(EpisodeTable)
        .scalar_subquery()
    )
