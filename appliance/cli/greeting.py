"""`copperdesk greeting`: what callers of a mailbox hear, from a sound file in place of a recording by telephone."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.cli.athand import Ask, at_hand, sent
from appliance.cli.table import columns, local
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.control.local import LocalControl

EXAMPLES = """\
list                          the greetings that are recorded; list jane: only hers
set jane regular hello.wav    callers of Jane hear this WAV or FLAC file
set jane temporary away.wav --until 2026-12-24
                              it takes the place of all others until the end of that day
remove jane regular           callers hear the standard greeting again

The greetings are regular, unavailable (Jane does not want to be disturbed), busy (she is on the phone), closed (the
office is closed) and temporary; name is her name as callers hear it. Jane is named by her id in the office document, or
by her extension; so is a department, which has a regular, a closed and a temporary greeting."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{EXAMPLES}"
    parser.add_argument("action", choices=list(ACTIONS), metavar="ACTION", help=", ".join(ACTIONS))
    parser.add_argument("words", nargs="*", metavar="…", help="whose greeting, which, and the file, as above")
    parser.add_argument("--until", default="", metavar="DATE", help="set temporary: the last day on which it is heard")
    parser.add_argument("--json", action="store_true", help="for programs: the answer as JSON")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    usage, work = ACTIONS[args.action]
    needed = [word for word in usage.split() if not word.startswith("[")]
    if not len(needed) <= len(args.words) <= len(usage.split()):
        args.misunderstood(f"it is: copperdesk greeting {args.action} {usage}")
    if args.until and args.action != "set":
        args.misunderstood("--until goes with set")
    return work(args)


def _list(args: argparse.Namespace) -> int:
    with at_hand(args.data, _greetings) as call:
        found = call("greetings.list", person=args.words[0] if args.words else "")
    if args.json:
        return _print_json(found)
    rows = [(one["person"], one["name"], _shown(greeting)) for one in found for greeting in one["greetings"]]
    print("\n".join(columns(rows)) if rows else "Nothing is recorded: callers hear the standard greetings.")
    return 0


def _set(args: argparse.Namespace) -> int:
    from appliance.prompts.converting import converted
    from appliance.wav.clip import written_clip
    from appliance.wav.loading import AudioFileError

    person, kind, file = args.words
    try:
        sound = converted(Path(file))
    except AudioFileError as error:
        print(f"copperdesk: {error}", file=sys.stderr)
        return 1
    for warning in sound.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    with at_hand(args.data, _greetings) as call:
        upload = sent(call, "greetings.upload", io.BytesIO(written_clip(sound.samples)))
        found = call("greetings.set", person=person, kind=kind, upload=upload, until=args.until)
    if args.json:
        return _print_json(found | {"warnings": sound.warnings})
    return _print_of(found)


def _remove(args: argparse.Namespace) -> int:
    person, kind = args.words
    with at_hand(args.data, _greetings) as call:
        found = call("greetings.remove", person=person, kind=kind)
    return _print_json(found) if args.json else _print_of(found)


def _print_of(found: dict[str, Any]) -> int:
    recorded = [_shown(greeting) for greeting in found["greetings"]]
    print(f"Callers of {found['name']} hear {', '.join(recorded) if recorded else 'the standard greetings'}.")
    return 0


def _shown(greeting: dict[str, Any]) -> str:
    length = f"{greeting['seconds']:g} s" if greeting["seconds"] is not None else "BROKEN"
    until = f", until {local(datetime.fromisoformat(greeting['until']))}" if greeting["until"] else ""
    return f"{greeting['kind']} ({length}{until})"


def _print_json(answer: Any) -> int:
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0


@contextmanager
def _greetings(data: DataFolder) -> Iterator[Ask]:
    """The methods `greetings.…`, on the data folder itself."""
    from appliance.api.greetings import offer_greetings
    from appliance.calls.mail import MailRoom
    from appliance.calls.ownrecordings import OwnRecordings
    from appliance.calls.switches import Switches
    from appliance.clock import RealClock
    from appliance.store.messages import MessageStore
    from appliance.store.office import OfficeStore
    from appliance.store.switches import SwitchStore
    from appliance.storedoffice import stored_office

    office, fault = stored_office(OfficeStore(data.office), None)
    if office is None:
        raise ControlError("no-office", fault or "there is no office yet: `copperdesk office load FILE` puts one there")
    clock = RealClock()
    switches = Switches(SwitchStore(data.switches), clock)
    own = OwnRecordings(MailRoom(MessageStore(data.messages), clock), switches)
    with LocalControl() as control:

        async def opened(_params: dict[str, Any]) -> str:
            return await switches.open()

        control.method("open", opened)
        if fault := control.call("open"):
            raise ControlError("switches-damaged", fault)
        offer_greetings(control, own, lambda: office, clock.now, data.path)
        yield control.call


ACTIONS: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
    "list": ("[PERSON]", _list),
    "set": ("PERSON KIND FILE", _set),
    "remove": ("PERSON KIND", _remove),
}
"""What follows each action, and what it does; what is in brackets may be left out."""
