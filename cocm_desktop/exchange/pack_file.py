"""A file with an instrument of the clinic's own: our definition, or a FHIR Questionnaire."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.instrument_definition import parse_instrument
from cocm_desktop.domain.instrument_pack import PackChoices, PackKind, PackPreview
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.fhir_instrument import RESOURCE, ReadForm, read_form, refuse
from cocm_desktop.exchange.strict_json import parse_json, read_bytes

LONGEST_FILE_NAME = 200
_FIELD = re.compile(
    r"The field items\[(?P<item>\d+)\]"
    r"(?:\.options\[(?P<option>\d+)\])?(?P<words>\.words)?(?:\.\w+)*"
)


def read_pack(file: Path, choices: PackChoices, *, version: int) -> PackPreview:
    """Read a file without storing it. `version` is for a kind of file that states none of its own.

    Raises Refused when it is neither kind, or cannot be scored; Unavailable when out of reach.
    """
    raw = read_bytes(file)
    content = parse_json(raw)
    if not isinstance(content, dict):
        raise refuse("The file is neither a definition nor a FHIR Questionnaire.")
    form: ReadForm | None = None
    if "resourceType" in content:
        form = read_form(_form_of(content), choices)
        content = {**form.content, "version": version}
    elif choices != PackChoices():
        raise refuse("A definition says itself what it is called and what counts.")
    return PackPreview(
        instrument=_instrument_of(content) if form else parse_instrument(content),
        kind=PackKind.FHIR if form else PackKind.DEFINITION,
        file_name=file.name[:LONGEST_FILE_NAME],
        sha256=hashlib.sha256(raw).hexdigest(),
        content=json.dumps(content, ensure_ascii=False, sort_keys=True),
        remarks=form.remarks if form else (),
        not_understood=form.not_understood if form else (),
        codes=form.codes if form else (),
    )


def _instrument_of(content: Mapping[str, Any]) -> Instrument:
    """Build the instrument of a FHIR form; its fields are named as a person knows the form."""
    try:
        return parse_instrument(content)
    except Refused as refusal:
        problems = (Problem(p.field, _FIELD.sub(_part, p.message)) for p in refusal.problems)
        raise Refused(*problems) from None


def _part(found: re.Match[str]) -> str:
    question = f"question {int(found['item']) + 1}"
    if found["option"]:
        return f"Answer {int(found['option']) + 1} of {question}"
    return f"The text of {question}" if found["words"] else question.capitalize()


def parse_pack(content: str) -> Instrument:
    """Read the content of a pack that is on file."""
    return parse_instrument(parse_json(content.encode()))


def _form_of(content: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = content["resourceType"]
    if kind != RESOURCE:
        named = kind if isinstance(kind, str) and kind.isalpha() else "something else"
        raise refuse(f"The file holds a FHIR {named[:40]}, not a {RESOURCE}.")
    return content
