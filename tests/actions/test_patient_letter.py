"""Letters to patients: filled, kept, printed; templates of the practice; envelopes and labels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.actions.letter import read_letter, read_letters, record_sending
from cocm_desktop.actions.letter_template import (
    change_template,
    preview_template,
    read_template,
    read_templates,
    use_shipped_template,
)
from cocm_desktop.actions.mailing import print_envelopes, print_labels
from cocm_desktop.actions.outside_care import record_death
from cocm_desktop.actions.patient import add_patient, change_patient, read_patient
from cocm_desktop.actions.patient_letter import (
    LetterRequest,
    print_consent_form,
    print_patient_letter,
    read_letter_basis,
    write_patient_letter,
)
from cocm_desktop.actions.practice import change_practice, read_practice
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import DeathDraft
from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.letter import Language, LetterKind, SendingDraft, SendingWay
from cocm_desktop.domain.letter_template import BLANK, PATIENT_KINDS, TemplateDraft
from cocm_desktop.domain.mailing import MOST_MAIL
from cocm_desktop.domain.patient import LONGEST_NAME, PatientDraft, Reach
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from tests.actions.work import as_role, call
from tests.printing.read_back import texts

ASKED = {"appointment_with": "M. Bell, LCSW"}
APPOINTMENT = {"appointment_date": "12/7/2026", "appointment_time": "2:30 pm"}
HOME = Reach(address="48 Juniper Lane", city="Denver", state="CO", language="español")
KEY = (LetterKind.APPOINTMENT, Language.ENGLISH)


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """Give the front desk of a practice with a phone and an address."""
    practice = replace(
        read_practice(workspace), phone="303-555-0142", address="12 River Street", city="Denver"
    )
    change_practice(workspace, practice)
    return as_role(workspace, Role.FRONT_DESK)


def housed(workspace: Workspace, patient_id: PatientId) -> None:
    patient = read_patient(workspace, patient_id)
    draft = PatientDraft(
        "Alvarez", "María", patient.born_on, patient.mrn, reach=HOME, id=patient_id
    )
    change_patient(workspace, draft, version=patient.version)


def test_the_front_desk_writes_and_prints_a_letter_in_the_patients_language(
    workspace: Workspace, desk: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    housed(workspace, maria_patient)
    request = LetterRequest(maria_patient, LetterKind.APPOINTMENT, given=APPOINTMENT)

    written = write_patient_letter(desk, request)
    write_patient_letter(desk, request)

    [letter] = read_letters(desk, maria_patient)
    assert letter.id == written.record_id
    assert letter.episode_id == maria
    assert letter.language is Language.SPANISH
    [page] = texts(print_patient_letter(desk, letter.id).content)
    assert "7 de diciembre de 2026" in page
    assert "48 Juniper Lane Denver, CO" in page
    assert "M. Bell, LCSW" in page


def test_a_letter_with_a_missing_value_is_not_kept(
    desk: Workspace, maria_patient: PatientId
) -> None:
    request = LetterRequest(maria_patient, LetterKind.APPOINTMENT, given={})

    with pytest.raises(Refused) as refused:
        write_patient_letter(desk, request)

    missing = {problem.field for problem in refused.value.problems}
    assert missing == {"appointment_date", "appointment_time", "appointment_with"}
    assert read_letters(desk, maria_patient) == ()


def test_the_letter_of_two_attempts_knows_their_days(
    workspace: Workspace, desk: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    for day in (date(2026, 11, 12), date(2026, 11, 19)):
        call(workspace, maria, day, minutes=0, outcome=ContactOutcome.NO_ANSWER)

    basis = read_letter_basis(desk, maria_patient)

    values = basis.values(Language.ENGLISH, {})
    assert (values["first_attempt"], values["second_attempt"]) == ("Nov 12, 2026", "Nov 19, 2026")
    assert values["practitioner_name"] == "A. Smith, MD"
    assert values["reply_by"] == "Dec 14, 2026"


def test_an_advice_is_written_and_printed_elsewhere(
    desk: Workspace, maria_patient: PatientId
) -> None:
    with pytest.raises(Refused, match="written from its review"):
        write_patient_letter(desk, LetterRequest(maria_patient, LetterKind.RECOMMENDATION))


def test_whoever_died_gets_no_letter_and_no_label(
    workspace: Workspace, desk: Workspace, maria_patient: PatientId
) -> None:
    housed(workspace, maria_patient)
    record_death(workspace, DeathDraft(maria_patient, date(2026, 11, 20)))

    with pytest.raises(Refused, match="having died"):
        write_patient_letter(
            desk, LetterRequest(maria_patient, LetterKind.INTRODUCTION, given=_named())
        )
    with pytest.raises(Refused, match="Recorded as died"):
        print_labels(desk, [maria_patient])

    assert read_letters(desk, maria_patient) == ()


def test_the_longest_name_still_gets_a_letter(desk: Workspace) -> None:
    who = PatientDraft("M" * LONGEST_NAME, "W" * LONGEST_NAME, date(1980, 1, 2))
    add_patient(desk, who)

    write_patient_letter(
        desk, LetterRequest(who.id, LetterKind.APPOINTMENT, given=APPOINTMENT | ASKED)
    )

    [letter] = read_letters(desk, who.id)
    assert letter.recipient == f"{who.first_name} {who.last_name}"


def test_a_letter_that_was_not_sent_goes_to_nobody_who_died_since(
    workspace: Workspace, desk: Workspace, maria_patient: PatientId
) -> None:
    request = LetterRequest(maria_patient, LetterKind.APPOINTMENT, given=APPOINTMENT | ASKED)
    letter_id = str(write_patient_letter(desk, request).record_id)
    record_death(workspace, DeathDraft(maria_patient, date(2026, 11, 20)))

    with pytest.raises(Refused, match="having died"):
        print_patient_letter(desk, letter_id)
    with pytest.raises(Refused, match="having died"):
        print_consent_form(desk, patient_id=maria_patient)

    record_sending(desk, letter_id, SendingDraft(date(2026, 11, 30), SendingWay.BY_HAND))
    assert texts(print_patient_letter(desk, letter_id).content)


def _named() -> dict[str, str]:
    people = ("practitioner_name", "care_manager_name", "consultant_name")
    return dict.fromkeys(people, "somebody")


def test_a_consent_form_is_filled_for_a_patient_and_blank_for_anybody(
    workspace: Workspace, desk: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    housed(workspace, maria_patient)

    [filled] = texts(print_consent_form(desk, patient_id=maria_patient).content)
    [blank] = texts(print_consent_form(desk).content)

    assert "Consentimiento" in filled
    assert "A. Smith, MD" in filled
    assert "Consent to collaborative care" in blank
    assert BLANK in blank
    assert "303-555-0142" in blank


def test_a_consent_form_may_be_kept_as_a_letter(
    desk: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    written = write_patient_letter(desk, LetterRequest(maria_patient, LetterKind.CONSENT))

    [page] = texts(print_patient_letter(desk, written.record_id).content)

    assert "Signature" in page


def test_the_practices_own_words_hold_until_it_gives_them_up(
    workspace: Workspace, desk: Workspace, maria_patient: PatientId
) -> None:
    shipped = read_template(workspace, *KEY)
    own = TemplateDraft(*KEY, "See you soon", "Dear {patient_name}: {appointment_date}.")

    change_template(workspace, own)
    assert change_template(workspace, own).record_id == own.id
    letter_id = write_patient_letter(
        desk, LetterRequest(maria_patient, LetterKind.APPOINTMENT, given=APPOINTMENT)
    ).record_id
    kept = read_template(workspace, *KEY)
    use_shipped_template(workspace, *KEY)

    assert (kept.title, kept.is_own) == ("See you soon", True)
    assert read_template(workspace, *KEY) == shipped
    assert read_letter(desk, letter_id).body == "Dear María Alvarez: Monday, Dec 7, 2026."
    assert len(read_templates(desk)) == 2 * len(PATIENT_KINDS)
    with pytest.raises(Refused, match="comes with the program already"):
        use_shipped_template(workspace, *KEY)


@pytest.mark.parametrize(
    ("body", "words"),
    [("Dear {name}", "no field {name}"), ("- x\n" * 60, "takes 2 pages, and a letter has one")],
)
def test_a_wording_that_cannot_be_used_is_not_kept(
    workspace: Workspace, body: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        change_template(workspace, TemplateDraft(*KEY, "Title", body))

    assert not read_template(workspace, *KEY).is_own


@pytest.mark.parametrize("kind", [LetterKind.APPOINTMENT, LetterKind.CONSENT])
def test_a_wording_is_tried_out_with_made_up_values(workspace: Workspace, kind: LetterKind) -> None:
    draft = TemplateDraft(kind, Language.SPANISH, "Prueba", "Hola, {patient_name}.")

    [page] = texts(preview_template(workspace, draft).content)

    assert "Hola, Rosa Delgado." in page
    assert "Riverbend Family Medicine" in page


def test_envelopes_and_labels_name_whom_they_leave_out(
    workspace: Workspace, desk: Workspace, maria_patient: PatientId
) -> None:
    housed(workspace, maria_patient)
    chen = add_patient(workspace, PatientDraft("Chen", "Li", date(1980, 1, 2))).record_id

    labels = print_labels(desk, [chen, maria_patient, maria_patient], start=30)
    envelopes = print_envelopes(desk, [maria_patient], names_practice=False)

    assert "CHEN, Li" in labels.mailing.left_out_words
    [page] = texts(labels.paper.content)
    assert page.count("48 Juniper Lane") == 1
    assert "Riverbend" not in texts(envelopes.paper.content)[0]


def test_no_more_is_printed_at_once_than_a_day_of_work(desk: Workspace) -> None:
    with pytest.raises(Refused, match="At most 2,000"):
        print_labels(desk, ["x"] * (MOST_MAIL + 1))


@pytest.mark.parametrize("start", [0, 31])
def test_labels_begin_on_their_sheet(desk: Workspace, maria_patient: PatientId, start: int) -> None:
    with pytest.raises(Refused, match="labels 1 to 30"):
        print_labels(desk, [maria_patient], start=start)


def test_a_biller_writes_no_letter(workspace: Workspace, maria_patient: PatientId) -> None:
    biller = as_role(workspace, Role.BILLER)

    for refused in (
        lambda: write_patient_letter(biller, LetterRequest(maria_patient, LetterKind.APPOINTMENT)),
        lambda: print_labels(biller, [maria_patient]),
        lambda: print_envelopes(biller, [maria_patient]),
        lambda: print_consent_form(biller),
        lambda: change_template(biller, TemplateDraft(*KEY, "a", "b")),
        lambda: use_shipped_template(biller, *KEY),
    ):
        with pytest.raises(Refused, match="you may not"):
            refused()
