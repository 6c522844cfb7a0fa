"""`image/install` looks at a system before it changes anything, and says in plain words why it does not go on."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

INSTALL = Path(__file__).resolve().parents[2] / "image/install"
KIND = '[ "$*" != "dpkg --print-architecture" ] || echo {kind}'


class Machine:
    """A system in a folder, and programs that tell about it what a test says."""

    def __init__(self, folder: Path) -> None:
        self.root, self.programs = folder / "root", folder / "programs"
        for place in ("etc", "opt/copperdesk", "var/tmp", "var/lib/copperdesk/programs"):
            (self.root / place).mkdir(parents=True)
        self.programs.mkdir()
        (self.root / "etc/debian_version").write_text("12.9\n")
        self.is_debian("12")
        self.has_program("id", "echo 0")
        self.has_program("chroot", "shift; " + KIND.format(kind="arm64"))
        self.has_program("df", "printf 'a b c d\\n/dev/sda1 9 9 9000000 1%% /\\n'")

    def is_debian(self, version: str) -> None:
        (self.root / "etc/os-release").write_text(f'VERSION_ID="{version}"\n')

    def has_program(self, name: str, text: str) -> None:
        (self.programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (self.programs / name).chmod(0o755)

    def told(self, *options: str) -> str:
        """What `image/install` says, which must be why it does nothing."""
        command = [INSTALL, "--root", self.root, *options]
        done = subprocess.run(
            command,
            env={"PATH": f"{self.programs}:/usr/sbin:/usr/bin:/sbin:/bin"},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert done.returncode == 1, done.stdout
        assert done.stdout == ""
        assert list((self.root / "opt/copperdesk").iterdir()) == []
        return done.stderr


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_only_root_may_install(machine: Machine) -> None:
    machine.has_program("id", "echo 1000")
    assert "sudo image/install" in machine.told()


def test_a_system_of_32_bits_is_refused_even_with_a_kernel_of_64(machine: Machine) -> None:
    machine.has_program("chroot", "shift; " + KIND.format(kind="armhf"))
    assert "64-bit Raspberry Pi OS" in machine.told()


def test_a_debian_with_too_old_a_python_is_refused(machine: Machine) -> None:
    machine.is_debian("11")
    assert "needs Debian 12 or newer" in machine.told()


def test_too_little_room_is_told_in_megabytes(machine: Machine) -> None:
    machine.has_program("df", "printf 'a b c d\\n/dev/sda1 9 9 307200 1%% /\\n'")
    assert "300 MB are free, and installing takes 1200 MB" in machine.told()


def test_a_new_version_on_trial_is_not_disturbed(machine: Machine) -> None:
    (machine.root / "var/lib/copperdesk/programs/state.json").write_text('{\n "phase": "trying"\n}\n')
    assert "on trial now" in machine.told()


def test_what_fails_is_told_with_its_last_lines_and_what_helps(machine: Machine) -> None:
    machine.has_program(
        "chroot", "shift; " + KIND.format(kind="arm64") + '; case "$*" in apt-get*) echo "no route"; exit 100;; esac'
    )
    command = [INSTALL, "--root", machine.root]
    path = {"PATH": f"{machine.programs}:/usr/sbin:/usr/bin:/sbin:/bin"}
    done = subprocess.run(command, env=path, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 100
    assert "Debian packages: this failed" in done.stderr
    assert "    no route\n" in done.stderr
    assert "Check the network" in done.stderr
    log = Path(done.stderr.split("The last lines of ")[1].split(" are:")[0])
    assert log.parent == Path("/tmp")
    log.unlink()


def test_help_has_examples() -> None:
    told = subprocess.run([INSTALL, "--help"], capture_output=True, text=True, timeout=20, check=True).stdout
    assert "sudo image/install --remove" in told
    assert told.splitlines()[-1].startswith("What the tools said")


def test_the_installed_program_runs_in_place_of_one_that_came_by_update(tmp_path: Path) -> None:
    """The new program is on the disk before it has its name, and what does not run any more is told."""
    programs, place = tmp_path / "var/lib/copperdesk/programs", tmp_path / "opt/copperdesk"
    for folder in (programs / "1.1", place / "keys", tmp_path / "var/tmp"):
        folder.mkdir(parents=True)
    (place / "keys/ours.pub").touch()
    (programs / "current").symlink_to("1.1")
    (programs / "state.json").write_text('{"phase": "confirmed"}')
    parts = re.findall(
        r"^(?:install_program|exchange|choose_this_program)\(\) \{.*?^\}", INSTALL.read_text(), re.M | re.S
    )
    rest = """set -euo pipefail
        place=$root/opt/copperdesk wheels=""
        in_root() { echo arm64; }; ready_made() { :; }; choose_packages() { :; }; say() { echo "$@"; }
        step() { mkdir -p "$new"; touch "$new/new"; }
        sync() { echo "sync $*" | sed "s#$root##"; [ -d "$place/keys" ] && [ -e "$new/keys/ours.pub" ]; }
        install_program"""
    done = subprocess.run(
        ["bash", "-c", "\n".join([*parts, rest])],
        env={**os.environ, "root": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "sync -f /opt/copperdesk.new",
        "The version 1.1, which came by update, does not run any more: this one does.",
    ]
    assert sorted(path.name for path in place.parent.iterdir()) == ["copperdesk"]
    assert (place / "new").exists()
    assert [path.name for path in programs.iterdir()] == ["1.1"]
