"""The system of an image: Debian's packages, installed by mmdebstrap into an archive that the cache keeps."""

from __future__ import annotations

import os
from pathlib import Path

from image.building.board import Board
from image.building.layers import SUITE, drivers, key, left_out, packages
from image.building.steps import BuildSteps, BuildTrouble

COMPONENTS = "main,non-free-firmware"
EPOCH = 1_735_689_600
"""The start of 2025: no time in the archive is later, so that one made on another day has the same bytes."""
INITRD_HOOK = """\
mkdir -p "$1/etc/initramfs-tools/conf.d"
echo MODULES=list > "$1/etc/initramfs-tools/conf.d/copperdesk"
printf '%s\\n' {drivers} > "$1/etc/initramfs-tools/modules"
"""


def mirror(steps: BuildSteps) -> str:
    """The Debian mirror that this machine takes its packages from. Raises `BuildTrouble` where apt knows none."""
    form = "$(REPO_URI) $(RELEASE) $(COMPONENT)"
    for line in steps.run(["apt-get", "indextargets", "Created-By: Packages", "--format", form]).splitlines():
        address, release, component = line.split()
        if component == "main" and "security" not in release and "debian" in address:
            return address
    raise BuildTrouble("apt knows no Debian mirror here, so there is nowhere to take packages from.")


def check_emulated(board: Board) -> None:
    """Raises `BuildTrouble` where the kernel does not hand a board's programs to QEMU."""
    handed = Path("/proc/sys/fs/binfmt_misc") / f"qemu-{board.machine}"
    if not handed.exists():
        raise BuildTrouble(
            f"This kernel does not run programs of a {board.title}. As root:\n"
            "    mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc; update-binfmts --enable"
        )


def system_key(board: Board) -> str:
    """The name of a board's system in the cache: another one for each other list of packages, drivers or patterns."""
    return key(SUITE, board.arch, sorted(one.name for one in packages(board.layers)), drivers(), left_out())


def system(board: Board, cache: Path, steps: BuildSteps, *, again: bool = False) -> Path:
    """The archive of a board's system, with its initial RAM disk. again: make it even where the cache has it."""
    archive = cache / f"system-{board.arch}-{system_key(board)}.tar"
    if archive.exists() and not again:
        return archive
    cache.mkdir(parents=True, exist_ok=True)
    whole = archive.with_suffix(".new.tar")
    names = ",".join(one.name for one in packages(board.layers))
    command: list[str | Path] = ["mmdebstrap", f"--arch={board.arch}", "--variant=minbase", "--format=tar"]
    command += [f"--components={COMPONENTS}", f"--include={names}", '--aptopt=Apt::Install-Recommends "false"']
    if board.machine != os.uname().machine:
        check_emulated(board)
        command.append("--skip=check/qemu")  # It would want one package more to come to the same answer.
    command += [f"--dpkgopt={option}" for option in left_out()]
    command += [f"--essential-hook={INITRD_HOOK.format(drivers=' '.join(drivers()))}"]
    # The kernel's package would make the RAM disk several times; INITRD=No leaves that to the one call at the end.
    command += ['--customize-hook=INITRD=Yes chroot "$1" update-initramfs -c -k all']
    command += [SUITE, whole, mirror(steps)]
    with steps.step(f"installing Debian's packages for a {board.title}"):
        steps.run(command, env={"INITRD": "No", "SOURCE_DATE_EPOCH": str(EPOCH)})
    whole.replace(archive)
    return archive


def unpack(archive: Path, root: Path, steps: BuildSteps) -> None:
    """Lay the system out in a folder, which must be empty."""
    root.mkdir(parents=True)
    with steps.step("unpacking the system"):
        steps.run(["tar", "--extract", "--file", archive, "--directory", root, "--numeric-owner", "--xattrs-include=*"])
