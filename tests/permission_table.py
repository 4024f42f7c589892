"""The tables of who may do what, one row each, with a dot where a role may not.

F front desk, C care manager, P psychiatric consultant, T treating practitioner, B biller,
A administrator. A new permission, screen or way out of the file is a row here.
"""

from __future__ import annotations

MAY = {
    "SEE_REGISTRY":          ". C P T . .",
    "SEE_PATIENT_LIST":      "F C P T B A",
    "SEE_CHART":             ". C P T . .",
    "IMPORT_PATIENTS":       "F C . . . A",
    "CHANGE_PATIENT":        "F C . . . A",
    "MERGE_PATIENTS":        ". C . . . A",
    "TAKE_IN":               "F C . . . .",
    "ENROLL":                ". C . . . .",
    "RECORD_MEASURE":        "F C P T . .",
    "RECORD_CONTACT":        ". C . . . .",
    "RECORD_TIME":           ". C P T . .",
    "RECORD_TREATMENT":      ". C . T . .",
    "WORK_ON_TASKS":         "F C P T B A",
    "VOID_RECORD":           ". C . . . .",
    "CLOSE_SAFETY_TASK":     ". C P T . .",
    "FLAG_FOR_REVIEW":       ". C P T . .",
    "RECORD_REVIEW":         ". C P T . .",
    "PRINT_PACKET":          ". C P T . .",
    "PRINT_FORMS":           "F C P T . .",
    "WRITE_LETTER":          "F C P T . .",
    "EXPORT_LIST":           ". C . . . .",
    "SEE_BILLING":           ". C . T B A",
    "ISSUE_SUPERBILL":       ". . . . B A",
    "APPROVE_MONTH":         ". . . T . .",
    "CLOSE_MONTH":           ". . . . B A",
    "RECORD_VISIT":          "F C . T B A",
    "SET_UP_CHARGES":        ". . . . B A",
    "RECORD_COVERAGE":       "F C . . B A",
    "CHANGE_PRACTICE":       ". . . . . A",
    "CHANGE_STAFF":          ". . . . . A",
    "BACK_UP":               "F C P T B A",
    "SEE_AUDIT":             ". . . . . A",
    "TAKE_EMERGENCY_ACCESS": "F C P T B A",
    "RELEASE_RECORDS":       ". C . . . A",
    "DECIDE_PRIVACY":        ". . . . . A",
    "KEEP_SEALED_NOTES":     ". C P T . .",
}  # fmt: skip

WAYS_OUT = {
    "audit_export.export_audit": ". . . . . A",
    "audit_packet.print_audit_packet":         ". C . T . .",
    "backup.back_up":                          "F C P T B A",
    "backup_place.copy_to_backup_place": "F C P T B A",
    "bill_papers.print_billing_month":         ". C . T B A",
    "bill_papers.print_billing_sheets":        ". C . T B A",
    "bill_papers.print_patient_superbills":    ". C . T B A",
    "caseload_list.export_list":               ". C . . . .",
    "caseload_list.print_list":                ". C P T . .",
    "claims.write_again":                      ". . . . B A",
    "claims.write_claims":                     ". . . . B A",
    "day_list.print_day_list":                 "F C P T . .",
    "downtime.print_downtime_list":            ". C P T . .",
    "home_form.print_home_form":               "F C P T . .",
    "importing.write_left_out":                "F C . . . A",
    "mailing.print_envelopes":                 "F C P T . .",
    "mailing.print_labels":                    "F C P T . .",
    "patient_letter.print_consent_form":       "F C P T . .",
    "patient_summary.print_patient_summary":   ". C P T . .",
    "plan.print_plan":                         ". C P T . .",
    "recommendation_letter.print_letters":     ". C P T . .",
    "recommendation_letter.copy_review_text":  ". C P T . .",
    "review.print_packet":                     ". C P T . .",
    "review_loop.export_follow_through":       ". C . . . .",
    "review_loop.print_follow_through":        ". C P T . .",
    "safety_list.print_clinician_slip":        "F C P T . .",
    "safety_list.print_safety_list":           ". C P T . .",
}  # fmt: skip
"""Every action that makes paper or a file for outside, and the roles that may."""

PROOF = (
    "caseload_list.export_list",
    "keys.rotate_key",
    "merge.merge_patients",
    "merge.undo_merge",
    "recovery.replace_recovery_code",
    "review_loop.export_follow_through",
    "staff.deactivate_staff",
    "staff.give_password",
    "staff.reactivate_staff",
)

SCREENS = {
    "today":    ". C P T . .",
    "registry": ". C P T . .",
    "patients": "F . . . B A",
    "chart":    ". C P T . .",
    "import":   "F C . . . A",
    "review":   ". C P T . .",
    "loop":     ". C P T . .",
    "tasks":    "F C P T B A",
    "billing":  ". C . T B A",
    "settings": "F C P T B A",
}  # fmt: skip

_OWN = "is about nobody but who is signed in"
_NO_PATIENT = "holds nothing of any patient"
_SURROUNDINGS = "is part of signing in, locking or noting, whoever it is"
UNGUARDED = {
    "anchors.current_anchor": _NO_PATIENT,
    "backup.note_backup": _SURROUNDINGS,
    "codes.codes_of": _NO_PATIENT,
    "draft.discard_draft": _OWN,
    "draft.drop_draft": _OWN,
    "draft.find_draft": _OWN,
    "draft.keep_draft": _OWN,
    "draft.read_drafts": _OWN,
    "emergency.waiting_emergencies": "counts only, and 0 for whom it does not concern",
    "episode.read_scales": _NO_PATIENT,
    "instruments.problems_of": _NO_PATIENT,
    "instruments.read_instruments": _NO_PATIENT,
    "instruments.read_listed_instruments": _NO_PATIENT,
    "instruments.read_packs": _NO_PATIENT,
    "locking.lock_because": _SURROUNDINGS,
    "locking.note_return": _SURROUNDINGS,
    "looking.note_search": _SURROUNDINGS,
    "practice.read_fees": _NO_PATIENT,
    "practice.read_practice": _NO_PATIENT,
    "proof.prove": _OWN,
    "session.lock": _SURROUNDINGS,
    "staff.change_password": _OWN,
    "staff.is_bound_to_computer": _OWN,
    "staff.read_staff": _NO_PATIENT,
    "timer.read_timer_start": _NO_PATIENT,
}
"""Actions that ask for no permission, and why that is right."""
