"""A FHIR R4 Questionnaire with ordinal values, read as a definition of an instrument.

Nothing is guessed in silence: what is left out is told, and so is what was taken for granted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cocm_desktop.domain.instrument_definition import FORMAT, MOST_ITEMS
from cocm_desktop.domain.instrument_pack import PackChoices
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.typed_bands import read_bands
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.critical_question import CRITICAL_WORDS, reversed_words
from cocm_desktop.exchange.fhir_options import ValuedOption, codes_of, contained_sets, options_of

RESOURCE = "Questionnaire"
MOST_QUESTIONS = 1_000
LONGEST_TITLE, LONGEST_ID, SHOWN = 200, 40, 60
WITH_ANSWERS = frozenset({"choice", "open-choice", "coding", "integer", "decimal"})
NUMBERS = frozenset({"integer", "decimal", "quantity"})
FUNCTION_CODE = "69722-7"
"""LOINC: how difficult the problems made it. It closes a PHQ or GAD-7 and is never scored."""
CRITICAL_CODES = frozenset({"44260-8"})
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9 .()+-]+")
_NO_LICENCE = "The file states none. The practice answers for its right to use the form."


@dataclass
class _Form:
    """What has been read so far."""

    items: list[dict[str, Any]] = field(default_factory=list)
    difficulty: dict[str, Any] | None = None
    remarks: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A definition as it was read, without a version, and what there is to say about it."""

    content: dict[str, Any]
    remarks: tuple[str, ...]
    not_understood: tuple[str, ...]
    codes: tuple[str, ...]


def read_form(resource: Mapping[str, Any], choices: PackChoices) -> ReadForm:
    """Read the questions in order, groups unfolded, or raise Refused in words."""
    form = _Form(codes=codes_of(resource))
    sets = contained_sets(resource)
    for question in _questions(resource, form):
        read_before = len(form.items)
        _read(question, form, sets)
        if len(form.items) == read_before and _is_critical(question):
            form.left_out.append(
                f"{_named(question)} reads like one about dying or self-harm. Left out, it cannot "
                "open a safety task."
            )
    if not form.items:
        said = f" {' '.join(form.left_out[:5])}" if form.left_out else ""
        raise refuse(f"The file has no question whose answers carry whole numbers.{said}")
    if len(form.items) > MOST_ITEMS:
        raise refuse(f"The file has more than {MOST_ITEMS} questions with values.")
    _choose(form, choices)
    scored = [n for n, _ in enumerate(form.items, start=1) if n not in choices.not_scored]
    if not scored:
        raise refuse("Not one question is left to be scored.")
    total = {"items": scored, "bands": read_bands(choices.bands)}
    content = {**_heading(resource, choices), "items": form.items, "total": total}
    if form.difficulty:
        content["difficulty"] = form.difficulty
    form.remarks[:0] = [
        "The total is the plain sum of the scored questions.",
        "A higher total is taken to be worse: the file does not say.",
    ]
    return ReadForm(content, tuple(form.remarks), tuple(form.left_out), tuple(form.codes))


def refuse(words: str) -> Refused:
    return Refused(Problem("file", f"{words} Nothing was stored."))


def _heading(resource: Mapping[str, Any], choices: PackChoices) -> dict[str, Any]:
    title = _text(resource, "title") or _text(resource, "name") or _text(resource, "id") or "Form"
    own_id = _NOT_IN_ID.sub(" ", choices.instrument_id or title)
    return {
        "format": FORMAT,
        "id": " ".join(own_id.split()).lstrip(" .()+-")[:LONGEST_ID].strip() or "Form",
        "title": title[:LONGEST_TITLE],
        "recall": "Not stated",
        "respondent": "patient",
        "direction": "higher_is_worse",
        "source": _text(resource, "url") or f"{RESOURCE} {title}"[:LONGEST_TITLE],
        "licence": _text(resource, "copyright") or _NO_LICENCE,
        "may_ship_wording": False,
    }


def _questions(resource: Mapping[str, Any], form: _Form) -> Iterator[Mapping[str, Any]]:
    """Give every question in the order of the form; refuse what has no place or two."""
    waiting = list(reversed(_list(resource, "item")))
    count = 0
    while waiting:
        question = waiting.pop()
        count += 1
        if count > MOST_QUESTIONS:
            raise refuse(f"The file has more than {MOST_QUESTIONS:,} questions.")
        if not isinstance(question, dict):
            raise refuse("A question of the file is no object.")
        link_id = question.get("linkId")
        if not isinstance(link_id, str) or not tidy(link_id):
            raise refuse("A question of the file has no linkId.")
        if link_id in form.seen:
            raise refuse(f"Two questions of the file have the linkId {tidy(link_id)[:60]}.")
        form.seen.add(link_id)
        waiting.extend(reversed(_list(question, "item")))
        yield question


def _read(question: Mapping[str, Any], form: _Form, sets: Mapping[str, Any]) -> None:
    kind = tidy(str(question.get("type")))[:SHOWN]
    if kind in {"group", "display"}:
        return
    named, codes = _named(question), codes_of(question)
    form.codes += codes
    if kind not in WITH_ANSWERS:
        form.left_out.append(f"{named} has no answers with values ({kind}).")
        return
    options, problem = options_of(question, sets)
    if FUNCTION_CODE in codes and options:
        _read_function(question, form, options)
    elif kind in NUMBERS and not options:
        _read_number(named, question, form)
    elif problem:
        form.left_out.append(f"{named} {problem}.")
    else:
        _read_item(question, form, options)


def _read_item(question: Mapping[str, Any], form: _Form, options: Sequence[ValuedOption]) -> None:
    named, codes = _named(question), codes_of(question)
    merged = _merged(named, options, form)
    if question.get("repeats") is True:
        form.left_out.append(f"{named} takes several answers at once.")
        return
    if len(merged) < 2:  # noqa: PLR2004  a question with one answer asks nothing
        form.left_out.append(f"{named} has fewer than two answers with values.")
        return
    if _list(question, "enableWhen"):
        form.remarks.append(f"{named} is asked only sometimes; here it is always asked.")
    item: dict[str, Any] = {"words": _words(question), "options": merged}
    if codes:
        item["loinc"] = codes[0]
    if _is_critical(question):
        _make_critical(item)
        form.remarks.append(
            f"{named} is taken for a critical item: an answer of {item['critical_from']} or more "
            "opens a safety task."
        )
    form.items.append(item)


def _merged(named: str, options: Sequence[ValuedOption], form: _Form) -> list[dict[str, Any]]:
    """Give one answer for each value: a score cannot tell answers of equal value apart."""
    words: dict[int, list[str]] = {}
    for option in options:
        if option.value is None:
            form.left_out.append(f"{named}: the answer “{option.words[:60]}” has no value.")
        else:
            words.setdefault(option.value, []).append(option.words)
    if any(len(said) > 1 for said in words.values()):
        form.remarks.append(f"{named} has answers of equal value; they are one answer here.")
    return [
        {"value": value, "words": " or ".join(said)[:LONGEST_TITLE]}
        for value, said in words.items()
    ]


def _is_critical(question: Mapping[str, Any]) -> bool:
    """Say whether a question that asks for an answer is taken to be about dying or self-harm."""
    if str(question.get("type")) in {"group", "display"}:
        return False
    codes = CRITICAL_CODES & set(codes_of(question))
    return bool(codes) or CRITICAL_WORDS.search(_words(question)) is not None


def _make_critical(item: dict[str, Any]) -> None:
    values = sorted(option["value"] for option in item["options"])
    item["critical_from"] = values[1]


def _read_function(
    question: Mapping[str, Any], form: _Form, options: Sequence[ValuedOption]
) -> None:
    form.difficulty = {
        "words": _words(question),
        "options": [
            {"value": place, "words": option.words} for place, option in enumerate(options)
        ],
    }
    form.remarks.append(f"{_named(question)} is about function and never scored.")


def _read_number(named: str, question: Mapping[str, Any], form: _Form) -> None:
    if "score" in _words(question).casefold() or question.get("readOnly") is True:
        form.remarks.append(f"{named} is the form's own result; the program works it out.")
    else:
        form.left_out.append(f"{named} takes any number and has no values.")


def _choose(form: _Form, choices: PackChoices) -> None:
    """Apply what a person decided: which questions are critical, and that the others count."""
    count = len(form.items)
    chosen = (*choices.not_scored, *choices.critical, *choices.not_critical)
    strange = [number for number in chosen if not 1 <= number <= count]
    if strange:
        words = f"There is no question {strange[0]}: the file has {count} with values."
        raise Refused(Problem("choices", words))
    for number in choices.critical:
        _make_critical(form.items[number - 1])
    for number in choices.not_critical:
        if form.items[number - 1].get("loinc") in CRITICAL_CODES:
            words = f"Question {number} is item 9 of the PHQ-9. It stays critical."
            raise Refused(Problem("choices", words))
        form.items[number - 1].pop("critical_from", None)
    form.left_out += [words for n, each in enumerate(form.items, 1) if (words := _turned(n, each))]


def _turned(number: int, item: Mapping[str, Any]) -> str:
    """Name a critical question whose points run the other way round: a person has to decide."""
    words = reversed_words(item["options"]) if "critical_from" in item else ""
    return words and (
        f"Question {number} is critical, and its fewest points are for “{words[:SHOWN]}”, which "
        "would open no safety task. Decide: turn the points round in the file, or take the "
        "question for not critical."
    )


def _named(question: Mapping[str, Any]) -> str:
    words = _words(question)
    return f"Question “{words if len(words) <= SHOWN else words[: SHOWN - 1] + '…'}”"


def _words(question: Mapping[str, Any]) -> str:
    return _text(question, "text") or f"Item {_text(question, 'linkId')}"


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    return tidy(value) if isinstance(value, str) else ""


def _list(content: Mapping[str, Any], name: str) -> list[Any]:
    value = content.get(name)
    return value if isinstance(value, list) else []
