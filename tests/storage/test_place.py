"""Where a clinic's file in use may lie, on every kind of disk and beside every copying service."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cocm_desktop.domain.ids import new_sample_id
from cocm_desktop.errors import Damaged, WrongPlace, WrongSecret
from cocm_desktop.storage import disks, place
from cocm_desktop.storage.disks import Disk, disk_of, is_unc, on_linux
from cocm_desktop.storage.key_copies import NAME, SPARE_NAME
from cocm_desktop.storage.key_file import to_bytes
from cocm_desktop.storage.key_slot import SignIn
from cocm_desktop.storage.place import Lying, Misplaced, misplaced
from cocm_desktop.storage.restore import restore
from cocm_desktop.storage.synced_folders import service_of
from tests.storage.clinics import (
    CANARY,
    CODE,
    OWNER,
    PASSWORD,
    canaries,
    create,
    fill,
    folder_at,
    made_at,
    unlock,
)

TABLE = r"""22 1 254:0 / / rw - ext4 /dev/vda1 rw
30 22 0:40 / /mnt/share rw - {kind} server:/export rw
31 22 8:17 / /media/stick rw - vfat /dev/sdb1 rw
32 22 8:1 / /data rw - ext4 /dev/sda1 rw
33 22 253:0 / /media/locked\040disk rw - ext4 /dev/mapper/luks rw
34 22 179:1 / /media/card rw - exfat /dev/mmcblk0p1 rw
a line that is none
"""


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A kernel's view of four disks: one's own, a USB disk, an encrypted one on it, an SD card."""
    sys = tmp_path / "sys"
    usb = sys / "devices/pci0/usb2/2-1/block/sdb"
    own = sys / "devices/pci0/ata1/block/sda"
    card = sys / "devices/platform/mmc/block/mmcblk0"
    for disk, part in ((usb, "sdb1"), (own, "sda1"), (card, "mmcblk0p1")):
        (disk / part).mkdir(parents=True)
        (disk / part / "partition").write_text("1")
        (disk / "removable").write_text("0")
    (card / "device").mkdir()
    (card / "device/type").write_text("SD\n")
    mapped = sys / "devices/virtual/block/dm-0"
    (mapped / "slaves").mkdir(parents=True)
    (mapped / "slaves/sdb1").symlink_to(usb / "sdb1")
    numbers = sys / "dev/block"
    numbers.mkdir(parents=True)
    for number, device in {
        "8:17": usb / "sdb1", "8:1": own / "sda1", "253:0": mapped, "179:1": card / "mmcblk0p1",
    }.items():  # fmt: skip
        (numbers / number).symlink_to(device)
    return sys


def judged(tmp_path: Path, devices: Path, folder: str, kind: str = "nfs4") -> Disk:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(TABLE.replace("{kind}", kind))
    return on_linux(Path(folder), mounts, devices)[0]


@pytest.mark.parametrize(
    "kind",
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "fuse.sshfs",
        "fuse.rclone",
        "9p",
        "ceph",
        "vboxsf",
        "virtiofs",
    ],
)
def test_a_drive_over_a_network_is_known_by_its_kind(
    tmp_path: Path, devices: Path, kind: str
) -> None:
    assert judged(tmp_path, devices, "/mnt/share/clinic", kind) is Disk.REMOTE
    assert judged(tmp_path, devices, "/mnt/shared", kind) is Disk.OWN


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/media/stick/clinic", Disk.REMOVABLE),
        ("/media/locked disk/clinic", Disk.REMOVABLE),
        ("/media/card", Disk.REMOVABLE),
        ("/data/clinic", Disk.OWN),
        ("/home/mbell/clinic", Disk.OWN),
    ],
)
def test_a_disk_that_can_be_unplugged_is_known(
    tmp_path: Path, devices: Path, folder: str, expected: Disk
) -> None:
    assert judged(tmp_path, devices, folder) is expected


def test_a_card_reader_says_so_itself(tmp_path: Path, devices: Path) -> None:
    (devices / "devices/pci0/ata1/block/sda/removable").write_text("1\n")

    assert judged(tmp_path, devices, "/data/clinic") is Disk.REMOVABLE


def test_a_computer_that_runs_from_a_usb_disk_has_it_as_its_own(
    tmp_path: Path, devices: Path
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text("22 1 8:17 / / rw - ext4 /dev/sdb1 rw\n23 22 8:17 / /home rw - ext4 x rw\n")

    assert on_linux(Path("/home/mbell"), mounts, devices) == (Disk.OWN, "ext4")


def test_a_volume_without_a_number_of_its_own_is_found_by_its_source(
    tmp_path: Path, devices: Path
) -> None:
    names = devices / "class/block"
    names.mkdir(parents=True)
    (names / "sdb1").symlink_to(devices / "devices/pci0/usb2/2-1/block/sdb/sdb1")
    mounts = tmp_path / "mountinfo"
    mounts.write_text("22 1 254:0 / / rw - ext4 x rw\n23 22 0:50 / /b rw - btrfs /dev/sdb1 rw\n")

    assert on_linux(Path("/b/clinic"), mounts, devices)[0] is Disk.REMOVABLE


def test_a_system_that_tells_nothing_keeps_nobody_out(tmp_path: Path) -> None:
    empty = tmp_path / "none"
    empty.write_text("")

    assert on_linux(tmp_path, empty) == (Disk.OWN, "")
    assert disk_of(tmp_path)[0] is Disk.OWN


def test_a_system_that_cannot_be_asked_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_folder: Path) -> tuple[Disk, str]:
        raise PermissionError

    monkeypatch.setattr(disks, "on_linux", fail)

    assert disk_of(tmp_path) == (Disk.OWN, "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (r"\\server\share\clinic", True),
        ("//server/share", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\clinic", False),
        (r"C:\clinic", False),
        ("/home/mbell", False),
    ],
)
def test_a_share_is_known_in_each_spelling(name: str, expected: bool) -> None:  # noqa: FBT001
    assert is_unc(name) is expected


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Riverbend/Documents/clinic", "OneDrive"),
        ("ONEDRIVE/clinic", "OneDrive"),
        ("Dropbox (Riverbend)/clinic", "Dropbox"),
        ("Google Drive/My Drive/clinic", "Google Drive"),
        ("My Drive/clinic", "Google Drive"),
        ("iCloudDrive/clinic", "iCloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs/clinic", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-mb@x.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/Box-Box/clinic", "a cloud service"),
        ("Box/clinic", "Box"),
        ("Nextcloud/clinic", "Nextcloud"),
        ("Documents/clinic", ""),
        ("Documents/Box/clinic", ""),
        ("clinic", ""),
    ],
)
def test_a_copied_folder_is_known_by_its_name(tmp_path: Path, folder: str, service: str) -> None:
    assert service_of(tmp_path / folder, {}, tmp_path) == service


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".dropbox", "Dropbox"),
        (".tmp.drivedownload", "Google Drive"),
        (".sync_0123456789ab.db", "Nextcloud"),
        ("._sync_0123456789ab.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_copied_folder_is_known_by_what_its_program_left(
    tmp_path: Path, mark: str, service: str
) -> None:
    shared = tmp_path / "Files of the practice"
    (shared / "clinic").mkdir(parents=True)
    (shared / mark).write_text("")

    assert service_of(shared / "clinic", {}, tmp_path) == service
    assert service_of(shared / "not there yet", {}, tmp_path) == service


def test_a_name_too_long_for_the_disk_is_in_no_copied_folder(tmp_path: Path) -> None:
    assert service_of(tmp_path / ("x" * 300), {}, tmp_path) == ""


def test_settings_in_the_home_folder_do_not_make_it_a_copied_one(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox/info.json").write_text('{"personal": {"path": "", "x": 1}, "y": 2}')

    assert service_of(tmp_path / "clinic", {}, tmp_path) == ""


def test_a_copied_folder_is_known_by_what_its_program_says_elsewhere(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("d", "n", "o", "Desktop")}
    info = tmp_path / "roaming/Dropbox/info.json"
    info.parent.mkdir(parents=True)
    info.write_text(json.dumps({"business": {"path": str(files["d"])}}))
    settings = tmp_path / "roaming/Nextcloud/nextcloud.cfg"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[Accounts]\n0\\Folders\\1\\localPath={files['n']}/\n")
    (tmp_path / "Library/Mobile Documents/com~apple~CloudDocs/Desktop").mkdir(parents=True)
    environment = {"APPDATA": str(tmp_path / "roaming"), "OneDriveCommercial": str(files["o"])}

    found = {n: service_of(at / "clinic", environment, tmp_path) for n, at in files.items()}

    assert found == {"d": "Dropbox", "n": "Nextcloud", "o": "OneDrive", "Desktop": "iCloud"}


@pytest.mark.parametrize("content", ["", "[1]", "{", "[" * 100_000, '{"a": {"path": 7}}'])
def test_a_broken_list_of_a_service_says_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox/info.json").write_text(content)

    assert service_of(tmp_path / "clinic", {}, tmp_path) == ""


def test_a_link_into_a_copied_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox/clinic").mkdir(parents=True)
    (tmp_path / "clinic").symlink_to(tmp_path / "Dropbox/clinic")

    found = misplaced(tmp_path / "clinic")

    assert found == Misplaced(Lying.CLOUD, "Dropbox")


def test_a_ring_of_links_is_no_bug(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    assert misplaced(tmp_path / "a") is None


@pytest.mark.parametrize(
    ("disk", "words"),
    [(Disk.REMOTE, "over a network"), (Disk.REMOVABLE, "can be unplugged")],
)
def test_no_clinic_is_made_restored_or_opened_on_such_a_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: Disk, words: str
) -> None:
    folder = made_at(tmp_path / "clinic")
    before = {file.name: file.read_bytes() for file in folder.path.iterdir()}
    monkeypatch.setattr(place, "disk_of", lambda _folder: (disk, "nfs4"))

    with pytest.raises(WrongPlace, match=words) as to_open:
        unlock(folder)
    with pytest.raises(WrongPlace, match=words) as to_make:
        create(folder_at(tmp_path / "new"))
    with pytest.raises(WrongPlace, match=words):
        restore(tmp_path / "none.cocmbak", folder_at(tmp_path / "other"))

    assert {file.name: file.read_bytes() for file in folder.path.iterdir()} == before
    assert "Move the clinic to this computer's own disk" in str(to_open.value)
    assert "Choose a folder on this computer's own disk" in str(to_make.value)
    assert [at.name for at in tmp_path.iterdir()] == ["clinic"]


def test_backups_are_welcome_there_and_a_cloud_is_named() -> None:
    assert (
        "encrypted; ask the practice's privacy officer"
        in Misplaced(Lying.CLOUD, "OneDrive").for_backups
    )
    assert Misplaced(Lying.REMOVABLE).for_backups == ""


@pytest.mark.parametrize("lying", [Lying.CLOUD, Lying.REMOVABLE])
def test_only_the_sample_clinic_may_lie_where_a_real_one_would_come_to_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lying: Lying
) -> None:
    real, sample = folder_at(tmp_path / "real"), folder_at(tmp_path / "sample")
    create(real).close()
    monkeypatch.setattr(place, "_harm_of", lambda _folder: Misplaced(lying, "OneDrive"))

    owner = SignIn(OWNER, "Owner", PASSWORD)
    sample.create(owner, CODE, fill=fill, is_sample=True).close()

    with unlock(sample) as clinic:
        assert canaries(clinic) == [CANARY]
    with pytest.raises(WrongPlace):
        unlock(real)
    with pytest.raises(WrongPlace):
        create(folder_at(tmp_path / "new"))


def test_no_sample_clinic_lies_on_a_network_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "_harm_of", lambda _folder: Misplaced(Lying.NETWORK, "nfs4"))
    owner = SignIn(OWNER, "Owner", PASSWORD)

    with pytest.raises(WrongPlace):
        folder_at(tmp_path / "sample").create(owner, CODE, fill=fill, is_sample=True)

    assert list(tmp_path.iterdir()) == []


def test_a_real_clinic_cannot_pass_for_the_sample(tmp_path: Path) -> None:
    folder = made_at(tmp_path / "clinic")
    keys = folder._copies.read()
    forged = to_bytes(replace(keys, vault_id=new_sample_id()))
    for name in (NAME, SPARE_NAME):
        (folder.path / name).write_bytes(forged)

    with pytest.raises((WrongSecret, Damaged)):
        unlock(folder)
