"""Recording and voiding contacts."""

from __future__ import annotations

from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.time_keeping import keep, require_usual, withdraw
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.contact import LONGEST_QUESTION, ContactDraft
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.text import says_something
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import contact as contacts
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import time_entry as time_entries

TOUCHES = Topic.CONTACT | Topic.TIME | Topic.BILLING | Topic.REVIEW


def record_contact(workspace: Workspace, draft: ContactDraft) -> Change:
    """Store the contact, its time and its question: all of them, or nothing."""
    workspace.require(Permission.RECORD_CONTACT)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if contacts.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        episode = episodes.get(session, draft.episode_id)
        made, time = draft.accept(
            staff=workspace.staff, today=workspace.today(), closed_on=episode.closed_on
        )
        contacts.add(session, made, stamp)
        session.flush()
        audit.write(session, stamp, audit.created("contact.recorded", made.id, episode.patient_id))
        if time:
            if not draft.is_confirmed:
                require_usual(workspace, time, patient_id=episode.patient_id)
            time = time.signed(at=stamp.at, by=stamp.staff.id)
            keep(workspace, time, patient_id=episode.patient_id)
        if says_something(draft.question):
            _ask(workspace, episode.id, draft.question)
    return Change(TOUCHES, draft.id)


def void_contact(workspace: Workspace, contact_id: str, *, reason: str) -> Change:
    """Withdraw a contact together with its time, keeping both."""
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        contact = contacts.get(session, contact_id)
        patient_id = episodes.get(session, contact.episode_id).patient_id
        contacts.void_contact(session, contact_id, stamp, reason=reason)
        note = audit.voided("contact.voided", contact_id, reason=reason, patient_id=patient_id)
        audit.write(session, stamp, note)
        for entry in time_entries.of_contact(session, contact_id):
            withdraw(workspace, entry, reason=reason)
    return Change(TOUCHES, contact_id)


def flag_for_review(workspace: Workspace, episode_id: str, question: str) -> Change:
    """Put a question to the consultant; it replaces an earlier one that is still open."""
    workspace.require(Permission.FLAG_FOR_REVIEW)
    if not says_something(question):
        raise Refused(Problem("question", "Type the question for the consultant."))
    if len(question) > LONGEST_QUESTION:
        words = f"The question has at most {LONGEST_QUESTION} characters."
        raise Refused(Problem("question", words))
    with workspace.database.write():
        flag_id = _ask(workspace, episode_id, question)
    return Change(Topic.REVIEW, flag_id)


def clear_review_flag(workspace: Workspace, episode_id: str, *, reason: str) -> Change:
    workspace.require(Permission.FLAG_FOR_REVIEW)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        patient_id = episodes.get(session, episode_id).patient_id
        contacts.clear_flags(session, episode_id, workspace.stamp(), reason=reason)
        note = audit.voided("flag.cleared", episode_id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(Topic.REVIEW, episode_id)


def _ask(workspace: Workspace, episode_id: str, question: str) -> str:
    """Raise the flag inside the caller's transaction; give its id."""
    stamp, flag_id = workspace.stamp(), new_id()
    with workspace.database.write() as session:
        patient_id = episodes.get(session, episode_id).patient_id
        contacts.clear_flags(session, episode_id, stamp, reason="Replaced by a newer question")
        contacts.add_flag(session, flag_id, stamp, episode_id=episode_id, question=question.strip())
        audit.write(session, stamp, audit.created("flag.raised", flag_id, patient_id))
    return flag_id
