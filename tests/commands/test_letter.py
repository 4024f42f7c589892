"""Letters, templates, labels and envelopes from the command line."""

from __future__ import annotations

from pathlib import Path

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of
from tests.printing.read_back import texts

OF_MARIA = ("--patient", MRN)
PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
APPOINTMENT = (
    *("letter", "write", *OF_MARIA, "--kind", "appointment"),
    *("--field", "appointment_date=12/7/2026", "--field", "{appointment_time}=2:30 pm"),
    *("--field", "practice_phone=303-555-0142", "--field", "practice_address=12 River Street"),
)


def words_of_page(name: str) -> bool:
    return f"`{name}`" in PAGE


def test_a_letter_is_written_printed_sent_and_withdrawn(cocm: Cocm, tmp_path: Path) -> None:
    written = cocm(*APPOINTMENT, "--language", "spanish")
    [letter] = written.acks
    file = tmp_path / "letter.pdf"
    assert cocm("letter", "print", letter, "--out", file).code == 0
    assert cocm("letter", "send", letter, "--way", "mail", "--note", "with a form").acks == [letter]

    [listed] = cocm("letter", "list", *OF_MARIA, "--json").json
    assert "No address is on file" in written.err
    assert "7 de diciembre de 2026" in texts(file.read_bytes())[0]
    assert listed["sendings"] == [
        {
            "sent_on": "2026-11-20",
            "way": "mail",
            "recipient": "María Alvarez",
            "note": "with a form",
        }
    ]
    assert [field for field in fields_of(listed) if not words_of_page(field)] == []
    assert "Appointment" in cocm("letter", "list", *OF_MARIA).out
    assert cocm("letter", "void", letter, "--reason", "moved").acks == [letter]
    assert cocm("letter", "list", *OF_MARIA, "--json").json == []


def test_what_a_letter_lacks_is_said(cocm: Cocm) -> None:
    refused = cocm("letter", "write", *OF_MARIA, "--kind", "appointment")
    unreadable = cocm(*APPOINTMENT, "--field", "weather")

    assert refused.code == unreadable.code == 2
    assert "needs the day of the appointment" in refused.err
    assert "no NAME=TEXT" in unreadable.err
    assert cocm("letter", "list", *OF_MARIA, "--json").json == []


def test_a_template_is_changed_tried_and_given_up(cocm: Cocm, tmp_path: Path) -> None:
    which = ("--kind", "appointment", "--language", "spanish")
    body, file = tmp_path / "body.txt", tmp_path / "try.pdf"
    body.write_text("Hola, {patient_name}:\n\nNos vemos el {appointment_date}.", encoding="utf-8")

    assert cocm("template", "preview", *which, "--body", body, "--out", file).code == 0
    assert len(cocm("template", "change", *which, "--body", body).acks) == 1
    own = cocm("template", "list", "--json").json
    shown = cocm("template", "show", *which).out

    assert "7 de diciembre de 2026" in texts(file.read_bytes())[0]
    assert [each["kind"] for each in own if each["is_own"]] == ["appointment"]
    assert shown.startswith("Su próxima cita\n\nHola, {patient_name}:")
    assert [field for field in fields_of(own) if not words_of_page(field)] == []
    assert "own" in cocm("template", "list").out
    assert len(cocm("template", "shipped", *which).acks) == 1
    assert "Nos vemos" not in cocm("template", "show", *which).out


def test_the_fields_are_listed_and_a_wrong_file_refused(cocm: Cocm, tmp_path: Path) -> None:
    fields = cocm("template", "fields", "--json").json
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Se\xf1ora".encode("latin-1"))

    refused = cocm("template", "change", "--kind", "no-show", "--body", latin)

    assert "{appointment_date}" in cocm("template", "fields").out
    assert [field for field in fields_of(fields) if not words_of_page(field)] == []
    assert refused.code == 2
    assert "UTF-8" in refused.err


def test_labels_envelopes_and_forms_are_printed(cocm: Cocm, tmp_path: Path) -> None:
    cocm(
        *("patient", "add", "--last-name", "Chen", "--first-name", "Li", "--born", "1/2/1980"),
        *("--mrn", "7", "--address", "48 Juniper Lane", "--city", "Denver"),
    )
    file = tmp_path / "out.pdf"

    labels = cocm("labels", "--patient", "7", *OF_MARIA, "--start", "3", "--out", file)
    form = cocm("letter", "consent-form", "--language", "spanish", "--out", tmp_path / "form.pdf")
    one = cocm("letter", "consent-form", *OF_MARIA, "--out", tmp_path / "one.pdf")

    assert "ALVAREZ, María" in labels.err
    assert "Li Chen 48 Juniper Lane" in texts(file.read_bytes())[0]
    assert (form.code, one.code) == (0, 0)
    assert cocm("envelopes", "--program", "not-referred", "--out", file).code == 2
    assert cocm("envelopes", "--patient", "7", "--without-name", "--out", file).code == 0
    assert cocm("labels", "--out", file).code == 2
