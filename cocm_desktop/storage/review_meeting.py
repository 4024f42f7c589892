"""Weekly meetings with their agendas: what was chosen, what was held, how long was talked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EpisodeId, MeetingId, ReviewMeetingId, StaffId, new_id
from cocm_desktop.domain.review_meeting import AgendaChoice, CaseTime, HeldCase, ReviewMeeting
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.documents import value_from_text, value_to_text
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import change, found, grouped, recorded, void
from cocm_desktop.storage.tables_meeting import (
    AgendaCaseTable,
    AgendaChoiceTable,
    CaseTimeTable,
    ReviewMeetingTable,
)
from cocm_desktop.storage.tables_review import CaseReviewTable

_WORDS = "review meeting"


def add(session: Session, meeting: ReviewMeeting, stamp: Stamp) -> None:
    session.add(
        ReviewMeetingTable(
            id=meeting.id, version=meeting.version, **_values(meeting), **recorded(stamp)
        )
    )
    session.flush()


def exists(session: Session, meeting_id: str) -> bool:
    return is_stored(session, ReviewMeetingTable, meeting_id)


def get(session: Session, meeting_id: str) -> ReviewMeeting:
    row = found(session, ReviewMeetingTable, meeting_id, words=_WORDS)
    [meeting] = _meetings(session, [row], with_reasons=True)
    return meeting


def without_agenda(session: Session, meeting_id: str) -> ReviewMeeting:
    """Give the meeting without what was chosen, held or timed: quick, every few seconds."""
    return _meeting(found(session, ReviewMeetingTable, meeting_id, words=_WORDS), _Parts())


def everyone(session: Session) -> list[ReviewMeeting]:
    """Give every meeting that stands, the earliest first; who was on it, without the reasons."""
    return _chosen(session)


def since(session: Session, first: date) -> list[ReviewMeeting]:
    """Give the meetings of a day and later ones, the same way."""
    return _chosen(session, ReviewMeetingTable.meets_on >= first)


def planned_from(session: Session, first: date) -> list[ReviewMeeting]:
    """Give the meetings from a day on that have not ended, the same way."""
    table = ReviewMeetingTable
    return _chosen(session, table.ended_at.is_(None), table.meets_on >= first)


def update(session: Session, meeting: ReviewMeeting, *, version: int) -> list[FieldChange]:
    """Store what a person may change; what was chosen, held and timed has its own rows."""
    row = found(session, ReviewMeetingTable, meeting.id, words=_WORDS)
    return change(row, _values(meeting), version=version)


def set_ended(session: Session, meeting_id: str, stamp: Stamp | None) -> None:
    """Mark the meeting as ended by somebody, or, without a stamp, as going on again."""
    row = found(session, ReviewMeetingTable, meeting_id, words=_WORDS)
    row.ended_at = stamp.at if stamp else None
    row.ended_by = stamp.staff.id if stamp else None
    row.version += 1


def cancel(session: Session, meeting_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, ReviewMeetingTable, meeting_id, words=_WORDS), stamp, reason)


def add_choice(session: Session, meeting_id: str, stamp: Stamp, *, choice: AgendaChoice) -> None:
    session.add(
        AgendaChoiceTable(
            id=new_id(),
            meeting_id=meeting_id,
            episode_id=choice.episode_id,
            kind=choice.kind,
            reason=choice.reason,
            place=choice.place,
            **recorded(stamp),
        )
    )
    session.flush()


def hold(session: Session, meeting_id: str, stamp: Stamp, *, cases: Iterable[HeldCase]) -> int:
    """Keep patients of an agenda with their reasons, besides those held already; count them."""
    table = AgendaCaseTable
    known = set(session.scalars(select(table.episode_id).where(table.meeting_id == meeting_id)))
    same = {"meeting_id": meeting_id, **recorded(stamp)}
    rows = [
        {"id": new_id(), "episode_id": each.episode_id, "held": value_to_text(each), **same}
        for each in cases
        if each.episode_id not in known
    ]
    if rows:
        session.execute(insert(table), rows)
    return len(rows)


def set_case_time(session: Session, meeting_id: str, stamp: Stamp, *, spent: CaseTime) -> None:
    """Keep how long a case was talked about: the latest number holds."""
    table = CaseTimeTable
    statement = select(table).where(
        table.meeting_id == meeting_id, table.episode_id == spent.episode_id
    )
    row = session.scalars(statement).one_or_none()
    if row is None:
        ids = {"id": new_id(), "meeting_id": meeting_id, "episode_id": spent.episode_id}
        session.add(CaseTimeTable(**ids, seconds=spent.seconds, **recorded(stamp)))
    else:
        row.seconds = spent.seconds
    session.flush()


def discussed(
    session: Session, meeting_ids: Collection[str]
) -> dict[ReviewMeetingId, tuple[EpisodeId, ...]]:
    """Give who was discussed at each meeting: a patient whose review with it counts."""
    table = CaseReviewTable
    rows = session.execute(
        select(table.meeting_id, table.episode_id).where(
            table.meeting_id.in_(meeting_ids), table.voided_at.is_(None), table.discussed
        )
    )
    return grouped((ReviewMeetingId(m or ""), EpisodeId(e)) for m, e in rows)


def _chosen(session: Session, *conditions: ColumnElement[bool]) -> list[ReviewMeeting]:
    table = ReviewMeetingTable
    rows = session.scalars(select(table).where(table.voided_at.is_(None), *conditions))
    return sorted(_meetings(session, list(rows)), key=lambda meeting: meeting.turn)


@dataclass(slots=True)
class _Parts:
    """What belongs to one meeting, as it is gathered."""

    choices: list[AgendaChoice] = field(default_factory=list)
    cases: list[HeldCase] = field(default_factory=list)
    times: list[CaseTime] = field(default_factory=list)


def _meetings(
    session: Session, rows: list[ReviewMeetingTable], *, with_reasons: bool = False
) -> list[ReviewMeeting]:
    ids = [row.id for row in rows]
    parts: defaultdict[str, _Parts] = defaultdict(_Parts)
    choice, case, spent = AgendaChoiceTable, AgendaCaseTable, CaseTimeTable
    for chosen in session.scalars(
        select(choice)
        .where(choice.meeting_id.in_(ids))
        .order_by(choice.meeting_id, choice.recorded_at, choice.id)
    ):
        episode_id = EpisodeId(chosen.episode_id)
        made = AgendaChoice(episode_id, chosen.kind, chosen.reason, chosen.place)
        parts[chosen.meeting_id].choices.append(made)
    columns = (case.meeting_id, case.episode_id, *((case.held,) if with_reasons else ()))
    held = select(*columns).where(case.meeting_id.in_(ids)).order_by(case.meeting_id, case.id)
    for meeting_id, episode_id, *written in session.execute(held):
        read = [value_from_text(HeldCase, each) for each in written]
        parts[meeting_id].cases += read or [HeldCase(EpisodeId(episode_id), ())]
    for row in session.scalars(select(spent).where(spent.meeting_id.in_(ids)).order_by(spent.id)):
        parts[row.meeting_id].times.append(CaseTime(EpisodeId(row.episode_id), row.seconds))
    return [_meeting(each, parts[each.id]) for each in rows]


def _meeting(row: ReviewMeetingTable, parts: _Parts) -> ReviewMeeting:
    return ReviewMeeting(
        id=ReviewMeetingId(row.id),
        meets_on=row.meets_on,
        minutes=row.minutes,
        starts_at=row.starts_at,
        tenths_a_case=row.tenths_a_case,
        care_manager_ids=tuple(StaffId(each) for each in row.care_manager_ids.split(",") if each),
        consultant_id=StaffId(row.consultant_id) if row.consultant_id else None,
        note=row.note,
        ended_at=row.ended_at,
        choices=tuple(parts.choices),
        case_times=tuple(parts.times),
        cases=tuple(parts.cases),
        time_meeting_id=MeetingId(row.time_meeting_id) if row.time_meeting_id else None,
        version=row.version,
    )


def _values(meeting: ReviewMeeting) -> dict[str, date | time | int | str | None]:
    return {
        "meets_on": meeting.meets_on,
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "tenths_a_case": meeting.tenths_a_case,
        "care_manager_ids": ",".join(meeting.care_manager_ids),
        "consultant_id": meeting.consultant_id,
        "note": meeting.note,
    }
