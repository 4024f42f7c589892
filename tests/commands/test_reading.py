"""Reading from the command line: the registry, scores, papers, and what a file holds."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cocm_desktop.commands.main import COMMANDS
from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm
from tests.printing.read_back import texts

HELP_PAGE = resources() / "help" / "command_line.md"


@pytest.fixture
def worked(cocm: Cocm) -> Cocm:
    """A clinic in which María has two scores, an item 9, a question and 40 minutes."""
    for answers, on in (("2,2,2,2,2,2,2,2,1", "10/01/2026"), ("1,1,1,1,1,1,0,0,0", "11/05/2026")):
        cocm(
            "measure", "--patient", MRN, "--instrument", "PHQ-9", f"--answers={answers}", "--on", on
        )
    cocm(
        *("contact", "--patient", MRN, "--kind", "phone", "--minutes", "40", "--on", "11/05/2026"),
        *("--question", "Dose?"),
    )
    return cocm


def test_the_registry_is_a_table_with_a_line_of_words(worked: Cocm) -> None:
    lines = worked("registry").out.splitlines()

    assert lines[0].split()[:2] == ["MRN", "patient"]
    assert "ALVAREZ, María" in lines[2]
    assert "17 → 6" in lines[2]
    assert "−11" in lines[2]
    assert "safety: Answer 1 on PHQ-9 item 9, not yet closed, open for" in lines[2]
    assert lines[2].endswith(", question")
    assert lines[3] == "1 patient of 1: Open. Nov 20, 2026 12:00 PM"


def test_the_registry_as_json_says_the_same(worked: Cocm) -> None:
    found = worked("registry", "--json").json

    assert found["format"] == "cocm registry 1"
    assert found["as_of"] == "2026-11-20T12:00:00-07:00"
    [row] = found["rows"]
    assert (row["mrn"], row["last_name"], row["minutes_this_month"]) == (MRN, "Alvarez", 40)
    assert row["phq9"]["baseline"] == {
        "on": "2026-10-01",
        "total": 17,
        "critical": 1,
        "total_only": False,
    }
    assert (row["phq9"]["change"], row["phq9"]["trajectory"]) == (-11, "Response")
    assert row["reached_codes"] == [{"code": "99492", "units": 1}]
    assert row["next_code"] == {"code": "99494", "at_minute": 86}
    assert "Safety" in row["chips"]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--chip", "closed"), 1),  # no filter hides an open safety answer
        (("--chip", "everyone"), 1),
        (("--find", "alv mar"), 1),
        (("--find", "100200 4/5/71"), 1),
        (("--find", "nobody"), 0),
        (("--care-manager", "mbell"), 1),
        (("--care-manager", "M. Bell, LCSW"), 1),
    ],
)
def test_the_registry_is_narrowed(worked: Cocm, options: tuple[str, ...], count: int) -> None:
    assert len(worked("registry", "--json", *options).json["rows"]) == count


def test_a_care_manager_who_is_none_is_refused(worked: Cocm) -> None:
    assert worked("registry", "--care-manager", "A. Smith").code == 2


def test_an_earlier_moment_shows_what_was_recorded_up_to_then(worked: Cocm) -> None:
    [row] = worked("registry", "--json", "--as-of", "2026-10-20").json["rows"]

    assert row["phq9"]["last"]["total"] == 17
    assert row["minutes_this_month"] == 0


def test_the_fields_of_json_are_the_ones_that_the_help_page_promises(worked: Cocm) -> None:
    page = HELP_PAGE.read_text(encoding="utf-8")
    found = worked("registry", "--json").json
    bill = worked("superbill", "--month", "2026-11", "--json").json[0]
    score = worked("score", "PHQ-9", "0,0,0,0,0,0,0,0,1").json

    fields = {*found, *found["rows"][0], *found["rows"][0]["phq9"], *bill, *score}
    assert {field for field in fields if f"`{field}`" not in page} == set()
    assert {name for name in COMMANDS if f"`{name}`" not in page} == set()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("PHQ-9", "3,3,3,3,3,3,3,3,3"),
            {"total": 27, "band": "Severe", "critical": [{"item": 9, "answer": 3}]},
        ),
        (("phq9", "0,0,0,0,0,0,0,0,0"), {"total": 0, "band": "Minimal", "critical": []}),
        (
            ("PHQ-9", "0,,0,0,0,0,0,0,1"),
            {"total": None, "band": None, "complete": False, "answered": 8},
        ),
        (
            ("--instrument", "phq9", "--answers=-,1,1,1,1,1,1,1,1"),
            {"total": None, "answered": 8},
        ),
        (("gad-7", "2,2,2,2,2,2,2"), {"total": 14, "band": "Moderate", "complete": True}),
    ],
)
def test_answers_are_scored_without_a_clinic(
    type_at: Cocm, arguments: tuple[str, str], expected: dict[str, object]
) -> None:
    scored = type_at("score", *arguments).json

    assert {name: scored[name] for name in expected} == expected


def test_answers_are_scored_line_by_line(type_at: Cocm) -> None:
    lines = [
        json.dumps({"instrument": "GAD-7", "answers": [1] * 7}),
        "",
        json.dumps({"instrument": "PHQ-9", "answers": [None] + [1] * 8}),
    ]

    out = type_at("score", stdin="\ufeff" + "\n".join(lines)).out.splitlines()

    assert [json.loads(line)["total"] for line in out] == [7, None]


@pytest.mark.parametrize(
    "line",
    [
        "PHQ-9 1,2,3",
        "[]",
        "{}",
        '{"instrument": "PHQ-9"}',
        '{"instrument": "PHQ-9", "answers": "1,2"}',
        '{"instrument": 9, "answers": []}',
        '{"instrument": "PHQ-9", "answers": [1, 1, 1, 1, 1, 1, 1, 1, true]}',
        '{"instrument": "PHQ-9", "answers": [1, 1, 1, 1, 1, 1, 1, 1, 1.0]}',
        '{"instrument": "PHQ-9", "answers": [1, 1, 1, 1, 1, 1, 1, 1, "1"]}',
        '{"instrument": "AUDIT", "answers": [1]}',
        "[" * 100_000,
    ],
)
def test_a_line_that_cannot_be_scored_is_named(type_at: Cocm, line: str) -> None:
    answer = type_at("score", stdin=line)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Line 1: ")


def test_a_line_that_is_refused_stops_no_other(type_at: Cocm) -> None:
    good = json.dumps({"instrument": "GAD-7", "answers": [1] * 7})
    bad = json.dumps({"instrument": "GAD-7", "answers": [1] * 6})

    answer = type_at("score", stdin=f"{good}\n{bad}\n\nno line\n{good}")

    assert answer.code == 2
    assert [json.loads(line)["total"] for line in answer.out.splitlines()] == [7, 7]
    second, fourth, last = answer.err.splitlines()
    assert second == "Line 2: GAD-7 has 7 items; 6 were given."
    assert fourth.startswith("Line 4: ")
    assert last == "2 lines refused, 2 scored."


@pytest.mark.parametrize("given", ["", " "])
def test_no_answer_at_all_is_called_none(type_at: Cocm, given: str) -> None:
    answer = type_at("score", "PHQ-9", given)

    assert answer.code == 2
    assert answer.err.startswith("0 answers were given.")


def test_instruments_are_listed(type_at: Cocm) -> None:
    listed = type_at("score", "--list").json

    items = {each["instrument"]: len(each["items"]) for each in listed}
    assert (items["GAD-7"], items["PHQ-9"], items["VANDERBILT-P"]) == (7, 9, 55)
    assert len(items) == 28
    assert type_at("score", "PHQ-9").code == 2


def test_the_packet_is_written_and_named(worked: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "packet.pdf"

    answer = worked("packet", "--out", file, "--care-manager", "mbell", "--review-on", "11/24/2026")

    assert answer.code == 0
    assert answer.out.startswith(f"{file} (")
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert "ALVAREZ" in text


def test_an_encrypted_packet_opens_with_its_password_only(
    worked: Cocm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCM_PAPER_PASSWORD", "four quiet herons")
    file = tmp_path / "packet.pdf"

    assert worked("packet", "--out", file, "--encrypt").code == 0

    reader = PdfReader(BytesIO(file.read_bytes()))
    assert reader.is_encrypted
    assert not reader.decrypt("")
    assert reader.decrypt("four quiet herons")


def test_an_older_file_stays_where_the_new_one_is_refused(
    worked: Cocm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCM_PAPER_PASSWORD", "short")
    file = tmp_path / "packet.pdf"
    file.write_bytes(b"older")

    answer = worked("packet", "--out", file, "--encrypt")

    assert answer.code == 2
    assert file.read_bytes() == b"older"


@pytest.mark.parametrize("out", ["/", "..", "."])
def test_a_folder_is_no_file_to_write(worked: Cocm, out: str) -> None:
    assert worked("packet", "--out", out).code in {2, 5}


def test_superbills_are_listed_and_none_is_issued_that_something_stops(
    worked: Cocm, tmp_path: Path
) -> None:
    month = ("superbill", "--month", "2026-11")

    listed = worked(*month).out
    refused = worked(*month, "--issue", "--patient", MRN, "--acknowledge", "all")
    printed = worked(*month, "--out", tmp_path / "bills.pdf")

    [sheet] = texts((tmp_path / "bills.pdf").read_bytes())
    assert "99492" in sheet
    assert "DRAFT" in sheet.upper()
    assert "99492" in listed
    assert listed.endswith("1 patient, 0 ready or issued.\n")
    assert (refused.code, refused.acks, printed.code) == (2, [], 0)
    assert "There is no care plan of the initial month." in refused.err
    assert worked(*month, "--issue").out == ""


def test_a_month_without_minutes_has_nothing_to_issue(worked: Cocm, tmp_path: Path) -> None:
    assert worked("superbill", "--month", "2026-10", "--issue").out == ""
    assert worked("superbill", "--month", "2026-10", "--out", tmp_path / "x.pdf").code == 2
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("month", ["2026-13", "11/2026", "November", "2026-12", "2026-011"])
def test_a_month_that_is_none_is_refused(worked: Cocm, month: str) -> None:
    assert worked("superbill", "--month", month).code == 2


def test_a_biller_may_not_print_the_packet(worked: Cocm, tmp_path: Path) -> None:
    worked("staff", "add", "--name", "R. Haddad", "--role", "biller", "--new-sign-in", "rhaddad")

    answer = worked("packet", "--sign-in", "rhaddad", "--out", tmp_path / "packet.pdf")

    assert answer.code == 2
    assert not (tmp_path / "packet.pdf").exists()


def test_a_backup_is_made_read_and_restored(worked: Cocm, tmp_path: Path, type_at: Cocm) -> None:
    made = worked("backup", "--to", tmp_path / "stick")
    file = made.out.splitlines()[0]
    elsewhere = ("--data", tmp_path / "elsewhere")

    restored = type_at("restore", file, *elsewhere)
    over = worked("restore", file)

    assert (made.code, restored.code, over.code) == (0, 0, 2)
    assert made.acks == restored.acks
    assert MRN in type_at("patient", "list", *elsewhere).out


def test_what_is_no_backup_is_refused_as_damaged(tmp_path: Path, type_at: Cocm) -> None:
    (tmp_path / "no.cocmbak").write_bytes(b"PK no backup")

    answer = type_at("restore", tmp_path / "no.cocmbak", "--data", tmp_path / "new")

    assert answer.code == 3
    assert not (tmp_path / "new" / "keys.json").exists()


def test_a_check_that_finds_something_says_it_and_ends_with_3(worked: Cocm, clinic: Path) -> None:
    (clinic / "clinic-0007.db").write_bytes(b"left by nobody")

    in_words, as_json = worked("verify"), worked("verify", "--json")

    assert (in_words.code, as_json.code) == (3, 3)
    assert in_words.err == "The file clinic-0007.db belongs to no clinic.\n"
    assert as_json.json["findings"] == ["The file clinic-0007.db belongs to no clinic."]


def test_a_good_file_is_found_good(worked: Cocm) -> None:
    answer = worked("verify")

    assert answer.code == 0
    assert answer.out.startswith("No fault found in ")
    assert worked("verify", "--json").json["findings"] == []
