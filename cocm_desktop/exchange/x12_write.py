"""Segments of an X12 file as text: elements joined, empty ones at the end left out."""

from __future__ import annotations

from cocm_desktop.domain.billing.claim_text import claim_text

ELEMENT, PART, REPEAT, END = "*", ":", "^", "~"
LONGEST_NAME = 60
LONGEST_GIVEN_NAME = 35
LONGEST_STREET = 55
LONGEST_CITY = 30


def segment(*elements: str) -> str:
    """Write one segment. The elements hold no delimiter: texts went through claim_text."""
    return ELEMENT.join(elements).rstrip(ELEMENT) + END


def address(street: str, *, city: str, state: str, postal_code: str) -> tuple[str, str]:
    """Write a street, and a city with state and ZIP code without its dash."""
    digits = postal_code.replace("-", "").strip()
    return (
        segment("N3", claim_text(street, LONGEST_STREET)),
        segment("N4", claim_text(city, LONGEST_CITY), claim_text(state, 2), digits),
    )


def organization(kind: str, name: str, *identity: str) -> str:
    """Name an organization; `identity` is the qualifier of its number and the number."""
    return segment("NM1", kind, "2", claim_text(name, LONGEST_NAME), "", "", "", "", *identity)


def person(kind: str, name: tuple[str, str], *identity: str) -> str:
    """Name a person by family and given name."""
    last, first = name
    given = claim_text(first, LONGEST_GIVEN_NAME)
    return segment("NM1", kind, "1", claim_text(last, LONGEST_NAME), given, "", "", "", *identity)
