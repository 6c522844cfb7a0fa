"""The archive for whoever helps: a ZIP file that tells how the unit is, and nothing of anybody."""

from __future__ import annotations

import json
import os
import platform
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from appliance.control.folder import DataFolder
from appliance.doctor.anonymous import Tokens, journal_words
from appliance.doctor.checks import CheckTold
from appliance.doctor.examined import Examined
from appliance.machine.program import installed_program
from appliance.machine.programs import MachineRefused, run
from hw.said import revived

JOURNAL_LINES = 2000
_PACKAGES = ("cffi", "numpy", "tinydb", "flask", "hypercorn", "pillow", "piper-tts", "pjsua2-python", "pyserial")
_READ_ME = """This archive tells how a Copperdesk unit is. It has no names, numbers, addresses, PINs or passphrases: for
all that is not known to be harmless there is a token such as <7>, the same for the same value within this archive.

doctor.txt       what works, what does not, and what to do
versions.json    of the program, its libraries and the system
unit.json        states and counts of lines, telephones and boxes
office.json      the settings, their shape and the values that tell nothing of anybody
folder.json      what is in the data folder: sizes and counts
journal.txt      of each line of the journal its time, its part of the program, and kinds and places of errors
"""


def write_archive(file: Path, seen: Examined, told: Sequence[CheckTold]) -> None:
    """Write it, readable by its owner only. FileExistsError where there is such a file; another OSError."""
    tokens = Tokens()
    parts = {
        "read-me.txt": _READ_ME,
        "doctor.txt": "\n".join(_doctor(told, tokens)),
        "versions.json": _as_json(_versions()),
        "unit.json": _as_json(_unit(seen, tokens)),
        "office.json": _as_json(tokens.document(seen.document)),
        "folder.json": _as_json(_folder(seen.data, tokens)),
        "journal.txt": "\n".join(_journal()),
    }
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content + "\n")


def _as_json(content: object) -> str:
    return json.dumps(content, indent=1)


def _doctor(told: Sequence[CheckTold], tokens: Tokens) -> Iterator[str]:
    for one in told:
        yield f"{one.found.condition.value:<10} {one.check}: {tokens.sentence(one.found.told)}"


def _versions() -> Mapping[str, object]:
    packages = {}
    for name in _PACKAGES:
        try:
            packages[name] = version(name)
        except PackageNotFoundError:
            packages[name] = ""
    try:
        system = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        system = ""
    return {
        "program": installed_program().name,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "kernel": platform.release(),
        "system": system,
        "packages": packages,
    }


def _unit(seen: Examined, tokens: Tokens) -> Mapping[str, object]:
    """Field by field: what is not named here is not in the archive."""
    status = seen.status
    if status is None:
        return {"running": False, "why": seen.silent}
    return {
        "running": True,
        "since": status["since"],
        "trunks": [{"name": tokens.port(one["name"]), "state": one["state"]} for one in status["trunks"]],
        "stations": [
            {"name": tokens.port(one["name"]), "state": one["state"], "connected": one["connected"]}
            for one in status["stations"]
        ],
        "calls": len(status["calls"]),
        "mailboxes": [
            {"of": tokens.of(one["person"]), "new": one["new"], "saved": one["saved"], "full": one["full"]}
            for one in status["mailboxes"]
        ],
        "faults": [tokens.sentence(revived(fault)) for fault in status["fault_wordings"]],
        "advice": [one["kind"] for one in status["advice"]],
        "voice": status["voice"],
        "ticks": status["ticks"],
        "hardware": [
            {"kind": one["kind"], "name": tokens.port(one["name"]), "state": one["state"]} for one in seen.hardware
        ],
        "letters": len(seen.letters),
    }


def _folder(data: Path, tokens: Tokens) -> Mapping[str, object]:
    """What the data folder holds: our own names, and tokens for others, with bytes and how many files."""
    known = {path.name for path in _known_paths(data)}
    found: dict[str, object] = {}
    try:
        there = sorted(data.iterdir())
    except OSError as error:
        return {"error": type(error).__name__}
    for path in there:
        plain = path.name.removesuffix(".previous").removesuffix("-wal").removesuffix("-shm")
        files = [one for one in (path.rglob("*") if path.is_dir() else (path,)) if one.is_file()]
        name = path.name if plain in known else tokens.of(path.name)
        found[name] = {"files": len(files), "bytes": sum(one.stat().st_size for one in files)}
    return found


def _known_paths(data: Path) -> Iterator[Path]:
    folder = DataFolder(data)
    for name, attribute in vars(DataFolder).items():
        if isinstance(attribute, property):
            yield getattr(folder, name)


def _journal() -> Iterator[str]:
    """The last lines of our services, where the machine has a journal."""
    try:
        told = run("journalctl", "-u", "copperdesk*", "-n", str(JOURNAL_LINES), "-o", "json", "--no-pager")
    except MachineRefused as error:
        yield f"The journal could not be read: {type(error).__name__}."
        return
    for line in told.splitlines():
        try:
            entry: dict[str, Any] = json.loads(line)
            at, message = int(entry["__REALTIME_TIMESTAMP"]) // 1_000_000, str(entry["MESSAGE"])
        except (ValueError, KeyError, TypeError):
            continue
        yield f"{at} {journal_words(message)}"
