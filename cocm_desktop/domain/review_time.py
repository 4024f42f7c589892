"""How the minutes of a caseload review become time of its patients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.ids import EpisodeId, MeetingId, ReviewMeetingId, StaffId, new_id
from cocm_desktop.domain.meeting import MeetingDraft, Share
from cocm_desktop.domain.review_meeting import ReviewMeeting
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.wording import SECONDS_A_MINUTE

# A case that was opened in passing was not talked about: under a minute needs a review.
LEAST_SECONDS_WITHOUT_REVIEW = 60
_SECONDS_A_TENTH = SECONDS_A_MINUTE // 10


@dataclass(frozen=True, slots=True)
class ReviewTimeDraft:
    """What a person says of a meeting's time when it is over.

    Without `minutes` its length is what was measured, and for a patient without a measured or
    typed time at most the minutes a case that were planned. Without `attendees` they are the care
    managers of the patients, or those whom the meeting names, and the consultant.
    """

    review_meeting_id: ReviewMeetingId
    minutes: int | None = None
    started_at: time | None = None
    attendees: tuple[StaffId, ...] = ()
    is_signed: bool = True
    is_confirmed: bool = False
    id: MeetingId = field(default_factory=lambda: MeetingId(new_id()))


def seconds_discussed(
    meeting: ReviewMeeting, reviews: Sequence[CaseReview]
) -> dict[EpisodeId, int | None]:
    """Give how long each patient was talked about; None where only a review says that they were.

    What the clock beside the case measured comes first, then the minutes typed with the reviews:
    a patient may have come up twice.
    """
    minutes: Counter[EpisodeId] = Counter()
    for each in reviews:
        if each.discussed:
            minutes[each.episode_id] += each.seconds
    typed = {episode_id: seconds or None for episode_id, seconds in minutes.items()}
    found = {
        each.episode_id: each.seconds
        for each in meeting.case_times
        if each.seconds >= LEAST_SECONDS_WITHOUT_REVIEW
        or (each.seconds and each.episode_id in typed)
    }
    return {**typed, **found}


def usual_attendees(
    meeting: ReviewMeeting,
    managers: Mapping[EpisodeId, StaffId],
    reviews: Sequence[CaseReview],
) -> tuple[StaffId, ...]:
    """Name the care managers of the meeting and its consultant; each once."""
    consultants = (each.consultant_id for each in reviews if each.discussed)
    consultant = (meeting.consultant_id,) if meeting.consultant_id else consultants
    return tuple(dict.fromkeys((*(meeting.care_manager_ids or managers.values()), *consultant)))


def meeting_time(
    meeting: ReviewMeeting,
    draft: ReviewTimeDraft,
    *,
    discussed: Mapping[EpisodeId, int | None],
    managers: Mapping[EpisodeId, StaffId],
    attendees: Sequence[StaffMember],
) -> MeetingDraft:
    """Give the joint meeting whose shares are the patients' time.

    A patient's minutes are the time of their own care manager, once, also where several care
    managers sat together; the consultant's are beside them.
    """
    length, seconds = _length(meeting, draft, tuple(discussed.values()))
    shares = tuple(
        Share(episode_id, seconds=known, of=_whose(managers[episode_id], attendees))
        for episode_id, known in zip(discussed, seconds, strict=True)
        if known != 0
    )
    return MeetingDraft(
        id=draft.id,
        held_on=meeting.meets_on,
        minutes=length,
        attendees=tuple(member.id for member in attendees),
        shares=shares,
        started_at=draft.started_at or meeting.starts_at,
        note=meeting.note or "Weekly caseload review",
        is_signed=draft.is_signed,
        is_confirmed=draft.is_confirmed,
    )


def _length(
    meeting: ReviewMeeting, draft: ReviewTimeDraft, known: tuple[int | None, ...]
) -> tuple[int, tuple[int | None, ...]]:
    """Give the minutes of the meeting with each patient's seconds; None shares what is left."""
    if draft.minutes is not None:
        return draft.minutes, known
    measured = sum(seconds or 0 for seconds in known)
    left = max(0, meeting.minutes * SECONDS_A_MINUTE - measured)
    planned = meeting.tenths_a_case * _SECONDS_A_TENTH
    each = min(planned, left // max(1, known.count(None)))
    seconds = tuple(each if one is None else one for one in known)
    return -(-sum(seconds) // SECONDS_A_MINUTE), seconds


def _whose(manager: StaffId, attendees: Sequence[StaffMember]) -> tuple[StaffId, ...]:
    managers = [member.id for member in attendees if member.is_a(Role.CARE_MANAGER)]
    own = manager if manager in managers else next(iter(managers), None)
    others = (member.id for member in attendees if member.id not in managers)
    return tuple(filter(None, (own, *others)))
