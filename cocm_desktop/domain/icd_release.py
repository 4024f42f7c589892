"""A release of the diagnosis codes that a practice loaded, laid over those of the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.diagnosis_code import CodeSet, DiagnosisCode, is_diagnosis_code
from cocm_desktop.domain.wording import count_of, long_date

BEHAVIORAL = "F"
FEW_NAMED = 5
MOST_ENDED = 60
_PLAIN = 3  # letters of a category, before the dot


@dataclass(frozen=True, eq=False)
class IcdRelease:
    """Every billable code of one release with its title, as the agency writes it: without dots."""

    name: str
    valid: Span
    titles: Mapping[str, str]

    def title(self, code: str) -> str:
        return self.titles.get(code.replace(".", ""), "")


def dotted(code: str) -> str:
    """Write F331 as F33.1."""
    return f"{code[:_PLAIN]}.{code[_PLAIN:]}" if len(code) > _PLAIN else code


def with_releases(shipped: CodeSet, releases: Iterable[IcdRelease]) -> CodeSet:
    """Lay releases over the program's codes, the oldest first.

    A release adds the behavioral codes that are new, and ends those that it has no more, the day
    before it begins. Codes of other chapters are found in it too.
    """
    in_order = sorted(releases, key=lambda each: each.valid.first)
    if not in_order:
        return shipped
    codes, latest = dict(shipped.codes), in_order[-1]
    newer = [each for each in in_order if each.valid.first > shipped.release]
    for release in newer:
        codes = _laid_over(codes, release)
    last = latest.valid.last or date.max
    return replace(
        shipped,
        codes=dict(sorted(codes.items())),
        release=latest.valid.first if newer else shipped.release,
        checked_until=max(last, shipped.checked_until),
        source=f"{shipped.source} {latest.name}, loaded by the practice.",
        beyond=latest.titles,
    )


def is_billable_in(codes: CodeSet, releases: Iterable[IcdRelease], code: str, *, day: date) -> bool:
    """Tell whether a code can be billed on a day: by the release that holds, or the program's list.

    That list has the whole of chapter F; a code of another chapter is taken as it is written.
    """
    release = next((each for each in releases if each.valid.holds(day)), None)
    if release is not None:
        return bool(release.title(code))
    known = codes.codes.get(code)
    if known is None:
        return is_diagnosis_code(code) and not code.startswith(BEHAVIORAL)
    return known.is_billable(day)


def ending_words(codes: CodeSet, release: IcdRelease) -> str:
    """Say which codes a release would end; empty for none.

    A year ends some thirty of all codes (CMS, 2027): many more tell of a file that was cut off,
    and every bill with one of them would be stopped.
    """
    first = release.valid.first
    ends = [each.code for each in codes.codes.values() if _ends(each, release, first)]
    if not ends:
        return ""
    named = ", ".join(ends[:FEW_NAMED]) + (" …" if len(ends) > FEW_NAMED else "")
    words = f"It ends {count_of(len(ends), 'code')} that can be billed now: {named}."
    if len(ends) <= MOST_ENDED:
        return words
    return f"{words} A release ends few: compare the file with its source before you load it."


def _ends(known: DiagnosisCode, release: IcdRelease, first: date) -> bool:
    return known.is_billable(first) and not release.title(known.code)


def release_words(codes: CodeSet) -> str:
    return f"ICD-10-CM, release of {long_date(codes.release)}"


def _laid_over(codes: Mapping[str, DiagnosisCode], release: IcdRelease) -> dict[str, DiagnosisCode]:
    first = release.valid.first
    divided = {bare[:length] for bare in release.titles for length in range(_PLAIN, len(bare))}
    laid = {code: _continued(known, release, divided) for code, known in codes.items()}
    for bare, title in release.titles.items():
        code = dotted(bare)
        if bare.startswith(BEHAVIORAL) and code not in laid:
            laid[code] = DiagnosisCode(code, title, valid_from=first)
    return laid


def _continued(
    known: DiagnosisCode, release: IcdRelease, divided: AbstractSet[str]
) -> DiagnosisCode:
    """Give a known code as it stands with the release: going on, ended, or billable anew.

    `divided` holds the beginnings of all its codes: what stands over longer ones.
    """
    first = release.valid.first
    title = release.title(known.code)
    if title and known.is_header and not known.valid_to:
        return replace(known, title=title, is_header=False, valid_from=first)
    if title or not known.is_billable(first):
        return known
    is_divided = known.code.replace(".", "") in divided
    return replace(known, is_header=is_divided, valid_to=first - timedelta(days=1))
