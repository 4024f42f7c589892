"""The practice's details and its choices."""

from __future__ import annotations

from typing import Any

import pytest

from cocm_desktop.domain.practice import US_TIME_ZONES
from tests.builders import a_practice


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        pytest.param({}, [], id="as made up"),
        pytest.param({"npi": "", "ein": ""}, [], id="numbers may wait"),
        pytest.param({"name": " "}, ["name"], id="no name"),
        pytest.param({"npi": "1234567890"}, ["npi"], id="a wrong check digit"),
        pytest.param({"ein": "12-345"}, ["ein"], id="a short EIN"),
        pytest.param({"time_zone": "Europe/Berlin"}, [], id="a zone outside the list"),
        pytest.param({"time_zone": "Mars/Olympus"}, ["time_zone"], id="no such zone"),
        pytest.param({"time_zone": ""}, ["time_zone"], id="no zone"),
        pytest.param({"time_zone": "../../etc/passwd"}, ["time_zone"], id="a path"),
        pytest.param({"time_zone": "America"}, ["time_zone"], id="a folder of zones"),
    ],
)
def test_problems(changes: dict[str, Any], fields: list[str]) -> None:
    assert [problem.field for problem in a_practice(**changes).problems()] == fields


@pytest.mark.parametrize("zone", US_TIME_ZONES)
def test_every_zone_offered_is_known(zone: str) -> None:
    assert list(a_practice(time_zone=zone).problems()) == []


def test_an_address_has_no_empty_lines() -> None:
    bare = a_practice(address="", city="", state="", postal_code="")

    assert a_practice().address_lines == ("120 Mill Street", "Kingston, NY 12401-0042")
    assert bare.address_lines == ()
