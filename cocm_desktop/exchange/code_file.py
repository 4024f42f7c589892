"""The file of diagnosis codes that comes with the program."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from cocm_desktop.domain.diagnosis_code import CodeSet, DiagnosisCode, code_problems
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.strict_json import read_json

FORMAT = 1


def read_codes(file: Path) -> CodeSet:
    """Read and check the whole file.

    Raises Refused when anything in it is not as it should be: half a list would look whole.
    """
    content = read_json(file)
    try:
        codes = _code_set(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refusal(file, f"{type(error).__name__} {error}") from error
    if content["format"] != FORMAT:
        raise _refusal(file, f"format {content['format']} is not known")
    if len(codes.codes) != len(content["codes"]):
        raise _refusal(file, "a code stands in it twice")
    unknown = [code for code in codes.common if code not in codes.codes]
    lost = [
        beginning
        for beginnings in codes.words.values()
        for beginning in beginnings
        if not any(code.startswith(beginning) for code in codes.codes)
    ]
    if problems := [*code_problems(codes.codes.values()), *unknown, *lost]:
        raise _refusal(file, "; ".join(problems[:5]))
    return codes


def _code_set(content: Any) -> CodeSet:
    listed = [_code(each) for each in content["codes"]]
    return CodeSet(
        codes={code.code: code for code in listed},
        words={word: tuple(beginnings) for word, beginnings in content["words"].items()},
        common=frozenset(content["common"]),
        release=date.fromisoformat(content["release"]),
        checked_until=date.fromisoformat(content["checked_until"]),
        source=content["source"],
    )


def _code(each: Any) -> DiagnosisCode:
    return DiagnosisCode(
        code=each["code"],
        title=each["title"],
        also=tuple(each.get("also", ())),
        is_header=each.get("header", False),
        valid_from=_day(each.get("from")),
        valid_to=_day(each.get("to")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _refusal(file: Path, words: str) -> Refused:
    return Refused(Problem("codes", f"The list of codes {file.name} cannot be used: {words}."))
