"""Every code of the audit, and the sentence in which it is read.

A new code is one line: in the table of its kind below, `"record.what_was_done": "sentence"`.
The sentence goes on after a person's name: M. Bell *recorded a contact with {patient}*. It may name
{patient}, {part} (of the chart), {recipient}, {pages} and {size}; a reason and the fields that
changed are added by themselves. tests/test_audit_codes.py names a code that is written but not
told here, and one that is told but never written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class EventKind(Enum):
    """What sort of thing was done; the value is its name in filters."""

    SESSION = "Signing in and out"
    ACCESS = "Looking at records"
    CHANGE = "Recording and changing"
    SAFETY = "Safety"
    OUTPUT = "Paper and files that leave"
    ADMIN = "People and settings"
    DATA = "Backups and imports"
    SECURITY = "Protection of the file"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    code: str
    kind: EventKind
    sentence: str


_SESSION = {
    "clinic.auto_locked": "left the program, which locked itself",
    "clinic.handed_over": "locked the program to let another person sign in",
    "clinic.locked": "locked the program",
    "clinic.unlocked": "unlocked the program and went on where it was left",
    "password.changed": "changed a password",
    "password.proved": "typed the password once more",
    "password.given": "gave a staff member a first password, to be changed",
    "password.paused": "had to wait after wrong passwords",
    "session.began": "signed in",
    "session.ended": "ended the sitting",
    "session.recovered": "signed in after a sitting that had ended without a lock",
    "password.was_wrong": "signed in after wrong passwords",
    "password.recovered": "set a new password by the recovery code",
}
_ACCESS = {
    "agenda.viewed": "looked at the agenda of a review meeting",
    "audit.viewed": "looked at the audit",
    "billing_month.viewed": "looked at a billing month",
    "chart.viewed": "opened the chart of {patient}",
    "claims.viewed": "looked at the claims of a month",
    "day_list.viewed": "looked at the list of the day",
    "downtime.viewed": "looked at the downtime list",
    "due.viewed": "looked at what is due",
    "loop.viewed": "looked at the follow-through of advice",
    "packet.viewed": "looked at the packet of the weekly review",
    "patient.audit_viewed": "looked at who had seen the record of {patient}",
    "patient.searched": "searched for a patient",
    "patients.viewed": "looked at the list of patients",
    "registry.viewed": "looked at the registry",
    "report.viewed": "looked at a report",
    "safety_list.viewed": "looked at the open safety tasks",
    "tasks.viewed": "looked at tasks",
    "time.viewed": "looked at time that waits to be signed",
    "today.viewed": "looked at the board of the day",
}
_CHANGE = {
    "agenda.add": "put {patient} on the agenda of a meeting",
    "agenda.move": "moved {patient} on the agenda of a meeting",
    "agenda.put_back": "put {patient} back on the agenda of a meeting",
    "agenda.leave_out": "left {patient} out of the agenda of a meeting",
    "amendment.answered": "answered what {patient} asked to have changed in the record",
    "amendment.asked": "recorded that {patient} asks to have the record changed",
    "amendment.voided": "voided what {patient} asked to have changed",
    "allergies.noted": "recorded the allergies of {patient}",
    "billing_month.closed": "closed a billing month",
    "billing_month.reopened": "reopened a billing month",
    "claim_answer.kept": "stored a payer's answer to claims",
    "consent.recorded": "recorded a consent of {patient}",
    "consent.withdrawn": "recorded that {patient} withdrew a consent",
    "contact.recorded": "recorded a contact with {patient}",
    "contact.voided": "voided a contact with {patient}",
    "coverage.changed": "changed the coverage of {patient}",
    "coverage.recorded": "recorded coverage of {patient}",
    "coverage.voided": "voided coverage of {patient}",
    "death.recorded": "recorded the day on which {patient} died",
    "death.voided": "voided the day of death of {patient}",
    "diagnosis.added": "added a diagnosis of {patient}",
    "diagnosis.noted": "changed the note to a diagnosis of {patient}",
    "diagnosis.primary": "chose the first diagnosis of {patient}",
    "diagnosis.voided": "voided a diagnosis of {patient}",
    "dose.changed": "changed a dose of {patient}",
    "draft.discarded": "discarded what was typed and not saved",
    "due.put_off": "put off what is due for {patient}",
    "eligibility.recorded": "recorded what the payer answered about {patient}",
    "eligibility.voided": "voided what the payer answered about {patient}",
    "episode.assigned": "gave {patient} to another care manager or practitioner",
    "episode.closed": "closed the episode of {patient}",
    "episode.enrolled": "enrolled {patient}",
    "episode.judged": "recorded the outcome of the episode of {patient}",
    "episode.moved": "changed the phase of {patient}",
    "episode.paced": "changed the interval or target of {patient}",
    "episode.referred": "recorded the referral of {patient}",
    "episode.reopened": "reopened the episode of {patient}",
    "episode.service_chosen": "chose the service that is billed for {patient}",
    "episode.started": "recorded the initial assessment of {patient}",
    "flag.cleared": "cleared the question to the consultant about {patient}",
    "flag.raised": "put a question to the consultant about {patient}",
    "goal.noted": "recorded how a goal of {patient} stands",
    "goal.recorded": "recorded a goal of {patient}",
    "history_note.recorded": "recorded the history of {patient}",
    "history_note.voided": "voided a part of the history of {patient}",
    "intervention.recorded": "recorded a session with {patient}",
    "letter.voided": "voided a letter about {patient}",
    "letter.written": "wrote a letter about {patient}",
    "mark.cleared": "cleared a mark on {patient}",
    "mark.set": "set a mark on {patient}",
    "measure.recorded": "recorded a measure of {patient}",
    "measure.voided": "voided a measure of {patient}",
    "medication.added": "added a medication of {patient}",
    "medication.intake": "recorded how {patient} takes a medication",
    "medication.stopped": "recorded that a medication of {patient} was stopped",
    "medication.voided": "voided a medication of {patient}",
    "meeting.recorded": "recorded time of a meeting",
    "meeting.voided": "voided time of a meeting",
    "month.payer_chosen": "chose who pays for a month of {patient}",
    "month_approval.recorded": "approved a month of {patient} for billing",
    "month_approval.withdrawn": "withdrew the approval of a month of {patient}",
    "other_service.recorded": "recorded another service for {patient}",
    "other_service.voided": "voided another service for {patient}",
    "part2_record.consent": "recorded consent about a Part 2 record of {patient}",
    "part2_record.recorded": "recorded a Part 2 record of {patient}",
    "part2_record.voided": "voided a Part 2 record of {patient}",
    "patient.added": "added {patient}",
    "patient.changed": "changed the details of {patient}",
    "patient.merge_undone": "undid the merge of {patient}",
    "patient.merged": "merged another record into that of {patient}",
    "patient.merged_away": "merged the record of {patient} into another",
    "plan.voided": "voided a plan of {patient}",
    "plan.written": "wrote a plan for {patient}",
    "recommendation.accepted": "recorded that advice about {patient} was accepted",
    "recommendation.done": "recorded that advice about {patient} was carried out",
    "recommendation.modified": "recorded that advice about {patient} was accepted with changes",
    "recommendation.not_done": "recorded that advice about {patient} was not carried out",
    "recommendation.declined": "recorded that advice about {patient} was declined",
    "recommendation.sent": "recorded that advice about {patient} was sent",
    "referral.noted": "recorded what came of a referral of {patient}",
    "referral.recorded": "recorded a referral of {patient} to somebody else",
    "remittance.posted": "posted a remittance",
    "remittance.undone": "took back the posting of a remittance",
    "review.recorded": "recorded a case review of {patient}",
    "review.voided": "voided a case review of {patient}",
    "review_meeting.canceled": "canceled a review meeting",
    "review_meeting.changed": "changed a review meeting",
    "review_meeting.ended": "ended a review meeting",
    "review_meeting.held": "recorded what a review meeting discussed",
    "review_meeting.planned": "planned a review meeting",
    "review_meeting.reopened": "reopened a review meeting",
    "stay.recorded": "recorded a stay of {patient} in a hospital or facility",
    "stay.voided": "voided a stay of {patient} in a hospital or facility",
    "superbill.denied": "recorded that a superbill of {patient} was denied",
    "superbill.paid": "recorded that a superbill of {patient} was paid",
    "superbill.sent": "recorded that a superbill of {patient} was sent",
    "superbill.issued": "issued a superbill of {patient}",
    "superbill.remittance": "posted a payment to a superbill of {patient}",
    "superbill.voided": "voided a superbill of {patient}",
    "task.added": "added a task about {patient}",
    "task.done": "finished a task about {patient}",
    "task.given": "gave a task about {patient} to somebody else",
    "task.put_off": "put off a task about {patient}",
    "task.reopened": "reopened a task about {patient}",
    "task.voided": "voided a task about {patient}",
    "time.recorded": "recorded time for {patient}",
    "time.signed": "signed time for {patient}",
    "time.voided": "voided time for {patient}",
    "timer.answered": "answered what the timer asked about {patient}",
    "timer.discarded": "discarded a timer for {patient}",
    "timer.saved": "saved the time of a timer for {patient}",
    "timer.started": "started a timer for {patient}",
    "treatment.voided": "voided a session, goal or referral of {patient}",
    "trial.added": "recorded an earlier medication of {patient}",
    "trial.voided": "voided an earlier medication of {patient}",
    "visit.recorded": "recorded a visit of {patient}",
    "visit.voided": "voided a visit of {patient}",
}
_PRIVACY = {
    "sealed_key.given": "let a colleague open the sealed notes",
    "sealed_key.made": "made the key of the sealed notes",
    "sealed_key.taken": "took the key of the sealed notes from somebody",
    "sealed_note.listed": "looked at which sealed notes about {patient} there are",
    "sealed_note.read": "opened a sealed note about {patient}",
    "sealed_note.voided": "voided a sealed note about {patient}",
    "sealed_note.written": "sealed a note about {patient}",
    "disclosure.recorded": "recorded what of the record of {patient} went to {recipient}",
    "disclosure.voided": "voided what was recorded as given out of the record of {patient}",
    "restriction.asked": "recorded a restriction that {patient} asks for",
    "restriction.decided": "decided on a restriction that {patient} asked for",
    "restriction.ended": "ended a restriction of {patient}",
    "restriction.overridden": "set the restrictions of {patient} aside for 15 minutes",
    "restriction.voided": "voided a restriction of {patient}",
    "retention_hold.lifted": "lifted a hold on the record of {patient}",
    "retention_hold.placed": "placed a hold on the record of {patient}",
}
_SAFETY = {
    "duplicate.passed_over": "added {patient} although a record on file may be of the same person",
    "safety.closed": "closed a safety task of {patient}",
    "safety.practitioner_told": "recorded who was told about the safety of {patient}",
    "safety.raised": "opened a safety task of {patient}",
}
_OUTPUT = {
    "accounting.printed": "printed the accounting of disclosures of {patient}",
    "attestation.printed": "printed the attestation of encryption",
    "audit.exported": "exported the audit",
    "audit.printed": "printed the audit",
    "audit_packet.exported": "wrote out the records behind a month of {patient}",
    "audit_packet.printed": "printed the records behind a month of {patient}",
    "billing_month.printed": "printed the billing sheets of a month",
    "billing_sheet.printed": "printed a billing sheet of {patient}",
    "claim_file.written": "wrote a file of claims",
    "claim_file.written_again": "wrote a file of claims once more",
    "consent.printed": "printed a consent form for {patient}",
    "data_flow.printed": "printed the page on where data goes",
    "day_list.printed": "printed the list of the day",
    "downtime.printed": "printed the downtime list",
    "envelopes.printed": "printed envelopes",
    "home_form.printed": "printed forms for {patient}",
    "labels.printed": "printed address labels",
    "letter.copied": "copied a letter about {patient} to the clipboard",
    "letter.exported": "wrote a letter about {patient} to a file",
    "letter.printed": "printed a letter about {patient}",
    "letter.sent": "recorded that a letter about {patient} was sent",
    "list.exported": "exported a list of patients",
    "list.printed": "printed a list of patients",
    "packet.printed": "printed the packet of the weekly review",
    "patient_copy.made": "made a copy of the record of {patient} to give out",
    "patient_summary.printed": "printed the summary of {patient}",
    "plan.printed": "printed a plan of {patient}",
    "report.exported": "exported the report on follow-through",
    "report.printed": "printed the report on follow-through",
    "retention.printed": "printed the list of records past their time",
    "safety_list.printed": "printed the list of safety tasks",
    "slip.printed": "printed a slip about the safety of {patient}",
    "superbill.printed": "printed a superbill of {patient}",
}
_ADMIN = {
    "billing_setting.changed": "changed a setting of billing",
    "billing_table.loaded": "loaded a table of rates or codes",
    "billing_table.withdrawn": "withdrew a table of rates or codes",
    "fee.recorded": "recorded a fee",
    "fee.voided": "voided a fee",
    "instrument.added": "added an instrument",
    "instrument.retired": "retired an instrument",
    "payer.added": "added a payer",
    "payer.changed": "changed a payer",
    "practice.changed": "changed the practice's details",
    "rule_set.put": "stored a payer's rules",
    "rule_set.withdrawn": "withdrew a payer's rules",
    "setting.changed": "changed a setting",
    "staff.added": "added a staff member",
    "staff.changed": "changed a staff member",
    "staff.reactivated": "switched a staff member's sign-in on again",
    "staff.deactivated": "switched off a staff member's sign-in",
    "template.changed": "changed the wording of a letter",
    "template.shipped": "went back to the wording of a letter that came with the program",
    "view.changed": "changed a view of the registry",
    "view.deleted": "deleted a view of the registry",
    "view.saved": "saved a view of the registry",
}
_SECURITY = {
    "audit.checked": "had the whole audit checked",
    "audit.checkpoint": "opened the program, which counted the rows of the file for that day",
    "audit.older_accepted": "went on with a file that is older than one seen before",
    "audit.sealed": "made the first entry of the chain, which seals all entries before it",
    "clinic.checked": "had the whole file checked",
    "clock.set_back": "signed in while the computer's clock stood before the last entry",
    "encryption.changed": "opened the file with another version of the encryption library",
    "key_store.changed": "opened the file on a computer with another key store",
    "program.updated": "opened the file with another version of the program",
    "audit.reviewed": "signed the review of a month of the audit",
    "emergency.ended": "ended emergency access",
    "emergency.reviewed": "reviewed an emergency access",
    "emergency.taken": "took emergency access",
    "key_file.mended": "opened the file by the spare copy of its keys, the first being damaged",
    "key.rotated": "encrypted the file under a new key",
    "recovery_code.replaced": "replaced the recovery code",
}
_DATA = {
    "backup.copied": "copied a backup to the second place",
    "backup.failed": "could not make a backup",
    "backup.made": "made a backup",
    "backup.thinned": "removed old backups that need not be kept",
    "backup.tried": "tried whether the newest backup can be restored",
    "backup_place.chosen": "chose a second place for backups",
    "backup_place.given_up": "gave up the second place for backups",
    "clinic.created": "made this clinic",
    "clinic.restored": "restored this clinic from a backup",
    "clinic.upgraded": "brought the file up to date for a newer version of the program",
    "clinic.moved": "opened this clinic after it was moved to another folder",
    "import.done": "imported patients",
    "import.listed": "wrote out the rows that an import left out",
    "import.undone": "undid an import",
}
_TABLES: Final[Mapping[EventKind, Mapping[str, str]]] = {
    EventKind.SESSION: _SESSION,
    EventKind.ACCESS: _ACCESS,
    EventKind.CHANGE: _CHANGE | _PRIVACY,
    EventKind.SAFETY: _SAFETY,
    EventKind.OUTPUT: _OUTPUT,
    EventKind.ADMIN: _ADMIN,
    EventKind.DATA: _DATA,
    EventKind.SECURITY: _SECURITY,
}
EVENTS: Final[Mapping[str, AuditEvent]] = {
    code: AuditEvent(code, kind, sentence)
    for kind, told in _TABLES.items()
    for code, sentence in told.items()
}
"""Each code of the audit with its kind and sentence."""


def event_of(code: str) -> AuditEvent:
    """Give what a code means; one that a later version wrote is told by its own words."""
    return EVENTS.get(code) or AuditEvent(code, EventKind.CHANGE, code.replace("_", " "))
