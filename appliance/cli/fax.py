"""`copperdesk fax`: sends faxes, shows how they stand, cancels them, writes their proof; and those received."""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from appliance.cli import faxinbox
from appliance.cli.ask import ask
from appliance.cli.athand import sent
from appliance.cli.faxinbox import RECEIVED
from appliance.cli.table import columns, local
from appliance.clock import RealClock
from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder

EXAMPLES = """\
send FILE… NUMBER    send PDF files, pictures or text to a number, or to a list of the office
list                 the faxes that wait, and those that were sent
show ID              how a fax stands, with each of its calls
cancel ID            send a fax no more
proof ID             write the proof of a fax as PDF, with its first page in small

A fax is tried again where it was busy or broke off. It is "delivered" only once the other machine has confirmed every
page, and the call has come to its end."""
LOOK_SECONDS = 1.0
"""How often a fax is looked at while it is sent."""
OVER = ("delivered", "unsure", "failed", "cancelled")
HEADINGS = ("id", "number", "to", "what", "pages", "handed in", "", "next try")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{EXAMPLES}\n\n{faxinbox.EXAMPLES}"
    parser.add_argument("action", choices=list(ACTIONS), metavar="ACTION", help=", ".join(ACTIONS))
    parser.add_argument("words", nargs="*", metavar="…", help="files and a number, or a fax, as above")
    parser.add_argument("--to", default="", metavar="NAME", help="send: whom it is for, on the cover page")
    parser.add_argument("--note", default="", metavar="TEXT", help="send: what a cover page says, which it has then")
    cover = parser.add_mutually_exclusive_group()
    cover.add_argument("--cover", action="store_const", const="yes", default="", help="send: with a cover page")
    cover.add_argument("--no-cover", dest="cover", action="store_const", const="no", help="send: without one")
    parser.add_argument("--coarse", action="store_true", help="send: with half the lines, in half the time")
    parser.add_argument("--as", dest="person", default="", metavar="PERSON", help="send: who sends it, by the id")
    parser.add_argument("--at", default="", metavar="WHEN", help='send: not before this, such as "2026-03-02 18:00"')
    parser.add_argument("--no-wait", action="store_true", help="send: do not wait until it is delivered")
    parser.add_argument("--waiting", action="store_true", help="list: only those that are not over")
    parser.add_argument("--out", type=Path, metavar="FILE", help="proof, open: where it is written")
    parser.add_argument("--json", action="store_true", help="for programs: the answer as JSON")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    usage, least, most, work = ACTIONS[args.action]
    if not least <= len(args.words) <= most:
        args.misunderstood(f"it is: copperdesk fax {args.action} {usage}".rstrip())
    code: int = work(args)
    return code


def _send(args: argparse.Namespace) -> int:
    *files, number = args.words
    at = _moment(args)
    with BlockingClient(DataFolder(args.data).socket) as daemon, ExitStack() as opened:
        uploads = []
        for file in map(Path, files):
            content = opened.enter_context(file.open("rb"))
            uploads.append({"upload": sent(daemon.call, "fax.upload", content), "name": _in_letters(file)})
        if not args.json:
            print("Pages are made …", file=sys.stderr)
        faxes = daemon.call(
            "fax.send",
            to=number,
            files=uploads,
            name=args.to,
            note=args.note,
            cover=args.cover,
            coarse=args.coarse,
            person=args.person,
            at=at,
        )
    if args.json:
        print(json.dumps(faxes, indent=2))
        return 0
    for fax in faxes:
        print(f"Fax {fax['id']} to {fax['number']}: {_pages(fax['pages'])}.")
    if args.no_wait or at:
        print("It is in the queue; `copperdesk fax list` shows how it stands.")
        return 0
    try:
        return max([_followed(args.data, fax["id"], several=len(faxes) > 1) for fax in faxes])
    except KeyboardInterrupt:
        print("\nIt goes on without you; `copperdesk fax list` shows how it stands.", file=sys.stderr)
        return 0


def _followed(data: Path, id: str, *, several: bool) -> int:
    """Show how a fax comes on until it is over; 1 where it was not delivered."""
    before, pause = "", Event()
    while True:
        fax = ask(data, "fax.show", id=id)
        standing = _standing(fax)
        if standing != before:
            print(f"{fax['number']}: {standing}" if several else standing, flush=True)
            before = standing
        if fax["state"] in OVER:
            return 0 if fax["state"] == "delivered" else 1
        pause.wait(LOOK_SECONDS)


def _list(args: argparse.Namespace) -> int:
    faxes = ask(args.data, "fax.queue", waiting=args.waiting)
    if args.json:
        print(json.dumps(faxes, indent=2))
        return 0
    rows = [
        (
            *(fax["id"], fax["number"], fax["to"] or fax["fax_list"], fax["title"]),
            f"{fax['confirmed']}/{fax['pages']}",
            *(_when(fax["queued"]), fax["standing"]["text"], _when(fax["next_try"])),
        )
        for fax in faxes
    ]
    print("\n".join(columns([HEADINGS, *rows])) if rows else "There are no faxes.")
    return 0


def _show(args: argparse.Namespace) -> int:
    fax = ask(args.data, "fax.show", id=args.words[0])
    if args.json:
        print(json.dumps(fax, indent=2))
        return 0
    facts = [
        ("number", fax["number"]),
        ("to", fax["to"]),
        ("list", fax["fax_list"]),
        ("sent by", fax["person"]),
        ("what", fax["title"]),
        ("pages", f"{fax['confirmed']} of {fax['pages']} confirmed"),
        ("handed in", _when(fax["queued"])),
        ("stands", fax["standing"]["text"]),
        ("next try", _when(fax["next_try"])),
        ("over", _when(fax["over"])),
    ]
    print("\n".join(columns([(name, fact) for name, fact in facts if fact])))
    if fax["tries"]:
        rows = [
            (
                _when(one["began"]),
                one["why"]["text"] if one["why"] else "goes on",
                _pages(one["pages"]),
                one["far_identity"],
                f"{one['bit_rate']} bit/s" if one["bit_rate"] else "",
                one["call"],
            )
            for one in fax["tries"]
        ]
        print()
        print("\n".join(columns([("call began", "", "confirmed", "the other machine", "", "in the log"), *rows])))
    return 0


def _cancel(args: argparse.Namespace) -> int:
    ask(args.data, "fax.cancel", id=args.words[0])
    print(json.dumps(None) if args.json else "It is sent no more.")
    return 0


def _proof(args: argparse.Namespace) -> int:
    id = args.words[0]
    pdf = base64.b64decode(ask(args.data, "fax.proof", id=id)["pdf"])
    out: Path = args.out or Path(f"fax-{id}.pdf")
    out.write_bytes(pdf)
    print(json.dumps({"file": str(out)}) if args.json else f"{out}: the proof of fax {id}.")
    return 0


def _in_letters(file: Path) -> str:
    """Its name, with a mark for each octet that is no UTF-8."""
    return os.fsencode(file.name).decode(errors="replace")


def _moment(args: argparse.Namespace) -> str:
    """With the time zone of this machine where it names none. What is over is refused: the fax would go at once."""
    if not args.at:
        return ""
    try:
        moment = datetime.fromisoformat(args.at).astimezone()
    except (ValueError, OverflowError):
        args.misunderstood('--at takes a day and a time, such as "2026-03-02 18:00"')
    if moment < RealClock().now():
        args.misunderstood(f"--at: {_when(moment.isoformat())} is over")
    return moment.isoformat()


def _standing(fax: Mapping[str, Any]) -> str:
    text: str = fax["standing"]["text"]
    due = f" Next try: {_when(fax['next_try'])}." if fax["next_try"] and fax["state"] == "waiting" else ""
    return f"{text[0].upper()}{text[1:]}.{due}"


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _when(written: str) -> str:
    return local(datetime.fromisoformat(written)) if written else ""


ACTIONS = {
    "send": ("FILE… NUMBER", 2, 21, _send),
    "list": ("", 0, 0, _list),
    "show": ("ID", 1, 1, _show),
    "cancel": ("ID", 1, 1, _cancel),
    "proof": ("ID", 1, 1, _proof),
    **RECEIVED,
}
