"""What of a patient's record maps to FHIR R4, as one Bundle; the rest is in the JSON beside it.

Source: hl7.org/fhir/R4, the pages of each resource named below.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from cocm_desktop.domain.diagnosis import DiagnosisStatus
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.patient_record import Entry, PatientRecord
from cocm_desktop.errors import Refused

LOINC: Final = "http://loinc.org"
ICD10: Final = "http://hl7.org/fhir/sid/icd-10-cm"
CONDITION: Final = "http://terminology.hl7.org/CodeSystem/condition-clinical"
ACT: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
GENDERS: Final = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.OTHER: "other"}
EPISODES: Final = {
    EpisodeStatus.ACTIVE: "active",
    EpisodeStatus.RELAPSE_PREVENTION: "active",
    EpisodeStatus.ON_HOLD: "onhold",
    EpisodeStatus.CLOSED: "finished",
}


def record_bundle(record: PatientRecord, instruments: Catalogue) -> bytes:
    """Write the Bundle. Ids are those of the records, so that both files speak of the same."""
    made = [_patient(record.patient), *_resources(record, instruments)]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": record.made_at.isoformat(),
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in made],
    }
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def _resources(record: PatientRecord, instruments: Catalogue) -> Iterator[dict[str, Any]]:
    subject = {"reference": f"urn:uuid:{record.patient.id}"}
    makers = {
        "patient_coverage": _coverage,
        "episode": _episode,
        "diagnosis": _condition,
        "medication": _medication,
        "allergies": _allergies,
        "contact": _contact,
    }
    for entry in record.entries:
        if maker := makers.get(entry.kind):
            yield maker(entry, subject)
        elif entry.kind == "measure":
            yield from _measure(entry, subject, instruments)


def _patient(entry: Entry) -> dict[str, Any]:
    v = entry.values
    name = {"family": v["last_name"], "given": _filled(v["first_name"], v["middle_name"])}
    telecom = [
        {"system": system, "value": v[key]}
        for system, key in (("phone", "phone"), ("email", "email"))
        if v[key]
    ]
    address = {
        "line": _filled(v["address"]),
        "city": v["city"],
        "state": v["state"],
        "postalCode": v["postal_code"],
    }
    return _made(
        "Patient",
        entry,
        identifier=[{"type": {"text": "MRN"}, "value": v["mrn"]}] if v["mrn"] else [],
        name=[_filled_map(name)],
        gender=GENDERS.get(v["sex"], "unknown"),
        birthDate=v["born_on"].isoformat(),
        telecom=telecom,
        address=[filled] if (filled := _filled_map(address)) else [],
    )


def _coverage(entry: Entry, subject: dict[str, str]) -> dict[str, Any]:
    v = entry.values
    return _made(
        "Coverage",
        entry,
        status="active",
        beneficiary=subject,
        payor=[{"display": v["payer"] or "not recorded"}],
        subscriberId=v["member_id"],
        order=v["rank"],
        period=_period(v["first_on"], v["last_on"]),
    )


def _episode(entry: Entry, subject: dict[str, str]) -> dict[str, Any]:
    v = entry.values
    return _made(
        "EpisodeOfCare",
        entry,
        status=EPISODES.get(v["status"], "planned"),
        patient=subject,
        type=[{"text": "Collaborative care"}],
        period=_period(v["enrolled_on"], v["closed_on"]),
        careManager={"display": v["care_manager"]} if v.get("care_manager") else {},
    )


def _condition(entry: Entry, subject: dict[str, str]) -> dict[str, Any]:
    v = entry.values
    is_resolved = v["status"] is DiagnosisStatus.RESOLVED
    coding = [{"system": ICD10, "code": v["code"], "display": v["title"]}]
    return _made(
        "Condition",
        entry,
        clinicalStatus={
            "coding": [{"system": CONDITION, "code": "resolved" if is_resolved else "active"}]
        },
        code={"coding": coding, "text": v["title"] or v["code"]},
        subject=subject,
        recordedDate=v["noted_on"].isoformat(),
    )


def _medication(entry: Entry, subject: dict[str, str]) -> dict[str, Any]:
    v = entry.values
    doses = [each.values for each in entry.parts if each.kind == "dose"]
    has_ended = any(each.kind == "medication_stop" for each in entry.parts)
    texts = (
        " ".join(filter(None, (dose["dose"], dose["route"], dose["frequency"]))) for dose in doses
    )
    return _made(
        "MedicationStatement",
        entry,
        status="stopped" if has_ended else "active",
        medicationCodeableConcept={"text": v["name"]},
        subject=subject,
        dosage=[{"text": words} for words in texts if words],
        note=[{"text": v["note"]}] if v["note"] else [],
    )


def _allergies(entry: Entry, subject: dict[str, str]) -> dict[str, Any]:
    words = entry.values["words"] or "not recorded"
    return _made("AllergyIntolerance", entry, code={"text": words}, patient=subject)


def _contact(entry: Entry, subject: dict[str, str]) -> dict[str, Any]:
    v = entry.values
    day = v["made_on"]
    return _made(
        "Encounter",
        entry,
        **{"class": {"system": ACT, "code": "VR", "display": v["kind"].value}},
        status="finished",
        subject=subject,
        type=[{"text": f"{v['kind'].value}: {v['outcome'].value}"}],
        period=_period(day, day),
    )


def _measure(
    entry: Entry, subject: dict[str, str], instruments: Catalogue
) -> Iterator[dict[str, Any]]:
    """Give the answers, and the total where the form has a valid one."""
    v = entry.values
    day = v["taken_on"].isoformat()
    try:
        form = instruments.version(v["instrument_id"], v["instrument_version"])
    except Refused:  # a definition that went with its pack: the JSON still has every answer
        return
    answers = [] if v["total_only"] else list(zip(form.items, v["answers"] or (), strict=False))
    items = [
        {"linkId": str(item.number), "text": item.words or item.short, "answer": _answer(answer)}
        for item, answer in answers
        if answer is not None
    ]
    yield _made(
        "QuestionnaireResponse",
        entry,
        status="completed" if v["is_complete"] else "in-progress",
        subject=subject,
        authored=day,
        item=items,
    )
    if v["total"] is not None:
        code = form.total_code.code if form.total_code else ""
        coding = [{"system": LOINC, "code": code}] if code else []
        yield _made(
            "Observation",
            entry,
            status="final",
            code=_filled_map({"coding": coding, "text": f"{form.id} total"}),
            subject=subject,
            effectiveDateTime=day,
            valueInteger=v["total"],
            derivedFrom=[{"reference": f"urn:uuid:{entry.id}"}],
        ) | {"id": f"{entry.id}-total"}


def _answer(answer: int) -> list[dict[str, int]]:
    return [{"valueInteger": answer}]


def _made(kind: str, entry: Entry, **fields: Any) -> dict[str, Any]:
    return {"resourceType": kind, "id": entry.id, **_filled_map(fields)}


def _filled_map(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is empty: FHIR allows no empty text, list or object."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _filled(*texts: str) -> list[str]:
    return [text for text in texts if text]


def _period(first: date | None, last: date | None) -> dict[str, str]:
    days = {"start": first, "end": last}
    return {name: day.isoformat() for name, day in days.items() if day}
