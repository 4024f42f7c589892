from __future__ import annotations

import pytest

from cocm_desktop.errors import Unavailable
from cocm_desktop.printing.proof import proof
from cocm_desktop.printing.superbill import superbills_pdf
from tests.builders import a_bill_paper


@pytest.fixture(scope="module")
def whole() -> bytes:
    return superbills_pdf([a_bill_paper(), a_bill_paper()])


def test_a_whole_file_passes(whole: bytes) -> None:
    assert proof(whole, pages=2) is whole


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.999])
def test_a_file_cut_short_does_not_pass(whole: bytes, share: float) -> None:
    with pytest.raises(Unavailable, match="cut short"):
        proof(whole[: int(len(whole) * share)], pages=2)


def test_a_file_torn_in_the_middle_does_not_pass(whole: bytes) -> None:
    middle = len(whole) // 2

    with pytest.raises(Unavailable, match="No file was changed"):
        proof(whole[: middle - 9000] + whole[middle:], pages=2)


def test_a_file_that_lacks_a_page_does_not_pass(whole: bytes) -> None:
    with pytest.raises(Unavailable, match="it has 2 pages and should have 3"):
        proof(whole, pages=3)


def test_something_else_does_not_pass() -> None:
    with pytest.raises(Unavailable):
        proof(b"PK\x03\x04 not a page", pages=1)
