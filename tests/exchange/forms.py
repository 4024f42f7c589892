"""FHIR Questionnaires of our own making: small, and with every oddity that files have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"
NEVER_TO_ALWAYS = ("Never", "Sometimes", "Always")


def weight(value: Any, url: str = ORDINAL) -> dict[str, Any]:
    return {"url": url, "valueDecimal": value}


def option(words: str, value: Any = None, **more: Any) -> dict[str, Any]:
    extension = [] if value is None else [weight(value)]
    coding = {"system": "urn:own", "code": words.lower(), "display": words}
    return {"valueCoding": coding, "extension": extension, **more}


def options(*words: str) -> list[dict[str, Any]]:
    return [option(each, value) for value, each in enumerate(words or NEVER_TO_ALWAYS)]


def question(link_id: str, **changes: Any) -> dict[str, Any]:
    """Give a question with three answers counting 0, 1 and 2."""
    content = {
        "linkId": link_id,
        "type": "choice",
        "text": f"Question {link_id}",
        "answerOption": options(),
    }
    return {**content, **changes}


def loinc(code: str) -> list[dict[str, str]]:
    return [{"system": "http://loinc.org", "code": code}]


def form(*questions: Any, **changes: Any) -> dict[str, Any]:
    content = {
        "resourceType": "Questionnaire",
        "status": "active",
        "title": "Our worry form",
        "item": list(questions) if questions else [question("1"), question("2")],
    }
    return {**content, **changes}


def file_of(folder: Path, content: Any, name: str = "form.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(content), encoding="utf-8")
    return file
