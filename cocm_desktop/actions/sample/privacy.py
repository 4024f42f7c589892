"""What patients of the sample clinic asked about their records, and what of them went out.

No restriction holds: it would stop the papers that the sample clinic is there to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from cocm_desktop.actions.disclosure import record_disclosure
from cocm_desktop.actions.privacy_request import answer_amendment, ask_amendment, ask_restriction
from cocm_desktop.actions.retention import place_hold
from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.domain.ids import (
    AmendmentId,
    DisclosureId,
    PatientId,
    RestrictionId,
    RetentionHoldId,
)
from cocm_desktop.domain.privacy import (
    AmendmentAnswer,
    AmendmentDraft,
    Decision,
    DisclosureDraft,
    Purpose,
    RestrictionDraft,
)
from cocm_desktop.domain.retention import RetentionHoldDraft

WHO = "Alvarez"
DISCLOSED, ASKED, ANSWERED, OPEN = (timedelta(days=days) for days in (40, 30, 16, 9))


def tell_privacy(book: Book, team: Team, patients: Mapping[str, PatientId]) -> None:
    """Tell of one patient who knows her rights: a report, two requests to amend, a restriction."""
    who, patient_id = team.care_managers[0], patients[WHO]
    on = {days: working_day(book.as_of - days) for days in (DISCLOSED, ASKED, ANSWERED, OPEN)}
    given = DisclosureDraft(
        patient_id,
        on[DISCLOSED],
        "Ulster County Department of Health",
        "Name, date of birth, date of the diagnosis",
        Purpose.PUBLIC_HEALTH,
        address="Kingston, NY",
        id=DisclosureId(sample_id("disclosure")),
    )
    book.write(book.at(on[DISCLOSED], 16), who, partial(record_disclosure, draft=given))
    asked = AmendmentDraft(
        patient_id,
        on[ASKED],
        "The note of my first visit says that I live alone. My sister lives with me.",
        AmendmentId(sample_id("amendment answered")),
    )
    book.write(book.at(on[ASKED], 16), who, partial(ask_amendment, draft=asked))
    answer = AmendmentAnswer(Decision.ACCEPTED, "Corrected in the history; a new note holds.")
    book.write(
        book.at(on[ANSWERED], 16),
        who,
        partial(answer_amendment, amendment_id=asked.id, answer=answer),
    )
    waiting = AmendmentDraft(
        patient_id,
        on[OPEN],
        "I was never told about the cost share. Please take that out.",
        AmendmentId(sample_id("amendment waiting")),
    )
    book.write(book.at(on[OPEN], 16), who, partial(ask_amendment, draft=waiting))
    wish = RestrictionDraft(
        patient_id,
        on[OPEN],
        "Nothing about my visits to my employer's wellness program.",
        id=RestrictionId(sample_id("restriction")),
    )
    book.write(book.at(on[OPEN], 16, 10), who, partial(ask_restriction, draft=wish))
    hold = RetentionHoldDraft(
        patient_id,
        "Request of her lawyer, letter of last month",
        RetentionHoldId(sample_id("hold")),
    )
    book.write(book.at(on[OPEN], 16, 20), who, partial(place_hold, draft=hold))
