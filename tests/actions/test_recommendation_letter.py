"""The letter about a review, from the chart to the practitioner's desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cocm_desktop.actions.background import change_part2_consent, record_part2
from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.letter import read_letter, read_letters, write_letter
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.recommendation_letter import (
    compose_letter,
    copy_letter_text,
    keep_letters,
    print_letters,
    print_recommendation_letter,
    read_letters_of_review,
    send_letters,
    send_recommendation_letter,
    write_letter_file,
    write_recommendation_letter,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review_loop import (
    export_follow_through,
    print_follow_through,
    read_follow_through,
    read_loop,
    record_steps,
)
from cocm_desktop.actions.review_record import read_reviews, record_review
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import Part2ConsentDraft, Part2RecordDraft
from cocm_desktop.domain.case_review import (
    CaseReview,
    RecommendationDraft,
    RecommendationKind,
    RecommendationStatus,
    ReviewDraft,
    StepDraft,
)
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.follow_through_report import Grouping, ReportChoice
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.letter import LetterDraft, LetterKind, SendingDraft, SendingWay
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.domain.review_loop import LoopList
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage import audit
from tests.actions.work import as_member, phq9, rows_stored
from tests.conftest import CARE_MANAGER, EVENING, PRACTITIONER
from tests.printing.read_back import texts

REVIEWED_ON = date(2026, 11, 20)
NOTHING_MORE = LetterChoice()


@pytest.fixture
def review(workspace: Workspace, maria: EpisodeId) -> CaseReview:
    consultant = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}), credentials="MD")
    chen = StaffId(add_staff(workspace, consultant).record_id)
    for day, total in ((date(2026, 10, 1), 19), (date(2026, 11, 16), 17)):
        phq9(workspace, maria, day, total)
    dose = RecommendationDraft("Raise to\n100 mg", RecommendationKind.DOSE)
    lab = RecommendationDraft("TSH", RecommendationKind.LAB, due_on=date(2026, 11, 27))
    draft = ReviewDraft(maria, chen, REVIEWED_ON, (dose, lab), impression="Partial response")
    record_review(workspace, draft)
    [kept] = read_reviews(workspace, maria)
    return kept


def test_a_letter_is_composed_of_the_review_and_the_chart(
    workspace: Workspace, review: CaseReview
) -> None:
    draft = compose_letter(workspace, review.id, LetterChoice(addition="Call me\nfirst"))

    assert draft.recipient == "A. Smith, MD"
    assert draft.title == "Recommendations of the case review on Nov 20, 2026"
    for words in (
        "by L. Chen, MD (psychiatric consultant) with M. Bell, LCSW (care manager).",
        "PHQ-9 17 (moderately severe) on Nov 16, 2026; at the start 19 on Oct 1, 2026, −2 (−11 %)",
        "IMPRESSION\nPartial response",
        "1. Raise to 100 mg\n   Dose change · treating practitioner acts · routine",
        "due Nov 27, 2026",
        "FROM THE CARE MANAGER\nCall me first",
        "has not examined the patient",
    ):
        assert words in draft.body
    assert not read_letters_of_review(workspace, review.id)


def test_a_letter_is_kept_and_sent_in_one_step(workspace: Workspace, review: CaseReview) -> None:
    draft = compose_letter(workspace, review.id, NOTHING_MORE)
    sending = SendingDraft(workspace.today(), SendingWay.EHR)

    send_recommendation_letter(workspace, draft, sending)

    [letter] = read_letters_of_review(workspace, review.id)
    assert letter.body == draft.body
    assert letter.is_sent
    [kept] = read_reviews(workspace, review.episode_id)
    assert {each.status for each in kept.recommendations} == {RecommendationStatus.SENT}
    [row] = read_registry(workspace).rows
    assert {each.sent_on for each in row.open_recommendations} == {workspace.today()}


def test_a_letter_that_cannot_be_sent_is_not_kept(workspace: Workspace, review: CaseReview) -> None:
    draft = compose_letter(workspace, review.id, NOTHING_MORE)
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        send_recommendation_letter(workspace, draft, SendingDraft(workspace.today(), None))

    assert rows_stored(workspace) == before


@pytest.mark.parametrize("choice", [LetterChoice(addition="x" * 601)])
def test_a_letter_that_is_no_page_is_not_composed(
    workspace: Workspace, review: CaseReview, choice: LetterChoice
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        write_recommendation_letter(workspace, review.id, choice)

    assert rows_stored(workspace) == before


def test_attendance_has_no_letter(
    workspace: Workspace, maria: EpisodeId, review: CaseReview
) -> None:
    attended = ReviewDraft(maria, review.consultant_id, date(2026, 11, 27), discussed=False)
    record_review(workspace, attended)

    with pytest.raises(Refused):
        compose_letter(workspace, attended.id, NOTHING_MORE)


def test_the_paper_has_the_kept_words_and_a_box_for_each_answer(
    workspace: Workspace, review: CaseReview
) -> None:
    letter_id = write_recommendation_letter(workspace, review.id, NOTHING_MORE).record_id

    paper = print_recommendation_letter(workspace, letter_id)

    reader = PdfReader(BytesIO(paper.content))
    [page] = reader.pages
    words = " ".join(page.extract_text().split())
    assert words.count("agree with changes") == 2
    for part in ("ALVAREZ, María", "born Apr 5, 1971", "100200", "Raise to 100 mg", "decline"):
        assert part in words
    assert not reader.metadata or "ALVAREZ" not in str(reader.metadata)


def test_the_text_for_the_record_system_is_plain_and_narrow(
    workspace: Workspace, review: CaseReview
) -> None:
    letter_id = write_recommendation_letter(workspace, review.id, NOTHING_MORE).record_id

    text = copy_letter_text(workspace, letter_id)

    assert "Patient: ALVAREZ, María - born Apr 5, 1971 - MRN 100200" in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert text.replace("í", "i").isascii()
    with workspace.database.read() as session:
        assert audit.last_at(session, letter_id) == workspace.now()


def test_protected_words_of_a_kept_letter_are_left_out_once_the_consent_is_revoked(
    workspace: Workspace, review: CaseReview, maria_patient: PatientId
) -> None:
    given = Part2ConsentDraft(consent_on=date(2026, 11, 1))
    record = Part2RecordDraft(maria_patient, "Hope House", "Naltrexone", REVIEWED_ON, given)
    record_part2(workspace, record)
    letter_id = write_recommendation_letter(
        workspace, review.id, LetterChoice(with_part2=True)
    ).record_id
    assert "Naltrexone" in copy_letter_text(workspace, letter_id)

    revoked = replace(given, revoked_on=workspace.today())
    change_part2_consent(workspace, record.id, revoked, version=1)

    [kept] = read_letters_of_review(workspace, review.id)
    for text in (
        copy_letter_text(workspace, letter_id),
        *texts(print_recommendation_letter(workspace, letter_id).content),
        read_letters(workspace, maria_patient)[0].body,
        kept.body,
    ):
        assert "Naltrexone" not in text
        assert "Hope House" not in text
        assert "protected record were left out" in " ".join(text.split())


def test_a_rich_text_file_has_the_same_words(
    workspace: Workspace, review: CaseReview, tmp_path: Path
) -> None:
    letter_id = write_recommendation_letter(workspace, review.id, NOTHING_MORE).record_id
    file = tmp_path / "letter.rtf"

    write_letter_file(workspace, letter_id, file)

    content = file.read_bytes()
    assert content.startswith(rb"{\rtf1\ansi")
    assert rb"Mar\u237?a" in content
    assert content.count(b"{") == content.count(b"}")
    with pytest.raises(Refused):
        write_letter_file(workspace, letter_id, Path())


def test_another_letter_is_not_printed_as_one_about_a_review(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    other = LetterDraft(maria_patient, LetterKind.NO_SHOW, "M. Alvarez", "Missed", "We missed you")
    write_letter(workspace, other)

    with pytest.raises(Refused):
        print_recommendation_letter(workspace, other.id)


def test_words_without_passages_are_printed_with_the_caveat(
    workspace: Workspace, review: CaseReview
) -> None:
    letter_id = write_recommendation_letter(workspace, review.id, NOTHING_MORE).record_id
    kept = read_letter(workspace, letter_id)
    bare = LetterDraft(
        kept.patient_id, kept.kind, kept.recipient, "Advice", "Please call.", review_id=review.id
    )
    write_letter(workspace, replace(bare))

    paper = print_recommendation_letter(workspace, bare.id)

    words = " ".join(PdfReader(BytesIO(paper.content)).pages[0].extract_text().split())
    assert "has not examined the patient" in words


def test_what_waits_is_read_with_its_people_and_letters(
    workspace: Workspace, review: CaseReview
) -> None:
    write_recommendation_letter(workspace, review.id, NOTHING_MORE)

    page = read_loop(workspace)

    [line] = page.loop.of(LoopList.TO_SEND)
    case = line.case
    assert (case.name, case.practitioner, case.care_manager) == (
        "ALVAREZ, María",
        "A. Smith, MD",
        "M. Bell",
    )
    assert line.why.endswith("letter written, not sent")
    assert [each.name for each in page.care_managers] == ["M. Bell"]
    assert not read_loop(workspace, PRACTITIONER.id).loop.lines


def test_advice_of_a_closed_episode_is_still_to_be_told_for_two_weeks(
    workspace: Workspace, review: CaseReview
) -> None:
    close_episode(workspace, CloseDraft(review.episode_id, REVIEWED_ON, CloseReason.GRADUATED))
    last, after = (EVENING + timedelta(days=days) for days in (4, 5))

    assert read_loop(replace(workspace, now=lambda: last)).loop.of(LoopList.TO_SEND)
    assert not read_loop(replace(workspace, now=lambda: after)).loop.lines


def test_a_reply_is_keyed_at_once(workspace: Workspace, review: CaseReview) -> None:
    dose, lab = review.recommendations
    answers = [
        StepDraft(dose.id, RecommendationStatus.MODIFIED, REVIEWED_ON, "half the step"),
        StepDraft(lab.id, RecommendationStatus.ACCEPTED, REVIEWED_ON),
    ]

    record_steps(workspace, answers)

    [kept] = read_reviews(workspace, review.episode_id)
    assert [each.status.name for each in kept.recommendations] == ["MODIFIED", "ACCEPTED"]


def test_a_reply_with_one_wrong_answer_is_not_kept_at_all(
    workspace: Workspace, review: CaseReview
) -> None:
    dose, lab = review.recommendations
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        record_steps(
            workspace,
            [
                StepDraft(dose.id, RecommendationStatus.ACCEPTED, REVIEWED_ON),
                StepDraft(lab.id, RecommendationStatus.DECLINED, REVIEWED_ON),
            ],
        )
    with pytest.raises(Refused):
        record_steps(workspace, [])

    assert [problem.field for problem in refusal.value.problems] == [f"reason:{lab.id}"]
    assert rows_stored(workspace) == before


def test_the_report_counts_the_advice_of_a_period_on_paper_and_in_a_file(
    workspace: Workspace, review: CaseReview, tmp_path: Path
) -> None:
    choice = ReportChoice(REVIEWED_ON, workspace.today(), Grouping.PRACTITIONER)
    file = tmp_path / "report.csv"

    report = read_follow_through(workspace, choice)
    paper = print_follow_through(workspace, choice)
    export_follow_through(workspace, choice, file)

    assert [(line.name, line.issued) for line in report.lines] == [("A. Smith, MD", 2)]
    [page] = PdfReader(BytesIO(paper.content)).pages
    words = " ".join(page.extract_text().split())
    for part in ("Nov 20, 2026 to Nov 30, 2026", "A. Smith, MD", "0 of 2", "by practitioner"):
        assert part in words
    assert file.read_text("utf-8-sig").splitlines()[1].startswith('"A. Smith, MD",2,0 of 2')
    with pytest.raises(Refused):
        export_follow_through(workspace, choice, Path())
    empty = ReportChoice(date(2026, 1, 1), date(2026, 1, 31))
    assert read_follow_through(workspace, empty).total.issued == 0


def test_letters_of_which_one_has_no_recipient_are_not_kept_at_all(
    workspace: Workspace, review: CaseReview
) -> None:
    patient = PatientDraft("Okafor", "Ngozi", date(1980, 1, 2))
    add_patient(workspace, patient)
    enrolled_on = date(2026, 10, 1)
    draft = EnrollDraft(
        patient.id, CARE_MANAGER.id, enrolled_on, ConsentMethod.VERBAL, enrolled_on=enrolled_on
    )
    episode_id = EpisodeId(enroll(workspace, draft).record_id)
    advice = RecommendationDraft("Go on", RecommendationKind.CONTINUE)
    other = ReviewDraft(episode_id, review.consultant_id, REVIEWED_ON, (advice,))
    record_review(workspace, other)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="OKAFOR, Ngozi: Say to whom the letter goes"):
        keep_letters(workspace, [review.id, other.id])
    with pytest.raises(Refused, match="no letter to print"):
        print_letters(workspace, [review.id])

    assert rows_stored(workspace) == before


def test_letters_go_out_together(workspace: Workspace, review: CaseReview) -> None:
    sending = SendingDraft(workspace.today(), SendingWay.MAIL)

    send_letters(workspace, [review.id], sending)
    paper = print_letters(workspace, [review.id, review.id])

    [letter] = read_letters_of_review(workspace, review.id)
    assert letter.is_sent
    reader = PdfReader(BytesIO(paper.content))
    assert len(reader.pages) == len(reader.outline) == 2


def test_who_treats_sees_what_waits_for_their_own_patients(
    workspace: Workspace, review: CaseReview
) -> None:
    own = as_member(workspace, PRACTITIONER)
    other = as_member(workspace, replace(PRACTITIONER, id=StaffId("somebody else")))

    assert read_loop(own).loop.lines
    assert not read_loop(other).loop.lines
