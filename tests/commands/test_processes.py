"""The command line as a program of its own: other programs, closed outputs, strange consoles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cocm_desktop.actions.backup import check_clinic
from cocm_desktop.actions.session import lock
from tests.drills.clinic import PASSWORD, arguments, make_clinic, mrns, opened, started
from tests.source_tree import ROOT

posix = pytest.mark.skipif(sys.platform == "win32", reason="shells and devices of Unix")
MARIA = mrns()[0]
CONTACT = ("contact", "--patient", MARIA, "--kind", "phone")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic that the program itself accepts: its passwords are as costly as they must be."""
    folder = tmp_path_factory.mktemp("processes") / "clinic"
    make_clinic(folder)
    return folder


def run(
    command: list[str], *, shell: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program, or a line of the shell in which "$@" is the program."""
    return subprocess.run(
        ["/bin/sh", "-c", shell, "sh", *command] if shell else command,
        cwd=ROOT,
        env={**os.environ, "COCM_PASSWORD": PASSWORD, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def contacts(clinic: Path) -> int:
    """Check the whole file, and count its contacts."""
    workspace = opened(clinic)
    report = check_clinic(workspace)
    lock(workspace)
    assert report.findings == ()
    return report.rows["contact"]


@pytest.mark.parametrize("entry", ["cocm_desktop.commands.main", "cocm_desktop.app"])
@pytest.mark.parametrize(
    ("command", "unloaded"),
    [
        (["score", "PHQ-9", "1,1,1,1,1,1,1,1,1"], ["sqlalchemy", "reportlab", "cryptography"]),
        (["--help"], ["sqlalchemy", "reportlab", "cocm_desktop.actions"]),
        (["registry"], ["reportlab", "alembic", "keyring", "rapidfuzz", "pyx12"]),
        (["superbill", "--month", "2026-11"], ["alembic", "keyring"]),
    ],
)
def test_a_command_loads_no_qt_and_no_more_than_it_needs(
    clinic: Path, entry: str, command: list[str], unloaded: list[str]
) -> None:
    program = (
        f"import sys; from {entry} import main; code = main(sys.argv[1:]);"
        f"loaded = {{'PySide6', 'shiboken6', *{unloaded!r}}} & set(sys.modules);"
        "sys.exit(f'{code} {loaded}' if code or loaded else 0)"
    )

    done = run([sys.executable, "-c", program, *command, *arguments(clinic)[3:]])

    assert (done.returncode, done.stderr) == (0, "")


def test_letters_of_every_script_reach_a_console_that_knows_none(clinic: Path) -> None:
    for encoding in ("ascii", "cp1252", "utf-16"):
        done = run(arguments(clinic, "patient", "list"), PYTHONIOENCODING=encoding, LC_ALL="C")

        assert done.returncode == 0
        assert "ALVAREZ, María" in done.stdout
        assert "NGUYỄN, Thị Hương" in done.stdout


@posix
@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_what_is_saved_without_an_output_is_saved_whole(clinic: Path, closed: str) -> None:
    before = contacts(clinic)

    done = run(arguments(clinic, *CONTACT), shell=f'exec "$@" {closed}')

    assert done.returncode == 0
    assert contacts(clinic) == before + 1


@posix
def test_an_output_on_a_full_disk_is_told_and_the_save_stands(clinic: Path) -> None:
    before = contacts(clinic)

    done = run(arguments(clinic, *CONTACT), shell='exec "$@" > /dev/full')

    assert done.returncode == 5
    assert "The output could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert contacts(clinic) == before + 1


@posix
def test_a_reader_that_goes_away_brings_no_traceback(clinic: Path) -> None:
    lines = '{ "$@"; echo "ended with $?" >&2; } | head -n 1'

    done = run(arguments(clinic, "score", "--list"), shell=lines)

    assert done.stderr in {"ended with 5\n", "ended with 0\n"}


def test_a_fault_of_the_program_ends_with_1_and_one_line() -> None:
    program = (
        "import sys; from cocm_desktop.commands import main as m;"
        "m.COMMANDS = {'score': ('no_such_module', 'words')};"
        "sys.exit(m.main(['score', 'ALVAREZ']))"
    )

    done = run([sys.executable, "-c", program])

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "ModuleNotFoundError in " in done.stderr
    assert "ALVAREZ" not in done.stderr


def test_a_clinic_that_is_open_elsewhere_ends_with_7_unless_it_may_wait(clinic: Path) -> None:
    quickly = [part if part != "10" else "0" for part in arguments(clinic, "check")]
    with started(clinic, ["record-batch"], stdin=subprocess.PIPE) as first:
        assert first.stdin
        assert first.stdout
        line = f'{{"command": "contact", "patient": "{MARIA}", "kind": "phone"}}\n'
        first.stdin.write(line.encode())
        first.stdin.flush()
        assert first.stdout.readline().startswith(b"ACK ")

        refused = run(quickly)
        with started(clinic, ["check"]) as second:
            first.stdin.close()
            second.communicate(timeout=60)

    assert refused.returncode == 7
    assert "has this clinic open" in refused.stderr
    assert (first.returncode, second.returncode) == (0, 0)


NO_CIPHER = """
import sqlite3, sqlite3.dbapi2 as plain, sys, types

class Liar(sqlite3.Connection):
    def execute(self, sql, *values):
        return super().execute("SELECT '4.9'" if "cipher_version" in sql else sql, *values)

def lies(*values, **named):
    return sqlite3.connect(*values, factory=Liar, **named)

driver = types.ModuleType("sqlcipher3.dbapi2")
driver.__dict__.update({n: v for n, v in vars(plain).items() if not n.startswith("__")})
if sys.argv[1] == "lying":
    driver.connect = lies
package = types.ModuleType("sqlcipher3")
package.dbapi2, package.__path__ = driver, []
missing = sys.argv.pop(1) == "missing"
sys.modules["sqlcipher3"] = None if missing else package
sys.modules["sqlcipher3.dbapi2"] = None if missing else driver
from cocm_desktop.commands.main import main
raise SystemExit(main())
"""


@pytest.mark.parametrize("library", ["missing", "plain", "lying"])
def test_without_a_cipher_no_clinic_is_made_and_no_name_is_written(
    tmp_path: Path, library: str
) -> None:
    folder = tmp_path / "new"
    owner = ("--owner", "Canary Owner", "--sign-in", "canary")
    command = ("init", "--practice", "Canary", "--time-zone", "America/Denver", *owner)

    done = run([sys.executable, "-c", NO_CIPHER, library, "--data", str(folder), *command])

    assert (done.returncode, "This installation cannot encrypt" in done.stderr) == (5, True)
    assert [file.name for file in folder.glob("*") if file.name != "clinic.lock"] == []
