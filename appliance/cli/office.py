"""`copperdesk office`: check or walk a document, show the office in use, or put another in its place."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.cli.ask import ask
from appliance.clock import RealClock
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.control.lock import DataFolderLock
from appliance.office.description import describe
from appliance.office.document import load_document, parse_office
from appliance.office.lint import lint
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.store.documentfile import document_text
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES

HIDDEN = "hidden"
SECRETS = ("pin", "password")
ACTIONS = ("check", "walk", "explain", "show", "load")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=f"{', '.join(ACTIONS[:-1])} or {ACTIONS[-1]}")
    parser.add_argument(
        "file", type=Path, metavar="FILE", nargs="?", help="the document; walk and explain without it: the one in use"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="show: the document itself instead of a summary; check and walk: what was found, for programs",
    )
    parser.add_argument(
        "--pins", action="store_true", help="show --json: with PINs and passwords, to be edited and loaded again"
    )
    parser.add_argument(
        "--at", metavar="MOMENT", help='walk, explain: as the office is then, such as "2026-12-24 20:00" (now)'
    )
    parser.add_argument("--line", default="", help="explain: a line's name, port or number in the list; or the first")
    parser.add_argument("--called", default="", metavar="NUMBER", help="explain: the number that was called")
    parser.add_argument(
        "--from", default="", metavar="NUMBER", dest="caller", help="explain: who calls, by the contacts of the unit"
    )
    parser.add_argument(
        "--extension", default="", metavar="NUMBER", help="explain: who is rung when a caller dials it, or 0"
    )
    parser.add_argument("--svg", type=Path, metavar="FILE", help="walk: draw the call flow (with Graphviz)")
    parser.epilog = (
        f"{parser.epilog}\n  copperdesk office walk my-office.json --at '2026-12-24 20:00' --svg callflow.svg"
    )
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    if args.action not in ("walk", "explain") and (args.file is None) != (args.action == "show"):
        args.misunderstood("check and load need a FILE, show takes none")
    if args.action != "explain" and (args.line or args.called or args.caller or args.extension):
        args.misunderstood("--line, --called, --from and --extension go with explain")
    if args.json and args.action == "load":
        args.misunderstood("--json goes with show, check and walk")
    if args.at is not None and args.action not in ("walk", "explain"):
        args.misunderstood("--at goes with walk and explain")
    if args.svg is not None and args.action != "walk":
        args.misunderstood("--svg goes with walk")
    if args.pins and not (args.json and args.action == "show"):
        args.misunderstood("--pins goes with show --json")
    if args.action == "explain" and args.file is None:
        return _explain_in_use(args)
    if args.action == "show":
        return _show(args.data, as_json=args.json, pins=args.pins)
    if args.action == "walk":
        return _walk(args)
    try:
        document, office = _read(args.file)
    except UnicodeDecodeError:
        return _wrong(f"{args.file} is not a text file in UTF-8")
    except OfficeErrors as errors:
        if args.json:
            print(json.dumps({"mistakes": [asdict(problem) for problem in errors.problems], "warnings": []}, indent=2))
            return 1
        print(*errors.problems, sep="\n", file=sys.stderr)
        return _wrong(f"{args.file} has {_counted(len(errors.problems), 'mistake')}")
    if args.action == "explain":
        return _explain(office, None, args)
    warnings = lint(office, office.local(RealClock().now()).date())
    if args.json:
        print(json.dumps({"mistakes": [], "warnings": [asdict(warning) for warning in warnings]}, indent=2))
        return 0
    for warning in warnings:
        print(f"warning: {warning}", *([f"    {warning.mend}"] if warning.mend else []), sep="\n", file=sys.stderr)
    people, trunks, stations = len(office.people), len(office.trunks), len(office.stations)
    holds = f"{_counted(people, 'person', 'people')}, {_counted(trunks, 'trunk')}, {_counted(stations, 'station')}"
    if args.action == "check":
        print(f"{args.file} is in order: {office.name}, {holds}.")
    else:
        taken = _load(args.data, document)
        print(f"{office.name} is loaded: {holds}. {taken}")
    return 0


def _explain_in_use(args: argparse.Namespace) -> int:
    from appliance.store.office import OfficeStore

    document = OfficeStore(DataFolder(args.data).office).load().document
    if document is None:
        return _wrong(
            f"{args.data} holds no office yet; name a document, or load one with `copperdesk office load FILE`"
        )
    try:
        return _explain(parse_office(document, COUNTRIES, profiles()), args.data, args)
    except OfficeErrors as errors:
        print(*errors.problems, sep="\n", file=sys.stderr)
        return _wrong("the office in use has mistakes, so the built-in attendant answers every call")


def _explain(office: Office, data: Path | None, args: argparse.Namespace) -> int:
    from appliance.cli.explain import explained
    from appliance.explaining import NotUnderstood

    try:
        sentences = explained(
            office,
            data,
            line=args.line,
            called=args.called,
            caller=args.caller,
            at=args.at or "",
            extension=args.extension,
            contacts=args.data,
        )
        print(*sentences, sep="\n")
    except NotUnderstood as error:
        return _wrong(str(error))
    return 0


def _read(file: Path) -> tuple[object, Office]:
    document = load_document(document_text(file))
    return document, parse_office(document, COUNTRIES, profiles())


def _walk(args: argparse.Namespace) -> int:
    from appliance.cli.walk import moment_of, walk_office
    from appliance.store.office import OfficeStore

    try:
        if args.file is not None:
            _, office = _read(args.file)
        elif (stored := OfficeStore(DataFolder(args.data).office).load()).document is not None:
            office = parse_office(stored.document, COUNTRIES, profiles())
        else:
            return _wrong(f"{args.data} holds no office yet; name a FILE, or load one")
    except UnicodeDecodeError:
        return _wrong(f"{args.file} is not a text file in UTF-8")
    except OfficeErrors as errors:
        print(*errors.problems, sep="\n", file=sys.stderr)
        return _wrong(f"{args.file or 'the office in use'} has {_counted(len(errors.problems), 'mistake')}")
    try:
        at = moment_of(office, args.at) if args.at is not None else None
    except ValueError:
        args.misunderstood(f"--at {args.at!r} is no moment such as '2026-12-24 20:00'")
    return walk_office(office, at, as_json=args.json, picture=args.svg)


def _load(data: Path, document: object) -> str:
    """Give the document to the daemon or, where none runs, put it into the store. Returns what to tell of it."""
    from appliance.store.office import OfficeStore

    try:
        taken = ask(data, "office.load", document=document)
    except ControlError as error:
        if error.code != "not-running":
            raise
        assert isinstance(document, dict)  # It has been checked already.
        with DataFolderLock(data):
            OfficeStore(DataFolder(data).office).save(document)
        return "It will be used when Copperdesk is started."
    for warning in taken["warnings"]:
        print(f"warning: {warning}", file=sys.stderr)
    told = "The next call is answered with it."
    if taken["later"]:
        later = " and ".join(taken["later"])
        told += f" {later[0].upper()}{later[1:]} will be used as soon as no call is on any line."
    return told


def _show(data: Path, *, as_json: bool, pins: bool) -> int:
    from appliance.store.office import OfficeStore

    stored = OfficeStore(DataFolder(data).office).load()
    if stored.fault:
        print(f"copperdesk: {stored.fault}", file=sys.stderr)
    document = stored.document
    if document is None:
        return _wrong(f"{data} holds no office yet; `copperdesk office load FILE` puts one there")
    if not as_json:
        try:
            print(describe(parse_office(document, COUNTRIES, profiles())))
        except OfficeErrors as errors:
            print(*errors.problems, sep="\n", file=sys.stderr)
            return _wrong("the office in use cannot be read; `office show --json` prints it as it is")
        return 0
    if not pins:
        document = _without_secrets(document)
    print(json.dumps(document, indent=2, ensure_ascii=False))
    return 0


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: HIDDEN if name in SECRETS else _without_secrets(inner) for name, inner in value.items()}
    return [_without_secrets(inner) for inner in value] if isinstance(value, list) else value


def _counted(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"


def _wrong(message: str) -> int:
    print(f"copperdesk: {message}", file=sys.stderr)
    return 1
