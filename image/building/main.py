"""`image/build`: the steps of a build in their order."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
from pathlib import Path

from image.building import clips, disk, program, same, sbom, system, tidying
from image.building.board import BOARDS, Board
from image.building.layers import IMAGE
from image.building.steps import BuildSteps, BuildTrouble

HOME = IMAGE.parent
BUILD = HOME / "build"
LARGEST = 400_000_000
"""Bytes that a compressed image may have."""

ABOUT = """\
Builds the image of a unit: what is written onto the SD card of a Raspberry Pi. It is made of the last commit.

The first build installs Debian's packages, for another machine under emulation: half an hour and more. They are kept
in build/cache-image, and later builds take minutes. Root rights are needed, and 6 GB of room."""
EXAMPLES = """\
examples:
  make image                        for 64-bit Raspberry Pis: build/image/copperdesk-arm64.img.zst
  make image ARCH=amd64             the same for a virtual PC, to try it quickly
  image/build --arch amd64 --again  from newly fetched packages
  image/build --arch amd64 --twice  whether two builds are the same"""


def build(board: Board, out: Path, cache: Path, *, again: bool = False, packed: bool = True) -> Path:
    """Build an image, and give its file. out: the folder for it. again: take nothing from the cache but prompts.

    packed: compress it, too, and write checksums.
    """
    out.mkdir(parents=True, exist_ok=True)
    name = f"copperdesk-{board.arch}"
    steps = BuildSteps(out / f"{name}.log")
    commit = steps.run(["git", "-C", HOME, "rev-parse", "HEAD"]).strip()
    epoch = int(steps.run(["git", "-C", HOME, "show", "-s", "--format=%ct", commit]))
    print(f"Building the image for a {board.title} from commit {commit[:9]}.")
    work = out / f"{name}.work"
    shutil.rmtree(work, ignore_errors=True)
    root = work / "root"
    sip = program.sip_library(board, steps)
    own = program.own_wheel(work / "own", commit, epoch, steps)
    others = program.wheels(board, own, cache, steps, again=again)
    system.unpack(system.system(board, cache, steps, again=again), root, steps)
    for overlay in (IMAGE / "rootfs", IMAGE / f"rootfs-{board.arch}"):
        if overlay.is_dir():
            tidying.put_overlay(overlay, root, steps)
    program.install(board, root, own, [others, sip.parent], epoch, steps)
    clips.put_prompts(root, Path(os.environ.get("COPPERDESK_CACHE") or BUILD / "cache"), steps)
    with steps.step("tidying"):
        tidying.tidy(root, epoch, steps)
    version = json.loads((root / program.PLACE / "program.json").read_text())["version"]
    listed = json.dumps(sbom.bill(root, board, version, epoch), indent=1) + "\n"
    (out / f"{name}.cdx.json").write_text(listed, encoding="utf-8")
    with steps.step("its licences"):
        gather_licences(root, out / f"{name}-licences.tar.zst", epoch, steps)
    image = out / f"{name}.img"
    made = image.with_suffix(".new.img")
    disk.make_disk(made, root, epoch, steps)
    made.replace(image)
    shutil.rmtree(work)
    if packed:
        archive = image.with_suffix(".img.zst")
        with steps.step("compressing it"):
            steps.run(["zstd", "-q", "-f", "-T0", "-12", "--long=27", image, "-o", archive])
        tell(image, archive, steps)
    return image


def build_twice(board: Board, out: Path, cache: Path) -> None:
    """Build an image two times, in two folders, and compare all bytes. Raises `BuildTrouble` where they differ."""
    first, second = (build(board, out / folder, cache, packed=False) for folder in ("first", "second"))
    if differ := same.differing(first, second, BuildSteps(out / "compared.log")):
        raise BuildTrouble("Two builds of this image differ in:\n" + "".join(f"  {name}\n" for name in differ))
    print(f"Two builds have the same {first.stat().st_size:,} bytes.")


def gather_licences(root: Path, archive: Path, epoch: int, steps: BuildSteps) -> None:
    """Pack the copyright and licence files of all that is in a root folder."""
    files = [*root.glob("usr/share/doc/*/copyright"), *root.glob("usr/share/common-licenses/*")]
    files += [
        path for path in root.glob(f"{program.PLACE}/lib/*.dist-info/**/*") if path.is_file() and is_licence(path)
    ]
    names = "".join(f"{path.relative_to(root)}\n" for path in sorted(files))
    fixed = ["--sort=name", f"--mtime=@{epoch}", "--owner=0", "--group=0", "--numeric-owner"]
    steps.run(["tar", "--create", "--zstd", *fixed, "--file", archive, "-C", root, "-T", "-"], given=names)


def is_licence(path: Path) -> bool:
    return path.name.upper().startswith(("LICEN", "COPYING", "NOTICE", "AUTHORS"))


def tell(image: Path, packed: Path, steps: BuildSteps) -> None:
    """Say what was built, write its checksums, and say where it is too large."""
    sums = []
    for file in (image, packed):
        with file.open("rb") as opened:
            sums.append(f"{hashlib.file_digest(opened, 'sha256').hexdigest()}  {file.name}\n")
    image.with_suffix(".sha256").write_text("".join(sums))
    print(f"Built in {steps.seconds / 60:.1f} minutes:")
    print("".join(f"  {one}" for one in sums), end="")
    print(f"  {packed} has {packed.stat().st_size / 1e6:.0f} MB, {image.stat().st_size / 1e6:.0f} MB on the card.")
    if packed.stat().st_size > LARGEST:
        raise BuildTrouble(f"That is more than {LARGEST / 1e6:.0f} MB, which an image may have.")


def main() -> int:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("image/build", description=ABOUT, epilog=EXAMPLES, formatter_class=shape)
    parser.add_argument("--arch", choices=BOARDS, default="arm64", help="for which machine (%(default)s)")
    parser.add_argument("--again", action="store_true", help="fetch and install all packages anew")
    parser.add_argument("--twice", action="store_true", help="build it two times, and compare all bytes")
    parser.add_argument("--out", type=Path, default=BUILD / "image", help="where the image goes (build/image)")
    parser.add_argument("--cache", type=Path, default=BUILD / "cache-image", help="what is kept (build/cache-image)")
    given = parser.parse_args()
    if os.geteuid() != 0:
        raise BuildTrouble("Only root can give the files of a system to their owners: sudo make image")
    board, out, cache = BOARDS[given.arch], given.out.resolve(), given.cache.resolve()
    if given.twice:
        build_twice(board, out, cache)
    else:
        build(board, out, cache, again=given.again)
    return 0
