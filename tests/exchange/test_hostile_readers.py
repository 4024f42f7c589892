"""Each reader of files from outside refuses what was made to harm, in words and in little time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cocm_desktop.domain.billing.billing_table import TableChoices
from cocm_desktop.domain.billing.rule_set import RuleSet
from cocm_desktop.domain.described import read_as
from cocm_desktop.domain.instrument_pack import PackChoices
from cocm_desktop.errors import CocmError
from cocm_desktop.exchange.claim_answers import read_answer_file
from cocm_desktop.exchange.gpci_file import read_gpci
from cocm_desktop.exchange.icd_file import read_icd
from cocm_desktop.exchange.pack_file import read_pack
from cocm_desktop.exchange.patient_list import read_patient_list
from cocm_desktop.exchange.remittance_835 import read_remittance
from cocm_desktop.exchange.rvu_file import read_rvu
from cocm_desktop.exchange.strict_json import read_json
from cocm_desktop.storage.backup_file import read_backup
from cocm_desktop.storage.key_file import from_bytes
from tests.exchange.hostile import hostile_files
from tests.storage.clinics import CHEAP

pytestmark = pytest.mark.no_cover

FILES = hostile_files()
LONGEST_SECONDS = 3.0
NONE = TableChoices()

Reader = Callable[[Path], object]
READERS: dict[str, Reader] = {
    "a patient list": read_patient_list,
    "an instrument": lambda file: read_pack(file, PackChoices(), version=1),
    "a rule set": lambda file: read_as(RuleSet, read_json(file)),
    "relative values": lambda file: read_rvu(file, NONE, codes={"99492", "99493"}),
    "places": lambda file: read_gpci(file, NONE),
    "diagnosis codes": lambda file: read_icd(file, NONE),
    "a remittance": lambda file: read_remittance(file.read_bytes(), file_name=file.name),
    "an answer to claims": lambda file: read_answer_file(file.read_bytes(), file_name=file.name),
    "a backup": read_backup,
    "keys": lambda file: from_bytes(file.read_bytes(), CHEAP),
}


def test_there_are_two_hundred_of_them() -> None:
    assert len(FILES) >= 200


@pytest.mark.parametrize("reader", READERS)
def test_a_hostile_file_is_refused_in_words_or_read(tmp_path: Path, reader: str) -> None:
    """Any other kind of error ends the test here, and `name` says at which file."""
    read, faults, slow = READERS[reader], [], []
    file = tmp_path / "from outside.txt"

    for name, content in FILES.items():
        if reader == "a patient list" and content[:2] in {b"PK", b"\xd0\xcf"}:
            continue  # a child process reads these: test_hostile_files
        file.write_bytes(content)
        began = time.perf_counter()
        try:
            read(file)
        except CocmError as error:
            if not str(error).strip() or "root:" in str(error):
                faults.append(f"{name}: {error}")
        if time.perf_counter() - began > LONGEST_SECONDS:
            slow.append(name)

    assert faults == []
    assert slow == []
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
