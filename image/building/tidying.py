"""What must not be in an image that many units are made from, and what would differ from build to build."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from image.building.layers import LAYERS, entries
from image.building.steps import BuildSteps, BuildTrouble

MASKED = (
    *(
        "apt-daily.timer",
        "apt-daily-upgrade.timer",
        "dpkg-db-backup.timer",
        "e2scrub_all.timer",
        "e2scrub_reap.service",
    ),
    *("man-db.timer", "systemd-firstboot.service", "NetworkManager-wait-online.service"),
)
"""What looks after a system that people install packages into; nothing of it can be kept below an overlay."""

DISABLED = ("ssh.service", "ssh.socket")


def put_overlay(folder: Path, root: Path, steps: BuildSteps) -> None:
    """Copy our own files over the system's, owned by root."""
    steps.run(["cp", "-r", "--preserve=mode,links", f"{folder}/.", root])


def kernel_to_boot(root: Path) -> None:
    """Have kernel and initial RAM disk on the boot partition, where a board, or an emulator, takes them from."""
    boot = root / "boot/firmware"
    boot.mkdir(parents=True, exist_ok=True)
    for file in [*root.glob("boot/vmlinuz-*"), *root.glob("boot/initrd.img-*")]:
        if not (boot / file.name).exists():
            shutil.copyfile(file, boot / file.name)


def remove_from(root: Path) -> None:
    """Remove what image/layers/removed.txt lists. A pattern that ends with a star leaves folders where they are."""
    for pattern, *_ in entries(LAYERS / "removed.txt"):
        for path in sorted(root.glob(pattern)):
            if path.is_symlink() or not path.is_dir():
                path.unlink(missing_ok=True)
            elif not pattern.endswith("*"):
                shutil.rmtree(path)


def list_drivers(root: Path, steps: BuildSteps) -> None:
    """Have the kernel's lists name those drivers alone that are still there."""
    for modules in sorted(root.glob("usr/lib/modules/*")):
        steps.run(["depmod", "--basedir", root, modules.name])


def tidy(root: Path, epoch: int, steps: BuildSteps) -> None:
    """Make a root folder ready to be an image: nothing of this machine, nobody let in, no time after epoch."""
    kernel_to_boot(root)
    remove_from(root)
    list_drivers(root, steps)
    # An empty file has the unit make its name at each start. "uninitialized" would run all presets again, too.
    (root / "etc/machine-id").write_text("")
    # A board without a clock of its own begins with the time of this file (systemd(1)).
    (root / "usr/lib/clock-epoch").touch()
    for kind, names in (("mask", MASKED), ("disable", DISABLED)):
        steps.run(["systemctl", f"--root={root}", kind, *names])
    check_nobody_is_let_in(root)
    for path in [root, *root.rglob("*")]:
        seen = path.lstat()
        if seen.st_mtime > epoch:
            os.utime(path, (epoch, epoch), follow_symlinks=False)


def check_nobody_is_let_in(root: Path) -> None:
    """Raises `BuildTrouble` where an account has a password, an empty one too, or somebody a key of SSH."""
    for line in (root / "etc/shadow").read_text().splitlines():
        name, password = line.split(":")[:2]
        if not password.startswith(("*", "!")):
            raise BuildTrouble(f"In this image {name} would have a password. Nobody may have one.")
    for keys in [*root.glob("root/.ssh/*"), *root.glob("home/*/.ssh/*")]:
        raise BuildTrouble(f"In this image {keys.relative_to(root)} would let somebody in.")
