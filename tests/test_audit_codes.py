"""What is written into the audit and what the catalogue tells are the same, both ways."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from cocm_desktop.actions.outside_care import CODES
from cocm_desktop.domain.audit_event import EVENTS, event_of
from cocm_desktop.domain.billing.bill_step import NEXT_STATES, MonthState
from cocm_desktop.domain.billing.closing import ClosingStep
from cocm_desktop.domain.case_review import RecommendationStatus
from cocm_desktop.domain.review_meeting import AgendaChoiceKind
from cocm_desktop.storage.tables import SCHEMA
from tests.source_tree import of_program

CODE = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")
FILES = {
    "alt",
    "bin",
    "creating",
    "db",
    "gz",
    "ini",
    "json",
    "lock",
    "md",
    "part",
    "pdf",
    "csv",
    "txt",
}
COLUMNS = {f"{table.name}.{column.name}" for table in SCHEMA.tables.values() for column in table.c}
FIELDS = "fields"
"""The first word of the names of what is kept of a form."""
NOT_CODES = COLUMNS | {"clinic.lock"}
_FACTS = set(CODES.values())
# Codes of which the source holds a part only: the f-string's own text → the codes it may give.
PUT_TOGETHER = {
    "{}.recorded": {f"{kind}.recorded" for kind in _FACTS},
    "{}.voided": {f"{kind}.voided" for kind in _FACTS},
    "agenda.{}": {f"agenda.{kind.name.lower()}" for kind in AgendaChoiceKind},
    "billing_month.{}": {f"billing_month.{step.name.lower()}" for step in ClosingStep},
    "recommendation.{}": {
        f"recommendation.{status.name.lower()}"
        for status in RecommendationStatus
        if status is not RecommendationStatus.OPEN
    },
    "superbill.{}": {
        f"superbill.{state.name.lower()}"
        for states in NEXT_STATES.values()
        for state in states
        if state is not MonthState.VOID  # a void has its own code, with the reason
    },
}

# Source: the events that an audit of health records tells, ASTM E2147 and DICOM PS3.15 A.5.
WANTED = {
    "program starts, stops, had crashed": ("session.began", "session.ended", "session.recovered"),
    "sign-in, failure, throttle": ("session.began", "password.was_wrong", "password.paused"),
    "lock, unlock, lock by itself": ("clinic.locked", "clinic.unlocked", "clinic.auto_locked"),
    "another person, password, recovery": (
        "clinic.handed_over",
        "password.changed",
        "password.recovered",
        "password.given",
        "password.proved",
    ),
    "search, record, list, report, audit": (
        "patient.searched",
        "chart.viewed",
        "registry.viewed",
        "report.viewed",
        "audit.viewed",
        "patients.viewed",
        "packet.viewed",
        "billing_month.viewed",
        "sealed_note.listed",
        "sealed_note.read",
    ),
    "patients": (
        "patient.added",
        "patient.changed",
        "patient.merged",
        "patient.merged_away",
        "patient.merge_undone",
    ),
    "care": (
        "episode.enrolled",
        "episode.closed",
        "episode.reopened",
        "measure.recorded",
        "measure.voided",
        "contact.recorded",
        "contact.voided",
        "time.recorded",
        "time.voided",
        "time.signed",
        "consent.recorded",
        "task.added",
        "task.done",
        "recommendation.sent",
        "review.recorded",
        "letter.written",
        "sealed_note.written",
    ),
    "billing": (
        "billing_month.closed",
        "billing_month.reopened",
        "superbill.issued",
        "superbill.printed",
        "superbill.voided",
    ),
    "safety": (
        "safety.raised",
        "safety_list.viewed",
        "safety.practitioner_told",
        "safety.closed",
        "duplicate.passed_over",
        "restriction.overridden",
    ),
    "print, file, clipboard, patient copy, disclosure": (
        "packet.printed",
        "list.printed",
        "list.exported",
        "report.exported",
        "audit.exported",
        "letter.copied",
        "patient_copy.made",
        "disclosure.recorded",
    ),
    "people, settings, emergency": (
        "staff.added",
        "staff.changed",
        "staff.deactivated",
        "staff.reactivated",
        "setting.changed",
        "emergency.taken",
        "emergency.ended",
        "emergency.reviewed",
        "audit.reviewed",
        "rule_set.put",
    ),
    "data": (
        "clinic.created",
        "backup.made",
        "backup.failed",
        "backup.tried",
        "clinic.restored",
        "clinic.upgraded",
        "clinic.checked",
        "import.done",
        "import.undone",
    ),
    "protection": (
        "encryption.changed",
        "key_store.changed",
        "clock.set_back",
        "audit.checked",
        "audit.checkpoint",
        "audit.older_accepted",
        "program.updated",
        "key.rotated",
        "key_file.mended",
        "recovery_code.replaced",
        "sealed_key.made",
    ),
}


def test_everything_that_an_audit_should_tell_has_a_code() -> None:
    missing = {code for codes in WANTED.values() for code in codes} - set(EVENTS)

    assert missing == set()


def test_the_catalogue_tells_every_code_that_is_written() -> None:
    unknown = {code: place for code, place in _written() if code not in EVENTS}

    assert unknown == {}, "a line in domain/audit_event.py is missing"


def test_every_code_of_the_catalogue_is_written_somewhere() -> None:
    written = {code for code, _ in _written()}

    assert set(EVENTS) - written == set(), "nothing writes these codes"


def test_sentences_go_on_after_a_name_and_name_only_what_is_there() -> None:
    gaps = {"patient", "part", "recipient", "pages", "size"}

    for event in EVENTS.values():
        assert event.sentence[0].islower(), event.code
        assert not event.sentence.endswith("."), event.code
        assert set(re.findall(r"\{(\w*)\}", event.sentence)) <= gaps, event.code


def test_a_code_of_a_later_version_is_read_by_its_own_words() -> None:
    assert event_of("moon_phase.noted").sentence == "moon phase.noted"


def _written() -> Iterator[tuple[str, str]]:
    """Give each code that the sources hold, and where."""
    for module in of_program():
        if module.place not in {"actions", "storage"}:
            continue
        for node in module.nodes:
            for code in _codes(node):
                yield code, f"{module.path}:{getattr(node, 'lineno', 0)}"


def _codes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        text = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
        yield from PUT_TOGETHER.get(text, ())
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
        first, _, last = text.partition(".")
        if CODE.fullmatch(text) and text not in NOT_CODES and last not in FILES and first != FIELDS:
            yield text
