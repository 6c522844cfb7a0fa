"""What a unit of the image knows after a restart: the real script, with stand-ins for what needs a kernel."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from image.building.layers import IMAGE

ROOTFS = IMAGE / "rootfs"
KEEP = ROOTFS / "usr/local/lib/copperdesk/copperdesk-keep"
UNITS = ROOTFS / "etc/systemd/system"
DATA = "var/lib/copperdesk/machine"
GENERATOR = Path("/lib/systemd/system-generators/systemd-fstab-generator")
MADE, KEPT = "1" * 32, "2" * 32
"""Identities of a machine: what systemd makes at a start, and what was there before."""


def put(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """The root folder of a unit that has just started, as the image has it; programs only note what they do."""
    root = tmp_path / "root"
    put(root, **{"etc/hostname": "copperdesk\n", "etc/machine-id": f"{MADE}\n"})
    put(root, **{"etc/hosts": "127.0.0.1 localhost\n127.0.1.1 copperdesk\n::1       localhost\n"})
    (root / "etc/localtime").symlink_to("/usr/share/zoneinfo/Etc/UTC")
    for folder in ("etc/NetworkManager/system-connections", "run/log/journal/" + MADE):
        (root / folder).mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    for name, ending in {"mount": 0, "umount": 0, "hostname": 0, "mountpoint": 1}.items():
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\necho {name} "$@" >> {tmp_path}/done\nexit {ending}\n')
        program.chmod(0o755)
    return root


def keep(root: Path, what: str) -> tuple[int, list[str]]:
    """Run it. How it ended, and what was called."""
    done = root.parent / "done"
    done.write_text("")
    env = {**os.environ, "PATH": f"{root.parent}/bin:{os.environ['PATH']}", "COPPERDESK_ROOT": str(root)}
    ended = subprocess.run([KEEP, what], env=env, capture_output=True, text=True, timeout=20, check=False)
    return ended.returncode, done.read_text().replace(f"{root}/", "").splitlines()


def replaced(file: Path, text: str) -> None:
    """As hostnamectl does it."""
    new = file.with_name(".#new")
    new.write_text(text)
    new.rename(file)


def test_name_time_zone_and_keys_are_there_again_after_a_restart(started: Path) -> None:
    replaced(started / "etc/hostname", "front-desk\n")
    (started / "etc/localtime").unlink()
    (started / "etc/localtime").symlink_to("../usr/share/zoneinfo/Europe/Berlin")
    put(started, **{"etc/ssh/ssh_host_ed25519_key": "secret", "var/lib/NetworkManager/secret_key": "k"})
    (started / "etc/ssh/ssh_host_ed25519_key").chmod(0o600)
    assert keep(started, "save")[0] == 0
    put(started, **{"etc/hostname": "copperdesk\n", "etc/machine-id": f"{KEPT}\n"})
    for name in ("etc/localtime", "etc/ssh/ssh_host_ed25519_key", "var/lib/NetworkManager/secret_key"):
        (started / name).unlink()
    code, called = keep(started, "restore")
    assert (code, called[-1]) == (0, "hostname -F etc/hostname")
    assert (started / "etc/hostname").read_text() == "front-desk\n"
    assert (started / "etc/machine-id").read_text() == f"{MADE}\n"
    assert os.readlink(started / "etc/localtime") == "../usr/share/zoneinfo/Europe/Berlin"
    key = started / "etc/ssh/ssh_host_ed25519_key"
    assert (key.read_text(), key.stat().st_mode & 0o777) == ("secret", 0o600)
    assert (started / "var/lib/NetworkManager/secret_key").read_text() == "k"


def test_the_machine_finds_itself_by_its_new_name_and_others_stay(started: Path) -> None:
    replaced(started / "etc/hostname", "front-desk\n")
    keep(started, "save")
    lines = (started / "etc/hosts").read_text().splitlines()
    assert sorted(lines) == ["127.0.0.1 localhost", "127.0.1.1 front-desk", "::1       localhost"]


def test_the_log_of_the_start_is_found_by_the_identity_that_was_kept(started: Path) -> None:
    put(started, **{f"{DATA}/etc/machine-id": f"{KEPT}\n"})
    keep(started, "restore")
    assert (started / "etc/machine-id").read_text() == f"{KEPT}\n"
    assert os.readlink(started / "run/log/journal" / KEPT) == MADE


def test_folders_are_mounted_from_the_data_partition_which_begins_with_what_the_image_has(started: Path) -> None:
    put(started, **{"etc/NetworkManager/system-connections/from-the-image.nmconnection": "x"})
    code, called = keep(started, "restore")
    folders = ("etc/NetworkManager/system-connections", "etc/systemd/timesyncd.conf.d", "var/lib/systemd/timesync")
    assert code == 0
    assert [line for line in called if line.startswith("mount ")] == [
        f"mount --bind {DATA}/{folder} {folder}" for folder in folders
    ]
    assert (started / DATA / folders[0] / "from-the-image.nmconnection").read_text() == "x"
    assert (started / DATA).stat().st_mode & 0o777 == 0o700


def test_what_is_no_file_is_not_kept_as_it_would_hold_up_who_reads_it(started: Path) -> None:
    kept = started / DATA / "etc/systemd/timesyncd.conf.d"
    put(kept, **{"server.conf": "[Time]\n"})
    os.mkfifo(kept / "pipe.conf")
    (kept / "link.conf").symlink_to("/dev/zero")
    assert keep(started, "restore")[0] == 0
    assert os.listdir(kept) == ["server.conf"]


def test_a_power_cut_while_a_file_is_kept_leaves_the_one_before(started: Path) -> None:
    put(started, **{f"{DATA}/etc/hostname": "front-desk\n", f"{DATA}/etc/hostname.copperdesk-new": "back"})
    assert keep(started, "restore")[0] == 0
    assert (started / "etc/hostname").read_text() == "front-desk\n"
    replaced(started / "etc/hostname", "back-desk\n")
    assert keep(started, "save")[0] == 0
    assert (started / DATA / "etc/hostname").read_text() == "back-desk\n"
    assert sorted(path.name for path in (started / DATA / "etc").iterdir() if "new" in path.name) == []


def test_an_empty_file_takes_the_place_of_none(started: Path) -> None:
    keep(started, "save")
    put(started, **{"etc/machine-id": ""})
    keep(started, "save")
    assert (started / DATA / "etc/machine-id").read_text() == f"{MADE}\n"
    put(started, **{f"{DATA}/etc/hostname": ""})
    keep(started, "restore")
    assert (started / "etc/hostname").read_text() == "copperdesk\n"


def test_what_has_not_changed_is_not_written(started: Path) -> None:
    keep(started, "save")
    before = {path: path.lstat().st_ino for path in (started / DATA).rglob("*")}
    keep(started, "save")
    assert {path: path.lstat().st_ino for path in (started / DATA).rglob("*")} == before


def test_one_file_that_cannot_be_kept_is_told_and_does_not_stop_the_others(started: Path) -> None:
    put(
        started, **{"etc/ssh/ssh_host_rsa_key": "k", "var/lib/systemd/random-seed": "s", f"{DATA}/etc/ssh": "no folder"}
    )
    assert keep(started, "save")[0] == 1
    assert (started / DATA / "var/lib/systemd/random-seed").read_text() == "s"
    assert (started / DATA / "etc/hostname").exists()


def test_it_comes_before_whatever_asks_for_what_is_kept() -> None:
    text = (UNITS / "copperdesk-keep.service").read_text()
    before = {unit for line in text.splitlines() if line.startswith("Before=") for unit in line[7:].split()}
    # NetworkManager, hostnamed and sshd come behind sysinit.target, as all services do that do not say otherwise.
    assert {"sysinit.target", "systemd-timesyncd.service", "systemd-random-seed.service"} <= before
    assert "DefaultDependencies=no" in text.splitlines()
    started_by = {path.parent.name: os.readlink(path) for path in UNITS.glob("*.wants/copperdesk-keep.service")}
    assert started_by == {"sysinit.target.wants": "../copperdesk-keep.service"}
    for name in ("copperdesk-keep-save.service", "copperdesk-keep-save.path"):
        assert (UNITS / "multi-user.target.wants" / name).resolve() == UNITS / name


def test_without_the_data_partition_the_start_goes_on(tmp_path: Path) -> None:
    env = {**os.environ, "SYSTEMD_FSTAB": str(ROOTFS / "etc/fstab")}
    subprocess.run([GENERATOR, tmp_path, tmp_path, tmp_path], env=env, check=True, capture_output=True, timeout=20)
    assert [path.name for path in tmp_path.glob("local-fs.target.requires/*")] == ["-.mount"]
    assert (tmp_path / "local-fs.target.wants/var-lib-copperdesk.mount").exists()
    # Folders are made on it behind that target.
    assert "Before=local-fs.target" in (tmp_path / "var-lib-copperdesk.mount").read_text().splitlines()


def test_the_kernel_s_words_leave_the_root_partition_unwritten_and_repair_the_data_partition() -> None:
    lines = [path.read_text().split() for path in sorted(IMAGE.glob("rootfs-*/boot/firmware/cmdline.txt"))]
    assert len(lines) == 2
    for words in lines:
        assert "fsck.repair=yes" in words
        assert not {"rw", "ro"} & set(words)  # "rw" is for the partition below the overlay, "ro" for the overlay itself
        assert "root=LABEL=copperdesk-root" in words
