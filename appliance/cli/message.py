"""`copperdesk message`: what is in a mailbox, and messages to everybody."""

from __future__ import annotations

import argparse
import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.cli.ask import ask
from appliance.cli.athand import sent
from appliance.cli.table import columns, local
from appliance.cli.times import Times
from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder

EXAMPLES = """\
list PERSON           the messages of a mailbox, deleted ones of the last 24 hours among them
text PERSON ID        what was said in a message, where this machine has written it down
restore PERSON ID     bring a deleted message back
delete PERSON ID      delete a message; for 24 hours it can be brought back
everybody FILE        put a WAV or FLAC file into everybody's mailbox; --until "2026-12-24 18:00" ends it by itself

PERSON is an id in the office document, or an extension; also a department's."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{EXAMPLES}"
    parser.add_argument("action", choices=list(ACTIONS), metavar="ACTION", help=", ".join(ACTIONS))
    parser.add_argument("words", nargs="*", metavar="…", help="whose mailbox and which message, or a file, as above")
    parser.add_argument("--until", default="", metavar="WHEN", help="everybody: when it is deleted, heard or not")
    parser.add_argument("--json", action="store_true", help="for programs: the answer as JSON")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    usage, work = ACTIONS[args.action]
    if len(args.words) != len(usage.split()):
        args.misunderstood(f"it is: copperdesk message {args.action} {usage}")
    if args.until and args.action != "everybody":
        args.misunderstood("--until goes with everybody")
    return work(args)


def _list(args: argparse.Namespace) -> int:
    found: list[dict[str, Any]] = []
    after, total = 0, 1
    while after < total:
        answer = ask(args.data, "messages.list", person=args.words[0], after=after)
        found += answer["messages"]
        after, total = answer["next"], answer["total"]
    if args.json:
        return _print_json(found)
    times = Times(args.data)
    rows = [
        (*(one["id"], one["state"], times(one["received"]), _who(one)), _length(one), _marks(one), one["text"] or "")
        for one in found
    ]
    print("\n".join(columns([("id", "", "received", "from", "", "", ""), *rows])) if rows else "There are no messages.")
    return 0


def _text(args: argparse.Namespace) -> int:
    person, id = args.words
    written = ask(args.data, "messages.text", person=person, id=id)
    if args.json:
        return _print_json(written)
    if written["text"] is None:
        print("This message has not been written down.")
    elif not written["text"]:
        print("No word of this message could be made out.")
    else:
        print(written["text"])
        print(f"\nA machine has written it down; it may have misheard. It is {written['sure']:.0%} sure.")
    return 0


def _restore(args: argparse.Namespace) -> int:
    return _done(args, "messages.restore", "is back, among the saved messages")


def _delete(args: argparse.Namespace) -> int:
    return _done(args, "messages.delete", "is deleted; for 24 hours `restore` brings it back")


def _done(args: argparse.Namespace, method: str, what: str) -> int:
    person, id = args.words
    facts = ask(args.data, method, person=person, id=id)
    if args.json:
        return _print_json(facts)
    print(f"Message {facts['id']} {what}.")
    return 0


def _everybody(args: argparse.Namespace) -> int:
    from appliance.prompts.converting import converted
    from appliance.wav.clip import written_clip
    from appliance.wav.loading import AudioFileError

    try:
        sound = converted(Path(args.words[0]))
    except AudioFileError as error:
        print(f"copperdesk: {error}", file=sys.stderr)
        return 1
    for warning in sound.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    with BlockingClient(DataFolder(args.data).socket) as daemon:
        upload = sent(daemon.call, "messages.upload", io.BytesIO(written_clip(sound.samples)))
        answer = daemon.call("messages.everybody", upload=upload, until=args.until)
    if args.json:
        return _print_json(answer | {"warnings": sound.warnings})
    print(f"It is in {len(answer['sent'])} mailboxes.")
    if answer["full"]:
        print(f"These mailboxes are full: {', '.join(answer['full'])}.")
    return 0


def _when(written: str) -> str:
    return local(datetime.fromisoformat(written))


def _length(one: dict[str, Any]) -> str:
    return f"{one['seconds']:.0f} s"


def _who(one: dict[str, Any]) -> str:
    return " ".join(part for part in (one["name"], one["number"]) if part) or "unknown"


def _marks(one: dict[str, Any]) -> str:
    marks = [mark for mark in ("urgent", "private") if one[mark]]
    marks += [f"until {_when(one['until'])}"] if one["until"] else []
    return ", ".join(marks)


def _print_json(answer: Any) -> int:
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0


ACTIONS = {
    "list": ("PERSON", _list),
    "text": ("PERSON ID", _text),
    "restore": ("PERSON ID", _restore),
    "delete": ("PERSON ID", _delete),
    "everybody": ("FILE", _everybody),
}
