"""Pictures of a review meeting: its agenda, its cases one by one, its end, and its dialogs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.meeting_agenda import change_agenda, read_meeting_agenda
from cocm_desktop.actions.review_meeting import plan_meeting, read_meetings, start_meeting
from cocm_desktop.domain.case_review import RecommendationKind
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.domain.review_meeting import (
    AgendaChoice,
    AgendaChoiceKind,
    ReviewMeetingDraft,
)
from cocm_desktop.ui.review.screen import ReviewScreen
from tests.pictures_of_patients import Stage

LAST = 6


def planned(stage: Stage) -> ReviewMeetingId:
    """Give the meeting of today, planned where there is none."""
    known, today = read_meetings(stage.workspace), stage.workspace.today()
    found = known.next_for(stage.workspace.staff)
    if found is not None and found.meets_on == today:
        return found.id
    draft = ReviewMeetingDraft(
        today,
        care_manager_ids=(stage.workspace.staff.id,),
        consultant_id=known.consultants[0].id,
    )
    return ReviewMeetingId(plan_meeting(stage.workspace, draft).record_id)


def screen_of(stage: Stage) -> ReviewScreen:
    stage.window.go("review")
    shown = stage.window.screen_shown
    if not isinstance(shown, ReviewScreen):
        raise TypeError("the review is not shown")
    shown.head.meeting.choose(planned(stage))
    shown.read_again()
    return shown


def agenda(stage: Stage) -> QWidget:
    """Leave the last but one out, so that it is seen where they stand."""
    meeting_id = planned(stage)
    found = read_meeting_agenda(stage.workspace, meeting_id)
    if not found.agenda.left_out:
        episode_id = EpisodeId(found.agenda.entries[-2].row.episode_id or "")
        reason = "Seen by her psychiatrist on Monday"
        choice = AgendaChoice(episode_id, AgendaChoiceKind.LEAVE_OUT, reason)
        change_agenda(stage.workspace, meeting_id, choice)
    screen = screen_of(stage)
    screen.leave_paper.trigger()
    screen.list.choose_place(LAST)
    return stage.window


def end_of_agenda(stage: Stage) -> QWidget:
    agenda(stage)
    screen = screen_of(stage)
    screen.list.choose_place(screen.model.places()[-1])
    return stage.window


def under_way(stage: Stage) -> ReviewScreen:
    start_meeting(stage.workspace, planned(stage))
    screen = screen_of(stage)
    if not screen.is_walking:
        screen.meetings.start.trigger()
    return screen


def walk(stage: Stage) -> QWidget:
    under_way(stage)
    return stage.window


def typed(stage: Stage) -> QWidget:
    screen = under_way(stage)
    screen.walk.step(1)
    if screen.walk.current is not None and screen.walk.current in screen.walk.forms:
        form = screen.walk.forms[screen.walk.current].advice.forms[0]
        form.kind.choose(RecommendationKind.DOSE)
        form.due_on.entry.setText("+1w")
        form.words.setPlainText("Sertraline to 150 mg for four weeks, then PHQ-9.")
    return stage.window


def recorded(stage: Stage) -> QWidget:
    screen = under_way(stage)
    if not screen.walk.found or not screen.walk.found.discussed:
        typed(stage)
        screen.walk.ticker.correct(7)
        screen.walk.save()
    done = screen.walk.found.discussed if screen.walk.found else ()
    screen.walk.go(done[0].row.episode_id or "")
    return stage.window


def opened(stage: Stage, button: Callable[[ReviewScreen], None]) -> QDialog:
    agenda(stage)
    screen = screen_of(stage)
    button(screen)
    dialogs = [each for each in screen.findChildren(QDialog) if each.isVisible()]
    return dialogs[-1]


def end(stage: Stage) -> QDialog:
    recorded(stage)
    return opened_here(screen_of(stage))


def opened_here(screen: ReviewScreen) -> QDialog:
    screen.end.trigger()
    return [each for each in screen.findChildren(QDialog) if each.isVisible()][-1]


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "meeting-agenda": agenda,
    "meeting-agenda-end": end_of_agenda,
    "meeting-walk": walk,
    "meeting-walk-typed": typed,
    "meeting-walk-recorded": recorded,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "meeting-plan": lambda stage: opened(stage, lambda s: s.meetings.plan.trigger()),
    "meeting-add": lambda stage: opened(stage, lambda s: s.changes.add.trigger()),
    "meeting-leave-out": lambda stage: opened(stage, lambda s: s.changes.leave_out.trigger()),
    "meeting-end": end,
}
