from __future__ import annotations

from datetime import date

from cocm_desktop.actions.codes import load_codes
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.icd_release import IcdRelease, ending_words

OCTOBER = date(2026, 10, 1)


def a_release(*ended: str, keeps: float = 1.0) -> IcdRelease:
    """Give a release with the program's billable codes, but for those that end."""
    codes = [each for each in load_codes().codes.values() if each.is_billable(OCTOBER)]
    kept = codes[: int(len(codes) * keeps)]
    titles = {each.code.replace(".", ""): each.title for each in kept if each.code not in ended}
    return IcdRelease("ICD-10-CM 2027", Span(OCTOBER), titles)


def test_a_release_that_ends_nothing_says_nothing() -> None:
    assert ending_words(load_codes(), a_release()) == ""


def test_a_release_names_the_codes_that_it_ends() -> None:
    told = ending_words(load_codes(), a_release("F33.1", "F41.1"))

    assert told == "It ends 2 codes that can be billed now: F33.1, F41.1."


def test_a_file_that_was_cut_off_is_told_before_it_is_loaded() -> None:
    told = ending_words(load_codes(), a_release(keeps=0.5))

    assert "codes that can be billed now: " in told
    assert told.endswith("A release ends few: compare the file with its source before you load it.")
