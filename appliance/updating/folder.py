"""A program on disk: what `program.json` tells of it, and whether it can take the place of the one that runs."""

from __future__ import annotations

import json
import platform
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from appliance.updating.refusal import UpdateRefused
from hw.said import said

ABOUT = "program.json"
LAUNCHER = "bin/copperdesk"
ANY_MACHINE = "any"
DATA_GENERATION = 1
"""Of the data folder that this program leaves: counted up with each change that an older program could not read."""

_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]{0,63}")
_MACHINE = re.compile(r"[a-z0-9_]{1,32}")
_PYTHON = re.compile(r"3\.[0-9]{1,2}")
_LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class ProgramFolder:
    """What an application folder tells of itself.

    machine: as the kernel calls it, such as `aarch64`, or `any`. python: such as `3.11`, which its compiled modules are
    for. data: the generation of the data folder that it leaves; an older program may not read a later one.
    """

    version: str
    machine: str
    python: str
    data: int

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode() + b"\n"


def read_about(content: bytes) -> ProgramFolder:
    """What is in `program.json`. Raises UpdateRefused."""
    try:
        told = json.loads(content[:_LONGEST])
        about = ProgramFolder(told["version"], told["machine"], told["python"], told["data"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UpdateRefused(said("it does not tell which program it is")) from None
    texts = ((about.version, _VERSION), (about.machine, _MACHINE), (about.python, _PYTHON))
    if not all(isinstance(text, str) and pattern.fullmatch(text) for text, pattern in texts):
        raise UpdateRefused(said("it does not tell clearly which program it is"))
    if type(about.data) is not int or about.data < 0:
        raise UpdateRefused(said("it does not tell which data it works with"))
    return about


def program_in(folder: Path) -> ProgramFolder:
    """The program in this folder. Raises UpdateRefused where it is not whole."""
    if not (folder / LAUNCHER).is_file():
        raise UpdateRefused(said("there is no whole program in its folder"))
    try:
        return read_about((folder / ABOUT).read_bytes())
    except OSError:
        raise UpdateRefused(said("there is no whole program in its folder")) from None


def fits(new: ProgramFolder, runs: ProgramFolder, *, older: bool = False) -> None:
    """Raise UpdateRefused where the new one cannot take the place of the one that runs.

    older: it may be an older one.
    """
    machine, python = platform.machine(), f"{sys.version_info[0]}.{sys.version_info[1]}"
    if new.machine not in (machine, ANY_MACHINE):
        raise UpdateRefused(
            said("it is for another machine (%(machine)s); this one is %(this)s", machine=new.machine, this=machine)
        )
    if new.python != python:
        raise UpdateRefused(said("it needs Python %(python)s; this unit has %(this)s", python=new.python, this=python))
    if new.data < runs.data:
        raise UpdateRefused(said("it is too old to read what this unit has stored"))
    if new.version == runs.version:
        raise UpdateRefused(said("this unit runs %(version)s already", version=new.version))
    if _order(new.version) < _order(runs.version) and not older:
        raise UpdateRefused(
            said("%(version)s is older than %(runs)s, which runs", version=new.version, runs=runs.version), "--older"
        )


def _order(version: str) -> list[tuple[bool, int, str]]:
    """Versions in order: numbers count as numbers, and letters (`1.0rc1`) come before the number without them."""
    parts = re.findall(r"\d+|[a-z]+", version.split("+")[0].lower())
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts] + [(False, 1, "zzz")]
