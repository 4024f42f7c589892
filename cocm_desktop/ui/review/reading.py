"""What the review screen reads at once: the meetings, and the agenda that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.meeting_agenda import MeetingAgenda, read_meeting_agenda
from cocm_desktop.actions.review import NextReview, PacketChoice, read_next_review
from cocm_desktop.actions.review_meeting import ReviewMeetings, read_meetings
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import ReviewMeetingId


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which agenda: of a meeting, of a caseload, or, at first, of the next meeting there is."""

    choice: PacketChoice
    meeting_id: ReviewMeetingId | None = None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class ShownReview:
    """The agenda of a meeting, or without one of whoever is due today."""

    known: ReviewMeetings
    found: MeetingAgenda | None = None
    due: NextReview | None = None

    @property
    def whose_words(self) -> str:
        """Name the care managers of the meeting; empty without one."""
        return self.known.whose_words(self.found.meeting) if self.found else ""

    @property
    def about_words(self) -> str:
        """Name the consultant of the meeting; empty without one."""
        if self.found is None:
            return ""
        return self.found.consultant.title if self.found.consultant else "no consultant named"


def read_review(workspace: Workspace, wanted: Wanted) -> ShownReview:
    known = read_meetings(workspace)
    chosen = known.of(wanted.meeting_id)
    if wanted.is_first:
        chosen = known.next_for(workspace.staff)
    if chosen is not None:
        return ShownReview(known, found=read_meeting_agenda(workspace, chosen.id))
    return ShownReview(known, due=read_next_review(workspace, wanted.choice))
