"""`copperdesk backup` and `copperdesk restore`: all that the unit must not lose in one file, and back."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path

from appliance.backup.making import make_backup, note_made
from appliance.backup.restoring import agree, manifest_of, take_over, unpack
from appliance.backup.sealing import NotABackup, WrongPassphrase, plain_form
from appliance.clock import RealClock
from appliance.control.folder import DataFolder
from appliance.control.lock import DataFolderLock
from appliance.store.office import OfficeStore

SHORTEST = 12
"""Characters of a passphrase besides spaces and dashes: whoever has the file can try as many as they like."""

WRONG_PASSPHRASE = 3
"""The exit code of `restore` for programs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--json", action="store_true", help="for programs: how far it is, as JSON, one a line")
    parser.add_argument("--unpack", action="store_true", help="restore: unpack it, until it is agreed to at the page")


def run(args: argparse.Namespace) -> int:
    """Make a backup; the passphrase is asked for, or comes as a line of the standard input."""
    passphrase = _passphrase("Passphrase for this backup: ", twice=True)
    if len(plain_form(passphrase)) < SHORTEST:
        return _wrong(f"a passphrase needs at least {SHORTEST} letters and digits, or it is soon guessed")
    document = OfficeStore(DataFolder(args.data).office).load().document or {}
    made = RealClock().now().isoformat(timespec="seconds")
    office, telling = str(document.get("name", "")), _Telling(args.json)
    telling.opened(made, office)
    make_backup(args.data, args.file, passphrase, made, office, telling.progress)
    note_made(args.data, made)
    if not args.json:
        print(f"The backup is in {args.file}. Without its passphrase nobody can open it, not even we.")
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a backup in place of what the unit has; that is kept beside it."""
    telling = _Telling(args.json)
    try:
        with args.file.open("rb") as file:
            manifest, packed = manifest_of(file, _passphrase("Passphrase of this backup: ", twice=False))
            telling.opened(manifest.made, manifest.office)
            if args.unpack:
                unpack(args.data, manifest, packed, telling.progress)
                return 0
            with DataFolderLock(args.data):
                unpack(args.data, manifest, packed, telling.progress)
                agree(args.data)
                take_over(args.data)
    except WrongPassphrase as error:
        return _wrong(str(error), WRONG_PASSPHRASE)
    except NotABackup as error:
        return _wrong(str(error))
    print(f"Restored: {manifest.office}, as it was on {manifest.made[:10]}.")
    print(f"What was there before is in {args.data / 'before-restore'}.")
    return 0


class _Telling:
    """Tells how far it is: to programs, or to people at a terminal, once in each hundredth."""

    def __init__(self, json: bool) -> None:
        self._json = json
        self._shown = -1

    def opened(self, made: str, office: str) -> None:
        if self._json:
            print(json.dumps({"made": made, "office": office}), flush=True)

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
