"""`copperdesk backup` and `copperdesk restore`: all that the unit must not lose in one file, and back."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from appliance.backup.contents import BEFORE, RESTORED
from appliance.backup.making import Manifest, make_backup, note_made
from appliance.backup.nightly import NightlyFailed, back_up, rehearse, rehearse_if_due
from appliance.backup.origin import this_unit
from appliance.backup.packing import Unpacker
from appliance.backup.preview import preview
from appliance.backup.restoring import agree, manifest_of, take_over, unpack
from appliance.backup.scratch import scratch_folder
from appliance.backup.sealing import NotABackup, WrongPassphrase, is_sealed, plain_form
from appliance.besidecalls import make_way
from appliance.clock import RealClock
from appliance.control.folder import DataFolder
from appliance.control.lock import DataFolderLock
from appliance.store.office import OfficeStore
from appliance.wav.target import cannot_write
from hw.said import Said, told_by, wording

SHORTEST = 12
"""Characters of a passphrase besides spaces and dashes: whoever has the file can try as many as they like."""

NOW, AT_NIGHT, REHEARSE = "now", "nightly", "rehearse"
NIGHTLY = (NOW, AT_NIGHT, REHEARSE)
"""In place of a file: what the daemon has done every night, or one half of it."""

WRONG_PASSPHRASE = 3
"""The exit code of `restore` for programs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="where it is written. `backup now` makes one where the unit puts its own every night, and `backup "
        "rehearse` restores the newest of those into a folder of its own, as a rehearsal",
    )
    parser.add_argument("--json", action="store_true", help="for programs: how far it is, as JSON, one a line")
    parser.add_argument("--at", type=datetime.fromisoformat, help=argparse.SUPPRESS)  # What the daemon's clock shows.
    parser.add_argument("--keep-all", action="store_true", help=argparse.SUPPRESS)  # The daemon's clock may be wrong.


def run(args: argparse.Namespace) -> int:
    """Make a backup; the passphrase is asked for, or comes as a line of the standard input."""
    make_way()
    if str(args.file) in NIGHTLY:
        return _nightly(args)
    if refused := cannot_write(args.file) or _not_ours(args.file):
        return _wrong(refused)
    passphrase = _passphrase("Passphrase for this backup: ", twice=True)
    if len(plain_form(passphrase)) < SHORTEST:
        return _wrong(f"a passphrase needs at least {SHORTEST} letters and digits, or it is soon guessed")
    made = RealClock().now().isoformat(timespec="seconds")
    office, telling = _office(args.data), _Telling(args.json)
    telling.opened(made, office)
    try:
        make_backup(args.data, args.file, passphrase, made, office, telling.progress)
        note_made(args.data, made)
    except OSError as error:
        if not args.json:
            raise
        return telling.failed(told_by(error))
    if not args.json:
        print(f"The backup is in {args.file}. Without its passphrase nobody can open it, not even we.")
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a backup in place of what the unit has; that is kept beside it."""
    make_way()
    telling = _Telling(args.json)
    try:
        with args.file.open("rb") as file:
            manifest, packed = manifest_of(file, _passphrase("Passphrase of this backup: ", twice=False))
            telling.opened(manifest.made, manifest.office)
            if args.show:
                return _shown(args.data, manifest, packed, telling)
            if args.unpack:
                unpack(args.data, manifest, packed, telling.progress)
                telling.preview(preview(args.data, args.data / RESTORED, manifest, this_unit()))
                return 0
            with DataFolderLock(args.data):
                unpack(args.data, manifest, packed, telling.progress)
                agree(args.data)
                take_over(args.data)
    except WrongPassphrase as error:
        return telling.failed(told_by(error), WRONG_PASSPHRASE)
    except NotABackup as error:
        return telling.failed(told_by(error))
    except OSError as error:
        if not args.json:
            raise
        return telling.failed(told_by(error))
    print(f"Restored: {manifest.office}, as it was on {manifest.made[:10]}.")
    before = args.data / BEFORE
    print(f"What was there before is in {before}. It comes back, until the next restore, by a backup of it:")
    print(f"  copperdesk backup --data {before} undo.backup")
    return 0


def _shown(data: Path, manifest: Manifest, packed: Unpacker, telling: _Telling) -> int:
    """Tell what a restore would change. It is unpacked beside the data folder's files, and nothing of it stays."""
    data.mkdir(parents=True, exist_ok=True, mode=0o750)
    with scratch_folder(data, "restore") as folder:
        unpack(folder, manifest, packed, telling.progress)
        found = preview(data, folder / RESTORED, manifest, this_unit())
    telling.sentence(f"{manifest.office or 'An office without a name'}, as it was on {manifest.made[:10]}.")
    telling.preview(found)
    telling.sentence("Nothing has been changed. Without --show it is restored.")
    return 0


def _not_ours(file: Path) -> str:
    """Why no backup is put in place of what has this name now; an empty text where one may be."""
    if file.exists() and not (file.is_file() and is_sealed(file)):
        return f"{file} is there already, and is no backup; name another file"
    return ""


def _nightly(args: argparse.Namespace) -> int:
    """What is done every night, or its rehearsal, at once. The exit code is 1 where it failed."""
    telling, now = _Telling(args.json), (args.at or RealClock().now()).replace(microsecond=0)
    try:
        if str(args.file) == REHEARSE:
            telling.sentence(f"{rehearse(args.data, now, telling.progress)} can be restored.")
        else:
            name = back_up(args.data, now, _office(args.data), telling.progress, keep_all=args.keep_all)
            telling.sentence(f"The backup is {name}.")
            if str(args.file) == AT_NIGHT:
                rehearse_if_due(args.data, now, telling.progress)
    except NightlyFailed as error:
        return _wrong(told_by(error))
    return 0


def _office(data: Path) -> str:
    """The name of the office; empty: there is none yet."""
    return str((OfficeStore(DataFolder(data).office).load().document or {}).get("name", ""))


class _Telling:
    """Tells how far it is: to programs, or to people at a terminal, once in each hundredth."""

    def __init__(self, json: bool) -> None:
        self._json = json
        self._shown = -1

    def opened(self, made: str, office: str) -> None:
        if self._json:
            print(json.dumps({"made": made, "office": office}), flush=True)

    def sentence(self, text: str) -> None:
        if not self._json:
            print(text)

    def preview(self, sentences: Sequence[Said]) -> None:
        if self._json:
            print(json.dumps({"preview": [wording(one) for one in sentences]}), flush=True)
        else:
            print("\n".join(f"  {one}" for one in sentences))

    def failed(self, why: str, code: int = 1) -> int:
        """Tell why nothing came of it; the exit code."""
        if self._json:
            print(json.dumps({"failed": wording(why)}), flush=True)
        return _wrong(why, code)

    def progress(self, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        if percent == self._shown:
            return
        self._shown = percent
        if self._json:
            print(json.dumps({"percent": percent}), flush=True)
        elif sys.stdout.isatty():
            print(f"\r  {percent} %", end="\n" if percent == 100 else "", flush=True)


def _passphrase(question: str, *, twice: bool) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    passphrase = getpass.getpass(question)
    if twice and getpass.getpass("The same again: ") != passphrase:
        print("copperdesk: those were not the same", file=sys.stderr)
        return ""
    return passphrase


def _wrong(message: str, code: int = 1) -> int:
    print(f"copperdesk: {message}", file=sys.stderr)
    return code
