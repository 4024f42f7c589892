"""All that a form comes to, in words: the publisher's rules and nothing beside them."""

from __future__ import annotations

from cocm_desktop.domain.form_score import score_form, score_of_measure
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.patient import Sex
from tests.builders import a_measure, a_measure_draft, load_instrument, phq9
from tests.domain.test_measure import FACTS


def test_a_form_is_told_scale_by_scale_and_rule_by_rule() -> None:
    form = score_form(load_instrument(InstrumentId("PHQ-4")), (3, 1, 0, 1))

    assert form.total == 5
    assert form.lines == (
        "Anxiety (GAD-2): 4 of 6",
        "Depression (PHQ-2): 1 of 6",
        "Positive screen for anxiety: met",
        "Positive screen for depression: not met",
    )


def test_what_is_missing_is_said_and_not_counted() -> None:
    form = score_form(load_instrument(InstrumentId("PHQ-4")), (3, None, 0, 1))

    assert form.lines[0] == "Anxiety (GAD-2): answers are missing"
    assert form.lines[2] == "Positive screen for anxiety: cannot be said yet"


def test_a_band_of_a_subscale_is_named_and_a_doubt_is_marked() -> None:
    answers = (0, 1, 0, 0, *(None,) * 3, 1, 1, 0, 0, *(None,) * 19)

    lines = score_form(load_instrument(InstrumentId("TAPS")), answers).lines

    assert lines[0] == "Tobacco: 0 of 3, no use in past 3 months"
    assert lines[1] == "Alcohol: 2 of 4, higher risk (not confirmed)"


def test_the_triage_is_told_under_the_publishers_name() -> None:
    screener = load_instrument(InstrumentId("C-SSRS"))
    title = "Columbia protocol screener: triage printed on the form"

    assert score_form(screener, (1, 1, 1, 0, 0, 0, None)).lines == (f"{title}: Moderate Risk",)
    assert score_form(screener, (0, 0, None, None, None, 0, None)).lines == (
        f"{title}: No item answered yes",
    )
    assert score_form(screener, (1, None, None, None, None, 0, None)).lines == (
        f"{title}: Low Risk (answers that could raise it are missing)",
    )
    assert score_form(screener, (0, None, None, None, None, 0, None)).lines == (
        f"{title}: answers are missing",
    )


def test_a_cut_off_that_depends_on_the_sex_is_told_where_that_is_on_file() -> None:
    audit_c = load_instrument(InstrumentId("AUDIT-C"))

    assert score_form(audit_c, (1, 1, 1), Sex.FEMALE).lines == ("Positive screen, women: met",)
    assert score_form(audit_c, (1, 1, 1), Sex.MALE).lines == ("Positive screen, men: not met",)
    assert score_form(audit_c, (1, 1, 1), Sex.UNKNOWN).lines == ()


def test_a_measure_of_which_only_the_total_is_known_is_held_against_its_cut_offs() -> None:
    draft = a_measure_draft(answers=(), total_only=12)
    alone = score_of_measure(phq9(), draft.accept(phq9(), FACTS), None)
    full = score_of_measure(phq9(), a_measure(12), None)

    assert (alone.total, full.total) == (12, 12)
    assert "Positive screen: met" in alone.lines
    assert "Five symptoms, one of them item 1 or 2: cannot be said yet" in alone.lines
