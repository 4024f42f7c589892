from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.domain.packet_options import Identity, PacketOptions
from tests.builders import a_patient

MARIA = a_patient(last_name="Alvarez", first_name="María", mrn="100245", born_on=date(1971, 4, 5))
NO_MRN = a_patient(last_name="Alvarez", first_name="María", mrn="", born_on=date(1971, 4, 5))


@pytest.mark.parametrize(
    ("identity", "named", "mrn", "born"),
    [
        (Identity.NAME, "ALVAREZ, María", "MRN 100245", "Apr 5, 1971"),
        (Identity.INITIALS, "M. A.", "MRN 100245", "1971"),
        (Identity.MRN, "MRN 100245", "", "1971"),
    ],
)
def test_a_patient_is_named_as_was_chosen(
    identity: Identity, named: str, mrn: str, born: str
) -> None:
    options = PacketOptions(identity)

    assert (options.named(MARIA), options.mrn_of(MARIA), options.born(MARIA)) == (named, mrn, born)


def test_one_without_a_number_has_initials_in_its_place() -> None:
    options = PacketOptions(Identity.MRN)

    assert (options.named(NO_MRN), options.mrn_of(NO_MRN)) == ("M. A.", "no MRN")
