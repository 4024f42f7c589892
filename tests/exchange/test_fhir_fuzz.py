"""No FHIR file, whatever it holds, makes the reader fail in another way than by a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cocm_desktop.domain.instrument_definition import parse_instrument
from cocm_desktop.domain.instrument_pack import PackChoices
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.fhir_instrument import read_form
from tests.exchange.forms import ORDINAL, WEIGHT, option, question

# Coverage would take most of the time; other tests reach the same lines.
pytestmark = pytest.mark.no_cover

scalar = st.none() | st.booleans() | st.integers(-3, 200) | st.floats() | st.text(max_size=8)
anything = st.recursive(
    scalar,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
coding = st.fixed_dictionaries({}, optional={"display": anything, "code": anything})
extension = st.fixed_dictionaries(
    {"url": st.sampled_from([ORDINAL, WEIGHT, "x"])},
    optional={"valueDecimal": anything, "valueInteger": anything},
)
answer_option = st.fixed_dictionaries(
    {},
    optional={
        "valueCoding": coding | anything,
        "valueInteger": anything,
        "valueString": anything,
        "extension": st.lists(extension, max_size=2) | anything,
    },
)
asked_question = st.recursive(
    st.fixed_dictionaries(
        {},
        optional={
            "linkId": st.text("12ab", min_size=1, max_size=2) | anything,
            "type": st.sampled_from(["choice", "group", "integer", "string"]) | anything,
            "text": anything,
            "code": st.lists(coding, max_size=2) | anything,
            "answerOption": st.lists(answer_option, max_size=4) | anything,
            "answerValueSet": st.just("#set") | anything,
            "repeats": anything,
            "enableWhen": anything,
        },
    ),
    lambda inner: st.fixed_dictionaries({"linkId": st.text("xyz"), "item": st.lists(inner)}),
    max_leaves=6,
)
value_set = st.fixed_dictionaries(
    {"resourceType": st.just("ValueSet"), "id": st.just("set")},
    optional={"expansion": anything, "compose": anything},
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries(
        {"item": st.lists(asked_question, max_size=4) | anything},
        optional={
            "title": anything,
            "contained": st.lists(value_set, max_size=1) | anything,
            "code": anything,
            "copyright": anything,
        },
    )
)
@example({"item": [question("1", answerOption=[option("A", 1e308), option("B", float("inf"))])]})
@example({"item": [question("1", answerOption=[option("A", float("nan")), option("B", 1)])]})
def test_no_file_whatever_it_holds_makes_the_reader_fail(content: dict[str, Any]) -> None:
    try:
        found = read_form(content, PackChoices())
        parse_instrument({**found.content, "version": 1})
    except Refused:
        return
