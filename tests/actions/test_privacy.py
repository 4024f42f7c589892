"""Disclosures, requests of patients, retention."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from cocm_desktop.actions.attestation import read_attestation
from cocm_desktop.actions.disclosure import (
    print_accounting,
    read_disclosures,
    record_disclosure,
    void_disclosure,
)
from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.privacy_request import (
    answer_amendment,
    ask_amendment,
    ask_restriction,
    decide_restriction,
    end_restriction,
    override_restrictions,
    read_open_amendments,
    read_requests,
    void_amendment,
    void_restriction,
)
from cocm_desktop.actions.retention import (
    lift_hold,
    place_hold,
    print_retention,
    read_holds,
    read_retention,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.ids import EpisodeId, PatientId, RestrictionId
from cocm_desktop.domain.privacy import (
    AmendmentAnswer,
    AmendmentDraft,
    Decision,
    DisclosureDraft,
    Purpose,
    RestrictionDraft,
)
from cocm_desktop.domain.retention import RetentionHoldDraft, RetentionRule
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused, Unavailable
from tests.actions.work import as_role, at, rows_stored
from tests.conftest import EVENING
from tests.printing.read_back import texts

TODAY = EVENING.date()


def given(patient_id: PatientId, purpose: Purpose, day: date, *, part2: bool) -> DisclosureDraft:
    return DisclosureDraft(
        patient_id, day, "Elm County", "Scores", purpose, authority="Order 7", has_part2=part2
    )


def test_the_accounting_names_exactly_what_the_law_wants(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    days = (
        TODAY,
        date(2023, 11, 30),
        date(2023, 11, 29),
        date(2020, 11, 30),
        date(2020, 11, 29),
        date(2019, 1, 1),
    )
    for purpose, day, part2 in product(Purpose, days, (False, True)):
        record_disclosure(workspace, given(maria_patient, purpose, day, part2=part2))

    found = read_disclosures(workspace, maria_patient)

    listed = {(each.purpose, each.disclosed_on, each.has_part2) for each in found.accounting.listed}
    with_consent = {Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS, Purpose.AUTHORIZED}
    never = with_consent | {Purpose.TO_PATIENT}
    for_six_years = product(set(Purpose) - never, days[:4], (False, True))
    assert listed == set(for_six_years) | set(product(with_consent, days[:2], (True,)))
    assert len(found.kept) == len(Purpose) * len(days) * 2


def test_the_accounting_on_paper_says_to_whom_and_why(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = given(maria_patient, Purpose.COURT, TODAY, part2=False)
    record_disclosure(workspace, draft)

    page = " ".join(texts(print_accounting(workspace, maria_patient).content))

    assert "Elm County" in page
    assert "a court or an administrative proceeding; Order 7" in page
    assert "Nov 30, 2020 to Nov 30, 2026" in page


def test_a_disclosure_is_kept_once_and_can_be_withdrawn(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = given(maria_patient, Purpose.OVERSIGHT, TODAY, part2=False)
    record_disclosure(workspace, draft)
    record_disclosure(workspace, draft)

    void_disclosure(workspace, draft.id, reason="another patient")

    assert read_disclosures(workspace, maria_patient).kept == ()


def test_a_disclosure_without_its_facts_is_refused(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    before = rows_stored(workspace)
    tomorrow = TODAY + timedelta(days=1)

    with pytest.raises(Refused) as refusal:
        record_disclosure(workspace, DisclosureDraft(maria_patient, tomorrow, "", "", None))
    court = DisclosureDraft(maria_patient, TODAY, "Court", "All", Purpose.COURT)
    with pytest.raises(Refused, match="Name the order"):
        record_disclosure(workspace, court)
    with pytest.raises(Refused, match="lies in the future"):
        read_disclosures(workspace, maria_patient, tomorrow)

    fields = [each.field for each in refusal.value.problems]
    assert fields == ["disclosed_on", "recipient", "what", "purpose"]
    assert rows_stored(workspace) == before


def test_a_request_to_amend_is_due_in_sixty_days_and_answered_with_words(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = AmendmentDraft(maria_patient, date(2026, 10, 2), "I never took lithium.")
    ask_amendment(workspace, draft)
    ask_amendment(workspace, draft)
    [asked] = read_open_amendments(workspace)
    assert asked.standing(TODAY) == "answer due by Dec 1, 2026"
    late = asked.standing(date(2026, 12, 2))
    assert late.startswith("answer was due by Dec 1, 2026; at the latest by Dec 31, 2026")

    answer = AmendmentAnswer(Decision.DENIED, "The pharmacy confirms it.", "I disagree.")
    answer_amendment(workspace, draft.id, answer)

    [known] = read_requests(workspace, maria_patient).amendments
    assert known.disagreement == "I disagree."
    assert known.standing(TODAY) == "denied on Nov 30, 2026"
    assert read_open_amendments(workspace) == ()
    void_amendment(workspace, draft.id, reason="another patient")
    assert read_requests(workspace, maria_patient).amendments == ()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (AmendmentAnswer(Decision.OPEN, "x"), "accepted or denied"),
        (AmendmentAnswer(Decision.ACCEPTED, " "), "Say what was corrected"),
        (AmendmentAnswer(Decision.DENIED, " "), "Say why it was denied"),
        (AmendmentAnswer(Decision.ACCEPTED, "x", "No"), "follows a denial"),
    ],
)
def test_an_answer_without_its_words_is_refused(
    workspace: Workspace, maria_patient: PatientId, answer: AmendmentAnswer, words: str
) -> None:
    draft = AmendmentDraft(maria_patient, TODAY, "Wrong dose.")
    ask_amendment(workspace, draft)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        answer_amendment(workspace, draft.id, answer)

    assert rows_stored(workspace) == before


def test_an_answer_is_given_once(workspace: Workspace, maria_patient: PatientId) -> None:
    draft = AmendmentDraft(maria_patient, TODAY, "Wrong dose.")
    ask_amendment(workspace, draft)
    answer_amendment(workspace, draft.id, AmendmentAnswer(Decision.ACCEPTED, "Dose corrected."))

    with pytest.raises(Refused, match="answered already"):
        answer_amendment(workspace, draft.id, AmendmentAnswer(Decision.DENIED, "No."))


def test_a_restriction_holds_from_the_decision_to_its_end(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = RestrictionDraft(maria_patient, TODAY, "Nothing to my employer.")
    ask_restriction(workspace, draft)
    ask_restriction(workspace, draft)

    def standing() -> str:
        [known] = read_requests(workspace, maria_patient).restrictions
        return known.standing(TODAY)

    assert standing() == "not decided yet"
    with pytest.raises(Refused, match="does not hold"):
        end_restriction(workspace, draft.id, reason="asked for")
    with pytest.raises(Refused, match="accepted or denied"):
        decide_restriction(workspace, draft.id, Decision.OPEN)
    decide_restriction(workspace, draft.id, Decision.ACCEPTED)
    assert standing() == "accepted on Nov 30, 2026"
    with pytest.raises(Refused, match="answered already"):
        decide_restriction(workspace, draft.id, Decision.DENIED)
    end_restriction(workspace, draft.id, reason="the patient asked for it")
    assert standing() == "ended on Nov 30, 2026"
    void_restriction(workspace, draft.id, reason="another patient")
    assert read_requests(workspace, maria_patient).restrictions == ()


def test_what_was_paid_in_full_binds_at_once_and_cannot_be_set_aside(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = RestrictionDraft(maria_patient, TODAY, "Not to Aetna.", is_paid_in_full=True)

    ask_restriction(workspace, draft)

    [known] = read_requests(workspace, maria_patient).restrictions
    assert known.holds_on(TODAY)
    before = rows_stored(workspace)
    with pytest.raises(Refused, match="No restriction of this patient can be set aside"):
        override_restrictions(workspace, maria_patient, reason="a court order")
    assert rows_stored(workspace) == before


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER, Role.PSYCHIATRIC_CONSULTANT])
def test_others_neither_see_nor_decide(
    workspace: Workspace, maria_patient: PatientId, role: Role
) -> None:
    other = as_role(workspace, role)
    manager = as_role(workspace, Role.CARE_MANAGER)
    draft = RestrictionDraft(maria_patient, TODAY, "Nothing to my employer.")
    ask_restriction(manager, draft)
    before = rows_stored(workspace)

    for work in (
        lambda: read_requests(other, maria_patient),
        lambda: read_disclosures(other, maria_patient),
        lambda: ask_restriction(other, replace(draft, id=RestrictionId("2"))),
        lambda: override_restrictions(other, maria_patient, reason="x"),
        lambda: decide_restriction(manager, draft.id, Decision.ACCEPTED),
        lambda: read_retention(manager),
    ):
        with pytest.raises(Refused, match="you may not"):
            work()

    assert rows_stored(workspace) == before


def test_a_record_past_its_time_is_listed_and_held_and_nothing_is_deleted(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    assert read_retention(workspace).rows == (), "an open episode is never past its time"
    close_episode(workspace, CloseDraft(maria, TODAY, CloseReason.GRADUATED))
    [kept] = read_retention(workspace).rows
    assert (kept.last_on, kept.keep_until) == (TODAY, date(2036, 11, 30))

    later = at(workspace, EVENING.replace(year=2036))
    draft = RetentionHoldDraft(maria_patient, "Suit of 2035")
    place_hold(later, draft)
    place_hold(later, draft)

    [past] = read_retention(later).past
    assert past.hold is not None
    page = " ".join(texts(print_retention(later).content))
    assert "Suit of 2035" in page
    assert "deletes no record" in page
    lift_hold(later, draft.id, reason="settled")
    with pytest.raises(Refused, match="lifted already"):
        lift_hold(later, draft.id, reason="settled")
    assert read_retention(later).past[0].hold is None
    assert [each.reason for each in read_holds(later, maria_patient)] == ["Suit of 2035"]


def test_the_accounting_of_an_earlier_day_names_nothing_later(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    record_disclosure(workspace, given(maria_patient, Purpose.OVERSIGHT, TODAY, part2=False))

    earlier = read_disclosures(workspace, maria_patient, TODAY - timedelta(days=1))

    assert earlier.accounting.listed == ()


def test_without_a_file_there_is_nothing_to_attest(workspace: Workspace) -> None:
    with pytest.raises(Unavailable, match="Unlock the clinic again"):
        read_attestation(workspace)


def test_a_hold_needs_its_reason(workspace: Workspace, maria_patient: PatientId) -> None:
    with pytest.raises(Refused, match="Say why the record is to be kept"):
        place_hold(workspace, RetentionHoldDraft(maria_patient, " "))


@pytest.mark.parametrize(
    ("born_on", "last_on", "until"),
    [
        (date(1971, 4, 5), date(2016, 2, 29), date(2026, 3, 1)),
        (date(2008, 4, 5), date(2020, 1, 1), date(2033, 4, 5)),
        (date(2008, 4, 5), date(2026, 4, 5), date(2036, 4, 5)),
        (date(2004, 2, 29), date(2011, 12, 1), date(2029, 3, 1)),
    ],
    ids=["adult", "minor", "of age that day", "born on a leap day"],
)
def test_records_of_minors_are_kept_longer(born_on: date, last_on: date, until: date) -> None:
    assert RetentionRule(10, 7).keep_until(born_on, last_on) == until
