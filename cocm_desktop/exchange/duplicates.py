"""Finding the patients on file who are, or may be, the one at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from rapidfuzz.distance import JaroWinkler

from cocm_desktop.domain.duplicate import Duplicate, Likeness, PatientKey
from cocm_desktop.domain.identifiers import US_PHONE_DIGITS, phone_digits
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.text import fold, tidy
from cocm_desktop.exchange.nicknames import stand_for_one_another

# Chosen by trial: McLaughlin and MacLaughlin are alike, Nguyen and Nolan are not.
_ALIKE = 0.9
_ALIKE_GIVEN = 0.87
_FEWEST_LETTERS = 3
_ORDER = list(Likeness)


class KnownPatients:
    """Patients by what they may be found by, so that a long list is compared in no time."""

    def __init__(self, keys: Iterable[PatientKey] = ()) -> None:
        self._by_mrn: defaultdict[str, list[PatientKey]] = defaultdict(list)
        self._by_birth: defaultdict[date, list[PatientKey]] = defaultdict(list)
        self._by_name: defaultdict[str, list[PatientKey]] = defaultdict(list)
        self._by_phone: defaultdict[str, list[PatientKey]] = defaultdict(list)
        for key in keys:
            self.add(key)

    def add(self, key: PatientKey) -> None:
        if mrn := _mrn(key.mrn):
            self._by_mrn[mrn].append(key)
        self._by_birth[key.born_on].append(key)
        self._by_name[_name(key.last_name, key.first_name)].append(key)
        if phone := _phone(key.phone):
            self._by_phone[phone].append(key)

    def like(self, draft: PatientDraft) -> list[Duplicate]:
        """Give everybody like the draft, the most certain first; each patient once."""
        found: dict[str, Duplicate] = {}
        for key, likeness in self._pairs(draft):
            known = found.get(key.id)
            if known is None or _ORDER.index(likeness) < _ORDER.index(known.likeness):
                found[key.id] = Duplicate(key, likeness)
        return sorted(found.values(), key=lambda d: (_ORDER.index(d.likeness), d.key.id))

    def _pairs(self, draft: PatientDraft) -> Iterator[tuple[PatientKey, Likeness]]:
        for key in self._by_mrn.get(_mrn(draft.mrn), ()):
            if likeness := _of_same_mrn(draft, key):
                yield key, likeness
        if draft.born_on is not None:
            yield from self._of_birth(draft, draft.born_on)
        for key in self._by_phone.get(_phone(draft.reach.phone), ()):
            if _is_same_given(draft, key):
                yield key, Likeness.SAME_PHONE

    def _of_birth(
        self, draft: PatientDraft, born_on: date
    ) -> Iterator[tuple[PatientKey, Likeness]]:
        for key in self._by_birth.get(born_on, ()):
            if likeness := _of_same_birth(draft, key):
                yield key, likeness
        for key in self._by_name.get(_name(draft.last_name, draft.first_name), ()):
            if _is_near(born_on, key.born_on):
                yield key, Likeness.SIMILAR_BIRTH


def possible_duplicates(draft: PatientDraft, keys: Iterable[PatientKey]) -> list[Duplicate]:
    """Give everybody on file who is or may be the patient being typed, the most certain first."""
    return KnownPatients(keys).like(draft)


def _of_same_mrn(draft: PatientDraft, key: PatientKey) -> Likeness | None:
    """Believe an MRN unless name and birth both speak against it."""
    same_birth = draft.born_on in {None, key.born_on}
    if same_birth or _is_similar(draft.last_name, key.last_name) or _is_same_given(draft, key):
        return Likeness.SAME_MRN
    return Likeness.TAKEN_MRN if tidy(draft.mrn) == key.mrn else None


def _of_same_birth(draft: PatientDraft, key: PatientKey) -> Likeness | None:
    last, first = fold(draft.last_name), fold(draft.first_name)
    key_last, key_first = fold(key.last_name), fold(key.first_name)
    if not last and not first:
        return None
    if _squeezed(last, first) == _squeezed(key_last, key_first):
        other_mrn = draft.mrn.strip() and key.mrn and _mrn(draft.mrn) != _mrn(key.mrn)
        return Likeness.OTHER_MRN if other_mrn else Likeness.SAME_PERSON
    if (last, first) == (key_first, key_last):
        return Likeness.SWAPPED_NAMES
    if _is_same_given(draft, key):
        similar = _is_similar(draft.last_name, key.last_name)
        return Likeness.SIMILAR_NAME if similar else Likeness.OTHER_FAMILY_NAME
    if _is_similar(draft.last_name, key.last_name) and _is_similar_given(first, key_first):
        return Likeness.SIMILAR_NAME
    return None


def _is_similar(one: str, other: str) -> bool:
    """Compare family names: one typed in haste, or one part of a double name left out."""
    one, other = fold(one), fold(other)
    parts, others = set(one.split()), set(other.split())
    if not parts or not others:
        return False
    long_enough = min(len(one), len(other)) >= _FEWEST_LETTERS
    if long_enough and (parts <= others or others <= parts):
        return True
    squeezed, other_squeezed = one.replace(" ", ""), other.replace(" ", "")
    return float(JaroWinkler.similarity(squeezed, other_squeezed)) >= _ALIKE


def _is_similar_given(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    if set(one.split()[:1]) == set(other.split()[:1]):
        return True
    return float(JaroWinkler.similarity(one, other)) >= _ALIKE_GIVEN


def _is_same_given(draft: PatientDraft, key: PatientKey) -> bool:
    """Compare given names with their short forms and with the names people go by."""
    ones = {fold(name) for name in (draft.first_name, draft.preferred_name)} - {""}
    others = {fold(name) for name in (key.first_name, key.preferred_name)} - {""}
    return any(
        one == other or stand_for_one_another(one.split()[0], other.split()[0])
        for one in ones
        for other in others
    )


def _is_near(one: date, other: date) -> bool:
    """Tell whether two dates differ as by a slip: one part wrong, or day and month changed."""
    if one == other:
        return False
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return True
    parts = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return sum(part != its_other for part, its_other in parts) == 1


def _squeezed(last: str, first: str) -> tuple[str, str]:
    return last.replace(" ", ""), first.replace(" ", "")


def _name(last: str, first: str) -> str:
    return "|".join(_squeezed(fold(last), fold(first)))


def _mrn(text: str) -> str:
    """Compare MRNs without the zeros in front that spreadsheets drop."""
    return tidy(text).casefold().lstrip("0")


def _phone(text: str) -> str:
    digits = phone_digits(text)
    return digits if len(digits) == US_PHONE_DIGITS else ""
