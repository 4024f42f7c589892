"""Reading a list of patients from a file, and writing an empty one to fill."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

from cocm_desktop.domain.patient_list import PatientField, PatientList
from cocm_desktop.domain.text import tidy
from cocm_desktop.exchange.layout import laid_out
from cocm_desktop.exchange.limits import LARGEST_FILE, refuse
from cocm_desktop.exchange.spreadsheet import read_spreadsheet
from cocm_desktop.exchange.text_file import decoded
from cocm_desktop.exchange.text_table import records

SPREADSHEET_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_TEMPLATE = {
    PatientField.MRN: "100200",
    PatientField.LAST_NAME: "Alvarez",
    PatientField.FIRST_NAME: "María",
    PatientField.MIDDLE_NAME: "",
    PatientField.PREFERRED_NAME: "Mari",
    PatientField.BORN_ON: "04/05/1971",
    PatientField.SEX: "F",
    PatientField.PHONE: "555-712-4709",
    PatientField.EMAIL: "",
    PatientField.ADDRESS: "850 Hill Street",
    PatientField.CITY: "Everett",
    PatientField.STATE: "MA",
    PatientField.POSTAL_CODE: "02149",
    PatientField.LANGUAGE: "Spanish",
    PatientField.PAYER: "Medicare",
    PatientField.MEMBER_ID: "1EG4TE5MK73",
    PatientField.GROUP_NUMBER: "",
    PatientField.TREATING_PRACTITIONER: "Alan Smith, MD",
}


def read_patient_list(path: Path) -> PatientList:
    """Read a CSV, XLSX, XLS or ODS file whatever its name says, or refuse it in words."""
    content = _content(path)
    sha256 = hashlib.sha256(content).hexdigest()
    if content.startswith(SPREADSHEET_MARKS):
        rows, notices = read_spreadsheet(path, sha256=sha256)
        layout = laid_out(rows)
    else:
        text, notices = decoded(content)
        layout = laid_out(records(text))
    return PatientList(
        file_name=tidy(path.name),
        sha256=sha256,
        columns=layout.columns,
        rows=layout.rows,
        notices=(*notices, *layout.notices),
        has_header=layout.has_header,
    )


def template() -> bytes:
    """Give an empty list as CSV, with one made-up patient to show the way it is filled."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([field.value for field in _TEMPLATE])
    writer.writerow(_TEMPLATE.values())
    return text.getvalue().encode("utf-8-sig")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise refuse(f"The file cannot be opened: {error.strerror or 'unknown'}.") from error
    if len(content) > LARGEST_FILE:
        raise refuse(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB.")
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise refuse("The file is empty.")
    return content
