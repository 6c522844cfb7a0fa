"""USB sticks: which of a machine's disks are ones, by the rule for udev, and how they are mounted."""

from __future__ import annotations

import os
import re
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).resolve().parents[2] / "systemd"
RULES = re.sub(r"\\\n|^#.*\n", "", (SYSTEMD / "90-copperdesk-stick.rules").read_text(), flags=re.M)
RULE, OWN = (line for line in RULES.splitlines() if line)
STICK = {
    "SUBSYSTEM": "block",
    "ACTION": "add",
    "KERNEL": "sda1",
    "SUBSYSTEMS": "usb",
    "ENV{ID_FS_USAGE}": "filesystem",
    "ENV{ID_FS_TYPE}": "vfat",
    "ENV{ID_FS_LABEL}": "BACKUP",
}


def matches(device: dict[str, str], rule: str = RULE) -> bool:
    """Whether a rule is for a device: all its conditions hold (udev(7))."""
    conditions = re.findall(r'([A-Z]+(?:\{\w+\})?)(==|!=)"([^"]*)"', rule)
    assert len(conditions) == (len(STICK) if rule is RULE else 3)
    return all(
        any(fnmatchcase(device.get(key, ""), one) for one in values.split("|")) is (how == "==")
        for key, how, values in conditions
    )


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"KERNEL": "sdb"},
        {"ENV{ID_FS_TYPE}": "exfat", "ENV{ID_FS_LABEL}": ""},
        {"ENV{ID_FS_TYPE}": "ext4"},
        {"ACTION": "change"},
    ],
)
def test_a_usb_stick_is_mounted(other: dict[str, str]) -> None:
    assert matches(STICK | other)


@pytest.mark.parametrize(
    "other",
    [
        {"KERNEL": "mmcblk0p1", "SUBSYSTEMS": "mmc"},
        {"SUBSYSTEMS": "pci"},
        {"KERNEL": "sr0"},
        {"ACTION": "remove"},
        {"ENV{ID_FS_USAGE}": "crypto"},
        {"ENV{ID_FS_TYPE}": "squashfs"},
        *({"ENV{ID_FS_LABEL}": label} for label in ("BOOTFS", "rootfs", "copperdesk", "copperdesk-root")),
    ],
)
def test_nothing_else_is_not_even_where_the_unit_itself_starts_from_usb(other: dict[str, str]) -> None:
    assert not matches(STICK | other)


@pytest.mark.parametrize(
    ("kernel", "label", "is_own"),
    [
        ("mmcblk0p3", "copperdesk", True),
        ("vda1", "BOOTFS", True),
        ("sda3", "copperdesk", False),
        ("mmcblk0p1", "OTHER", False),
    ],
)
def test_a_stick_with_the_name_of_the_unit_s_own_partition_is_not_taken_for_it(
    kernel: str, label: str, is_own: bool
) -> None:
    """With systemd 252's udev the link of a name went to the stick, and back only when the card was looked at again."""
    assert 'OPTIONS+="link_priority=100"' in OWN
    assert matches({"SUBSYSTEM": "block", "KERNEL": kernel, "ENV{ID_FS_LABEL}": label}, OWN) is is_own


def test_the_rule_starts_the_service_that_is_there() -> None:
    assert 'ENV{SYSTEMD_WANTS}+="copperdesk-stick@$kernel.service"' in RULE
    assert (SYSTEMD / "copperdesk-stick@.service").exists()


class Machine:
    """Stand-ins for the programs that a stick needs; what they were called with is in `called`."""

    def __init__(self, folder: Path) -> None:
        self.media = folder / "media"
        self._folder = folder
        (folder / "bin").mkdir()
        self.answers = {"lsblk": "sda", "blkid": "vfat", "findmnt": ""}
        self.program("mountpoint", "exit 1")
        self.program("mount", "exit 0")

    def program(self, name: str, does: str) -> None:
        file = self._folder / "bin" / name
        file.write_text(f'#!/bin/sh\necho {name} "$@" >> {self._folder}/called\n{does}\n')
        file.chmod(0o755)

    def run(self, *words: str, label: str = "BACKUP", kind: str = "vfat", mounted: str = "") -> tuple[int, list[str]]:
        self.program("blkid", f"case $* in *LABEL*) echo '{label}';; *) echo {kind};; esac")
        self.program("lsblk", f"case $* in *PKNAME*) echo sda;; *) echo '{mounted}';; esac")
        self.program("findmnt", f"echo '{self.media}/BACKUP'")
        for name in ("umount", "chgrp"):
            self.program(name, "exit 0")
        (self._folder / "called").write_text("")
        env = {
            **os.environ,
            "PATH": f"{self._folder}/bin:{os.environ['PATH']}",
            "COPPERDESK_MEDIA": str(self.media),
        }
        done = subprocess.run(
            [SYSTEMD / "copperdesk-stick", *words], env=env, capture_output=True, text=True, timeout=20, check=False
        )
        called = (self._folder / "called").read_text().replace(str(self.media), "MEDIA").splitlines()
        return done.returncode, [line for line in called if line.split()[0] in ("mount", "umount", "chgrp")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


SAFE = "nosuid,nodev,noexec,nosymfollow,noatime"


def test_a_stick_is_the_daemon_s_and_nothing_on_it_is_run(machine: Machine) -> None:
    options = f"{SAFE},flush,uid=copperdesk,gid=copperdesk,umask=0077"
    assert machine.run("plug", "sda1") == (0, [f"mount -t vfat -o {options} /dev/sda1 MEDIA/BACKUP"])


def test_the_topmost_folder_of_a_stick_with_owners_is_opened_for_the_daemon(machine: Machine) -> None:
    machine.program("mount", 'for at; do :; done; chmod 755 "$at"')
    code, called = machine.run("plug", "sda1", kind="ext4")
    assert (code, called) == (
        0,
        [f"mount -t ext4 -o {SAFE},errors=remount-ro /dev/sda1 MEDIA/BACKUP", "chgrp copperdesk MEDIA/BACKUP"],
    )
    assert (machine.media / "BACKUP").stat().st_mode & 0o777 == 0o775


@pytest.mark.parametrize(
    ("label", "folder"),
    [("", "sda1"), ("MY STICK", "MY_STICK"), ("../../etc", "_._.._etc"), ("Büro", "B__ro"), ("-o", "_o"), ("..", "_.")],
)
def test_its_folder_has_its_name_and_is_nowhere_else(machine: Machine, label: str, folder: str) -> None:
    assert machine.run("plug", "sda1", label=label)[1][0].split()[-1] == f"MEDIA/{folder}"


def test_a_disk_that_the_system_runs_from_is_left_alone(machine: Machine) -> None:
    assert machine.run("plug", "sda1", mounted="/media/root-ro") == (0, [])


def test_another_partition_of_a_stick_is_mounted_beside_the_first(machine: Machine) -> None:
    assert len(machine.run("plug", "sda2", mounted=f"{machine.media}/BACKUP")[1]) == 1


def test_a_second_stick_of_the_same_name_has_a_folder_of_its_own(machine: Machine) -> None:
    machine.program("mountpoint", "exit 0")
    assert machine.run("plug", "sdb1")[1][0].split()[-1] == "MEDIA/BACKUP-sdb1"


def test_a_stick_that_cannot_be_opened_leaves_no_folder_that_looks_like_one(machine: Machine) -> None:
    machine.program("mount", "exit 32")
    assert machine.run("plug", "sda1", kind="ntfs")[0] == 1
    assert list(machine.media.iterdir()) == []


def test_a_stick_that_was_pulled_out_is_unmounted_and_its_folder_goes(machine: Machine) -> None:
    machine.run("plug", "sda1")
    assert machine.run("unplug", "sda1") == (0, ["umount MEDIA/BACKUP"])
    assert list(machine.media.iterdir()) == []
