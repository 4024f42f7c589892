"""The answers of a FHIR question and what each counts for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cocm_desktop.domain.instrument_definition import HIGHEST_VALUE, LONGEST_NAME, MOST_OPTIONS
from cocm_desktop.domain.text import tidy

# Source: https://hl7.org/fhir/R4/extension-ordinalvalue.html, and itemWeight, its name in R5.
ORDINAL_URLS = frozenset(
    {
        "http://hl7.org/fhir/StructureDefinition/ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/itemWeight",
        "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    }
)
LOINC = "http://loinc.org"


@dataclass(frozen=True, slots=True)
class ValuedOption:
    """An answer with its value, None where the file gives it none."""

    words: str
    value: int | None


def options_of(
    question: Mapping[str, Any], sets: Mapping[str, Any]
) -> tuple[Sequence[ValuedOption], str]:
    """Give the answers of a question, or what keeps it from being scored."""
    options, problem = _found(question, sets)
    if problem:
        return (), problem
    if not options:
        return (), "lists no answers"
    if len(options) > MOST_OPTIONS:
        return (), f"has more than {MOST_OPTIONS} answers"
    weights = [weight for _, weight in options]
    read = [ValuedOption(words[:LONGEST_NAME], _whole(weight)) for words, weight in options]
    if any(w is not None and o.value is None for w, o in zip(weights, read, strict=True)):
        return (), f"has values that are no whole numbers from 0 to {HIGHEST_VALUE}"
    if all(option.value is None for option in read):
        return read, "has answers without values"
    return read, ""


def contained_sets(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Give the value sets inside the file, by each name that a question may refer to.

    Source: https://hl7.org/fhir/R4/references.html#canonical: #id, url, or url|version.
    """
    contained = resource.get("contained")
    found: dict[str, Any] = {}
    for part in contained if isinstance(contained, list) else []:
        if isinstance(part, dict) and part.get("resourceType") == "ValueSet":
            for name in _names_of(part):
                found.setdefault(name, part)
    return found


def _names_of(value_set: Mapping[str, Any]) -> Iterator[str]:
    own_id, url, version = (value_set.get(name) for name in ("id", "url", "version"))
    if isinstance(own_id, str):
        yield f"#{own_id}"
    if isinstance(url, str) and url:
        yield url
        yield f"{url}|{version if isinstance(version, str) else ''}"


def _set_named(reference: str, sets: Mapping[str, Any]) -> Any:
    """Find a set by its name; one that states no version stands for every version."""
    return sets.get(reference) or sets.get(f"{reference.partition('|')[0]}|")


def codes_of(content: Mapping[str, Any]) -> list[str]:
    """Give the LOINC codes of a question or of the whole form."""
    codes = content.get("code")
    return [
        tidy(code["code"])[:LONGEST_NAME]
        for code in (codes if isinstance(codes, list) else [])
        if isinstance(code, dict)
        and code.get("system") == LOINC
        and isinstance(code.get("code"), str)
    ]


def _found(
    question: Mapping[str, Any], sets: Mapping[str, Any]
) -> tuple[list[tuple[str, Any]], str]:
    listed = question.get("answerOption")
    if isinstance(listed, list) and listed:
        return [_listed(option) for option in listed if isinstance(option, dict)], ""
    reference = question.get("answerValueSet")
    if not isinstance(reference, str):
        return [], ""
    found = _set_named(reference, sets)
    if found is None:
        return [], f"takes its answers from {tidy(reference)[:80]}, which is not in the file"
    return [_concept(concept) for concept in _concepts(found)], ""


def _listed(option: Mapping[str, Any]) -> tuple[str, Any]:
    """Give the words and the weight: on the answer itself, or on its coding."""
    coding = option.get("valueCoding")
    if isinstance(coding, dict):
        weight = _weight(option)
        return _concept_words(coding), _weight(coding) if weight is None else weight
    number = option.get("valueInteger")
    if number is not None:
        weight = _weight(option)
        return tidy(str(number)), number if weight is None else weight
    text = option.get("valueString")
    beside = option.get("_valueString")
    weight = _weight(option)
    if weight is None and isinstance(beside, dict):
        weight = _weight(beside)
    return (tidy(text) if isinstance(text, str) else "") or "(no words)", weight


def _concepts(value_set: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the concepts that stand in the set itself. References to other sets are not followed."""
    expansion, compose = value_set.get("expansion"), value_set.get("compose")
    found: Any = expansion.get("contains") if isinstance(expansion, dict) else None
    if not isinstance(found, list) or not found:
        included = compose.get("include") if isinstance(compose, dict) else None
        parts = (
            [part for part in included if isinstance(part, dict)]
            if isinstance(included, list)
            else []
        )
        lists = [part.get("concept") for part in parts]
        found = [concept for each in lists if isinstance(each, list) for concept in each]
    return [concept for concept in found if isinstance(concept, dict)]


def _concept(concept: Mapping[str, Any]) -> tuple[str, Any]:
    return _concept_words(concept), _weight(concept)


def _concept_words(concept: Mapping[str, Any]) -> str:
    for name in ("display", "code"):
        words = concept.get(name)
        if isinstance(words, str) and tidy(words):
            return tidy(words)
    return "(no words)"


def _weight(content: Mapping[str, Any]) -> Any:
    extensions = content.get("extension")
    for extension in extensions if isinstance(extensions, list) else []:
        if isinstance(extension, dict) and extension.get("url") in ORDINAL_URLS:
            for name in ("valueDecimal", "valueInteger"):
                if extension.get(name) is not None:
                    return extension[name]
    return None


def _whole(weight: Any) -> int | None:
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        return None
    is_in_reach = 0 <= weight <= HIGHEST_VALUE
    return int(weight) if is_in_reach and weight == int(weight) else None
